"""Key messages: their words, how sure they are, what they rest on, and that data never becomes markup."""

from __future__ import annotations

import re

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from evidence.data import store
from evidence.data.records import Place
from evidence.figures.sureness import judgement
from evidence.site.records import folds, key_messages, sureness

PAGE = "chapters/child_protection/baseline"
JUDGED = "chapters/child_protection/conclusions"  # all its messages have a level, and these differ
MESSAGE = "cp-baseline-children"
PLACE = int(store.row("synthesis", MESSAGE).order) - 1  # on its page
REGISTER = "chapters/education/register"


@pytest.fixture
def planted(monkeypatch):
    """Return a function that gives a message of the page another sentence."""
    load = store.load

    def plant(text: str, column: str = "statement") -> None:
        frame = load("synthesis")
        frame.loc[frame["id"] == MESSAGE, column] = text
        monkeypatch.setattr(store, "load", lambda name, *rest: frame if name == "synthesis" else load(name, *rest))

    return plant


@pytest.fixture
def led(monkeypatch):
    """Return a function that puts a table of answers into the book, one of which may lead the page."""
    load, schema = store.load, store.schema()

    def lead(leads: bool, page: str = PAGE, **cells: str) -> None:
        row = {"id": "a", "page": page, "leads": leads, "answer": "Some {fact}`register-out-2012` had not returned."}
        row |= {"short": "", "state": "answered", "message": MESSAGE, "review_finding": "", "how_sure": "One register."}
        row |= {"as_of": "2011/2012", **cells}
        answers = schema["synthesis"] | {"name": "answers", "record": None, "columns": {}}
        monkeypatch.setattr(store, "schema", lambda *_: schema | {"answers": answers})
        monkeypatch.setattr(
            store, "load", lambda name, *rest: pd.DataFrame([row]) if name == "answers" else load(name, *rest)
        )

    return lead


def build(small_book, page: str = PAGE):
    return small_book({f"{page}.md": "# Page\n\n```{key-messages}\n```\n"})


def items(book, page: str = PAGE) -> list:
    return BeautifulSoup(book.page(page), "html.parser").select(".messages > li")


def words(node) -> str:
    return " ".join(node.get_text().split())


def messages(book) -> list[str]:
    return re.findall(r'<p class="statement">(.*?)</p>', book.page(PAGE), re.DOTALL)


def test_messages_stand_in_their_order(small_book):
    rows = store.load("synthesis").query("page == @PAGE").sort_values("order")
    shown = [re.sub(r"<[^>]+>", "", text).replace("’", "'") for text in messages(build(small_book))]
    assert [text[:8] for text in shown] == [text[:8] for text in rows["statement"]]


def test_what_a_message_rests_on_is_noted_as_used(small_book):
    book = build(small_book)
    used = {(kind, key) for kind, key, _ in book.domain.data["uses"][PAGE]}
    row = store.row("synthesis", MESSAGE)
    assert ("message", MESSAGE) in used
    assert {("finding", key) for key in store.items(row.findings)} <= used
    assert store.items(row.findings)


def test_a_qualitative_message_says_how_sure_it_is_before_it_is_opened_and_why_after(small_book):
    item = items(build(small_book))[PLACE]
    row = store.row("synthesis", MESSAGE)
    [line] = item.select("details > summary")
    assert words(line) == "Moderate confidence Why moderate, and what it rests on"
    [mark] = line.select("svg")
    assert mark["role"] == "img" and mark["aria-label"] == "3 of 4"
    folded = words(item.details)
    assert row.detail[:40] in folded
    reasons = [row.methods_reason, row.coherence_reason, row.adequacy_reason, row.relevance_reason]
    assert [reason for reason in reasons if reason not in folded] == []
    assert [asked for asked in key_messages.ASKED.values() if asked not in folded] == []
    assert "No concerns." in folded and "Minor concerns." in folded
    assert not item.details.has_attr("open")


def test_every_finding_behind_a_message_stands_with_its_page(small_book):
    item = items(build(small_book))[PLACE]
    support = [words(line) for line in item.select(".support > li")]
    for key in store.items(store.row("synthesis", MESSAGE).findings):
        finding = store.row("findings", key)
        [line] = [line for line in support if line.startswith(finding.statement[:40])]
        assert re.search(r"· pp?\. \d", line)


def test_a_statistic_says_what_its_data_are_and_where_the_documents_disagree(small_book):
    item = items(build(small_book, REGISTER), REGISTER)[0]
    assert words(item.summary) == "Not rated: register data About these numbers"
    assert item.summary.svg is None, "a mark without a level does not say how sure"
    folded = words(item)
    assert store.row("synthesis", "reg-fall").data_quality in folded
    assert "Where the documents disagree" in folded
    assert store.row("discrepancies", "slight-decrease").difference in folded


@pytest.mark.parametrize(
    ("statement", "opens"),
    [
        ("Nobody counts them.", "About the data"),
        ("There are {fact}`a`.", "About this number"),
        ("{fact}`a` of {calc}`b` fell.", "About these numbers"),
    ],
)
def test_what_opens_below_a_statistic_says_of_how_many_numbers_it_tells(statement, opens):
    assert key_messages.about(store.row("synthesis", "reg-fall")._replace(statement=statement)) == opens


def test_the_leading_answer_of_a_page_stands_before_its_messages(small_book, led):
    led(leads=True)
    page = build(small_book).page(PAGE)
    [lead] = BeautifulSoup(page, "html.parser").select("p.lead")
    assert words(lead) == "Some 188 had not returned."
    assert page.index('class="lead"') < page.index("Key messages")


