"""Tables of the chapter on inclusive education."""

from __future__ import annotations

import pandas as pd

from evidence.data import store
from evidence.data.format import reads
from evidence.data.order import in_order
from evidence.data.records import PLACE, fact
from evidence.exhibits.exhibit import link, linked
from evidence.exhibits.frames import labelled, printed, rows_of
from evidence.figures.cards import paged
from evidence.figures.sentences import plain

STANCES = ["weakness", "strength", "description"]  # the order in which findings on a subject stand
ELSEWHERE = ["talk", "method"]  # subjects of the chapter on what is said online


def places() -> pd.DataFrame:
    """Return the printed shares of children who learn apart, one row each, by the group they are shares of.

    Columns: ``Of whom``, ``Where they learn``, ``As of``, ``Share, %``, then ``PLACE``.
    Source: gurin2023tale, Introduction and key finding 1.
    """
    fields = {"group": "Of whom", "period": "As of", "value": "Share, %"} | {name: name for name in PLACE}
    return printed("inclusion-places", "Where they learn", **fields)


def places_by_group() -> list[pd.DataFrame]:
    """Return the rows of :func:`places` as a frame per group of children, in the order of the exhibit."""
    return [rows for _, rows in places().groupby("Of whom", sort=False)]


def budgets() -> pd.DataFrame:
    """Return the years evaluated, then the printed budgets of education programmes, one row each.

    Columns: ``Programme``, ``Kind``, ``Years``, ``As given`` (linked to the fact), ``Bar`` (programme and
    budget in words), ``From`` and ``To`` (years), then ``PLACE``.
    Source: gurin2023tale, Research objectives and footnote 1.
    """
    found = []
    for row in rows_of("inclusion-budgets"):
        item = fact(row.fact)
        first, last = map(int, item.period.split("-"))
        shown = link(reads(item), "fact", item.id)
        bar = f"{row.label}: {shown['text']}"  # the years are written beside it
        place = (getattr(item, name) for name in PLACE)
        found.append((row.label, row.group, f"{first}–{last}", shown, bar, first, last, *place))
    return pd.DataFrame(found, columns=["Programme", "Kind", "Years", "As given", "Bar", "From", "To", *PLACE])


def coded_findings() -> pd.DataFrame:
    """Return the findings on inclusive education with their coding, by subject, then as in ``STANCES``, then by id.

    Columns: those of ``findings.csv``, with ``study``, ``subject`` and ``posts`` (codes of ``inclusion_findings.csv``).
    What the document takes from general literature is not coded.
    """
    coding = store.load("inclusion_findings").drop(columns="id")
    rows = store.load("findings").merge(coding, left_on="id", right_on="finding")
    subjects = store.labels("inclusion_findings", "subject")
    return in_order(rows, "subject", "stance", "id", subject=subjects, stance=STANCES)


def shown_findings(rows: pd.DataFrame, **heads: str) -> pd.DataFrame:
    """Return rows of :func:`coded_findings` as readers see them: the columns of ``heads`` under their heads, ``PLACE``.

    Statements lead to their findings, codes are labels, and lines of the text are pages.
    """
    rows = labelled(labelled(rows, "inclusion_findings", "study", "subject", "posts"), "findings", "stance")
    notes = [paged(note, source) for note, source in zip(rows["evidence_note"], rows["source"])]
    rows = rows.assign(statement=linked(rows["statement"], "finding", rows["id"]), evidence_note=notes)
    return rows[[*heads, *PLACE]].rename(columns=heads).reset_index(drop=True)


def findings() -> pd.DataFrame:
    """Return what the document says of inclusive education itself, one row a finding, by subject.

    Columns: ``Finding`` (linked), ``Subject``, ``Kind``, ``Which study``, ``Rests on``, then ``PLACE``. What is said
    online and how the studies were made stands elsewhere. Source: gurin2023tale, whole.
    """
    rows = coded_findings().query("subject not in @ELSEWHERE and study != 'listening'")
    heads = {"statement": "Finding", "subject": "Subject", "stance": "Kind"}
    return shown_findings(rows, **heads, study="Which study", evidence_note="Rests on")


def studies() -> pd.DataFrame:
    """Return both studies side by side, one row per aspect of their design.

    Columns: ``Aspect`` and one per study; a cell with a printed number or a disagreement leads to it.
    Source: gurin2023tale, Methodology, Roles and Responsibilities, Ethical Considerations and Limitations.
    """
    table: dict[str, dict] = {}
    for row in rows_of("inclusion-studies"):
        text, leads_to = plain(row.reading), {"fact": row.fact, "discrepancy": row.discrepancy}
        links = [link(text, kind, key) for kind, key in leads_to.items() if key]
        table.setdefault(row.label, {})[row.part] = links[0] if links else text
    return pd.DataFrame([{"Aspect": aspect} | cells for aspect, cells in table.items()])
