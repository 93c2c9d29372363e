"""The only reader of ``data/``: loads tables with their schema's types and says what is wrong.

The schema is ``data/datapackage.json`` (Data Package, Table Schema). Four properties
extend the standard: a field with ``"list": true`` holds ``;``-separated items, a field
with ``"references": "table.column"`` holds only values found there (each item, for lists)
and ``"inverse"`` names that relation from the other end,
and a table with ``"perSource": true`` reports documents, so that its rows carry
``source``, ``lines`` and ``locator``, and gain ``page`` and ``page_basis`` from ``pages.csv``.
"""

from __future__ import annotations

import json
import math
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from evidence.rules import Problem, cell_problems, decode, fields, records

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "data"
SCHEMA = "datapackage.json"
READ: set[str] = set()  # files of data/ whose tables this process has been given
LINES = re.compile(r"(\d+)(?:-(\d+))?", re.ASCII)


class DataError(Exception):
    """Bad data; ``problems`` holds every :class:`Problem` of the run."""

    def __init__(self, problems: list[Problem]):
        self.problems = problems
        super().__init__("\n".join(map(str, problems)))


class Table(NamedTuple):
    """A table as read: its schema entry, its rows as strings, and what is wrong so far."""

    resource: dict
    rows: list[dict[str, str]]
    problems: list[Problem]


# --- schema ------------------------------------------------------------------------------


@cache
def schema(data: Path = DATA) -> dict[str, dict]:
    """Return the resources of the data package by name.

    Raises :class:`DataError` if the descriptor is missing or is not JSON.
    """
    path = data / SCHEMA
    try:
        package = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise DataError([Problem(SCHEMA, None, None, None, "the schema is missing")]) from None
    except ValueError as error:
        raise DataError([Problem(SCHEMA, None, None, None, f"not valid JSON ({error})")]) from None
    return {resource["name"]: resource for resource in package["resources"] if resource["path"].endswith(".csv")}


# --- reading one file --------------------------------------------------------------------


def read(resource: dict, data: Path = DATA) -> Table:
    """Read one table as strings and check all that can be checked without other tables."""
    file = resource["path"]
    path = data / file
    if not path.is_file():
        return Table(resource, [], [Problem(file, None, None, None, "the file is missing")])
    text, problems = decode(path.read_bytes(), file)
    if not text:
        return Table(resource, [], problems)
    rows, shape = records(text, file, list(fields(resource)))
    return Table(resource, rows, [*problems, *shape, *cell_problems(rows, resource)])


# --- checks between tables ---------------------------------------------------------------


def line_range(value: str) -> tuple[int, int]:
    """Return the first and last line of ``1313`` or ``1313-1321``; raises ValueError."""
    match = LINES.fullmatch(value)
    if not match:
        raise ValueError(value)
    first = int(match[1])
    return first, int(match[2] or first)


def _reference_problems(tables: dict[str, Table]) -> list[Problem]:
    """Check that every referenced key exists in the table it points to."""
    problems = []
    for table in tables.values():
        for name, field in fields(table.resource).items():
            if "references" not in field:
                continue
            target, column = field["references"].split(".")
            known = {row.get(column, "") for row in tables[target].rows}
            for row in table.rows:
                value = row.get(name, "")
                for item in filter(None, value.split(";") if field.get("list") else [value]):
                    if item not in known:
                        rule = f"is no {column} of {tables[target].resource['path']}"
                        problems.append(Problem(table.resource["path"], int(row[""]), name, item, rule))
    return problems


def _line_problems(tables: dict[str, Table]) -> list[Problem]:
    """Check that ``lines`` are a range inside the text of the row's document."""
    lengths = {row["id"]: int(row["n_lines"]) for row in tables["sources"].rows if row.get("n_lines", "").isdigit()}
    problems = []
    for table in tables.values():
        for column in ("lines", "right_lines", "left_lines"):
            if column not in fields(table.resource):
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
    problems += _reference_problems(tables)
    problems += _line_problems(tables)
    known = {resource["path"] for resource in schema(data).values()}
    problems += [
        Problem(str(path.relative_to(data)), None, None, None, "is not described in datapackage.json")
        for path in sorted(data.rglob("*.csv"))
        if str(path.relative_to(data)) not in known
    ]
    return problems


# --- loading -----------------------------------------------------------------------------


def _typed(table: Table) -> pd.DataFrame:
    """Return the rows as a frame: numbers as float64, whole numbers as Int64, text as str."""
    columns = {}
    for name, field in fields(table.resource).items():
        values = [row.get(name, "") for row in table.rows]
        if field["type"] == "number":
            columns[name] = pd.Series([float(value) if value else math.nan for value in values], dtype="float64")
        elif field["type"] == "integer":
            columns[name] = pd.Series([int(value) if value else pd.NA for value in values], dtype="Int64")
        elif field["type"] == "boolean":
            columns[name] = pd.Series([value == "true" for value in values], dtype="bool")
        else:
            columns[name] = pd.Series(values, dtype="str")
    return pd.DataFrame(columns)


def _with_pages(frame: pd.DataFrame, data: Path) -> pd.DataFrame:
    """Add ``page`` and ``page_basis``, looked up in ``pages.csv`` by the first line cited."""
    pages = [
        (row.source, *line_range(row.lines), row.page, row.page_basis)
        for row in _load("pages", data).itertuples(index=False)
    ]
    found = []
    for source, lines in zip(frame["source"], frame["lines"]):
        first = line_range(lines)[0] if lines else 0
        hit = [(page, basis) for key, start, end, page, basis in pages if key == source and start <= first <= end]
        found.append(hit[0] if hit else ("", "none"))
    place = frame.columns.get_loc("lines") + 1
    frame.insert(place, "page", pd.Series([page for page, _ in found], dtype="str", index=frame.index))
    frame.insert(place + 1, "page_basis", pd.Series([basis for _, basis in found], dtype="str", index=frame.index))
    return frame


@cache
def _load(name: str, data: Path) -> pd.DataFrame:
    if name not in schema(data):
        raise KeyError(f"no table {name!r}; there are {', '.join(sorted(schema(data)))}")
    table = read(schema(data)[name], data)
    if table.problems:
        raise DataError(table.problems)
    frame = _typed(table)
    if table.resource.get("perSource") and name != "pages":
        frame = _with_pages(frame, data)
    return frame


def load(name: str, data: Path = DATA) -> pd.DataFrame:
    """Return one table of the data package, typed, one row per row of the file.

    Text columns are ``str`` with ``""`` where the source is silent; number columns are
    ``float64`` with NaN, whole-number columns ``Int64`` with NA. Tables that report a
    document gain ``page`` and ``page_basis``. Raises KeyError for an unknown table and
    :class:`DataError` with every problem of the file. The files it rests on are noted in ``READ``.
    """
    frame = _load(name, data)
    resource = schema(data)[name]
    READ.add(resource["path"])
    if resource.get("perSource"):
        READ.add(schema(data)["pages"]["path"])
    return frame.copy()


def preload() -> None:
    """Load every table once, so that forks of this process need not."""
    for name in schema():
        _load(name, DATA)
