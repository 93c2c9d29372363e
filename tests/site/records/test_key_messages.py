"""Key messages: their words, what they rest on, and that data never becomes markup."""

from __future__ import annotations

import re

import pytest

from evidence.data import store
from evidence.data.records import Place
from evidence.site.records import key_messages

PAGE = "chapters/child_protection/baseline"
MESSAGE = "cp-baseline-children"


@pytest.fixture
def planted(monkeypatch):
    """Return a function that gives the first message of the page another statement."""
    load = store.load

    def plant(statement: str) -> None:
        frame = load("synthesis")
        frame.loc[frame["id"] == MESSAGE, "statement"] = statement
        monkeypatch.setattr(store, "load", lambda name, *rest: frame if name == "synthesis" else load(name, *rest))

    return plant


def build(small_book):
    return small_book({f"{PAGE}.md": "# Page\n\n```{key-messages}\n```\n"})


def messages(book) -> list[str]:
    box = re.search(r'<ul class="messages[^"]*">(.*?)</ul>', book.page(PAGE), re.DOTALL)[1]
    return re.findall(r"<li><p>(.*?)</p>", box, re.DOTALL)


def test_messages_stand_in_their_order(small_book):
    rows = store.load("synthesis").query("page == @PAGE").sort_values("order")
    shown = [re.sub(r"<[^>]+>", "", text).replace("’", "'") for text in messages(build(small_book))]
    assert [text[:30] for text in shown] == [text[:30] for text in rows["statement"]]


def test_what_a_message_rests_on_is_noted_as_used(small_book):
    book = build(small_book)
    used = {(kind, key) for kind, key, _ in book.domain.data["uses"][PAGE]}
    row = store.row("synthesis", MESSAGE)
    assert ("message", MESSAGE) in used
    assert {("finding", key) for key in store.items(row.findings)} <= used
    assert store.items(row.findings)


@pytest.mark.parametrize(
    "statement",
    ["Seen <script>alert(1)</script> here", "Seen <img src=x onerror=alert(1)> here", "Seen </p></li></ul> here"],
)
def test_markup_in_a_statement_is_shown_and_refused(small_book, planted, statement):
    planted(statement)
    book = build(small_book)
    assert messages(book)[0] == statement.replace("<", "&lt;").replace(">", "&gt;")
    row = list(store.rows("synthesis")).index(MESSAGE) + 2
    assert f"WARNING: data/synthesis.csv, row {row}, column statement: '<" in book.warnings


def test_a_statement_is_no_markdown(small_book, planted):
    planted("See [here](https://example.org) and *there*")
    assert messages(build(small_book))[0] == "See [here](https://example.org) and *there*"


def test_an_unknown_record_in_a_statement_is_refused_with_row_and_column(small_book, planted):
    planted("Of {fact}`register-out-2021` children")
    row = list(store.rows("synthesis")).index(MESSAGE) + 2
    expected = f"data/synthesis.csv, row {row}, column statement: no fact has the id 'register-out-2021'"
    assert expected in build(small_book).warnings


def test_apostrophes_are_curled_as_in_prose(small_book, planted):
    planted("What children's views count")
    assert messages(build(small_book))[0] == "What children’s views count"


@pytest.mark.parametrize(
    ("kind", "confidence", "words"),
    [("qualitative", "high", "High confidence"), ("statistic", "", "Statistic: about its data")],
)
def test_a_message_says_how_sure_it_is(kind, confidence, words):
    row = type("Row", (), {"kind": kind, "confidence": confidence})
    assert key_messages.judgement(row) == words


def test_places_are_sorted_by_document_and_number_of_the_page():
    places = [
        Place("b", "2", "printed"),
        Place("a", "10", "printed"),
        Place("a", "9-10", "printed"),
        Place("a", "", "none"),
    ]
    assert [place.page for place in sorted(places, key=key_messages.page_number)] == ["", "9-10", "10", "2"]
