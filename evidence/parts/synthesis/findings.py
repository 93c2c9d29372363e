"""Tables of the chapter on what the documents know together: review findings, how sure they are, what is asked."""

from __future__ import annotations

from collections import Counter

import pandas as pd

from evidence.data import addressees, store
from evidence.data.review_findings import (
    BETWEEN,
    KIND,
    TABLE,
    by_document,
    calls_on,
    newest_year,
    silent,
    supporting,
)
from evidence.exhibits.exhibit import link
from evidence.figures.cards import card
from evidence.figures.sureness import CONCERNS, QUALITATIVE

QUANTITATIVE = "quantitative"
FINDING = "Review finding"
SILENT = "all have a record on it"


def rows_on(subjects: tuple[str, ...], kind: str) -> list:
    """Return the review findings of a kind on subjects (codes), in the order of the subjects, then of the table."""
    rows = [row for row in store.rows(TABLE).values() if row.kind == kind and row.subject in subjects]
    return sorted(rows, key=lambda row: subjects.index(row.subject))


def why(row) -> str:
    """Return why a qualitative review finding has its confidence: the weightiest concerns with reasons, then others."""
    order = list(store.labels(TABLE, "methods_concerns"))
    components = [name.removesuffix(CONCERNS) for name in store.fields(TABLE) if CONCERNS in name]
    levels = {name: getattr(row, name + CONCERNS) for name in components}
    worst = max(levels.values(), key=order.index)
    if worst == order[0]:
        return "No concern about any component."
    reasons = [f"{name.capitalize()}: {getattr(row, name + '_reason')}" for name in components if levels[name] == worst]
    lesser = [name for name in components if order[0] != levels[name] != worst]
    others = [f"Minor concerns about {', '.join(lesser)}."] if lesser else []
    return " ".join([f"{worst.capitalize()} concerns.", *reasons, *others])


def records(row) -> str:
    """Return how many records of each document bear on a review finding, and who is silent."""
    names = store.names("sources")
    counts = [
        f"{'between documents' if source == BETWEEN else names[source]}: {len(items)}"
        for source, items in by_document(row.id).items()
    ]
    quiet = ", ".join(names[source] for source in silent(row.id)) or SILENT
    return f"{'; '.join(counts)}. Say nothing on it: {quiet}."


def _frame(rows: list, **columns) -> pd.DataFrame:
    """Return review findings as a table: each linked to its account, columns of its own, records and newest year."""
    frame = pd.DataFrame({FINDING: [link(card(KIND, row.id).head, KIND, row.id) for row in rows]})
    for name, text in columns.items():
        frame[name] = [text(row) for row in rows]
    frame["Records by document"] = [records(row) for row in rows]
    frame["Newest year"] = [str(newest_year(row.id)[0]) for row in rows]
    return frame


def qualitative(*subjects: str) -> pd.DataFrame:
    """Return the qualitative review findings on subjects, one row each, as a summary of qualitative findings.

    Columns: ``Review finding`` (leading to its account), ``Confidence``, ``Why`` (of the four components of
    GRADE-CERQual), ``Records by document``, ``Newest year``. The form is that of Lewin and others (2018),
    Implementation Science 13 (Suppl 1):10, with records in place of studies.
    """
    rows = rows_on(subjects, QUALITATIVE)
    return _frame(rows, **{"Confidence": lambda row: row.confidence.capitalize(), "Why": why})


def quantitative(*subjects: str) -> pd.DataFrame:
    """Return the quantitative review findings on subjects, one row each, as an evidence profile.

    Columns: ``Review finding`` (leading to its account), ``Data`` (what they are), ``What to know of the data``,
    ``Records by document``, ``Newest year``.
    """
    rows = rows_on(subjects, QUANTITATIVE)
    columns = {"Data": lambda row: row.data_label, "What to know of the data": lambda row: row.data_quality}
    return _frame(rows, **columns)


def by_subject() -> pd.DataFrame:
    """Return how many review findings on each subject every document supports, one row per subject that has some.

    Columns: ``Subject``, one per document (review findings with a record in support), ``In all`` (review findings).
    """
    names, table = store.names("sources"), []
    for subject, label in store.labels(TABLE, "subject").items():
        rows = [row for row in store.rows(TABLE).values() if row.subject == subject]
        if rows:
            count = Counter(source for row in rows for source in supporting(row.id))
            table.append({"Subject": label, **{names[key]: count[key] for key in names}, "In all": len(rows)})
    return pd.DataFrame(table)


def asked() -> pd.DataFrame:
    """Return who is asked to act on review findings, one row for each who is asked, those asked on most of them first.

    Columns: ``Who is asked``, ``Review findings`` (on whose evidence a request to them rests, in our reading),
    ``Requests`` (recommendations and lessons, each once).
    """
    findings: Counter[str] = Counter()
    calls: dict[str, set[str]] = {}
    for key in store.rows(TABLE):
        here: set[str] = set()
        for call in calls_on(key):
            for addressee in addressees.of_recommendation(store.row("recommendations", call)):
                calls.setdefault(addressee, set()).add(call)
                here.add(addressee)
        findings.update(here)
    names = store.names("addressees")
    table = [
        {"Who is asked": names[key], "Review findings": number, "Requests": len(calls[key])}
        for key, number in sorted(findings.items(), key=lambda item: (-item[1], names[item[0]]))
    ]
    return pd.DataFrame(table)
