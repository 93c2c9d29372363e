"""Tables of the chapter on finding and following children."""

from __future__ import annotations

import pandas as pd

from evidence.data import store
from evidence.data.records import PLACE
from evidence.data.store import of_document
from evidence.exhibits.frames import labelled
from evidence.figures.counts import counted
from evidence.parts.education import OUT_OF_SCHOOL

MECHANISMS = {
    "name": "Mechanism",
    "stage": "Stage",
    "description": "What it does",
    "actors": "Who",
    "limits": "What it misses",
}
PRACTICES = {
    "name": "Example",
    "country": "Country",
    "theme": "Theme",
    "what": "What is done",
    "evidence_note": "Result reported",
}


def mechanisms() -> pd.DataFrame:
    """Return how children are found and followed, one row per mechanism.

    Columns: ``Mechanism``, ``Stage``, ``What it does``, ``Who``, ``What it misses`` and its place.
    Source: antonowicz2013oosc, §3.2, §4.2, §5 and §7.3, as coded in ``mechanisms.csv``.
    """
    rows = labelled(of_document("mechanisms", OUT_OF_SCHOOL), "mechanisms", "stage")
    return rows[[*MECHANISMS, *PLACE]].rename(columns=MECHANISMS)


def findings_by_stage() -> pd.DataFrame:
    """Return how many findings are strengths, weaknesses and gaps, one row per stage and one for statistics.

    Columns: ``Stage``, ``gap in knowledge``, ``strength``, ``weakness`` (findings; one may count at several stages,
    descriptions and what is taken from general literature are left out). Source: antonowicz2013oosc, whole, as coded
    in ``findings.csv`` and ``themes.csv``.
    """
    stage_of = store.load("themes").set_index("id")["stage"].replace("", pd.NA).dropna()
    rows = of_document("findings", OUT_OF_SCHOOL).query("stance != 'description' and scope == ''")
    rows = rows.assign(stage=rows["themes"].str.split(";")).explode("stage")
    rows = labelled(rows.assign(stage=rows["stage"].map(stage_of)).dropna(subset="stage"), "findings", "stance")
    table = counted(rows, "stage", "stance").set_index("stage")
    stages = store.labels("themes", "stage")
    return table.loc[list(stages)].rename(stages).rename_axis("Stage").reset_index()


def practices() -> pd.DataFrame:
    """Return the examples of practice from other countries, one row each.

    Columns: ``Example``, ``Country``, ``Theme``, ``What is done``, ``Result reported`` and its place.
    Source: antonowicz2013oosc, §6, as coded in ``practices.csv``.
    """
    rows = labelled(of_document("practices", OUT_OF_SCHOOL), "practices", "country", "theme")
    return rows[[*PRACTICES, *PLACE]].rename(columns=PRACTICES)
