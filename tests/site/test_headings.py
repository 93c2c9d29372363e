"""Headings and the exhibits right below them: what both say is seen once."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from evidence.site.headings import say_the_same
from tests.conftest import SITE, site_pages

CHAPTERS = [page for page in site_pages() if page.startswith("chapters/") and "/reference/" not in page]


@pytest.mark.parametrize(
    ("heading", "title", "same"),
    [
        ("One region accounts for most of the fall", "One region accounts for most of the fall", True),
        ("The rules", "The rules of the register, in their own words", True),
        ("Most shared a computer", "Most shared a computer with their family; some stand in no row", True),
        ("What comes out", "Counts of children by region and year", False),
        ("The list", "Few formulas come from the study", False),
    ],
)
def test_a_heading_says_what_a_title_says_where_they_share_most_words(heading, title, same):
    assert say_the_same(heading, title) is same


@pytest.mark.parametrize("page", CHAPTERS)
def test_no_exhibit_repeats_the_heading_right_above_it(page):
    soup = BeautifulSoup((SITE / page).read_text("utf-8"), "html.parser")
    twice = []
    for heading in soup.select("main section > h2, main section > h3"):
        after = heading.find_next_sibling()
        figure = after and (after if after.name == "figure" else after.find("figure", class_="exhibit"))
        before = figure and "".join(text for text in heading.next_siblings if isinstance(text, str)).strip()
        if not figure or before or after.get_text(" ", strip=True)[:40] != figure.get_text(" ", strip=True)[:40]:
            continue
        title = figure.select_one("figcaption .title")
        words = heading.get_text().rstrip("#").strip()
        if title and "visually-hidden" not in title["class"] and say_the_same(words, title.get_text()):
            twice.append(words)
    assert not twice
