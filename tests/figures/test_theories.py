"""Theories of change as graphs, against the tables they are made from."""

from __future__ import annotations

import pytest

from evidence.data import store
from evidence.figures import theories

VIOLENCE, INCLUSION = "cecchetti2021vac", "gurin2023tale"


@pytest.mark.parametrize("source", [VIOLENCE, INCLUSION])
def test_every_row_is_an_element_or_a_link_of_its_theory(source):
    edges = store.of_document("theory_edges", source)
    assert {(one.start, one.end) for one in theories.links(source)} == set(zip(edges["from"], edges["to"]))
    assert set(theories.elements(source)) == set(store.of_document("theory_nodes", source)["id"])


@pytest.mark.parametrize("source", [VIOLENCE, INCLUSION])
def test_neighbours_hold_each_link_at_both_ends(source):
    there, out = theories.neighbours(source)
    assert sum(map(len, there.values())) == sum(map(len, out.values())) == len(theories.links(source))
    assert all(one.end == key for key, some in there.items() for one in some)


def unlinked(source: str) -> set[str]:
    """Return the ids of the elements that no link leads to or from."""
    return set(theories.elements(source)).difference(*theories.neighbours(source))


def test_elements_without_a_link_are_those_that_say_why():
    alone = {row.id for row in store.rows("theory_nodes").values() if row.unlinked}
    assert unlinked(VIOLENCE) | unlinked(INCLUSION) == alone


def test_a_bottleneck_and_its_answer_know_each_other():
    (link,) = theories.answers(INCLUSION, "tale-toc-b-kazakh")
    assert link.end == "tale-toc-o8" and link in theories.answered(INCLUSION, "tale-toc-o8")
    assert theories.answers(INCLUSION, "tale-toc-b-stigma") == []


def test_the_vision_is_reached_by_whatever_links_count():
    every = theories.leading(VIOLENCE, theories.READINGS["Every link"])
    assert every == set(theories.elements(VIOLENCE))
    words = theories.leading(VIOLENCE, theories.READINGS["Words only"])
    assert words < every and not {row.id for row in theories.of_kind(VIOLENCE, "output", "activity")} & words
    assert theories.leading(INCLUSION, ()) == {"tale-toc-v2030"}


def test_bases_come_in_the_order_of_the_definition():
    assert theories.bases_of(VIOLENCE, "vac-toc-t-1-2-a") == ["layout", "wording"]


def test_a_recommendation_touches_the_outcomes_its_actions_name():
    for outcome, calls in theories.calls_by_action(VIOLENCE).items():
        actions = [row for row in store.rows("actions").values() if outcome in store.items(row.outcomes)]
        assert set(calls) == {row.recommendation for row in actions}
    assert theories.calls_by_action(INCLUSION) == {}


def test_a_recommendation_touches_what_answers_the_bottleneck_it_answers():
    calls = theories.calls_by_bottleneck(INCLUSION)
    assert "tale-r12-a" in calls["tale-toc-o8"]  # materials in Kazakh
    assert "tale-toc-o2" not in calls  # answers no bottleneck
    answered = {
        one.end for row in theories.of_kind(INCLUSION, "bottleneck") for one in theories.answers(INCLUSION, row.id)
    }
    assert set(calls) <= answered
