"""Pages come from the page breaks of a text or from its author, without gap and overlap."""

from __future__ import annotations

import pytest

from evidence.authoring.pagination import from_breaks, from_ranges, from_starts
from evidence.data.rules import DataError

PLAIN = ["one", "two", "three", "four", "five"]


def test_page_breaks_give_pages_whose_numbers_follow_those_that_are_printed():
    lines = "cover\n\ftext\n4\n\fmore\n5\n\flast".split("\n")
    assert [tuple(page) for page in from_breaks(lines)] == [
        (1, 1, "3", "inferred"),
        (2, 3, "4", "printed"),
        (4, 5, "5", "printed"),
        (6, 6, "6", "inferred"),
    ]


def test_one_number_that_stands_alone_moves_no_page():
    assert [page.number for page in from_breaks("2021\n\ftext\n\fmore".split("\n"))] == ["1", "2", "3"]


def test_a_text_without_page_breaks_has_no_pages():
    assert from_breaks(PLAIN) == []


def test_ranges_and_starts_say_the_same():
    assert from_ranges("1-3:1,4-5:2", PLAIN) == from_starts("1,4", PLAIN)
    assert [page.basis for page in from_ranges("1-3:1,4-5:2", [*PLAIN[:4], "2"])] == ["inferred", "printed"]


@pytest.mark.parametrize(
    ("given", "rule"),
    [
        ("1-3:1", "has 5 lines, the last page ends at 3"),
        ("1-3:1,3-5:2", "'3-5:2': these lines stand on two pages"),
        ("1-2:1,4-5:2", "lines 3-3 have no page"),
        ("1-9:1", "has 5 lines, the last page ends at 9"),
        ("one", "is not LINES:PAGE"),
    ],
)
def test_pages_with_a_gap_or_an_overlap_are_refused(given, rule):
    with pytest.raises(DataError, match=rule):
        from_ranges(given, PLAIN)
