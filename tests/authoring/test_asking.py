"""What is missing is asked for on a terminal, one plain question each; without one everything is named at once."""

from __future__ import annotations

import re

import pytest

from evidence.authoring.asking import Desk, completed, fault
from evidence.data.rules import DataError

FINDING = {"source": "gurin2023tale", "lines": "12", "statement": "Schools wait.", "stance": "gap"}


class Person:
    """Answers questions in their order and keeps what was asked."""

    def __init__(self, *answers: str):
        self.answers, self.asked = list(answers), []

    def __call__(self, question: str) -> str:
        self.asked.append(question)
        return self.answers.pop(0)


@pytest.mark.parametrize(
    ("column", "value", "rule"),
    [
        ("unit", "percnt", r"is no code; did you mean percent .*\(the list: fields.toml, \[categories.unit\]\)"),
        ("qualifier", "exactly", "is not one of exact, about, at_least, at_most, range"),
        ("place", "almaty", "is no id of places.csv; did you mean almaty"),
        ("indicator", "zzzz", "is no id of indicators.csv; the list is data/indicators.csv"),
        ("flags", "target;gone", "gone is no code"),
        ("value", "1,5", "is not a number"),
        ("lines", "3-", "is not written as this column is"),
    ],
)
def test_a_wrong_cell_is_told_with_what_is_possible_there(column, value, rule):
    assert re.search(rule, fault("facts", column, value))


def test_without_a_terminal_everything_missing_and_wrong_is_named_at_once():
    with pytest.raises(DataError) as error:
        completed("findings", {"stance": "gaps", "lines": "12"}, Desk())
    assert [problem.file for problem in error.value.problems] == ["--source", "--statement", "--stance"]
    assert "did you mean" in str(error.value) or "is not one of weakness, gap" in str(error.value)


def test_on_a_terminal_each_question_says_what_the_column_holds_and_asks_again():
    person = Person("", "gap in knowledge", "gap")
    row = completed("findings", FINDING | {"stance": ""}, Desk(person), also=("period",))
    assert {name: value for name, value in row.items() if value} == FINDING
    assert person.asked[0] == "Year or years. (Enter leaves it empty)\nperiod: "
    assert person.asked[1] == "Kind of statement. One of weakness, gap, strength, description.\nstance: "
    assert person.asked[2].startswith("  'gap in knowledge': is not one of weakness, gap") and len(person.asked) == 3


def test_what_is_given_is_not_asked_for():
    person = Person()
    assert completed("findings", FINDING, Desk(person)) == FINDING
    assert person.asked == []
