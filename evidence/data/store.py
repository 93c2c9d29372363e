"""The only reader of ``data/``: loads tables with their schema's types and says what is wrong."""

from __future__ import annotations

import math
import re
from collections import namedtuple
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from evidence.data.rules import FIRST_ROW, DataError, Problem, cell_problems, decode, nearest, records
from evidence.data.schema import DATA, ROOT, fields, fields_of, labels, package_problems, schema, target_of

__all__ = ["DATA", "ROOT", "DataError", "Problem", "fields", "fields_of", "labels", "schema", "target_of"]

READ: set[str] = set()  # tables this process has been given, by file, and single rows of others ("facts.csv#id")
LINES = re.compile(r"(\d+)(?:-(\d+))?", re.ASCII)
# Each stands beside the column that names its document.
LINE_COLUMNS = ("lines", "right_lines", "left_lines", "earlier_lines", "later_lines")


class UnknownId(KeyError):
    """An id that no row or calculation has; the message offers the nearest ones."""

    def __init__(self, kind: str, key: str, known):
        self.message = f"no {kind} has the id {key!r}{nearest(key, known)}"
        super().__init__(self.message)

    def __str__(self) -> str:
        return self.message


class Rows(dict):
    """Rows by id; to ask for one that is not there raises :class:`UnknownId`."""

    def __init__(self, kind: str, rows: dict):
        super().__init__(rows)
        self.kind = kind

    def __missing__(self, key):
        raise UnknownId(self.kind, key, self)


class Table(NamedTuple):
    """A table as read: its schema entry, its rows as strings, and what is wrong so far."""

    resource: dict
    rows: list[dict[str, str]]
    problems: list[Problem]

    @property
    def is_whole(self) -> bool:
        """Return whether the file could be read: its rows and the column of keys are there."""
        return bool(self.rows) and "id" in self.rows[0]


# --- reading one file --------------------------------------------------------------------


def read(resource: dict, data: Path = DATA) -> Table:
    """Read one table as strings and check all that can be checked without other tables."""
    file = resource["path"]
    path = data / file
    if not path.is_file():
        return Table(resource, [], [Problem(file, None, None, None, "the file is missing")])
    return _read(resource["name"], data, path.read_bytes())


@lru_cache(maxsize=256)
def _read(name: str, data: Path, raw: bytes) -> Table:
    resource = schema(data)[name]
    file = resource["path"]
    text, problems = decode(raw, file)
    if not text:
        return Table(resource, [], problems)
    rows, shape = records(text, file, list(fields_of(resource)))
    return Table(resource, rows, [*problems, *shape, *cell_problems(rows, resource)])


# --- checks between tables ---------------------------------------------------------------


def line_range(value: str) -> tuple[int, int]:
    """Return the first and last line of ``1313`` or ``1313-1321``; raises ValueError."""
    match = LINES.fullmatch(value)
    if not match:
        raise ValueError(value)
    first = int(match[1])
    return first, int(match[2] or first)


def first_lines(rows: pd.DataFrame) -> pd.Series:
    """Return the first line of each row in the text of its document."""
    return rows["lines"].map(lambda lines: line_range(lines)[0])


def _reference_problems(tables: dict[str, Table], said: set) -> list[Problem]:
    """Check that every referenced key exists in the table it points to; ``said`` are cells already found wrong."""
    problems = []
    for table in tables.values():
        file = table.resource["path"]
        for name, field in fields_of(table.resource).items():
            if "references" not in field:
                continue
            target, column = field["references"].split(".")
            if not tables[target].is_whole:
                continue  # what is wrong there has been said; every key would follow
            known = {row.get(column, "") for row in tables[target].rows}
            for row in table.rows:
                number, value = int(row[""]), row.get(name, "")
                for item in filter(None, value.split(";") if field.get("list") else [value]):
                    if item not in known and (file, number, name) not in said:
                        rule = f"is no {column} of {tables[target].resource['path']}{nearest(item, known)}"
                        problems.append(Problem(file, number, name, item, rule))
    return problems


