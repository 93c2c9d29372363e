"""Review findings rest on their evidence and claim no more than it has; each fault planted is named."""

import pandas as pd
import pytest

from evidence.checks import review_findings
from evidence.checks.judgement import COMPONENTS
from evidence.checks.review_findings import problems_of
from evidence.data import store

RULES = store.load("confidence_rules")
GOOD = {
    "id": "rf-good",
    "statement": "The register held {fact}`register-registered-2012` children.",
    "subject": "out-of-school",
    "kind": "qualitative",
    "population": "Children on the register",
    "groups": "",
    "themes": "register",
    "places": "kazakhstan",
    "period": "2012",
    **{f"{name}_concerns": "minor" if name == "coherence" else "none" for name in COMPONENTS},
    **{f"{name}_reason": f"The {name} of these passages." for name in COMPONENTS},
    "confidence": "high",
    "departure": "",
    "data_label": "",
    "data_quality": "",
    "uncertain": "How many are missed.",
    "what_would_change": "Another count.",
}
NUMBERS = GOOD | {
    **{f"{name}_{part}": "" for name in COMPONENTS for part in ("concerns", "reason")},
    "id": "rf-numbers",
    "kind": "quantitative",
    "confidence": "",
    "data_label": "Register data",
    "data_quality": "Counts what schools report.",
}


def row(relation: str, of: str = "rf-good", reason: str = "", **record: str) -> dict:
    """Return a row of evidence that names records by the columns given."""
    names = dict.fromkeys(("finding", "fact", "discrepancy", "recommendation"), "") | record
    return {"id": f"{of}-{relation}-{'-'.join(record.values())}", "review_finding": of, "relation": relation} | {
        **names,
        "reason": reason,
    }


FACT = row("supports", fact="register-registered-2012")
FINDING = row("supports", finding="find-no-record-non-enrolled")
LABELLED = row("supports", finding="find-database-national-profile")
CONFLICT = row("conflicts", discrepancy="slight-decrease", reason="Called slight.")
EVIDENCE = [FACT, FINDING, LABELLED, CONFLICT]


def found(finding: dict = GOOD, evidence: list[dict] | None = None) -> list[tuple[str, int | None, str | None, str]]:
    """Return file, row, column and rule of every problem of one review finding with this evidence."""
    rows = pd.DataFrame(EVIDENCE if evidence is None else evidence)
    return [tuple(problem[i] for i in (0, 1, 2, 4)) for problem in problems_of(pd.DataFrame([finding]), rows, RULES)]


def only(problems: list, file: str, column: str, rule: str) -> None:
    """Check that there is one problem: in this file and column, with these words."""
    assert [(problem[0], problem[2]) for problem in problems] == [(f"{file}.csv", column)], problems
    assert rule in problems[0][3]


def test_the_review_findings_of_the_book_obey_the_rules():
    assert [str(problem) for problem in review_findings.problems()] == []


def test_a_good_review_finding_has_no_problem():
    assert found() == []
    assert found(NUMBERS, [item | {"review_finding": "rf-numbers"} for item in EVIDENCE]) == []


def test_one_without_a_record_in_its_support_is_named():
    only(found(evidence=[CONFLICT]), "review_findings", "id", "no record that supports it")


def test_a_confidence_above_what_the_concerns_allow_is_named():
    only(found(GOOD | {"adequacy_concerns": "serious"}), "review_findings", "confidence", "allow at most low")


def test_a_conflict_without_a_concern_about_coherence_is_named():
    only(found(GOOD | {"coherence_concerns": "none"}), "review_findings", "coherence_concerns", "conflicts with it")
    assert found(GOOD | {"coherence_concerns": "none"}, [FACT, FINDING, LABELLED]) == []


@pytest.mark.parametrize(
    ("column", "code"), [("themes", "bullying"), ("groups", "girls"), ("places", "astana-city"), ("themes", "covid")]
)
def test_a_theme_group_or_place_that_no_record_in_support_has_is_named(column, code):
    claimed = ";".join(filter(None, [GOOD[column], code]))
    only(found(GOOD | {column: claimed}), "review_findings", column, "is of no record in its support")


def test_what_only_a_record_in_conflict_is_about_is_not_covered():
    other = row("qualifies", finding="find-preschool-gender-gap", reason="Of pre-school.")
    only(found(GOOD | {"themes": "register;gender"}, [*EVIDENCE, other]), "review_findings", "themes", "no record")


@pytest.mark.parametrize("period", ["2012-2016", "1999", "2004/2012"])
def test_a_period_beyond_the_years_of_the_records_is_named(period):
    only(found(GOOD | {"period": period}), "review_findings", "period", "beyond the years")


def test_a_number_that_is_no_evidence_is_named():
    only(found(evidence=[FINDING, LABELLED, CONFLICT]), "review_findings", "statement", "no row of")


def test_the_inputs_of_a_calculation_have_to_be_evidence():
    statement = "The share not back was {calc}`register-non-return-2012`."
    only(found(GOOD | {"statement": statement}), "review_findings", "statement", "no row of")
    assert found(GOOD | {"statement": statement}, [*EVIDENCE, row("supports", fact="register-out-2012")]) == []


@pytest.mark.parametrize(
    "names", [{}, {"finding": "find-monitoring-weak", "fact": "register-out-2012"}], ids=["none", "two"]
)
def test_a_row_of_evidence_names_one_record(names):
    problems = found(evidence=[*EVIDENCE, row("supports", **names)])
    only(problems, "review_finding_evidence", "finding", f"names {len(names)} records")


@pytest.mark.parametrize("relation", ["qualifies", "conflicts"])
def test_what_does_not_support_says_why(relation):
    problems = found(evidence=[*EVIDENCE, row(relation, finding="find-monitoring-weak")])
    only(problems, "review_finding_evidence", "reason", f"say how the record {relation}")


def test_a_record_named_twice_is_named_in_both_rows():
    problems = found(evidence=[*EVIDENCE, FACT | {"id": "rf-good-again"}])
    assert [(problem[0], problem[2]) for problem in problems] == [("review_finding_evidence.csv", "review_finding")] * 2


def test_a_finding_from_general_literature_is_no_evidence():
    general = store.load("findings").query("scope == 'general'")["id"].iloc[0]
    problems = found(evidence=[*EVIDENCE, row("supports", finding=general)])
    only(problems, "review_finding_evidence", "finding", "general literature")


@pytest.mark.parametrize(("column", "most"), [("statement", 30), ("uncertain", 50), ("population", 20)])
def test_what_is_too_long_is_named(column, most):
    only(found(GOOD | {column: "word " * (most + 1)}), "review_findings", column, f"say it in at most {most}")


def test_a_quantitative_one_has_a_note_on_its_data_and_no_judgement():
    evidence = [item | {"review_finding": "rf-numbers"} for item in EVIDENCE]
    only(found(NUMBERS | {"data_quality": ""}, evidence), "review_findings", "data_quality", "needs it")
    only(found(NUMBERS | {"confidence": "high"}, evidence), "review_findings", "confidence", "has none")


def test_a_reason_shared_by_two_is_named_in_both():
    other = GOOD | {"id": "rf-other"}
    evidence = pd.DataFrame([*EVIDENCE, *(item | {"review_finding": "rf-other"} for item in EVIDENCE)])
    problems = problems_of(pd.DataFrame([GOOD, other]), evidence, RULES)
    assert {(problem.row, problem.column) for problem in problems} == {
        (number, f"{name}_reason") for number in (2, 3) for name in COMPONENTS
    }
