"""The form of a table: what has one right answer is put right when it is read, and it is written in one way."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from typing import NamedTuple

from evidence.authoring.encodings import MISREAD, misread_as, reread, text_of
from evidence.authoring.spreadsheet import BOOLEANS, why
from evidence.data.rules import ONE_ID, Problem, records
from evidence.data.schema import fields_of

DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
Rows = dict[str, dict[str, str]]  # cells by id and column


class Form(NamedTuple):
    """A table as it has to be written: header, rows, what of its form is put right, and what is left to a person.

    ``header`` is empty if the file cannot be read; then it is to be left as it is.
    """

    header: list[str]
    rows: list[list[str]]
    mended: list[str]
    problems: list[Problem]

    @property
    def cells(self) -> Rows:
        """Return the cells by id and column; of rows with one id, the first."""
        if "id" not in self.header:
            return {}
        at = self.header.index("id")
        found: Rows = {}
        for row in self.rows:
            found.setdefault(row[at], dict(zip(self.header, row)))
        return found

    def text(self) -> str:
        """Return the table as CSV: commas, quotes only where they are needed, LF at each end."""
        lines = io.StringIO()
        csv.writer(lines, lineterminator="\n").writerows([self.header, *self.rows])
        return lines.getvalue()


def _unreadable(file: str, row: int | None, value: str | None, rule: str) -> Form:
    """Return the form of a file that has to be left as it is."""
    return Form([], [], [], [Problem(file, row, None, value, f"{rule}; the file is left as it is")])


def _alike(name: str) -> str:
    """Return the name of a column without what spreadsheets and people change in it by accident."""
    return re.sub(r"[\s_]+", "", name).casefold()


def _split(text: str, columns: list[str]) -> tuple[str, str]:
    """Return the text of a table without the line that names its delimiter, and the delimiter its header has."""
    first, _, rest = text.partition("\n")
    if match := re.fullmatch(r'"?sep=(.)"?', first.strip(), re.IGNORECASE):
        return rest, match[1]
    wanted = {_alike(name) for name in columns}

    def hits(delimiter: str) -> int:
        return len({_alike(name.strip('" \t')) for name in first.split(delimiter)} & wanted)

    return text, max(DELIMITERS, key=hits)


def _even(rows: list[list[str]], width: int, at: int, committed: Rows, columns: list[str]) -> Problem | None:
    """Give all rows as many cells as the header has, where that has one right answer; return what has none.

    Cells beyond the header go if they are empty, and every row has them or git shows that the others stand in their
    columns. Cells a spreadsheet left out at the end of a row come back if the
    committed row is empty there and at most one of the others differs by a person's hand: after a comma lost inside a
    row at least two would.
    """
    is_padded = all(len(row) > width for row in rows)  # by a spreadsheet; a lost quote widens single rows
    for number, row in enumerate(rows, start=2):
        cells = [committed.get(row[at] if len(row) > at else "", {}).get(name, "?") for name in columns]
        apart = [1 for was, now in zip(cells, row) if was != now.strip() and not why(was, now.strip())]
        is_known = len(apart) < 2  # git shows that its values stand in their columns
        if len(row) > width and (is_known or is_padded) and not any(value.strip() for value in row[width:]):
            del row[width:]
        if len(row) < width and is_known and not any(cells[len(row) :]):
            row += [""] * (width - len(row))
        if len(row) != width:
            rule = f"has {len(row)} values for {width} columns; put a value with a comma in quotes, fill in a lost one"
            return Problem("", number, None, ",".join(row)[:60], rule)
    return None


def _cells(form: Form, act: Callable[[str, str], str], said: str) -> Form:
    """Return a table whose cells are what a function of column and cell makes of them; say how many changed."""
    rows = [[act(name, cell) for name, cell in zip(form.header, row)] for row in form.rows]
    changed = [one for new, old in zip(rows, form.rows) for one, other in zip(new, old) if one != other]
    mended = [said.format(len(changed))] if changed else []
    return form._replace(rows=rows, mended=form.mended + mended)


def _columns(form: Form, columns: list[str]) -> Form:
    """Return a table with its columns named and ordered as they are defined, if it has all of them and no others."""
    known = {_alike(name): name for name in columns}
    header = [name if name in columns else known.get(_alike(name), name) for name in form.header]
    if len(set(header)) < len(header):
        header = form.header
    mended = form.mended + (["names of columns"] if header != form.header else [])
    rows = form.rows
    if header != columns and sorted(header) == sorted(columns):
        places = [header.index(name) for name in columns]
        header, rows = columns, [[row[place] for place in places] for row in rows]
        mended = [*mended, "order of columns"]
    return Form(header, rows, mended, form.problems)


def _order(form: Form) -> Form:
    """Return a table with its rows in the order of their ids."""
    if "id" not in form.header:
        return form
    at = form.header.index("id")
    rows = sorted(form.rows, key=lambda row: row[at])
    return form._replace(rows=rows, mended=form.mended + (["order of rows"] if rows != form.rows else []))


def _left(form: Form, file: str, columns: list[str]) -> list[Problem]:
    """Return what the rules of tables still have against a table, and its broken cells."""
    found = [
        Problem(file, number, name, cell, "holds a line break; write it on one line")
        for number, row in enumerate(form.rows, start=2)
        for name, cell in zip(form.header, row)
        if "\n" in cell
    ]
    found = found or records(form.text(), file, columns)[1]
    seen: dict[str, int] = {}
    for number, row in enumerate(form.rows, start=2):
        key = dict(zip(form.header, row)).get("id", "")
        if key and key in seen:
            found.append(Problem(file, number, "id", key, f"is already used in row {seen[key]}; {ONE_ID}"))
        seen.setdefault(key, number)
    return found


def _lines(text: str, columns: list[str]) -> tuple[list[list[str]], list[str]]:
    """Return the rows of a text with their cells, header first, without empty ones, and what of them is put right.

    Raises :class:`csv.Error`, with the row, for a quote that does not end where a cell does.
    """
    mended = []
    if "\r" in text:
        text, mended = text.replace("\r\n", "\n").replace("\r", "\n"), ["CR line ends"]
    if not text.endswith("\n"):
        text, mended = text + "\n", [*mended, "end of the last line"]
    body, delimiter = _split(text, columns)
    if body != text:
        mended.append("line that names the delimiter")
    if delimiter != ",":
        mended.append(f"separated by {DELIMITERS.get(delimiter, delimiter)}")
    reader = csv.reader(io.StringIO(body, newline=""), delimiter=delimiter, strict=True)
    lines: list[list[str]] = []
    try:
        lines.extend(reader)
    except csv.Error as error:
        raise csv.Error(str(error), reader.line_num) from None
    rows = [row for row in lines if any(cell.strip() for cell in row)]
    if len(rows) < len(lines):
        mended.append(f"{len(lines) - len(rows)} empty row(s)")
    while rows and rows[0] and not rows[0][-1].strip():
        rows[0].pop()
        mended = [*mended, "empty columns"] if "empty columns" not in mended else mended
    return rows, mended


def _read_well(form: Form, committed: Rows) -> Form:
    """Return a table whose cells are read in the encoding they were written in, where the committed ones prove it."""
    known = {cell for row in committed.values() for cell in row.values()}
    codec = misread_as([cell for row in form.rows for cell in row], known)
    if codec is None:
        return form
    return _cells(form, lambda _, cell: reread(cell, codec), f"{{}} cell(s) read as {MISREAD[codec]}")


def form_of(raw: bytes, resource: dict, committed: Form | None = None) -> Form:
    """Return a table as it has to be written, from the bytes of its file; ``committed`` is its version in git."""
    file, fields = resource["path"], fields_of(resource)
    columns, cells = list(fields), committed.cells if committed else {}
    text, mended, problems = text_of(raw, file, committed.text() if committed else "")
    if text is None:
        return _unreadable(file, problems[0].row, problems[0].value, problems[0].rule)
    if not text.strip():
        return _unreadable(file, None, None, f"is empty; `git checkout -- data/{file}` brings it back")
    try:
        (header, *rows), more = _lines(text, columns)
    except csv.Error as error:
        rule = f"a stray quote ({error.args[0]}); double it and put the value in quotes"
        return _unreadable(file, error.args[1], None, rule)
    header = [name.strip() for name in header]
    at = next((place for place, name in enumerate(header) if _alike(name) == "id"), None)
    if at is None:
        return _unreadable(file, 1, ",".join(header)[:60], "the first row has to name the columns, and id is not there")
    uneven = _even(rows, len(header), at, cells, header)
    if uneven:
        return _unreadable(file, uneven.row, uneven.value, uneven.rule)
    form = _read_well(Form(header, rows, mended + more, []), cells)
    form = _columns(_cells(form, lambda _, cell: cell.strip(), "spaces at ends of {} cell(s)"), columns)
    flags = {name for name, field in fields.items() if field["type"] == "boolean"}

    def flag(name: str, cell: str) -> str:
        return BOOLEANS.get(cell.lower(), cell) if name in flags else cell

    form = _order(_cells(form, flag, "{} cell(s) true or false"))
    if not form.mended and form.text().encode() != raw:
        form = form._replace(mended=["quotes"])
    return form._replace(problems=_left(form, file, columns))
