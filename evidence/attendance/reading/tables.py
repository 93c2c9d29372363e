"""One file as typed rows of a table, in DuckDB, with the rows that break a rule set apart."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from evidence.attendance.faults import BadInput, Fault
from evidence.attendance.reading.forms import Column, Form
from evidence.attendance.reading.text import Text, as_utf8, json_as_csv, workbook_as_csv

SHOWN = 1000  # faults of one rule listed one by one; the rest are counted
FIRST_YEAR, LAST_YEAR = 1990, 2100
EPOCH = "DATE '1970-01-01'"
ISO, DOTTED, SERIAL = "[0-9]{4}-[0-9]{2}-[0-9]{2}([ T].*)?", "[0-9]{1,2}[.][0-9]{1,2}[.][0-9]{4}", "[0-9]{5}([.]0+)?"
PRIVATE = {"child"}  # never shown in a message


def quoted(name: str) -> str:
    """Return a name as SQL writes it."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """Return a text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"


def _plain(head: str) -> str:
    """Return a head as names are compared: lower case, without mark, with underscores."""
    return head.strip().lstrip("\ufeff").lower().replace(" ", "_").replace("-", "_")


def matched(form: Form, heads: list[str], file: str) -> dict[str, str]:
    """Return which column of a file holds each column of a form. Raises :class:`BadInput` with all that is wrong."""
    found, faults = {}, []
    for column in form.columns:
        names = {column.name, *column.names}
        fits = [head for head in heads if _plain(head) in names]
        fits = fits or [head for head in heads if _plain(head).rpartition(".")[2] in names]
        if all("." in head for head in fits):
            fits = fits[:1]  # references inside a record repeat the identifier of its own object
        if len(fits) > 1:
            faults.append(Fault(file, 1, column.name, ", ".join(fits), "two columns hold this"))
        elif fits:
            found[column.name] = fits[0]
        elif column.required:
            has = ", ".join(heads[:12]) + (f" and {len(heads) - 12} more" if len(heads) > 12 else "")
            faults.append(Fault(file, 1, column.name, "", f"the file has no such column; it has: {has}"))
    if faults:
        raise BadInput(faults)
    return found


def _date(text: str) -> str:
    """Return SQL for the day, from 1 January 1970, of a text: ISO, 15.05.2012, or the number a workbook keeps."""
    serial = f"DATE '1899-12-30' + TRY_CAST({text} AS DOUBLE)::INT"
    day = (
        f"CASE WHEN regexp_full_match({text}, '{ISO}') THEN TRY_CAST(left({text}, 10) AS DATE) "
        f"WHEN regexp_full_match({text}, '{DOTTED}') THEN TRY_STRPTIME({text}, '%d.%m.%Y')::DATE "
        f"WHEN regexp_full_match({text}, '{SERIAL}') THEN {serial} END"
    )
    return (
        f"CASE WHEN year({day}) BETWEEN {FIRST_YEAR} AND {LAST_YEAR} THEN datediff('day', {EPOCH}, {day})::BIGINT END"
    )


def _value(column: Column, raw: str, codes: dict[str, str]) -> str:
    """Return SQL for the value of a cell, NULL where it is none."""
    if column.kind == "date":
        return _date(raw)
    if column.kind == "whole":
        return f"TRY_CAST(regexp_replace({raw}, '[.]0+$', '') AS BIGINT)"
    if column.kind == "share":
        number = f"TRY_CAST(replace({raw}, ',', '.') AS DOUBLE)"
        return f"CASE WHEN {number} > 0 AND {number} <= 1 THEN {number} END"
    if column.kind == "code":
        # Ed-Fi writes a code after the address of its list: uri://…#Unexcused Absence
        key = f"lower(trim(regexp_replace({raw}, '^.*#', '')))"
        cases = " ".join(f"WHEN {literal(code)} THEN {literal(value)}" for code, value in codes.items())
        return f"CASE {key} {cases} END" if cases else raw
    return raw


RULES = {
    "date": f"is no date from {FIRST_YEAR} to {LAST_YEAR}; write 2012-05-15 or 15.05.2012",
    "whole": "is no whole number",
    "share": "is no share of a day, more than 0 and at most 1",
}


def _rule(column: Column, codes: dict[str, str]) -> str:
    """Return what a value of a column must be."""
    return f"is no code; codes are: {', '.join(codes)}" if column.kind == "code" else RULES[column.kind]


def source(path: Path, folder: Path) -> Text | None:
    """Return a file as UTF-8 text, None for Parquet, which needs no such step."""
    if path.suffix.lower() in (".xlsx", ".xlsm"):
        return workbook_as_csv(path, folder)
    if path.suffix.lower() == ".json":
        return json_as_csv(path, folder)
    return None if path.suffix.lower() == ".parquet" else as_utf8(path, folder)


