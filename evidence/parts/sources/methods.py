"""Tables of the chapter on how the book was made."""

from __future__ import annotations

import pandas as pd

from evidence.data import store
from evidence.exhibits.exhibit import labelled
from evidence.figures.formulas import share_pct

SEVERAL = "Several"  # documents that what is compared is drawn from
HEADS = {
    "measure": "Compared",
    "source": "Document",
    "n_compared": "n",
    "n_equal": "Equal",
    "share": "Equal, %",
    "kappa": "Kappa",
    "settled": "How differences were settled",
}


def agreement() -> pd.DataFrame:
    """Return how two independent extractions agree, one row per document and measure.

    Columns: ``Compared``, ``Document``, ``n`` (rows or cells compared), ``Equal`` (of these), ``Equal, %``, ``Kappa``
    (Cohen's, for codes), ``How differences were settled``.
    """
    rows = labelled(store.load("extraction_agreement"), "extraction_agreement", "source")
    rows["source"] = rows["source"].replace("", SEVERAL)
    rows["share"] = share_pct(rows["n_equal"].astype(float), rows["n_compared"].astype(float))
    return rows[list(HEADS)].rename(columns=HEADS)
