"""Tables of the part on what to do, a module a chapter: what they share of calls and who is asked."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from evidence.data import store
from evidence.exhibits.exhibit import link

CALLS = "kind=recommendation,action"  # what the finder shows of calls
TABLES = ("recommendations", "actions")  # whose rows are calls: recommendations, parts, lessons, actions


def heading(row) -> str:
    """Return how a recommendation is numbered, with our letter of a part: "3 (d)"; a lesson says that it is one."""
    number = f"{row.number} ({row.part})" if row.part else str(row.number)
    return f"lesson {number}" if row.kind == "lesson" else number


def found(count: int, *chosen: str) -> dict | int:
    """Return a count as a cell that leads to what it counts in the finder; a plain 0 where there is nothing."""
    return link(count, "finder", "&".join(chosen)) if count else 0


def documents() -> dict[str, str]:
    """Return the short names of the documents that ask for something, by their keys, in the order of the documents."""
    asking = set(store.load("recommendations")["source"])
    return {key: name for key, name in store.names("sources").items() if key in asking}


def by_document(codes: dict[str, list[str]], chosen: Callable[[str], tuple[str, ...]]) -> pd.DataFrame:
    """Return how many calls of each document bear one of some themes, each count with its way to the finder.

    ``codes`` names the themes of each row; ``chosen`` returns, for a row, what to choose in the finder besides the
    document. A call counts once in a row. Columns: the documents by their short names.
    """
    calls = [(row.source, set(store.items(row.themes))) for table in TABLES for row in store.rows(table).values()]

    def count(source: str, themes: list[str]) -> int:
        return sum(of == source and bool(own & set(themes)) for of, own in calls)

    counts = {
        name: [found(count(key, themes), *chosen(row), f"document={key}") for row, themes in codes.items()]
        for key, name in documents().items()
    }
    return pd.DataFrame(counts, dtype=object)
