"""Tables of the chapter that looks at all documents through the lenses of equity."""

from __future__ import annotations

import pandas as pd

from evidence.data import store
from evidence.data.records import PLACE
from evidence.exhibits.exhibit import link
from evidence.figures import lenses
from evidence.figures.lenses import CODES, UNSEEN

SILENT = "not addressed in this document"
NOT_TOLD = "not counted here"  # of figures: facts.csv has no column for the lens
KINDS = {  # of what a finding says, with a short head for each
    "compared": "Compared",
    "told": "Described",
    "answered": "Done or left undone",
    UNSEEN: "Not counted or asked",
}


def _names() -> dict[str, str]:
    """Return the documents by year, each with its short name."""
    names = store.names("sources")
    return {key: names[key] for key in lenses.documents()}


def said() -> pd.DataFrame:
    """Return the coded findings that say something of the children a lens looks at (:func:`lenses.coded`)."""
    frame = lenses.coded()
    return frame[frame["says"] != lenses.BESIDE].reset_index(drop=True)


def _cell(number: int) -> int | str:
    return number or SILENT


def grid() -> pd.DataFrame:
    """Return how many findings of each document say something through each lens, and how many figures do.

    Columns: ``Difference``, ``Counted`` (statements, figures), then a number per document, :data:`SILENT` for no
    statement.
    """
    labels, frame = store.labels(CODES, "lens"), said()
    rows = []
    for lens, label in labels.items():
        mine = frame[frame["lens"] == lens]
        rows.append((label, "statements", *(_cell(int((mine["source"] == key).sum())) for key in _names())))
        figures = lenses.figures(lens)
        rows.append((label, "figures", *(figures[key] if figures else NOT_TOLD for key in _names())))
    return pd.DataFrame(rows, columns=["Difference", "Counted", *_names().values()])


def by_subject(*chosen: str) -> pd.DataFrame:
    """Return how many findings say something through each chosen lens on each subject: a row per lens and subject.

    Subjects on which no document says anything through a lens have no row. Columns: ``Difference``, ``Subject``, then
    a number per document or :data:`SILENT`.
    """
    labels, frame = store.labels(CODES, "lens"), said()
    rows = []
    for lens in chosen:
        for subject, name in store.labels("themes", "subject").items():
            here = pd.Series([subject in found for found in frame["subjects"]], index=frame.index)
            mine = frame[(frame["lens"] == lens) & here]
            if len(mine):
                rows.append((labels[lens], name, *(_cell(int((mine["source"] == key).sum())) for key in _names())))
    return pd.DataFrame(rows, columns=["Difference", "Subject", *_names().values()])


def silent_subjects() -> pd.DataFrame:
    """Return the subjects on which no document says anything through a lens: a row per lens.

    Columns: ``Difference``, ``No document speaks of``.
    """
    frame = said()
    rows = []
    for lens, label in store.labels(CODES, "lens").items():
        known = set().union(*frame["subjects"][frame["lens"] == lens])
        missing = [name for key, name in store.labels("themes", "subject").items() if key not in known]
        rows.append((label, "; ".join(missing) or "nothing is left out"))
    return pd.DataFrame(rows, columns=["Difference", "No document speaks of"])


def kinds() -> pd.DataFrame:
    """Return what the findings of each document say through each lens, a row per lens and document.

    Columns: ``Difference``, ``Document``, ``Statements`` (a number or :data:`SILENT`), then a number for each of
    ``KINDS``.
    """
    frame = said()
    rows = []
    for lens, label in store.labels(CODES, "lens").items():
        for key, name in _names().items():
            mine = frame["says"][(frame["source"] == key) & (frame["lens"] == lens)]
            rows.append((label, name, _cell(len(mine)), *(int((mine == kind).sum()) for kind in KINDS)))
    return pd.DataFrame(rows, columns=["Difference", "Document", "Statements", *KINDS.values()])


def statements(lens: str) -> pd.DataFrame:
    """Return the findings that stand for what each document says through a lens, by document, then in its order.

    Columns: ``Document``, ``What it says`` (to the finding), ``Says`` (of ``KINDS``), then those of the place. A
    document that says nothing through the lens has no row here: :func:`kinds` names it.
    """
    frame = said().query("lens == @lens and shown").reset_index(drop=True)
    return _listed(frame, "Says", [KINDS[code] for code in frame["says"]])


def missing() -> pd.DataFrame:
    """Return the findings that say who is not counted, not asked or not told apart, by lens and document.

    Columns: ``Document``, ``What it says`` (to the finding), ``Difference``, then those of the place.
    """
    frame = said().query("says == @UNSEEN").reset_index(drop=True)
    lens = frame.groupby("finding")["lens"].agg(
        lambda found: ", ".join(store.labels(CODES, "lens")[one] for one in found)
    )
    once = frame.drop_duplicates("finding", ignore_index=True)
    return _listed(once, "Difference", [lens[key] for key in once["finding"]])


def _listed(frame: pd.DataFrame, name: str, told: list[str]) -> pd.DataFrame:
    table = pd.DataFrame({"Document": frame["source"].map(_names())})
    table["What it says"] = [link(row.statement, "finding", row.finding) for row in frame.itertuples()]
    table[name] = told
    table[PLACE] = frame[PLACE]
    return table


def groups() -> pd.DataFrame:
    """Return how many findings of each document name each group that a lens takes in, a row per lens and group.

    Columns: ``Difference``, ``Group``, then a number per document or :data:`SILENT`.
    """
    found = [(row.source, store.items(row.groups)) for row in store.rows("findings").values() if not row.scope]
    rows = []
    for lens, label in store.labels(CODES, "lens").items():
        for group in sorted(lenses.terms()[lens][0]):
            numbers = [sum(source == key and group in named for source, named in found) for key in _names()]
            rows.append((label, store.names("groups")[group], *map(_cell, numbers)))
    return pd.DataFrame(rows, columns=["Difference", "Group", *_names().values()])


def calls() -> pd.DataFrame:
    """Return how many recommendations of each document, parts included, are looked at through each lens.

    Columns: ``Difference``, then a number per document or :data:`SILENT`.
    """
    rows = [
        (label, *(_cell(len(found)) for found in lenses.calls(lens).values()))
        for lens, label in store.labels(CODES, "lens").items()
    ]
    return pd.DataFrame(rows, columns=["Difference", *_names().values()])
