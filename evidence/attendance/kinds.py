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
FIELD, ENTRY = "\x1f", "\x1e"  # between the fields of an entry, and between entries
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
def with_entries(children: Frame, entries: Frame, names: Sequence[str] = ()) -> Frame:
    """Return children with their ``entries`` of the register, as :func:`entries_of` gives them, "" without any.

    An identifier is compared as a text.
    """
    rows = children.with_columns(child=nw.col("child").cast(nw.String)).join(entries, on="child", how="left")
    return rows.select("child", *names, "code", entries=nw.col("entries").fill_null(""))


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


def entries_of(rows: pd.DataFrame, names: Sequence[str]) -> pd.DataFrame:
    """Return the entries of each child in the register of long absences as one text: ``child``, ``entries``.

    ``rows`` has ``child``, ``school_year``, ``outcome`` and ``names``, none of them missing.
    """
    cells = rows[["school_year", "outcome", *names]].astype(str).itertuples(index=False, name=None)
    texts = pd.Series([FIELD.join(row) for row in cells], index=rows.index, dtype=object)
    table = pd.DataFrame({"child": rows["child"].astype(str), "entries": texts}).sort_values("entries")
    return table.groupby("child", as_index=False)["entries"].agg(ENTRY.join).astype(object)


def completed(kinds: pd.DataFrame, entries: pd.DataFrame) -> pd.DataFrame:
    """Return kinds with those of children of the register who are not on roll; ``is_known`` says that children are."""
    left = entries.groupby("entries").size().sub(kinds.groupby("entries")["children"].sum(), fill_value=0)
    left = left[(left > 0) & (left.index != "")]
    others = pd.DataFrame({"entries": left.index, "children": left.to_numpy(dtype="int64"), "code": 0})
    return pd.concat([kinds.assign(is_known=True), others.assign(is_known=False)], ignore_index=True)


def registered(kinds: pd.DataFrame, names: Sequence[str]) -> dict[Hashable, np.ndarray]:
    """Return of which kinds children are in each group of the register: by outcome, column, school year and value.

    The column is one of ``names``, or "all" with the value "".
    """
    groups: dict[Hashable, np.ndarray] = {}
    for position, text in enumerate(kinds["entries"]):
        for entry in filter(None, text.split(ENTRY)):
            year, outcome, *places = entry.split(FIELD)
            outcomes = ("registered", outcome, *(("returned",) if outcome.startswith("returned") else ()))
            for name, place in [("all", ""), *zip(names, places)]:
                for one in outcomes:
                    groups.setdefault((one, name, year, place), np.zeros(len(kinds), dtype=bool))[position] = True
    return groups


def by(kinds: pd.DataFrame, names: Sequence[str], rule: str) -> pd.DataFrame:
    """Return children by columns of the kinds: ``on_roll``, and ``children`` whom a rule finds."""
    kinds = kinds[kinds["is_known"]]
    numbers = kinds["children"].astype("int64")
    rows = kinds[list(names)].assign(on_roll=numbers, children=numbers.where(has(kinds, (FOUND, rule)), 0))
    return rows.groupby(list(names), as_index=False)[["on_roll", "children"]].sum()
