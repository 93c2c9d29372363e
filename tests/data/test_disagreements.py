"""Disagreements are found by the facts they are about."""

from __future__ import annotations

import pytest

from evidence.data import store
from evidence.data.disagreements import disagreements_on, repeated, telling
from evidence.data.relations import Relation, relations


def test_a_fact_leads_to_the_disagreements_that_name_it():
    found = disagreements_on({"register-slight-decrease"})
    assert "slight-decrease" in found
    assert all("register-slight-decrease" in store.row("discrepancies", key).expect for key in found)


def test_a_matter_of_wording_is_left_out():
    rows = store.rows("discrepancies").values()
    named = [row for row in rows if row.severity == "wording" and 'fact("' in row.expect]
    for row in named:
        facts = {part.partition('"')[0] for part in row.expect.split('fact("')[1:]}
        assert row.id not in disagreements_on(facts), row.id
    assert named


def test_what_changes_a_conclusion_stands_first():
    severities = [store.row("discrepancies", key).severity for key in disagreements_on(store.rows("facts"))]
    assert severities == sorted(severities) and len(set(severities)) == 2


def test_no_fact_has_no_disagreement():
    assert disagreements_on(set()) == []


# --- records that repeat a disputed figure


@pytest.mark.parametrize(
    ("table", "key", "disagreement"),
    [
        ("services", "vac-svc-adaptation-centres", "vac-dis-tsan-annual-decrease"),  # 6,953 children, 7% a year
        ("services", "vac-svc-crisis-centres", "vac-dis-crisis-centres-40-33"),
        ("events", "tale-ev-phase-3", "tale-dis-budget-jump"),
    ],
)
def test_a_record_that_repeats_a_disputed_figure_leads_to_the_disagreement(table, key, disagreement):
    assert disagreement in repeated()[table, key]
    assert Relation("Disagreements", "discrepancies", disagreement) in relations()[table, key]
    assert Relation("Repeated in", table, key) in relations()["discrepancies", disagreement]


def test_a_disputed_fact_leads_to_the_disagreement_and_back():
    assert (
        Relation("Disagreements", "discrepancies", "slight-decrease")
        in relations()["facts", "register-slight-decrease"]
    )
    assert Relation("Figures", "facts", "register-slight-decrease") in relations()["discrepancies", "slight-decrease"]


def test_a_record_repeats_only_figures_of_its_own_lines():
    facts = store.rows("facts")
    for (table, key), disagreements in repeated().items():
        row = store.row(table, key)
        first, last = store.line_range(row.lines)
        named = {
            fact
            for fact in facts.values()
            for entry in disagreements
            if f'"{fact.id}"' in store.row("discrepancies", entry).expect
        }
        near = [fact for fact in named if fact.source == row.source and store.line_range(fact.lines)[0] <= last]
        assert [fact for fact in near if first <= store.line_range(fact.lines)[1]], (table, key)


@pytest.mark.parametrize(
    ("printed", "unit", "numbers"),
    [
        ("6,953 children", "children", {6953}),
        ("three", "items", set()),
        ("2019", "year", {2019}),
        ("in 2019, 33", "items", {33}),
        ("0.35%", "percent", {0.35}),
    ],
)
def test_years_and_small_numbers_tell_nothing(printed, unit, numbers):
    row = store.row("facts", "register-out-2012")._replace(as_reported=printed, unit=unit)
    assert telling(row) == numbers
