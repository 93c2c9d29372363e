"""Tables of the chapter on who counts as out of school."""

from __future__ import annotations

import pandas as pd

from evidence.data import store
from evidence.data.records import PLACE
from evidence.data.store import of_document
from evidence.exhibits.frames import labelled
from evidence.parts.education import OUT_OF_SCHOOL

TERMS = {"term": "Term", "definition": "Whom it counts"}
THRESHOLDS = {"as_reported": "Threshold as given", "base": "Of what"}
POINTS = {"name": "Risk point", "phase": "When", "description": "What happens"}


def terms() -> pd.DataFrame:
    """Return the terms that decide who counts as out of school, one row each.

    Columns: ``Term``, ``Whom it counts`` and its place. Source: antonowicz2013oosc, §2.1 and §3.2, as coded in
    ``glossary.csv``.
    """
    rows = of_document("glossary", OUT_OF_SCHOOL).query("subject == 'out-of-school'")
    return rows[[*TERMS, *PLACE]].rename(columns=TERMS)


def thresholds() -> pd.DataFrame:
    """Return where the study says how long an absence counts, one row per passage.

    Columns: ``Threshold as given``, ``Of what`` and its place. Source: antonowicz2013oosc, whole.
    """
    facts = store.load("facts")
    rows = facts[facts["id"].isin(store.items(store.row("exhibits", "thresholds").facts))]
    return rows[[*THRESHOLDS, *PLACE]].rename(columns=THRESHOLDS)


def risk_points() -> pd.DataFrame:
    """Return the points at which children go missing, one row each, in the order of a school career.

    Columns: ``Risk point``, ``When`` (phase of the career), ``What happens`` and its place.
    Source: antonowicz2013oosc, §2.3 and Figure 2.
    """
    rows = labelled(store.load("risk_points").sort_values("order"), "risk_points", "phase")
    return rows[[*POINTS, *PLACE]].rename(columns=POINTS)
