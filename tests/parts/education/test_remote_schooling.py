"""Tables of the chapter on what closed schools changed: against the coded rows."""

import pytest

from evidence.data import store
from evidence.data.records import PLACE
from evidence.data.store import line_range
from evidence.parts.education import remote_schooling

SECTIONS = {  # lines of the sections of findings, read in the text
    "Moving lessons online": (729, 791),
    "Devices, training, materials": (792, 905),
    "Quality of lessons": (906, 1026),
    "Learning and marks": (1028, 1113),
    "No journey to school": (1119, 1143),
    "Work and home": (1145, 1183),
    "Physical health": (1185, 1214),
    "Feelings and company": (1216, 1272),
    "Relationships": (1274, 1345),
    "Money": (1347, 1392),
}
CONCLUSION = (1394, 1474)


@pytest.fixture(scope="module")
def effects():
    return remote_schooling.effects()


def lies_in(lines: str, section: tuple[int, int]) -> bool:
    first, last = line_range(lines)
    return section[0] <= first and last <= section[1]


def test_every_coded_statement_is_listed_once_for_each_group(effects):
    assert len(effects) == len(store.load("pandemic_effects"))
    pairs = [(cell["to"], whom) for cell, whom in zip(effects["What is said"], effects["Whom"])]
    assert len(set(pairs)) == len(pairs)
    assert list(effects.columns) == ["Theme", "Whom", "Direction", "What is said", "Women or girls", *PLACE]


def test_a_statement_stands_under_the_theme_of_its_section_unless_the_conclusion_makes_it(effects):
    wrong = [
        (row["Theme"], row["lines"])
        for _, row in effects.iterrows()
        if not lies_in(row["lines"], SECTIONS[row["Theme"]]) and not lies_in(row["lines"], CONCLUSION)
    ]
    assert wrong == []


def test_only_what_participants_told_or_filled_in_is_coded():
    said = store.load("findings").set_index("id").loc[store.load("pandemic_effects")["finding"]]
    kinds = {kind for cell in said["evidence_types"] for kind in store.items(cell)}
    assert kinds == {"interviews", "focus_groups", "survey"}


def test_the_themes_stand_in_the_order_of_the_study():
    assert list(remote_schooling.by_theme()["Theme"]) == list(SECTIONS)


@pytest.mark.parametrize(
    ("theme", "cells"),
    [
        ("Money", ["relief", "burdens and relief", "burdens and relief"]),
        ("No journey to school", ["relief", "relief", "relief"]),
        ("Devices, training, materials", ["burdens and relief", "nothing said", "burdens and relief"]),
        ("Physical health", ["burdens", "burdens", "burdens"]),
    ],
)
def test_a_theme_says_what_each_group_met(theme, cells):
    row = remote_schooling.by_theme().set_index("Theme").loc[theme]
    assert row[["Pupils", "Parents", "Teachers"]].tolist() == cells


def test_what_names_women_or_girls_is_a_part_of_all_statements(effects):
    named = remote_schooling.gendered()
    assert len(named) == store.load("pandemic_effects")["gendered"].sum() > 0
    assert {cell["to"] for cell in named["What is said"]} < {cell["to"] for cell in effects["What is said"]}


def test_the_chronology_begins_with_the_closing_of_schools_and_is_in_order():
    shown = remote_schooling.chronology()
    assert (shown["Event"][0]["text"], shown["When"][0]) == ("All schools closed", "12 March 2020")
    months = [store.row("events", cell["to"].partition(":")[2]).date[:7] for cell in shown["Event"]]
    assert months == sorted(months) and {month[:4] for month in months} == {"2020", "2021"}


def test_each_recommendation_of_the_full_text_is_compared_once():
    compared = remote_schooling.recommendations()
    assert list(compared["No."]) == list(range(1, 24))
    assert dict(compared["Who is asked"].value_counts()) == {"policymakers": 11, "school leaders": 7, "teachers": 5}
    wholes = store.load("recommendations").query("source == 'covidgender2021' and part == ''")
    assert {cell["to"] for cell in compared["Recommendation"]} == {f"recommendation:{key}" for key in wholes["id"]}


def test_what_differs_is_said_where_something_does_and_only_there():
    compared = remote_schooling.recommendations()
    assert ((compared["What differs"] == "nothing") == (compared["The summary"] == "says the same")).all()
