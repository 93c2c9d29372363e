"""How much each document says on each subject, and where none does; how much evidence there is."""

from __future__ import annotations

import pandas as pd

from evidence.data import store
from evidence.data.records import flags

NOT_KNOWN = "Things it says nobody knows"
LOST = "Numbers missing from our copy"


def statements_by_subject() -> pd.DataFrame:
    """Return how many findings each document has on each subject: a row per subject, a column per document (its id).

    A finding counts once on a subject, whatever number of themes of the subject it is coded with, and on each of its
    subjects. Subjects and documents stand in their order; 0 where a document says nothing.
    """
    subjects = {row.id: row.subject for row in store.rows("themes").values()}
    table = pd.DataFrame(0, index=list(store.labels("themes", "subject")), columns=list(store.rows("sources")))
    for row in store.rows("findings").values():
        for subject in {subjects[theme] for theme in store.items(row.themes)}:
            table.loc[subject, row.source] += 1
    return table


def unknowns_by_document() -> pd.DataFrame:
    """Return, per document (columns), how many findings say that something is not known, and how many facts are lost.

    A fact is lost where the text we have shows that a number was printed and does not give it.
    """
    documents = list(store.rows("sources"))
    gaps = [row.source for row in store.rows("findings").values() if row.stance == "gap"]
    lost = [row.source for row in store.rows("facts").values() if "lost_in_source" in flags(row)]
    rows = [[found.count(document) for document in documents] for found in (gaps, lost)]
    return pd.DataFrame(rows, index=[NOT_KNOWN, LOST], columns=documents)


def in_all() -> dict[str, int]:
    """Return how much evidence there is, by the table it stands in."""
    tables = ("sources", "facts", "findings", "recommendations", "calculations", "discrepancies")
    return {table: len(store.rows(table)) for table in tables}
