"""Review findings against their evidence and the rules of judgement.

Each has evidence that supports it; no confidence is above what its concerns allow; where a record conflicts with it,
its coherence cannot be without concern; and it claims no theme, group, place, year or number that no record in its
support has.
"""

from __future__ import annotations

from collections import Counter, defaultdict

import pandas as pd

from evidence.checks.judgement import (
    Judged,
    confidence_problems,
    judgement_problems,
    numbered,
    shared_problems,
    wording_problems,
)
from evidence.data import store
from evidence.data.dates import years
from evidence.data.review_findings import (
    CONFLICTS,
    EVIDENCE,
    SUPPORTS,
    TABLE,
    Evidence,
    covered_years,
    evidence_in,
    record_columns,
    years_of,
)
from evidence.data.rules import Problem
from evidence.data.schema import kinds
from evidence.figures.calculations import input_lines
from evidence.figures.sentences import records_in
from evidence.figures.sureness import QUALITATIVE

FINDINGS = Judged(TABLE, "review finding", {"statement": 30, "population": 20, "data_label": 4, "uncertain": 50})
ROWS = Judged(EVIDENCE, "row", {})
COVERED = {"themes": ("themes",), "groups": ("groups",), "places": ("places", "place")}  # and where records say so
GENERAL = "general"  # scope of a finding that says nothing of the country


def row_problems(rows: list) -> list[Problem]:
    """Return the rows of evidence that name no or several records, repeat one, give no reason or cite general works."""
    found, columns = [], record_columns()
    general = {row.id for row in store.rows("findings").values() if row.scope == GENERAL}
    pairs = Counter((row.review_finding, *(getattr(row, name) for name in columns)) for row in rows)
    for row in rows:
        named = [name for name in columns if getattr(row, name)]
        if len(named) != 1:
            rule = f"names {len(named)} records; fill one of {', '.join(columns)}"
            found.append(ROWS.wrong(row, columns[0], rule))
        if pairs[row.review_finding, *(getattr(row, name) for name in columns)] > 1:
            found.append(ROWS.wrong(row, "review_finding", "names a record twice; delete one of the rows"))
        if row.relation != SUPPORTS and not row.reason:
            found.append(ROWS.wrong(row, "reason", f"is empty; say how the record {row.relation}"))
        if row.finding in general:
            rule = "is taken from general literature, and says nothing of Kazakhstan; cite what does"
            found.append(ROWS.wrong(row, "finding", rule, row.finding))
    return found


def support_problems(row, evidence: list[Evidence]) -> list[Problem]:
    """Return whether a review finding has a record in its support, and whether it takes a conflict into account."""
    relations = {item.relation for item in evidence}
    if SUPPORTS not in relations:
        return [FINDINGS.wrong(row, "id", f"has no record that supports it; add a row to {EVIDENCE}.csv")]
    if CONFLICTS in relations and row.kind == QUALITATIVE and row.coherence_concerns == "none":
        rule = "is none although a record conflicts with it; name the concern, or what the record does instead"
        return [FINDINGS.wrong(row, "coherence_concerns", rule, row.coherence_concerns)]
    return []


def coverage_problems(row, support: list[Evidence]) -> list[Problem]:
    """Return the themes, groups and places of a review finding that no record in its support has."""
    records = [store.row(kinds()[item.kind], item.id) for item in support]
    found = []
    for column, names in COVERED.items():
        have = {code for record in records for name in names for code in store.items(getattr(record, name, ""))}
        if missing := [code for code in store.items(getattr(row, column)) if code not in have]:
            rule = "is of no record in its support; take it out, or cite a record that is about it"
            found.append(FINDINGS.wrong(row, column, rule, ";".join(missing)))
    return found


def period_problems(row, support: list[Evidence]) -> list[Problem]:
    """Return whether a review finding holds for years that no record in its support is of.

    A record that names no year is of those that its document covers.
    """
    spoken = {year for item in support for year in years_of(item) or _years_of_documents(item)}
    given = [int(year) for year in years(row.period)]
    if given and spoken and not min(spoken) <= min(given) <= max(given) <= max(spoken):
        rule = f"goes beyond the years of the records in its support, {min(spoken)} to {max(spoken)}"
        return [FINDINGS.wrong(row, "period", rule, row.period)]
    return []


def _years_of_documents(item: Evidence) -> list[int]:
    return [year for source in item.sources for year in covered_years(source)]


def number_problems(row, support: list[Evidence]) -> list[Problem]:
    """Return the figures of a statement that are not among the facts in its support, calculations by their inputs."""
    facts = {item.id for item in support if item.kind == "fact"}
    needed = []
    for kind, key in records_in(row.statement):
        if kind == "fact":
            needed.append(key)
        elif kind == "calc":
            inputs = [reference for _, reference, _, _ in input_lines(store.row("calculations", key))]
            needed += [reference for reference in inputs if reference in store.rows("facts")]
    rule = f"is in the statement and in no row of {EVIDENCE}.csv that supports it"
    return [FINDINGS.wrong(row, "statement", rule, key) for key in needed if key not in facts]


def problems_of(findings: pd.DataFrame, evidence: pd.DataFrame, rules: pd.DataFrame) -> list[Problem]:
    """Return every problem of a table of review findings, its table of evidence and the rules of confidence."""
    rows, evidence_rows = numbered(findings), numbered(evidence)
    found = [*row_problems(evidence_rows), *shared_problems(rows, FINDINGS)]
    if any(problem.column == "finding" and problem.value is None for problem in found):
        return found  # what a row without its record supports cannot be told
    items = defaultdict(list, evidence_in(evidence_rows))
    for row in rows:
        support = [item for item in items[row.id] if item.relation == SUPPORTS]
        found += judgement_problems(row, FINDINGS) + confidence_problems(row, rules, FINDINGS)
        found += wording_problems(row, FINDINGS) + support_problems(row, items[row.id])
        if support:
            found += coverage_problems(row, support) + period_problems(row, support) + number_problems(row, support)
    return found


def problems() -> list[Problem]:
    """Return every problem of the review findings and of their evidence, by file and row."""
    return problems_of(store.load(TABLE), store.load(EVIDENCE), store.load("confidence_rules"))
