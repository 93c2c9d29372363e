"""Ranges of lines no longer than what is said there: a figure is printed in a few lines, a statement on a page or two.

How long a thing may be is said of its table in ``fields.toml``: ``longest`` in lines, ``spans`` in pages.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache

from evidence.checks.readings import passages_of
from evidence.data import store
from evidence.data.rules import Problem

PAGES = 3  # house: that the lines of a row touch at most, unless its table says otherwise


@cache
def _starts() -> dict[str, list[tuple[int, int]]]:
    """Return (first line, last line) of the pages of each document."""
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for row in store.rows("pages").values():
        found[row.source].append(store.line_range(row.lines))
    return found


def pages_touched(source: str, lines: str) -> int:
    """Return on how many pages of a document a range of lines stands."""
    first, last = store.line_range(lines)
    return sum(start <= last and end >= first for start, end in _starts()[source])


def fault(resource: dict, source: str, lines: str) -> str | None:
    """Return what is wrong with the length of a range of lines in a row of a table, or None."""
    first, last = store.line_range(lines)
    longest, spans = resource["longest"], resource["spans"] or PAGES
    if longest and last - first + 1 > longest:
        return (
            f"has {last - first + 1} lines, and what a row of this table says stands in at most {longest}; cite those"
        )
    if not longest and resource["spans"] != "all" and (touched := pages_touched(source, lines)) > int(spans):
        return f"stands on {touched} pages; what a row of this table says stands on at most {spans}: cite its lines"
    return None


def problems() -> list[Problem]:
    """Return the rows that cite more lines than what they say can take."""
    found = []
    for table, resource in store.schema().items():
        if table == "pages" or not (resource["reports"] or resource["judges"]):
            continue
        store.load(table)  # one with a fault of its own is not measured
        for row in store.read(resource).rows:
            for source, lines in passages_of(row):
                if rule := fault(resource, source, lines):
                    found.append(Problem(resource["path"], int(row[""]), "lines", lines, f"{row['id']}: {rule}"))
    return found
