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
OVERLAPS = "the spell overlaps an earlier one of the child"


def _checks(read: Collection[str], has_region: bool) -> list[tuple[str, str, str]]:
    """Return (table, query of the wrong rows, rule) of every check that the tables allow."""
    checks = []
    if "enrolment" in read:
        checks.append(("enrolment", ORDER, "lies before the start"))
        if has_region:
            checks.append(("enrolment", REGIONS, "the child is in another region at the same time"))
            checks.append(("enrolment", f"{OVERLAP} WHERE a.region IS NOT DISTINCT FROM b.region", OVERLAPS))
        else:
            checks.append(("enrolment", OVERLAP, OVERLAPS))
        checks.append(("absences", NOT_ON_ROLL, "the child is not on the roll of this school that day"))
    else:
        checks.append(("absences", TWO_SCHOOLS, "the child is absent from two schools that day"))
    if "calendar" in read:
        checks.append(("absences", NO_DAY, "is no school day of this school"))
    return checks


def compared(session: Any, read: Collection[str]) -> tuple[list[Fault], list[str]]:
    """Return what is wrong between rows, and notes; make ``absences`` and ``enrolment`` without those rows.

    It works on ``absences_read``, ``enrolment_read`` and ``calendar`` of the session.
    """
    faults: list[Fault] = []
    bad: dict[str, list[str]] = {"absences": [], "enrolment": []}
    columns = {name for (name, *_) in session.execute("DESCRIBE enrolment_read").fetchall()}
    for number, (table, query, rule) in enumerate(_checks(read, "region" in columns)):
        session.execute(f"CREATE OR REPLACE TABLE wrong_{number} AS {query}")
        bad[table].append(f"SELECT file, row FROM wrong_{number}")
        count = session.execute(f"SELECT count(*) FROM wrong_{number}").fetchall()[0][0]
        cells = session.execute(f"SELECT * FROM wrong_{number} ORDER BY file, row LIMIT {SHOWN}").fetchall()
        faults += [Fault(file, row, column, value or "", rule) for file, row, column, value in cells]
        if count > SHOWN:
            faults.append(Fault(f"{table}", None, "", "", f"{count - SHOWN} more rows: {rule}"))
    for table, queries in bad.items():
        wrong = " UNION ".join(queries) or "SELECT '' AS file, 0 AS row WHERE false"
        rows = f"SELECT * EXCLUDE (file, row) FROM {table}_read ANTI JOIN ({wrong}) USING (file, row)"
        session.execute(f"CREATE OR REPLACE TABLE {table} AS {rows}")
    repeated = "SELECT count(*) - count(DISTINCT (child, school, day, session)) FROM absences"
    twice = session.execute(repeated).fetchall()[0][0]
    note = f"{twice} rows repeat a child, school, day and session: the longer counts, and unexcused before excused"
    return faults, [note] if twice else []
