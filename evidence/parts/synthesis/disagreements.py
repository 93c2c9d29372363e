"""Tables of the chapter on disagreements."""

from __future__ import annotations

import pandas as pd

from evidence.data import format, store
from evidence.data.disagreements import severity_rank
from evidence.exhibits.exhibit import linked
from evidence.figures.cards import paged, places_of

CHANGES = "changes-a-conclusion"
SEVERITIES = list(store.labels("discrepancies", "severity").values())
BETWEEN = "Between documents"
INSIDE = "Inside "  # begins the row of a document


def _rows(is_between: bool) -> list:
    """Return the disagreements between documents, or those inside one, those that change a conclusion first."""
    rows = [row for row in store.rows("discrepancies").values() if (row.left_source != row.right_source) is is_between]
    return sorted(rows, key=lambda row: (severity_rank(row), row.left_source, row.id))


def _sides(row) -> str:
    """Return what both sides say, each after its place."""
    said = (paged(row.left_says, row.left_source), paged(row.right_says, row.right_source))
    here, there = (format.place(place) for place in places_of("discrepancy", row))
    return f"{here}: {said[0]}. {there}: {said[1]}."


def _to_read(rows: list, heads: list[str], first: str) -> pd.DataFrame:
    """Return disagreements to read, one row each; the cell of column ``first`` leads to the card."""
    frame = pd.DataFrame({heads[0]: linked([getattr(row, first) for row in rows], "discrepancy", [r.id for r in rows])})
    frame[heads[1]] = [_sides(row) for row in rows]
    frame[heads[2]] = [paged(row.reading, row.left_source) for row in rows]
    frame[heads[3]] = [row.advice for row in rows]
    return frame


def on_top(is_between: bool) -> pd.DataFrame:
    """Return the disagreements that turn what a reader of one side would conclude, one row each.

    Columns: ``One side alone suggests`` (leading to the card), ``What both sides say`` (with their places),
    ``Our reading``, ``What to do``. Those between documents, or those inside one; those whose second side is newest
    come first. The choice is ours: the rows of ``discrepancies.csv`` with a conclusion.
    """
    rows = [row for row in _rows(is_between) if row.conclusion]
    rows = sorted(rows, key=lambda row: store.row("sources", row.right_source).year, reverse=True)
    heads = ["One side alone suggests", "What both sides say", "Our reading", "What to do"]
    return _to_read(rows, heads, "conclusion")


def with_advice(is_between: bool) -> pd.DataFrame:
    """Return the other disagreements with advice, one row each, those that change a conclusion first.

    Columns: ``What differs`` (leading to the card), ``How much it matters``, ``What to do``.
    """
    rows = [row for row in _rows(is_between) if row.advice and not row.conclusion]
    labels = store.labels("discrepancies", "severity")
    frame = pd.DataFrame(
        {"What differs": linked([row.difference for row in rows], "discrepancy", [r.id for r in rows])}
    )
    frame["How much it matters"] = [labels[row.severity] for row in rows]
    frame["What to do"] = [row.advice for row in rows]
    return frame


def counts() -> pd.DataFrame:
    """Return how many disagreements there are, one row for those between documents and one a document.

    Columns: ``Where`` and one for each of :data:`SEVERITIES` (disagreements).
    """
    labels, names = store.labels("discrepancies", "severity"), store.names("sources")
    found = []
    for row in store.rows("discrepancies").values():
        where = BETWEEN if row.left_source != row.right_source else INSIDE + names[row.left_source]
        found.append((where, labels[row.severity]))
    frame = pd.DataFrame(found, columns=["Where", "Severity"])
    order = [BETWEEN, *(INSIDE + name for name in names.values())]
    table = pd.crosstab(frame["Where"], frame["Severity"]).reindex(index=order, columns=SEVERITIES, fill_value=0)
    return table.rename_axis(columns=None).reset_index()
