"""Lenses of equity: which findings, figures and recommendations concern girls and boys, disability, place and more.

Which groups and themes a lens takes in is data (``lens_terms.csv``). What a finding says of these children is coded
(``equity_codes.csv``); figures have the columns of ``facts.csv`` and need no coding.
"""

from __future__ import annotations

from functools import cache

import pandas as pd

from evidence.data import store
from evidence.data.order import in_order
from evidence.data.records import flags

TERMS, CODES = "lens_terms", "equity_codes"
BESIDE, UNSEEN = "beside", "unseen"
ABROAD = "international"  # flag of a figure of another country
FACT_COLUMNS = {"gender": "sex", "place": "residence", "age": "age"}  # where a figure says of whom it is


@cache
def terms() -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    """Return the groups and the themes that each lens takes in, by lens, in the order of the definition."""
    rows = store.rows(TERMS).values()
    return {
        lens: (
            frozenset(row.group for row in rows if row.lens == lens and row.group),
            frozenset(row.theme for row in rows if row.lens == lens and row.theme),
        )
        for lens in store.labels(TERMS, "lens")
    }


def lenses_of(row) -> list[str]:
    """Return the lenses that take in a row with ``groups`` and ``themes``: a finding, a recommendation."""
    groups, themes = set(store.items(row.groups)), set(store.items(row.themes))
    return [lens for lens, (some, others) in terms().items() if groups & some or themes & others]


def pairs() -> list[tuple[str, str]]:
    """Return (lens, finding) of every finding on Kazakhstan that a lens takes in."""
    found = [row for row in store.rows("findings").values() if not row.scope]
    return [(lens, row.id) for row in found for lens in lenses_of(row)]


def coded() -> pd.DataFrame:
    """Return the coded findings with their document, subjects and place, in the order of lenses, documents and text.

    Columns: those of ``equity_codes.csv``, ``statement``, ``subjects`` (a set), ``source``, ``lines``, ``page``,
    ``page_basis``, ``locator``.
    """
    subjects = {row.id: row.subject for row in store.rows("themes").values()}
    findings = store.load("findings").rename(columns={"id": "finding"})
    findings["subjects"] = [{subjects[theme] for theme in store.items(cell)} for cell in findings["themes"]]
    frame = store.load(CODES).merge(findings.drop(columns=["period", "note"], errors="ignore"), on="finding")
    orders = {"lens": store.labels(CODES, "lens"), "source": documents()}
    return in_order(frame, "lens", "source", "lines", "id", **orders)


def documents() -> list[str]:
    """Return the keys of the documents, the oldest first; those of one year by key."""
    return list(store.load("sources").sort_values(["year", "id"])["id"])


def figures(lens: str) -> dict[str, int]:
    """Return how many figures on Kazakhstan of each document say of whom they are through a lens.

    Empty for a lens without a column of ``facts.csv``: what such figures are of stands in their base only.
    """
    if lens not in FACT_COLUMNS:
        return {}
    rows = [row for row in store.rows("facts").values() if ABROAD not in flags(row)]
    return {
        document: sum(row.source == document and bool(getattr(row, FACT_COLUMNS[lens])) for row in rows)
        for document in documents()
    }


def calls(lens: str) -> dict[str, list[str]]:
    """Return the recommendations of each document that a lens takes in, whole ones and parts, by document."""
    rows = store.rows("recommendations").values()
    return {
        document: [row.id for row in rows if row.source == document and lens in lenses_of(row)]
        for document in documents()
    }
