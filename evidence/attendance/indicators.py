"""Indicators of schooling, from counts: None where nobody is in the denominator, impossible counts refused."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import mean, median

import pandas as pd

from evidence.attendance.indicator_list import INDICATORS
from evidence.toolkit.messages import Listed, Message

IN_GROUP = "{group}: {why}"
BY_KEY = {indicator.key: indicator for indicator in INDICATORS}


def indicator(key: str, **counts: int) -> float | None:
    """Return an indicator in per cent by its key, None where its denominator is zero.

    Raises ValueError for an unknown key and for missing, unknown, negative or impossible counts.
    """
    if key not in BY_KEY:
        raise ValueError(f"no indicator {key}; there are: {', '.join(BY_KEY)}")
    return BY_KEY[key].value(**counts)


def out_of_school(population: int, enrolled: int, not_attending: int) -> dict[str, int]:
    """Return how many children are out of school by the administrative and by the report's rule.

    Raises ValueError where more are enrolled than there are children, or more do not attend than are enrolled.
    Source: p. 11, §2.1.
    """
    if not 0 <= not_attending <= enrolled <= population:
        raise ValueError(f"not attending {not_attending}, enrolled {enrolled}, population {population}: cannot be")
    return {"administrative": population - enrolled, "report": population - enrolled + not_attending}


def by_group(table: pd.DataFrame, key: str, by: Sequence[str] = ()) -> pd.DataFrame:
    """Return an indicator by columns of a table of counts, one row per group that occurs.

    ``table`` has the counts of the indicator, summed within each group. Columns: those of ``by``, the counts, and
    ``value_pct`` (missing where the denominator is zero). Raises ValueError as :func:`indicator` does, naming
    every group of which that is so.
    """
    counts = list(BY_KEY[key].counts)
    absent = [name for name in [*by, *counts] if name not in table.columns]
    if absent:
        raise ValueError(f"{key}: the table has no column {', '.join(absent)}")
    sums = table.groupby(list(by))[counts].sum().reset_index() if by else table[counts].sum().to_frame().T
    values, wrong = [], []
    for row in sums.to_dict("records"):
        try:
            values.append(indicator(key, **{name: row[name] for name in counts}))
        except ValueError as error:
            group = tuple(str(row[name]) for name in by)
            wrong.append(Message.of(IN_GROUP, group=group, why=error.args[0]) if by else error.args[0])
    if wrong:
        raise ValueError(Listed.joined(wrong, "; "))
    return sums.assign(value_pct=pd.array(values, dtype="Float64"))


def stay(days: Sequence[int]) -> dict[str, float | None]:
    """Return the average and the median length of stays in an institution, in days; None without any.

    Raises ValueError for a negative length. Source: p. 66, Recommendation 17.
    """
    if any(length < 0 for length in days):
        raise ValueError("a stay has at least 0 days")
    return {"average": mean(days) if days else None, "median": median(days) if days else None}
