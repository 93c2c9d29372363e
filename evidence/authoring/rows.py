"""Rows of tables as text: one is put in its place by id, and no other byte of the file is touched."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from bisect import bisect

from evidence.data import store
from evidence.data.rules import DataError, Problem

MAX_WORDS = 6  # house: of a proposed id: longer ones are no longer read
SMALL = set(
    "a an and are as at be by for from has have in is it its of on or that the their to was were who with".split()
)


def row_line(resource: dict, row: dict[str, str]) -> str:
    """Return a row as a line of the file of its table; columns that ``row`` lacks are empty."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow([row.get(name, "") for name in store.fields_of(resource)])
    return text.getvalue()


def with_row(text: str, resource: dict, row: dict[str, str]) -> str:
    """Return the text of a table with one more row, in its place by id; the other lines stay as they are.

    Raises :class:`DataError` for an id that is there, and for a cell with a line break, which no table has.
    """
    broken = [name for name, value in row.items() if "\n" in value or "\r" in value]
    if broken:
        rule = "holds a line break; a cell is one line"
        raise DataError([Problem(resource["path"], None, name, row[name], rule) for name in broken])
    lines = text.splitlines(keepends=True)
    ids = [next(csv.reader([line]))[0] for line in lines[1:]]
    if row["id"] in ids:
        rule = f"is already used in row {ids.index(row['id']) + 2}"
        raise DataError([Problem(resource["path"], None, "id", row["id"], rule)])
    place = bisect(ids, row["id"]) + 1
    return "".join([*lines[:place], row_line(resource, row), *lines[place:]])


def slug(text: str, words: int = MAX_WORDS) -> str:
    """Return the words of a text as part of an id: ``[a-z0-9-]+``, small words left out, "" if none is left."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    found = [word for word in re.findall(r"[a-z0-9]+", plain.replace("'", "")) if word not in SMALL]
    return "-".join(found[:words])


def proposed_id(known, *parts: str) -> str:
    """Return an id made of the words of ``parts``, with a number at its end if it is among the ``known`` ones."""
    stem = "-".join(filter(None, map(slug, parts))) or "row"
    return next(name for name in (stem, *(f"{stem}-{number}" for number in range(2, 1000))) if name not in known)
