"""Small cells of tables are left out, and one more where a sum would bring a single one back."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from evidence.listening.rules import Parameter, Rule

UNDER = Parameter("under", 5, "ours", "the custom of statistical offices", "Counts under this are not shown (0: all)")
SMALL_CELLS = Rule(
    "small_cells",
    "Small cells",
    "A count of 1 to {under} less one is not shown, nor is a share that leaves so few; in a table that adds up to a "
    "shown sum the next smallest count goes as well. Hashtags and words need {under} authors as well",
    "ours",
    "the study prints no rule; it protected privacy (p. 10-11)",
    (UNDER,),
)


def is_small(counts: pd.Series, under: int) -> pd.Series:
    """Return which counts are at least 1 and less than ``under``."""
    return (counts > 0) & (counts < under)


def published(
    table: pd.DataFrame,
    count: str,
    gone: Sequence[str],
    under: int = 5,
    whole: str = "",
    adds_up: Sequence[str] | None = None,
) -> tuple[pd.DataFrame, int]:
    """Return a table with small counts missing, and how many that is.

    ``count`` is the column looked at, ``gone`` the columns that go with it. With ``whole`` a count that leaves few of
    its base goes too. ``adds_up`` are the columns of a group whose counts add up to a sum that is shown ([]: the whole
    table): there the smallest other count goes with the hidden ones, since two small ones with a known sum give each
    other away; one of 0 only where there is no other.
    """
    counts = table[count].astype("Int64")
    hidden = is_small(counts, under).fillna(False)
    if whole:
        hidden |= is_small(table[whole].astype("Int64") - counts, under).fillna(False)
    if adds_up is not None:
        groups = [table.index] if not adds_up else [part.index for _, part in table.groupby(list(adds_up))]
        for rows in groups:
            if hidden.loc[rows].any():
                others = counts.loc[rows][~hidden.loc[rows]].dropna()
                if len(others):
                    hidden.loc[min(others.index, key=lambda row: (others[row] == 0, others[row]))] = True
    shown = table.copy()
    for column in [count, *gone]:
        kind = "Int64" if pd.api.types.is_integer_dtype(shown[column]) else "Float64"
        shown[column] = shown[column].astype(kind).mask(hidden)
    if whole:
        shown[whole] = shown[whole].astype("Int64").mask(is_small(shown[whole].astype("Int64"), under).fillna(False))
    return shown, int(hidden.sum())
