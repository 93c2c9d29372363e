"""Tables of the chapter on conclusions."""

from __future__ import annotations

import pandas as pd

from evidence.data import store
from evidence.data.records import fact
from evidence.data.store import holding, of_document
from evidence.figures.counts import counted
from evidence.parts.child_protection.evaluation import COMPONENTS, EVALUATION

SHORT_NAMES = {
    "vac-b-commissions-minors": "Sub-national Commissions on Minors' Affairs",
    "vac-b-cp-commission": "Commission on Child Protection",
}
MARKS = {"proposed": " (proposed)", "unclear": " (unclear)"}  # by status of a body
HEARD = {  # facts of Table 3 of the evaluation: who was heard or looked at
    "interviews": {
        "vac-interviews-regional": "Officials, managers and NGO providers in the regions",
        "vac-interviews-central-civil-society": "Civil society, UN agencies and academia",
        "vac-interviews-central-government": "Central government",
    },
    "group discussions": {
        "vac-discussions-frontline": "Front-line staff",
        "vac-discussions-regional-managers": "Regional managers and providers",
        "vac-discussions-parents": "Parents",
        "vac-discussions-quality-experts": "Experts on quality of services",
    },
    "case studies": {
        "vac-case-studies-children": "Childhoods told by adults",
        "vac-case-studies-services": "Services in the regions",
    },
}
STATED = {(True, True): "text and table", (True, False): "text only", (False, True): "table only"}
AGREEMENT = ["the same", "partly the same", "different", "in one list only"]


def people_heard() -> pd.DataFrame:
    """Return who was heard or studied in the evaluation, a row each (9), by method, the most often heard first.

    Columns: ``Who``, then a number for each method of ``HEARD`` (interviews, group discussions, case studies; 0 for
    none). They count talks and cases, not people. Source: cecchetti2021vac, Table 3.
    """
    rows = [
        {"Who": who} | {other: int(fact(key).value) if other == method else 0 for other in HEARD}
        for method, labels in HEARD.items()
        for key, who in labels.items()
    ]
    return pd.DataFrame(rows)


def outcome_names() -> pd.Series:
    """Return number and short name of each numbered outcome of the theory of change by id (14): ``1.1 Laws``."""
    rows = of_document("theory_nodes", EVALUATION).query("kind == 'outcome'").set_index("id")
    parts = rows["locator"].str.extract(r"Outcome ([\d.]+) \(([^)]*)\)").dropna()
    return parts[0] + " " + parts[1]


def recommendations() -> pd.DataFrame:
    """Return the recommendations of the evaluation, one row each (14), in their order.

    Columns: ``Recommendation`` (number and wording), ``Outcome`` (id of the one that all its actions serve),
    ``Component`` (of that outcome), ``Priority``, ``Short term`` and ``Medium term`` (numbers of actions), then those
    of ``recommendations.csv``. Source: cecchetti2021vac, executive summary and §9.2.
    """
    rows = of_document("recommendations", EVALUATION).query("priority != ''").sort_values("number", ignore_index=True)
    actions = store.load("actions").groupby("recommendation")
    served = actions["outcomes"].agg(lambda lists: min(set.intersection(*(set(item.split(";")) for item in lists))))
    terms = actions["term"].value_counts().unstack(fill_value=0)
    frame = pd.DataFrame({"Recommendation": rows["number"].astype(str) + ". " + rows["statement"]})
    frame["Outcome"] = rows["id"].map(served)
    component = frame["Outcome"].map(outcome_names()).str[0].astype(int) - 1
    frame["Component"] = component.map(dict(enumerate(COMPONENTS.values())))
    frame["Priority"] = rows["priority"]
    for term in ("short", "medium"):
        frame[f"{term.capitalize()} term"] = rows["id"].map(terms[term])
    return pd.concat([frame, rows], axis=1)


def agreement(text: list[str], table: list[str]) -> str:
    """Return how far two lists of bodies agree, as one of ``AGREEMENT``."""
    if not text or not table:
        return "in one list only"
    if set(text) == set(table):
        return "the same"
    return "partly the same" if set(text) & set(table) else "different"


