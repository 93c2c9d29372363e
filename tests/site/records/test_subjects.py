"""The page of a subject: known with its mark and pages, asked of whom, open and disputed; nothing of its own."""

from __future__ import annotations

import html
import re

import pytest

from evidence.data import store
from evidence.figures import subjects
from evidence.figures.cards import card
from evidence.site.records.subjects import (
    asked,
    levels_apart,
    rated,
    subject_digest,
    sureness,
    surest_first,
    who_is_asked,
)


def words_of(text: str) -> str:
    """Return the words of HTML in a line, with straight quotes."""
    plain = html.unescape(re.sub(r"<[^>]+>", " ", text)).translate(str.maketrans("’‘“”", "''\"\""))
    return re.sub(r"\s+", " ", plain)


@pytest.fixture
def page(small_book):
    """Return a function that gives the page of a subject in a small book."""
    return lambda key: small_book({"page.md": f"# Page\n\n```{{subject}} {key}\n```\n"}).page("page")


@pytest.mark.parametrize("subject", ["bullying", "child-labour", "crisis-centres"])
def test_a_page_says_all_that_is_on_the_subject(page, subject):
    words = words_of(page(subject))
    for kind, key in [*sum(subjects.known(subject), []), *sum(subjects.calls(subject), [])]:
        statement = card(kind, key).head.partition(". ")[2] if kind in subjects.CALLS else card(kind, key).head
        assert statement.rstrip(".").translate(str.maketrans("’‘“”", "''\"\"")) in words, (kind, key)
    for source in subjects.silent(subject):
        assert store.names("sources")[source] in words.partition("Not addressed in: ")[2]


def test_a_finding_of_one_document_is_not_called_a_synthesis(page):
    words = words_of(page("child-labour"))
    assert "One document's finding, not rated by us" in words


def test_a_page_opens_with_a_question_its_short_answer_and_how_sure_it_is(page):
    answer, html = store.row("answers", store.row("subjects", "bullying").answer), page("bullying")
    [lead] = re.findall(r'<p class="lead">(.*?)</p>', html)
    assert words_of(lead).startswith(f"{answer.question} ")
    assert words_of(answer.how_sure).rstrip(".") in words_of(html)
    assert html.index('class="lead-sure"') < html.index("<h2>What is known")


def test_a_page_is_another_when_how_sure_the_answer_that_opens_it_is_changes(monkeypatch):
    before = subject_digest("coordination")
    monkeypatch.setattr("evidence.site.records.subjects.in_words", lambda answer: "Very low confidence")
    assert subject_digest("coordination") != before


def test_what_has_a_level_stands_before_figures_and_single_findings():
    first, _ = subjects.known("school-psychologists")
    assert [rated(store.row("review_findings", key)) for _, key in surest_first(first)] == [
        "Low confidence",
        "Figures, not rated (ministry figure and press)",
    ]


def test_a_level_that_differs_is_said():
    assert (
        levels_apart("bullying", "rf-bullying-programmes") == "a key message on some of these records: low confidence"
    )
    assert levels_apart("school-psychologists", "rf-psychologists-load") == ""  # a statistic has no level


def test_whom_a_call_asks_says_whether_that_is_our_reading():
    assert asked("recommendation", "vac-r05").startswith("Parliament")
    inferred = next(row for row in store.rows("recommendations").values() if row.addressee_basis == "inferred")
    assert asked("recommendation", inferred.id).endswith("(by our reading)")
    nobody = next(row for row in store.rows("recommendations").values() if row.addressee_basis == "none")
    assert asked("recommendation", nobody.id) == "Nobody is named"


def test_the_search_shows_the_surest_first_and_each_addressee_once():
    assert sureness("school-psychologists") == "Low confidence, ministry figure and press"
    names = who_is_asked("migrant-children").split(", ")
    assert len(names) == len(set(names))


def test_an_unknown_subject_is_refused(small_book):
    book = small_book({"page.md": "# Page\n\n```{subject} bulying\n```\n"})
    assert "did you mean bullying" in book.warnings
