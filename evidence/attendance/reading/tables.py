"""One file as typed rows of a table, in DuckDB, without the rows that break a rule, which are named."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from evidence.attendance.reading import below, wide
from evidence.attendance.reading import notes as note
from evidence.attendance.reading.cells import CLASS, literal, quoted, rule_of, value_of
from evidence.attendance.reading.forms import Column, Form
from evidence.attendance.reading.heads import matched, unread
from evidence.attendance.reading.text import Text
from evidence.attendance.reading.words import plain
from evidence.toolkit.faults import BadInput, Fault
from evidence.toolkit.messages import Message
from evidence.toolkit.rounding import Counted

IS_CLASS = re.compile(rf"\d{{1,2}} *[-–]? *[\"«“„']?[^\W\d_]?[\"»”'’]? *(?:{CLASS})?", re.IGNORECASE)

SHOWN = 1000  # faults of one rule listed one by one; the rest are counted
PRIVATE = {"child"}  # never shown in a message
NO_PARQUET, EMPTY = "is not a Parquet file that can be opened; write it anew, or as CSV", "is empty"
NO_ROW = "cannot be read as a row of this table"
UNREADABLE = {  # by the kind of error that DuckDB names
    "TOO MANY COLUMNS": "has more cells than there are heads; put a cell that holds the separator into quotes",
    "UNQUOTED VALUE": "has a quote that is not closed; inside a cell a quote is doubled",
    "LINE SIZE OVER MAXIMUM": "is longer than a row can be; is a quote above it not closed?",
}
SEVERAL_DAYS = "{count} columns are days, from {first} on"
SUCH_CLASSES = "{number} such as {example}"


class Source(NamedTuple):
    """A file or a sheet in DuckDB: its name in messages, the view of its usable rows, and the one of all its rows.

    The second has the cells as they stand too, in columns that begin with ``raw_``; ``row_`` is the number of a row, or
    where days are columns of a cell: ``heads`` are then those of the sheet.
    """

    name: str
    view: str
    every: str
    heads: tuple[str, ...] = ()

    def placed(self, faults: list[Fault]) -> list[Fault]:
        """Return faults of rows of the view with their rows as the file has them."""
        return wide.placed(faults, self.heads) if self.heads else faults


class School(NamedTuple):
    """The school of a file that has no column for it, and the kind of note that says where it is from."""

    name: str
    kind: note.Kind


def session_errors() -> type[Exception]:
    """Return what DuckDB raises for a file that it cannot read."""
    import duckdb

    return duckdb.Error


def _selected(session: Any, path: Path, text: Text | None) -> tuple[str, list[str], list[str]]:
    """Return SQL that reads a file with columns ``c0``, ``c1`` ... and ``row_``, its heads, and their types.

    ``row_`` is the number of a row among those that can be read; the head is row 1.
    """
    if text is None:
        file = f"read_parquet({literal(str(path))}, file_row_number = true)"
        try:
            described = session.execute(f"DESCRIBE SELECT * EXCLUDE (file_row_number) FROM {file}").fetchall()
        except session_errors():
            raise BadInput([Fault(path.name, None, "", "", Message.of(NO_PARQUET))]) from None
        heads, types = [name for name, *_ in described], [kind for _, kind, *_ in described]
        cells = ", ".join(f"{quoted(head)} AS c{number}" for number, head in enumerate(heads))
        return f"SELECT {cells}, file_row_number + 2 AS row_ FROM {file}", heads, types
    columns = ", ".join(f"'c{number}': 'VARCHAR'" for number in range(len(text.heads)))
    file = (
        f"read_csv({literal(str(text.path))}, delim = {literal(text.separator)}, auto_detect = false, header = true, "
        f"columns = {{{columns}}}, quote = '\"', escape = '\"', null_padding = true, store_rejects = true, "
        f"skip = {text.skipped})"
    )
    return (
        f"SELECT *, row_number() OVER () + {1 + text.skipped} AS row_ FROM {file}",
        text.heads,
        ["VARCHAR"] * len(text.heads),
    )


def _rejected(session: Any, text: Text, table: str) -> list[Fault]:
    """Return the rows of a text file that are no rows, and give those of a table their numbers in the file."""
    rejects = "SELECT line, max(error_type::VARCHAR) FROM reject_errors GROUP BY line ORDER BY line"
    kept = session.execute(rejects).fetchall()
    left_out = sorted({*text.rejected, *(line for line, _ in kept)})
    if left_out:
        session.execute("CREATE OR REPLACE TEMP TABLE left_out AS SELECT unnest(?::BIGINT[]) AS line", [left_out])
        head = 1 + text.skipped
        number = f"(SELECT count(*) FROM left_out) + (SELECT count(*) FROM {table})"
        lines = (
            f"SELECT line, row_number() OVER (ORDER BY line) + {head} AS row_ "
            f"FROM range({head + 1}, {head + 1} + {number}) t(line) "
            "ANTI JOIN left_out USING (line)"
        )
        session.execute(f"UPDATE {table} SET row_ = l.line FROM ({lines}) l WHERE {table}.row_ = l.row_")
    return [Fault(text.place, line, "", "", Message.of(UNREADABLE.get(why, NO_ROW))) for line, why in kept]


class Test(NamedTuple):
    """What a cell must not be: its column, the condition in SQL, the rule it then breaks."""

    column: Column
    condition: str
    rule: str


def _parts(
    form: Form, heads: list[str], types: list[str], where: dict[str, str], codes: dict[str, str]
) -> tuple[list[str], list[Test]]:
    """Return what to select of a file, the value of each column and its cell as it stands, and what to test."""
    parts, tests = ["row_"], []
    for column in (column for column in form.columns if column.name in where):
        head = where[column.name]
        position = heads.index(head)
        known = column.codes_under(head) | (codes if column.name == "status" else {})
        cell, kind, value = f"c{position}", types[position], quoted(column.name)
        parts.append(f"{value_of(column, cell, kind, known)} AS {value}")
        if column.kind == "text":
            tests += [Test(column, f"{value} IS NULL", Message.of(EMPTY))] if column.required else []
            continue
        raw = quoted("raw_" + column.name)
        trimmed = f"nullif(trim({cell}), '')" if kind == "VARCHAR" else cell
        parts.append(f"{trimmed} AS {raw}")
        tests.append(Test(column, f"{raw} IS NOT NULL AND {value} IS NULL", rule_of(column, head)))
        tests += [Test(column, f"{raw} IS NULL", Message.of(EMPTY))] if column.required else []
    return parts, tests


def read_table(
    session: Any, path: Path, text: Text | None, form: Form, codes: dict[str, str], school: School | None = None
) -> tuple[Source, list[Fault], list[note.Note]]:
    """Return a file or a sheet in DuckDB, what is wrong with its rows, and notes on how it was read.

    ``text`` is what stands in it, None for a Parquet file, of which nothing is copied. Its view has the columns of the
    form (dates as days from 1 January 1970), ``file`` and ``row``. A row stays, with a cell missing, where the cell
    only describes. ``codes`` are further codes of ``status``, by what they mean; ``school`` is the one of a file
    without a column for it. Raises :class:`BadInput` where no row can be read.
    """
    place, row, sheet_name = (text.place, text.head_row, text.sheet) if text else (path.name, 1, "")
    select, heads, types = _selected(session, path, text)
    name = f"{form.table}_{plain(path.name).replace(' ', '_')}_{sheet_name}"
    view, every, sheet = quoted(f"read_{name}"), quoted(f"every_{name}"), quoted(f"sheet_{name}")
    session.execute("DROP TABLE IF EXISTS reject_scans; DROP TABLE IF EXISTS reject_errors")
    titles = [" ".join(cells) for cells in text.titles] if text else []
    days = wide.days_of(form.table, heads, [*titles, path.stem], place, row, sheet_name)
    faults = [*text.faults] if text else []
    said = [*text.notes] if text else []
    as_sheet, made, lines = tuple(heads) if days else (), list[str](), list[int]()
    if days:
        cells = ", ".join(f"c{number}::VARCHAR AS c{number}" for number in range(len(heads)))
        session.execute(f"CREATE TABLE {sheet} AS SELECT {cells}, row_ FROM ({select})")
        faults += _rejected(session, text, sheet) if text else []
        lines = below.taken_out(session, sheet, _no_row(form, heads))
        kept = len(heads) - len(days)
        select, heads = wide.unfolded(sheet, heads, days)
        made = heads[kept:]
        types = ["VARCHAR"] * len(heads)
        said.append(note.Note(note.DAYS, place, Message.of(SEVERAL_DAYS, count=len(days), first=days[0].text)))
    more = _constants(form, heads, school, sheet_name, place)
    for column, value, noted in more:
        select = f"SELECT *, {literal(value)} AS c{len(heads)} FROM ({select})"
        heads, types, made, said = [*heads, column], [*types, "VARCHAR"], [*made, column], [*said, noted]
    where = matched(form, heads, place, row, made)
    parts, tests = _parts(form, heads, types, where, codes)
    if text and not days:
        lacks_any = " OR ".join(f"{quoted(one.name)} IS NULL" for one in form.columns if one.required)
        line = _no_row(form, heads[: len(heads) - len(more)])  # asked only where a row cannot be used
        parts.append(f"CASE WHEN {lacks_any} THEN {line} ELSE false END AS is_line")
    kind = "TABLE" if text or days else "VIEW"
    session.execute(f"CREATE {kind} {every} AS SELECT {', '.join(parts)} FROM ({select})")
    session.execute(f"DROP TABLE IF EXISTS {sheet}")
    lines = sorted([*lines, *below.without_marks(session, every)]) if days else lines
    if days and form.table == "absences":  # an empty cell of such a sheet is no absence
        session.execute(f"DELETE FROM {every} WHERE raw_status IS NULL")
    columns = [column for column in form.columns if column.name in where]
    if text and not days:
        faults += _rejected(session, text, every)
        lines = below.taken_out(session, every, "is_line")
        session.execute(f"ALTER TABLE {every} DROP COLUMN is_line")
        empty = _without_empty_rows(session, every, [one for one in columns if one.name not in made])
        said += [note.Note(note.EMPTY_ROWS, place, str(empty))] if empty else []
    made_of = Source(place, view, every, as_sheet)
    broken = made_of.placed(_faults(session, every, place, tests))
    bad = " OR ".join(f"({test.condition})" for test in tests if not test.column.describes)
    good = f" WHERE NOT coalesce({bad}, false)" if any(not fault.is_cell for fault in broken) else ""
    names = ", ".join(quoted(column.name) for column in columns)
    session.execute(f"CREATE VIEW {view} AS SELECT {names}, {literal(place)} AS file, row_ AS row FROM {every}{good}")
    said += [note.Note(note.BELOW, place, note.rows_told(lines))] if lines else []
    said += _classes(session, every, place, [one for one in columns if one.name not in made])
    return made_of, [*faults, *broken], [*said, *unread(form, heads, where, place, made)]


def _no_row(form: Form, heads: list[str]) -> str:
    """Return SQL for whether a row of cells ``c0`` … is a line of totals or a signature."""
    names = {plain(name) for one in form.columns if one.name == "child" for name in (one.name, *one.names)}
    child = next((f"c{place}" for place, head in enumerate(heads) if plain(head) in names), "")
    return below.line_of([f"c{place}" for place in range(len(heads))], child)


def _constants(
    form: Form, heads: list[str], school: School | None, sheet: str, place: str
) -> list[tuple[str, str, note.Note]]:
    """Return the columns that a file has in its name or title: each column, its value, and the note that says so."""
    found = []
    if school and lacks(form, heads, "school"):
        found.append(("school", school.name, note.Note(school.kind, place, school.name)))
    if lacks(form, heads, "grade") and IS_CLASS.fullmatch(sheet) and not sheet.strip().isdigit():
        found.append(("grade", sheet, note.Note(note.SHEET_GRADE, place, sheet)))
    return found


def lacks(form: Form, heads: Sequence[str], column: str) -> bool:
    """Return whether a form has a column that a file has not."""
    names = {plain(name) for one in form.columns if one.name == column for name in (one.name, *one.names)}
    return bool(names) and not any(plain(head) in names for head in heads)


def _classes(session: Any, table: str, file: str, columns: list[Column]) -> list[note.Note]:
    """Return a note on the names of classes that were read as grades."""
    notes: list[note.Note] = []
    for column in (column for column in columns if column.kind == "grade"):
        raw = quoted("raw_" + column.name) + "::VARCHAR"
        other = f"{quoted(column.name)} IS NOT NULL AND NOT regexp_full_match({raw}, '[0-9]+([.]0+)?')"
        query = f"SELECT count(*), min({raw}) FROM {table} WHERE {other}"
        count, example = session.execute(query).fetchall()[0]
        if count:
            notes.append(note.Note(note.CLASSES, file, Counted.rows(SUCH_CLASSES, count, example=example)))
    return notes


def _without_empty_rows(session: Any, table: str, columns: list[Column]) -> int:
    """Take rows out in which every known cell is empty, as spreadsheets leave them below a table; return how many."""
    names = [quoted(column.name if column.kind == "text" else "raw_" + column.name) for column in columns]
    empty = " AND ".join(f"{name} IS NULL" for name in names)
    return session.execute(f"DELETE FROM {table} WHERE {empty}").fetchall()[0][0]


def _faults(session: Any, table: str, file: str, tests: list[Test]) -> list[Fault]:
    """Return the cells that break a rule, counted in one scan; of one rule the first thousand are listed one by one."""
    if not tests:
        return []
    counts = ", ".join(f"count(*) FILTER ({test.condition})" for test in tests)
    found = []
    for (column, condition, rule), count in zip(tests, session.execute(f"SELECT {counts} FROM {table}").fetchall()[0]):
        if not count:
            continue
        shown = quoted(column.name if column.kind == "text" else "raw_" + column.name)
        query = f"SELECT row_, {shown}::VARCHAR FROM {table} WHERE {condition} ORDER BY row_ LIMIT {SHOWN}"
        found += [
            Fault(file, number, column.name, _seen(column.name, value), rule, 1, column.describes)
            for number, value in session.execute(query).fetchall()
        ]
        if count > SHOWN:
            found.append(Fault(file, None, column.name, "", rule, count - SHOWN, column.describes))
    return found


def _seen(column: str, value: str | None) -> str:
    """Return a value as a message may show it."""
    return "" if column in PRIVATE else value or ""


def as_they_stand(session: Any, every: str, column: str, rows: list[int]) -> dict[int, str]:
    """Return the cells of a column as they stand in a file, by row; of one that names a child nothing."""
    names = {name for name, *_ in session.execute(f"DESCRIBE {every}").fetchall()}
    shown = "raw_" + column if "raw_" + column in names else column
    query = f"SELECT row_, {quoted(shown)}::VARCHAR FROM {every} WHERE row_ IN (SELECT unnest(?::BIGINT[]))"
    return {row: _seen(column, value) for row, value in session.execute(query, [rows]).fetchall()}
