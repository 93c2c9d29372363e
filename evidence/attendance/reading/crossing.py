"""Rows that are wrong only beside others: spells that overlap, absences on no school day or of a child not on roll."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from evidence.attendance.reading import alike
from evidence.attendance.reading import notes as note
from evidence.attendance.reading.cells import literal
from evidence.attendance.reading.tables import SHOWN, Source, as_they_stand
from evidence.toolkit.faults import Fault
from evidence.toolkit.messages import Message
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
SAME_DAY = "a.child = b.child AND a.day = b.day AND a.school > b.school"
TWO_SCHOOLS = f"{ABSENT} JOIN absences_read b ON {SAME_DAY}"
TWICE = "a.school = b.school AND a.day = b.day AND a.quarter > b.quarter"
QUARTERS = f"SELECT DISTINCT a.file, a.row FROM all_calendar a JOIN all_calendar b ON {TWICE}"
OVERLAPS = "the spell overlaps an earlier one of the child"
BOTH = "SELECT (child, school) FROM enrolment_good"
NO_SCHOOL_DAY = "is not a school day of this school"
NOT_THEN = "the child is not on the roll of this school that day"
ELSEWHERE = "the child is on the roll of another school, and not of this one"
ALIKE = "the child is in enrolment under an identifier that differs only in {what} (such as {one} and {other}). {mend}"
UNKNOWN = "the child is in no file of enrolment"
LOST = "the child's spell on roll is set aside"
BEFORE_START, UNBORN_THEN = "is earlier than the start", "is later than the start of the spell"
TWO_REGIONS = "the child is in another region at the same time"
TWO_PLACES = (
    "the child is absent from two schools that day; where children of two schools have one code, give each its own"
)
TWO_QUARTERS = "the day stands in another quarter too; the earlier counts"
NO_SCHOOL = "is a school that stands in no {table} (there: {schools}); write each school alike in all files"
NO_SCHOOL_BUT = (
    "is a school that stands in no {table} (there: {schools}). Alike are, here and there, {pairs}; write each school "
    "alike in all files"
)
PLACE, HERE_AND_THERE = "{file}, row {row}", "{school} here, {other} in {place}"


class Check(NamedTuple):
    """What rows of a table must not be: the query of those that are, the column it shows, the rule they break.

    ``follows`` says that it only follows from another fault, and is told where rows are set aside; ``is_cell`` that the
    row can do without the cell. ``beside`` has the table and the condition by which its row ``b`` makes ``a`` wrong.
    """

    table: str
    query: str
    column: str
    rule: str
    follows: bool = False
    is_cell: bool = False
    beside: tuple[str, str] | None = None


def _columns(session: Any, table: str) -> set[str]:
    return {name for (name, *_) in session.execute(f"DESCRIBE {table}").fetchall()}


def _of_spells(session: Any) -> list[Check]:
    """Return the checks of enrolment."""
    has = _columns(session, "enrolment_read")
    checks = [Check("enrolment", ORDER, "end", Message.of(BEFORE_START))]
    other = ("enrolment_read", SPELLS)
    if "birth_date" in has:
        checks.append(Check("enrolment", UNBORN, "birth_date", Message.of(UNBORN_THEN), is_cell=True))
    if "region" not in has:
        return [*checks, Check("enrolment", PAIRS, "start", Message.of(OVERLAPS), beside=other)]
    one, two = "a.region IS NOT DISTINCT FROM b.region", "a.region <> b.region"
    return [
        *checks,
        Check("enrolment", REGIONS, "region", Message.of(TWO_REGIONS), beside=(other[0], f"{SPELLS} AND {two}")),
        Check(
            "enrolment", f"{PAIRS} WHERE {one}", "start", Message.of(OVERLAPS), beside=(other[0], f"{SPELLS} AND {one}")
        ),
    ]


def _of_days(session: Any, is_broken: bool) -> list[Check]:
    """Return the checks of absences against the calendar: a school it does not have is one cause, a day another."""
    session.execute(f"CREATE OR REPLACE TABLE no_day AS {NO_DAY}")
    rows, known = "SELECT file, row FROM no_day WHERE", "school IN (SELECT school FROM calendar)"
    return [
        Check("absences", f"{rows} NOT {known}", "school", _no_school(session, "calendar", "calendar"), is_broken),
        Check("absences", f"{rows} {known}", "day", Message.of(NO_SCHOOL_DAY), is_broken),
    ]


def _of_roll(session: Any, read: Mapping[str, Collection[Source]], is_broken: bool, has_calendar: bool) -> list[Check]:
    """Return the checks of absences against enrolment, each row by the first cause that fits.

    A school that the calendar does not have either is told once.
    """
    session.execute(f"CREATE OR REPLACE TABLE not_on_roll AS {NOT_ON_ROLL}")
    if has_calendar:
        session.execute("DELETE FROM not_on_roll WHERE (file, row) IN (SELECT (file, row) FROM no_day)")
    spells = " UNION ALL ".join(
        f"SELECT child::VARCHAR AS child, {literal(one.name)} AS file, row_ AS row FROM {one.every}"
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
        *([(is_alike, "child", where, False)] if where else []),
        ("child::VARCHAR IN (SELECT child FROM lost_spells)", "child", Message.of(LOST), True),
        ("school NOT IN (SELECT school FROM enrolment_good)", "school", no_school, is_broken),
        ("child NOT IN (SELECT child FROM enrolment_good)", "child", Message.of(UNKNOWN), is_broken),
        (
            "(child, school) NOT IN (SELECT (child, school) FROM enrolment_good)",
            "school",
            Message.of(ELSEWHERE),
            is_broken,
        ),
        ("true", "day", Message.of(NOT_THEN), is_broken),
    )
    cases = " ".join(f"WHEN {test} THEN {cause}" for cause, (test, *_) in enumerate(causes))
    session.execute(f"CREATE OR REPLACE TABLE off_roll AS SELECT file, row, CASE {cases} END AS cause FROM not_on_roll")
    return [
        Check("absences", f"SELECT file, row FROM off_roll WHERE cause = {cause}", column, rule, follows)
        for cause, (_, column, rule, follows) in enumerate(causes)
    ]


def _example(session: Any, sources: Collection[Source]) -> Message | None:
    """Return the rule on children whose identifiers are alike, with two rows of such; None without any."""
    found = alike.example(session)
    if found is None:
        return None
    by_name = {source.name: source for source in sources}
    one, other = (_place(by_name[file], row) for file, row in found[0])
    return Message.of(ALIKE, what=found[1], one=one, other=other, mend=Message.of(alike.MEND))


def _place(source: Source, row: int) -> Message:
    """Return a row of a file in words, as the file has it."""
    fault = source.placed([Fault(source.name, row, "", "", "")])[0]
    if fault.at:
        return Message.of(PLACE, file=fault.file, row=Message.of("{row} (under {head})", row=fault.row, head=fault.at))
    return Message.of(PLACE, file=fault.file, row=fault.row)


def _no_school(session: Any, table: str, name: str) -> Message:
    """Return the rule that a school of another file must be one of a table's, with the first that it has."""
    schools = session.execute(f"SELECT DISTINCT school::VARCHAR FROM {table} ORDER BY 1 LIMIT {NAMED + 1}").fetchall()
    pairs = alike.pairs(session, "school", "absences_read", table)
    parts = {"table": Message.of(name), "schools": _first([school for (school,) in schools])}
    return Message.of(NO_SCHOOL_BUT, **parts, pairs=alike.told(pairs)) if pairs else Message.of(NO_SCHOOL, **parts)


