"""Frames that chapters show: from the rows of an exhibit, or from a whole table, with labels for codes."""

from __future__ import annotations

import math

import pandas as pd

from evidence.data import format, store
from evidence.data.records import PLACE, fact
from evidence.data.schema import REPORTING
from evidence.figures.calculations import compute


def rows_of(id: str) -> list:
    """Return the rows of ``exhibit_rows.csv`` of an exhibit, in its order."""
    return sorted((row for row in store.rows("exhibit_rows").values() if row.exhibit == id), key=lambda row: row.order)


def figure_of(row) -> float:
    """Return the value of the fact or the calculation of an exhibit's row, NaN where it has neither."""
    if row.calculation:
        return compute(row.calculation)
    return float(fact(row.fact).value) if row.fact else math.nan


def side_by_side(id: str, name: str, group: str = "") -> pd.DataFrame:
    """Return the figures of an exhibit's rows: one row per label, one column per part, in their order.

    ``name`` heads the labels. ``group``, if given, heads the groups, in a first column; rows of one label then stand
    apart by group. A label without figures keeps its row and shows none.
    """
    table: dict[tuple, dict[str, float]] = {}
    for row in rows_of(id):
        figures = table.setdefault((row.group, row.label) if group else (row.label,), {})
        if row.part:
            figures[row.part] = figure_of(row)
    heads = [group, name] if group else [name]
    return pd.DataFrame([dict(zip(heads, labels)) | figures for labels, figures in table.items()])


def printed(id: str, name: str, **columns: str) -> pd.DataFrame:
    """Return the facts of an exhibit's rows: our label in the column ``name``, then fields of each fact.

    ``columns`` maps fields of a fact, or ``group``, to heads: ``value="Share, %"``.
    """
    rows = [
        (row.label, *(row.group if field == "group" else getattr(fact(row.fact), field) for field in columns))
        for row in rows_of(id)
    ]
    return pd.DataFrame(rows, columns=[name, *columns.values()])


def whole(table: str, *columns: str, source: str = "") -> pd.DataFrame:
    """Return the rows of a table that reports documents as readers see them, each with its place.

    Columns (all unless named) have readable heads and labels for codes; ``source`` keeps the rows of one document.
    """
    fields = store.fields(table)
    shown = list(columns) or [name for name in fields if name not in REPORTING]
    coded = [name for name in shown if fields[name].keys() & {"categories", "references", "list"}]
    frame = labelled(store.of_document(table, source) if source else store.load(table), table, *coded)
    return frame[[*shown, *PLACE]].rename(columns={name: format.column(name, fields[name]) for name in shown})


def named(frame: pd.DataFrame, **columns: str) -> pd.DataFrame:
    """Return a frame with code columns replaced by readable names: ``place="places"``; lists are joined."""
    frame = frame.copy()
    for column, table in columns.items():
        labels = store.names(table)
        frame[column] = [", ".join(labels[item] for item in store.items(cell)) for cell in frame[column]]
    return frame


def labelled(frame: pd.DataFrame, table: str, *columns: str) -> pd.DataFrame:
    """Return a frame with the codes of columns replaced by their labels in the definition of a table."""
    fields = store.fields(table)
    changed = {column: [format.value(cell, fields[column]) for cell in frame[column]] for column in columns}
    return frame.assign(**changed)
