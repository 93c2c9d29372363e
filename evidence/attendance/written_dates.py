"""Dates as people write them in lists: ISO, or 15.05.2012; never a guess which number is the month."""

from __future__ import annotations

import pandas as pd

FORMS = (r"\d{4}-\d{2}-\d{2}", "%Y-%m-%d"), (r"\d{1,2}\.\d{1,2}\.\d{4}", "%d.%m.%Y")
TIME = r"[ T]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?"


def as_dates(column: pd.Series) -> pd.Series:
    """Return texts or dates as dates without their time, missing where they are neither ISO nor 15.05.2012."""
    if pd.api.types.is_datetime64_any_dtype(column):
        return column.dt.normalize()
    texts = column.map(str, na_action="ignore").astype("string").str.strip()
    texts = texts.str.replace(TIME + "$", "", regex=True)
    found = pd.Series(pd.NaT, index=column.index, dtype="datetime64[ns]")
    for pattern, form in FORMS:
        known = texts.str.fullmatch(pattern).fillna(False).astype(bool)
        found[known] = pd.to_datetime(texts[known], format=form, errors="coerce")
    return found
