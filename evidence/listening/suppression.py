"""Small counts of tables are left out: the rule."""

from __future__ import annotations

import pandas as pd

from evidence.listening.rules import Parameter, Rule

UNDER = Parameter("under", 5, "ours", "the custom of statistical offices", "Counts under this are not shown (0: all)")
SMALL_CELLS = Rule(
    "small_cells",
    "Small cells",
    "A count above 0 and below {under} is not shown, nor one of posts that fewer than {under} people of the public "
    "wrote, nor one that leaves so few of its base. A post without a known author counts as written by one of its own. "
    "Other counts are left out with it, until all tables together leave at least {under} values that it may have. "
    "Hashtags and words need {under} known authors",
    "ours",
    "the study prints no rule; it protected privacy (p. 10-11). That few contributors make a count as unsafe as a "
    "small one is a rule of statistical offices (in software: NContributorsRule of the R package GaussSuppression). "
    "Their rules of dominance are not taken: they hide how large one contributor is, as a public account shows",
    (UNDER,),
)


def is_small(counts: pd.Series, under: int) -> pd.Series:
    """Return which counts are at least 1 and less than ``under``."""
    counts = counts.astype("Float64")
    return ((counts > 0) & (counts < under)).fillna(False).astype(bool)


def emptied(table: pd.DataFrame, rows: pd.Series, columns: list[str]) -> pd.DataFrame:
    """Return a table whose rows have no value in columns."""
    made = table.copy()
    for column in columns:
        kind = "Int64" if pd.api.types.is_integer_dtype(made[column]) else "Float64"
        made[column] = made[column].astype(kind).mask(rows.astype(bool))
    return made
