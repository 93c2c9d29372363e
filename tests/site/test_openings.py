"""How chapters open in Chromium: answer, messages, what is folded under them, and the first exhibit."""

from __future__ import annotations

import pytest

from evidence.data import store

pytestmark = pytest.mark.whole

LAPTOP = {"width": 1280, "height": 800}
BETWEEN_PX = 300  # a heading and a paragraph fit between the messages and the first exhibit, not more
CHAPTERS = sorted(set(store.load("synthesis")["page"]))
CHAPTER = "chapters/child_protection/governance"
BELOW = """() => {
  const exhibit = document.querySelector(".exhibit");
  const messages = document.querySelector(".key-messages").getBoundingClientRect();
  return exhibit ? exhibit.getBoundingClientRect().top - messages.bottom : null;
}"""


@pytest.fixture(scope="module")
def laptop(browser):
    """Return the window of a laptop; each test goes to a page of its own."""
    context = browser.new_context(viewport=LAPTOP)
    yield context.new_page()
    context.close()


@pytest.fixture
def without_script(browser):
    """Return the window of a laptop that runs no script."""
    context = browser.new_context(viewport=LAPTOP, java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("page", CHAPTERS)
def test_the_messages_start_on_the_first_screen_and_the_first_exhibit_right_after_them(laptop, address, page):
    laptop.goto(f"{address}{page}.html")
    assert laptop.locator(".key-messages").bounding_box()["y"] < LAPTOP["height"] / 2 + 100
    below = laptop.evaluate(BELOW)
    assert below is None or below <= BETWEEN_PX


def test_without_script_what_a_message_rests_on_opens_by_key(without_script, address):
    tab = without_script
    tab.goto(f"{address}{CHAPTER}.html")
    folded = tab.locator(".messages .folded").first
    assert not folded.is_visible()
    tab.locator(".messages summary").first.focus()
    tab.keyboard.press("Enter")
    assert folded.is_visible()


def test_on_paper_what_is_folded_stands_open(tab, address):
    tab.goto(f"{address}{CHAPTER}.html")
    seen = "() => [...document.querySelectorAll('.folded')].map((part) => part.checkVisibility())"
    high = "() => document.querySelector('.key-messages').getBoundingClientRect().height"
    assert not any(tab.evaluate(seen))
    closed = tab.evaluate(high)
    tab.emulate_media(media="print")
    assert all(tab.evaluate(seen)) and tab.evaluate(high) > 2 * closed


def test_a_link_to_where_a_finding_is_used_leads_to_its_message(tab, address):
    key = store.items(store.row("synthesis", "cp-governance-proposed").findings)[0]
    tab.goto(f"{address}{CHAPTER}.html#use-finding-{key}")
    [target] = tab.locator(f".messages > li:has(#use-finding-{key})").all()
    assert target.evaluate("node => getComputedStyle(node).backgroundColor") != "rgba(0, 0, 0, 0)"
