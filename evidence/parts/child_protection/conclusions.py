"""Tables of the chapter on conclusions."""

from __future__ import annotations

import pandas as pd

from evidence.data import own_limits, store
from evidence.data.store import holding, items, of_document
from evidence.exhibits.exhibit import linked
from evidence.exhibits.frames import labelled
from evidence.figures.counts import counted
from evidence.figures.tallies import AGREEMENT as AGREEMENT  # chapters name its parts
from evidence.figures.tallies import agreement, leads_named
from evidence.parts.child_protection.evaluation import EVALUATION

STATED = {(True, True): "text and table", (True, False): "text only", (False, True): "table only"}
WAITING = ["in neither", *STATED.values()]
NOBODY = "nobody named"


def numbered_outcomes() -> pd.DataFrame:
    """Return the numbered outcomes of the theory of change by id, in their order: ``theory_nodes.csv``."""
    rows = of_document("theory_nodes", EVALUATION).query("kind == 'outcome' and short_name != ''")
    return rows.sort_values("short_name").set_index("id", drop=False)


def outcome_of_calls() -> dict[str, str]:
    """Return the id of the outcome that all actions of a recommendation serve, by the id of the recommendation."""
    served = store.load("actions").groupby("recommendation")["outcomes"]
    return {call: min(set.intersection(*(set(items(cell)) for cell in cells))) for call, cells in served}


def recommendations() -> pd.DataFrame:
    """Return the recommendations of the evaluation, one row each, in their order.

    Columns: ``Recommendation`` (number and wording, linked), ``Outcome`` (id of the one that all its actions serve),
    ``Component`` (of that outcome), ``Priority``, ``Short-term actions`` and ``Medium-term actions`` (numbers), then
    those of ``recommendations.csv``. Source: cecchetti2021vac, executive summary and §9.2.
    """
    rows = of_document("recommendations", EVALUATION).query("priority != ''").sort_values("number", ignore_index=True)
    wording = rows["number"].astype(str) + ". " + rows["statement"]
    frame = pd.DataFrame({"Recommendation": linked(wording, "recommendation", rows["id"])})
    frame["Outcome"] = rows["id"].map(outcome_of_calls())
    components = labelled(numbered_outcomes(), "theory_nodes", "component")["component"]
    frame["Component"], frame["Priority"] = frame["Outcome"].map(components), rows["priority"]
    terms = counted(store.load("actions"), "recommendation", "term").set_index("recommendation")
    for code, term in store.labels("actions", "term").items():
        frame[f"{term.capitalize()}-term actions"] = rows["id"].map(terms[code])
    return pd.concat([frame, rows], axis=1)


def body_name(key: str) -> str:
    """Return what lists call a body: its short name if it has one, marked where it is not known to exist."""
    body = store.row("bodies", key)
    name = body.short_name or body.name
    if body.status in ("", "existing"):
        return name
    return f"{name} ({store.labels('bodies', 'status')[body.status].lower()})"


def names_of(bodies: list[str]) -> str:
    """Return the names of bodies in a line, or that nobody is named."""
    return "; ".join(map(body_name, bodies)) or NOBODY


def proposed_in(text: list[str], table: list[str]) -> str:
    """Return which of two lists of bodies hold one that is only proposed, as one of ``WAITING``."""
    proposed = set(store.load("bodies").query("status == 'proposed'")["id"])
    return STATED.get((bool(proposed & set(text)), bool(proposed & set(table))), "in neither")


def leads() -> pd.DataFrame:
    """Return the actions of the evaluation with who is to lead them, one row each, in their order.

    Columns: ``Action`` (number and wording of the text, linked), ``Asked in`` (recommendation and its priority,
    linked), ``Component``, ``Term``, ``Leads in the text`` and ``Leads in the table`` (:func:`names_of`), ``Lists``
    (:func:`agreement`), ``Proposed body leads`` (:func:`proposed_in`), ``Outcomes``, then those of ``actions.csv``.
    Source: cecchetti2021vac, §9.2, Tables 30 to 35.
    """
    rows = store.load("actions").sort_values("number", ignore_index=True)
    calls = recommendations().set_index("id").loc[rows["recommendation"]].reset_index()
    wording = "A" + rows["number"].astype(str) + ". " + rows["statement"]
    asked_in = "Rec. " + calls["number"].astype(str) + ", " + calls["Priority"]
    frame = pd.DataFrame({"Action": linked(wording, "action", rows["id"])})
    frame["Asked in"] = linked(asked_in, "recommendation", rows["recommendation"])
    frame["Component"], frame["Term"] = calls["Component"], rows["term"].str.capitalize()
    text, table = leads_named("text"), leads_named("table")
    frame["Leads in the text"], frame["Leads in the table"] = list(map(names_of, text)), list(map(names_of, table))
    frame["Lists"] = list(map(agreement, text, table))
    frame["Proposed body leads"] = list(map(proposed_in, text, table))
    names = numbered_outcomes()["short_name"]
    frame["Outcomes"] = ["; ".join(names[items(cell)]) for cell in rows["outcomes"]]
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

    Columns: ``Body`` (:func:`body_name`) and the numbers of actions it leads by text and table, by the text only and
    by the table only. Source: cecchetti2021vac, §9.2 and Table 35, as coded in ``responsibilities.csv``.
    """
    rows = store.load("responsibilities").query("role == 'lead'")
    pairs = rows.groupby(["body", "action"])["stated_in"].agg(set).reset_index()
    pairs["Stated"] = [STATED["text" in places, "table" in places] for places in pairs["stated_in"]]
    pairs["Body"] = pairs["body"].map(body_name)
    frame = counted(pairs, "Body", "Stated")[["Body", *STATED.values()]]
    total = frame[list(STATED.values())].sum(axis=1)
    return frame.loc[total.sort_values(ascending=False, kind="stable").index]  # rows come by name


def several_actions_by_lead() -> pd.DataFrame:
    """Return the rows of :func:`actions_by_lead` of bodies that are to lead several actions, by our limit."""
    frame = actions_by_lead()
    return frame[frame[list(STATED.values())].sum(axis=1) >= own_limits.several_actions()]


def outcomes() -> pd.DataFrame:
    """Return the numbered outcomes of the theory of change, one row each, in their order.

    Columns: ``Outcome`` (number and name, linked), ``What is to change``, ``Actions`` (numbers of those that serve
    it), ``Asked in`` (recommendation), then those of ``theory_nodes.csv``. Source: cecchetti2021vac, §8.2 and §9.2.
    """
    rows = numbered_outcomes().reset_index(drop=True)
    frame = pd.DataFrame({"Outcome": linked(rows["short_name"], "theory", rows["id"])})
    frame["What is to change"] = rows["statement"]
    actions = store.load("actions").sort_values("number")
    serving = [actions["number"][holding(actions["outcomes"], key)] for key in rows["id"]]
    frame["Actions"] = [", ".join(f"A{number}" for number in numbers) for numbers in serving]
    calls = recommendations().set_index("Outcome")["number"]
    frame["Asked in"] = "Rec. " + rows["id"].map(calls).astype(str)
    return pd.concat([frame, rows], axis=1)
