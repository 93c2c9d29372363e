"""Tables of the chapter on resources."""

from __future__ import annotations

import pandas as pd

from evidence.data import store
from evidence.data.format import as_printed
from evidence.data.order import in_order
from evidence.data.records import PLACE, fact
from evidence.exhibits.exhibit import link, linked
from evidence.exhibits.frames import figure_of, labelled, printed, rows_of
from evidence.figures.calculations import calc_reads
from evidence.figures.cards import paged
from evidence.parts.child_protection.evaluation import STANCES

WORKFORCE = "cecchetti2021vac_workforce"


def workforce_by_level() -> pd.DataFrame:
    """Return who does social work, one row per level of response and sector, from prevention upwards.

    Columns: ``Professions`` (joined), ``Level``, ``Sector``, ``Staffing norm`` (as printed, "none" where the cell
    has none), then ``PLACE``. Source: cecchetti2021vac, Table 26.
    """
    rows, found = store.load(WORKFORCE), []
    for level, level_name in store.labels(WORKFORCE, "level").items():
        for sector, sector_name in store.labels(WORKFORCE, "sector").items():
            cell = rows[(rows["level"] == level) & (rows["sector"] == sector)]
            norm = "".join(cell["staffing_norm"]) or "none"
            found.append((" · ".join(cell["profession"]), level_name, sector_name, norm, *cell.iloc[0][PLACE]))
    return pd.DataFrame(found, columns=["Professions", "Level", "Sector", "Staffing norm", *PLACE])


def workforce_degrees() -> pd.DataFrame:
    """Return the social service staff by what is known of a degree in social work, one row per sector.

    Columns: ``Staff`` (sector and who is counted), ``with a degree in social work``, ``without one`` and ``not known``
    (people; 0 where nobody is counted so). Source: cecchetti2021vac, §5.1, which reports a study of 2018.
    """
    counts = {(row.label, row.part): figure_of(row) for row in rows_of("cp-workforce-degrees")}
    staff, parts = (list(dict.fromkeys(names)) for names in zip(*counts))
    rows = [(who, *(counts.get((who, part), 0) for part in parts)) for who in staff]
    return pd.DataFrame(rows, columns=["Staff", *parts])


def workforce_ratios() -> pd.DataFrame:
    """Return the printed ratios of staff beside what the printed counts give, one row each.

    Columns: ``Ratio``, ``As given`` and ``From the counts given`` (links to fact and calculation; "–" where there are
    no counts), ``What to know`` (linked to the discrepancy, if there is one), then ``PLACE`` of the printed ratio.
    Source: cecchetti2021vac, §3.1.2 and §5.1.
    """
    found = []
    for row in rows_of("cp-workforce-ratios"):
        item = fact(row.fact)
        shown = link(as_printed(item), "fact", item.id)
        ours = link(calc_reads(row.calculation), "calc", row.calculation) if row.calculation else "–"
        known = link(row.reading, "discrepancy", row.discrepancy) if row.discrepancy else row.reading
        found.append((row.label, shown, ours, known, *(getattr(item, name) for name in PLACE)))
    return pd.DataFrame(found, columns=["Ratio", "As given", "From the counts given", "What to know", *PLACE])


def workforce_figures() -> pd.DataFrame:
    """Return the printed figures on number, qualification and training of staff, one row each, by subject.

    Columns: ``What``, ``Subject``, ``As given`` (linked to the fact), ``As of, by whom``, then ``PLACE``.
    Source: cecchetti2021vac, §3.1, §4.2 and §5.1.
    """
    found = []
    for row in rows_of("cp-workforce-figures"):
        item = fact(row.fact)
        shown = linked([as_printed(item)], "fact", [item.id])[0]
        when = f"{item.period or 'year not given'}: {item.measured_by}"
        found.append((row.label, row.group, shown, when, *(getattr(item, name) for name in PLACE)))
    return pd.DataFrame(found, columns=["What", "Subject", "As given", "As of, by whom", *PLACE])


def money_findings() -> pd.DataFrame:
    """Return the findings on question 5.1, one row each, by subject and kind: strengths first, descriptions last.

    Columns: ``Subject`` (as coded in ``money_findings.csv``), ``Finding`` (linked), ``Kind``, ``Rests on``, then
    ``PLACE``. Source: cecchetti2021vac, whole, as coded in ``findings.csv``.
    """
    coded = {row.finding: row.subject for row in store.rows("money_findings").values()}
    findings = store.load("findings")
    rows = findings[findings["id"].isin(list(coded))]
    rows = rows.assign(subject=rows["id"].map(coded))
    subjects = store.labels("money_findings", "subject")
    rows = in_order(rows, "subject", "stance", "id", subject=subjects, stance=STANCES)
    rows = labelled(labelled(rows, "money_findings", "subject"), "findings", "stance")
    rows["statement"] = linked(rows["statement"], "finding", rows["id"])
    rows["evidence_note"] = [paged(note, source) for note, source in zip(rows["evidence_note"], rows["source"])]
    heads = {"subject": "Subject", "statement": "Finding", "stance": "Kind", "evidence_note": "Rests on"}
    return rows[[*heads, *PLACE]].rename(columns=heads)


def money_amounts() -> pd.DataFrame:
    """Return the sums of money in the text, one row each.

    Columns: ``Sum``, ``As given``, ``For what``, ``As of`` ("not given" where no year is), ``Who says so``, then
    ``PLACE``. Source: cecchetti2021vac, whole, as facts.
    """
    heads = {"as_reported": "As given", "base": "For what", "period": "As of", "measured_by": "Who says so"}
    rows = printed("cp-money-amounts", "Sum", **heads, **{name: name for name in PLACE})
    rows["As of"] = rows["As of"].replace("", "not given")
    return rows