def leads() -> pd.DataFrame:
    """Return the actions of the evaluation with who is to lead them, one row each (40), in their order.

    Columns: ``Action`` (number and wording of the text),
    ``Asked in`` (recommendation and its priority), ``Component``, ``Term``, ``Leads in the text`` and ``Leads in the
    table`` (names, "nobody named" for none), ``Lists`` (one of ``AGREEMENT``), ``Proposed body leads`` (one of
    ``STATED`` or "in neither"), ``Outcomes``, then those of ``actions.csv``.
    Source: cecchetti2021vac, §9.2, Tables 30 to 35.
    """
    rows = store.load("actions").sort_values("number", ignore_index=True)
    bodies = store.load("bodies").set_index("id")
    names = pd.Series({key: SHORT_NAMES.get(key, name) for key, name in bodies["name"].items()})
    names += bodies["status"].map(MARKS).fillna("")
    found = store.load("responsibilities").query("role == 'lead'").groupby(["action", "stated_in"])["body"].agg(list)
    text, table = ([found.get((key, place), []) for key in rows["id"]] for place in ("text", "table"))
    calls = recommendations().set_index("id")
    frame = pd.DataFrame({"Action": "A" + rows["number"].astype(str) + ". " + rows["statement"]})
    frame["Asked in"] = [f"Rec. {calls['number'][key]}, {calls['Priority'][key]}" for key in rows["recommendation"]]
    frame["Component"] = rows["recommendation"].map(calls["Component"])
    frame["Term"] = rows["term"].str.capitalize()
    for place, lists in (("text", text), ("table", table)):
        frame[f"Leads in the {place}"] = ["; ".join(names[item]) or "nobody named" for item in lists]
    frame["Lists"] = list(map(agreement, text, table))
    proposed = set(bodies.index[bodies["status"] == "proposed"])
    pairs = [(bool(proposed & set(one)), bool(proposed & set(other))) for one, other in zip(text, table)]
    frame["Proposed body leads"] = [STATED.get(pair, "in neither") for pair in pairs]
    labels = outcome_names()
    frame["Outcomes"] = ["; ".join(labels[item.split(";")]) for item in rows["outcomes"]]
    return pd.concat([frame, rows], axis=1)


def actions_by(row: str, column: str, parts: list[str]) -> pd.DataFrame:
    """Return how many actions have each value of a column of :func:`leads`, by another of its columns.

    One row per value of ``row``, in the order of the actions, and a column per value named in ``parts``.
    """
    frame = leads()
    order = list(frame[row].unique())
    return counted(frame, row, column).set_index(row).loc[order, parts].reset_index()


def actions_by_lead() -> pd.DataFrame:
    """Return the bodies that are to lead actions, one row each, those with most actions first.

    Columns: ``Body`` (marked where proposed or unclear) and the numbers of actions it leads by text and table, by the
    text only and by the table only. Source: cecchetti2021vac, §9.2 and Table 35, as coded in ``responsibilities.csv``.
    """
    frame = leads().melt("id", ["Leads in the text", "Leads in the table"], "Place", "Body")
    frame["Body"] = frame["Body"].str.split("; ")
    frame = frame.explode("Body").query("Body != 'nobody named'")
    places = frame.groupby(["Body", "id"])["Place"].agg(set).reset_index()
    places["Stated"] = [
        STATED["Leads in the text" in place, "Leads in the table" in place] for place in places["Place"]
    ]
    found = counted(places, "Body", "Stated")
    found["Sum"] = found[list(STATED.values())].sum(axis=1)
    return found.sort_values(["Sum", "Body"], ascending=[False, True])[["Body", *STATED.values()]]


def outcomes() -> pd.DataFrame:
    """Return the numbered outcomes of the theory of change, one row each (14), in their order.

    Columns: ``Outcome`` (number and name), ``Actions`` (numbers of those that serve it), ``Asked in``
    (recommendation), then those of ``theory_nodes.csv``. Source: cecchetti2021vac, §8.2 and §9.2.
    """
    labels = outcome_names()
    rows = of_document("theory_nodes", EVALUATION).set_index("id", drop=False).loc[labels.sort_values().index]
    rows = rows.reset_index(drop=True)
    actions, calls = store.load("actions").sort_values("number"), recommendations().set_index("Outcome")
    serving = [actions["number"][holding(actions["outcomes"], key)] for key in rows["id"]]
    frame = pd.DataFrame({"Outcome": rows["id"].map(labels)})
    frame["Actions"] = [", ".join(f"A{number}" for number in numbers) for numbers in serving]
    frame["Asked in"] = rows["id"].map("Rec. " + calls["number"].astype(str))
    return pd.concat([frame, rows], axis=1)
