"""What a spreadsheet does to a cell by itself is told apart from what people write."""

from __future__ import annotations

import pytest

from evidence.authoring.guesses import Day, clock, dates, numbers
from evidence.authoring.spreadsheet import spoilt, why

LONG = "x" * 300

SPREADSHEET = [
    ("1,756", "1756", "thousands"),
    ("4,940,494", "4940494", "thousands"),
    ("1 756", "1756", "thousands"),
    ("12.0", "12", "decimals"),
    ("39.50", "39.5", "decimals"),
    ("12.5", "12,5", "decimal comma"),
    ("1,756.5", "1756,5", "decimal comma"),
    ("8,300", "8.3", "read as a decimal comma"),
    ("28,000", "28", "read as a decimal comma"),
    ("0.835", "835", "read as one of thousands"),
    ("007", "7", "leading zeros"),
    ("123456789012", "1.23E+11", "exponent"),
    ("123456789012", "1,23457E+11", "exponent"),
    ("12e4", "120000", "form of the number"),
    ("1234567890123456", "1234567890123450", "fifteenth"),
    ("45%", "0.45", "per cent"),
    ("58.5%", "58.50%", "decimals of the per cent"),
    ("2010-", "-2010", "sign"),
    ("(12)", "-12", "sign"),
    ("+12", "12", "sign"),
    ("2008-09", "Sep-08", "date"),
    ("2008-09", "сен.08", "date"),
    ("2008-09", "2008-09-01", "date"),
    ("2008-09", "39692", "number of days"),
    ("2008-09", "01/09/2008 00:00:00", "date"),
    ("1-5", "01-May", "date"),
    ("1-5", "5-Jan", "date"),
    ("1-5", "05.01.2012", "date"),
    ("10-12", "10.дек", "date"),
    ("5.99", "май.99", "date"),
    ("January 2011", "01/01/11", "date"),
    ("may-1", "1-May", "date"),
    ("2012-05-15", "15/05/2012", "date"),
    ("2012-05-15", "15 мамыр 2012", "date"),
    ("1:35", "01:35:00", "time"),
    ("1:35", "1:35:00 AM", "time"),
    ("true", "TRUE", "true"),
    ("true", "ИСТИНА", "true"),
    ("-- so", "— so", "typeset"),
    ("a - b", "a – b", "typeset"),
    ("and so on...", "and so on…", "typeset"),
    ('a "word"', "a “word”", "typeset"),
    ("children's", "children’s", "typeset"),
    ("12 000", "12\u00a0000", "typeset"),
    ("=1+1", "2", "formula"),
    ("-not asked", "#NAME?", "error"),
    ("@name", "#ИМЯ?", "error"),
    ("=A1", "Err:508", "error"),
    ("a text", "#VALUE!", "error"),
    ("a long text", "###", "too narrow"),
    ("007", "'007", "marked"),
    ("007", '="007"', "marked"),
    (LONG, LONG[:255], "cut after 255"),
    ("one two", "one\ntwo", "line break"),
    ("млрд", "????", "letters lost"),
    ("Núñez", "Nunez", "letters lost"),
    ("3 × 4", "3 * 4", "letters lost"),
    ("§ 3", "Â§ 3", "another encoding"),
    ("год", "РіРѕРґ", "another encoding"),
    ("“a”", "â€œaâ€?", "another encoding"),
]


@pytest.mark.parametrize(("was", "now", "reason"), SPREADSHEET)
def test_a_spreadsheets_work_is_recognised_with_its_reason(was, now, reason):
    told = why(was, now)
    assert told and reason in told.reason


PEOPLE = [
    ("1,756", "1,765"),
    ("1,756", "1765"),
    ("1756", "1,756"),
    ("12", "12.0"),
    ("12", "13"),
    ("12.0", "12.1"),
    ("39.5", "39.50"),
    ("45%", "45"),
    ("0.45", "45%"),
    ("45%", "54%"),
    ("7", "007"),
    ("12", "+12"),
    ("123456789012", "1.24E+11"),
    ("2008-09", "2009-10"),
    ("2008-09", "Oct-08"),
    ("2008-09", "Sep-09"),
    ("2008-09", "2008-10-01"),
    ("2012-08", "2012-08-15"),
    ("1-5", "1-6"),
    ("2021-09-02", "2021-02-09"),
    ("11, 13, 15", "11, 13 15"),
    ("1-5", "5-1"),
    ("1313-1321", "1313-1322"),
    ("2011-12", "2012"),
    ("May 2012", "June 2012"),
    ("2012", "2013"),
    ("1:35", "1:36"),
    ("true", "FALSE"),
    ("true", "false"),
    ("a - b", "a, b"),
    ("a “word”", 'a "word"'),
    ("a word", "another word"),
    (LONG, LONG[:200]),
    ("млрд", "billion"),
    ("млрд", "млн"),
    ("", "TRUE"),
    ("something", ""),
    ("§ 3", "§ 4"),
]


@pytest.mark.parametrize(("was", "now"), PEOPLE)
def test_what_people_write_is_never_taken_for_a_spreadsheets_work(was, now):
    assert why(was, now) is None


def test_texts_are_read_as_spreadsheets_read_them():
    assert [str(number) for number in numbers("8,300")] == ["8300", "8.300", "None"]
    assert [str(number) for number in numbers("0.835")] == ["0.835", "None", "835"]
    assert dates("2008-09") == {Day(2008, 9, 1)}
    assert dates("1-5") == {Day(None, 1, 5), Day(None, 5, 1)}
    assert dates("1313-1321") == dates("a-b") == dates("3-18 years") == dates("") == set()
    assert clock("12:05 AM") == (0, 5, 0) and clock("1:2") is None


@pytest.mark.parametrize("now", ["Sep-08", "01-May", "10.дек", "1.23E+11", "#NAME?", "Err:508", "####"])
def test_a_cell_of_which_git_knows_nothing_may_still_look_spoilt(now):
    assert spoilt(now)


@pytest.mark.parametrize("now", ["2008-09", "12-year", "out-of", "3-18", "E+", "cp-a", "Table 3"])
def test_ordinary_cells_do_not_look_spoilt(now):
    assert not spoilt(now)
