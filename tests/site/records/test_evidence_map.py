"""The evidence map on a page: a table whose cells lead to their records, with and without an answer."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest

from evidence.data import store
from evidence.figures import evidence_map
from evidence.figures.cards import ids
from evidence.figures.facets import facets_of, parts_of
from evidence.site.records.evidence_map import cell_html

PAGES = {
    "chapters/reference/finder.md": "# Finder\n",
    "chapters/map.md": "# Map\n\n```{evidence-map} evidence-map\n```\n",
    "front.md": "# Front\n\n```{evidence-map} coverage\n:small:\n```\n",
}
ROW = re.compile(r'<tr(?: class="subject")? data-themes="([^"]*)">(.*?)</tr>', re.DOTALL)
CELL = re.compile(r"<td[^>]*>.*?</td>", re.DOTALL)


@pytest.fixture
def html(small_book):
    return small_book(PAGES).page("chapters/map")


def asked_of(href: str) -> set[tuple[str, str]]:
    """Return the records that the finder shows for an address: of each facet any of its codes.

    A message has to have them in one of the records it rests on.
    """
    given = {name: set(values[0].split(",")) for name, values in parse_qs(urlsplit(unescape(href)).query).items()}
    kinds = given.pop("kind")
    return {
        (kind, key)
        for kind in kinds
        for key in ids(kind)
        if any(
            all(codes & set(part.get(facet, [])) for facet, codes in given.items())
            for part in parts_of(kind, key) or [facets_of(kind, key)]
        )
    }


def test_it_is_a_table_with_a_caption_and_heads_of_rows_and_columns(html):
    assert "<caption>Most themes rest on one document above all" in html
    heads = re.findall(r'<th scope="col" data-code="([^"]+)">', html)
    assert heads == list(store.rows("sources"))
    assert html.count('<th scope="row">') == len(evidence_map.lines())


def test_every_cell_leads_to_as_many_records_as_it_counts(html):
    wrong = []
    rows = ROW.findall(html)
    assert len(rows) == len(evidence_map.lines())
    for themes, inside in rows:
        for cell in CELL.findall(inside):
            for href, text in re.findall(r'<a (?:class="\w+" )?href="([^"]+)"[^>]*>(?:\?|lost )?([\d,]+)', cell):
                if len(asked_of(href)) != int(text.replace(",", "")):
                    wrong.append((themes, href, text))
    assert not wrong


def test_no_line_is_short_of_a_cell_and_silence_is_said(html):
    for _, inside in ROW.findall(html):
        cells = CELL.findall(inside)
        assert len(cells) == len(store.rows("sources"))
        assert all("<a " in cell or ">nothing<" in cell for cell in cells)


@pytest.mark.parametrize(
    ("counts", "known", "asked", "lost", "words"),
    [
        ((0, 0, 0, 0), 0, 0, 0, ['class="silent"', ">nothing<"]),
        (
            (0, 0, 0, 0),
            0,
            2,
            0,
            ['class="unanswered"', ">asked, not found ", ">?2<", "?2: 2 questions asked and not answered"],
        ),
        ((0, 0, 0, 0), 0, 0, 1, ['class="lost"', ">lost in our copy ", ">lost 1<", "lost 1: 1 item lost in our copy"]),
        (
            (3, 0, 0, 0),
            0,
            1,
            0,
            ['class="unanswered"', ">3 <small>asked, not found</small>", "?1: 1 question asked and not answered"],
        ),
        (
            (20, 0, 0, 1),
            21,
            0,
            0,
            ['class="shade-1 kinds-2"', ">21 <small>low</small></a>", "21 low: 20 findings, 1 recommendation;"],
        ),
    ],
)
def test_a_cell_says_why_it_is_empty_without_colour(counts, known, asked, lost, words):
    line = evidence_map.lines()[1]
    given = evidence_map.Cell(dict(zip(evidence_map.KINDS, counts)), known, "low", "low", 2, asked, lost)
    html = cell_html("finder.html", line, "x", given)
    assert all(word in html for word in words), html


def test_the_small_form_has_the_subjects_and_no_script(small_book):
    html = small_book(PAGES).page("front")
    assert html.count('<th scope="row">') == len(store.labels("themes", "subject"))
    assert "data-finder" not in html and "chapters/reference/finder.html?kind=finding" in html
