"""Threads through time: whether a verdict says no more than its row, and whether every call has one."""

from __future__ import annotations

from evidence.checks.coding import wrong
from evidence.data import store
from evidence.data.rules import Problem

EARLIER = {  # column of the earlier record, and its table
    "recommendation": "recommendations",
    "action": "actions",
    "finding": "findings",
    "instrument": "instruments",
    "system": "systems",
}
LATER = ("later_findings", "later_facts", "later_events", "later_instruments", "later_systems")
SAID = ("later_source", "later_lines", "says", "stance", "strength")  # filled where a later document says something
NOTHING = "not-reported"
DONE = {"adopted": ("done",), "in-part": ("done", "begun")}  # how the later document has to speak for such a verdict
NO_AUTHORITY = {"school leaders", "teachers"}  # whom later documents of the country do not follow up


def earlier_of(row) -> list[tuple[str, str]]:
    """Return (column, id) of the earlier records a thread names: one, where it is right."""
    return [(column, getattr(row, column)) for column in EARLIER if getattr(row, column)]


def _earlier_fault(row) -> tuple[str, str] | None:
    named = earlier_of(row)
    if len(named) != 1:
        return "recommendation", f"name one earlier record, in one of {', '.join(EARLIER)}; there are {len(named)}"
    column, key = named[0]
    record = store.row(EARLIER[column], key)
    if (record.source, record.lines) != (row.earlier_source, row.earlier_lines):
        return "earlier_lines", f"are not those of {key}, which stands in {record.source}, {record.lines}"
    return None


def _later_fault(row) -> tuple[str, str] | None:
    is_silent = row.verdict == NOTHING
    for column in SAID:
        if bool(getattr(row, column)) is is_silent:
            return column, "is empty exactly where nothing is reported"
    for column in LATER:
        table = column.removeprefix("later_")
        for key in store.items(getattr(row, column)):
            if store.row(table, key).source != row.later_source:
                return column, f"{key} is of another document than {row.later_source or 'none'}"
    return None


def _verdict_fault(row) -> tuple[str, str] | None:
    if row.later_source and row.later_source == row.earlier_source:
        return "later_source", "is the document of the earlier record"
    years = {key: source.year for key, source in store.rows("sources").items()}
    if row.later_source and years[row.later_source] < years[row.earlier_source]:
        return "later_source", "is older than the document of the earlier record"
    if row.verdict in DONE and row.stance not in DONE[row.verdict]:
        return "verdict", f"says more than a document that speaks of it as {row.stance!r}"
    if row.verdict == "adopted" and row.strength != "same-measure":
        return "verdict", "needs a later document that names the same measure"
    if row.verdict in DONE and row.strength == "inference":
        return "verdict", "is stronger than a link of our inference, which is a mention at most"
    return None


def _judged_fault(row) -> tuple[str, str] | None:
    first = (row.first_verdict, row.first_strength)
    second = (row.second_verdict, row.second_strength)
    if (first != second) is not bool(row.settled):
        return "settled", "says how a difference was settled, exactly where the two judgements differ"
    if row.verdict not in (row.first_verdict, row.second_verdict):
        return "verdict", "is that of neither judgement"
    return None


def thread_problems() -> list[Problem]:
    """Return the threads whose verdict, link and records contradict each other, the first fault of each."""
    found = []
    for number, row in store.numbered("threads"):
        for fault_of in (_earlier_fault, _later_fault, _verdict_fault, _judged_fault):
            if fault := fault_of(row):
                column, rule = fault
                found.append(wrong("threads", number, column, getattr(row, column), f"{row.id}: {rule}"))
                break
    return found


def unfollowed_problems() -> list[Problem]:
    """Return the whole recommendations, of documents that a later one could answer, which no thread follows."""
    last = max(row.year for row in store.rows("sources").values())
    older = {key for key, row in store.rows("sources").items() if row.year < last}
    older |= {row.earlier_source for row in store.rows("threads").values()}
    followed = {row.recommendation for row in store.rows("threads").values()}
    rule = "no row of threads.csv says what a later document reports of it; add one, also for nothing"
    return [
        wrong("recommendations", number, "id", row.id, rule)
        for number, row in store.numbered("recommendations")
        if row.source in older
        and row.kind == "recommendation"
        and not row.parent
        and row.addressee not in NO_AUTHORITY
        and row.id not in followed
    ]


def problems() -> list[Problem]:
    """Return everything that is wrong with the threads."""
    return thread_problems() + unfollowed_problems()
