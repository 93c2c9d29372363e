"""The lines a statement cites hold its sentence to the end."""

import pytest

from evidence.checks import passages
from evidence.checks.texts import pinned_texts
from evidence.data import store

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


@pytest.mark.parametrize(
    ("statement", "there", "missing"),
    [
        ("It rose to 1,756 in 2010-11.", "the register held 1756 in 2010-11", []),
        ("From 12 to 18 months.", "from twelve to eighteen months", []),
        ("It was 41.6% in 2010.", "reached 41.6% in 20106.", []),
        ("Begun in 2016.", "begun after this study", ["2016"]),
        ("Of 30 teachers 5 did.", "of 30 teachers some did", ["5"]),
    ],
)
def test_a_number_that_the_lines_do_not_hold_is_named(statement, there, missing):
    assert passages.missing_numbers(statement, there) == missing


def test_every_statement_cites_its_sentence_to_the_end_and_its_numbers(source_texts):
    texts, _ = pinned_texts(source_texts)
    assert list(map(str, passages.problems(texts))) == []


PLANTED = {  # a cell of a table, what is put in, and what is said of it
    "a recommendation": ("recommendations", "statement", "Train 4,711 teachers", "does not stand in lines"),
    "a practice": ("practices", "what", "Run in 4,711 schools", "does not stand in lines"),
    "a barrier": ("barriers", "barrier", "Cost of 4,711 tenge", "does not stand in lines"),
    "a difference of a summary": (
        "recommendation_summaries",
        "what",
        "It drops 4,711 places",
        "does not stand in lines",
    ),
    "the year of a law": ("instruments", "subject", "Changed in 94711", "does not stand anywhere in the document"),
    "the base of a finding of a system": ("systems", "covers", "94,711 children", "does not stand anywhere"),
    "the period of a finding": ("findings", "period", "1847", "does not stand anywhere in the document"),
}


@pytest.mark.parametrize("name", PLANTED)
def test_a_number_that_a_document_does_not_print_is_named_whatever_the_column(name, source_texts, monkeypatch):
    table, column, said, rule = PLANTED[name]
    known = store.rows(table)
    key = next(key for key, row in known.items() if row.source == "gurin2023tale" or table != "findings")
    planted = known | {key: known[key]._replace(**{column: said})}
    monkeypatch.setattr(passages.store, "rows", lambda name, kept=store.rows: planted if name == table else kept(name))
    found = [problem for problem in passages.number_problems(pinned_texts(source_texts)[0]) if problem.value == said]
    assert len(found) == 1 and found[0].column == column and rule in found[0].rule, found


def test_a_number_of_a_line_may_stand_in_a_remark_on_places(source_texts):
    path = pinned_texts(source_texts)[0]["antonowicz2013oosc"]
    assert passages.nowhere(["887", "1756", "94711"], path) == ["94711"]
