"""Tables of the chapter on the timeline."""

from __future__ import annotations

import pandas as pd

from evidence.data import format, own_limits, store
from evidence.data.records import PLACE, newest_year
from evidence.exhibits.exhibit import linked
from evidence.figures.facets import years

STEPS = [label for code, label in store.labels("events", "timeline").items() if code != "other"]
UNDATED = "not given"
TYPES = {  # kind of step of an instrument of the country, by its type
    "constitution": "law",
    "law": "law",
    "decree": "law",
    "decision": "law",
    "programme": "programme",
    "standard": "standard",
}


def _steps() -> pd.DataFrame:
    """Return every step of the country, each once: events, then instruments and surveys that no event tells of."""
    labels = store.labels("events", "timeline")
    events = store.load("events")
    told_laws, told_systems = set(events["instrument"]), set(events["system"])
    events = events[events["timeline"] != "other"]
    events = events.assign(record="event", kind=events["timeline"], when=events["date"])
    laws = store.load("instruments")
    laws = laws[laws["type"].isin(TYPES) & ~laws["id"].isin(told_laws)]
    laws = laws.assign(record="instrument", kind=laws["type"].map(TYPES), when=laws["date"])
    systems = store.load("systems").query("scope == 'kazakhstan' and kind in ['survey', 'census']")
    systems = systems[~systems["id"].isin(told_systems)]
    systems = systems.assign(record="system", kind="survey", when=systems["period"])
    columns = ["id", "record", "name", "kind", "when", *PLACE]
    rows = pd.concat([part[columns] for part in (events, laws, systems)], ignore_index=True)
    rows["year"] = [next(iter(years(when)), "") for when in rows["when"]]
    return rows.assign(kind=rows["kind"].map(labels))


def _shown(rows: pd.DataFrame) -> pd.DataFrame:
    names, dates = store.names("sources"), store.fields("events")["date"]
    frame = pd.DataFrame(
        {"Step": [cell for row in rows.itertuples() for cell in linked([row.name], row.record, [row.id])]}
    )
    frame["When"] = [format.value(when, dates) or UNDATED for when in rows["when"]]
    frame["Kind"] = rows["kind"].tolist()
    frame["Document"] = rows["source"].map(names).tolist()
    frame[PLACE] = rows[PLACE].to_numpy()
    return frame


def span() -> list[str]:
    """Return the years of the timeline, from the first one on (our limit) to that of the newest document."""
    return [str(year) for year in range(own_limits.timeline_begins(), newest_year() + 1)]


def timeline() -> pd.DataFrame:
    """Return the laws, bodies, programmes, standards, surveys and services of these years, one row each, by date.

    Columns: ``Step`` (leading to its card), ``When`` (as printed), ``Kind``, ``Document``, then those of the place. A
    step belongs to the year it begins. One that two documents tell stands twice, as the rows are not merged.
    """
    rows = _steps()
    rows = rows[rows["year"].isin(span())]
    return _shown(rows.sort_values(["year", "when", "source", "name"], kind="stable"))


def undated() -> pd.DataFrame:
    """Return the steps whose year no document prints, one row each, by kind; columns as in :func:`timeline`."""
    rows = _steps().query("when == ''")
    order = {label: place for place, label in enumerate(STEPS)}
    return _shown(rows.assign(order=rows["kind"].map(order)).sort_values(["order", "source", "name"], kind="stable"))


def by_year() -> pd.DataFrame:
    """Return how many steps of :func:`timeline` begin in each year, one row per year and kind.

    Columns: ``Year``, ``Kind``, ``Steps``; a pair without a step is 0.
    """
    rows = _steps()
    table = pd.crosstab(rows["year"], rows["kind"])
    table = table.reindex(index=span(), columns=STEPS, fill_value=0).rename_axis(index="Year", columns="Kind")
    return table.stack().rename("Steps").reset_index()
