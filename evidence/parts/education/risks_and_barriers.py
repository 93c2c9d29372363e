"""Tables of the chapter on risks and barriers."""

from __future__ import annotations

import pandas as pd

from evidence.data.records import PLACE
from evidence.data.store import of_document
from evidence.exhibits.frames import labelled
from evidence.parts.education import OUT_OF_SCHOOL

HEADS = {"barrier": "Barrier", "category": "Category", "groups": "Whom it concerns", "measured_by": "Who says so"}


def barriers() -> pd.DataFrame:
    """Return the barriers the study describes, one row each.

    Columns: ``Barrier``, ``Category``, ``Whom it concerns`` (groups of children), ``Who says so`` and its place.
    Source: antonowicz2013oosc, whole, as coded in ``barriers.csv``.
    """
    rows = labelled(of_document("barriers", OUT_OF_SCHOOL), "barriers", "category", "groups")
    return rows[[*HEADS, *PLACE]].rename(columns=HEADS)
