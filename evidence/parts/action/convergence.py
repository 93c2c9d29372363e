"""Tables of the chapter on calls of different documents compared."""

from __future__ import annotations

from itertools import combinations

import pandas as pd

from evidence.data import format, store
from evidence.data.order import in_order
from evidence.exhibits.exhibit import link, several
from evidence.exhibits.frames import labelled
from evidence.parts.action import CALLS, by_document, documents

TOGETHER = ("same", "part")  # relations of calls that ask for the same, whole or in part
SHOWN = ("same", "part", "alike", "against")  # that the chart shows: the others are no convergence


def relations() -> dict[str, str]:
    """Return the relations two calls may have, by code, in their order."""
    return store.labels("convergence", "relation")


def compared() -> pd.DataFrame:
    """Return the pairs of calls with the documents they are of (``left``, ``right``) beside the columns of the file."""
    rows = store.load("convergence")
    sources = {key: row.source for key, row in store.rows("recommendations").items()}
    return rows.assign(left=rows["first"].map(sources), right=rows["second"].map(sources))


def by_pair() -> pd.DataFrame:
    """Return how many pairs of calls have each relation, one row per pair of documents.

    Columns: ``Documents``, then the relations in words.
    """
    rows, names = compared(), documents()
    table = []
    for left, right in combinations(names, 2):
        own = rows[(rows["left"] == left) & (rows["right"] == right)]["relation"]
        counts = {label: int((own == code).sum()) for code, label in relations().items()}
        table.append({"Documents": f"{names[left]} and {names[right]}", **counts})
    frame = pd.DataFrame(table)
    together = frame[[relations()[code] for code in TOGETHER]].sum(axis=1)
    return frame.loc[together.sort_values(ascending=False, kind="stable").index].reset_index(drop=True)


def shown() -> list[str]:
    """Return the relations that the chart shows, in words."""
    return [relations()[code] for code in SHOWN]


def by_theme() -> pd.DataFrame:
    """Return how many calls of each document bear each theme, one row per theme that any call bears.

    Columns: ``Theme``, the documents, ``Documents that ask`` (number). Themes that most documents share come first.
    """
    names = store.names("themes")
    counts = by_document({key: [key] for key in names}, lambda theme: (CALLS, f"theme={theme}"))
    counts.insert(0, "Theme", list(names.values()))
    counts["Documents that ask"] = (counts[list(documents().values())] != 0).sum(axis=1)
    counts = counts[counts["Documents that ask"] > 0]
    order = counts["Documents that ask"].sort_values(ascending=False, kind="stable").index
    return counts.loc[order].reset_index(drop=True)


def call(key: str, action: str) -> dict:
    """Return a call as a cell: document, page and wording, with the action under it that says it, if one does."""
    row = store.row("recommendations", key)
    text = f"{store.names('sources')[row.source]}, {format.page(row.page)}: {row.statement}"
    cells = [link(text, "recommendation", key)]
    if action and store.row("actions", action).recommendation == key:
        cells.append(link("the action that says so", "action", action))
    return several(cells)


def pairs(*codes: str) -> pd.DataFrame:
    """Return the pairs of calls with one of some relations, one row each, by subject.

    Columns: ``Subject``, ``One document asks``, ``Another asks``, ``Relation``, ``Why we say so``.
    """
    rows = compared()
    rows = rows[rows["relation"].isin(codes)]
    rows = in_order(rows, "subject", "left", "right", "id", subject=store.labels("convergence", "subject"))
    words = labelled(rows, "convergence", "subject", "relation")
    columns = {
        "Subject": words["subject"],
        "One document asks": [call(row.first, row.action) for row in rows.itertuples()],
        "Another asks": [call(row.second, row.action) for row in rows.itertuples()],
        "Relation": words["relation"],
        "Why we say so": rows["reason"],
    }
    return pd.DataFrame(columns)
