"""Episodes of absence, and the thresholds at which an absence is registered, reported or flagged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import narwhals.stable.v2 as nw

from evidence.attendance.days import PARAMETERS, QUARTERS
from evidence.attendance.rules import Parameter, Rule
from evidence.toolkit.frames import Frame, distinct, flag, grouped, portable, running

HOW = {
    "cumulative": "{days} {kind} days in all",
    "consecutive": "{days} {kind} school days in a row",
    "calendar": "{days} calendar days from first to last of an unbroken run of {kind} days",
    "window": "{days} {kind} days within any {window} school days in a row",
    "quarter": "{days} {kind} days in a quarter",
}
KINDS = {"unexcused": "unexcused", "all": "absent"}


@dataclass(frozen=True)
class Threshold:
    """A number of days at which a child is found, and how they are counted.

    ``how`` is a key of ``HOW``; ``days`` the number at which it is reached ("more than 10" is 11); ``counts``
    ``unexcused`` or ``all``; ``window`` school days, for ``window`` only; ``where``, ``basis`` and ``note`` as a rule
    has.
    """

    key: str
    title: str
    how: str
    days: int
    where: str
    counts: str = "unexcused"
    window: int = 0
    basis: str = "document"
    note: str = ""

    @property
    def rule(self) -> Rule:
        """Return the threshold as a rule, with its text."""
        sentence = f"Reached on {HOW[self.how]}"
        sentence = sentence.format(days="{days}", window="{window}", kind=KINDS[self.counts])
        own = [Parameter("days", self.days, self.basis, self.where, "Days at which it is reached")]
        if self.how == "window":
            own.append(
                Parameter("window", self.window, "ours", "the study names no window", "School days in the window")
            )
        sentence += f". {self.note}" if self.note else ""
        return Rule(self.key, self.title, sentence, self.where, self.basis, (*own, *PARAMETERS))


THRESHOLDS = (
    Threshold("over_10", "More than 10 unexcused days", "cumulative", 11, "p. 22, §3.2.3"),
    Threshold("from_10", "10 unexcused days or more", "cumulative", 10, "p. 36, §4.2.1, and p. 26 (at least 10)"),
    Threshold(
        "run_over_10",
        "More than 10 unexcused days in a row",
        "consecutive",
        11,
        "p. 22, §3.2.3",
        note="The study does not say whether the days must follow each other: both are shown",
    ),
    Threshold(
        "run_from_10",
        "10 unexcused days in a row or more",
        "consecutive",
        10,
        "p. 36, §4.2.1",
        note="The study does not say whether the days must follow each other: both are shown",
    ),
    Threshold("days_15", "15 unexcused days", "cumulative", 15, "p. 11, §2.1 (lower end of many countries' rules)"),
    Threshold("days_30", "30 unexcused days", "cumulative", 30, "p. 11, §2.1 (upper end of many countries' rules)"),
    Threshold(
        "calendar_15",
        "15 calendar days without a valid reason",
        "calendar",
        15,
        "p. 11, §2.1",
        note="The study does not say whether school or calendar days are meant: both are shown",
    ),
    Threshold("quarter_3", "3 unexcused absences in a quarter", "quarter", 3, "p. 49, §6.2 (one US district)"),
    Threshold(
        "window_5_in_20",
        "5 unexcused days in any 20 school days",
        "window",
        5,
        "an example of the form k in any w days",
        window=20,
        basis="ours",
    ),
)


def within(narrow: Threshold, wide: Threshold) -> bool:
    """Return whether whoever reaches one threshold reaches the other too, in every calendar; never for one and itself.

    Whoever more days find, fewer find too; a row lies in a window, and both lie in the year; nine days in a year are
    three in one of its four quarters.
    """
    if narrow == wide or (narrow.counts, wide.counts) == ("all", "unexcused"):
        return False
    if narrow.how == wide.how:
        return narrow.days >= wide.days and narrow.window <= wide.window
    if wide.how == "cumulative":
        return narrow.how in ("consecutive", "window", "quarter") and narrow.days >= wide.days
    if wide.how == "window":
        return narrow.how == "consecutive" and narrow.days >= wide.days
    return wide.how == "quarter" and narrow.how == "cumulative" and narrow.days > QUARTERS * (wide.days - 1)


@portable
def episodes(placed: Frame, counts: str = "all") -> Frame:
    """Return runs of absence, one row each: days that follow each other in the child's own sequence of school days.

    ``placed`` comes from :func:`evidence.attendance.days.placed`. With ``counts="unexcused"`` an excused day ends
    a run.
    Returns ``child``, ``first_day``, ``last_day``, ``school_days``, ``unexcused`` (days) and ``calendar_days`` (first
    to last, both counted).
    """
    rows = _islands(_of(placed, counts))
    runs = grouped(
        rows,
        ["child", "island"],
        first_day=nw.col("day").min(),
        last_day=nw.col("day").max(),
        school_days=nw.len(),
        unexcused=nw.col("unexcused").sum(),
    )
    runs = runs.with_columns(calendar_days=nw.col("last_day") - nw.col("first_day") + 1)
    return runs.select("child", "first_day", "last_day", "school_days", "unexcused", "calendar_days")


def _of(placed: Frame, counts: str) -> Frame:
    """Return the rows that a way of counting counts."""
    return placed.filter(nw.col("unexcused") == 1) if counts == "unexcused" else placed


def _islands(rows: Frame) -> Frame:
    """Return rows with ``island``: the number of a day less how many came before it is the same within a run."""
    rows = rows.with_columns(one=nw.lit(1))
    return rows.with_columns(island=nw.col("n") - running("one", ["child"], ["n"]))


def _marked(rows: Frame, rules: Sequence[Threshold]) -> Frame:
    """Return rows with the running numbers that the rules read; ``year`` parts them where the rows have it."""
    how = {rule.how for rule in rules}
    rows = rows.with_columns(one=nw.lit(1))
    whose = ["child", "year"] if "year" in rows.collect_schema().names() else ["child"]
    marks = {}
    if "cumulative" in how:
        marks["so_far"] = running("one", whose, ["n"])
    if "quarter" in how:
        marks["in_quarter"] = running("one", [*whose, "quarter"], ["n"])
    for rule in rules:
        if rule.how == "window":
            # real numbers: pandas stumbles over missing whole ones when it puts shifted rows back in order
            marks[f"back_{rule.days}"] = nw.col("n").cast(nw.Float64).shift(rule.days - 1).over("child", order_by=["n"])
    rows = rows.with_columns(**marks) if marks else rows
    if how & {"consecutive", "calendar"}:
        rows = _islands(rows)
        rows = rows.with_columns(
            in_run=running("one", ["child", "island"], ["n"]), run_from=nw.col("day").min().over("child", "island")
        )
    return rows


def _day_reached(rule: Threshold) -> nw.Expr:
    """Return the day on which a row takes a child to a threshold, missing on every other row."""
    day = nw.col("day")
    if rule.how == "cumulative":
        reached = nw.col("so_far") == rule.days
    elif rule.how == "quarter":
        reached = nw.col("in_quarter") == rule.days
    elif rule.how == "consecutive":
        reached = nw.col("in_run") == rule.days
    elif rule.how == "window":
        reached = nw.col("n") - nw.col(f"back_{rule.days}") < rule.window
    else:  # the calendar day itself may be a Sunday inside the run
        day, reached = nw.col("run_from") + rule.days - 1, nw.col("day") - nw.col("run_from") + 1 >= rule.days
    return nw.when(reached).then(day)


@portable
def reached(placed: Frame, rules: Sequence[Threshold] = THRESHOLDS) -> Frame:
    """Return the day each child first reaches each threshold, one row per child with any absence.

    ``placed`` comes from :func:`evidence.attendance.days.placed`. Returns ``child``, ``absent`` and ``unexcused``
    (days) and a column per rule, named by its key (``day``, missing where it is not reached).
    """
    table = grouped(placed, ["child"], absent=nw.len(), unexcused=nw.col("unexcused").sum())
    for counts in dict.fromkeys(rule.counts for rule in rules):
        chosen = [rule for rule in rules if rule.counts == counts]
        rows = _marked(_of(placed, counts), chosen)
        rows = rows.with_columns(**{rule.key: _day_reached(rule) for rule in chosen})
        days = grouped(rows, ["child"], **{rule.key: nw.col(rule.key).min() for rule in chosen})
        table = table.join(days, on="child", how="left")
    return table.select("child", "absent", "unexcused", *(rule.key for rule in rules))


HALF = Rule(
    "half_of_period",
    "Half of a survey period missed",
    "Found if {share_pct} % or more of the school days of the period were missed, whatever the reason",
    "p. 55, §6.6 (Hertfordshire, England)",
    parameters=(
        Parameter("share_pct", 50, "document", "p. 55, §6.6", "Share of days missed, per cent, at which it is reached"),
        Parameter("min_days", 1, "ours", "the study names none", "School days on roll below which nothing is said"),
    ),
)


@portable
def missed_share(
    placed: Frame,
    days: Frame,
    enrolment: Frame,
    first: int,
    last: int,
    share_pct: int = 50,
    min_days: int = 1,
    unknown: Frame | None = None,
) -> Frame:
    """Return days missed in a period and whether they reach a share of it, one row per child on roll in it.

    ``days`` comes from :func:`evidence.attendance.days.numbered`; only days that count there are possible ones, and
    only while the child was on roll: a leaver is measured to the last day. Spells of a child at one school do not
    overlap: the validator names those that do. ``first`` and ``last`` are days; ``unknown`` those of single children
    that are no possible ones (:func:`evidence.attendance.days.unknown_days`).
    Returns ``child``, ``possible``, ``absent`` (days) and ``is_reached`` (0 or 1, missing below ``min_days``).
    Source: p. 55, §6.6.
    """
    period = (nw.col("day") >= first) & (nw.col("day") <= last)
    open_days = days.filter(period & (nw.col("counts") == 1)).select("school", "day")
    spells = enrolment.select("child", "school", "start", end=nw.col("end").fill_null(last))
    # counted once for all children with the same spell: most of a school have it
    spell = ["school", "start", "end"]
    inside = distinct(spells, spell).join(open_days, on="school", how="inner")
    inside = inside.filter((nw.col("start") <= nw.col("day")) & (nw.col("day") <= nw.col("end")))
    lengths = grouped(inside, spell, length=nw.len())
    possible = grouped(spells.join(lengths, on=spell, how="inner"), ["child"], possible=nw.col("length").sum())
    if unknown is not None:
        gaps = grouped(unknown.join(open_days, on=["school", "day"], how="inner"), ["child"], gaps=nw.len())
        possible = possible.join(gaps, on="child", how="left").with_columns(nw.col("gaps").fill_null(0))
        possible = possible.select("child", possible=nw.col("possible") - nw.col("gaps"))
    missed = grouped(placed.filter(period), ["child"], absent=nw.len())
    both = possible.join(missed, on="child", how="left").with_columns(absent=nw.col("absent").fill_null(0))
    enough = flag(nw.col("absent") * 100 >= share_pct * nw.col("possible"))
    return both.with_columns(is_reached=nw.when(nw.col("possible") >= min_days).then(enough))
