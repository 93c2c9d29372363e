"""An expectation reads both sides of its disagreement, and could turn out false."""

import pytest

from evidence.checks import sides
from evidence.data import store

FACT, OTHER = "register-out-2012", "register-registered-2012"
LINES = {"left_source": "antonowicz2013oosc", "right_source": "antonowicz2013oosc"}


def row(**cells):
    """A discrepancy of the book with other cells."""
    return next(iter(store.rows("discrepancies").values()))._replace(**LINES | cells)


@pytest.mark.parametrize(
    "expect",
    [
        "1 == 1",
        f'fact("{FACT}") == fact("{FACT}")',
        f'fact("{FACT}") >= 0',
        'count("facts") >= 0',
        'says("1", "x") or True',
        f'abs(fact("{FACT}") - 3) > -1',
        f'"x" in printed("{FACT}") or "x" not in printed("{FACT}")',
        f'fact("{FACT}") != fact("{OTHER}") or fact("{FACT}") == fact("{OTHER}")',
    ],
)
def test_an_expectation_that_cannot_be_false_is_seen(expect):
    assert not sides.can_be_false(expect)


@pytest.mark.parametrize(
    "expect",
    [
        f'fact("{FACT}") != fact("{OTHER}")',
        f'round(fact("{FACT}") / 7, 2) != fact("{OTHER}")',
        f'"x" in printed("{FACT}")',
        'not says("1", "x")',
        'count("facts") > 3',
        f'period("{FACT}") != period("{OTHER}")',
        f'round(100 * fact("{FACT}") / fact("{OTHER}"), 1) != 21.1',
    ],
)
def test_an_expectation_that_other_values_would_make_false_is_one(expect):
    assert sides.can_be_false(expect)


def test_a_side_that_the_expectation_does_not_read_is_named():
    there = row(expect=f'fact("{FACT}") != 3', left_lines="968", right_lines="10-20")
    assert sides.unread_sides(there) == ["right_lines"]
    assert sides.unread_sides(there._replace(right_lines="969")) == []


def test_lines_that_are_read_for_words_count_and_those_of_another_document_do_not():
    there = row(expect=f'says("12", "a") and fact("{FACT}") != 3', left_lines="968", right_lines="10-20")
    assert sides.unread_sides(there) == []
    elsewhere = there._replace(expect=f'says("12", "a", "gurin2023tale") and fact("{FACT}") != 3')
    assert sides.unread_sides(elsewhere) == ["right_lines"]


def test_an_expectation_that_counts_rows_reads_what_the_table_holds():
    assert sides.unread_sides(row(expect='count("actions") == 40', left_lines="1", right_lines="2")) == []


def test_every_disagreement_of_the_book_reads_both_sides_and_can_be_false():
    assert list(map(str, sides.problems())) == []


def test_an_expectation_that_holds_whatever_is_said_is_named_with_its_row(monkeypatch):
    known = store.rows("discrepancies")
    key = next(key for key, item in known.items() if "count(" not in item.expect and not sides.unread_sides(item))
    always = known | {key: known[key]._replace(expect=f"{known[key].expect} or 1 == 1")}
    monkeypatch.setattr(store, "rows", lambda name: always)
    problem = sides.problems()[0]
    assert (problem.file, problem.row, problem.column) == ("discrepancies.csv", list(known).index(key) + 2, "expect")
    assert "cannot be false" in problem.rule
