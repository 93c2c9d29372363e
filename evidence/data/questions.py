"""Evaluation questions and what answers them: findings, what rests on them, and who leads."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from evidence.data import store

TABLES = ("evaluation_questions", "findings", "recommendations", "actions", "responsibilities", "bodies")
TABLES += ("theory_nodes", "synthesis")  # the tables that an answer is made from
IN_SHORT = 3  # key messages that stand on top of an answer


class Answer(NamedTuple):
    """What a document says to a question: ids of findings by stance, what rests on them, and who leads.

    ``messages`` are key messages of the book, those that rest on most of these findings first; ``actions``
    are rows by id, ``leads`` the bodies that lead each action and where that is stated.
    """

    findings: dict[str, list[str]]
    recommendations: list[str]
    actions: dict
    leads: dict[str, dict[str, str]]
    messages: list[str]


def answer(question: str) -> Answer:
    """Return what answers a question of an evaluation; raises :class:`evidence.data.store.UnknownId`.

    A recommendation answers a question if it rests on a finding that does (``rests_on``, our reading).
    """
    source = store.row("evaluation_questions", question).source
    findings = store.load("findings")
    findings = findings[store.holding(findings["questions"], question)]
    by_stance = {str(stance): list(rows["id"]) for stance, rows in findings.groupby("stance")}
    ids = set(findings["id"])
    recommendations = store.of_document("recommendations", source)
    rests = recommendations["rests_on"].map(lambda cell: bool(ids & set(store.items(cell))))
    recommendations = recommendations[rests].sort_values(["kind", "number"], ascending=[False, True])  # lessons last
    actions = store.load("actions").sort_values("number")
    actions = actions[actions["recommendation"].isin(recommendations["id"])]
    leads: dict[str, dict[str, str]] = defaultdict(dict)
    for row in store.load("responsibilities").query("role == 'lead'").itertuples():
        if row.action in set(actions["id"]):
            leads[row.action][row.body] = "text and table" if row.body in leads[row.action] else row.stated_in
    shared = store.load("synthesis").set_index("id")["findings"].map(lambda cell: len(ids & set(store.items(cell))))
    messages = list(shared[shared > 0].sort_values(ascending=False, kind="stable").index[:IN_SHORT])
    by_id = {row.id: row for row in actions.itertuples()}
    return Answer(by_stance, list(recommendations["id"]), by_id, dict(leads), messages)