def _line_problems(tables: dict[str, Table]) -> list[Problem]:
    """Check that ``lines`` are a range inside the text of the row's document."""
    lengths = {row["id"]: int(row["n_lines"]) for row in tables["sources"].rows if row.get("n_lines", "").isdigit()}
    problems = []
    for table in tables.values():
        for column in LINE_COLUMNS:
            if column not in fields_of(table.resource):
                continue
            for row in table.rows:
                value, source = row.get(column, ""), row.get(column.replace("lines", "source"), "")
                if not value or source not in lengths:
                    continue
                try:
                    first, last = line_range(value)
                except ValueError:
                    continue  # the pattern of the field has said so
                if not 1 <= first <= last <= lengths[source]:
                    rule = f"is not a range inside the {lengths[source]} lines of {source}"
                    problems.append(Problem(table.resource["path"], int(row[""]), column, value, rule))
    return problems


def check(data: Path = DATA) -> list[Problem]:
    """Return every problem of the data package: files, cells, keys, line ranges."""
    tables = {name: read(resource, data) for name, resource in schema(data).items()}
    problems = [problem for table in tables.values() for problem in table.problems]
    problems += _reference_problems(tables, {(problem.file, problem.row, problem.column) for problem in problems})
    problems += _line_problems(tables)
    known = {resource["path"] for resource in schema(data).values()}
    problems += [
        Problem(str(path.relative_to(data)), None, None, None, "is not described in fields.toml; do so, or delete it")
        for path in sorted(data.rglob("*.csv"))
        if str(path.relative_to(data)) not in known
    ]
    return problems + package_problems(data)


# --- loading -----------------------------------------------------------------------------


def _typed(table: Table) -> pd.DataFrame:
    """Return the rows as a frame: numbers as float64, whole numbers as Int64, text as str."""
    columns = {}
    for name, field in fields_of(table.resource).items():
        values = [row.get(name, "") for row in table.rows]
        if field["type"] == "number":
            columns[name] = pd.array([float(value) if value else math.nan for value in values], dtype=np.dtype(float))
        elif field["type"] == "integer":
            columns[name] = pd.array([int(value) if value else pd.NA for value in values], dtype="Int64")
        elif field["type"] == "boolean":
            columns[name] = pd.array([value == "true" for value in values], dtype=np.dtype(bool))
        else:
            columns[name] = pd.array(values, dtype="str")
    return pd.DataFrame(columns)


@cache
def _pages(data: Path) -> dict[str, list[tuple[int, int, str, str]]]:
    """Return (first line, last line, page, basis) of every known page by document, in the order of the file."""
    found: dict[str, list[tuple[int, int, str, str]]] = {}
    for row in _load("pages", data).itertuples(index=False):
        found.setdefault(row.source, []).append((*line_range(row.lines), row.page, row.page_basis))
    return found


def page_of(source: str, lines: str, data: Path = DATA) -> tuple[str, str]:
    """Return page and basis of the first of a range of lines of a document, ("", "none") where it is not known."""
    READ.add(schema(data)["pages"]["path"])
    first = line_range(lines)[0] if lines else 0
    pages = _pages(data).get(source, [])
    return next(((page, basis) for start, end, page, basis in pages if start <= first <= end), ("", "none"))


def pages_of(source: str, data: Path = DATA) -> list[tuple[str, str]]:
    """Return (page, basis) of every known page of a document, in the order of its lines."""
    READ.add(schema(data)["pages"]["path"])
    return [(page, basis) for _, _, page, basis in sorted(_pages(data).get(source, [])) if page]


def _with_pages(frame: pd.DataFrame, data: Path) -> pd.DataFrame:
    """Add ``page`` and ``page_basis`` after ``lines``."""
    found = [page_of(source, lines, data) for source, lines in zip(frame["source"], frame["lines"])]
    place = frame.columns.get_loc("lines") + 1
    for position, name in enumerate(("page", "page_basis")):
        values = pd.Series([pair[position] for pair in found], dtype="str", index=frame.index)
        frame.insert(place + position, name, values)
    return frame


@cache
def _load(name: str, data: Path) -> pd.DataFrame:
    if name not in schema(data):
        raise KeyError(f"no table {name!r}; there are {', '.join(sorted(schema(data)))}")
    table = read(schema(data)[name], data)
    if table.problems:
        raise DataError(table.problems)
    frame = _typed(table)
    if table.resource["reports"]:
        frame = _with_pages(frame, data)
    return frame


