"""What changed in a table since its version in git: by a spreadsheet on its own, or by people."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import NamedTuple

from evidence.authoring.form import Form
from evidence.authoring.guesses import dates, numbers
from evidence.authoring.spreadsheet import BOOLEANS, Why, spoilt, why
from evidence.data.rules import Problem


class Suspect(NamedTuple):
    """A cell that a spreadsheet has changed by itself; ``row`` is its row in the file as it is written."""

    file: str
    row: int
    id: str
    column: str
    was: str
    now: str
    reason: str

    def __str__(self) -> str:
        place = f"{self.file}, row {self.row}, {self.id}, column {self.column}"
        return f"{place}: {self.was!r} is now {self.now!r}: {self.reason}"


class Changes(NamedTuple):
    """What people changed in a table: counts of cells and their rows, ids of rows, names of columns."""

    cells: int
    rows: int
    new: list[str]
    gone: list[str]
    columns_new: list[str]
    columns_gone: list[str]

    def __str__(self) -> str:
        """Return them in one line, "" if there are none."""
        said = [f"{self.cells} cell(s) in {self.rows} row(s) changed"] if self.cells else []
        for called, names in (
            ("row(s) new", self.new),
            ("row(s) gone", self.gone),
            ("column(s) new", self.columns_new),
            ("column(s) gone", self.columns_gone),
        ):
            if names:
                more = f" and {len(names) - 5} more" if len(names) > 5 else ""
                said.append(f"{len(names)} {called} ({', '.join(names[:5])}{more})")
        return ", ".join(said)


def committed_versions(files: list[str], folder: Path, revision: str = "HEAD") -> dict[str, bytes] | None:
    """Return the files of a folder as they are in git, without those git does not have; None outside git."""
    asked = "".join(f"{revision}:./{file}\n" for file in files)
    try:
        run = subprocess.run(["git", "cat-file", "--batch"], cwd=folder, input=asked.encode(), capture_output=True)
    except FileNotFoundError:
        return None
    if run.returncode:
        return None
    found, rest = {}, run.stdout
    for file in files:
        head, _, rest = rest.partition(b"\n")
        if head.endswith(b" missing"):
            continue
        size = int(head.split()[-1])
        found[file], rest = rest[:size], rest[size + 1 :]
    return found


def _renamed(new: list[str], gone: list[str]) -> dict[str, str]:
    """Return the committed id of each id that a spreadsheet has changed."""
    could = [key for key in gone if dates(key) or numbers(key).point is not None or key in BOOLEANS]
    pairs = {}
    for now in new:
        was = [key for key in could if why(key, now)]
        if len(was) == 1:
            pairs[now] = was[0]
    return pairs


def compare(form: Form, committed: Form, file: str) -> tuple[list[Suspect], Changes, list[Problem]]:
    """Return the cells a spreadsheet has changed since a version in git, and what people have.

    The problems are cells that were written or changed by people and then spoilt, so that nothing can put them back.
    """
    before = committed.cells
    at = form.header.index("id") if "id" in form.header else None
    ids = [row[at] for row in form.rows] if at is not None else []
    here = set(ids)
    gone = [key for key in before if key not in here]
    pairs = _renamed([key for key in ids if key not in before], gone) if ids else {}
    suspects: list[tuple[Suspect, Why]] = []
    same: set[str] = set()
    odd: list[Problem] = []
    changed: list[int] = []  # the row of each cell that people changed
    for number, (key, row) in enumerate(zip(ids, form.rows), start=2):
        old = before.get(pairs.get(key, key), {})
        for name, now in zip(form.header, row):
            was = old.get(name)
            if was is not None and was == now:
                same.add(now)
                continue
            told = why(was or "", now)
            if told is None and spoilt(now):
                rule = "looks like a spreadsheet's work, and git does not say what it was; write it again, as text"
                odd.append(Problem(file, number, name, now, rule))
            if was is None:
                continue
            if told:
                suspects.append((Suspect(file, number, key, name, was, now, told.reason), told))
            else:
                changed.append(number)
    sure = []
    for suspect, told in suspects:
        if told.refuted_by and any(told.refuted_by.fullmatch(cell) for cell in same):
            changed.append(suspect.row)
        else:
            sure.append(suspect)
    changes = Changes(
        len(changed),
        len(set(changed)),
        [key for key in ids if key not in before and key not in pairs],
        [key for key in gone if key not in pairs.values()],
        [name for name in form.header if name not in committed.header],
        [name for name in committed.header if name not in form.header],
    )
    return sure, changes, odd


def put_back(form: Form, suspects: list[Suspect]) -> Form:
    """Return a table with suspected cells as they are in git, in the order of its ids; all others stay."""
    rows = [list(row) for row in form.rows]
    for suspect in suspects:
        rows[suspect.row - 2][form.header.index(suspect.column)] = suspect.was
    at = form.header.index("id")
    return form._replace(rows=sorted(rows, key=lambda row: row[at]))
