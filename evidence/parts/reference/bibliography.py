"""Tables of the bibliography."""

from __future__ import annotations

import pandas as pd

from evidence.data import store
from evidence.exhibits.frames import labelled
from evidence.figures.notes import paged_note

HEADS = {"entry": "Work", "change": "Change", "before": "As given", "after": "Now", "source": "List"}


def changes() -> pd.DataFrame:
    """Return what was mended, merged or marked in the lists of references, one row per change.

    Columns: ``Work`` (entry of ``references.bib``), ``Change``, ``As given``, ``Now``, ``List`` (document).
    """
    keys = store.load("bibliography_record")["source"]
    rows = labelled(store.load("bibliography_record"), "bibliography_record", "change", "source")
    for column in ("before", "after"):
        rows[column] = [paged_note(text, source)[0] for text, source in zip(rows[column], keys)]
    return rows[list(HEADS)].rename(columns=HEADS)
