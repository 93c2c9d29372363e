"""Shares with their intervals, and how a change of a share comes about."""

from __future__ import annotations

from collections.abc import Mapping
from statistics import NormalDist
from typing import Any

import pandas as pd

from evidence.attendance.rules import Parameter, Rule

WILSON = Rule(
    "wilson",
    "Interval of a share",
    "A share stands with its Wilson score interval at {confidence:.0%}. It treats the children as a sample, "
    "which a full register is not: a reading aid for small numbers",
    "Wilson 1927, Journal of the American Statistical Association 22(158), 209-212",
    "imported",
    (Parameter("confidence", 0.95, "ours", "the custom", "Level of confidence"),),
)
KITAGAWA = Rule(
    "decomposition",
    "Parts of a change",
    "A change of a share is split into change of rates (each group's change of rate, at its average size) and change "
    "of composition (each group's change of size, at its average rate); the two add up to the change",
    "Kitagawa 1955, Journal of the American Statistical Association 50(272), 1168-1194",
    "imported",
    (
        Parameter(
            "empty_groups",
            "the rate of the other year",
            "ours",
            "a group without members has no rate; all its part is then composition",
            "Rate of a group that is empty in one year",
        ),
    ),
)


def share_pct(part: int, whole: int) -> float | None:
    """Return a share in per cent, None for an empty base. Raises ValueError for impossible counts."""
    if not 0 <= part <= whole:  # nor where one of them is not a number
        raise ValueError(f"{part} of {whole}: a part is at least 0 and at most its whole")
    return 100 * part / whole if whole else None


def wilson_pct(part: int, whole: int, confidence: float = 0.95) -> tuple[float, float] | None:
    """Return the Wilson score interval of a share in per cent (low, high), None for an empty base.

    Centre (p + z²/2n) / (1 + z²/n), half width z/(1 + z²/n) · √(p(1−p)/n + z²/4n²), with p = part / whole, n = whole
    and z the normal quantile; exactly 0 below a part of 0, and 100 above one that is the whole. Source: Wilson 1927.
    Raises ValueError for impossible counts, or a confidence that is none.
    """
    if not 0 < confidence < 1:
        raise ValueError(f"{confidence} is no confidence between 0 and 1")
    if share_pct(part, whole) is None:
        return None
    z = NormalDist().inv_cdf(0.5 + confidence / 2)
    p, n = part / whole, whole
    centre = (p + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z / (1 + z**2 / n) * (p * (1 - p) / n + z**2 / (4 * n**2)) ** 0.5
    return 100 * (centre - half) if part else 0.0, 100 * (centre + half) if part < whole else 100.0


def with_interval(table: pd.DataFrame, part: str, whole: pd.Series | int | None) -> pd.DataFrame:
    """Return a table with the share of a count and its Wilson interval, in per cent.

    ``whole`` is the base, of each row or of all. Adds ``share_pct``, ``low_pct`` and ``high_pct``, missing where one of
    the counts is or the base is empty. Source: Wilson 1927.
    """
    wholes = whole if isinstance(whole, pd.Series) else pd.Series([whole] * len(table), index=table.index)
    rows = []
    for one, all_ in zip(table[part], wholes):
        known = None if pd.isna(one) or pd.isna(all_) else (int(one), int(all_))
        low, high = (wilson_pct(*known) if known else None) or (None, None)
        rows.append((share_pct(*known) if known else None, low, high))
    names = ("share_pct", "low_pct", "high_pct")
    columns = dict(zip(names, zip(*rows))) if rows else dict.fromkeys(names, ())
    return table.assign(**{name: pd.array(list(values), dtype="Float64") for name, values in columns.items()})


def decomposed(before: Mapping[Any, tuple[int, int]], after: Mapping[Any, tuple[int, int]]) -> pd.DataFrame:
    """Return how much of the change of a share each group brings, in points of per cent; the last row is the total.

    ``before`` and ``after`` give (part, whole) per group; a group that one of them lacks has no members there.
    Columns: ``group``, ``rate_before``, ``rate_after``, ``size_before``, ``size_after`` (per cent), ``by_rates``,
    ``by_composition`` and ``change`` (points). Source: Kitagawa 1955. Raises ValueError for an empty year.
    """
    groups = list(dict.fromkeys([*before, *after]))
    years = [{group: year.get(group, (0, 0)) for group in groups} for year in (before, after)]
    totals = [sum(whole for _, whole in year.values()) for year in years]
    if not all(totals):
        raise ValueError("a year without anyone has no share to compare")
    rows = []
    for group in groups:
        rates = [share_pct(*year[group]) for year in years]
        known = [rate for rate in rates if rate is not None] or [0.0]
        one, two = (known[0] if rate is None else rate for rate in rates)
        sizes = [100 * year[group][1] / total for year, total in zip(years, totals)]
        by_rates = (two - one) * (sizes[0] + sizes[1]) / 200
        by_composition = (sizes[1] - sizes[0]) * (one + two) / 200
        rows.append((group, *rates, *sizes, by_rates, by_composition, by_rates + by_composition))
    names = ["group", "rate_before", "rate_after", "size_before", "size_after", "by_rates", "by_composition", "change"]
    table = pd.DataFrame(rows, columns=names)
    shares = [100 * sum(part for part, _ in year.values()) / total for year, total in zip(years, totals)]
    table.loc[len(table)] = ["total", *shares, 100.0, 100.0, *table[names[-3:]].sum()]
    return table
