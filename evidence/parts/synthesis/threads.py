"""Tables of the chapter on threads through time."""

from __future__ import annotations

import pandas as pd

from evidence.data import format, store
from evidence.data.records import PLACE
from evidence.exhibits.exhibit import linked
from evidence.figures.facets import years
from evidence.figures.formulas import share_pct

FIRST, LAST = 2008, 2023  # of the timeline
VERDICTS = list(store.labels("threads", "verdict").values())
STEPS = [label for code, label in store.labels("events", "timeline").items() if code != "other"]
UNDATED = "not printed"
CALLS = ("recommendation", "action")  # columns of the earlier record that are calls of a document
KINDS = {  # what an earlier record is called, by its column
    "recommendation": "Recommendation",
    "action": "Action",
    "finding": "Gap found",
    "instrument": "Law or plan",
    "system": "System",
}
TYPES = {  # kind of step of an instrument of the country, by its type
    "constitution": "law",
    "law": "law",
    "decree": "law",
    "decision": "law",
    "programme": "programme",
    "standard": "standard",
}


def _earlier(row) -> str:
    """Return the column of the earlier record of a thread."""
    return next(column for column in KINDS if getattr(row, column))


def _threads(is_call: bool) -> list:
    """Return the threads of calls, or those of everything else, by document and earlier place."""
    rows = [row for row in store.rows("threads").values() if (_earlier(row) in CALLS) is is_call]
    sources, order = list(store.rows("sources")), list(store.labels("threads", "verdict"))
    by_age = sorted(sources, key=lambda key: store.row("sources", key).year)
    return sorted(
        rows,
        key=lambda row: (by_age.index(row.earlier_source), order.index(row.verdict), row.id),
    )


def threads(is_call: bool) -> pd.DataFrame:
    """Return what later documents report of earlier calls, or of laws, plans, systems and gaps, one row a thread.

    Columns: ``Earlier`` (leading to the card of the thread), ``In`` (document), ``Kind`` (not for calls), ``Verdict``,
    ``What a later document says``, ``In the later document`` (its name and page), ``Link`` and ``Why``.
    Source: ``threads.csv``, judged twice from the lines of both documents.
    """
    rows, names = _threads(is_call), store.names("sources")
    verdicts, strengths = (store.labels("threads", column) for column in ("verdict", "strength"))
    frame = pd.DataFrame({"Earlier": linked([row.subject for row in rows], "thread", [row.id for row in rows])})
    frame["In"] = [names[row.earlier_source] for row in rows]
    if not is_call:
        frame["Kind"] = [KINDS[_earlier(row)] for row in rows]
    frame["Verdict"] = [verdicts[row.verdict] for row in rows]
    frame["What a later document says"] = [row.says for row in rows]
    frame["In the later document"] = [names.get(row.later_source, "") for row in rows]
    frame["Link"] = [strengths.get(row.strength, "") for row in rows]
    frame["Why"] = [row.reason for row in rows]
    return frame


def whole_calls() -> pd.DataFrame:
    """Return the best verdict on each whole recommendation, counted by document, one row each (4).

    Columns: ``Document`` and one for each of :data:`VERDICTS` (recommendations). A recommendation counts once, with
    the strongest verdict on itself; what later documents report of its parts is not counted.
    """
    order = list(store.labels("threads", "verdict"))
    best: dict[str, tuple[str, str]] = {}
    for row in store.rows("threads").values():
        if not row.recommendation or store.row("recommendations", row.recommendation).parent:
            continue
        known = best.get(row.recommendation)
        if known is None or order.index(row.verdict) < order.index(known[1]):
            best[row.recommendation] = (row.earlier_source, row.verdict)
    labels, names = store.labels("threads", "verdict"), store.names("sources")
    frame = pd.DataFrame(
        [(names[source], labels[verdict]) for source, verdict in best.values()], columns=["Document", "Verdict"]
    )
    by_age = [names[key] for key in sorted(names, key=lambda key: store.row("sources", key).year)]
    followed = [name for name in by_age if name in set(frame["Document"])]
    table = pd.crosstab(frame["Document"], frame["Verdict"]).reindex(index=followed, columns=VERDICTS, fill_value=0)
    return table.rename_axis(columns=None).reset_index()


def agreement() -> pd.DataFrame:
    """Return how the two judgements of the threads agree, one row per document and measure.

    Columns: ``Judged``, ``Document``, ``n`` (threads both judged), ``Equal``, ``Equal, %``, ``Kappa`` (Cohen's).
    Source: ``extraction_agreement.csv``.
    """
    rows, names = store.load("extraction_agreement").query("table == 'threads'"), store.names("sources")
    frame = pd.DataFrame({"Judged": rows["measure"], "Document": rows["source"].map(names)})
    frame["n"], frame["Equal"] = rows["n_compared"].astype(int), rows["n_equal"].astype(int)
    frame["Equal, %"] = share_pct(frame["Equal"].astype(float), frame["n"].astype(float))
    frame["Kappa"] = rows["kappa"]
    return frame.reset_index(drop=True)


# --- the timeline ------------------------------------------------------------------------------------


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
    names, dates = store.names("sources"), store.fields_of(store.schema()["events"])["date"]
    frame = pd.DataFrame(
        {"Step": [cell for row in rows.itertuples() for cell in linked([row.name], row.record, [row.id])]}
    )
    frame["When"] = [format.value(when, dates) or UNDATED for when in rows["when"]]
    frame["Kind"] = rows["kind"].tolist()
    frame["Document"] = rows["source"].map(names).tolist()
    frame[PLACE] = rows[PLACE].to_numpy()
    return frame


def timeline() -> pd.DataFrame:
    """Return the laws, bodies, programmes, standards, surveys and services of 2008-2023, one row each, by date.

    Columns: ``Step`` (leading to its card), ``When`` (as printed), ``Kind``, ``Document``, then those of the place. A
    step belongs to the year it begins. One that two documents tell stands twice, as the rows are not merged.
    """
    rows = _steps()
    rows = rows[rows["year"].isin([str(year) for year in range(FIRST, LAST + 1)])]
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
    span = [str(year) for year in range(FIRST, LAST + 1)]
    table = table.reindex(index=span, columns=STEPS, fill_value=0).rename_axis(index="Year", columns="Kind")
    return table.stack().rename("Steps").reset_index()
