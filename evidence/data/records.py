"""Records as values: a fact, a place in a document."""

from __future__ import annotations

from typing import NamedTuple

from evidence.data import store

CALLS = ("recommendation", "action")  # kinds of records that ask for something
PLACE = ["source", "lines", "page", "page_basis", "locator"]  # columns that say where a row stands


class Place(NamedTuple):
    """A place in a document: its key, the page with how it is known ("printed", "inferred", "none"), the locator."""

    source: str
    page: str
    basis: str
    locator: str = ""


def place_of_row(row) -> Place:
    """Return the place of a row that reports a document."""
    return Place(row.source, row.page, row.page_basis, row.locator)


def place_of_lines(source: str, lines: str) -> Place:
    """Return the place of a range of lines of a document."""
    return Place(source, *store.page_of(source, lines))


def facts() -> dict:
    """Return every fact (a row of ``facts.csv``, its columns as attributes) by id."""
    return store.rows("facts")


def fact(key: str):
    """Return the fact with this id; raises :class:`evidence.data.store.UnknownId`."""
    return store.row("facts", key)


def newest_year() -> int:
    """Return the year of the newest document."""
    return max(row.year for row in store.rows("sources").values())


def flags(item) -> list[str]:
    """Return the codes of the cautions about a fact (column ``flags`` of ``facts.csv``)."""
    return store.items(item.flags)
