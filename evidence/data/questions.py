"""Evaluation questions and what answers them: findings, what rests on them, and who leads."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import NamedTuple

from evidence.data import store
from evidence.data.records import own_limit

TABLES = [  # that an answer is made from
    "evaluation_questions",
    "findings",
    "recommendations",
    "actions",
    "responsibilities",
    "bodies",
    "theory_nodes",
    "synthesis",
    "own_limits",
]
WORD = re.compile(r"\w{4,}")  # shorter words join others and say little


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
    shared = store.load("synthesis").set_index("id")["findings"].map(lambda cell: len(ids & set(store.items(cell))))
    messages = distinct(list(shared[shared > 0].sort_values(ascending=False, kind="stable").index))[
        : own_limit("messages-on-top")
    ]
    by_id = {row.id: row for row in actions.itertuples()}
    return Answer(by_stance, list(recommendations["id"]), by_id, leads_of(list(by_id)), messages)


def distinct(messages: list[str]) -> list[str]:
    """Return ids of key messages in their order, without those that say in other words what one before them says."""
    kept: list[str] = []
    for key in messages:
        if not any(_say_the_same(key, other) for other in kept):
            kept.append(key)
    return kept


def _say_the_same(first: str, second: str) -> bool:
    """Return whether two key messages share a finding and, up to our limit, the words of the shorter."""
    one, other = store.row("synthesis", first), store.row("synthesis", second)
    if not set(store.items(one.findings)) & set(store.items(other.findings)):
        return False
    here, there = (set(WORD.findall(row.statement.lower())) for row in (one, other))
    return 100 * len(here & there) >= own_limit("same-message") * min(len(here), len(there))


def rests_on_later(message: str, source: str) -> bool:
    """Return whether a key message rests on a finding of a document of a later year than ``source``."""
    year = store.row("sources", source).year
    findings = store.items(store.row("synthesis", message).findings)
    return any(store.row("sources", store.row("findings", key).source).year > year for key in findings)


def calls_on(component: str) -> dict[str, list[str]]:
    """Return the ids of actions by recommendation that serve an outcome of a component, both in their order.

    ``component`` is a code of ``theory_nodes.component``; an action serves the outcomes it names.
    """
    outcomes = {row.id for row in store.rows("theory_nodes").values() if row.component == component}
    found: dict[str, list[str]] = defaultdict(list)
    for row in sorted(store.rows("actions").values(), key=lambda row: row.number):
        if outcomes & set(store.items(row.outcomes)):
            found[row.recommendation].append(row.id)
    return dict(found)


def leads_of(actions: list[str]) -> dict[str, dict[str, str]]:
    """Return the bodies that lead each action, and where that is stated: text, table, or text and table."""
    leads: dict[str, dict[str, str]] = defaultdict(dict)
    for row in sorted(store.rows("responsibilities").values(), key=lambda row: row.stated_in != "text"):
        if row.action in actions and row.role == "lead":
            leads[row.action][row.body] = "text and table" if row.body in leads[row.action] else row.stated_in
    return dict(leads)
