"""Figures on the country, as the chapters on 2023 show them: against the coded rows and the facts."""

import pytest

from evidence.data import store
from evidence.data.records import fact
from evidence.parts.programme import poverty_and_health as chapter

AREAS = {
    "poverty_and_health": ["population", "money", "health"],
    "school_and_safety": ["meals", "internet", "learning", "online", "offences"],
}


@pytest.fixture(scope="module")
def figures():
    return chapter.figures()


def test_every_figure_stands_on_one_of_the_chapters():
    shown = [area for areas in AREAS.values() for area in areas]
    assert sorted(shown) == sorted(store.labels("country_figures", "area"))
    assert sum(len(chapter.figures(*areas)) for areas in AREAS.values()) == len(chapter.figures())


def test_a_figure_is_coded_once_and_is_none_of_unicefs_reach():
    coded = store.load("country_figures")
    assert coded["fact"].is_unique
    assert sorted(coded["order"]) == list(range(1, len(coded) + 1))
    reached = {key for cell in store.load("contributions")["reach_facts"] for key in store.items(cell)}
    assert set(coded["fact"]) & reached == {"annual-daily-check-share", "annual-daily-check-schools"}  # its own count


def test_every_figure_on_the_country_in_part_1_is_coded_or_left_out_for_a_reason():
    left_out = {"law", "target", "repeated"}
    coded = set(store.load("country_figures")["fact"])
    missing = [
        row.id
        for row in store.of_document("facts", "unicefkz2023annual").itertuples()
        if row.locator == "Part 1"
        and row.evidence_type != "law"
        and not left_out & set(store.items(row.flags))
        and row.id not in coded
    ]
    assert missing == [
        "annual-digital-family-card-coverage",  # a register
        "annual-newborns-iin",
        "annual-youth-additional",  # in doubt
        "annual-youth-loans-grants",
    ]


def test_a_lost_figure_shows_no_number(figures):
    lost = figures[[cell["to"].endswith("-lost") for cell in figures["Figure"]]]
    assert lost["As given"].tolist() == ["number lost"]


def test_who_measured_and_when_are_said_or_said_to_be_missing(figures):
    for row in figures.to_dict("records"):
        item = fact(row["Figure"]["to"].removeprefix("fact:"))
        assert row["Measured by"] == (item.measured_by or "nobody named")
        assert (row["As of"] == "not given") == (not item.period)
        assert row["lines"] == item.lines


def test_what_a_figure_can_be_compared_with_comes_with_a_reason(figures):
    first = figures["Comparable"].str.partition(": ")
    ways = {way[:1].upper() + way[1:] for way in store.labels("country_figures", "compare").values()}
    assert set(first[0]) == ways
    assert first[2].ne("").all()


def test_the_poorest_region_stands_above_the_country():
    table = chapter.poverty().set_index("Place")["Below the poverty line, %"]
    assert table.to_dict() == {"Turkistan Region": 9.6, "Kazakhstan": 5.6}
