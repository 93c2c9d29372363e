"""Dates as the data write them."""

from __future__ import annotations

import pytest

from evidence.data.dates import fault, reads
from evidence.figures.cards import card


@pytest.mark.parametrize(
    "text",
    ["2011", "1990s", "2009-2012", "2011-12", "1999-00", "2023-05", "2023-05-31", "2023-05/2023-07", "2010/2012-03"],
)
def test_a_date_of_each_form_is_right(text):
    assert fault(text) is None


WRONG = {
    "15.05.2012": "is no date as data write it",
    "May 2012": "is no date as data write it",
    "2011/12/13": "is no date as data write it",
    "2011–12": "is no date as data write it",
    "12-Nov": "is no date as data write it",
    "2012-02-30": "is no day of the calendar",
    "2011-13": "is no month of a year",
    "2012-2009": "ends before it begins",
    "2012-05/2012-03": "ends before it begins",
    "1011": "is no year",
    "41000": "is no date as data write it",
}


@pytest.mark.parametrize("text", WRONG)
def test_a_date_that_is_none_is_named(text):
    assert WRONG[text] in fault(text)


READ = {
    "2011": "2011",
    "1990s": "1990s",
    "2011-12": "2011-12",
    "2009-2012": "2009 to 2012",
    "2023-05": "May 2023",
    "2011-05-15": "15 May 2011",
    "2020-12-15/2021-02-15": "15 December 2020 to 15 February 2021",
    "2010/2012-03": "2010 to March 2012",
    "not printed": "not printed",
}


@pytest.mark.parametrize("text", READ)
def test_a_date_reads_in_words(text):
    assert reads(text) == READ[text]


def test_a_card_shows_a_date_in_words():
    assert ("As of", "15 May 2011") in card("fact", "register-registered-2011").pairs
