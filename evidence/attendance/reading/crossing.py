"""Rows that are wrong only beside others: spells that overlap, absences on no school day or of a child not on roll."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from evidence.attendance.reading.tables import SHOWN
from evidence.toolkit.faults import Fault

LATER = 999_999  # a day after every other: the end of a spell that has none
WRITTEN = "strftime(DATE '1970-01-01' + {}::INT, '%Y-%m-%d')"
SPELLS = (
    "a.child = b.child AND (a.start, a.file, a.row) > (b.start, b.file, b.row) "
    f'AND a.start <= coalesce(b."end", {LATER}) AND coalesce(a."end", {LATER}) >= a.start '
    f'AND coalesce(b."end", {LATER}) >= b.start'
)
PAIRS = f"FROM enrolment_read a JOIN enrolment_read b ON {SPELLS}"
ABSENT_ON = f"SELECT DISTINCT a.file, a.row, 'day' AS col, {WRITTEN.format('a.day')} AS val FROM absences_read a"
ORDER = f"""SELECT file, row, 'end' AS col, {WRITTEN.format('"end"')} AS val FROM enrolment_read WHERE "end" < start"""
OVERLAP = f"SELECT DISTINCT a.file, a.row, 'start' AS col, {WRITTEN.format('a.start')} AS val {PAIRS}"
REGIONS = f"SELECT DISTINCT a.file, a.row, 'region' AS col, a.region AS val {PAIRS} WHERE a.region <> b.region"
NO_DAY = f"{ABSENT_ON} ANTI JOIN calendar c USING (school, day)"
NOT_ON_ROLL = (
    f"{ABSENT_ON} ANTI JOIN enrolment_read e ON a.child = e.child AND a.school = e.school "
    f'AND a.day BETWEEN e.start AND coalesce(e."end", {LATER})'
)
TWO_SCHOOLS = f"{ABSENT_ON} JOIN absences_read b ON a.child = b.child AND a.day = b.day AND a.school > b.school"
QUARTERS = (
    "SELECT DISTINCT a.file, a.row, 'quarter' AS col, a.quarter AS val FROM all_calendar a "
    "JOIN all_calendar b USING (school, day) WHERE a.quarter > b.quarter"
)
OVERLAPS = "the spell overlaps an earlier one of the child"


FOLLOWING = {  # what only follows from a fault of the calendar or the enrolment
    "calendar": "is no school day of this school",
    "enrolment": "the child is not on the roll of this school that day",
}
OF_WRONG_SPELLS = (
    "SELECT file, row FROM absences_read SEMI JOIN "
    "(SELECT child FROM enrolment_read SEMI JOIN ({}) USING (file, row)) USING (child)"
)
UNBORN = """SELECT file, row, 'birth_date' AS col, '' AS val FROM enrolment_read WHERE birth_date > start"""


def _columns(session: Any, table: str) -> set[str]:
    return {name for (name, *_) in session.execute(f"DESCRIBE {table}").fetchall()}


def _checks(session: Any, read: Collection[str]) -> list[tuple[str, str, str]]:
    """Return (table, query of the wrong rows, rule) of every check that the tables allow."""
    checks = []
    if "enrolment" in read:
        checks.append(("enrolment", ORDER, "lies before the start"))
        if "birth_date" in _columns(session, "enrolment_read"):
            checks.append(("enrolment", UNBORN, "lies after the start of the spell"))
        if "region" in _columns(session, "enrolment_read"):
            checks.append(("enrolment", REGIONS, "the child is in another region at the same time"))
            checks.append(("enrolment", f"{OVERLAP} WHERE a.region IS NOT DISTINCT FROM b.region", OVERLAPS))
        else:
            checks.append(("enrolment", OVERLAP, OVERLAPS))
        checks.append(("absences", NOT_ON_ROLL, FOLLOWING["enrolment"]))
    else:
        checks.append(("absences", TWO_SCHOOLS, "the child is absent from two schools that day"))
    if "calendar" in read:
        if "quarter" in _columns(session, "all_calendar"):
            checks.append(("calendar", QUARTERS, "the day stands in another quarter too"))
        checks.append(("absences", NO_DAY, FOLLOWING["calendar"]))
    return checks


def compared(
    session: Any, read: Collection[str], broken: Collection[str] = (), tell_all: bool = True
) -> tuple[list[Fault], list[str]]:
    """Return what is wrong between rows, and notes; make ``absences`` and ``enrolment`` without those rows.

    ``broken`` are tables of which rows could not be read: what only follows from that is not told, nor, without
    ``tell_all``, what only follows from a spell that is wrong.
    It works on ``absences_read``, ``enrolment_read`` and ``calendar`` of the session.
    """
    faults: list[Fault] = []
    bad: dict[str, list[str]] = {"absences": [], "enrolment": [], "calendar": []}
    for number, (table, query, rule) in enumerate(_checks(session, read)):
        session.execute(f"CREATE OR REPLACE TABLE wrong_{number} AS {query}")
        bad[table].append(f"SELECT file, row FROM wrong_{number}")
        count = session.execute(f"SELECT count(*) FROM wrong_{number}").fetchall()[0][0]
        if any(rule == FOLLOWING.get(name) for name in broken):
            continue
        rows = f"wrong_{number}"
        if rule == FOLLOWING["enrolment"] and not tell_all:
            rows += f" ANTI JOIN ({OF_WRONG_SPELLS.format(' UNION ALL '.join(bad['enrolment']))}) USING (file, row)"
            count = session.execute(f"SELECT count(*) FROM {rows}").fetchall()[0][0]
        cells = session.execute(f"SELECT * FROM {rows} ORDER BY file, row LIMIT {SHOWN}").fetchall()
        faults += [Fault(file, row, column, value or "", rule) for file, row, column, value in cells]
        if count > SHOWN:
            faults.append(Fault(f"{table}", None, "", "", f"{count - SHOWN} more rows: {rule}"))
    bad.pop("calendar")  # the earlier quarter stays
    for table, queries in bad.items():
        wrong = " UNION ".join(queries) or "SELECT '' AS file, 0 AS row WHERE false"
        rows = f"SELECT * EXCLUDE (file, row) FROM {table}_read ANTI JOIN ({wrong}) USING (file, row)"
        session.execute(f"CREATE OR REPLACE TABLE {table} AS {rows}")
    repeated = "SELECT count(*) - count(DISTINCT (child, school, day, session)) FROM absences"
    twice = session.execute(repeated).fetchall()[0][0]
    note = f"{twice} rows repeat a child, school, day and session: the longer counts, and unexcused before excused"
    return faults, [note] if twice else []
