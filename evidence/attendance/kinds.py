"""Kinds of children: which of all the groups that a report counts a child is in, and how many children are alike in it.

Every published count of children is the size of such a group. Which group lies in which is read off the kinds.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence

import narwhals.stable.v2 as nw
import numpy as np
import pandas as pd

from evidence.attendance.thresholds import HALF, THRESHOLDS
from evidence.toolkit.frames import Frame, distinct, flag, grouped, portable

KEYS = tuple(rule.key for rule in THRESHOLDS)
FOUND, CERTAIN, MOST = "rule", "certain", "most"  # found; found at least, and at most, whatever nobody recorded
STATES = (FOUND, CERTAIN, MOST)
ABSENT = "absent"
MARKS: tuple[Hashable, ...] = (
    ABSENT,
    *((state, key) for state in STATES for key in KEYS),
    *((state, HALF.key) for state in STATES),
)  # the groups of a child by their place in its code, a number of as many bits


@portable
def first_spells(enrolment: Frame, names: Sequence[str] = ()) -> Frame:
    """Return each child once, with columns of its first spell on roll as texts, and ``code`` 0."""
    first = enrolment.filter(nw.col("start") == nw.col("start").min().over("child"))
    first = first.filter(nw.col("school") == nw.col("school").min().over("child"))
    if names:
        first = first.with_columns(nw.col(*names).cast(nw.String).fill_null("not given"))
    return distinct(first, ["child", *names]).with_columns(code=nw.lit(0).cast(nw.Int64))


@portable
def marked(children: Frame, others: Frame, tests: Mapping[str, int], names: Sequence[str] = ()) -> Frame:
    """Return children with a bit of their code set for each column of other rows that is not missing there.

    ``tests`` gives the place of the bit by the column of ``others``, which has ``child`` once; ``names`` are the
    columns of ``children`` to keep.
    """
    bits = sum((flag(~nw.col(column).is_null()) * 2**place for column, place in tests.items()), start=nw.lit(0))
    rows = children.join(others.select("child", bits=bits.cast(nw.Int64)), on="child", how="left")
    return rows.select("child", *names, code=nw.col("code") + nw.col("bits").fill_null(0))


@portable
def alike(children: Frame, names: Sequence[str] = ()) -> Frame:
    """Return how many ``children`` there are of each code and of each value of the columns."""
    return grouped(children, [*names, "code"], children=nw.len()).select(*names, "code", "children")


def tests_of(state: str) -> dict[str, int]:
    """Return the places of the rules found in a state, by the columns of what says on which day they are reached."""
    return {key: MARKS.index((state, key)) for key in KEYS}


def has(kinds: pd.DataFrame, mark: Hashable) -> np.ndarray:
    """Return of which kinds children are in a group of ``MARKS``."""
    return (kinds["code"].to_numpy(dtype="int64") >> MARKS.index(mark)) & 1 == 1


def by(kinds: pd.DataFrame, names: Sequence[str], rule: str) -> pd.DataFrame:
    """Return children by columns of the kinds: ``on_roll``, and ``children`` whom a rule finds."""
    numbers = kinds["children"].astype("int64")
    rows = kinds[list(names)].assign(on_roll=numbers, children=numbers.where(has(kinds, (FOUND, rule)), 0))
    return rows.groupby(list(names), as_index=False)[["on_roll", "children"]].sum()
