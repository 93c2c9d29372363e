"""A report as a folder: pages, tidy tables and a data package, complete or not there."""

from __future__ import annotations

import json
import os
import shutil
import signal
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

import pandas as pd

from evidence.toolkit.faults import BadInput, Fault
from evidence.toolkit.messages import Message

PACKAGE, WORKBOOK = "datapackage.json", "tables.xlsx"
FOR_SPREADSHEETS = "utf-8-sig"  # Excel takes a file without a mark for one of the old encodings
STOPS = (signal.SIGINT, signal.SIGTERM)
OTHER = "holds something that is not a report; give another place: --to FOLDER"
OTHER_FILES = "holds other files; give another place: --to FOLDER"
TYPES = {"i": "integer", "u": "integer", "f": "number", "b": "boolean"}


def _described(name: str, table: pd.DataFrame, about: str) -> dict[str, Any]:
    """Return the description of a table in a data package."""
    fields = [
        {"name": str(column), "type": TYPES.get(getattr(table[column].dtype, "kind", "O"), "string")}
        for column in table
    ]
    return {
        "name": name.replace("_", "-"),
        "path": f"tables/{name}.csv",
        "description": about,
        "encoding": "utf-8",
        "schema": {"fields": fields, "missingValues": [""]},
    }


def is_report(folder: Path, name: str) -> bool:
    """Return whether a folder holds a report of a name."""
    try:
        return json.loads((folder / PACKAGE).read_text(encoding="utf-8"))["name"] == name
    except (OSError, ValueError, KeyError, TypeError):
        return False


def check_place(folder: Path, name: str) -> None:
    """Raise :class:`BadInput` where a report cannot go: a folder with anything else, or a file.

    A command asks before it begins its work. What a run that was killed left beside the folder is put in order: a
    report that was about to be replaced comes back, a half-written one goes.
    """
    _recovered(folder, name)
    if folder.exists() and (not folder.is_dir() or (any(folder.iterdir()) and not is_report(folder, name))):
        raise BadInput([Fault(str(folder), None, "", "", Message.of(OTHER))])


def _recovered(folder: Path, name: str) -> None:
    """Put in order what a killed run left beside a folder."""
    start = f".{folder.name}-"
    near = sorted(folder.parent.iterdir()) if folder.parent.is_dir() else []
    for left in near:
        if not left.name.startswith(start) or is_alive(left.name.removeprefix(start).partition("-")[0]):
            continue
        if left.name.endswith("-old") and is_report(left, name) and not folder.exists():
            os.replace(left, folder)
        else:
            shutil.rmtree(left, ignore_errors=True)


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Let a wish to stop wait until the end of what would else be left half-done, and then have its way."""
    if threading.current_thread() is not threading.main_thread():  # no other may say what a signal does
        yield
        return
    came: list[tuple[int, FrameType | None]] = []
    before = {number: signal.signal(number, lambda *given: came.append(given)) for number in STOPS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    if came:
        signal.raise_signal(came[0][0])


def is_alive(process: str) -> bool:
    """Return whether a process of this machine runs, by its number as text; True where that cannot be known."""
    if os.name != "posix" or not process.isdigit():
        return True
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def write_report(
    folder: Path,
    name: str,
    title: str,
    pages: Mapping[str, str],
    tables: Mapping[str, pd.DataFrame],
    about: Mapping[str, str],
    heads: Mapping[str, str] | None = None,
) -> None:
    """Write pages (text by name of the file), tables and data package into a folder that is complete or not there.

    ``about`` says what each table holds. With ``heads``, the words of columns by name, all tables stand in a workbook
    too, which a spreadsheet shows whatever sign its country puts between cells. A report of the same name that is there
    already is replaced. Who asks it to stop while it writes waits until it has. Raises :class:`BadInput` where the
    folder holds anything else.
    """
    check_place(folder, name)
    resources = [_described(key, table, about[key]) for key, table in tables.items()]
    package = {"name": name, "title": title, "resources": resources}
    files = {PACKAGE: json.dumps(package, indent=2, ensure_ascii=False) + "\n", **pages}
    with uninterrupted():
        _put(folder, files, tables, heads)


def _put(
    folder: Path, files: Mapping[str, str], tables: Mapping[str, pd.DataFrame], heads: Mapping[str, str] | None
) -> None:
    """Write files and tables beside a folder, and put them in its place when they are whole."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    new = Path(tempfile.mkdtemp(prefix=f".{folder.name}-{os.getpid()}-", dir=folder.parent))
    old = new.with_name(f"{new.name}-old")
    try:
        (new / "tables").mkdir()
        for key, table in tables.items():
            table.to_csv(new / "tables" / f"{key}.csv", index=False, lineterminator="\n", encoding=FOR_SPREADSHEETS)
        for file, text in files.items():
            (new / file).write_text(text, encoding="utf-8")
        if heads is not None:
            write_workbook(new / WORKBOOK, tables, heads)
        new.chmod(0o755)
        if folder.exists():
            os.replace(folder, old)
        os.replace(new, folder)
    except BaseException:
        if old.exists() and not folder.exists():
            os.replace(old, folder)
        raise
    finally:
        shutil.rmtree(new, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)


def write_list(path: Path, table: pd.DataFrame | None, folder: Path) -> None:
    """Write a table beside a report as CSV for spreadsheets, complete or not; without one, take an earlier one away."""
    with uninterrupted():
        if table is None:
            path.unlink(missing_ok=True)
            return
        new = Path(tempfile.mkdtemp(prefix=f".{folder.name}-{os.getpid()}-", dir=folder.parent))
        try:
            table.to_csv(new / path.name, index=False, encoding=FOR_SPREADSHEETS)
            os.replace(new / path.name, path)
        finally:
            shutil.rmtree(new, ignore_errors=True)


def write_workbook(path: Path, tables: Mapping[str, pd.DataFrame], heads: Mapping[str, str]) -> None:
    """Write tables as sheets of a workbook; ``heads`` are the words of columns by name. A text is never a formula."""
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, table in tables.items():
        sheet = book.create_sheet(name[:31])  # no name of a sheet is longer
        sheet.append([heads.get(str(column), str(column)) for column in table])
        for row in table.astype(object).itertuples(index=False, name=None):
            sheet.append([None if pd.isna(value) else value for value in row])
        for row_ in sheet.iter_rows():
            for cell in row_:
                cell.data_type = "s" if isinstance(cell.value, str) else cell.data_type
        sheet.freeze_panes = "A2"
    book.save(path)
