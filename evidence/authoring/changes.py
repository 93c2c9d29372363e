"""What changed in a table since its version in git: by a spreadsheet on its own, or by people."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import NamedTuple

from evidence.authoring.form import Form
from evidence.authoring.guesses import dates, numbers
from evidence.authoring.spreadsheet import BOOLEANS, Why, spoilt, why
from evidence.data.rules import FIRST_ROW, Problem


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


class _Cell(NamedTuple):
    """A cell as it is, and as git has it: None where git has no such row or column."""

    row: int
    id: str
    column: str
    was: str | None
    now: str

    @property
    def is_changed(self) -> bool:
        """Return whether git has the cell, and otherwise."""
        return self.was is not None and self.was != self.now


def _cells(form: Form, ids: list[str], before: dict[str, dict[str, str]], pairs: dict[str, str]) -> list[_Cell]:
    """Return every cell of a table beside the one in git; ``pairs`` has the ids there of rows that have another now."""
    found = []
    for number, (key, row) in enumerate(zip(ids, form.rows), start=FIRST_ROW):
        old = before.get(pairs.get(key, key), {})
        found += [_Cell(number, key, name, old.get(name), now) for name, now in zip(form.header, row)]
    return found


def _beyond_repair(cells: list[_Cell], file: str) -> list[Problem]:
    """Return the cells that a spreadsheet has spoilt and that nothing explains by what git has."""
    rule = "looks like a spreadsheet's work, and git does not say what it was; write it again, as text"
    spoilt_ones = [cell for cell in cells if cell.was != cell.now and spoilt(cell.now)]
    return [
        Problem(file, cell.row, cell.column, cell.now, rule)
        for cell in spoilt_ones
        if why(cell.was or "", cell.now) is None
    ]


def _by_a_program(cells: list[_Cell]) -> dict[_Cell, Why]:
    """Return the cells of which a habit of spreadsheets explains the change, each with it.

    A habit changes a whole table: one cell that it left as it was refutes it.
    """
    same = {cell.now for cell in cells if cell.was == cell.now}
    found = {cell: told for cell in cells if cell.is_changed and (told := why(cell.was or "", cell.now))}
    return {
        cell: told
        for cell, told in found.items()
        if not told.refuted_by or not any(map(told.refuted_by.fullmatch, same))
    }


def compare(form: Form, committed: Form, file: str) -> tuple[list[Suspect], Changes, list[Problem]]:
    """Return the cells a spreadsheet has changed since a version in git, and what people have.

    The problems are cells that were written or changed by people and then spoilt, so that nothing can put them back.
    """
    before = committed.cells
    ids = [row[form.header.index("id")] for row in form.rows] if "id" in form.header else []
    here = set(ids)
    new = [key for key in ids if key not in before]
    gone = [key for key in before if key not in here]
    pairs = _renamed(new, gone)
    cells = _cells(form, ids, before, pairs)
    programs = _by_a_program(cells)
    people = [cell for cell in cells if cell.is_changed and cell not in programs]
    changes = Changes(
        len(people),
        len({cell.row for cell in people}),
        [key for key in new if key not in pairs],
        [key for key in gone if key not in pairs.values()],
        [name for name in form.header if name not in committed.header],
        [name for name in committed.header if name not in form.header],
    )
    suspects = [
        Suspect(file, cell.row, cell.id, cell.column, cell.was or "", cell.now, told.reason)
        for cell, told in programs.items()
    ]
    return suspects, changes, _beyond_repair(cells, file)


def put_back(form: Form, suspects: list[Suspect]) -> Form:
    """Return a table with suspected cells as they are in git, in the order of its ids; all others stay."""
    rows = [list(row) for row in form.rows]
    for suspect in suspects:
        rows[suspect.row - FIRST_ROW][form.header.index(suspect.column)] = suspect.was
    at = form.header.index("id")
    return form._replace(rows=sorted(rows, key=lambda row: row[at]))