def _first(names: list[str]) -> str:
    """Return the first names, and that there are others."""
    named = ", ".join(map(repr, names[:NAMED]))
    return Message.of("{names} and others", names=named) if len(names) > NAMED else named


def without_days(session: Any, read: Collection[str]) -> list[note.Note]:
    """Return notes on the schools of enrolment and of recorded days that stand in no calendar."""
    notes = []
    for table in ("enrolment", "recorded") if "calendar" in read else ():
        if table in read:
            query = (
                f"SELECT DISTINCT school::VARCHAR AS name FROM all_{table} ANTI JOIN calendar USING (school) ORDER BY 1"
            )
            schools = [name for (name,) in session.execute(query).fetchall()]
            notes += [note.Note(note.NO_CALENDAR_DAYS, Message.of(table), _first(schools))] if schools else []
    return notes


def compared(
    session: Any, read: Mapping[str, Collection[Source]], broken: Collection[str] = (), tell_all: bool = True
) -> tuple[list[Fault], list[note.Note]]:
    """Return what is wrong between rows, and notes; make ``absences`` and ``enrolment`` without those rows.

    ``broken`` are tables of which rows could not be read: what only follows from that, or from a spell that is wrong,
    is told with ``tell_all``. It works on ``absences_read``, ``enrolment_read`` and ``calendar`` of the session.
    """
    every = {source.name: source for sources in read.values() for source in sources}
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
        other = ("absences_read", SAME_DAY)
        checks.append(Check("absences", two, "school", Message.of(TWO_PLACES), beside=other))
    _keep(session, "absences", "absences_good", checks)
    if "calendar" in read and "quarter" in _columns(session, "all_calendar"):
        other = ("all_calendar", TWICE)
        checks.append(Check("calendar", QUARTERS, "quarter", Message.of(TWO_QUARTERS), is_cell=True, beside=other))
    for check in [*spells, *checks]:
        faults += _faults(session, check, every) if tell_all or not check.follows else []
    for table in ("absences", "enrolment"):
        session.execute(f"CREATE OR REPLACE TABLE {table} AS SELECT * EXCLUDE (file, row) FROM {table}_good")
    repeated = "SELECT count(*) - count(DISTINCT (child, school, day, session)) FROM absences"
    twice = session.execute(repeated).fetchall()[0][0]
    repeats = [note.Note(note.REPEATED, Counted.rows("{number} rows", twice))] if twice else []
    return faults, [*repeats, *without_days(session, read)]


