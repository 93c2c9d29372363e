"""Facts as values with a place: what a figure measures, where it is printed, how it reads."""

from __future__ import annotations

import difflib
import math
import re
from functools import cache
from typing import NamedTuple

from evidence import store

PLACE = ["source", "lines", "page", "page_basis", "locator"]  # columns that say where a row stands
SIGNS = {"percent": "%", "percent_points": " points"}


class Fact(NamedTuple):
    """One figure that one place of one document prints: a row of ``facts.csv``."""

    id: str
    source: str
    lines: str
    page: str
    page_basis: str
    locator: str
    indicator: str
    value: float
    value_high: float
    as_reported: str
    qualifier: str
    unit: str
    base: str
    sex: str
    age: str
    residence: str
    place: str
    period: str
    measured_by: str
    evidence_type: str
    flags: tuple[str, ...]
    note: str
    cell: str


class UnknownId(KeyError):
    """An id that no row or calculation has; the message offers the nearest ones."""

    def __init__(self, kind: str, key: str, known):
        near = difflib.get_close_matches(key, list(known), n=3)
        hint = f"; did you mean {' or '.join(near)}?" if near else ""
        self.message = f"no {kind} has the id {key!r}{hint}"
        super().__init__(self.message)

    def __str__(self) -> str:
        return self.message


@cache
def facts() -> dict[str, Fact]:
    """Return every fact by id. Raises :class:`evidence.store.DataError` on bad data."""
    rows = store.load("facts").to_dict("records")
    return {row["id"]: Fact(**row | {"flags": tuple(filter(None, row["flags"].split(";")))}) for row in rows}


def fact(key: str) -> Fact:
    """Return the fact with this id; raises :class:`UnknownId`."""
    try:
        return facts()[key]
    except KeyError:
        raise UnknownId("fact", key, facts()) from None


@cache
def names(table: str) -> dict[str, str]:
    """Return the readable name of every row of a code table (places, themes, groups, indicators)."""
    frame = store.load(table)
    label = "short_name" if table == "sources" else "name"
    return dict(zip(frame["id"], frame[label]))


def number(value: float, unit: str = "", digits: int = 0) -> str:
    """Return a number as readers see it: ``1,756``, ``12.2%``, ``−3.1``."""
    if math.isnan(value):
        return "not given"
    return f"{value:,.{digits}f}{SIGNS.get(unit, '')}".replace("-", "−")


def _separated(digits: str, item: Fact) -> str:
    """Return digits with separators, unless they are a year told in the same words as the value."""
    is_year = 1900 <= int(digits) <= 2030 and int(digits) not in (item.value, item.value_high)
    return digits if is_year else f"{int(digits):,}"


def reads(item: Fact) -> str:
    """Return how a fact reads in a sentence: as printed, with its "over" or "about".

    Only the typography is ours: thousands separators, the per cent sign, dashes in ranges.
    """
    text = item.as_reported
    if item.value >= 1000 and item.unit != "year":  # 7.648 and 24 000 are thousands in some documents
        text = re.sub(r"(?<=\d)[ .](?=\d{3}\b)", ",", text)
    if item.unit != "year":
        text = re.sub(r"(?<![\d,.])\d{4,}(?![\d,])", lambda match: _separated(match[0], item), text)
    text = re.sub(r"(?<=\d)\s*(?:%|per ?cent\b)", "%", text)
    text = re.sub(r"(?<=\d)-(?=\d)", "–", text)
    return text if text[:2].isupper() and text[:2].isalpha() else text[0].lower() + text[1:]


def page_label(page: str, basis: str) -> str:
    """Return a page as readers see it; an inferred page says so."""
    if not page:
        return "page not known"
    label = f"pp. {page.replace('-', '–')}" if "-" in page else f"p. {page}"
    return label if basis == "printed" else f"{label} (inferred)"


def place_in_source(row) -> str:
    """Return document, page and locator of a row with ``source``, ``page``, ``page_basis``, ``locator``."""
    parts = [names("sources")[row.source], page_label(row.page, row.page_basis), row.locator]
    return ", ".join(filter(None, parts))


def described(item: Fact) -> list[tuple[str, str]]:
    """Return the (label, text) pairs of a fact's card, without the empty ones."""
    who = ", ".join(filter(None, [item.sex, item.age and f"age {item.age}", item.residence]))
    pairs = [
        ("Measures", names("indicators")[item.indicator]),
        ("As printed", item.as_reported),
        ("Unit", item.unit.replace("_", " ")),
        ("Of whom", ", ".join(filter(None, [item.base, who]))),
        ("Place", names("places").get(item.place, "")),
        ("As of", item.period),
        ("Measured by", item.measured_by),
        ("Rests on", item.evidence_type.replace("_", " ")),
        ("Cautions", ", ".join(flag.replace("_", " ") for flag in item.flags)),
        ("Note", item.note),
    ]
    return [(label, text) for label, text in pairs if text]
