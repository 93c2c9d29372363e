"""Review findings: what each rests on, which documents are silent on it, how old its evidence is, what is asked.

A review finding is a row of ``review_findings.csv``; ``review_finding_evidence.csv`` says which record supports it,
qualifies it or conflicts with it. Everything here is worked out from these rows, so that none of it can be typed wrong.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from functools import cache
from typing import NamedTuple

from evidence.data import store
from evidence.data.dates import years
from evidence.data.schema import kinds

TABLE, EVIDENCE = "review_findings", "review_finding_evidence"
KIND = "review-finding"
TABLES = [TABLE, EVIDENCE, "findings", "facts", "discrepancies", "recommendations", "sources", "synthesis"]
SUPPORTS, CONFLICTS = "supports", "conflicts"
BETWEEN = ""  # where records of two documents at once stand, beside the keys of documents


class Evidence(NamedTuple):
    """A record that bears on a review finding: its kind and id, what it does to it, why if said, and its documents."""

    kind: str
    id: str
    relation: str
    reason: str
    sources: tuple[str, ...]


def record_columns() -> list[str]:
    """Return the columns of the table of evidence that name a record, each called as its kind of record."""
    return [name for name in store.fields(EVIDENCE) if name in kinds()]


def _sources(kind: str, key: str) -> tuple[str, ...]:
    row = store.rows(kinds()[kind]).get(key)
    named = [getattr(row, name, "") for name in ("source", "left_source", "right_source")]
    return tuple(dict.fromkeys(filter(None, named)))


def evidence_in(rows: Iterable) -> dict[str, list[Evidence]]:
    """Return the evidence of each review finding that rows of evidence name: what supports it first, conflicts last."""
    found: dict[str, list[Evidence]] = defaultdict(list)
    for row in rows:
        for kind in record_columns():
            if key := getattr(row, kind):
                found[row.review_finding].append(Evidence(kind, key, row.relation, row.reason, _sources(kind, key)))
    order = list(store.labels(EVIDENCE, "relation"))
    return {key: sorted(items, key=lambda item: order.index(item.relation)) for key, items in found.items()}


@cache
def _by_finding() -> dict[str, list[Evidence]]:
    return evidence_in(store.rows(EVIDENCE).values())


def evidence_of(key: str) -> list[Evidence]:
    """Return the records that bear on a review finding: those that support it first, those in conflict last."""
    return _by_finding().get(key, [])


def by_document(key: str) -> dict[str, list[Evidence]]:
    """Return the evidence of a review finding by document, in the order of documents.

    What sets two documents against each other stands last, under :data:`BETWEEN`.
    """
    found: dict[str, list[Evidence]] = {source: [] for source in (*store.rows("sources"), BETWEEN)}
    for item in evidence_of(key):
        found[item.sources[0] if len(item.sources) == 1 else BETWEEN].append(item)
    return {source: items for source, items in found.items() if items}


def supporting(key: str) -> list[str]:
    """Return the documents that have a record in support of a review finding, in the order of documents."""
    found = {source for item in evidence_of(key) if item.relation == SUPPORTS for source in item.sources}
    return [source for source in store.rows("sources") if source in found]


def silent(key: str) -> list[str]:
    """Return the documents that have no record bearing on a review finding."""
    heard = {source for item in evidence_of(key) for source in item.sources}
    return [source for source in store.rows("sources") if source not in heard]


def covered_years(source: str) -> list[int]:
    """Return the years that a document speaks of, as its row says (``as_of``), and the year it is of."""
    row = store.row("sources", source)
    return sorted({int(year) for year in (*years(row.as_of), row.year)})


def years_of(item: Evidence) -> list[int]:
    """Return the years that a record is of by its own row, none where it names none."""
    return [int(year) for year in years(getattr(store.row(kinds()[item.kind], item.id), "period", ""))]


def newest_year(key: str) -> tuple[int, bool]:
    """Return the newest year of the records in support of a review finding, and whether a record names it.

    A record is at the latest of the year of its document: it may name the end of a plan, or no year at all.
    """
    found = []
    for item in evidence_of(key):
        if item.relation == SUPPORTS:
            latest = max(int(store.row("sources", source).year) for source in item.sources)
            found += [(min(year, latest), True) for year in years_of(item)] or [(latest, False)]
    return max(found)


def calls_on(key: str) -> list[str]:
    """Return the recommendations and lessons asked on a review finding, in the order of the table.

    They rest on one of its findings (``rests_on``, our reading), or are evidence of it themselves.
    """
    own = {(item.kind, item.id) for item in evidence_of(key)}
    return [
        row.id
        for row in store.rows("recommendations").values()
        if ("recommendation", row.id) in own or any(("finding", other) in own for other in store.items(row.rests_on))
    ]


def parts_of(records: Collection[tuple[str, str]]) -> list[str]:
    """Return the review findings that share evidence with (kind, id) of records: those that share most, first.

    Only records in support count.
    """
    shared = {
        key: sum((item.kind, item.id) in records for item in items if item.relation == SUPPORTS)
        for key, items in _by_finding().items()
    }
    return sorted((key for key in shared if shared[key]), key=lambda key: (-shared[key], key))
