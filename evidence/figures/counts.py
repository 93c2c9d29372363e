"""Counts of rows by two of their columns."""

from __future__ import annotations

import pandas as pd


def counted(frame: pd.DataFrame, row: str, column: str) -> pd.DataFrame:
    """Return how many rows of a frame have each pair of values: a row per ``row``, a column per ``column``."""
    return pd.crosstab(frame[row], frame[column]).rename_axis(columns=None).reset_index()
