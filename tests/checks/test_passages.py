"""The lines a statement cites hold its sentence to the end."""

import pytest

from evidence.checks import passages
from evidence.checks.texts import pinned_texts

LINES = [
    "goes on here, in the next",
    "column, and ends.",
    "",
    "The first sentence ends here. A second one",
    "ends in the line below.",
    "• An item without an end",
    "",
    "The last one of the column",
    "HEADING",
]


@pytest.mark.parametrize(
    ("cited", "is_broken"),
    [("4", False), ("5", False), ("6", False), ("8", False), ("1", True), ("1-2", False)],
    ids=["an end in the line", "an end of the line", "an item of a list", "before a heading", "halfway", "whole"],
)
def test_a_range_that_ends_within_a_sentence_is_seen(cited, is_broken):
    assert passages.breaks_off(LINES, cited) is is_broken


def test_a_range_that_begins_with_the_rest_of_its_sentence_is_whole():
    assert not passages.breaks_off(["cross-sector panel.", "", "reviewed monthly by a", "enables others"], "1-3")


def test_every_statement_cites_its_sentence_to_the_end(source_texts):
    texts, _ = pinned_texts(source_texts)
    assert list(map(str, passages.problems(texts))) == []
