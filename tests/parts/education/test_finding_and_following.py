"""Tables of the chapter on finding and following: against the coded rows."""

import csv

import pytest

from evidence.data import store
from evidence.data.store import of_document
from evidence.parts.education import OUT_OF_SCHOOL, finding_and_following

STAGES = {
    "identification": "Finding children",
    "recording": "Recording cases",
    "needs-assessment": "Assessing needs",
    "response": "Responding",
    "monitoring": "Following up",
    "learning": "Learning lessons",
}


def test_every_mechanism_is_listed_once_at_its_stage():
    table = finding_and_following.mechanisms()
    coded = of_document("mechanisms", OUT_OF_SCHOOL)
    assert table["Mechanism"].tolist() == coded["name"].tolist()
    assert table["Stage"].tolist() == [STAGES[stage] for stage in coded["stage"]]


def test_findings_are_counted_at_the_six_stages_in_order_and_for_statistics():
    table = finding_and_following.findings_by_stage()
    assert table["Stage"].tolist() == [*STAGES.values(), "Statistics"]
    assert list(table.columns) == ["Stage", "gap in knowledge", "strength", "weakness"]


@pytest.mark.parametrize("theme, stage", [*STAGES.items(), ("reporting", "Statistics")])
def test_a_finding_counts_at_each_of_its_stages_but_no_description_and_no_general_literature(theme, stage):
    with (store.DATA / "findings.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["source"] == OUT_OF_SCHOOL and not row["scope"]]
    stances = [row["stance"] for row in rows if theme in row["themes"].split(";")]
    counts = finding_and_following.findings_by_stage().set_index("Stage").loc[stage]
    expected = {"gap in knowledge": "gap", "strength": "strength", "weakness": "weakness"}
    assert counts.to_dict() == {label: stances.count(code) for label, code in expected.items()}


def test_examples_from_abroad_are_those_of_the_study_only():
    table = finding_and_following.practices()
    assert set(table["source"]) == {OUT_OF_SCHOOL}
    assert table["Example"].tolist() == of_document("practices", OUT_OF_SCHOOL)["name"].tolist()
    assert len(table) == len(store.load("practices")) - 1  # the evaluation on violence names one


def test_an_example_has_readable_names_for_its_country_and_theme():
    row = finding_and_following.practices().set_index("Example").loc["Information DVDs"]
    assert row[["Country", "Theme"]].tolist() == ["Austria, Ireland", "Education of migrants and refugees"]
