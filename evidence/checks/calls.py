"""Calls compared, and what readers can do: rows that contradict themselves or rest on nothing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from evidence.checks.chapters import page_names
from evidence.checks.orders import misplaced
from evidence.data import store
from evidence.data.rules import Problem, nearest

MAX_WORDS = 28  # house: of a task, so that all tasks of a reader fit one printed sheet


def pair_problems() -> list[Problem]:
    """Return the pairs of calls of one document, those compared twice, and actions under neither call."""
    calls, actions = store.rows("recommendations"), store.rows("actions")
    seen: Counter = Counter()
    found = []
    for number, row in store.numbered("convergence"):
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


def _task_rules(row) -> Iterator[tuple[str, str | None, str]]:
    """Yield (column, value, rule) of what is wrong with a task by itself."""
    if rule := _basis_rule(row):
        yield "basis", row.basis, rule
    if row.message and row.review_finding:
        rule = "name the key message or the review finding whose confidence it shows, not both"
        yield "review_finding", row.review_finding, rule
    if (words := len(row.task.split())) > MAX_WORDS:
        yield "task", None, f"has {words} words; say it in at most {MAX_WORDS}"


def task_problems() -> list[Problem]:
    """Return the tasks whose support does not fit their basis, and those that are too long."""
    return [
        Problem("reader_tasks.csv", number, column, value, f"{row.id}: {rule}")
        for number, row in store.numbered("reader_tasks")
        for column, value, rule in _task_rules(row)
    ]


def order_problems() -> list[Problem]:
    """Return the readers whose tasks are not numbered 1, 2, 3 ..."""
    tasks: dict[str, list] = defaultdict(list)
    for row in store.rows("reader_tasks").values():
        tasks[row.reader].append(row)
    return [
        Problem("reader_tasks.csv", None, "order", None, f"number the tasks of {reader} from 1, each once")
        for reader, here in tasks.items()
        if misplaced(here)
    ]


def page_problems() -> list[Problem]:
    """Return the tasks and the readers that name a page which the book does not have."""
    known = set(page_names())
    return [
        Problem(f"{table}.csv", number, "page", row.page, f"{row.id}: there is no such page{nearest(row.page, known)}")
        for table in ("reader_tasks", "readers")
        for number, row in store.numbered(table)
        if row.page not in known
    ]


def problems() -> list[Problem]:
    """Return every row of calls compared and of tasks that contradicts itself or rests on nothing."""
    return [*pair_problems(), *task_problems(), *order_problems(), *page_problems()]
