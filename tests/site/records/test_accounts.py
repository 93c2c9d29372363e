"""Accounts of review findings: every part of one, its evidence with pages, and the lists of documents and messages."""

from __future__ import annotations

import html
import re

import pytest

from evidence.data import review_findings, store
from evidence.figures.cards import card
from evidence.site.records.accounts import asked_of, differing, in_brief, messages_on
from evidence.site.records.key_messages import judgement, support_of, whole_of

pytestmark = pytest.mark.usefixtures("on_one_page")
PARTS = (
    "Evidence, document by document",
    "What is uncertain or missing",
    "Age of the evidence",
    "What would change our mind",
    "What is asked of whom",
)


def page(small_book, directive: str = "```{review-findings}\n```") -> str:
    """Return the page of a small book that lists review findings."""
    return small_book({"page.md": f"# Page\n\n{directive}\n"}).page("page")


def words_of(text: str) -> str:
    """Return the words of HTML as data write them, with straight quotes."""
    return html.unescape(re.sub(r"<[^>]+>", " ", text)).translate(str.maketrans("’‘“”", "''\"\""))


def accounts(text: str) -> dict[str, str]:
    """Return the words of each account of a page by the id of its finding."""
    pieces = re.split(r'id="review-finding-(rf-[a-z0-9-]+)"', text)
    plain = [words_of(piece) for piece in pieces]
    return {key: re.sub(r"\s+", " ", words) for key, words in zip(plain[1::2], plain[2::2])}


def test_every_review_finding_has_an_account_with_every_part(small_book):
    found = accounts(page(small_book))
    assert sorted(found) == sorted(store.rows(review_findings.TABLE))
    for key, words in found.items():
        assert [part for part in PARTS if part not in words] == [], key


def test_an_account_names_every_record_what_it_does_and_why(small_book):
    found = accounts(page(small_book))
    words = found["rf-helplines"]
    for item in review_findings.evidence_of("rf-helplines"):
        assert card(item.kind, item.id).head in words or item.kind == "fact"
        assert item.reason in words
    assert "Qualifies: " in words and "Between documents" in words
    assert "Conflicts: " in found["rf-register-non-return"] and "Conflicts: " not in words
    silent = words.partition("Say nothing on it: ")[2]
    assert silent.startswith(
        "Schooling under COVID-19 (2021), Inclusive education (2023), UNICEF annual report (2023)."
    )


def test_an_account_that_rests_on_one_document_says_so(small_book):
    found = accounts(page(small_book))
    for key, words in found.items():
        alone = len(review_findings.supporting(key)) == 1
        assert ("One document supports it" in words) == alone, key
        assert ("one document" in in_brief(store.row(review_findings.TABLE, key))) == alone


def test_a_document_lists_what_rests_on_it(small_book):
    text = page(small_book, "```{review-findings}\n:source: covidgender2021\n```")
    words = words_of(text)
    for key in store.rows(review_findings.TABLE):
        rests = any("covidgender2021" in item.sources for item in review_findings.evidence_of(key))
        assert (card("review-finding", key).head in words) == rests, key


def test_a_document_that_does_not_exist_is_refused(small_book):
    book = small_book({"page.md": "# Page\n\n```{review-findings}\n:source: covid\n```\n"})
    assert "no document has the id 'covid'" in book.warnings


def test_a_message_leads_to_the_review_finding_and_it_leads_back():
    row = store.row("synthesis", "together-sectors")
    assert whole_of(row) == "rf-no-one-in-charge"
    assert "together-sectors" in messages_on()["rf-no-one-in-charge"]


def test_an_account_says_why_a_message_on_the_same_evidence_is_not_as_sure():
    rows, messages = store.rows(review_findings.TABLE), store.rows("synthesis")
    pairs = [(rows[key], messages[other]) for key, others in messages_on().items() for other in others]
    for row, message in pairs:
        is_same = judgement(row) == judgement(message)
        assert (differing(row, message) == "") == is_same, (row.id, message.id)
    row, message = next(pair for pair in pairs if differing(*pair))
    here = {(item.kind, item.id) for item in review_findings.evidence_of(row.id)}
    own = support_of(message)
    shared = sum(record in here for record in own)
    assert differing(row, message).startswith(judgement(message))
    assert (f"of its {len(own)} records {shared} are among the {len(here)} here" in differing(row, message)) == (
        len(own) > 1
    )


def test_a_page_shows_where_the_levels_differ(small_book):
    found = accounts(page(small_book))
    key = next(
        key
        for key, others in messages_on().items()
        if any(differing(store.row(review_findings.TABLE, key), store.row("synthesis", other)) for other in others)
    )
    assert "each is judged on its own" in found[key]


def test_whom_a_call_asks_has_the_name_of_today_and_says_what_we_inferred():
    calls = store.rows("recommendations")
    inferred = next(row for row in calls.values() if row.addressee_basis == "inferred")
    assert asked_of(inferred).endswith(", by our reading")
    assert asked_of(inferred._replace(addressee_basis="stated")) + ", by our reading" == asked_of(inferred)
    assert asked_of(inferred._replace(addressee="", addressee_basis="none")) == ""
    agency = next(row for row in calls.values() if "Standing Multi-Sector Agency" in row.addressee)
    assert "(proposed)" in asked_of(agency)


def test_what_is_asked_stands_before_the_evidence_with_the_way_to_all_calls_on_the_themes(small_book):
    found = accounts(page(small_book))
    for key, words in found.items():
        assert words.index("What is asked of whom") < words.index("Evidence, document by document"), key
        themes = "; ".join(
            store.names("themes")[theme] for theme in store.items(store.row("review_findings", key).themes)
        )
        assert f"All requests with these themes: {themes}" in words, key


def test_the_way_to_all_calls_leads_to_the_finder_with_kinds_and_themes_chosen(small_book):
    files = {"page.md": "# Page\n\n```{review-findings}\n```\n", "chapters/reference/finder.md": "# Find\n"}
    html = small_book(files).page("page")
    theme = store.items(next(iter(store.rows("review_findings").values())).themes)[0]
    assert f'href="chapters/reference/finder.html?kind=recommendation,action&amp;theme={theme}' in html
