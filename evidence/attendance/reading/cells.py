"""The value of a cell as SQL reads it, and what a message says where it is none."""

from __future__ import annotations

from evidence.attendance.reading.forms import Column
from evidence.attendance.reading.words import MORE
from evidence.toolkit.messages import Message

FIRST_YEAR, LAST_YEAR = 1990, 2100
EPOCH = "DATE '1970-01-01'"
ISO, SERIAL = "[0-9]{4}-[0-9]{2}-[0-9]{2}([ T].*)?", "[0-9]{5}([.]0+)?"
DOTTED = "[0-9]{1,2}[.][0-9]{1,2}[.][0-9]{4}( [0-9:]+)?"
CLASS = "класс|сынып|кл[.]?|grade|class"
GRADE = (  # 5, 5.0, 11А, 11-A, 5 "Б", 7 класс, 7-сынып
    "([0-9]{1,2})([.]0+)?( *[-–—]? *[\"«“„'‘]?\\p{L}[\"»”“'’]?)?( *[-–—]? *(" + CLASS + "))?"
)
NUMBERS = {"TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER"}


def quoted(name: str) -> str:
    """Return a name as SQL writes it."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """Return a text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"


def _date(text: str) -> str:
    """Return SQL for the date of a text: ISO, 15.05.2012, or the number of days that a workbook keeps."""
    serial = f"DATE '1899-12-30' + TRY_CAST({text} AS DOUBLE)::INT"
    return (
        f"CASE WHEN regexp_full_match({text}, '{ISO}') THEN TRY_CAST(left({text}, 10) AS DATE) "
        f"WHEN regexp_full_match({text}, '{DOTTED}') THEN TRY_STRPTIME(split_part({text}, ' ', 1), '%d.%m.%Y')::DATE "
        f"WHEN regexp_full_match({text}, '{SERIAL}') THEN {serial} END"
    )


def _grade(text: str) -> str:
    """Return SQL for the number in the name of a class, "" where it has none."""
    return f"regexp_extract(lower({text}), {literal('^' + GRADE + '$')}, 1)"


def value_of(column: Column, cell: str, kind: str, codes: dict[str, str]) -> str:
    """Return SQL for the value of a cell, NULL where it is none; ``kind`` is the type that the file gives it.

    A typed column of a Parquet file is taken as it is: a text of it would cost more than all rules.
    """
    text = f"nullif(trim({cell}), '')" if kind == "VARCHAR" else f"{cell}::VARCHAR"
    is_number = kind in NUMBERS
    if column.kind == "date":
        date = cell if kind == "DATE" else f"{cell}::DATE" if kind.startswith("TIMESTAMP") else _date(text)
        day = f"datediff('day', {EPOCH}, {date})::BIGINT"
        return f"CASE WHEN year({date}) BETWEEN {FIRST_YEAR} AND {LAST_YEAR} THEN {day} END"
    if column.kind == "whole":
        whole = f"{cell}::BIGINT" if is_number else f"TRY_CAST(regexp_replace({text}, '[.]0+$', '') AS BIGINT)"
        return f"CASE WHEN {whole} >= 0 THEN {whole} END"
    if column.kind == "grade":
        return f"{cell}::BIGINT" if is_number else f"TRY_CAST({_grade(text)} AS BIGINT)"
    if column.kind == "share":
        number = f"{cell}::DOUBLE" if is_number else f"TRY_CAST(replace({text}, ',', '.') AS DOUBLE)"
        return f"CASE WHEN {number} > 0 AND {number} <= 1 THEN {number} END"
    if column.kind == "code":
        # Ed-Fi writes a code after the address of its list: uri://…#Unexcused Absence
        key = f"lower(trim(split_part({cell}, '#', -1)))" if kind == "VARCHAR" else text
        cases = " ".join(f"WHEN {literal(code)} THEN {literal(value)}" for code, value in codes.items())
        return f"CASE {key} {cases} END"
    return text if kind == "VARCHAR" else cell


RULES = {
    "date": f"is not a date from {FIRST_YEAR} to {LAST_YEAR}; write 2012-05-15 or 15.05.2012",
    "whole": "is not a whole number of at least 0",
    "grade": "is not a grade; write 5, or a class such as 5, 11А or 7 «Б»",
    "share": "is not a share of a day, more than 0 and at most 1",
}
NO_CODE = "is not a code; codes are: {codes}"
NO_WORD = "is not a code; codes are: {codes} ({more})"
NO_STATUS = (
    "is not a code; codes are: {codes} ({more}); what a code of your own means is told by --codes CODE=unexcused"
)


def rule_of(column: Column, head: str) -> Message:
    """Return what a value of a column must be."""
    if column.kind != "code":
        return Message.of(RULES[column.kind])
    template = NO_STATUS if column.name == "status" else NO_WORD if column.values else NO_CODE
    return Message.of(template, codes=column.codes_told(head), more=Message.of(MORE))
