"""Calls compared, and what readers can do: rows that contradict themselves or rest on nothing."""

from __future__ import annotations

from collections import Counter

from evidence.checks.chapters import named
from evidence.checks.chapters import pages as pages_of_book
from evidence.data import store
from evidence.data.rules import FIRST_ROW, Problem, nearest

MAX_WORDS = 28  # of a task, so that all tasks of a reader fit one printed sheet


def _rows(table: str):
    return enumerate(store.rows(table).values(), start=FIRST_ROW)


def pair_problems() -> list[Problem]:
    """Return the pairs of calls of one document, those compared twice, and actions under neither call."""
    calls, actions = store.rows("recommendations"), store.rows("actions")
    seen: Counter = Counter()
    found = []
    for number, row in _rows("convergence"):
        pair = frozenset((row.first, row.second))
        seen[pair] += 1
        if calls[row.first].source == calls[row.second].source:
            rule = f"{row.id}: both calls are of one document; compare calls of two"
            found.append(Problem("convergence.csv", number, "second", row.second, rule))
        if seen[pair] > 1:
            rule = f"{row.id}: these two calls are compared in another row too; compare them once"
            found.append(Problem("convergence.csv", number, "second", row.second, rule))
        if row.action and actions[row.action].recommendation not in pair:
            rule = f"{row.id}: stands under {actions[row.action].recommendation}, which is none of the two calls"
            found.append(Problem("convergence.csv", number, "action", row.action, rule))
    return found


def _basis_rule(row) -> str:
    """Return what is wrong with the support of a task, "" if it has what its basis needs."""
    is_asked, is_drawn = bool(row.recommendations or row.actions), bool(row.findings or row.discrepancies)
    if row.basis == "asked" and not (is_asked and not is_drawn):
        return "is asked by documents: name the calls, and no finding or disagreement"
    if row.basis == "ours" and not (is_drawn and not is_asked):
        return "is our proposal: name the findings or disagreements it follows from, and no call"
    return ""


def task_problems() -> list[Problem]:
    """Return the tasks whose support does not fit their basis, too long ones, gaps in their order, unknown pages."""
    known = {named(path).removesuffix(".md") for path in pages_of_book()}
    found = []
    orders: dict[str, list[int]] = {}
    for number, row in _rows("reader_tasks"):
        orders.setdefault(row.reader, []).append(row.order)
        if rule := _basis_rule(row):
            found.append(Problem("reader_tasks.csv", number, "basis", row.basis, f"{row.id}: {rule}"))
        if row.message and row.review_finding:
            rule = f"{row.id}: name the key message or the review finding whose confidence it shows, not both"
            found.append(Problem("reader_tasks.csv", number, "review_finding", row.review_finding, rule))
        if (words := len(row.task.split())) > MAX_WORDS:
            rule = f"{row.id}: has {words} words; say it in at most {MAX_WORDS}"
            found.append(Problem("reader_tasks.csv", number, "task", None, rule))
        if row.page not in known:
            rule = f"{row.id}: there is no such page{nearest(row.page, known)}"
            found.append(Problem("reader_tasks.csv", number, "page", row.page, rule))
    for reader, order in orders.items():
        if sorted(order) != list(range(1, len(order) + 1)):
            rule = f"number the tasks of {reader} from 1, each once"
            found.append(Problem("reader_tasks.csv", None, "order", None, rule))
    for number, row in _rows("readers"):
        if row.page not in known:
            rule = f"{row.id}: there is no such page{nearest(row.page, known)}"
            found.append(Problem("readers.csv", number, "page", row.page, rule))
    return found


def problems() -> list[Problem]:
    """Return every row of calls compared and of tasks that contradicts itself or rests on nothing."""
    return pair_problems() + task_problems()
