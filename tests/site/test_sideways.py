"""What is wider than a phone scrolls sideways, says so, and can be moved by key; what fits says nothing.

That every page keeps to it is seen when it is visited (``test_every_page``), as that a finger has room.
"""

from __future__ import annotations

import pytest

from tests.site.phone import too_small, unsaid
from tests.site.waiting import wait_until

MAP, THEORY = "chapters/synthesis/evidence-map.html", "chapters/action/theory-inclusion.html"
AREAS = {MAP: ".map .across", THEORY: ".graph"}
MORE = {MAP: "all 6 columns", THEORY: "the whole drawing"}
LINE = "document.querySelector('.sideways:not([hidden])')"
EDGES = "document.querySelector('{}').dataset.more === '{}'"


@pytest.fixture
def phone(browser, address):
    context = browser.new_context(viewport={"width": 390, "height": 800})
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("page", AREAS)
def test_what_is_too_wide_says_what_there_is_more_to_see(phone, address, page):
    phone.goto(address + page)
    area = phone.locator(AREAS[page])
    line = phone.locator(f"#{area.get_attribute('aria-describedby')}")
    assert line.is_visible() and MORE[page] in line.inner_text()
    gap = f"document.querySelector('{AREAS[page]}').getBoundingClientRect().top - {LINE}.getBoundingClientRect().bottom"
    assert 0 <= phone.evaluate(gap) < 20, "right above what it is about"


@pytest.mark.parametrize("page", AREAS)
def test_it_is_reached_by_tab_moved_by_keys_and_shaded_where_there_is_more(phone, address, page):
    phone.goto(address + page)
    area = phone.locator(AREAS[page])
    wait_until(phone, EDGES.format(AREAS[page], "right"))
    assert "gradient" in area.evaluate("node => getComputedStyle(node).maskImage")
    assert area.get_attribute("tabindex") == "0" and area.get_attribute("aria-label")
    area.focus()
    phone.keyboard.press("ArrowRight")
    wait_until(phone, EDGES.format(AREAS[page], "left right"))
    area.evaluate("node => { node.scrollLeft = node.scrollWidth }")
    wait_until(phone, EDGES.format(AREAS[page], "left"))


def test_what_fits_says_nothing_until_it_is_too_wide(phone, address):
    phone.set_viewport_size({"width": 1300, "height": 900})
    phone.goto(address + MAP)
    lines = phone.locator(".sideways:visible")
    assert lines.count() == 0 and phone.locator("[data-more]").count() == 0
    phone.set_viewport_size({"width": 420, "height": 900})
    wait_until(phone, "document.querySelector('.map [data-more]')")
    assert lines.count() == 1
    phone.set_viewport_size({"width": 1300, "height": 900})
    wait_until(phone, "!document.querySelector('[data-more]')")
    assert lines.count() == 0 and phone.locator("[aria-describedby^=sideways]").count() == 0


def test_the_small_map_of_the_front_page_is_seen_whole_on_a_phone(phone, address):
    phone.goto(f"{address}index.html")
    phone.locator(".map.small").scroll_into_view_if_needed()
    assert phone.locator(".map.small .across").evaluate("node => node.scrollWidth <= node.clientWidth")


def test_a_table_that_a_reader_asks_for_says_so_too(phone, address):
    phone.set_viewport_size({"width": 700, "height": 800})
    phone.goto(f"{address}chapters/methods/attendance-thresholds.html")
    phone.locator(".explore .scroll").last.scroll_into_view_if_needed()
    phone.set_viewport_size({"width": 420, "height": 800})
    wait_until(phone, "document.querySelector('.explore .scroll[data-more][aria-describedby]')")
    assert phone.locator(".explore .sideways:visible").count()


def test_what_says_nothing_or_is_too_small_for_a_finger_is_seen(phone, address):
    phone.goto(address + MAP)
    wait_until(phone, "document.querySelector('.map [data-more]')")
    assert unsaid(phone) == too_small(phone) == []
    phone.locator(".across").evaluate("node => node.removeAttribute('aria-describedby')")
    phone.locator(".choices button").evaluate("node => { node.style.minHeight = '20px' }")
    assert [found[:19] for found in unsaid(phone)] == ['<div class="across"']
    assert [found[:21] for found in too_small(phone)] == ['<button type="button"']
