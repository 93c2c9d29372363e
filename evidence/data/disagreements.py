"""Which disagreements touch which facts, by what their entries expect, and which records repeat such a fact."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection
from functools import cache

from evidence.data import dates, own_limits, store

NAMED = re.compile(r'"([a-z0-9-]+)"')  # an id in an expected statement: fact("register-out-2012")
ONLY_WORDING = "wording"  # severity of what changes neither a figure nor a conclusion
# Tables whose texts repeat figures of a document, so that a caution about one concerns them too.
REPEATING = (
    "barriers",
    "bodies",
    "contributions",
    "events",
    "findings",
    "instruments",
    "measurements",
    "mechanisms",
    "methods",
    "practices",
    "recommendations",
    "services",
    "systems",
)
FIGURE = re.compile(r"(?<![\w.,])\d+(?:[ ,]\d{3})*(?:\.\d+)?(?![\w]|[.,]\d)")


def severity_rank(row) -> int:
    """Return where a disagreement stands by its severity: 0 for one that changes a conclusion."""
    return list(store.labels("discrepancies", "severity")).index(row.severity)


@cache
def _named() -> dict[str, frozenset[str]]:
    return {key: frozenset(NAMED.findall(row.expect)) for key, row in store.rows("discrepancies").items()}


def facts_of(key: str) -> list[str]:
    """Return the ids of the facts that a disagreement is about, by what its entry expects."""
    facts = store.rows("facts")
    return sorted(name for name in _named()[key] if name in facts)


def disagreements_on(facts: Collection[str]) -> list[str]:
    """Return the ids of disagreements about one of these facts that are more than a matter of wording.

    Those that change a conclusion stand first.
    """
    rows = store.rows("discrepancies")
    found = [key for key, named in _named().items() if named & set(facts) and rows[key].severity != ONLY_WORDING]
    return sorted(found, key=lambda key: (severity_rank(rows[key]), key))


def _numbers(text: str) -> set[float]:
    return {float(figure.replace(" ", "").replace(",", "")) for figure in FIGURE.findall(text)}


def telling(row) -> set[float]:
    """Return the numbers by which a text that repeats a fact can be known: no years and no small whole numbers."""
    printed, least = _numbers(row.as_reported), own_limits.telling_number()
    return {n for n in printed if n % 1 or (n >= least and (n not in dates.POSSIBLE or row.unit == "year"))}


def _texts_of(table: str) -> list[str]:
    fields = store.fields(table)
    ours = {"id", "source", "lines", "locator", "page", "page_basis"}
    return [name for name, field in fields.items() if name not in ours and "references" not in field]


@cache
def repeated() -> dict[tuple[str, str], list[str]]:
    """Return the disagreements on figures that records repeat, by (table, id) of the record.

    A record repeats a fact if it is read from the same lines of the same document and its words hold its number.
    """
    facts = store.rows("facts")
    telling_facts = defaultdict(list)
    for key in {key for named in _named().values() for key in named if key in facts}:
        if disagreements_on({key}) and (numbers := telling(facts[key])):
            telling_facts[facts[key].source].append((store.line_range(facts[key].lines), numbers, key))
    found: dict[tuple[str, str], list[str]] = {}
    for table in REPEATING:
        columns = _texts_of(table)
        for row in store.rows(table).values():
            first, last = store.line_range(row.lines)
            near = [item for item in telling_facts[row.source] if item[0][0] <= last and first <= item[0][1]]
            if not near:
                continue
            said = _numbers(" ".join(str(getattr(row, name)) for name in columns))
            if here := {key for _, numbers, key in near if numbers & said}:
                found[table, row.id] = disagreements_on(here)
    return found


def disputed_facts() -> dict[str, list[str]]:
    """Return the disagreements on each fact that has one which is more than a matter of wording."""
    facts = store.rows("facts")
    named = {key for keys in _named().values() for key in keys if key in facts}
    return {key: found for key in sorted(named) if (found := disagreements_on({key}))}
