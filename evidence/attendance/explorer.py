"""The threshold explorer: how many children each rule finds in the same data, and which children move."""

from __future__ import annotations

from collections.abc import Sequence

import narwhals.stable.v2 as nw

from evidence.attendance.thresholds import THRESHOLDS, Threshold
from evidence.toolkit.frames import Frame, flag, portable

STATES = ("reached", "undetermined", "not reached")


@portable
def found(reached: Frame, rules: Sequence[Threshold] = THRESHOLDS) -> Frame:
    """Return how many children reach each rule: one row, a column per rule, named by its key (children).

    ``reached`` comes from :func:`evidence.attendance.thresholds.reached`.
    """
    return reached.select(**{rule.key: flag(~nw.col(rule.key).is_null()).sum().cast(nw.Int64) for rule in rules})


@portable
def moving(reached: Frame, one: str, other: str) -> Frame:
    """Return which children one rule finds and the other does not.

    Returns ``child``, the two rules' days, and ``moves`` (``in``: the other rule finds them too; ``out``: it does not).
    """
    rows = reached.select("child", one, other)
    rows = rows.filter(nw.col(one).is_null() != nw.col(other).is_null())
    return rows.with_columns(moves=nw.when(nw.col(one).is_null()).then(nw.lit("in")).otherwise(nw.lit("out")))


@portable
def states(lower: Frame, upper: Frame, rules: Sequence[Threshold] = THRESHOLDS) -> Frame:
    """Return what is known of each child where some days were not recorded, or the rules of transfers differ.

    ``lower`` and ``upper`` come from :func:`evidence.attendance.thresholds.reached` under the assumption that finds
    least (unrecorded days were attended) and most (they were missed); every child of the first is in the second.
    Returns ``child`` and a column per rule: ``reached``, ``undetermined`` or ``not reached``.
    """
    keys = [rule.key for rule in rules]
    low = lower.select("child", **{f"{key}_low": nw.col(key) for key in keys})
    both = upper.select("child", *keys).join(low, on="child", how="left")
    yes, unknown, no = STATES
    return both.select(
        "child",
        **{
            key: nw.when(~nw.col(f"{key}_low").is_null())
            .then(nw.lit(yes))
            .otherwise(nw.when(~nw.col(key).is_null()).then(nw.lit(unknown)).otherwise(nw.lit(no)))
            for key in keys
        },
    )
