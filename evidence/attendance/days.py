"""The days a rule counts: school days numbered per school, days absent, and each child's own sequence of days.

Days are whole numbers, counted from 1 January 1970 (``day``); ``n`` is the number of a school day. The study names no
data model: all of this file is ours.
"""

from __future__ import annotations

from collections.abc import Collection

import narwhals.stable.v2 as nw

from evidence.attendance.rules import Parameter
from evidence.toolkit.frames import Frame, distinct, flag, grouped, portable, running

APART = 100_000  # school days put between two schools where a run must not go on; more than a life at school has
LIFE = 10_000_000  # the same between school years: more than all schools of a child put apart
QUARTERS = 4
JULY = -549  # 1 July 1968, the first after a leap day: years counted from it have their leap day in the same place

UNRECORDED = Parameter(
    "unrecorded",
    "skipped",
    "ours",
    "a day nobody recorded says nothing of anyone",
    "A school day nobody recorded, of a school or of one child (skipped: no school day for the rule; present: ends a "
    "run; absent: counts)",
)
TRANSFERS = Parameter(
    "transfers",
    "continue",
    "ours",
    "the absence is the child's, not the school's",
    "Days absent on both sides of a change of school (continue: one run; end: two)",
)
COUNTS_FROM = Parameter(
    "counts_from",
    1.0,
    "ours",
    "the study counts days and names no part of a day",
    "Share of a day missed from which it counts as a day",
)
SESSIONS = Parameter(
    "sessions",
    1,
    "ours",
    "files that name sessions seldom say how many a day has",
    "Sessions in a school day: a session missed is that part of a day, where no share is given",
)
EMPTY = Parameter(
    "empty",
    "marked",
    "ours",
    "a school with more empty cells than marks of presence writes down absences only; elsewhere they say nothing",
    "Cell of a register left empty for a child on a day recorded for others (marked: present where a school has more "
    "empty cells than marks of presence, else unknown; unknown: a day of the child that nobody recorded; present: was "
    "there)",
)
YEARS = Parameter(
    "years",
    "apart",
    "ours",
    "the register of the study is kept by school year, and its rules name no other span",
    "Days absent in two school years, which part on 1 July (apart: sums and runs begin anew; together: they go on)",
)
COUNTING = (UNRECORDED, TRANSFERS, COUNTS_FROM, YEARS)  # those of rules; the others say how files are read
READING = (SESSIONS, EMPTY)
PARAMETERS = (*COUNTING, *READING)