def test_below_the_leading_answer_stands_how_sure_it_is_and_as_of_when(small_book, led):
    led(leads=True)
    [line] = BeautifulSoup(build(small_book).page(PAGE), "html.parser").select("h1 ~ p.lead + p.lead-sure")
    assert words(line) == "How sure? Moderate confidence · One register · as of 2011 to 2012"
    assert line.svg["aria-label"] == "3 of 4"


def test_where_the_messages_of_the_page_differ_the_line_says_so_with_the_mark_of_the_weakest(small_book, led):
    led(leads=True, page=JUDGED, message="")
    [line] = BeautifulSoup(build(small_book, JUDGED).page(JUDGED), "html.parser").select("p.lead + p.lead-sure")
    level = "Moderate to low confidence, message by message"
    assert words(line) == f"How sure? {level} · One register · as of 2011 to 2012"
    assert line.svg["aria-label"] == "2 of 4"


def test_where_some_messages_of_the_page_are_figures_the_line_says_that_it_is_not_rated_and_why(small_book, led):
    led(leads=True, message="")
    [line] = BeautifulSoup(build(small_book).page(PAGE), "html.parser").select("p.lead + p.lead-sure")
    assert words(line) == "How sure? Not rated: one register · as of 2011 to 2012"
    assert line.svg is None


@pytest.mark.parametrize("below", ["Who says so.\n\n", "Who says so.\n\n## A section\n\n"])
def test_the_answer_stands_right_below_the_title_and_before_who_says_so(small_book, led, below):
    led(leads=True)
    page = small_book({f"{PAGE}.md": f"# Page\n\n{below}```{{key-messages}}\n```\n"}).page(PAGE)
    is_moved = "## " not in below  # one that a section holds stays in it
    assert (page.index('class="lead"') < page.index("Who says so.")) is is_moved


def test_a_page_without_messages_opens_with_its_answer_alone_and_says_what_it_lacks_without_one(small_book, led):
    led(True, "chapters/short")
    page = build(small_book, "chapters/short").page("chapters/short")
    assert 'class="lead"' in page and "Key messages" not in page
    led(False, "chapters/short")
    assert "has no message for this page, and no answer" in build(small_book, "chapters/short").warnings


@pytest.mark.parametrize(("leads", "page"), [(False, PAGE), (True, REGISTER)])
def test_an_answer_that_does_not_lead_the_page_is_not_shown(small_book, led, leads, page):
    led(leads, page)
    assert 'class="lead"' not in build(small_book).page(PAGE)


@pytest.mark.parametrize("column", ["statement", "detail"])
@pytest.mark.parametrize(
    "text",
    ["Seen <script>alert(1)</script> here", "Seen <img src=x onerror=alert(1)> here", "Seen </p></li></ul> here"],
)
def test_markup_in_a_sentence_is_shown_and_refused(small_book, planted, text, column):
    planted(text, column)
    book = build(small_book)
    assert text.replace("<", "&lt;").replace(">", "&gt;") in book.page(PAGE)
    assert text not in book.page(PAGE)
    row = list(store.rows("synthesis")).index(MESSAGE) + 2
    assert f"WARNING: data/synthesis.csv, row {row}, column {column}: '<" in book.warnings


def test_a_statement_is_no_markdown(small_book, planted):
    planted("See [here](https://example.org) and *there*")
    assert messages(build(small_book))[PLACE] == "See [here](https://example.org) and *there*"


@pytest.mark.parametrize("column", ["statement", "detail"])
def test_an_unknown_record_in_a_sentence_is_refused_with_row_and_column(small_book, planted, column):
    planted("Of {fact}`register-out-2021` children", column)
    row = list(store.rows("synthesis")).index(MESSAGE) + 2
    expected = f"data/synthesis.csv, row {row}, column {column}: no fact has the id 'register-out-2021'"
    assert expected in build(small_book).warnings


def test_apostrophes_are_curled_as_in_prose(small_book, planted):
    planted("What children's views count")
    assert messages(build(small_book))[PLACE] == "What children’s views count"


@pytest.mark.parametrize(
    ("confidence", "words", "level"),
    [
        ("high", "High confidence", 4),
        ("moderate", "Moderate confidence", 3),
        ("low", "Low confidence", 2),
        ("very low", "Very low confidence", 1),
    ],
)
def test_four_levels_of_confidence_differ_in_word_and_in_filled_dots(confidence, words, level):
    row = type("Row", (), {"kind": "qualitative", "confidence": confidence})
    assert judgement(row) == words and sureness.level(row) == level
    drawn = folds.dots(level)
    assert drawn.count('fill="currentColor"') == level and drawn.count("<circle") == 4
    assert f'aria-label="{level} of 4"' in drawn


def test_a_statistic_is_judged_by_what_its_data_are_and_has_no_dots():
    row = type("Row", (), {"kind": "statistic", "confidence": "", "data_label": "Register data"})
    assert judgement(row) == "Not rated: register data" and sureness.level(row) == 0


def test_the_digest_of_a_page_notices_another_lead(led):
    before = key_messages.messages_digest(PAGE)
    led(leads=True)
    assert key_messages.messages_digest(PAGE) != before


def test_places_are_sorted_by_document_and_number_of_the_page():
    places = [
        Place("b", "2", "printed"),
        Place("a", "10", "printed"),
        Place("a", "9-10", "printed"),
        Place("a", "iii", "printed"),
        Place("a", "", "none"),
    ]
    assert [place.page for place in sorted(places, key=key_messages.page_number)] == ["iii", "", "9-10", "10", "2"]
