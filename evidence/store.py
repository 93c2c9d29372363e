"""The only reader of ``data/``: loads tables with their schema's types and says what is wrong.

The schema is ``data/datapackage.json`` (Data Package, Table Schema). Three properties
extend the standard: a field with ``"list": true`` holds ``;``-separated items, a field
with ``"references": "table.column"`` holds only values found there (each item, for lists),
and a table with ``"perSource": true`` reports documents, so that its rows carry
``source``, ``lines`` and ``locator``, and gain ``page`` and ``page_basis`` from ``pages.csv``.
"""

from __future__ import annotations

import csv
import io
import json
import math
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pandas as pd

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "data"
SCHEMA = "datapackage.json"
LINES = re.compile(r"(\d+)(?:-(\d+))?", re.ASCII)
FORMS = {
    "number": (re.compile(r"-?\d{1,15}(?:\.\d+)?", re.ASCII), "a number"),
    "integer": (re.compile(r"-?\d{1,15}", re.ASCII), "a whole number"),
}


class Problem(NamedTuple):
    """One thing wrong with one place of one file, for the person who has to mend it."""

    file: str
    row: int | None
    column: str | None
    value: str | None
    rule: str

    def __str__(self) -> str:
        place = self.file
        if self.row is not None:
            place += f", row {self.row}"
        if self.column is not None:
            place += f", column {self.column}"
        shown = "" if self.value is None else f" {self.value!r}:"
        return f"{place}:{shown} {self.rule}"


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
    return {
        resource["name"]: resource
        for resource in package["resources"]
        if resource["path"].endswith(".csv")
    }


def fields(resource: dict) -> dict[str, dict]:
    """Return the field descriptors of a resource by column name."""
    return {field["name"]: field for field in resource["schema"]["fields"]}


# --- reading one file --------------------------------------------------------------------


def _decode(raw: bytes, file: str) -> tuple[str, list[Problem]]:
    """Return the text of a file and the faults of its encoding."""
    if not raw.strip():
        return "", [Problem(file, None, None, None, "the file is empty; a header row is needed")]
    problems = []
    if raw.startswith(b"\xef\xbb\xbf"):
        problems.append(Problem(file, 1, None, None, "starts with a byte order mark; save as UTF-8 without BOM"))
        raw = raw[3:]
    if b"\r" in raw:
        row = raw[: raw.index(b"\r")].count(b"\n") + 1
        problems.append(Problem(file, row, None, None, "has CR line ends; save with LF line ends"))
        raw = raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        row = raw[: error.start].count(b"\n") + 1
        value = repr(raw[error.start : error.start + 4])
        return "", [*problems, Problem(file, row, None, value, "is not UTF-8; save the file as UTF-8")]
    if not text.endswith("\n"):
        problems.append(Problem(file, text.count("\n") + 1, None, None, "the last line has no line end"))
    return text, problems


def _stray_quote(text: str) -> int | None:
    """Return the row on which a quote is left open or stands inside an unquoted value."""
    for row, line in enumerate(text.split("\n"), start=1):
        bare = re.sub(r'(?:(?<=^)|(?<=,))"(?:[^"]|"")*"(?=,|$)', "", line)
        if '"' in bare:
            return row
    return None


def _records(text: str, file: str, columns: list[str]) -> tuple[list[dict[str, str]], list[Problem]]:
    """Return the rows of a CSV text as dictionaries, and the faults of its shape."""
    row = _stray_quote(text)
    if row is not None:
        rule = 'a stray quote; double it ("") and put the value in quotes, without line breaks'
        return [], [Problem(file, row, None, text.split("\n")[row - 1][:60], rule)]
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    header = next(reader)
    problems = [
        Problem(file, 1, column, None, "the column is missing") for column in columns if column not in header
    ]
    problems += [
        Problem(file, 1, column, None, "the column is not in the schema (data/datapackage.json)")
        for column in header
        if column not in columns
    ]
    problems += [
        Problem(file, 1, column, None, "the column is there twice")
        for column in sorted({name for name in header if header.count(name) > 1})
    ]
    rows = []
    for number, values in enumerate(reader, start=2):
        if len(values) != len(header):
            rule = f"has {len(values)} values for {len(header)} columns"
            problems.append(Problem(file, number, None, ",".join(values)[:60], rule))
            continue
        rows.append(dict(zip(header, values)) | {"": str(number)})
    return rows, problems


def _fault(value: str, field: dict) -> str | None:
    """Return the rule that a non-empty cell breaks, or None."""
    if value != value.strip():
        return "has spaces at its ends"
    constraints = field.get("constraints", {})
    kind = field["type"]
    if kind in ("number", "integer"):
        form, called = FORMS[kind]
        if not form.fullmatch(value):
            return f"is not {called} (digits with a dot for decimals, no separators)"
        number = float(value)
        if number < constraints.get("minimum", -math.inf):
            return f"is below {constraints['minimum']}"
        if number > constraints.get("maximum", math.inf):
            return f"is above {constraints['maximum']}"
    if kind == "boolean" and value not in ("true", "false"):
        return "is neither true nor false"
    items = value.split(";") if field.get("list") else [value]
    if "" in items or len(set(items)) != len(items):
        return "has an empty or repeated item; separate items with ; without spaces"
    pattern = constraints.get("pattern")
    if pattern and not re.fullmatch(pattern, value):
        return f"does not match {pattern}"
    allowed = constraints.get("enum") or field.get("codes")
    if allowed and not set(items) <= set(allowed):
        return f"is not one of {', '.join(allowed)}"
    return None


def _cell_problems(rows: list[dict[str, str]], resource: dict) -> list[Problem]:
    """Check types, required cells, keys and order of the rows of one table."""
    file = resource["path"]
    problems, seen, last = [], {}, ""
    for row in rows:
        number = int(row[""])
        for name, field in fields(resource).items():
            value = row.get(name, "")
            if value == "":
                if name in row and field.get("constraints", {}).get("required"):
                    problems.append(Problem(file, number, name, None, "is required and is empty"))
                continue
            rule = _fault(value, field)
            if rule:
                problems.append(Problem(file, number, name, value, rule))
        key = row.get("id")
        if not key:
            continue
        if key in seen:
            problems.append(Problem(file, number, "id", key, f"is already used in row {seen[key]}"))
        elif key < last:
            problems.append(Problem(file, number, "id", key, f"is out of order after {last!r}; sort by id"))
        seen.setdefault(key, number)
        last = max(last, key)
    return problems


def read(resource: dict, data: Path = DATA) -> Table:
    """Read one table as strings and check all that can be checked without other tables."""
    file = resource["path"]
    path = data / file
    if not path.is_file():
        return Table(resource, [], [Problem(file, None, None, None, "the file is missing")])
    text, problems = _decode(path.read_bytes(), file)
    if not text:
        return Table(resource, [], problems)
    rows, shape = _records(text, file, list(fields(resource)))
    return Table(resource, rows, [*problems, *shape, *_cell_problems(rows, resource)])


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
    :class:`DataError` with every problem of the file.
    """
    return _load(name, data).copy()
