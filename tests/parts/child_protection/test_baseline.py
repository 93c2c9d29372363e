"""Derived tables of the part on child protection, baseline: against the coded rows and the facts."""

import pytest

from evidence.data import store
from evidence.figures.calculations import of_document
from evidence.parts.child_protection import baseline as cp

PAIRS = of_document("baseline_pairs", cp.EVALUATION)
FINDINGS = of_document("findings", cp.EVALUATION).set_index("id")


def test_every_statement_of_the_section_on_2011_is_set_against_something():
    told = set(FINDINGS.index[FINDINGS["locator"] == cp.BASELINE])
    assert told - set(";".join(PAIRS["baseline"]).split(";")) == set()


@pytest.mark.parametrize("row", list(PAIRS.itertuples()), ids=lambda row: row.id)
def test_a_pair_points_to_the_lines_of_its_statement_and_to_later_ones(row):
    baseline, later = FINDINGS.loc[row.baseline.split(";")], FINDINGS.loc[row.later.split(";")]
    spans = [store.line_range(lines) for lines in baseline["lines"]]
    assert store.line_range(row.lines) == (min(span[0] for span in spans), max(span[1] for span in spans))
    assert set(baseline["locator"]) == {row.locator}
    assert not set(baseline.index) & set(later.index)
    assert "2011" not in set(later["period"])


def test_no_statement_of_a_pair_is_lost_in_the_table():
    table = cp.baseline_pairs()
    assert sorted(table["id"]) == sorted(PAIRS["id"])
    for column, head in (("baseline", "In 2011"), ("later", "Found by 2021")):
        shown = table.set_index("id")[head]
        for row in PAIRS.itertuples():
            assert all(FINDINGS.loc[key, "statement"] in shown[row.id] for key in getattr(row, column).split(";"))
    assert list(dict.fromkeys(table["Component"])) == list(cp.COMPONENTS.values())


def test_the_titles_of_the_chapter_hold_for_the_changes():
    counts = PAIRS["change"].value_counts()
    assert counts["partly"] > len(PAIRS) / 2
    assert set(counts.index) == {"partly", "unchanged", "unclear"}
    unchanged = {"vac-bp-concept", "vac-bp-policy", "vac-bp-centre", "vac-bp-spending"}
    assert set(PAIRS.query("change == 'unchanged'")["id"]) == unchanged


def test_statements_on_2011_are_counted_once_in_each_component_and_hold_no_strength():
    table = cp.findings_then_and_now().query("When == '2011'").set_index("Component")[cp.STANCES]
    told = {
        (row.component, key)
        for row in PAIRS.itertuples()
        for key in row.baseline.split(";")
        if FINDINGS.loc[key, "locator"] == cp.BASELINE
    }
    assert table.sum().sum() == len(told)
    assert table["strength"].sum() == 0
    assert table.loc["Participation and norms"].sum() == 0


def test_later_findings_are_those_that_answer_a_question_of_the_component():
    table = cp.findings_then_and_now().query("When == 'later'").set_index("Component")
    questions = store.load("evaluation_questions").query("component == 'governance'")["id"]
    rows = FINDINGS[FINDINGS["questions"].map(lambda keys: bool(set(keys.split(";")) & set(questions)))]
    rows = rows.query("period != '2011'")
    for stance in cp.STANCES:
        assert table.loc["Governance", stance] == (rows["stance"] == stance).sum()


def test_reforms_are_the_chosen_events_with_a_year_of_the_decade():
    table, events = cp.reforms(), of_document("events", cp.EVALUATION).set_index("id")
    assert set(table["id"]) == set(cp.REFORMS)
    assert all(row.Year in events.loc[row.id, "date"] for row in table.itertuples())
    assert table["Year"].is_monotonic_increasing
    assert table["Year"].between("2011", "2021").all()
    assert set(table.query("Step == @cp.ENDED")["id"]) == set(cp.CLOSED)


def test_the_title_on_bodies_holds_the_closed_ones_are_the_local_bodies_of_2013_and_2014():
    closed = cp.reforms().query("Step == @cp.ENDED and Kind == 'body'")
    assert dict(zip(closed["id"], closed["Year"])) == {
        "vac-event-departments-closed": "2013",
        "vac-event-units-closed": "2014",
    }
