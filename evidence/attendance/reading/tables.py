"""One file as typed rows of a table, in DuckDB, without the rows that break a rule, which are named."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from evidence.attendance.reading import wide
from evidence.attendance.reading.cells import literal, quoted, rule_of, value_of
from evidence.attendance.reading.forms import Column, Form
from evidence.attendance.reading.text import Text, as_utf8, json_as_csv, workbook_as_csv
from evidence.attendance.reading.words import MORE, accepted, nearest, plain
from evidence.toolkit.faults import BadInput, Fault
from evidence.toolkit.rounding import Counted

SHOWN = 1000  # faults of one rule listed one by one; the rest are counted
UNREAD = 8  # columns that are not read, named; the rest are counted
ONE_SCHOOL = ". Where the files are those of one school, name it: --school NAME"
PRIVATE = {"child"}  # never shown in a message


class Source(NamedTuple):
    """A file in DuckDB: where it is, the view of its rows that can be used, and the one of all its rows.

    The second has the cells as they stand too, in columns that begin with ``raw_``; ``row_`` is the number of a row, or
    where days are columns of a cell: ``heads`` are then those of the sheet.
    """

    path: Path
    view: str
    every: str
    heads: tuple[str, ...] = ()

    def placed(self, faults: list[Fault]) -> list[Fault]:
        """Return faults of rows of the view with their rows as the file has them."""
        return wide.placed(faults, self.heads) if self.heads else faults


def matched(form: Form, heads: list[str], file: str) -> dict[str, str]:
    """Return which column of a file holds each column of a form. Raises :class:`BadInput` with all that is wrong."""
    found, faults = {}, []
    for column in form.columns:
        names = {plain(name) for name in (column.name, *column.names)}
        fits = [head for head in heads if plain(head) in names]
        fits = fits or [head for head in heads if "." in head and plain(head.rpartition(".")[2]) in names]
        if all("." in head for head in fits):
            fits = fits[:1]  # references inside a record repeat the identifier of its own object
        if len(fits) > 1:
            faults.append(Fault(file, 1, column.name, ", ".join(fits), "two columns hold this; keep one of them"))
        elif fits:
            found[column.name] = fits[0]
        elif column.required:
            has = ", ".join(heads[:12]) + (f" and {len(heads) - 12} more" if len(heads) > 12 else "")
            rule = f"the first row has no such column; it has: {has}. Names that are read: {_names(column)} ({MORE})"
            rule += ONE_SCHOOL if column.name == "school" else ""
            faults.append(Fault(file, 1, column.name, "", rule))
    if not found and not any(fault.value for fault in faults):
        needed = "; ".join(f"{column.name} ({_names(column)})" for column in form.columns if column.required)
        rule = f"the first row has none of the heads that are needed: {needed} ({MORE}). Nothing may stand above them"
        raise BadInput([Fault(file, 1, "", "", rule)], unread(form, heads, found, file))
    if faults:
        raise BadInput(faults, unread(form, heads, found, file))
    return found


def _names(column: Column) -> str:
    """Return the names of a column as a message shows them: in three languages, or those of an export."""
    return accepted(column.name) if column.name in map(plain, column.names) else ", ".join(column.names)


def unread(form: Form, heads: list[str], found: dict[str, str], file: str) -> list[str]:
    """Return a note on the columns of a file that are not read, each with the name that it may be a slip for."""
    left = [column for column in form.columns if column.name not in found]
    names = {plain(name): name for column in left for name in (column.name, *column.names)}
    others = [head for head in heads if head not in found.values()]
    told = {head: near for head in others if (near := nearest(head, names))}
    words = [f"{head} (is it {near}?)" for head, near in told.items()]
    words += [head for head in others if head not in told][: max(0, UNREAD - len(words))]
    more = f" and {len(others) - len(words)} more" if len(others) > len(words) else ""
    return [f"{file}: columns not read: {', '.join(words)}{more}"] if others else []


def source(path: Path, folder: Path) -> Text | None:
    """Return a file as UTF-8 text, None for Parquet, which needs no such step."""
    if path.suffix.lower() in (".xlsx", ".xlsm"):
        return workbook_as_csv(path, folder)
    if path.suffix.lower() == ".json":
        return json_as_csv(path, folder)
    return None if path.suffix.lower() == ".parquet" else as_utf8(path, folder)


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
        except session_errors() as error:
            why = str(error).splitlines()[0]
            raise BadInput([Fault(path.name, None, "", "", f"is no Parquet file that can be opened: {why}")]) from None
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


def _rejected(session: Any, path: Path, text: Text, table: str) -> list[Fault]:
    """Return the rows of a text file that are no rows, and give those of a table their numbers in the file."""
    rejects = "SELECT line, max(error_message) FROM reject_errors GROUP BY line ORDER BY line"
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
    return [Fault(path.name, line, "", "", f"cannot be read: {why.splitlines()[0]}") for line, why in kept]


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
            tests += [Test(column, f"{value} IS NULL", "is empty")] if column.required else []
            continue
        raw = quoted("raw_" + column.name)
        trimmed = f"nullif(trim({cell}), '')" if kind == "VARCHAR" else cell
        parts.append(f"{trimmed} AS {raw}")
        tests.append(Test(column, f"{raw} IS NOT NULL AND {value} IS NULL", rule_of(column, head)))
        tests += [Test(column, f"{raw} IS NULL", "is empty")] if column.required else []
    return parts, tests


def read_table(
    session: Any, path: Path, form: Form, folder: Path, codes: dict[str, str] | None = None, school: str = ""
) -> tuple[Source, list[Fault], list[str]]:
    """Return a file in DuckDB, what is wrong with its rows, and notes on how it was read.

    Its view has the columns of the form (dates as days from 1 January 1970), ``file`` and ``row``; of Parquet nothing
    is copied. A row stays, with a cell missing, where the cell only describes. ``codes`` are further codes of
    ``status``, by what they mean; ``school`` is the one of files without a column for it. Raises :class:`BadInput`
    where no row can be read.
    """
    text = source(path, folder)
    select, heads, types = _selected(session, path, text)
    name = f"{form.table}_{plain(path.stem).replace(' ', '_')}_{path.suffix.lower().strip('.')}"
    view, every, sheet = quoted(f"read_{name}"), quoted(f"every_{name}"), quoted(f"sheet_{name}")
    session.execute("DROP TABLE IF EXISTS reject_scans; DROP TABLE IF EXISTS reject_errors")
    days = wide.days_of(form.table, heads, [path.stem, *(text.titles if text else ())], path.name)
    faults = [*text.faults] if text else []
    as_sheet = tuple(heads) if days else ()
    if days:
        cells = ", ".join(f"c{number}::VARCHAR AS c{number}" for number in range(len(heads)))
        session.execute(f"CREATE TABLE {sheet} AS SELECT {cells}, row_ FROM ({select})")
        faults += _rejected(session, path, text, sheet) if text else []
        select, heads = wide.unfolded(sheet, heads, days)
        types = ["VARCHAR"] * len(heads)
    if school and _lacks_school(form, heads):
        select, heads = f"SELECT *, {literal(school)} AS c{len(heads)} FROM ({select})", [*heads, "school"]
        types = [*types, "VARCHAR"]
    where = matched(form, heads, path.name)
    parts, tests = _parts(form, heads, types, where, codes or {})
    made = "TABLE" if text or days else "VIEW"
    session.execute(f"CREATE {made} {every} AS SELECT {', '.join(parts)} FROM ({select})")
    session.execute(f"DROP TABLE IF EXISTS {sheet}")
    below = wide.below(session, every) if days else []
    if days and form.table == "absences":  # an empty cell of such a sheet is no absence
        session.execute(f"DELETE FROM {every} WHERE raw_status IS NULL")
    faults += _rejected(session, path, text, every) if text and not days else []
    columns = [column for column in form.columns if column.name in where]
    empty = _without_empty_rows(session, every, columns) if text and not days else 0
    made_of = Source(path, view, every, as_sheet)
    broken = made_of.placed(_faults(session, every, path.name, tests))
    bad = " OR ".join(f"({test.condition})" for test in tests if not test.column.describes)
    good = f" WHERE NOT coalesce({bad}, false)" if any(not fault.is_cell for fault in broken) else ""
    names = ", ".join(quoted(column.name) for column in columns)
    session.execute(
        f"CREATE VIEW {view} AS SELECT {names}, {literal(path.name)} AS file, row_ AS row FROM {every}{good}"
    )
    notes = [*text.notes] if text else []
    notes += [f"{path.name}: a row a child: {len(days)} columns are days, from {days[0].text} on"] if days else []
    notes += (
        [f"{path.name}: not read, as totals or lines below the sheet: rows {', '.join(map(str, below))}"]
        if below
        else []
    )
    notes += [f"{path.name}: {empty} empty rows"] if empty else []
    notes += _classes(session, every, path.name, columns)
    return made_of, [*faults, *broken], [*notes, *unread(form, heads, where, path.name)]


def _lacks_school(form: Form, heads: list[str]) -> bool:
    """Return whether rows of a form need a school and the file has no column for it."""
    names = {plain(name) for one in form.columns if one.name == "school" for name in (one.name, *one.names)}
    return bool(names) and not any(plain(head) in names for head in heads)


def _classes(session: Any, table: str, file: str, columns: list[Column]) -> list[str]:
    """Return a note on the names of classes that were read as grades."""
    notes: list[str] = []
    for column in (column for column in columns if column.kind == "grade"):
        raw = quoted("raw_" + column.name) + "::VARCHAR"
        other = f"{quoted(column.name)} IS NOT NULL AND NOT regexp_full_match({raw}, '[0-9]+([.]0+)?')"
        query = f"SELECT count(*), min({raw}) FROM {table} WHERE {other}"
        count, example = session.execute(query).fetchall()[0]
        if count:
            said = f"{file}: {{number}} names of classes such as {example} are read as the grade alone"
            notes.append(Counted.of(said, count))
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
