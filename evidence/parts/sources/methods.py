"""Tables of the chapter on how the book was made."""

from __future__ import annotations

import pandas as pd

from evidence.data import store
from evidence.exhibits.frames import labelled
from evidence.figures.formulas import share_pct

READING = "message_readings"
MORE = "More than their rows, main fault: "  # before a fault, as we coded it from the reader's reason
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


def third_reading() -> pd.DataFrame:
    """Return how many key messages were said to say more than their rows, and why, before they were mended.

    One row a verdict, then one a fault. Columns: ``Said of messages``, one for each reader, ``Messages`` (of all
    readers). Source: ``message_readings.csv``.
    """
    rows, readers = store.load(READING), store.labels(READING, "reader")
    said = [("says_more", code, label) for code, label in store.labels(READING, "says_more").items()]
    said += [("fault", code, f"{MORE}{label.lower()}") for code, label in store.labels(READING, "fault").items()]
    found = []
    for column, code, label in said:
        here = rows.loc[rows[column] == code, "reader"]
        counts = {name: int((here == reader).sum()) for reader, name in readers.items()}
        found.append({"Said of messages": label} | counts | {"Messages": len(here)})
    return pd.DataFrame(found)
