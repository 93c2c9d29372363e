"""``evidence tidy``: the tables of ``data/`` in their one form, and what a spreadsheet did to them put back."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from evidence.authoring.changes import Changes, Suspect, committed_versions, compare, put_back
from evidence.authoring.form import Form, form_of
from evidence.data.rules import DataError, Problem, nearest
from evidence.data.schema import DATA, schema

Choose = Callable[[str, list[Suspect]], list[Suspect] | None]  # those to put back; None: not decided


NONE = Changes(0, 0, [], [], [], [])
LAST = "HEAD"  # the revision of the last commit


class Tidied(NamedTuple):
    """A table as tidy found it: its file, its bytes, its form, what changed, whether git has it."""

    file: str
    raw: bytes
    form: Form
    suspects: list[Suspect]
    changes: Changes | None

    @property
    def is_readable(self) -> bool:
        """Return whether the file may be written."""
        return bool(self.form.header)


def chosen(names: list[str], data: Path = DATA) -> list[dict]:
    """Return the tables of names such as ``facts``, ``facts.csv`` or ``data/facts.csv``; all if there are none.

    Raises :class:`DataError` for a name that no table has.
    """
    tables = schema(data)
    wanted = [Path(name).name.removesuffix(".csv") for name in names] or list(tables)
    unknown = [
        Problem(name, None, None, None, f"is no table of data/{nearest(name, tables)}")
        for name in wanted
        if name not in tables
    ]
    if unknown:
        raise DataError(unknown)
    return [tables[name] for name in dict.fromkeys(wanted)]


def examine(tables: list[dict], data: Path = DATA, revision: str = LAST) -> list[Tidied]:
    """Return the tables as they are and as they have to be written, compared with their versions in git."""
    versions = committed_versions([table["path"] for table in tables], data, revision) or {}
    found = []
    for table in tables:
        file, path = table["path"], data / table["path"]
        committed = form_of(versions[file], table) if file in versions else None
        try:
            raw = path.read_bytes()
        except OSError as error:
            rule = f"cannot be read ({error.strerror})"
            rule += f"; `git checkout -- data/{file}` brings it back" if committed and not path.exists() else ""
            found.append(Tidied(file, b"", Form([], [], [], [Problem(file, None, None, None, rule)]), [], None))
            continue
        form = committed if committed and raw == versions[file] else form_of(raw, table, committed)
        suspects: list[Suspect] = []
        odd: list[Problem] = []
        changes = NONE if committed else None
        if committed and form.header and committed.header and raw != versions[file]:
            suspects, changes, odd = compare(form, committed, file)
        found.append(Tidied(file, raw, form._replace(problems=form.problems + odd), suspects, changes))
    return found


def write(path: Path, text: str, raw: bytes) -> bool:
    """Write a file at once or not at all; return whether it still held the bytes that were read, as it has to.

    Raises :class:`OSError` if it cannot be written.
    """
    if text.encode("utf-8") == raw:
        return True
    handle, name = tempfile.mkstemp(prefix=f".{path.stem}-", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode("utf-8"))
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, path.stat().st_mode & 0o7777)
        if path.read_bytes() != raw:
            return False
        os.replace(name, path)
        return True
    finally:
        if os.path.exists(name):
            os.unlink(name)


def ask(file: str, suspects: list[Suspect]) -> list[Suspect] | None:
    """Return the cells that a person at a terminal wants put back, None if the person leaves."""
    try:
        while True:
            answer = input(f"{file}: put back all {len(suspects)} (p), one by one (o), keep as they are (k)? ").strip()
            if answer in ("p", "k"):
                return suspects if answer == "p" else []
            if answer == "o":
                return [one for one in suspects if input(f"{one}\n  put back (y/n)? ").strip().lower().startswith("y")]
    except EOFError:
        return None


def report(table: Tidied, is_check: bool) -> list[str]:
    """Return what to say of a table: its form, what people changed, what a spreadsheet did, what is left to mend."""
    said = []
    if table.form.mended:
        said.append(f"{table.file}: {'has to be mended' if is_check else 'mended'}: {', '.join(table.form.mended)}")
    if table.changes and str(table.changes):
        said.append(f"{table.file}: by people, untouched: {table.changes}")
    if table.suspects:
        said.append(f"{table.file}: {len(table.suspects)} cell(s) that a spreadsheet seems to have changed by itself:")
        said += [f"  {suspect}" for suspect in table.suspects]
    return said + [str(problem) for problem in table.form.problems]


def _finish(table: Tidied, back: list[Suspect], data: Path) -> list[str]:
    """Write a table with cells put back; return why it could not be written, or nothing."""
    form, path = put_back(table.form, back) if back else table.form, data / table.file
    try:
        is_written = write(path, form.text(), table.raw)
    except OSError as error:
        return [f"{table.file}: cannot be written ({error.strerror or error}) and is left as it is"]
    if not is_written:
        return [f"{table.file}: was saved meanwhile and is left as it is; close it in the other program, tidy again"]
    if path.with_name(f".~lock.{path.name}#").exists():
        print(f"{table.file}: is open in LibreOffice; reload it there (File, Reload) before you save it again")
    return []


class Left(NamedTuple):
    """What is left to do after a table: faults and unwritten files, and cells that nobody has decided on."""

    faults: int
    undecided: int


def _looked_at(table: Tidied) -> Left:
    """Return what has to be done to a table, which is left as it is."""
    return Left(len(table.form.problems) + bool(table.form.mended), len(table.suspects))


def _settled(table: Tidied, choose: Choose, data: Path) -> Left:
    """Write a table as it has to be, with the cells put back that ``choose`` says; return what is left to do."""
    back = choose(table.file, table.suspects) if table.suspects else []
    failures = _finish(table, back or [], data)
    for line in failures:
        print(line)
    if table.suspects and back is not None and not failures:
        print(f"{table.file}: {len(back)} cell(s) put back, {len(table.suspects) - len(back)} kept")
    return Left(len(table.form.problems) + len(failures), len(table.suspects) if back is None else 0)


def _summary(tables: list[Tidied], strangers: list[str], undecided: int, revision: str, is_check: bool) -> list[str]:
    """Return what to say of all tables together; ``strangers`` are the files that git does not have."""
    said = []
    if strangers:
        which = ", ".join(strangers) if len(strangers) < len(tables) else "tables"
        said.append(f"{which}: no version in git ({revision}) to compare with, so only the form was looked at")
    if undecided:
        left = f"{undecided} cell(s) are left as saved"
        said.append(f"{left}: `evidence tidy --put-back` restores them, `--keep` accepts them")
    if not any(report(table, is_check) for table in tables):
        said.append(f"{len(tables)} table(s): nothing to tidy")
    return said


def tidy(names: list[str], choose: Choose, is_check: bool = False, revision: str = LAST, data: Path = DATA) -> int:
    """Tidy tables and say what was done; return 0 if nothing is left to do, 1 otherwise.

    ``choose`` says which cells of a file to put back. With ``is_check`` nothing is written.
    Raises :class:`DataError` for a name that no table has.
    """
    tables = examine(chosen(names, data), data, revision)
    strangers = [table.file for table in tables if table.changes is None and table.is_readable]
    if revision != LAST and len(strangers) == len(tables):
        print(f"git has no version {revision!r} of these tables to compare with; nothing was changed", file=sys.stderr)
        return 1
    left = []
    for table in tables:
        for line in report(table, is_check):
            print(line)
        if not table.is_readable:
            left.append(Left(len(table.form.problems), 0))
        else:
            left.append(_looked_at(table) if is_check else _settled(table, choose, data))
    undecided = sum(one.undecided for one in left)
    for line in _summary(tables, strangers, undecided, revision, is_check):
        print(line)
    return 1 if undecided or any(one.faults for one in left) else 0


def choice(is_put_back: bool, is_keep: bool) -> Choose:
    """Return who chooses: the options, a person at a terminal, or nobody."""
    if is_put_back:
        return lambda file, suspects: suspects
    if is_keep:
        return lambda file, suspects: []
    if sys.stdin.isatty() and sys.stdout.isatty():
        return ask
    return lambda file, suspects: None
