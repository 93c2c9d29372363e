"""The rules every file and cell of ``data/`` obeys, and the message for one that does not."""

from __future__ import annotations

import csv
import difflib
import io
import math
import re
from typing import NamedTuple

from evidence.data import dates

TIDY = "`evidence tidy` puts it right"  # what mends how a table is saved
FIRST_ROW = 2  # form: of a table, below its header
BOOLEANS = ("true", "false")
ONE_ID = "delete one of the rows, or give this one another id"
MANY = 12  # message: codes that a message lists
CONFLICT = re.compile(r"(?:<{7}|\|{7}|={7}|>{7})(?= |$)")  # marks that a merge leaves between two versions
CUT = "\0"  # key of a row that could not be read whole
FORMS = {
    "number": (re.compile(r"-?\d{1,15}(?:\.\d+)?", re.ASCII), "a number"),
    "integer": (re.compile(r"-?\d{1,15}", re.ASCII), "a whole number"),
}


class Problem(NamedTuple):
    """One thing wrong with one place of one file (a row of a table, a line of a text), for who has to mend it."""

    file: str
    row: int | None
    column: str | None
    value: str | None
    rule: str

    def __str__(self) -> str:
        place = self.file
        if self.row is not None:
            place += f", {'row' if self.file.endswith('.csv') else 'line'} {self.row}"
        if self.column is not None:
            place += f", column {self.column}"
        shown = "" if self.value is None else f" {self.value!r}:"
        return f"{place}:{shown} {self.rule}"


class DataError(Exception):
    """Bad data; ``problems`` holds every :class:`Problem` of the run."""

    def __init__(self, problems: list[Problem]):
        self.problems = problems
        super().__init__("\n".join(map(str, problems)))


