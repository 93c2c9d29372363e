"""Counts: of rows by two of their columns, and of the people behind the rounded shares that a table prints."""

from __future__ import annotations

import math

import pandas as pd

from evidence.figures.formulas import count_of, share_pct


def counted(frame: pd.DataFrame, row: str, column: str) -> pd.DataFrame:
    """Return how many rows of a frame have each pair of values: a row per ``row``, a column per ``column``."""
    return pd.crosstab(frame[row], frame[column]).rename_axis(columns=None).reset_index()


def people(share: float, group: float) -> float:
    """Return the number of people in a group whose share, rounded to a whole per cent, is the printed one.

    NaN where no number gives it, or the share is missing. Below a hundred people at most one number can.
    """
    if math.isnan(share):
        return math.nan
    found = count_of(share, group)
    return found if count_of(share_pct(found, group), 100) == share else math.nan


def sizes(shares: list[float], most: int) -> list[int]:
    """Return the sizes of a group, up to ``most``, whose people can be divided into exactly these printed shares."""
    return [size for size in range(1, most + 1) if sum(people(share, size) for share in shares) == size]
