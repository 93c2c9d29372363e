"""Derived tables of the chapter on the baseline: against the coded rows and the facts."""

import pytest

from evidence.data import store
from evidence.data.store import of_document
from evidence.parts.child_protection import baseline as cp
from evidence.parts.child_protection.evaluation import COMPONENTS, EVALUATION

BASELINE = "Baseline in 2011"  # the section that summarises the report on 2011
PAIRS = of_document("baseline_pairs", EVALUATION)
FINDINGS = of_document("findings", EVALUATION).set_index("id")
REFORMS = store.load("reforms")


def test_every_statement_of_the_section_on_2011_is_set_against_something():
    told = set(FINDINGS.index[FINDINGS["locator"] == BASELINE])
    assert told and told - set(";".join(PAIRS["baseline"]).split(";")) == set()


@pytest.mark.parametrize("row", list(PAIRS.itertuples()), ids=lambda row: row.id)
def test_a_pair_points_to_the_lines_of_its_statement_and_to_later_ones(row):
    baseline, later = FINDINGS.loc[row.baseline.split(";")], FINDINGS.loc[row.later.split(";")]
    spans = [store.line_range(lines) for lines in baseline["lines"]]
    assert store.line_range(row.lines) == (min(span[0] for span in spans), max(span[1] for span in spans))
    assert set(baseline["locator"]) == {row.locator}
    assert not set(baseline.index) & set(later.index)
    assert "2011" not in set(later["period"])


def test_no_statement_of_a_pair_is_lost_in_the_table():
    table = cp.statements()
    shown = {cell["to"].removeprefix("comparison:"): row for cell, row in zip(table.iloc[:, 0], table.itertuples())}
    assert set(shown) == set(PAIRS["id"])
    for column, head in (("baseline", "In 2011"), ("later", "Found by 2021")):
        position = table.columns.get_loc(head) + 1
        for row in PAIRS.itertuples():
            said = shown[row.id][position]
            assert all(FINDINGS.loc[key, "statement"] in said for key in getattr(row, column).split(";"))


def test_statements_come_by_component_in_the_order_of_the_evaluation():
    heads = [cell["text"].partition(":")[0] for cell in cp.statements()["Component and matter"]]
    assert list(dict.fromkeys(heads)) == list(COMPONENTS.values())


def test_changes_name_each_matter_once_and_stand_together_from_better_to_unclear():
    table = cp.changes()
    assert sorted(table["Matter"]) == sorted(PAIRS["matter"])
    assert list(dict.fromkeys(table[cp.CHANGE])) == ["partly better", "unchanged", "unclear"]
    assert table[cp.CHANGE].ne(table[cp.CHANGE].shift()).sum() == 3


def test_the_titles_of_the_chapter_hold_for_the_changes():
    counts = PAIRS["change"].value_counts()
    assert counts["partly"] > len(PAIRS) / 2
    assert set(counts.index) == {"partly", "unchanged", "unclear"}
    unchanged = {"vac-bp-concept", "vac-bp-policy", "vac-bp-centre", "vac-bp-spending"}
    assert set(PAIRS.query("change == 'unchanged'")["id"]) == unchanged


def test_reforms_are_the_chosen_events_with_a_year_of_the_decade():
    table, events = cp.reforms(), of_document("events", EVALUATION).set_index("id")
    assert sorted(table["id"]) == sorted(REFORMS["event"])
    assert all(row.Year in events.loc[row.id, "date"] for row in table.itertuples())
    assert table["Year"].is_monotonic_increasing
    assert table["Year"].between("2011", "2021").all()


def test_an_event_is_a_reform_once_and_the_id_of_the_reform_is_made_of_its_own():
    assert REFORMS["event"].is_unique
    assert list(REFORMS["id"]) == [event.replace("-event-", "-reform-") for event in REFORMS["event"]]


def test_what_ended_is_the_programme_on_children_and_the_local_bodies_of_2013_and_2014():
    ended = cp.reforms().query("Step == @cp.STEPS[1]").set_index("id")
    assert ended["Year"].to_dict() == {
        "vac-event-children-kazakhstan": "2011",
        "vac-event-departments-closed": "2013",
        "vac-event-units-closed": "2014",
    }
    assert set(cp.bodies_and_services().query("Step == @cp.STEPS[1]")["Year"]) == {"2013", "2014"}


def test_the_table_of_reforms_leads_to_their_events():
    assert [cell["to"] for cell in cp.steps_of_reform()["Reform"]] == [f"event:{key}" for key in cp.reforms()["id"]]
