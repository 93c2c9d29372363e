"""Tables of the chapter that sets what documents say of learning and equity side by side."""

from __future__ import annotations

import pandas as pd

from evidence.data import store
from evidence.data.order import in_order
from evidence.data.records import PLACE
from evidence.exhibits.exhibit import link
from evidence.figures.lenses import documents

SILENT = "Not addressed in this document"  # what a silent document says
SPEAKS = {"learning": "✓", "beside": "(✓)", "silent": "–"}  # of learning or access; only of what is near it; not


def _rows() -> pd.DataFrame:
    """Return the rows of ``equity_statements.csv`` by the year of their document, then in the order of its text."""
    return in_order(store.load("equity_statements"), "source", "lines", "id", source=documents())


def coverage() -> pd.DataFrame:
    """Return how far each document speaks of learning by each lens, one row per document, by its year.

    Columns: ``Document``, then one per lens: the mark of ``bears``, of its statements the closest to learning.
    Source: all documents, as coded in ``equity_statements.csv``.
    """
    rows, names = _rows(), store.names("sources")
    bears, lenses = (store.labels("equity_statements", name) for name in ("bears", "lens"))
    best = rows["bears"].map(list(bears).index).groupby([rows["source"], rows["lens"]]).min()
    frame = pd.DataFrame({"Document": [names[source] for source in rows["source"].unique()]})
    for lens, label in lenses.items():
        frame[label] = [SPEAKS[list(bears)[best[source, lens]]] for source in rows["source"].unique()]
    return frame


def statements(lens: str) -> pd.DataFrame:
    """Return what the documents say on a lens ("place", "language" ...), one row per statement, by document.

    Columns: ``Document``, ``What it says`` (leading to the finding, or :data:`SILENT`), ``Of whom, and on what it
    rests``, then those of the place: for a silent document its whole text. Source: as :func:`coverage`.
    """
    rows = _rows().query("lens == @lens").reset_index(drop=True)
    findings, names = store.rows("findings"), store.names("sources")
    frame = pd.DataFrame({"Document": rows["source"].map(names)})
    frame["What it says"] = [
        link(findings[key].statement, "finding", key) if key else SILENT for key in rows["finding"]
    ]
    frame["Of whom, and on what it rests"] = rows["scope"]
    frame[PLACE] = rows[PLACE]
    return frame
