"""Tables of the chapter on what closed schools changed for pupils, parents and teachers."""

from __future__ import annotations

import pandas as pd

from evidence.data import dates, store
from evidence.data.order import in_order
from evidence.data.records import PLACE
from evidence.data.store import of_document
from evidence.exhibits.exhibit import linked
from evidence.exhibits.frames import labelled
from evidence.parts.education import REMOTE

EFFECTS = "pandemic_effects"
THEMES, WHOM = store.labels(EFFECTS, "theme"), store.labels(EFFECTS, "whom")
DIRECTIONS = store.labels(EFFECTS, "direction")
FIRST_YEAR = "2020"  # the chronology begins with the closing of schools


def effects() -> pd.DataFrame:
    """Return what the findings say of each group, one row per finding and group, by theme and group.

    Columns: ``Theme``, ``Whom``, ``Direction``, ``What is said`` (the finding, linked), ``Women or girls`` ("named" or
    ""), then ``PLACE``. Source: covidgender2021, Findings and Conclusion, as coded in ``pandemic_effects.csv``.
    """
    orders = {"theme": THEMES, "whom": WHOM, "direction": DIRECTIONS}
    rows = in_order(store.load(EFFECTS), *orders, **orders)
    said = of_document("findings", REMOTE).set_index("id").loc[rows["finding"]].reset_index()
    frame = labelled(rows, EFFECTS, "theme", "whom", "direction").reset_index(drop=True)
    frame = frame.rename(columns={"theme": "Theme", "whom": "Whom", "direction": "Direction"})
    frame["What is said"] = linked(said["statement"], "finding", said["id"])
    frame["Women or girls"] = frame["gendered"].map({True: "named", False: ""})
    frame[PLACE] = said[PLACE]
    return frame[["Theme", "Whom", "Direction", "What is said", "Women or girls", *PLACE]]


def told(directions: set[str]) -> str:
    """Return in words what statements tell, from their directions ("hurt", "helped", "both")."""
    hurt, helped = ("both" in directions or name in directions for name in ("hurt", "helped"))
    return {(True, False): "burdens", (False, True): "relief", (True, True): "burdens and relief"}.get(
        (hurt, helped), "nothing said"
    )


def by_theme() -> pd.DataFrame:
    """Return what each group is said to have met, one row per theme, in the order of the study.

    Columns: ``Theme``, then one per group: "burdens", "relief", "burdens and relief" or "nothing said".
    Source: as :func:`effects`.
    """
    cells = store.load(EFFECTS).groupby(["theme", "whom"])["direction"].agg(set)
    return pd.DataFrame(
        [
            {"Theme": theme} | {whom: told(cells.get((code, group), set())) for group, whom in WHOM.items()}
            for code, theme in THEMES.items()
        ]
    )


def gendered() -> pd.DataFrame:
    """Return the rows of :func:`effects` whose passage names women, girls or mothers, without that column."""
    return effects().query("`Women or girls` != ''").drop(columns="Women or girls").reset_index(drop=True)


def chronology() -> pd.DataFrame:
    """Return what happened from the closing of schools on, one row per event, by date.

    Columns: ``When`` (as far as printed), ``Event`` (linked), ``What it was``, then ``PLACE``.
    Source: covidgender2021, whole, as coded in ``events.csv``.
    """
    rows = of_document("events", REMOTE).query("date >= @FIRST_YEAR").sort_values("date", ignore_index=True)
    frame = pd.DataFrame({"When": rows["date"].map(dates.reads)})
    frame["Event"], frame["What it was"] = linked(rows["name"], "event", rows["id"]), rows["what"]
    frame[PLACE] = rows[PLACE]
    return frame


def recommendations() -> pd.DataFrame:
    """Return the recommendations beside how the summary words them, one row each, in their order.

    Columns: ``No.``, ``Who is asked``, ``Recommendation`` (of the full text, linked), ``The summary`` (how it differs),
    ``What differs`` ("nothing" where nothing does), then ``PLACE`` of the summary.
    Source: covidgender2021, Executive Summary and Recommendations, as coded in ``recommendation_summaries.csv``.
    """
    rows = labelled(store.load("recommendation_summaries"), "recommendation_summaries", "difference")
    calls = store.load("recommendations").set_index("id").loc[rows["recommendation"]].reset_index()
    frame = pd.DataFrame({"No.": calls["number"], "Who is asked": calls["addressee"]})
    frame["Recommendation"] = linked(calls["statement"], "recommendation", calls["id"])
    frame["The summary"], frame["What differs"] = rows["difference"], rows["what"].replace("", "nothing")
    frame[PLACE] = rows[PLACE]
    return frame.sort_values("No.", ignore_index=True)