def in_two_registers(session: Any) -> bool:
    """Return whether a child stands in two schools at once, of spans from the first to the last day in a register."""
    return bool(session.execute(f"{PAIRS} WHERE a.school <> b.school LIMIT 1").fetchall())


def _keep(session: Any, table: str, name: str, checks: Collection[Check]) -> None:
    """Make a table of the rows that no check finds wrong, but for a cell that they can do without."""
    wrong = " UNION ".join(f"({check.query})" for check in checks if not check.is_cell)
    rows = f"FROM {table}_read" + (f" ANTI JOIN ({wrong}) USING (file, row)" if wrong else "")
    session.execute(f"CREATE OR REPLACE TABLE {name} AS SELECT * {rows}")


def _faults(session: Any, check: Check, every: Mapping[str, Source]) -> list[Fault]:
    """Return the rows that a check finds wrong, with the cell as it stands in its file, and the row beside them."""
    rows = session.execute(f"SELECT file, row FROM ({check.query}) ORDER BY file, row LIMIT {SHOWN}").fetchall()
    count = session.execute(f"SELECT count(*) FROM ({check.query})").fetchall()[0][0] if len(rows) == SHOWN else 0
    others = _beside(session, check, rows, every) if rows else {}
    found = []
    for file in dict.fromkeys(file for file, _ in rows):
        numbers, source = [row for one, row in rows if one == file], every[file]
        is_shown = check.column not in HIDDEN
        cells = as_they_stand(session, source.every, check.column, numbers) if is_shown else {}
        some = [
            Fault(source.name, row, check.column, cells.get(row, ""), check.rule, 1, check.is_cell)._replace(
                beside=others.get((file, row), "")
            )
            for row in numbers
        ]
        found += source.placed(some)
    if count > SHOWN:
        found.append(Fault(found[-1].file, None, check.column, "", check.rule, count - SHOWN, check.is_cell))
    return found


def _beside(
    session: Any, check: Check, rows: list[tuple[str, int]], every: Mapping[str, Source]
) -> dict[tuple[str, int], str]:
    """Return the row that makes each row wrong, in words, with both schools where they differ."""
    if check.beside is None:
        return {}
    table, condition = check.beside
    session.execute("CREATE OR REPLACE TEMP TABLE wrong_rows (file VARCHAR, row BIGINT)")
    session.executemany("INSERT INTO wrong_rows VALUES (?, ?)", [[str(file), row] for file, row in rows])
    query = (
        "SELECT DISTINCT ON (a.file, a.row) a.file, a.row, b.file, b.row, a.school::VARCHAR, b.school::VARCHAR "
        f"FROM (FROM {table} SEMI JOIN wrong_rows USING (file, row)) a JOIN {table} b ON {condition} "
        "ORDER BY a.file, a.row, b.file, b.row"
    )
    found: dict[tuple[str, int], str] = {}
    for file, row, other_file, other_row, school, other in session.execute(query).fetchall():
        place = _place(every[other_file], other_row)
        found[file, row] = Message.of(HERE_AND_THERE, school=repr(school), other=repr(other), place=place)
    return found
