"""Tables of the chapter on what is said online about inclusive education."""

from __future__ import annotations

import pandas as pd

from evidence.data import store
from evidence.data.order import in_order
from evidence.data.records import PLACE
from evidence.data.store import of_document
from evidence.parts.education import INCLUSION
from evidence.parts.education.inclusion import STANCES, coded_findings, shown_findings

HEADS = {"organisations": "Org.", "public": "Public"}  # whose posts, short enough for four heads on a phone
COLUMNS = [f"{posts} {role}" for posts in HEADS.values() for role in ("collected", "found")]


def platforms() -> pd.DataFrame:
    """Return where posts were collected and where people were found, one row each, organisations first.

    Columns: ``Platform``, ``Posts`` (one of ``COLUMNS``), then ``PLACE``. Platforms on which organisations were both
    collected and found come first. Source: gurin2023tale, Methodology and key finding 2, as coded in ``platforms.csv``.
    """
    rows = of_document("platforms", INCLUSION)
    roles = rows["role"].map(store.labels("platforms", "role"))
    rows = rows.assign(Platform=rows["platform"], Posts=rows["posts"].map(HEADS) + " " + roles)
    met = rows[rows["posts"] == "organisations"].groupby("platform")["role"].nunique()
    rows = rows.assign(rank=-rows["platform"].map(met).fillna(0))
    rows = in_order(rows, "rank", "platform", "Posts", Posts=COLUMNS)
    return rows[["Platform", "Posts", *PLACE]]


def findings() -> pd.DataFrame:
    """Return what the social media study found, one row a finding: obstacles and lacks first, own limits last.

    Columns: ``Finding`` (linked), ``Kind``, ``Whose posts``, ``Rests on``, then ``PLACE``.
    Source: gurin2023tale, key findings 2 to 7, limitations and recommendations.
    """
    rows = in_order(coded_findings().query("study == 'listening'"), "stance", stance=STANCES)
    heads = {"statement": "Finding", "stance": "Kind", "posts": "Whose posts"}
    return shown_findings(rows, **heads, evidence_note="Rests on")