def _rows(session: Any, path: Path, text: Text | None) -> tuple[Any, list[str], list[Fault]]:
    """Return the rows of a file as text, its heads in the order of the columns, and what is no row.

    The last column is ``row_``, the number of a row in the file (1 is the head).
    """
    if text is None:
        rows = session.read_parquet(str(path), file_row_number=True)
        heads = [head for head in rows.columns if head != "file_row_number"]
        cells = ", ".join(f"{quoted(head)}::VARCHAR AS c{number}" for number, head in enumerate(heads))
        return rows.project(f"{cells}, file_row_number + 2 AS row_"), heads, []
    session.execute("DROP TABLE IF EXISTS reject_scans; DROP TABLE IF EXISTS reject_errors")
    columns = ", ".join(f"'c{number}': 'VARCHAR'" for number in range(len(text.heads)))
    read = (
        f"read_csv({literal(str(text.path))}, delim = {literal(text.separator)}, auto_detect = false, header = true, "
        f"columns = {{{columns}}}, quote = '\"', escape = '\"', null_padding = true, store_rejects = true)"
    )
    session.execute(f"CREATE OR REPLACE TEMP TABLE rows_ AS SELECT *, row_number() OVER () + 1 AS row_ FROM {read}")
    rejects = "SELECT line, max(error_message) FROM reject_errors GROUP BY line ORDER BY line"
    kept = session.execute(rejects).fetchall()
    faults = [Fault(path.name, line, "", "", f"cannot be read: {why.splitlines()[0]}") for line, why in kept]
    left_out = sorted({*text.rejected, *(line for line, _ in kept)})
    if not left_out:
        return session.table("rows_"), text.heads, faults
    session.execute("CREATE OR REPLACE TEMP TABLE left_out AS SELECT unnest(?::BIGINT[]) AS line", [left_out])
    lines = (
        "SELECT line, row_number() OVER (ORDER BY line) + 1 AS row_ FROM range(2, 2 + (SELECT count(*) FROM rows_) "
        "+ (SELECT count(*) FROM left_out)) t(line) ANTI JOIN left_out USING (line)"
    )
    numbered = f"SELECT r.* EXCLUDE (row_), l.line AS row_ FROM rows_ r JOIN ({lines}) l USING (row_)"
    session.execute(f"CREATE OR REPLACE TEMP TABLE numbered_ AS {numbered}")
    return session.table("numbered_"), text.heads, faults


def read_table(
    session: Any, path: Path, form: Form, folder: Path, codes: dict[str, str] | None = None
) -> tuple[Any, list[Fault], list[str]]:
    """Return the good rows of a file, what is wrong with the others, and notes on how it was read.

    The rows are a DuckDB table with the columns of the form (dates as days from 1 January 1970), ``file`` and ``row``.
    ``codes`` are further codes of ``status``, by what they mean. Raises :class:`BadInput` where no row can be read.
    """
    text = source(path, folder)
    rows, heads, broken = _rows(session, path, text)
    faults = [*(text.faults if text else []), *broken]
    where = matched(form, heads, path.name)
    columns = [column for column in form.columns if column.name in where]
    parts, tests = [], []
    for column in columns:
        known = column.codes | (codes or {}) if column.name == "status" else column.codes
        raw = f"nullif(trim(c{heads.index(where[column.name])}), '')"
        parts += [f"{raw} AS {quoted('raw_' + column.name)}", f"{_value(column, raw, known)} AS {quoted(column.name)}"]
        if column.kind != "text":
            tests.append(
                (
                    column,
                    f"{quoted('raw_' + column.name)} IS NOT NULL AND {quoted(column.name)} IS NULL",
                    _rule(column, known),
                )
            )
        if column.required:
            tests.append((column, f"{quoted('raw_' + column.name)} IS NULL", "is empty"))
    table = f"read_{form.table}_{_plain(path.stem)}_{path.suffix.lower().strip('.')}"
    rows.project(f"row_, {', '.join(parts)}").create(f"{table}_all")
    faults += _faults(session, f"{table}_all", path.name, tests)
    bad = " OR ".join(f"({test})" for _, test, _ in tests) or "false"
    names = ", ".join(quoted(column.name) for column in columns)
    session.execute(
        f"CREATE TABLE {quoted(table)} AS SELECT {names}, {literal(path.name)} AS file, row_ AS row "
        f"FROM {quoted(table + '_all')} WHERE NOT coalesce({bad}, false)"
    )
    session.execute(f"DROP TABLE {quoted(table + '_all')}")
    unread = [head for head in heads if head not in where.values()]
    notes = list(text.notes) if text else []
    if unread:
        more = f" and {len(unread) - 8} more" if len(unread) > 8 else ""
        notes.append(f"{path.name}: columns not read: {', '.join(unread[:8])}{more}")
    return session.table(table), faults, notes


def _faults(session: Any, table: str, file: str, tests: list) -> list[Fault]:
    """Return the cells that break a rule; of one rule the first thousand one by one, the rest as a number."""
    found = []
    for column, test, rule in tests:
        raw = quoted("raw_" + column.name)
        count = session.execute(f"SELECT count(*) FROM {quoted(table)} WHERE {test}").fetchall()[0][0]
        if not count:
            continue
        cells = session.execute(
            f"SELECT row_, {raw} FROM {quoted(table)} WHERE {test} ORDER BY row_ LIMIT {SHOWN}"
        ).fetchall()
        found += [
            Fault(file, number, column.name, "" if column.name in PRIVATE else value or "", rule)
            for number, value in cells
        ]
        if count > SHOWN:
            found.append(Fault(file, None, column.name, "", f"{count - SHOWN} more rows: {rule}"))
    return found
