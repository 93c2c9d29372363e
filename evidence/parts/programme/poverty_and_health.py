"""Tables of the chapter on poverty and health, and of the figures on the country of the whole part."""

from __future__ import annotations

import pandas as pd

from evidence.data import format, store
from evidence.data.records import PLACE, fact, flags
from evidence.exhibits.exhibit import linked
from evidence.exhibits.frames import printed

UNNAMED, UNDATED = "nobody named", "not given"


def shown(item) -> str:
    """Return a fact as the document prints it, or that its number is lost."""
    return "number lost" if format.LOST in flags(item) else item.as_reported


def figures(*areas: str) -> pd.DataFrame:
    """Return what the annual report says of the country, one row per figure, or those on some areas.

    Columns: ``Figure`` (leading to the fact), ``As given``, ``As of``, ``Measured by`` ("nobody named" where the text
    is silent), ``Comparable`` (with what, and why: our reading), then those of the place.
    Source: unicefkz2023annual, Parts 1, 2 and 4, as coded in ``country_figures.csv``.
    """
    rows = store.load("country_figures").sort_values("order", ignore_index=True)
    if areas:
        rows = rows[rows["area"].isin(areas)].reset_index(drop=True)
    ways = store.labels("country_figures", "compare")
    items = [fact(key) for key in rows["fact"]]
    frame = pd.DataFrame({"Figure": linked(rows["what"], "fact", rows["fact"])})
    period = store.fields("facts")["period"]
    frame["As given"] = [shown(item) for item in items]
    frame["As of"] = [format.value(item.period, period) or UNDATED for item in items]
    frame["Measured by"] = [item.measured_by or UNNAMED for item in items]
    compare = rows["compare"].map(ways)
    frame["Comparable"] = compare.str[:1].str.upper() + compare.str[1:] + ": " + rows["reason"].map(format.lowered)
    frame[PLACE] = [[getattr(item, name) for name in PLACE] for item in items]
    return frame


def poverty() -> pd.DataFrame:
    """Return the share of people below the poverty line, one row per place: the country and its poorest region.

    Columns: ``Place``, ``Below the poverty line, %``. Source: unicefkz2023annual, Part 1.
    """
    return printed("year-poverty", "Place", value="Below the poverty line, %")
