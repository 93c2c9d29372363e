"""The annual report: what tells of the country is told from what UNICEF did, and no figure of either is lost."""

from __future__ import annotations

from evidence.data import store
from evidence.data.store import items

SOURCE = "unicefkz2023annual"
# A plan, and a list of signatories.
NOT_MEASURED = {"annual-mics-mental-health-first", "annual-regional-strategy-countries"}
CONTEXT = {row.fact for row in store.rows("context_indicators").values()}
CONTRIBUTIONS = store.rows("contributions").values()


def test_every_figure_on_the_country_is_an_indicator_and_no_repeat_is():
    facts = {key: row for key, row in store.rows("facts").items() if row.source == SOURCE}
    noted = {
        key
        for key, row in facts.items()
        if row.note.startswith("context") and "repeated" not in items(row.flags) and key not in NOT_MEASURED
    }
    assert noted <= CONTEXT <= facts.keys()
    assert not [key for key in CONTEXT if "repeated" in items(facts[key].flags)]


def test_no_figure_on_the_country_is_claimed_as_reached():
    assert not CONTEXT & {fact for row in CONTRIBUTIONS for fact in items(row.reach_facts)}


def test_a_part_of_the_programme_serves_one_goal():
    goals: dict[str, set[str]] = {}
    for row in CONTRIBUTIONS:
        goals.setdefault(row.theme, set()).add(row.goal)
    assert {theme: found for theme, found in goals.items() if len(found) > 1} == {}


def test_partners_of_the_report_are_bodies_of_the_report():
    bodies = store.rows("bodies")
    assert {body for row in CONTRIBUTIONS for body in items(row.bodies) if bodies[body].source != SOURCE} == set()
