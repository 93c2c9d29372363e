"""The evidence map: how much there is on each theme, how sure it is, and why an empty cell is empty.

A cell counts records that have both a theme and a document (or a group, a place, a kind of evidence, a period). It is
empty in one of three ways: the document is silent, it asks and has no answer, or our copy has lost the number.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

import pandas as pd

from evidence.data import format, own_limits, store
from evidence.figures.cards import ids
from evidence.figures.facets import JOINT, facets_of, parts_of
from evidence.figures.sureness import levels

KINDS = {  # of records that a cell counts, as one and as several
    "finding": ("finding", "findings"),
    "fact": ("fact", "facts"),
    "message": ("key message", "key messages"),
    "recommendation": ("recommendation", "recommendations"),
}
GAP, LOST = "gap", "lost"
SAYS_NOTHING = {"stance": "gap", "own-flags": "lost_in_source"}  # facets of findings and facts that give no answer
EVIDENCE = ("finding", "fact")  # kinds whose own basis counts; a message has that of the records it rests on
NO_BASIS = "unsourced"


class Record(NamedTuple):
    """A record as the map sees it: its kind, id and codes by facet; a message also has those of its records."""

    kind: str
    key: str
    facets: dict[str, list[str]]
    parts: list[dict[str, list[str]]] = []


class Line(NamedTuple):
    """A line of the map: a subject with all its themes, or one theme; ``code`` is unique among lines."""

    code: str
    name: str
    themes: tuple[str, ...]
    is_subject: bool


class Cell(NamedTuple):
    """What a cell says: records by kind, those that give an answer, confidence of messages, kinds of evidence, gaps."""

    counts: dict[str, int]
    known: int
    typical: str
    highest: str
    evidence: int
    asked: int
    lost: int

    @property
    def total(self) -> int:
        """Return how many records the cell counts; gaps are none."""
        return sum(self.counts.values())

    @property
    def empty(self) -> str:
        """Return why the cell has no answer: silent, unanswered, lost; "" where it has one.

        Records that only say that something is not known, or whose number is lost, are no answer.
        """
        if self.known:
            return ""
        if not self.total and not self.asked and not self.lost:
            return "silent"
        return "lost" if self.lost and not self.asked else "unanswered"


@cache
def records() -> list[Record]:
    """Return every record that the map counts, and every gap, in the order of their tables."""
    return [Record(kind, key, facets_of(kind, key), parts_of(kind, key)) for kind in (*KINDS, GAP) for key in ids(kind)]


@cache
def lines() -> list[Line]:
    """Return the lines of the map: each subject of the codebook, then its themes by name."""
    themes = sorted(store.rows("themes").values(), key=lambda row: row.name)
    found = []
    for code, name in store.labels("themes", "subject").items():
        own = [row for row in themes if row.subject == code]
        found.append(Line(f"subject-{code}", name, tuple(row.id for row in own), True))
        found += [Line(row.id, row.name, (row.id,), False) for row in own]
    return found


def typical(found: Iterable[str]) -> str:
    """Return the middle one of levels of confidence, the lower of the two middle ones; "" of none."""
    ranked = sorted(found, key=levels().index, reverse=True)
    return ranked[(len(ranked) - 1) // 2] if ranked else ""


def cell(found: list[Record]) -> Cell:
    """Return what a cell with these records says.

    Kinds of evidence are those that findings and facts name themselves; "no basis named" is none.
    """
    confidences = [level for record in found if record.kind == "message" for level in _codes(record, "confidence")]
    bases = {basis for record in found if record.kind in EVIDENCE for basis in _codes(record, "evidence")}
    empties = [empty for record in found if record.kind == GAP for empty in _codes(record, "empty")]
    return Cell(
        {kind: sum(record.kind == kind for record in found) for kind in KINDS},
        sum(record.kind != GAP and _answers(record) for record in found),
        typical(confidences),
        min(confidences, key=levels().index, default=""),
        len(bases - {NO_BASIS}),
        sum(empty != LOST for empty in empties),
        empties.count(LOST),
    )


def _codes(record: Record, facet: str) -> list[str]:
    return record.facets.get(facet, [])


def _answers(record: Record) -> bool:
    return not any(code in _codes(record, facet) for facet, code in SAYS_NOTHING.items())


def cells(facet: str = "document", among: list[Record] | None = None) -> dict[tuple[str, str], Cell]:
    """Return what each cell says that has something to say, by the code of its line and of its column.

    A record stands once in a cell, and in the cell of each of its themes and columns. A message stands where one of
    the records it rests on stands.
    """
    inside: dict[tuple[str, str], list[Record]] = {}
    for record in records() if among is None else among:
        for place in places_of(record, facet):
            inside.setdefault(place, []).append(record)
    return {place: cell(found) for place, found in inside.items()}


def places_of(record: Record, facet: str) -> set[tuple[str, str]]:
    """Return the cells in which a record stands, each by the code of its line and of its column."""
    parts = record.parts if record.parts and facet in JOINT else [record.facets]
    return {
        (line.code, code)
        for part in parts
        for line in lines()
        if set(part.get("theme", [])).intersection(line.themes)
        for code in part.get(facet, [])
    }


def periods() -> list[tuple[int, int]]:
    """Return the periods of the map, in their order, as their first and last years; the outer ones are open."""
    begins = own_limits.map_periods()
    return list(zip((0, *begins), (*(year - 1 for year in begins), 9999)))


def shades() -> tuple[int, ...]:
    """Return from how many records on a cell has each shade, the lightest first."""
    return (1, *own_limits.map_shades())


def shade(count: int) -> int:
    """Return how dark a cell is, from 0 for the lightest of :func:`shades`."""
    return sum(count >= least for least in shades()[1:])


def some(count: int, one: str, several: str) -> str:
    """Return a number of things in words: ``1 fact``, ``1,204 facts``."""
    return f"{format.number(count)} {one if count == 1 else several}"


def in_words(given: Cell) -> str:
    """Return what a cell says to those who do not see it, without its total and its gaps."""
    counts = [some(count, *KINDS[kind]) for kind, count in given.counts.items() if count]
    said = [", ".join(counts)]
    if given.typical:
        said.append(f"confidence of its messages {given.typical}, at best {given.highest}")
    return "; ".join([*said, some(given.evidence, "kind of evidence", "kinds of evidence")])


def frame() -> pd.DataFrame:
    """Return the map as a table, one row a line and document.

    Columns: ``Subject``, ``Theme`` ("" for the subject as a whole), ``Document``, then numbers: ``Findings``,
    ``Facts``, ``Key messages``, ``Recommendations``, ``Records``; ``Typical confidence`` and ``Highest confidence`` of
    its messages ("" for none); ``Kinds of evidence``, ``Asked and not found``, ``Lost in our copy`` (numbers).
    """
    found, rows, subject = cells(), [], ""
    for line in lines():
        subject = line.name if line.is_subject else subject
        for key, name in store.names("sources").items():
            given = found.get((line.code, key)) or cell([])
            rows.append(
                {"Subject": subject, "Theme": "" if line.is_subject else line.name, "Document": name}
                | {KINDS[kind][1].capitalize(): count for kind, count in given.counts.items()}
                | {"Records": given.total, "Typical confidence": given.typical, "Highest confidence": given.highest}
                | {"Kinds of evidence": given.evidence, "Asked and not found": given.asked}
                | {"Lost in our copy": given.lost}
            )
    return pd.DataFrame(rows)
