"""On paper: exhibits are whole, what is folded is open, address and day stand at the foot.

That nothing is cut off on A4 is seen of every page when it is visited (``test_every_page``).
"""

from __future__ import annotations

import re

import pytest

from evidence.data import store
from tests.site.paper import A4_PX, broken_words, cut_off, on_paper

SHEETS = [f"{row.page}.html" for row in store.rows("readers").values()]  # what a reader can do, to hand on
PDF_PAGE = re.compile(rb"/Type\s*/Page\b(?!s)")


@pytest.fixture(scope="module")
def paper(browser):
    context = browser.new_context(viewport={"width": A4_PX, "height": 1000})
    page = context.new_page()
    page.emulate_media(media="print")
    yield page
    context.close()


def test_what_is_cut_off_is_seen(paper, address):
    paper.goto(address + "chapters/education/enrolment.html")
    assert cut_off(on_paper(paper)) == []
    paper.evaluate("document.querySelector('main h2').style.width = '700px'")
    assert cut_off(paper)[0].startswith("<h2")


def test_a_word_that_is_broken_by_letters_is_seen(paper, address):
    paper.goto(address + "chapters/action/recommendations.html")
    assert broken_words(on_paper(paper)) == []
    paper.evaluate("""() => {
      const cell = document.querySelector('main td:not(.n)');
      cell.textContent = 'considerations';
      cell.style.cssText = 'min-width: 0 !important; max-width: 20px; font-size: 20px; word-break: break-all';
    }""")
    assert broken_words(paper) == ["considerations"]


@pytest.mark.parametrize("page", ["chapters/reference/printed-tables.html", "chapters/synthesis/evidence-map.html"])
def test_a_long_table_stands_over_nothing_that_follows(paper, address, page):
    paper.goto(address + page)
    boxes = "[...document.querySelectorAll('.scroll')].map((box) => [box.scrollHeight, box.clientHeight])"
    assert [box for box in paper.evaluate(boxes) if box[0] > box[1] + 1] == []


def test_a_table_that_is_cards_on_a_phone_is_a_table_on_paper(paper, address):
    paper.set_viewport_size({"width": 390, "height": 800})
    paper.emulate_media(media="screen")
    paper.goto(address + SHEETS[0])
    cards = "document.querySelectorAll('.stacked').length"
    display = "getComputedStyle(document.querySelector('.stacked td')).display"
    assert paper.evaluate(cards) and paper.evaluate(display) == "block"
    paper.emulate_media(media="print")
    assert paper.evaluate(display) == "table-cell"
    paper.set_viewport_size({"width": A4_PX, "height": 1000})


def test_folded_records_are_open_and_close_again(paper, address):
    paper.goto(address + "chapters/reference/findings-covidgender2021.html")
    closed = "document.querySelectorAll('.register details.card:not([open])').length"
    before = paper.evaluate(closed)
    paper.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert before > 10 and paper.evaluate(closed) == 0
    paper.evaluate("dispatchEvent(new Event('afterprint'))")
    assert paper.evaluate(closed) == before


def test_a_printed_page_has_address_day_and_where_its_data_are(paper, address):
    paper.goto(address + "chapters/education/enrolment.html")
    paper.evaluate("dispatchEvent(new Event('beforeprint'))")
    rule = paper.evaluate("document.adoptedStyleSheets[0].cssRules[0].cssText")
    assert f"{address}chapters/education/enrolment.html" in rule and "counter(page)" in rule and " 20" in rule
    said = paper.evaluate("getComputedStyle(document.querySelector('.chart-exhibit'), '::after').content")
    assert said.startswith('"The data as a table: exhibits/')


def sheets_of(paper, url: str) -> int:
    """Return on how many sheets a page prints."""
    paper.goto(url)
    return len(PDF_PAGE.findall(paper.pdf(prefer_css_page_size=True)))


@pytest.mark.parametrize("page", SHEETS)
def test_what_a_reader_can_do_fits_one_sheet(paper, address, page):
    assert sheets_of(paper, address + page) == 1


def test_a_longer_page_takes_more_sheets(paper, address):
    assert sheets_of(paper, address + "chapters/action/recommendations.html") > 3