def _encoding(raw: bytes) -> str:
    """Return the encoding that bytes which are no UTF-8 seem to have, "" where nothing tells."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "UTF-16"
    letters = sum(byte >= 0xC0 for byte in raw)
    return "Windows-1251" if letters > len(raw) / 10 else ""


def decode(raw: bytes, file: str) -> tuple[str, list[Problem]]:
    """Return the text of a file, "" where it cannot be read, and the faults of how it is saved."""
    if not raw.strip():
        return "", [Problem(file, None, None, None, "the file is empty")]
    is_table = file.endswith(".csv")
    problems = []
    if raw.startswith(b"\xef\xbb\xbf"):
        rule = "starts with a byte order mark; " + (TIDY if is_table else "save as UTF-8 without BOM")
        problems.append(Problem(file, 1, None, None, rule))
        raw = raw[3:]
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        row = raw[: error.start].count(b"\n") + 1
        guess = f" but {found}" if (found := _encoding(raw)) else ""
        rule = f"is not UTF-8{guess}; " + (f"{TIDY}, or " if is_table else "") + "save the file as UTF-8"
        start = raw[: error.start].rfind(b"\n") + 1
        before, after = raw[max(start, error.start - 30) : error.start], raw[error.start :].split(b"\n")[0][:10]
        shown = (before + after).decode("utf-8", "replace")
        return "", [*problems, Problem(file, row, None, shown, rule)]
    if "\r" in text:
        row = text[: text.index("\r")].count("\n") + 1
        rule = "has CR line ends; " + (TIDY if is_table else "save with LF line ends")
        problems.append(Problem(file, row, None, None, rule))
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text:
        row = text[: text.index("\0")].count("\n") + 1
        return "", [*problems, Problem(file, row, None, None, "holds a null character; take it out")]
    if not text.endswith("\n"):
        rule = "the last line has no line end" + (f"; {TIDY}" if is_table else "; end the file with one")
        problems.append(Problem(file, text.count("\n") + 1, None, None, rule))
    return text, problems


def _stray_quote(text: str) -> int | None:
    """Return the row on which a quote is left open or stands inside an unquoted value."""
    for row, line in enumerate(text.split("\n"), start=1):
        bare = re.sub(r'(?:(?<=^)|(?<=,))"(?:[^"]|"")*"(?=,|$)', "", line)
        if '"' in bare:
            return row
    return None


def nearest(value: str, known) -> str:
    """Return the hint that names the known values most like one, "" if none is."""
    near = difflib.get_close_matches(value, list(known), n=3)
    return f"; did you mean {' or '.join(near)}?" if near else ""


def _header_problems(header: list[str], columns: list[str], file: str) -> list[Problem]:
    """Return what is wrong with the header of a table: names that are not those of the definition, in its order."""
    missing = [name for name in columns if name not in header]
    unknown = [name for name in header if name not in columns]
    found = [
        Problem(file, 1, name, None, f"the column is not in fields.toml{nearest(name.strip(), missing)}")
        for name in unknown
    ]
    if len(missing) > len(unknown) or not all(nearest(name.strip(), missing) for name in unknown):
        rule = "the column is missing; add it, or take it out of fields.toml"
        found = [Problem(file, 1, name, None, rule) for name in missing] + found
    found += [
        Problem(file, 1, name, None, "the column is there twice; delete one")
        for name in sorted({name for name in header if header.count(name) > 1})
    ]
    if not found and header != columns:
        first = next(name for name, wanted in zip(header, columns) if name != wanted)
        rule = f"stands in another place than in fields.toml; the order there is {', '.join(columns)}"
        found.append(Problem(file, 1, first, None, rule))
    return found


def _row_fault(values: list[str], header: list[str]) -> str | None:
    """Return what is wrong with the shape of a row, or None."""
    if not any(value.strip() for value in values):
        return "the row is empty; delete it"
    if CONFLICT.match(values[0]):
        return "is a mark of a merge conflict; keep the rows of both sides, delete the marks, and `evidence tidy`"
    if len(values) > len(header):
        return f"has {len(values)} values for {len(header)} columns; put a value that holds a comma in quotes"
    if len(values) < len(header):
        return (
            f"has {len(values)} values for {len(header)} columns; each column needs its comma, also where it is empty"
        )
    return None


def records(text: str, file: str, columns: list[str]) -> tuple[list[dict[str, str]], list[Problem]]:
    """Return the rows of a CSV text as dictionaries, and the faults of its shape.

    A row of another length than the header has only its first value, so that what names it is not said to be missing.
    """
    first = text.partition("\n")[0]
    for delimiter, called in ((";", "semicolons"), ("\t", "tabs")):
        if delimiter in first and "," not in first:
            return [], [Problem(file, 1, None, first[:60], f"is separated by {called}; {TIDY}, or save it with commas")]
    longest = max(text.split("\n"), key=len)
    if len(longest) > csv.field_size_limit():
        rule = f"has {len(longest):,} characters; no row that a person wrote is so long: shorten its longest cell"
        return [], [Problem(file, text.split("\n").index(longest) + 1, None, longest[:60], rule)]
    row = _stray_quote(text)
    if row is not None:
        rule = 'a stray quote; double it ("") and put the value in quotes, without line breaks'
        return [], [Problem(file, row, None, text.split("\n")[row - 1][:60], rule)]
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    header = next(reader)
    problems = _header_problems(header, columns, file)
    rows = []
    for number, values in enumerate(reader, start=FIRST_ROW):
        if fault := _row_fault(values, header):
            problems.append(Problem(file, number, None, ",".join(values).strip(",")[:60] or None, fault))
            if values and values[0].strip():
                rows.append({header[0]: values[0], CUT: "", "": str(number)})
            continue
        rows.append(dict(zip(header, values)) | {"": str(number)})
    return rows, problems


def _number_fault(value: str, kind: str, constraints: dict) -> str | None:
    """Return the rule of numbers that a cell breaks, or None; ``kind`` is number or integer."""
    form, called = FORMS[kind]
    if not form.fullmatch(value):
        return f"is not {called} (digits with a dot for decimals, no separators)"
    if float(value) < constraints.get("minimum", -math.inf):
        return f"is below {constraints['minimum']}"
    if float(value) > constraints.get("maximum", math.inf):
        return f"is above {constraints['maximum']}"
    return None


def _fault(value: str, field: dict) -> str | None:
    """Return the rule that a non-empty cell breaks, or None."""
    if value != value.strip():
        return "has spaces at its ends"
    constraints = field.get("constraints", {})
    if field["type"] in FORMS and (rule := _number_fault(value, field["type"], constraints)):
        return rule
    if field["type"] == "boolean" and value not in BOOLEANS:
        return f"is neither true nor false; {TIDY}" if value.lower() in BOOLEANS else "is neither true nor false"
    if len(value) < constraints.get("minLength", 0):
        return f"has {len(value)} characters; say it in at least {constraints['minLength']}: {field['description']}"
    items = value.split(";") if field.get("list") else [value]
    if "" in items or len(set(items)) != len(items):
        return "has an empty or repeated item; separate items with ; without spaces"
    pattern = constraints.get("pattern")
    if pattern and not re.fullmatch(pattern, value):
        return f"is not written as this column is ({field['description']} Pattern: {pattern})"
    if field.get("dates"):
        return dates.fault(value)
    allowed = [category["value"] for category in field.get("categories", ())]
    if unknown := [item for item in items if allowed and item not in allowed]:
        shown = ", ".join(allowed) if len(allowed) <= MANY else f"the {len(allowed)} codes of fields.toml"
        return f"is not one of {shown}{nearest(unknown[0], allowed)}"
    return None


def cell_problems(rows: list[dict[str, str]], resource: dict) -> list[Problem]:
    """Check types, required cells, keys and order of the rows of one table."""
    problems: list[Problem] = []
    seen: dict[str, int] = {}
    last = ""
    columns = [_Column(field) for field in resource["schema"]["fields"]]
    for row in rows:
        if CUT in row:
            continue
        problems += _value_problems(row, columns, resource["path"])
        if key := row.get("id"):
            if rule := _key_fault(key, seen, last):
                problems.append(Problem(resource["path"], int(row[""]), "id", key, rule))
            seen.setdefault(key, int(row[""]))
            last = max(last, key)
    return problems + _order_problems(rows, resource)


class _Column:
    """A column while its table is checked: a value that comes again (a key, a code) is asked for once."""

    def __init__(self, field: dict):
        self.name: str = field["name"]
        is_required = field.get("constraints", {}).get("required")
        self.rules: dict[str, str | None] = {"": "is required and is empty" if is_required else None}
        self.field = field

    def rule_of(self, value: str) -> str | None:
        """Return the rule that a cell breaks, or None."""
        if value not in self.rules:
            self.rules[value] = _fault(value, self.field)
        return self.rules[value]


def _value_problems(row: dict[str, str], columns: list[_Column], path: str) -> list[Problem]:
    """Return what is wrong with the cells of a row, each by its column."""
    return [
        Problem(path, int(row[""]), column.name, row[column.name] or None, rule)
        for column in columns
        if column.name in row and (rule := column.rule_of(row[column.name]))
    ]


def _key_fault(key: str, seen: dict[str, int], last: str) -> str | None:
    """Return what is wrong with an id after those above, or None: ``seen`` has their rows, ``last`` is the greatest."""
    if key in seen:
        return f"is already used in row {seen[key]}; {ONE_ID}"
    return f"is out of order after {last!r}; {TIDY}" if key < last else None


def _order_problems(rows: list[dict[str, str]], resource: dict) -> list[Problem]:
    """Return the rows that take a place in an order which another row of the same whole has taken."""
    orders = [field for field in resource["schema"]["fields"] if field["name"] == "order"]
    if not orders:
        return []
    within = orders[0].get("within")
    taken: dict[tuple[str, str], str] = {}
    found = []
    for row in rows:
        place = (row.get(within or "", "") if within else "", row.get("order", ""))
        if place[1] and (first := taken.setdefault(place, row.get("id", ""))) != row.get("id", ""):
            whole = f" of {place[0]}" if within else ""
            rule = f"is the place{whole} that {first} has; give each row a place of its own"
            found.append(Problem(resource["path"], int(row[""]), "order", place[1], rule))
    return found
