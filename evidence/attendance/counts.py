"""Counts for published tables, from the rows of children, on any engine."""

from __future__ import annotations

from collections.abc import Sequence

import narwhals.stable.v2 as nw
import pandas as pd

from evidence.attendance.explorer import STATES
from evidence.toolkit.frames import Frame, flag, grouped, portable

BANDS: tuple[tuple[int, int | None], ...] = ((1, 1), (2, 3), (4, 5), (6, 10), (11, 20), (21, None))  # school days; ours


def _number(condition: nw.Expr) -> nw.Expr:
    """Return how many rows meet a condition."""
    return flag(condition).sum().cast(nw.Int64)


def _yes(name: str) -> nw.Expr:
    return ~nw.col(name).is_null()


@portable
def overlap(reached: Frame, one: str, other: str) -> Frame:
    """Return one row: how many children two rules find: ``both``, ``only_one``, ``only_other``."""
    return reached.select(
        both=_number(_yes(one) & _yes(other)),
        only_one=_number(_yes(one) & ~_yes(other)),
        only_other=_number(~_yes(one) & _yes(other)),
    )


@portable
def by_state(states: Frame, keys: Sequence[str]) -> Frame:
    """Return one row: how many children are in each state by each rule, in columns such as ``over_10 undetermined``."""
    return states.select(**{f"{key} {state}": _number(nw.col(key) == state) for key in keys for state in STATES})


@portable
def lengths(episodes: Frame) -> Frame:
    """Return how many episodes have each length of ``BANDS``, in columns ``band_0``, ``band_1`` ..., and of how many.

    A row is for ``children`` who have episodes of the same bands: ``code`` has the bit of each of them.
    """
    length = nw.col("school_days")
    tests = [(length >= low) & (length <= high) if high else length >= low for low, high in BANDS]
    names = [f"band_{position}" for position in range(len(BANDS))]
    rows = episodes.with_columns(**{name: flag(test).cast(nw.Int64) for name, test in zip(names, tests)})
    rows = grouped(rows, ["child"], **{name: nw.col(name).sum() for name in names})
    bits = [flag(nw.col(name) > 0) * 2**position for position, name in enumerate(names)]
    rows = rows.with_columns(code=sum(bits, start=nw.lit(0)).cast(nw.Int64))
    return grouped(rows, ["code"], children=nw.len(), **{name: nw.col(name).sum() for name in names})


def by_length(runs: pd.DataFrame) -> pd.DataFrame:
    """Return episodes by length, from :func:`lengths`: ``from_days``, ``to_days`` (school days), ``episodes``.

    ``to_days`` is missing for the longest, which have no end.
    """
    rows = [(*band, int(runs[f"band_{position}"].sum())) for position, band in enumerate(BANDS)]
    return pd.DataFrame(rows, columns=["from_days", "to_days", "episodes"]).astype({"to_days": "Int64"})


@portable
def days_of(days: Frame) -> Frame:
    """Return one row on numbered school days: ``school_days`` of all schools, ``unrecorded`` and ``schools``."""
    return days.select(
        school_days=nw.len().cast(nw.Int64),
        unrecorded=_number(nw.col("is_recorded") == 0),
        schools=nw.col("school").n_unique().cast(nw.Int64),
    )


@portable
def number_of(rows: Frame) -> Frame:
    """Return one row: the ``rows`` of a frame."""
    return rows.select(rows=nw.len().cast(nw.Int64))


@portable
def span(days: Frame) -> Frame:
    """Return one row: the ``first`` and the ``last`` school day."""
    return days.select(first=nw.col("day").min().cast(nw.Int64), last=nw.col("day").max().cast(nw.Int64))


@portable
def missing_much(shares: Frame) -> Frame:
    """Return the children who reach a share of days missed: ``child``."""
    return shares.filter(nw.col("is_reached") == 1).select("child")


@portable
def absences_of_all(reached: Frame) -> Frame:
    """Return one row: ``children`` absent on any day, ``absent`` and ``unexcused`` days of all, and how many children
    have days ``without`` and ``with_reason``."""
    return reached.select(
        children=nw.len().cast(nw.Int64),
        without=_number(nw.col("unexcused") > 0),
        with_reason=_number(nw.col("absent") > nw.col("unexcused")),
        absent=nw.col("absent").sum().cast(nw.Int64),
        unexcused=nw.col("unexcused").sum().cast(nw.Int64),
    )


@portable
def on_roll(enrolment: Frame) -> Frame:
    """Return one row: ``children`` on any roll."""
    return enrolment.select(children=nw.col("child").n_unique().cast(nw.Int64))


@portable
def schools_on_roll(enrolment: Frame) -> Frame:
    """Return one row: the ``schools`` with any child on roll."""
    return enrolment.select(schools=nw.col("school").n_unique().cast(nw.Int64))


@portable
def last_schools(enrolment: Frame) -> Frame:
    """Return the school of each child's last spell: ``child``, ``school``."""
    last = enrolment.filter(nw.col("start") == nw.col("start").max().over("child"))
    return last.filter(nw.col("school") == nw.col("school").max().over("child")).select("child", "school").unique()
