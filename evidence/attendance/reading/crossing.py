"""Rows that are wrong only beside others: spells that overlap, absences on no school day or of a child not on roll."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from evidence.attendance.reading import alike
from evidence.attendance.reading.cells import literal
from evidence.attendance.reading.tables import SHOWN, Source, as_they_stand
from evidence.toolkit.faults import Fault
from evidence.toolkit.rounding import Counted

LATER = 999_999  # a day after every other: the end of a spell that has none
NAMED = 5  # schools of another file that a message names
HIDDEN = {"birth_date"}  # of a row that is wrong beside others the place is enough
SPELLS = (
    "a.child = b.child AND (a.start, a.file, a.row) > (b.start, b.file, b.row) "
    f'AND a.start <= coalesce(b."end", {LATER}) AND coalesce(a."end", {LATER}) >= a.start '
    f'AND coalesce(b."end", {LATER}) >= b.start'
)
PAIRS = f"SELECT DISTINCT a.file, a.row FROM enrolment_read a JOIN enrolment_read b ON {SPELLS}"
ORDER = 'SELECT file, row FROM enrolment_read WHERE "end" < start'
UNBORN = "SELECT file, row FROM enrolment_read WHERE birth_date > start"
REGIONS = f"{PAIRS} WHERE a.region <> b.region"
ABSENT = "SELECT DISTINCT a.file, a.row, a.child, a.school FROM absences_read a"
NO_DAY = f"{ABSENT} ANTI JOIN calendar c USING (school, day)"
NOT_ON_ROLL = (
    f"{ABSENT} ANTI JOIN enrolment_good e ON a.child = e.child AND a.school = e.school "
    f'AND a.day BETWEEN e.start AND coalesce(e."end", {LATER})'
)
TWO_SCHOOLS = f"{ABSENT} JOIN absences_read b ON a.child = b.child AND a.day = b.day AND a.school > b.school"
QUARTERS = (
    "SELECT DISTINCT a.file, a.row FROM all_calendar a JOIN all_calendar b USING (school, day) "
    "WHERE a.quarter > b.quarter"
)
OVERLAPS = "the spell overlaps an earlier one of the child"
NO_SCHOOL_DAY = "is no school day of this school"
NOT_THEN = "the child is not on the roll of this school that day"
ELSEWHERE = "the child is on the roll of another school, and not of this one"
ALIKE = "the child is in enrolment under an identifier that differs only in {1} (such as {0}). " + alike.MEND
UNKNOWN = "the child is in no file of enrolment"
LOST = "the child's spell on roll is set aside"


class Check(NamedTuple):
    """What rows of a table must not be: the query of those that are, the column it shows, the rule they break.

    ``follows`` says that it only follows from another fault, and is told where rows are set aside; ``is_cell`` that the
    row can do without the cell.
    """

    table: str
    query: str
    column: str
    rule: str
    follows: bool = False
    is_cell: bool = False


def _columns(session: Any, table: str) -> set[str]:
    return {name for (name, *_) in session.execute(f"DESCRIBE {table}").fetchall()}


def _of_spells(session: Any) -> list[Check]:
    """Return the checks of enrolment."""
    has = _columns(session, "enrolment_read")
    checks = [Check("enrolment", ORDER, "end", "lies before the start")]
    if "birth_date" in has:
        checks.append(Check("enrolment", UNBORN, "birth_date", "lies after the start of the spell", is_cell=True))
    if "region" not in has:
        return [*checks, Check("enrolment", PAIRS, "start", OVERLAPS)]
    same = f"{PAIRS} WHERE a.region IS NOT DISTINCT FROM b.region"
    checks.append(Check("enrolment", REGIONS, "region", "the child is in another region at the same time"))
    return [*checks, Check("enrolment", same, "start", OVERLAPS)]


def _of_days(session: Any, is_broken: bool) -> list[Check]:
    """Return the checks of absences against the calendar: a school it does not have is one cause, a day another."""
    session.execute(f"CREATE OR REPLACE TABLE no_day AS {NO_DAY}")
    rows, known = "SELECT file, row FROM no_day WHERE", "school IN (SELECT school FROM calendar)"
    return [
        Check("absences", f"{rows} NOT {known}", "school", _no_school(session, "calendar", "calendar"), is_broken),
        Check("absences", f"{rows} {known}", "day", NO_SCHOOL_DAY, is_broken),
    ]


def _of_roll(session: Any, read: Mapping[str, Collection[Source]], is_broken: bool, has_calendar: bool) -> list[Check]:
    """Return the checks of absences against enrolment, each row by the first cause that fits.

    A school that the calendar does not have either is told once.
    """
    session.execute(f"CREATE OR REPLACE TABLE not_on_roll AS {NOT_ON_ROLL}")
    if has_calendar:
        session.execute("DELETE FROM not_on_roll WHERE (file, row) IN (SELECT (file, row) FROM no_day)")
    spells = " UNION ALL ".join(
        f"SELECT child::VARCHAR AS child, {literal(one.path.name)} AS file, row_ AS row FROM {one.every}"
        for one in read["enrolment"]
    )
    kept = "enrolment_good g USING (file, row)"
    session.execute(f"CREATE OR REPLACE TABLE lost_spells AS SELECT DISTINCT child FROM ({spells}) ANTI JOIN {kept}")
    no_school = _no_school(session, "enrolment_good", "enrolment")
    where = _example(session, [source for sources in read.values() for source in sources])
    is_alike = (
        f"child NOT IN (SELECT child FROM enrolment_good) AND {alike.key('child')} IN (SELECT key FROM roll_keys)"
    )
    if where:
        keys = f"SELECT DISTINCT {alike.key('child')} AS key FROM enrolment_good"
        session.execute(f"CREATE OR REPLACE TEMP TABLE roll_keys AS {keys}")
    causes = (  # of a row the first that fits counts
        *([(is_alike, "child", ALIKE.format(*where), False)] if where else []),
        ("child::VARCHAR IN (SELECT child FROM lost_spells)", "child", LOST, True),
        ("school NOT IN (SELECT school FROM enrolment_good)", "school", no_school, is_broken),
        ("child NOT IN (SELECT child FROM enrolment_good)", "child", UNKNOWN, is_broken),
        ("(child, school) NOT IN (SELECT (child, school) FROM enrolment_good)", "school", ELSEWHERE, is_broken),
        ("true", "day", NOT_THEN, is_broken),
    )
    cases = " ".join(f"WHEN {test} THEN {cause}" for cause, (test, *_) in enumerate(causes))
    session.execute(f"CREATE OR REPLACE TABLE off_roll AS SELECT file, row, CASE {cases} END AS cause FROM not_on_roll")
    return [
        Check("absences", f"SELECT file, row FROM off_roll WHERE cause = {cause}", column, rule, follows)
        for cause, (_, column, rule, follows) in enumerate(causes)
    ]


def _example(session: Any, sources: Collection[Source]) -> tuple[str, str] | None:
    """Return two rows of children whose identifiers are alike, in words, and in what they differ; None without any."""
    found = alike.example(session)
    if found is None:
        return None
    by_name = {source.path.name: source for source in sources}
    faults = [by_name[file].placed([Fault(file, row, "", "", "")])[0] for file, row in found[0]]
    return " and ".join(f"{fault.file}, row {fault.place}" for fault in faults), found[1]


def _no_school(session: Any, table: str, name: str) -> str:
    """Return the rule that a school of another file must be one of a table's, with the first that it has."""
    schools = session.execute(f"SELECT DISTINCT school::VARCHAR FROM {table} ORDER BY 1 LIMIT {NAMED + 1}").fetchall()
    has = ", ".join(repr(school) for (school,) in schools[:NAMED]) + (" and others" if len(schools) > NAMED else "")
    pairs = alike.told(alike.pairs(session, "school", "absences_read", table))
    near = f". Alike are, here and there, {pairs}" if pairs else ""
    return f"is a school that stands in no {name} (there: {has}){near}; write each school alike in all files"


