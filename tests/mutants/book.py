"""The book as mutations take it: its tables as rows of text, its files as bytes, and one planted fault as a value."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import NamedTuple

from evidence.data import store
from evidence.data.rules import FIRST_ROW

ROOT = Path(__file__).resolve().parents[2]
TRIES = 40  # draws until one can carry a fault of a kind


class Mutant(NamedTuple):
    """One planted fault: its kind, what was done, the files with it, and where a message belongs.

    A place is a file as messages name it and a row or line, None where any does; ``keys`` are ids that name it as well.
    """

    kind: str
    what: str
    files: dict[str, bytes]
    places: frozenset[tuple[str, int | None]]
    keys: frozenset[str] = frozenset()


class Table(NamedTuple):
    """A table as it is saved."""

    name: str
    file: str  # as messages name it
    columns: tuple[str, ...]
    rows: tuple[dict[str, str], ...]

    @property
    def path(self) -> str:
        """Return its path from the root of the book."""
        return f"data/{self.file}"

    def saved(self, rows) -> bytes:
        """Return the file with other rows."""
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerows([self.columns, *([row[name] for name in self.columns] for row in rows)])
        return text.getvalue().encode("utf-8", "surrogatepass")


class Cell(NamedTuple):
    """A cell of a table, with the definition of its column."""

    table: Table
    at: int  # of the row, from 0
    name: str
    value: str
    field: dict

    @property
    def row(self) -> dict[str, str]:
        """Return the row it stands in."""
        return self.table.rows[self.at]


@cache
def tables() -> dict[str, Table]:
    """Return every table of the book by name."""
    found = {}
    for name, resource in store.schema().items():
        with (ROOT / "data" / resource["path"]).open(encoding="utf-8", newline="") as file:
            columns, *rows = csv.reader(file)
        found[name] = Table(name, resource["path"], tuple(columns), tuple(dict(zip(columns, row)) for row in rows))
    return found


@cache
def cells() -> tuple[Cell, ...]:
    """Return every cell of every table."""
    fields = {name: store.fields_of(resource) for name, resource in store.schema().items()}
    return tuple(
        Cell(table, at, name, value, fields[table.name][name])
        for table in tables().values()
        for at, row in enumerate(table.rows)
        for name, value in row.items()
    )


Wanted = Callable[[Cell], bool]
Change = Callable[[random.Random, Cell], str]


@cache
def columns_with(wanted: Wanted) -> list[list[Cell]]:
    """Return the cells that a kind of fault can befall, column by column."""
    found: dict[tuple[str, str], list[Cell]] = {}
    for cell in cells():
        if wanted(cell):
            found.setdefault((cell.table.name, cell.name), []).append(cell)
    return list(found.values())


def of_rows(kind: str, what: str, table: Table, rows, changed: dict[int, str]) -> Mutant:
    """Return a fault that leaves other rows in a table; ``changed`` are the ids of rows by their place from 0."""
    places = frozenset((table.file, at + FIRST_ROW) for at in changed)
    return Mutant(kind, f"{table.file}, {what}", {table.path: table.saved(rows)}, places, frozenset(changed.values()))


def with_cells(kind: str, table: Table, changes: dict[tuple[int, str], str]) -> Mutant | None:
    """Return a fault that writes other values into cells (row from 0, column), None where nothing would change."""
    if all(table.rows[at][name] == value for (at, name), value in changes.items()):
        return None
    rows = [dict(row) for row in table.rows]
    for (at, name), value in changes.items():
        rows[at][name] = value
    what = "; ".join(
        f"row {at + FIRST_ROW}, {name}: {table.rows[at][name][:60]!r} now {value[:60]!r}"
        for (at, name), value in changes.items()
    )
    return of_rows(kind, what, table, rows, {at: table.rows[at].get("id", "") for at, _ in changes})


def in_cell(kind: str, wanted: Wanted, change: Change, dice: random.Random) -> Mutant | None:
    """Return a fault in one cell: any column that can bear it is as likely, then any of its cells."""
    for _ in range(TRIES):
        cell = dice.choice(dice.choice(columns_with(wanted)))
        value = change(dice, cell)
        if value != cell.value:
            return with_cells(kind, cell.table, {(cell.at, cell.name): value})
    return None


def in_text(kind: str, file: str, before: bytes, after: bytes) -> Mutant | None:
    """Return a fault in a file of text, None where nothing changed; a message belongs to any of its lines."""
    if before == after:
        return None
    at = next((at for at, (old, new) in enumerate(zip(before.split(b"\n"), after.split(b"\n"))) if old != new), 0)
    old, new = (text.split(b"\n")[at][:70].decode("utf-8", "replace") if text else "" for text in (before, after))
    named = file.removeprefix("data/")
    return Mutant(kind, f"{file}, line {at + 1}: {old!r} now {new!r}", {file: after}, frozenset({(named, None)}))