def school_year(day: nw.Expr) -> nw.Expr:
    """Return the number of the school year of a day: the year it begins in, of those from 1 July to 30 June."""
    return (1968 + (4 * (day - JULY) + 3) // 1461).cast(nw.Int64)  # 1,461 days in four years


@portable
def reduced(register: Frame, absent: Collection[str], unexcused: Collection[str]) -> Frame:
    """Return a full daily register reduced in one scan: every absence, and where and when others were present.

    ``register`` has ``child``, ``school``, ``day``, ``status``; ``absent`` are the codes of absence, ``unexcused``
    those of them without a valid reason. An empty status records nothing. Returns ``child`` (missing in the one row
    that stands for all who were present in a school on a day), ``school``, ``day`` and ``unexcused`` (0 or 1; of two
    rows on one day an unexcused one beats an excused one).
    """
    status = nw.col("status")
    rows = register.filter(~status.is_null()).select(
        "school",
        "day",
        child=nw.when(status.is_in(list(absent))).then(nw.col("child")),
        unexcused=flag(status.is_in(list(unexcused))),
    )
    found = grouped(rows, ["child", "school", "day"], unexcused=nw.col("unexcused").max())
    return found.select("child", "school", "day", "unexcused")


@portable
def absences_of(reduced: Frame) -> Frame:
    """Return the days absent of a reduced register, as :func:`absent_days` gives them."""
    return reduced.filter(~nw.col("child").is_null()).select("child", "school", "day", "unexcused")


@portable
def recorded_days(reduced: Frame) -> Frame:
    """Return which days each school recorded, from its reduced register: ``school``, ``day``, once each."""
    return distinct(reduced, ["school", "day"])


@portable
def numbered(calendar: Frame, recorded: Frame, unrecorded: str = UNRECORDED.default) -> Frame:
    """Return the calendar with its school days numbered per school.

    ``calendar`` has ``school``, ``day`` and may have ``quarter`` (1 to 4); without it the days of each school in each
    school year are cut into four parts as equal as can be (ours). ``recorded`` has ``school``, ``day``.
    Returns ``school``, ``day``, ``n``, ``quarter``, ``is_recorded`` and ``counts`` (0 or 1; a day that does not count
    has the number of the day before it).
    """
    marked = calendar.join(recorded.with_columns(is_recorded=nw.lit(1)), on=["school", "day"], how="left")
    marked = marked.with_columns(
        is_recorded=flag(nw.col("is_recorded") == 1), one=nw.lit(1), year=school_year(nw.col("day"))
    )
    counted = "is_recorded" if unrecorded == "skipped" else "one"
    days = marked.with_columns(
        n=running(counted, ["school"], ["day"]),
        counts=nw.col(counted),
        rank=running("one", ["school", "year"], ["day"]),
    )
    if "quarter" not in calendar.collect_schema().names():
        last = nw.col("rank").max().over("school", "year")
        days = days.with_columns(quarter=(1 + (nw.col("rank") - 1) * QUARTERS // last).cast(nw.Int64))
    return days.select("school", "day", "n", "quarter", "is_recorded", "counts")


@portable
def absent_days(absences: Frame, counts_from: float = COUNTS_FROM.default) -> Frame:
    """Return one row per child, school and day absent: ``child``, ``school``, ``day``, ``unexcused`` (0 or 1).

    ``absences`` has ``child``, ``school``, ``day``, ``unexcused`` and may have ``share`` (of the day, 1 without it) and
    ``session``. Of two rows on one session the longer counts, and an unexcused one beats an excused one; sessions of a
    day add up, to one day at most.
    """
    names = absences.collect_schema().names()
    share = nw.col("share") if "share" in names else nw.lit(1.0)
    rows = absences.with_columns(share=share).with_columns(
        without=nw.when(nw.col("unexcused") == 1).then(nw.col("share")).otherwise(nw.lit(0.0))
    )
    day = ["child", "school", "day"]
    if "session" in names:
        rows = rows.group_by(*day, "session").agg(nw.col("share").max(), nw.col("without").max())
        rows = rows.group_by(*day).agg(nw.col("share").sum(), nw.col("without").sum())
    else:
        rows = rows.group_by(*day).agg(nw.col("share").max(), nw.col("without").max())
    enough = counts_from - 1e-9
    rows = rows.filter(nw.col("share") >= enough)
    return rows.select(*day, unexcused=flag(nw.col("without") >= enough))


@portable
def with_unknown(absences: Frame, unknown: Frame) -> Frame:
    """Return absences with the unknown cells of single children beside them, as if absent without a reason.

    Both have ``child``, ``school``, ``day``, ``share`` and ``session``, the first ``unexcused`` too.
    """
    columns = ("child", "school", "day", "unexcused", "share", "session")
    guessed = unknown.with_columns(unexcused=nw.lit(1).cast(nw.Int64))
    return nw.concat([absences.select(*columns), guessed.select(*columns)])


@portable
def unknown_days(absences: Frame, unknown: Frame, counts_from: float = COUNTS_FROM.default) -> Frame:
    """Return the days on which a child was absent if it was in its unknown cells, and else was not.

    The frames are those of :func:`with_unknown`. Returns ``child``, ``school``, ``day``.
    """
    near = absences.join(distinct(unknown, ["child"]), on="child", how="inner")
    key = ["child", "school", "day"]
    maybe = absent_days(with_unknown(near, unknown), counts_from).select(*key)
    return maybe.join(absent_days(near, counts_from).select(*key), on=key, how="anti")


@portable
def unrecorded_days(days: Frame, enrolment: Frame) -> Frame:
    """Return the school days nobody recorded while a child was on roll, as if absent without a reason.

    ``days`` comes from :func:`numbered`, ``enrolment`` has ``child``, ``school``, ``start``, ``end`` (missing: still on
    roll). Returns ``child``, ``school``, ``day``, ``unexcused``.
    """
    missing = days.filter(nw.col("is_recorded") == 0).select("school", "day")
    rows = enrolment.select("child", "school", "start", "end").join(missing, on="school", how="inner")
    rows = distinct(rows.filter(_during()), ["child", "school", "day"])
    return rows.with_columns(unexcused=nw.lit(1).cast(nw.Int64))


@portable
def with_unrecorded(absent: Frame, days: Frame, enrolment: Frame) -> Frame:
    """Return days absent with those of :func:`unrecorded_days` beside them."""
    return nw.concat([absent, unrecorded_days(days, enrolment)])


def _during() -> nw.Expr:
    """Return whether a day lies in a spell on roll."""
    return (nw.col("start") <= nw.col("day")) & (nw.col("end").is_null() | (nw.col("day") <= nw.col("end")))


@portable
def spells_seen(absent: Frame) -> Frame:
    """Return spells on roll where no enrolment is known: from a child's first to last absence at a school (ours)."""
    return grouped(absent, ["child", "school"], start=nw.col("day").min(), end=nw.col("day").max())


def _moved(enrolment: Frame, days: Frame, transfers: str) -> Frame:
    """Return how the day numbers of children with several spells are moved: ``child``, ``school``, ``start``, ``end``,
    ``move``."""
    spells = enrolment.select("child", "school", "start", "end")
    several = grouped(spells, ["child"], spells=nw.len()).filter(nw.col("spells") > 1).select("child")
    inside = spells.join(several, on="child", how="inner").join(
        days.filter(nw.col("counts") == 1).select("school", "day", "n"), on="school", how="inner"
    )
    keys = ["child", "school", "start", "end"]
    spans = grouped(inside.filter(_during()), keys, first=nw.col("n").min(), last=nw.col("n").max())
    spans = spans.with_columns(length=nw.col("last") - nw.col("first") + 1, one=nw.lit(1))
    order = ["start", "school"]
    spans = spans.with_columns(
        before=running("length", ["child"], order) - nw.col("length"), rank=running("one", ["child"], order)
    )
    apart = nw.col("rank") * APART if transfers == "end" else nw.lit(0)
    return spans.select(*keys, (nw.col("before") - nw.col("first") + 1 + apart).alias("move"))


@portable
def placed(
    absent: Frame,
    days: Frame,
    enrolment: Frame,
    transfers: str = TRANSFERS.default,
    years: str = YEARS.default,
    unknown: Frame | None = None,
) -> Frame:
    """Return absent days with the number each has in the child's own sequence of school days.

    ``absent`` comes from :func:`absent_days`, ``days`` from :func:`numbered`, ``enrolment`` has ``child``, ``school``,
    ``start``, ``end``. Absences on no school day, and of a child with several spells outside them all, are left out:
    the validator names them. Days of two schools are numbered on from one spell to the next. ``unknown`` are days of
    single children that are no school days for them (:func:`unknown_days`).
    Returns ``child``, ``school``, ``day``, ``n``, ``quarter``, ``unexcused`` and ``year``: the school year where years
    stand apart, 0 throughout where they do not.
    """
    key = ["child", "school", "day", "unexcused"]
    rows = absent.select(*key) if unknown is None else _with_gaps(absent.select(*key), unknown)
    rows = rows.join(days.select("school", "day", "n", "quarter"), on=["school", "day"], how="inner")
    rows = rows.join(_moved(enrolment, days, transfers), on=["child", "school"], how="left")
    rows = rows.filter(nw.col("move").is_null() | _during())
    rows = rows.with_columns(year=school_year(nw.col("day")) if years == "apart" else nw.lit(0).cast(nw.Int64))
    rows = rows.with_columns(n=nw.col("n") + nw.col("move").fill_null(0) + nw.col("year") * LIFE)
    if unknown is not None:
        rows = rows.with_columns(before=running("gap", ["child"], ["n"])).filter(nw.col("gap") == 0)
        rows = rows.with_columns(n=nw.col("n") - nw.col("before"))
    return rows.select("child", "school", "day", "n", "quarter", "unexcused", "year")


def _with_gaps(absent: Frame, unknown: Frame) -> Frame:
    """Return days absent and days left out of a child's sequence together, ``gap`` 1 for these and 0 for those."""
    none = nw.lit(0).cast(nw.Int64)
    gaps = unknown.select("child", "school", "day").with_columns(unexcused=none, gap=none + 1)
    return nw.concat([absent.with_columns(gap=none), gaps])


@portable
def sequence(
    absences: Frame,
    calendar: Frame,
    recorded: Frame,
    enrolment: Frame,
    unrecorded: str = UNRECORDED.default,
    transfers: str = TRANSFERS.default,
    counts_from: float = COUNTS_FROM.default,
    years: str = YEARS.default,
    unknown: Frame | None = None,
) -> Frame:
    """Return the days absent of every child in the child's own sequence of school days: all steps of this file.

    A day with an absence was recorded, whatever ``recorded`` says; ``unknown`` are cells of single children that
    nobody filled in (``child``, ``school``, ``day``, ``share``, ``session``). Returns what :func:`placed` does.
    """
    is_absent = unknown is not None and unrecorded == "absent"
    absent = absent_days(with_unknown(absences, unknown) if is_absent else absences, counts_from)
    gaps = unknown_days(absences, unknown, counts_from) if unknown is not None and unrecorded == "skipped" else None
    both = nw.concat([recorded.select("school", "day"), absent.select("school", "day")])
    seen = distinct(both, ["school", "day"])
    days = numbered(calendar, seen, unrecorded)
    if unrecorded == "absent":
        absent = with_unrecorded(absent, days, enrolment)
    return placed(absent, days, enrolment, transfers, years, gaps)
