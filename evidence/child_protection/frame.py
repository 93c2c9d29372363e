"""Derived tables of the part on child protection, from the coded rows of the evaluation."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

import pandas as pd

from evidence import store
from evidence.calculations import of_document

EVALUATION = "cecchetti2021vac"
COMPONENTS = {
    "laws-and-policies": "Laws and policies",
    "governance": "Governance",
    "services": "Services",
    "oversight": "Oversight and monitoring",
    "resources": "Resources",
    "participation": "Participation and norms",
}
STANCES = ["strength", "weakness", "gap"]
ANSWER_TABLES = [
    "evaluation_questions",
    "findings",
    "recommendations",
    "actions",
    "responsibilities",
    "bodies",
    "theory_nodes",
    "synthesis",
]
IN_SHORT = 3  # key messages that stand on top of an answer


class Answer(NamedTuple):
    """What the evaluation says to a question: ids of findings by stance, what rests on them, and who leads.

    ``messages`` are key messages of the book, those that rest on most of these findings first; ``actions``
    are rows by id, ``leads`` the bodies that lead each action and where that is stated.
    """

    findings: dict[str, list[str]]
    recommendations: list[str]
    actions: dict[str, object]
    leads: dict[str, dict[str, str]]
    messages: list[str]


def holding(column: pd.Series, item: str) -> pd.Series:
    """Return whether each ``;``-separated list of a column holds an item."""
    return column.str.split(";").map(lambda items: item in items)


def answer(question: str) -> Answer:
    """Return what answers a question of the evaluation; empty for an unknown question.

    A recommendation answers a question if it rests on a finding that does (``rests_on``, our reading).
    """
    findings = store.load("findings")
    findings = findings[holding(findings["questions"], question)]
    by_stance = {stance: list(rows["id"]) for stance, rows in findings.groupby("stance")}
    recommendations = of_document("recommendations", EVALUATION)
    ids = set(findings["id"])
    rests = recommendations["rests_on"].str.split(";").map(lambda items: bool(ids & set(items)))
    recommendations = recommendations[rests].sort_values(["kind", "number"], ascending=[False, True])  # lessons last
    actions = store.load("actions").sort_values("number")
    actions = actions[actions["recommendation"].isin(recommendations["id"])]
    leads: dict[str, dict[str, str]] = defaultdict(dict)
    rows = store.load("responsibilities").query("role == 'lead'")
    for row in rows[rows["action"].isin(actions["id"])].itertuples():
        where = leads[row.action].get(row.body)
        leads[row.action][row.body] = "text and table" if where else row.stated_in
    shared = store.load("synthesis").set_index("id")["findings"].map(lambda items: len(ids & set(items.split(";"))))
    messages = list(shared[shared > 0].sort_values(ascending=False, kind="stable").index[:IN_SHORT])
    by_id = {row.id: row for row in actions.itertuples()}
    return Answer(by_stance, list(recommendations["id"]), by_id, dict(leads), messages)


def questions() -> pd.DataFrame:
    """Return the questions of the evaluation as readers see them, one row each (20), in their order.

    Columns: ``Question`` (number and name), ``Component``, ``Criterion``, ``strength``, ``weakness`` and ``gap``
    (findings), ``Recommendations`` and ``Actions`` (numbers), then those of ``evaluation_questions.csv``.
    Source: cecchetti2021vac, Table 4 and §1 to §6, as coded in ``findings.csv``.
    """
    rows = store.load("evaluation_questions")
    answers = [answer(key) for key in rows["id"]]
    frame = pd.DataFrame(
        {"Question": rows["number"] + " " + rows["name"], "Component": rows["component"].map(COMPONENTS)}
    )
    frame["Criterion"] = rows["criterion"]
    for stance in STANCES:
        frame[stance] = [len(found.findings.get(stance, [])) for found in answers]
    frame["Recommendations"] = [len(found.recommendations) for found in answers]
    frame["Actions"] = [len(found.actions) for found in answers]
    return pd.concat([frame, rows], axis=1)
