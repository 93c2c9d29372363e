"""Tables of the chapter on the register of children missing school."""

from __future__ import annotations

import pandas as pd

from evidence.data import own_limits, store
from evidence.exhibits.frames import side_by_side
from evidence.figures.formulas import share_pct
from evidence.figures.intervals import interval_pct

HEADS = {
    "place": "Region",
    "out_of_school": "Not returned",
    "registered": "On the register",
    "ranked_pct": "Share, %",
    "low_pct": "Interval from, %",
    "high_pct": "to, %",
    "place_id": "place_id",
}


def by_region() -> pd.DataFrame:
    """Return the register by region and school year, one row each.

    Columns: ``school_year``, ``place`` (name), ``registered``, ``out_of_school``, ``rural_registered``,
    ``urban_registered`` (children; urban is the whole region less its rural part), ``share_pct`` (not returned, of
    registered), ``low_pct``, ``high_pct`` (Wilson interval, missing where small), ``is_small`` (fewer than our limit
    registered), ``ranked_pct`` (``share_pct``, missing where small), ``place_id``.
    Source: antonowicz2013oosc, Annex 1, Tables 6 and 7.
    """
    places = store.load("places").query("kind != 'country'").set_index("id")["name"]
    rows = store.load("antonowicz2013oosc_profiles")
    wide = rows[rows["place"].isin(places.index)].set_index(["school_year", "place"])
    whole, rural = wide[wide["area"] == "total"], wide[wide["area"] == "rural"]
    frame = whole[["registered", "out_of_school"]].astype("int64")
    frame["rural_registered"] = rural["registered"].reindex(frame.index).fillna(0).astype("int64")
    frame["urban_registered"] = frame["registered"] - frame["rural_registered"]
    frame["share_pct"] = share_pct(frame["out_of_school"], frame["registered"])
    intervals = [interval_pct(*pair) for pair in zip(frame["out_of_school"], frame["registered"])]
    frame["low_pct"], frame["high_pct"] = zip(*intervals)
    frame["is_small"] = frame["registered"] < own_limits.small_register()
    frame.loc[frame["is_small"], ["low_pct", "high_pct"]] = float("nan")
    frame["ranked_pct"] = frame["share_pct"].mask(frame["is_small"])
    frame = frame.reset_index()
    frame["place_id"] = frame["place"]
    frame["place"] = frame["place"].map(places)
    return frame


def change_by_region() -> pd.DataFrame:
    """Return the children on the register per region, one row each, the most in the first year first.

    Columns: ``Region`` and one per school year (children). Source: as :func:`by_region`.
    """
    wide = by_region().pivot(index="place", columns="school_year", values="registered")
    wide = wide.sort_values(list(wide.columns)[0], ascending=False)
    return wide.rename_axis(index="Region", columns=None).reset_index()


def shares_by_region() -> pd.DataFrame:
    """Return the shares not returned in the last school year, one row per region, by name.

    Columns: ``Region``, ``Not returned``, ``On the register`` (children), ``Share, %`` (not returned, of registered)
    with the Wilson interval ``Interval from, %`` and ``to, %``, all three missing where small, ``place_id``.
    Source: as :func:`by_region`.
    """
    rows = by_region()
    latest = rows[rows["school_year"] == rows["school_year"].max()]
    return latest[list(HEADS)].rename(columns=HEADS).reset_index(drop=True)


def ranked_regions() -> pd.DataFrame:
    """Return the rows of :func:`shares_by_region` that have a share, the highest first."""
    return shares_by_region().dropna(subset="Share, %").sort_values("Share, %", ascending=False, ignore_index=True)


def by_year() -> pd.DataFrame:
    """Return the national register, one row per school year, in order; 2009-10 is not printed and missing.

    Columns: ``School year``, ``On the register`` and ``Not returned`` (children), ``Share not returned, %``
    (not returned, of registered). Source: antonowicz2013oosc, §3.2.3 and Table 3.
    """
    return side_by_side("register-national", "School year")


def by_area() -> pd.DataFrame:
    """Return the register by area (rural, urban) and school year, one row each.

    Columns: ``Area``, ``School year``, ``On the register`` and ``Not returned`` (children; urban is the national
    total less the rural part), ``Share not returned, %``. Source: antonowicz2013oosc, Chart 3, Annex Tables 6 and 7.
    """
    return side_by_side("register-urban-rural", "School year", group="Area")


def profile() -> pd.DataFrame:
    """Return the children not returned by category, one row each; a child may be in several.

    Columns: ``Category`` and one per school year (share of children not returned, per cent).
    Source: antonowicz2013oosc, Chart 4.
    """
    return side_by_side("register-profile", "Category")