def without_days(session: Any, read: Collection[str]) -> list[str]:
    """Return notes on the schools of enrolment and of recorded days that stand in no calendar."""
    notes = []
    for table in ({"enrolment", "recorded"} & set(read)) if "calendar" in read else ():
        query = f"SELECT DISTINCT school::VARCHAR AS name FROM all_{table} ANTI JOIN calendar USING (school) ORDER BY 1"
        schools = [name for (name,) in session.execute(query).fetchall()]
        if schools:
            first = ", ".join(map(repr, schools[:NAMED])) + (" and others" if len(schools) > NAMED else "")
            notes.append(f"{len(schools)} schools of {table} stand in no calendar, and so have no school day: {first}")
    return sorted(notes)


def compared(
    session: Any, read: Mapping[str, Collection[Source]], broken: Collection[str] = (), tell_all: bool = True
) -> tuple[list[Fault], list[str]]:
    """Return what is wrong between rows, and notes; make ``absences`` and ``enrolment`` without those rows.

    ``broken`` are tables of which rows could not be read: what only follows from that, or from a spell that is wrong,
    is told with ``tell_all``. It works on ``absences_read``, ``enrolment_read`` and ``calendar`` of the session.
    """
    every = {source.path.name: source for sources in read.values() for source in sources}
    faults: list[Fault] = []
    spells = _of_spells(session) if "enrolment" in read else []
    _keep(session, "enrolment", "enrolment_good", spells)
    if "enrolment" in read and "birth_date" in _columns(session, "enrolment_good"):
        session.execute("UPDATE enrolment_good SET birth_date = NULL WHERE birth_date > start")
    checks = _of_days(session, "calendar" in broken) if "calendar" in read else []
    if "enrolment" in read:
        checks += _of_roll(session, read, "enrolment" in broken, "calendar" in read)
    else:
        two = f"SELECT file, row FROM ({TWO_SCHOOLS})"
        checks.append(Check("absences", two, "school", "the child is absent from two schools that day"))
    _keep(session, "absences", "absences_good", checks)
    if "calendar" in read and "quarter" in _columns(session, "all_calendar"):
        rule = "the day stands in another quarter too; the earlier counts"
        checks.append(Check("calendar", QUARTERS, "quarter", rule, is_cell=True))
    for check in [*spells, *checks]:
        faults += _faults(session, check, every) if tell_all or not check.follows else []
    for table in ("absences", "enrolment"):
        session.execute(f"CREATE OR REPLACE TABLE {table} AS SELECT * EXCLUDE (file, row) FROM {table}_good")
    repeated = "SELECT count(*) - count(DISTINCT (child, school, day, session)) FROM absences"
    twice = session.execute(repeated).fetchall()[0][0]
    said = "{number} rows repeat a child, school, day and session: the longer counts, and unexcused before excused"
    return faults, [*([Counted.of(said, twice)] if twice else []), *without_days(session, read)]


