"""What no reader should meet: notes on the extraction outside "Record details", and words said twice running."""

from __future__ import annotations

import html as entities
import re

import pytest

from tests.conftest import SITE, site_pages

# Pages whose subject is the extraction or the data themselves, for those who check or extend them.
OF_THE_DATA = {
    f"chapters/{name}.html"
    for name in (
        "sources/methods",
        "reference/data-dictionary",
        "reference/authors",
        "reference/architecture",
        "reference/chart-builders",
        "reference/about",
    )
}
OF_THE_DATA.add("exhibits/agreement.html")  # the table of the page on methods
PART = re.compile(r"-\d+\.html$")  # of a page that continues a list
FOLDED = re.compile(r'<details class="[^"]*\bdetails\b[^"]*">.*?</details>|<template.*?</template>', re.DOTALL)
HIDDEN = re.compile(r"<(script|style|svg|pre|code)\b.*?</\1>", re.DOTALL)
TAG = re.compile(r"<[^>]+>")
BLOCK = re.compile(
    r"</?(?:article|aside|br|caption|dd|details|div|dt|figcaption|h\d|header|label|legend|li|nav|ol|option|p|section"
    r"|summary|table|td|th|tr|ul)\b[^>]*>"
)
TWICE = re.compile(r"\b(?!side by side)([^\W\d]\w*(?: \w+)+) \1\b")  # a figure and its label differ by a capital
LEAKS = {
    "line of a text": re.compile(r"\b[Ll]ines? \d{2,4}\b"),
    "page said to be inferred": re.compile(r"\bpp?\. [\dxvi–-]+ \(inferred\)"),
    "print of a letter": re.compile(r"small L at"),
    "code of a basis": re.compile(r"\((?:analyst|wording|layout)\)"),
    "name of a field": re.compile(
        r"\b(?:low income|dysfunctional|no desire|migrated) (?:n|pct)\b|\bterm (?:ru|kk)\b", re.I
    ),
    "key of a document": re.compile(r"\b(?:antonowicz|cecchetti|covidgender|gurin|unicefkz)20\d\d\w*"),
}


def words(html: str) -> str:
    """Return what a reader sees of a page before opening details of a record."""
    return TAG.sub(" ", HIDDEN.sub(" ", FOLDED.sub(" ", html)))


def leaks(html: str) -> dict[str, str]:
    return {name: found[0] for name, pattern in LEAKS.items() if (found := pattern.search(words(html)))}


def test_notes_of_the_extraction_stay_behind_record_details():
    pages = [page for page in site_pages() if PART.sub(".html", page) not in OF_THE_DATA]
    found = {page: leaks((SITE / page).read_text(encoding="utf-8")) for page in pages}
    assert {page: words for page, words in found.items() if words} == {}


@pytest.mark.parametrize(
    "planted",
    ["see line 2528", "p. 22 (inferred), Table 3", "printed Al with a small L at 121", "Stated (analyst)", "Term kk"],
)
def test_a_planted_note_is_found_outside_record_details_only(planted):
    assert leaks(f"<p>{planted}</p>")
    assert not leaks(f'<details class="details"><summary>Record details</summary><p>{planted}</p></details>')


def test_how_pages_are_known_is_said_on_the_page_of_each_document():
    for page in [page for page in site_pages() if page.startswith("chapters/sources/") and "methods" not in page]:
        assert "leads to this list, not to the document" in words((SITE / page).read_text("utf-8")), page


# Words of the house that readers took for something else, and what stands instead.
MISREAD = {
    "our tools are software; a programme helps people": re.compile(r"\bprograms?\b"),
    "our proposal": re.compile(r"\bdrawn by us\b", re.I),
    "says nothing": re.compile(r"\b(?:document|study|evaluation) is silent\b|\bSilent\b"),
    "lost in our copy": re.compile(r"\blost in the source\b", re.I),
}
PARTS = tuple(f"chapters/{part}/" for part in "synthesis action child_protection education programme methods".split())


def misread(html: str) -> dict[str, str]:
    return {better: found[0] for better, pattern in MISREAD.items() if (found := pattern.search(words(html)))}


@pytest.mark.parametrize("page", ["index.html", *(page for page in site_pages() if page.startswith(PARTS))])
def test_words_that_readers_took_for_something_else_stand_on_no_page(page):
    assert misread((SITE / page).read_text(encoding="utf-8")) == {}


@pytest.mark.parametrize(
    "planted", ["Our program counts posts", "tasks drawn by us", "The study is silent.", "Silent:"]
)
def test_a_planted_word_that_misleads_is_found(planted):
    assert misread(f"<p>{planted}</p>")


def said_twice(html: str) -> list[str]:
    """Return what a block of a page says twice running, as when a role prints words that the sentence has too."""
    blocks = (" ".join(entities.unescape(TAG.sub("", block)).split()) for block in BLOCK.split(HIDDEN.sub(" ", html)))
    return [found[0] for block in blocks if (found := TWICE.search(block))]


@pytest.mark.parametrize("page", site_pages())
def test_no_words_are_said_twice_running(page):
    assert said_twice((SITE / page).read_text(encoding="utf-8")) == []


def test_a_planted_repetition_is_found_within_a_block_only():
    assert said_twice("<p>They have <a>dashboards on prices</a> on prices, on prices and on prices and more.</p>")
    assert not said_twice("<p>Two rows in turn</p><p>in turn</p><li>side by side by year</li>")
