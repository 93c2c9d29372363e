"""A new fact is found in its text; lines that do not print it are told where it stands."""

from __future__ import annotations

import pytest

from evidence.authoring.asking import Desk
from evidence.authoring.facts import new_fact
from evidence.authoring.findings import new_finding
from evidence.data.rules import DataError

SOURCE = "gurin2023tale"
TEXT = (
    "In 42 schools\n12.2% of pupils had no meal.\nThe share of pupils without\na meal is said to vary in 42 places.\n"
)
GIVEN = {"source": SOURCE, "as_reported": "12.2%", "unit": "percent", "evidence_type": "survey", "period": "2024"}
NEW = GIVEN | {"new_indicator": "Pupils without a meal"}


@pytest.fixture
def texts(tmp_path):
    path = tmp_path / "text.txt"
    path.write_text(TEXT, encoding="utf-8")
    return {SOURCE: path}


def test_the_only_lines_that_print_a_figure_are_taken_and_said(texts):
    draft = new_fact(NEW, Desk(None, texts))
    (indicators, indicator), (facts, row), (themes, coded) = draft.rows
    assert (indicators, facts, themes) == ("indicators", "facts", "indicator_themes")
    assert row["indicator"] == indicator["id"] == coded["indicator"] and coded["themes"] == ""
    assert row["lines"] == "2" and row["value"] == "12.2" and row["qualifier"] == "exact"
    assert "it stands in lines 2: 12.2% of pupils had no meal." in draft.notes
    assert "read from '12.2%': value 12.2, qualifier exact" in draft.notes
    assert not row.get("locator")  # never guessed


def test_what_is_read_can_be_overridden(texts):
    row = new_fact(NEW | {"value": "12.25", "qualifier": "about"}, Desk(None, texts)).rows[1][1]
    assert (row["value"], row["qualifier"]) == ("12.25", "about")


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        (
            {"as_reported": "42"},
            "(?s)--lines: '42' stands .*give the lines of one:\n  1: in 42 schools\n  4: a meal",
        ),
        (
            {"lines": "3"},
            "--lines: '3': '12.2%' does not stand there; give .* places:\n  2: 12.2% of pupils",
        ),
        ({"as_reported": "13%"}, "--as-reported: the figure '13%' stands nowhere in the text"),
    ],
)
def test_lines_that_are_wrong_or_in_doubt_are_told_where_the_figure_stands(texts, change, rule):
    with pytest.raises(DataError, match=rule):
        new_fact(NEW | change, Desk(None, texts))


def test_on_a_terminal_the_lines_are_chosen_by_number(texts):
    answers = iter(["3", "2", *[""] * 9])
    row = new_fact(NEW | {"as_reported": "42"}, Desk(lambda question: next(answers), texts)).rows[1][1]
    assert row["lines"] == "4"


def test_on_a_terminal_a_quantity_may_be_new(texts):
    answers = iter(["Pupils without a meal", *[""] * 9])
    rows = new_fact(GIVEN | {"indicator_themes": "health"}, Desk(lambda question: next(answers), texts)).rows
    assert rows[0] == ("indicators", {"id": "pupils-without-meal", "name": "Pupils without a meal", "note": ""})
    assert rows[1][1]["indicator"] == "pupils-without-meal" and rows[2][1]["themes"] == "health"


def test_without_the_text_the_lines_have_to_be_given():
    with pytest.raises(DataError, match="--lines: is missing. Lines of the supplied text"):
        new_fact(NEW, Desk())
    assert new_fact(NEW | {"lines": "12"}, Desk()).rows[1][1]["lines"] == "12"


def test_everything_wrong_is_named_at_once(texts):
    with pytest.raises(DataError) as error:
        new_fact(GIVEN | {"unit": "percnt", "place": "almati", "lines": "3"}, Desk(None, texts))
    assert [problem.file for problem in error.value.problems] == ["--lines", "--indicator", "--unit", "--place"]


def test_a_sentence_of_the_document_is_no_finding(texts):
    given = {"source": SOURCE, "lines": "3-4", "stance": "gap"}
    copied = "It says that the share of pupils without a meal is said to vary."
    with pytest.raises(DataError, match="--statement.*shares 8 words in a row"):
        new_finding(given | {"statement": copied}, Desk(None, texts))
    draft = new_finding(given | {"statement": "How many pupils go without is told in a few places."}, Desk(None, texts))
    assert draft.rows[0][1]["id"].startswith("find-") and any("the share of pupils" in note for note in draft.notes)