def load(name: str, data: Path = DATA) -> pd.DataFrame:
    """Return one table of the data package, typed, one row per row of the file.

    Text columns are ``str`` with ``""`` where the source is silent; number columns are
    ``float64`` with NaN, whole-number columns ``Int64`` with NA. Tables that report a
    document gain ``page`` and ``page_basis``. Raises KeyError for an unknown table and
    :class:`DataError` with every problem of the file. The files it rests on are noted in ``READ``.
    """
    _note(name, data)
    return _load(name, data).copy()


def _note(name: str, data: Path) -> None:
    """Note that this process has been given a table."""
    if name in schema(data):
        READ.add(schema(data)[name]["path"])
        if schema(data)[name]["reports"]:
            READ.add(schema(data)["pages"]["path"])


@cache
def _ids(name: str, data: Path) -> frozenset[str] | None:
    table = read(schema(data)[name], data)
    return frozenset(row["id"] for row in table.rows if row.get("id")) if table.is_whole else None


def ids(name: str, data: Path = DATA) -> frozenset[str] | None:
    """Return the ids of a table whatever is wrong with its cells, None where its file cannot be read."""
    return _ids(name, data)


def plain_rows(frame: pd.DataFrame) -> Iterator[tuple]:
    """Yield the rows of a frame as tuples of plain values: what ``itertuples`` does, in a third of its time."""
    return zip(*(frame[name].tolist() for name in frame))


def named_rows(frame: pd.DataFrame) -> Iterator[Any]:
    """Yield the rows of a frame with its columns as attributes."""
    row = namedtuple("Row", list(frame), rename=True)  # type: ignore[misc]
    return (row(*values) for values in plain_rows(frame))


@cache
def _rows(name: str, data: Path) -> Rows:
    record = schema(data)[name]["record"]
    kind = record["name"].lower() if record else f"row of {name}"
    frame = _load(name, data)
    return Rows(kind, dict(zip(frame["id"].tolist(), named_rows(frame))))


def rows(name: str, data: Path = DATA) -> Rows:
    """Return the rows of a table by id, in the order of the file, each with its columns as attributes.

    To ask for one by an id that none has raises :class:`UnknownId`.
    """
    _note(name, data)
    return _rows(name, data)


def row(name: str, key: str, data: Path = DATA):
    """Return the row of a table with this id, its columns as attributes; raises :class:`UnknownId`."""
    known = _rows(name, data) if name in schema(data) else Rows(f"row of {name}", {})
    if key in known:
        READ.add(f"{schema(data)[name]['path']}#{key}")
    else:
        _note(name, data)
    return known[key]


def numbered(name: str) -> Iterator[tuple[int, Any]]:
    """Yield (number in the file, row) of every row of a table, for messages that name the place of a fault."""
    yield from enumerate(rows(name).values(), start=FIRST_ROW)


def of_document(name: str, source: str) -> pd.DataFrame:
    """Return the rows of a table that report one document."""
    table = load(name)
    return table[table["source"] == source]


def rows_of(name: str, source: str) -> list:
    """Return the rows of a table that report one document as :func:`rows` has them: no table is copied for them."""
    return [row for row in rows(name).values() if row.source == source]


def items(cell: str) -> list[str]:
    """Return the items of a list cell, none of an empty one."""
    return cell.split(";") if cell else []


def holding(column: pd.Series, item: str) -> pd.Series:
    """Return whether each list cell of a column holds an item."""
    return column.map(lambda cell: item in items(cell))


def columns_with(key: str) -> list[tuple[str, str]]:
    """Return (table, column) of every column that the definition gives a property, such as ``sentence``."""
    return [
        (name, column)
        for name, resource in schema().items()
        for column, field in fields_of(resource).items()
        if field.get(key)
    ]


@cache
def _names(name: str, data: Path) -> dict[str, str]:
    frame = _load(name, data)
    return dict(zip(frame["id"], frame["short_name" if "short_name" in frame and name == "sources" else "name"]))


def names(name: str, data: Path = DATA) -> dict[str, str]:
    """Return the readable name of every row of a table that has names (places, themes, bodies, sources)."""
    _note(name, data)
    return _names(name, data)


def preload() -> None:
    """Load every table once, so that forks of this process need not."""
    for name in schema():
        _load(name, DATA)
        _rows(name, DATA)
