"""Headings and the first exhibits below them: what both say is seen once."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from docutils import nodes

from evidence.site.figures import ExhibitNode
from evidence.site.headings import NEAR, heading_above, say_the_same
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
def test_no_exhibit_near_a_heading_repeats_it(page):
    soup = BeautifulSoup((SITE / page).read_text("utf-8"), "html.parser")
    twice = []
    for heading in soup.select("main section > h2, main section > h3"):
        figure = heading.parent.find("figure", class_="exhibit")
        between, parts = 0, heading.find_next_siblings()
        for part in parts:
            if part is figure or figure in part.descendants:
                break
            between += len(part.get_text())
        else:
            continue
        title = figure.select_one("figcaption .title")
        words = heading.get_text().rstrip("#").strip()
        is_seen = title and "visually-hidden" not in title["class"]
        if between < NEAR * 0.9 and is_seen and say_the_same(words, title.get_text()):
            twice.append(words)
    assert not twice


@pytest.mark.parametrize(
    ("between", "heading"),
    [
        ([], "Heading"),
        ([nodes.paragraph("", "A line.")], "Heading"),
        ([nodes.paragraph("", "Many words. " * NEAR)], ""),
        ([nodes.container("", ExhibitNode("", payload={}))], ""),
    ],
)
def test_the_heading_above_is_that_of_the_first_exhibit_near_it(between, heading):
    figure = ExhibitNode("", payload={})
    nodes.section("", nodes.title("", "Heading"), *between, nodes.container("", figure))
    assert heading_above(figure) == heading
