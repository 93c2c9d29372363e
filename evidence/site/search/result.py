"""One thing the search finds, and what it weighs by its kind."""

from __future__ import annotations

from functools import cache
from textwrap import shorten
from typing import NamedTuple

from evidence.data import store
from evidence.data.schema import kinds
from evidence.figures.cards import kind_names

SUMMARY = 124  # characters shown under a title
WEIGHTS = {
    "topic": 16.0,
    "document": 8.0,
    "chapter": 6.0,
    "section": 2.0,
    "selection": 5.0,
    "page": 3.0,
    "exhibit": 3.0,
    "table row": 0.6,
}  # of what is no record


class Wording(NamedTuple):
    """Words in a language: ``ru`` or ``kk``, or none where it is English or not known."""

    text: str
    language: str = ""


class Record(NamedTuple):
    """One thing the search finds.

    ``names`` are its title in other words, ``spoken`` in other languages; ``text`` is what it says, ``asked`` how
    people who do not know it ask for it; each of ``titles`` is as good a title as its own.
    """

    title: str
    url: str
    kind: str
    where: str = ""  # document and page
    summary: str = ""
    names: str = ""
    text: str = ""
    spoken: tuple[Wording, ...] = ()
    asked: tuple[Wording, ...] = ()
    titles: tuple[Wording, ...] = ()


@cache
def weights() -> dict[str, float]:
    """Return the weight of each kind of result: what answers a question stands before what it is made of."""
    records = {kind_names()[kind].lower(): store.schema()[table]["record"] for kind, table in kinds().items()}
    return WEIGHTS | {name: float(record.get("weight", 1)) for name, record in records.items()}


def shortened(text: str) -> str:
    """Return the beginning of a text, whole words."""
    return shorten(text, SUMMARY, placeholder="…")
