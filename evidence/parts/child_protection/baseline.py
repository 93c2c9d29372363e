"""Tables of the chapter that sets 2011 against 2021."""

from __future__ import annotations

import pandas as pd

from evidence.data import store
from evidence.data.order import in_order
from evidence.data.records import PLACE
from evidence.data.store import of_document
from evidence.exhibits.exhibit import linked
from evidence.exhibits.frames import labelled
from evidence.parts.child_protection.evaluation import COMPONENTS, EVALUATION

CHANGE = "Change (our reading)"
STEPS = list(store.labels("reforms", "step").values())


def _pairs() -> pd.DataFrame:
    """Return the rows of ``baseline_pairs.csv`` by component, then in the order of the statements on 2011."""
    rows = of_document("baseline_pairs", EVALUATION)
    return in_order(rows, "component", "lines", "id", component=COMPONENTS)


def changes() -> pd.DataFrame:
    """Return the change of each matter since 2011, one row per matter, by change and component.

    Columns: ``Matter``, ``Component`` and ``Change (our reading)``. Source: as of :func:`statements`.
    """
    rows = in_order(_pairs(), "change", change=store.labels("baseline_pairs", "change"))
    rows = labelled(rows, "baseline_pairs", "component", "change")
    heads = {"matter": "Matter", "component": "Component", "change": CHANGE}
    return rows[list(heads)].rename(columns=heads)


def statements() -> pd.DataFrame:
    """Return what is said of 2011 set against later findings, one row per matter, by component.

    Columns: ``Component and matter`` (leading to the comparison), ``In 2011`` and ``Found by 2021`` (statements of the
    findings), ``Change (our reading)``, then those of the place of the statement on 2011. Source: cecchetti2021vac, the
    section on the baseline and, where it is silent, §6.1, §6.2 and the limitations, as coded in ``baseline_pairs.csv``.
    """
    rows = labelled(_pairs(), "baseline_pairs", "component", "change")
    said = store.rows("findings")
    matters = rows["component"] + ": " + rows["matter"].str[:1].str.lower() + rows["matter"].str[1:]
    frame = pd.DataFrame({"Component and matter": linked(matters, "comparison", rows["id"])})
    for head, column in (("In 2011", "baseline"), ("Found by 2021", "later")):
        frame[head] = [" ".join(said[key].statement for key in store.items(keys)) for keys in rows[column]]
    frame[CHANGE] = rows["change"]
    frame[PLACE] = rows[PLACE]
    return frame


def reforms() -> pd.DataFrame:
    """Return reforms of the system from 2011 to 2021 that have a year, one row per event, in the order of time.

    Columns: ``Reform``, ``Year`` (text; of what went on for years, the last), ``Kind`` (law, policy, body, service,
    standard), ``Step`` (one of :data:`STEPS`), ``Component``, ``id`` of the event, then those of the place. Choice,
    kind and component are ours (``reforms.csv``). Source: cecchetti2021vac, whole, as coded in ``events.csv``.
    """
    chosen = labelled(store.load("reforms"), "reforms", "component", "kind", "step").drop(columns="id")
    rows = of_document("events", EVALUATION).merge(chosen, left_on="id", right_on="event")
    years = rows["date"].str.extract(r"(\d{4})(?:-(\d{4}))?")  # from and, if it went on, to
    rows["year"] = years[1].fillna(years[0])
    heads = {"name": "Reform", "year": "Year", "kind": "Kind", "step": "Step", "component": "Component"}
    rows = rows[[*heads, "id", *PLACE]].rename(columns=heads)
    return rows.sort_values(["Year", "id"], ignore_index=True)


def bodies_and_services() -> pd.DataFrame:
    """Return the reforms that began or ended a body or a service, with the columns of :func:`reforms` but ``id``."""
    return reforms().query("Kind in ['body', 'service']").drop(columns="id")


def steps_of_reform() -> pd.DataFrame:
    """Return :func:`reforms` as a table: ``Reform`` (leading to the event), ``Year``, ``Kind``, ``Step``, the place."""
    rows = reforms()
    rows["Reform"] = linked(rows["Reform"], "event", rows["id"])
    return rows[["Reform", "Year", "Kind", "Step", *PLACE]]
