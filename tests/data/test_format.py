"""Facts read as printed, with their place; only the typography is ours."""

import re

import pandas as pd
import pytest

from evidence.data import format, store
from evidence.data.format import filled, number, reads
from evidence.data.records import fact, facts, place_of_row
from evidence.data.store import UnknownId

REGISTERED = fact("register-registered-2012")


@pytest.mark.parametrize(
    ("printed", "unit", "read"),
    [
        ("1756", "children", "1,756"),
        ("147,679", "children", "147,679"),
        ("4940494", "children", "4,940,494"),
        ("894", "children", "894"),
        ("About 15000 raids", "times", "about 15,000 raids"),
        ("33 centres in 2019", "institutions", "33 centres in 2019"),
        ("24 000 women", "people", "24 000 women"),
        ("2012", "year", "2012"),
        ("2011-2012", "year", "2011–2012"),
        ("95% by 2050", "percent", "95% by 2050"),
        ("2050 children", "children", "2050 children"),
        ("12.2%", "percent", "12.2%"),
        ("1.6 percent", "percent", "1.6%"),
        ("1.6 per cent", "percent", "1.6%"),
        ("86.5-91.6 %", "percent", "86.5–91.6%"),
        ("0.12345", "share", "0.12345"),
        ("8-9 hours", "hours_per_day", "8–9 hours"),
        ("More than 10 days", "days", "more than 10 days"),
        ("Twenty-five", "countries", "twenty-five"),
        ("seven-day", "days", "seven-day"),
        ("A third", "percent", "a third"),
        ("ten per cent", "percent", "ten per cent"),
        ("a percentage", "share", "a percentage"),
        ("PISA score of 388", "score", "PISA score of 388"),
        ("n=571", "respondents", "n=571"),
    ],
)
def test_a_fact_reads_as_printed_with_our_typography(printed, unit, read):
    assert reads(REGISTERED._replace(as_reported=printed, unit=unit)) == read


@pytest.mark.parametrize(
    ("printed", "value", "read"), [("7.648", 7648, "7,648"), ("24 000 women", 24000, "24,000 women")]
)
def test_other_separators_of_thousands_are_read_where_the_value_has_thousands(printed, value, read):
    assert reads(REGISTERED._replace(as_reported=printed, value=float(value))) == read


def test_a_school_year_in_a_column_reads_as_one():
    assert format.column("registered_2010_11", {}) == "Registered 2010-11"
    assert format.column("year_2012", {}) == "Year 2012" and format.column("a_2010_2011", {}) == "A 2010 2011"


def test_reading_a_fact_never_changes_its_digits():
    changed = [
        item.id
        for item in facts().values()
        if not item.in_sentence and re.findall(r"\d", reads(item)) != re.findall(r"\d", item.as_reported)
    ]
    assert changed == []


def test_a_fact_whose_print_fits_no_sentence_reads_as_it_is_worded_for_one():
    assert reads(REGISTERED._replace(as_reported="10 corpus delicti", in_sentence="ten kinds")) == "ten kinds"


@pytest.mark.parametrize(
    ("value", "unit", "digits", "read"),
    [
        (1756, "children", 0, "1,756"),
        (12.24, "percent", 1, "12.2%"),
        (-3.14, "percent_points", 1, "−3.1 points"),
        (float("nan"), "percent", 1, "not given"),
    ],
)
def test_a_number_reads_with_separators_sign_and_unit(value, unit, digits, read):
    assert number(value, unit, digits) == read


def test_an_unknown_fact_suggests_the_nearest_id():
    with pytest.raises(UnknownId) as error:
        fact("register-registred-2012")
    assert str(error.value).startswith(
        "no fact has the id 'register-registred-2012'; did you mean register-registered-2012"
    )


def test_an_id_like_no_other_suggests_nothing():
    assert str(UnknownId("fact", "qqq", facts())) == "no fact has the id 'qqq'"


@pytest.mark.parametrize(
    ("page", "label"),
    [("22", "p. 22"), ("6-10", "pp. 6–10"), ("", "page not known")],
)
def test_a_page_reads_as_its_number(page, label):
    assert format.page(page) == label


def test_the_place_of_a_fact_is_document_page_and_table():
    assert format.place(place_of_row(REGISTERED)) == "Out-of-school study (2013), p. 22, Table 3"


def test_the_place_of_a_fact_without_a_locator_is_document_and_page():
    assert format.place(place_of_row(REGISTERED._replace(locator=""))) == "Out-of-school study (2013), p. 22"


def test_four_digits_that_are_the_value_are_no_year():
    assert reads(REGISTERED._replace(as_reported="2050 children", value=2050.0)) == "2,050 children"


@pytest.mark.parametrize(
    ("value", "shown"),
    [(1756, "1,756"), (12.24, "12.2"), (-3.0, "−3"), (float("nan"), "–"), (None, "–"), (True, "yes"), ("text", "text")],
)
def test_a_cell_of_a_table_shows_numbers_with_separators_and_nothing_as_a_dash(value, shown):
    assert format.cell(value) == shown


TEMPLATES = {
    "{number}[ ({part})]. {statement}": "8 (b). Do it",
    "[{term}, ]{statement}": "Do it",
    "{term} || {number}: {statement}": "8: Do it",
}


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_template_leaves_out_bracketed_parts_and_alternatives_with_an_empty_cell(template):
    fields = store.fields_of(store.schema()["recommendations"])
    row = store.rows("recommendations")["vac-r08"]._replace(number=8, part="b", statement="Do it", term="")
    assert filled(template, row, fields) == TEMPLATES[template]


def test_a_template_shows_labels_for_codes_and_names_for_keys():
    fields = store.fields_of(store.schema()["facts"])
    assert filled("{place}: {evidence_type}", REGISTERED, fields) == "Kazakhstan: administrative data"


def test_a_text_begins_or_goes_on_a_sentence_by_its_first_letter_alone():
    assert format.capitalised("every third UNICEF office") == "Every third UNICEF office"
    assert format.lowered("Every third UNICEF office") == "every third UNICEF office"
    assert format.capitalised("") == format.lowered("") == ""


@pytest.mark.parametrize("value", [None, "", float("nan"), pd.NA, pd.NaT])
def test_a_cell_that_holds_nothing_is_empty(value):
    assert format.is_empty(value)


@pytest.mark.parametrize("value", [0, 0.0, False, "0", "none"])
def test_a_cell_that_holds_something_is_not_empty(value):
    assert not format.is_empty(value)
