"""Subjects that people look for: which records are on each, by one rule, and which of them stand first.

A row of ``subjects.csv`` says what a subject takes in: themes, groups of children, words. A record is on it if it is
coded with one of the themes or groups, or names it by one of the words. A judgement that has no themes of its own is on
it if it names it, or if more than half of what it rests on is on it. What stands first is a choice of ours, in the row.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from evidence.data import store
from evidence.data.disagreements import ONLY_WORDING, facts_of
from evidence.data.records import CALLS
from evidence.data.schema import kinds
from evidence.figures.cards import head_of, ids
from evidence.figures.facets import behind, themes_of_indicators

TABLE = "subjects"
COLUMNS = {  # of the table, which name the records that stand first, by their kind
    "review-finding": "review_findings",
    "message": "messages",
    "finding": "findings",
    "recommendation": "recommendations",
    "action": "actions",
    "gap": "gaps",
    "discrepancy": "discrepancies",
}
NEARBY = "nearby"  # column with the calls that stand apart where none is on the subject itself
KNOWN = ("review-finding", "message", "finding")  # kinds of records that say what is known, as far as judged
OPEN, APART = "gap", "discrepancy"
COUNTED = ("finding", "fact", "recommendation")  # kinds by which a document speaks of a subject, or is silent
FOLDER = "chapters/subjects"  # where each subject has its page
Record = tuple[str, str]  # kind and id


def page_of(subject: str) -> str:
    """Return the page of the book that a subject has."""
    return f"{FOLDER}/{subject}"


@cache
def finders() -> dict[str, re.Pattern]:
    """Return what finds the words of each subject that has some, whole and in any case."""
    return {
        row.id: re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, store.items(row.words)))})(?!\w)", re.IGNORECASE)
        for row in store.rows(TABLE).values()
        if row.words
    }


def _coded(kind: str, row) -> tuple[set[str], set[str]]:
    """Return the themes and the groups of a record; a fact has the themes of its indicator."""
    themes = (
        themes_of_indicators().get(row.indicator, []) if kind == "fact" else store.items(getattr(row, "themes", ""))
    )
    return set(themes), set(store.items(getattr(row, "groups", "")))


def _is_judged_by_others(kind: str) -> bool:
    """Return whether records of a kind are judgements of ours without themes of their own."""
    resource = store.schema()[kinds()[kind]]
    return not resource["reports"] and "themes" not in store.fields_of(resource)


@cache
def subjects_of(kind: str, key: str) -> tuple[str, ...]:
    """Return the ids of the subjects that a record is on, in their order; raises UnknownId."""
    row, text = store.row(kinds()[kind], key), head_of(kind, key)
    themes, groups = _coded(kind, row)
    found = {
        subject.id
        for subject in store.rows(TABLE).values()
        if themes & set(store.items(subject.themes)) or groups & set(store.items(subject.groups))
    }
    found |= {subject for subject, words in finders().items() if words.search(text)}
    if _is_judged_by_others(kind):
        rests = [("fact", fact) for fact in facts_of(key)] if kind == APART else list(dict.fromkeys(behind(kind, row)))
        times = Counter(subject for record in rests for subject in subjects_of(*record))
        found |= {subject for subject, count in times.items() if 2 * count > len(rests)}
    return tuple(subject for subject in store.rows(TABLE) if subject in found)


@cache
def on(subject: str, kind: str) -> tuple[str, ...]:
    """Return the ids of the records of a kind that are on a subject, those that matter most first."""
    return tuple(key for key in ids(kind) if subject in subjects_of(kind, key))


def chosen(subject: str, kind: str) -> list[str]:
    """Return the ids of the records of a kind that stand first on a subject."""
    return store.items(getattr(store.row(TABLE, subject), COLUMNS[kind]))


def known(subject: str) -> tuple[list[Record], list[Record]]:
    """Return what is known on a subject as (kind, id): what stands first, then every other review finding on it."""
    first = [(kind, key) for kind in KNOWN for key in chosen(subject, kind)]
    return first, [(KNOWN[0], key) for key in on(subject, KNOWN[0]) if (KNOWN[0], key) not in first]


def calls(subject: str) -> tuple[list[Record], list[Record]]:
    """Return the calls on a subject as (kind, id): those that stand first, then every other that is on it itself."""
    first = [(kind, key) for kind in CALLS for key in chosen(subject, kind)]
    return first, [(kind, key) for kind in CALLS for key in on(subject, kind) if (kind, key) not in first]


def nearby(subject: str) -> list[Record]:
    """Return the calls that come near a subject as (kind, id), shown apart where no document asks anything of it."""
    return [("recommendation", key) for key in store.items(getattr(store.row(TABLE, subject), NEARBY))]


@cache
def resting(subject: str) -> tuple[str, ...]:
    """Return the ids of the recommendations that are not on a subject, but rest on a finding that is.

    What a recommendation rests on is our reading (``rests_on``).
    """
    findings, own = set(on(subject, "finding")), on(subject, "recommendation")
    rows = store.rows("recommendations").values()
    return tuple(row.id for row in rows if row.id not in own and findings & set(store.items(row.rests_on)))


def unsettled(subject: str, kind: str) -> tuple[list[Record], list[Record]]:
    """Return the open questions or the disagreements on a subject: those that stand first, then every other.

    Disagreements in wording alone are left to the register.
    """
    first = [(kind, key) for key in chosen(subject, kind)]
    others = [(kind, key) for key in on(subject, kind) if (kind, key) not in first]
    if kind == APART:
        others = [one for one in others if store.row(kinds()[kind], one[1]).severity != ONLY_WORDING]
    return first, others


def by_topic(subject: str, records: list[Record]) -> dict[str, list[Record]]:
    """Return records by the narrowest other subject that each is on, in the order of subjects; "" for those on none."""
    found: dict[str, list[Record]] = {}
    for kind, key in records:
        others = [one for one in subjects_of(kind, key) if one != subject]
        nearest = min(others, key=lambda one: (len(on(one, kind)), one), default="")
        found.setdefault(nearest, []).append((kind, key))
    return {one: found[one] for one in ("", *store.rows(TABLE)) if one in found}


def silent(subject: str) -> list[str]:
    """Return the documents that have no finding, fact or recommendation on a subject."""
    heard = {store.row(kinds()[kind], key).source for kind in COUNTED for key in on(subject, kind)}
    return [source for source in store.rows("sources") if source not in heard]
