"""Disagreements are found by the facts they are about."""

from __future__ import annotations

from evidence.data import store
from evidence.data.disagreements import disagreements_on


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