def _keep(session: Any, table: str, name: str, checks: Collection[Check]) -> None:
    """Make a table of the rows that no check finds wrong, but for a cell that they can do without."""
    wrong = " UNION ".join(f"({check.query})" for check in checks if not check.is_cell)
    rows = f"FROM {table}_read" + (f" ANTI JOIN ({wrong}) USING (file, row)" if wrong else "")
    session.execute(f"CREATE OR REPLACE TABLE {name} AS SELECT * {rows}")


def _faults(session: Any, check: Check, every: Mapping[str, Source]) -> list[Fault]:
    """Return the rows that a check finds wrong, with the cell as it stands in its file."""
    rows = session.execute(f"SELECT file, row FROM ({check.query}) ORDER BY file, row LIMIT {SHOWN}").fetchall()
    count = session.execute(f"SELECT count(*) FROM ({check.query})").fetchall()[0][0] if len(rows) == SHOWN else 0
    found = []
    for file in dict.fromkeys(file for file, _ in rows):
        numbers = [row for one, row in rows if one == file]
        is_shown = check.column not in HIDDEN
        cells = as_they_stand(session, every[file].every, check.column, numbers) if is_shown else {}
        some = [Fault(file, row, check.column, cells.get(row, ""), check.rule, 1, check.is_cell) for row in numbers]
        found += every[file].placed(some)
    if count > SHOWN:
        found.append(Fault(found[-1].file, None, check.column, "", check.rule, count - SHOWN, check.is_cell))
    return found
