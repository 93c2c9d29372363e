"""How sure an answer is follows from its key messages: one level, several, or figures only."""

from __future__ import annotations

from types import SimpleNamespace as Row

import pytest

from evidence.data import store
from evidence.figures import sureness

PAGE = "chapters/education/register"


@pytest.fixture
def messages(monkeypatch):
    """Return a function that gives the book key messages of one page, by their levels; "" is a statistic."""
    rows = store.rows

    def give(*levels: str) -> None:
        kinds = ["qualitative" if level else "statistic" for level in levels]
        given = {
            str(number): Row(id=str(number), page=PAGE, kind=kind, confidence=level)
            for number, (level, kind) in enumerate(zip(levels, kinds))
        }
        monkeypatch.setattr(store, "rows", lambda name: given if name == "synthesis" else rows(name))
        monkeypatch.setattr(store, "row", lambda name, key: given[key])

    return give


@pytest.mark.parametrize(
    ("levels", "words"),
    [
        (["moderate"], "Moderate confidence"),
        (["low", "low"], "Low confidence"),
        (["low", "high", "moderate"], "High to low confidence, message by message"),
        (["very low", "low"], "Low to very low confidence, message by message"),
        (["moderate", ""], ""),
        (["", ""], ""),
        ([], ""),
    ],
)
def test_an_answer_that_leads_a_page_is_as_sure_as_the_messages_of_the_page(messages, levels, words):
    messages(*levels)
    assert sureness.in_words(Row(message="", review_finding="", leads=True, page=PAGE)) == words


def test_an_answer_that_names_a_message_is_as_sure_as_that_one(messages):
    messages("high", "low", "")
    for key, words in {"0": "High confidence", "1": "Low confidence", "2": ""}.items():
        assert sureness.in_words(Row(message=key, review_finding="", leads=True, page=PAGE)) == words


def test_an_answer_that_neither_leads_nor_names_a_message_borrows_no_level(messages):
    messages("high")
    assert sureness.levels_behind(Row(message="", review_finding="", leads=False, page=PAGE)) == []


def test_no_lead_of_the_book_is_said_to_be_surer_than_the_surest_of_its_messages():
    """Recounted from the two tables, without the rule's code."""
    order = ["high", "moderate", "low", "very low"]
    given, across = store.load("synthesis").set_index("id"), store.load("review_findings").set_index("id")
    for row in store.rows("answers").values():
        if row.leads:
            behind = given.loc[[row.message]] if row.message else given[given["page"] == row.page]
            behind = across.loc[[row.review_finding]] if row.review_finding else behind
            is_judged = all(behind["kind"] == "qualitative")
            levels = sorted({level for level in behind["confidence"] if level}, key=order.index) if is_judged else []
            assert sureness.levels_behind(row) == levels, row.id


def test_an_answer_that_names_a_review_finding_is_as_sure_as_that_one():
    given = store.row("review_findings", "rf-helplines").confidence
    answer = Row(message="", review_finding="rf-helplines", leads=True, page=PAGE)
    assert given and sureness.in_words(answer) == f"{given.capitalize()} confidence"


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (Row(confidence="very low", data_label=""), "Very low confidence"),
        (Row(confidence="", data_label="Register data, incomplete"), "Not rated: register data, incomplete"),
        (Row(confidence="", data_label="UNICEF’s own count"), "Not rated: UNICEF’s own count"),
    ],
)
def test_what_has_no_level_is_said_to_be_not_rated_and_why(row, words):
    assert sureness.judgement(row) == words


@pytest.mark.parametrize(
    ("as_of", "facts", "words"),
    [
        ("2021", [], "2021"),
        ("2011-12", ["2012-05-15"], "2011-12"),
        ("2013-2023", [], "2013 to 2023"),
        ("2023", ["2010-11"], "2010 to 2023"),
        ("2021", ["2016", "2021", ""], "2016 to 2021"),
    ],
)
def test_the_years_of_an_answer_are_those_of_the_facts_it_states_too(monkeypatch, as_of, facts, words):
    periods = {str(number): Row(period=period) for number, period in enumerate(facts)}
    monkeypatch.setattr(store, "row", lambda table, key: periods[key])
    said = " ".join(f"{{fact}}`{key}`" for key in periods)
    assert sureness.dated(Row(as_of=as_of, short="", answer=said)) == words
