"""A value is a number that the figure as printed says; each planted fault is named."""

from __future__ import annotations

import pytest

from evidence.checks import facts
from evidence.data import store
from evidence.data.records import fact

NAN = float("nan")
REGISTERED = fact("register-registered-2012")


def test_every_value_is_the_figure_as_printed():
    assert list(map(str, facts.value_problems())) == []


def test_every_value_read_from_a_table_is_that_of_its_cell():
    assert list(map(str, facts.cell_problems())) == []


PRINTED = {  # figure as printed, unit: a number it says
    ("1,756 children", "children"): 1756,
    ("24 000 women", "people"): 24000,
    ("5.7 million", "people"): 5.7e6,
    ("70 thousand", "items"): 70000,
    ("7.648", "people"): 7648,
    ("12,5 %", "percent"): 12.5,
    ("-3.1", "percent_points"): -3.1,
    ("1970.5 billion KZT", "kzt_bn"): 1970.5,
    ("Twenty-five", "countries"): 25,
    ("seven-day", "days"): 7,
    ("fourteen to thirty-five-yearolds", "years"): 35,
    ("A third", "percent"): 33.3,
    ("one in four", "percent"): 25,
    ("two out of three", "percent"): 66.7,
    ("by half", "percent"): 50,
    ("every quarter", "events_per_year"): 4,
    ("monthly", "events_per_year"): 12,
    ("none of them", "items"): 0,
    ("all schools", "percent"): 100,
    ("a dozen", "institutions"): 12,
}


@pytest.mark.parametrize("printed", PRINTED, ids=lambda pair: pair[0])
def test_a_figure_in_digits_or_words_is_read(printed):
    text, unit = printed
    item = REGISTERED._replace(as_reported=text, unit=unit, value=float(PRINTED[printed]), qualifier="exact")
    assert facts.fault(item) is None


WRONG = {  # what is planted: changes of a fact
    "digits swapped": {"value": 984.0},
    "a sign turned": {"value": -894.0},
    "a factor of ten": {"value": 8940.0},
    "words that say another number": {"as_reported": "three regions", "value": 4.0, "flags": "in_words"},
    "a part that is another": {"as_reported": "a third", "unit": "percent", "value": 30.0, "flags": "in_words"},
    "a number where words give none": {"as_reported": "most schools", "value": 80.0, "flags": "in_words"},
    "no value beside a figure": {"value": NAN},
    "an upper end that is not printed": {"value_high": 900.0, "qualifier": "range"},
    "a range with one end": {"qualifier": "range"},
    "two ends and no range": {"as_reported": "3-5", "value": 3.0, "value_high": 5.0},
    "a range backwards": {"as_reported": "3-5", "value": 5.0, "value_high": 3.0, "qualifier": "range"},
    "a value of what was lost": {"flags": "lost_in_source"},
    "a month for a quarter": {"as_reported": "every quarter", "unit": "events_per_year", "value": 12.0},
}


@pytest.mark.parametrize("fault", WRONG)
def test_a_value_that_is_not_the_figure_is_named(monkeypatch, fault):
    item = REGISTERED._replace(**WRONG[fault])
    monkeypatch.setattr(store, "numbered", lambda name: [(2, item)])
    (problem,) = facts.value_problems()
    assert (problem.file, problem.row, problem.column) == ("facts.csv", 2, "value")
    assert item.id in problem.rule


def test_a_cell_with_another_number_is_named(monkeypatch):
    item = next(item for item in store.rows("facts").values() if item.cell)
    monkeypatch.setattr(store, "numbered", lambda name: [(2, item._replace(value=item.value + 1))])
    (problem,) = facts.cell_problems()
    assert (problem.column, problem.value) == ("cell", item.cell)


def worded(**changes):
    return REGISTERED._replace(
        as_reported="about 300 students per 1 teacher", value=300.0, qualifier="about", **changes
    )


WORDED_WRONGLY = {  # wording for sentences: what is said of it
    "about 400 students": "says 400, which",
    "about 300 students in 12 schools": "says 12, which",
    "many students": "does not say 300",
    "300 students": "does not say that the figure is about",
    "about 300 students per 1 teacher": "is how it reads anyway",
}


@pytest.mark.parametrize("wording", WORDED_WRONGLY)
def test_a_wording_for_sentences_says_the_same_as_the_print(monkeypatch, wording):
    item = worded(in_sentence=wording)
    monkeypatch.setattr(store, "numbered", lambda name: [(2, item)])
    (problem,) = facts.wording_problems()
    assert (problem.column, problem.value) == ("in_sentence", wording)
    assert WORDED_WRONGLY[wording] in problem.rule


def test_a_wording_that_fits_a_sentence_and_the_print_is_left_alone(monkeypatch):
    item = worded(in_sentence="about 300 students per teacher")
    monkeypatch.setattr(store, "numbered", lambda name: [(2, item)])
    assert facts.wording_problems() == []


def test_a_figure_printed_in_another_language_has_a_wording_in_english(monkeypatch):
    item = REGISTERED._replace(as_reported="188 детей", value=188.0, in_sentence="")
    monkeypatch.setattr(store, "numbered", lambda name: [(2, item)])
    (problem,) = facts.wording_problems()
    assert "say it in English" in problem.rule


def test_every_wording_of_the_book_says_what_is_printed():
    assert list(map(str, facts.wording_problems())) == []
