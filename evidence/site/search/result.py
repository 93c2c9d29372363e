"""One thing the search finds, and what it weighs by its kind."""

from __future__ import annotations

from functools import cache
from textwrap import shorten
from typing import NamedTuple

from evidence.data import schema
from evidence.figures.cards import kind_names

SUMMARY = 124  # search: layout: characters shown under a title


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
    """Return the weight of each kind of result, as ``fields.toml`` has it: 1 for records unless it says otherwise.

    What answers a question stands before what it is made of; nothing is left out by it.
    """
    records = {kind_names()[kind].lower(): schema.schema()[table]["record"] for kind, table in schema.kinds().items()}
    return schema.weights() | {name: float(record.get("weight", 1)) for name, record in records.items()}


def shortened(text: str) -> str:
    """Return the beginning of a text, whole words."""
    return shorten(text, SUMMARY, placeholder="…")
