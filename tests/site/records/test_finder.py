"""What the finder lists of a record, and what opens below it."""

from __future__ import annotations

import pytest

from evidence.data.records import fact
from evidence.figures.cards import card
from evidence.site.records import finder


def test_a_fact_is_listed_with_its_place_its_codes_and_its_number():
    item = fact("register-out-2012")
    row = finder.row_of("fact", item.id, (3, "fact-x"), [[0], []])
    assert row[0] == item.id and row[2:4] == [3, "fact-x"] and row[5:] == [[[0], []], item.value, item.unit]


def test_a_record_without_a_number_has_none():
    assert len(finder.row_of("answer", "barriers-costs", (0, "a"), [])) == 6


def test_what_opens_below_a_record_says_its_head_no_second_time():
    pairs, places = finder.below("fact", "register-out-2012")
    assert pairs and places and card("fact", "register-out-2012").head not in {text for _, text in pairs}


def test_codes_of_records_are_places_among_those_of_their_facets():
    facets, rows = finder.coded(
        "fact", [{"place": ["almaty-city"]}, {"place": ["akmola", "almaty-city"], "year": ["2012"]}]
    )
    named = [facet["id"] for facet in facets]
    codes = [code for code, _ in facets[named.index("place")]["codes"]]
    assert [[codes[at] for at in row[named.index("place")]] for row in rows] == [
        ["almaty-city"],
        ["akmola", "almaty-city"],
    ]
    assert [row[named.index("year")] for row in rows] == [[], [0]]


@pytest.mark.parametrize(("kind", "has_pages"), [("message", True), ("fact", False)])
def test_only_records_of_ours_belong_to_a_page(kind, has_pages):
    assert bool(finder.pages_of(kind)) is has_pages


def test_kinds_that_answer_questions_come_first():
    assert finder.by_weight()[0] == "answer"
