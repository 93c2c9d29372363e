"""The site as a reader uses it in Chromium: served and from a folder, by mouse, keyboard and touch."""

from __future__ import annotations

import json
import re

import pytest

from evidence.data import store
from evidence.exhibits import theme
from tests.site.waiting import wait_until, wait_until_idle

pytestmark = pytest.mark.whole

CHAPTER = "chapters/education/register.html"
FIRST = "main p a.record"


@pytest.fixture
def tab(tab):
    """Return a page that may not even warn."""
    tab.on("console", lambda said: tab.faults.append(said.text) if said.type == "warning" else None)
    return tab


# --- cards of numbers


RESTED = """(link) => {
  document.querySelector(link).addEventListener("pointermove", () => { window.came ??= performance.now() })
  document.addEventListener("beforetoggle", () => { window.opened ??= performance.now() }, true)
}"""


def card(tab):
    return tab.locator("#card:popover-open")


def test_card_opens_by_click_and_closes_by_escape(tab, start):
    tab.goto(start + CHAPTER)
    link = tab.locator(FIRST).first
    link.click()
    card(tab).wait_for()
    assert link.get_attribute("aria-expanded") == "true"
    assert "Out-of-school study" in card(tab).inner_text()
    tab.keyboard.press("Escape")
    assert card(tab).count() == 0
    assert link.evaluate("node => node === document.activeElement")


def test_card_opens_by_enter_and_its_links_are_next(tab, start):
    tab.goto(start + CHAPTER)
    tab.locator(FIRST).first.focus()
    tab.keyboard.press("Enter")
    card(tab).wait_for()
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.closest('#card') !== null")


def test_card_opens_by_a_pointer_that_rests_stays_while_hovered_and_goes(tab, start):
    tab.goto(start + CHAPTER)
    link = tab.locator(FIRST).first
    tab.evaluate(RESTED, FIRST)
    link.hover()
    card(tab).wait_for()
    assert tab.evaluate("window.opened - window.came") > 250, "a pointer on its way opens nothing"
    card(tab).hover()
    tab.wait_for_timeout(500)  # longer than a card stays that the pointer has left
    assert card(tab).count() == 1
    tab.mouse.move(5, 500)
    card(tab).wait_for(state="detached")


@pytest.mark.parametrize("width", [420, 900])
def test_a_card_never_covers_the_words_it_belongs_to(tab, start, width):
    tab.set_viewport_size({"width": width + 260, "height": 900})
    tab.goto(start + CHAPTER)
    link = tab.locator(FIRST).first
    link.evaluate("node => { node.querySelector('span').textContent = 'words that break over lines '.repeat(6) }")
    first = link.evaluate("node => { const box = node.getClientRects()[0]; return [box.left + 5, box.top + 5] }")
    tab.mouse.click(*first)
    card(tab).wait_for()
    lines = link.evaluate("node => [...node.getClientRects()].map((box) => [box.top, box.bottom])")
    box = card(tab).bounding_box()
    assert len(lines) > 1
    assert all(bottom <= box["y"] or top >= box["y"] + box["height"] for top, bottom in lines)


def test_the_head_of_a_card_leads_to_the_full_record_and_details_are_folded(tab, start):
    tab.goto(start + CHAPTER)
    link = tab.locator(FIRST).first
    anchor = link.get_attribute("href").partition("#")[2]
    link.click()
    key = card(tab).get_by_text(anchor.partition("-")[2], exact=True)
    assert not key.is_visible()
    card(tab).get_by_text("Record details").click()
    assert key.is_visible()
    card(tab).get_by_role("heading").get_by_role("link").click()
    tab.wait_for_url(re.compile(rf"facts-antonowicz2013oosc(-\d+)?\.html#{anchor}$"))


def test_a_number_opened_with_control_is_a_link(tab, start):
    tab.goto(start + CHAPTER)
    link = tab.locator(FIRST).first
    with tab.context.expect_page() as opened:
        link.click(modifiers=["Control"])
    assert opened.value.url.endswith(link.get_attribute("href").lstrip("./"))
    assert card(tab).count() == 0


def test_card_opens_by_touch(browser, address):
    context = browser.new_context(viewport={"width": 390, "height": 800}, has_touch=True)
    page = context.new_page()
    page.goto(address + CHAPTER)
    page.locator(FIRST).first.tap()
    card(page).wait_for()
    box = card(page).bounding_box()
    assert (box["x"], box["width"]) == (0, 390) and box["y"] + box["height"] == 800, "a sheet at the foot"
    page.touchscreen.tap(200, 100)
    card(page).wait_for(state="detached")
    context.close()


def swipe(page, start: int, end: int) -> None:
    """Draw a finger over the sheet from one height to another."""
    page.locator("#card").evaluate(
        """(card, [start, end]) => {
          const touch = (y) => new Touch({ identifier: 1, target: card, clientX: 200, clientY: y });
          const options = (y) => ({ touches: [touch(y)], changedTouches: [touch(y)], bubbles: true });
          card.dispatchEvent(new TouchEvent("touchstart", options(start)));
          card.dispatchEvent(new TouchEvent("touchend", options(end)));
        }""",
        [start, end],
    )


def test_the_sheet_of_a_phone_closes_by_a_swipe_down(browser, address):
    context = browser.new_context(viewport={"width": 390, "height": 800}, has_touch=True)
    page = context.new_page()
    page.goto(address + CHAPTER)
    page.locator(FIRST).first.tap()
    card(page).wait_for()
    swipe(page, 600, 620)
    assert card(page).count() == 1
    swipe(page, 600, 720)
    assert card(page).count() == 0
    context.close()


def test_without_script_a_number_is_a_link_to_its_record(browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + CHAPTER)
    anchor = page.locator(FIRST).first.get_attribute("href").partition("#")[2]
    page.locator(FIRST).first.click()
    page.wait_for_url(re.compile(rf"facts-antonowicz2013oosc(-\d+)?\.html#{anchor}$"))
    page.locator(f"#{anchor}").wait_for(state="visible")
    context.close()


# --- menu, colours, reflow, print


@pytest.fixture
def phone(browser, address):
    context = browser.new_context(viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(address + CHAPTER)
    yield page
    context.close()


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_contents_open_and_close_by_keyboard_on_a_phone(phone, key):
    summary = phone.locator(".contents > summary")
    assert not phone.locator("#book-menu").is_visible()
    summary.focus()
    phone.keyboard.press(key)
    phone.locator("#book-menu").wait_for()
    phone.keyboard.press("Tab")
    assert phone.evaluate("document.activeElement.closest('#book-menu') !== null")
    phone.keyboard.press("Escape")
    assert not phone.locator("#book-menu").is_visible()
    assert summary.evaluate("node => node === document.activeElement")


def test_contents_open_without_script_on_a_phone(browser, address):
    context = browser.new_context(viewport={"width": 390, "height": 800}, java_script_enabled=False)
    page = context.new_page()
    page.goto(address + CHAPTER)
    page.locator(".contents > summary").click()
    page.locator("#book-menu a[href$='enrolment.html']").click()
    assert page.url.endswith("enrolment.html")
    page.locator("a.find").click()
    assert page.locator("#q").is_visible()
    context.close()


@pytest.mark.parametrize("script", [True, False])
def test_contents_stand_beside_the_page_where_they_fit(browser, address, script):
    context = browser.new_context(viewport={"width": 1300, "height": 900}, java_script_enabled=script)
    page = context.new_page()
    page.goto(address + CHAPTER)
    assert page.locator("#book-menu").is_visible() and not page.locator(".contents > summary").is_visible()
    assert page.locator("#book-menu .here a").count() >= 5, "headings of the page stand below its entry"
    context.close()


@pytest.mark.parametrize(
    "page", ["methods/attendance-warning", "reference/facts-cecchetti2021vac", "subjects/violence-online"]
)
def test_the_entry_of_the_page_stays_in_sight_to_the_end_of_the_page(browser, address, page):
    tab = browser.new_page(viewport={"width": 1280, "height": 800})
    tab.goto(f"{address}chapters/{page}.html")
    covered = """() => document.querySelector('header').getBoundingClientRect().bottom
      - document.querySelector('.contents [aria-current]').getBoundingClientRect().top"""
    for place in (0, 1_000_000):
        tab.evaluate("place => scrollTo(0, place)", place)
        assert tab.evaluate(covered) <= 0
    tab.close()


def test_a_link_of_the_contents_closes_them(phone):
    phone.locator(".contents > summary").click()
    phone.locator("#book-menu .here a").first.click()
    assert not phone.locator("#book-menu").is_visible() and "#" in phone.url


def test_the_search_opens_on_a_phone(phone):
    assert not phone.locator("#q").is_visible()
    phone.locator("a.find").click()
    assert phone.locator("#q").evaluate("node => node === document.activeElement")


def test_first_tab_stop_skips_to_the_content(tab, start):
    tab.goto(start + CHAPTER)
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.getAttribute('href')") == "#main"


def test_colour_scheme_is_kept(browser, address):
    context = browser.new_context()  # of its own, which keeps it
    tab = context.new_page()
    tab.goto(address + CHAPTER)
    light = tab.evaluate("getComputedStyle(document.body).backgroundColor")
    tab.locator("button.scheme").click()
    tab.goto(address + "index.html")
    assert tab.evaluate("getComputedStyle(document.body).backgroundColor") != light
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_page_is_coloured_without_script(browser, address, scheme):
    context = browser.new_context(java_script_enabled=False, color_scheme=scheme)
    page = context.new_page()
    page.goto(address + CHAPTER)
    mark = page.locator(f".chart .wide svg path[fill='{theme.TURQUOISE}']").first
    fill = mark.evaluate("node => getComputedStyle(node).fill")
    assert ("rgb(0, 105, 122)" in fill) == (scheme == "light")
    context.close()


def test_exhibits_are_drawn_for_phones(browser, address):
    context = browser.new_context(viewport={"width": 390, "height": 800})
    tab = context.new_page()
    tab.goto(address + CHAPTER)
    heights = tab.evaluate(
        """() => [...document.querySelectorAll('.chart svg text')]
           .filter((node) => node.textContent.trim() && node.getClientRects().length)
           .map((node) => node.getBoundingClientRect().height)"""
    )
    assert len(heights) > 50 and min(heights) >= 10
    context.close()


def test_paper_shows_what_is_folded_in_the_text(tab, address):
    tab.goto(address + "chapters/reference/findings.html")
    tab.evaluate("dispatchEvent(new Event('beforeprint'))")
    folded = "[...document.querySelectorAll('main details')].filter((part) => !part.closest('.tools') && !part.open)"
    assert tab.evaluate(f"{folded}.length") == 0
    tab.evaluate("dispatchEvent(new Event('afterprint'))")
    assert tab.evaluate(f"{folded}.length === document.querySelectorAll('main details').length")


def test_page_prints_without_the_frame(tab, address):
    tab.goto(address + CHAPTER)
    tab.emulate_media(media="print")
    assert not tab.locator("#book-menu").is_visible()
    assert tab.locator(".exhibit svg").first.is_visible()
    assert len(tab.pdf()) > 20_000


# --- exhibits


REGIONS = "#exhibit-register-regions"


def tip(tab):
    return tab.locator(f"{REGIONS} .tip")


def test_marks_of_a_chart_say_their_values_where_a_pointer_is(tab, start):
    asked = []
    tab.goto(start + CHAPTER, wait_until="networkidle")
    tab.evaluate("document.fonts.ready.then(() => true)")
    tab.on("request", lambda request: asked.append(request.url))
    mark = tab.locator(f"{REGIONS} .wide [data-tip*='East Kazakhstan'][data-tip*='2011-12']")
    mark.hover()
    assert tip(tab).inner_text().split("\n") == [
        "Region: East Kazakhstan",
        "When: 2011-12",
        "Children on the register: 150",
    ]
    tab.mouse.move(3, 3)
    assert not tip(tab).is_visible()
    assert not [url for url in asked if not url.endswith("icon.svg")], "nothing is loaded for it"


def test_marks_of_a_chart_say_their_values_by_arrow_keys(tab, start):
    tab.goto(start + CHAPTER)
    chart = tab.locator(f"{REGIONS} .chart")
    assert chart.get_attribute("role") == "img" and len(chart.get_attribute("aria-label")) > 40
    chart.focus()
    said = []
    for key in ("ArrowRight", "ArrowRight", "ArrowLeft"):
        tab.keyboard.press(key)
        said.append(tip(tab).inner_text())
    assert said[0] == said[2] != said[1] and "East Kazakhstan" in said[0]
    assert tip(tab).get_attribute("role") == "status"
    tab.keyboard.press("Escape")
    assert not tip(tab).is_visible()


def test_marks_of_a_chart_say_their_values_by_touch(browser, address):
    context = browser.new_context(viewport={"width": 390, "height": 800}, has_touch=True)
    page = context.new_page()
    page.goto(address + CHAPTER)
    page.locator(f"{REGIONS} .narrow [data-tip*='Karaganda'][data-tip*='2010-11']").tap()
    assert "Karaganda" in tip(page).inner_text() and "232" in tip(page).inner_text()
    box = tip(page).bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 390
    context.close()


@pytest.mark.parametrize("script", [True, False])
def test_tools_of_an_exhibit_open_below_their_row(browser, address, script):
    context = browser.new_context(viewport={"width": 1300, "height": 900}, java_script_enabled=script)
    page = context.new_page()
    page.goto(address + CHAPTER)
    tools = page.locator(f"{REGIONS} .tools")
    assert tools.locator("summary").all_inner_texts() == ["Table", "Cite and embed", "Code"]
    assert tools.get_by_role("link").all_inner_texts() == ["CSV", "JSON", "SVG", "PNG"]
    heights = """tools => [...tools.querySelectorAll("summary")].map((node) => Math.round(
      node.getBoundingClientRect().top - tools.getBoundingClientRect().top))"""
    row = tools.evaluate(heights)
    assert len(set(row)) == 1
    tools.locator("summary", has_text="Code").click()
    assert tools.evaluate(heights) == row, "what is pressed stays"
    code, summary = tools.locator("pre").bounding_box(), tools.locator("summary", has_text="Code").bounding_box()
    assert code["y"] > summary["y"] + summary["height"] and code["width"] > 600
    context.close()


def test_long_table_can_be_filtered_and_sorted(tab, start):
    tab.goto(start + "chapters/education/risks-and-barriers.html")
    figure = tab.locator("#exhibit-barriers")
    rows = figure.locator("tbody tr:visible")
    before = rows.count()
    figure.get_by_label("Filter").fill("transport")
    assert 0 < rows.count() < before
    assert all("transport" in text.lower() for text in rows.all_inner_texts())
    assert figure.get_by_role("status").inner_text() == f"{rows.count()} of {before} shown"
    figure.get_by_label("Filter").fill("")
    names = figure.locator("tbody tr > :first-child")
    printed = names.all_inner_texts()
    assert len(printed) == before and printed != sorted(printed, key=str.lower)
    figure.locator("thead button", has_text="Barrier").click()
    assert names.all_inner_texts() == sorted(printed, key=str.lower)
    assert figure.locator("th[aria-sort=ascending]").count() == 1
    figure.locator("thead button", has_text="Barrier").click()
    assert names.all_inner_texts() == sorted(printed, key=str.lower, reverse=True)
    assert figure.locator("th[aria-sort=descending]").count() == 1


def test_numbers_of_a_table_sort_by_size(tab, address):
    tab.goto(address + CHAPTER)
    figure = tab.locator("#exhibit-register-regions")
    figure.get_by_text("Table", exact=True).click()
    column = figure.locator("tbody tr > :nth-child(2)")
    printed = column.all_inner_texts()
    figure.get_by_role("button", name="2010-11", exact=True).click()
    numbers = [int(text.replace(",", "")) for text in column.all_inner_texts()]
    assert numbers == sorted(int(text.replace(",", "")) for text in printed)
    assert sorted(printed) != column.all_inner_texts(), "an order of numbers is none of letters"


def test_a_table_shows_all_its_rows_on_request(tab, start):
    tab.goto(start + "chapters/education/risks-and-barriers.html")
    box = tab.locator("#exhibit-barriers .scroll")
    low = box.bounding_box()["height"]
    tab.locator("#exhibit-barriers").get_by_role("button", name="Show all").click()
    assert box.bounding_box()["height"] > low
    assert box.evaluate("box => box.scrollHeight <= box.clientHeight + 4")
    assert tab.evaluate("document.activeElement.className").startswith("scroll")


@pytest.mark.parametrize("anchor", ["every-statement", "exhibit-remote-effects"])
def test_a_link_to_a_long_table_shows_it_whole(tab, start, anchor):
    tab.goto(start + f"chapters/education/remote-schooling.html#{anchor}")
    box = tab.locator("#exhibit-remote-effects .scroll")
    assert box.evaluate("box => box.scrollHeight <= box.clientHeight + 4")
    assert tab.locator("#exhibit-remote-effects").get_by_role("button", name="Show all").count() == 0
    assert -1 <= tab.locator(f"#{anchor}").bounding_box()["y"] <= 400, "what was linked is in sight"


def test_a_link_to_a_sentence_beside_a_long_table_leaves_the_table_short(tab, start):
    tab.goto(start + "chapters/education/remote-schooling.html#who-is-asked-to-do-what")
    assert tab.locator("#exhibit-remote-effects").get_by_role("button", name="Show all").count() == 1


LAID = """() => {
  const parts = [...document.querySelectorAll("main section section ~ section")]
  return [parts.filter((part) => part.matches(".laid")).length, parts.length]
}"""


@pytest.mark.parametrize(("anchor", "is_whole"), [("", False), ("#what-the-evidence-cannot-say", True)])
def test_a_long_page_is_laid_out_in_steps_unless_a_place_in_it_is_asked_for(browser, address, anchor, is_whole):
    context = browser.new_context(viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.add_init_script(f"addEventListener('DOMContentLoaded', () => {{ window.first = ({LAID})() }})")
    page.goto(address + CHAPTER + anchor)
    laid, parts = page.evaluate("window.first")
    assert parts > 2 and (laid == parts) is is_whole
    wait_until(page, f"(([laid, parts]) => laid === parts)(({LAID})())")
    context.close()


def test_a_link_into_a_folded_part_opens_every_fold_around_it(tab, start):
    tab.goto(start + "chapters/education/remote-schooling.html")
    tab.evaluate("document.querySelector('main .key-messages details dd').id = 'inside'; location.hash = '#inside'")
    wait_until(tab, "document.getElementById('inside').closest('details').open")


@pytest.mark.parametrize("page", ["chapters/education/remote-schooling.html", "chapters/reference/finder.html"])
def test_an_address_that_is_written_wrongly_is_no_fault_of_the_page(tab, start, page):
    tab.goto(start + page + "#100%")
    assert not tab.faults


ENDS = """box => {
  const end = box.getBoundingClientRect().top + box.clientHeight
  const rows = [...box.querySelectorAll("tbody tr")].map((row) => row.getBoundingClientRect().bottom)
  return Math.min(...rows.map((bottom) => Math.abs(bottom - end)))
}"""


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("page", ["methods/attendance", "programme/school-and-safety", "programme/unicef-work"])
def test_a_long_table_is_cut_between_rows(browser, address, page, width):
    context = browser.new_context(viewport={"width": width, "height": 800})
    tab = context.new_page()
    tab.goto(address + f"chapters/{page}.html")
    boxes = tab.locator(".scroll.long[data-seen]:visible").all()
    assert boxes, "no table of the page is long any more: name another"
    assert all(box.evaluate(ENDS) <= 2 for box in boxes)
    context.close()


def test_a_long_table_stays_cut_between_rows_while_it_is_scrolled(browser, address):
    context = browser.new_context(viewport={"width": 390, "height": 800})
    tab = context.new_page()
    tab.goto(address + "chapters/synthesis/timeline.html")
    box = tab.locator("#exhibit-synthesis-timeline .scroll.long[data-seen]")
    height = box.bounding_box()["height"]
    last = box.locator("tbody tr").last
    last.locator("a").last.focus()
    wait_until(tab, "document.querySelector('#exhibit-synthesis-timeline .scroll').scrollTop > 1000")
    tab.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert box.bounding_box()["height"] == height < 700
    assert last.inner_text().strip(), "a row is laid out where its reader comes to it"
    context.close()


def test_on_a_phone_a_row_of_a_wide_table_is_a_card_and_still_a_row(browser, address):
    context = browser.new_context(viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(address + "chapters/child_protection/conclusions.html")
    table = page.locator("#exhibit-cp-actions table")
    assert table.evaluate("table => table.scrollWidth <= table.parentElement.clientWidth")
    assert table.get_by_role("row").count() >= 40
    label = table.locator("tbody td").first.evaluate("cell => getComputedStyle(cell, '::before').content")
    assert "Asked in" in label
    context.close()


# --- search


QUERIES = {
    "east kazakhstan 798": "798",
    "evening classes": "21,500",
    "Road to School": "Road to School",
    "Восточно-Казахстанская": "East Kazakhstan",
    "Алматинской области": "Almaty",
    "Қазақстан облысы": "Kazakhstan",
}
STATUS = "#search-results [role=status]"
HITS = "#search-results ol a"


@pytest.mark.parametrize("query", QUERIES)
def test_search_finds(tab, start, query):
    asked = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto(start + "index.html")
    assert not [url for url in asked if "search" in url.removeprefix(start)]
    tab.locator("#q").click()
    tab.keyboard.type(query)
    tab.locator(".results ol", has_text=QUERIES[query]).wait_for()


# every piece of the index is there
WHOLE = "window.evidenceShelves?.[0].later.every((name) => evidenceShelves.some((piece) => piece.name === name))"


def wait_for_all(tab):
    """Wait until the whole index is searched."""
    wait_until(tab, WHOLE)
    tab.locator(HITS).first.wait_for()


def test_more_results_are_more_of_the_same(tab, start):
    tab.goto(start + "search.html?q=teacher+assistant+for+disabled+child")
    wait_for_all(tab)
    status, found = tab.locator("#search-results [role=status]"), tab.locator("#search-results li")
    said, shown = status.inner_text(), found.count()
    tab.get_by_role("button", name="Show more").click()
    assert status.inner_text() == said and found.count() > shown


def test_search_shows_one_kind_says_so_and_leads_to_the_record(tab, start):
    tab.goto(start + "search.html?q=pre-school")
    wait_for_all(tab)
    assert len({text.split(" ·")[0] for text in tab.locator("#search-results .kind").all_inner_texts()}) > 1
    tab.get_by_label("Show").select_option("fact")
    kinds = "[...document.querySelectorAll('#search-results .kind')].map((node) => node.textContent)"
    wait_until(tab, f"{kinds}.length && {kinds}.every((kind) => kind.startsWith('fact'))", 5)
    assert "results: fact" in tab.locator(STATUS).inner_text()
    assert tab.url.endswith("?q=pre-school&kind=fact")
    tab.locator(HITS).first.click()
    tab.wait_for_load_state()
    assert "#fact-" in tab.url
    assert tab.locator(":target").evaluate("node => getComputedStyle(node).backgroundColor") != "rgba(0, 0, 0, 0)"


def test_a_kind_stays_for_the_next_words_and_one_press_shows_all_again(tab, start):
    tab.goto(start + "search.html?q=school&kind=term")
    wait_for_all(tab)
    tab.locator("#q").fill("798")
    tab.locator(STATUS, has_text="is of the kind “term”").wait_for()
    assert tab.get_by_label("Show").input_value() == "term"
    tab.get_by_role("button", name="Show all kinds").click()
    tab.locator(HITS).first.wait_for()
    assert "kind" not in tab.url and "q=798" in tab.url


def test_going_back_leads_to_the_words_typed_last(tab, start):
    tab.goto(start + "search.html?q=school")
    wait_for_all(tab)
    tab.locator("#q").fill("measles")
    tab.locator(HITS, has_text="measles").first.wait_for()
    tab.wait_for_url("**q=measles")
    tab.locator(HITS).first.click()
    tab.wait_for_url("**#answer-situation-measles")
    tab.go_back()
    tab.locator(HITS, has_text="measles").first.wait_for()
    assert tab.locator("#q").input_value() == "measles"


def test_a_record_is_shown_opened_and_marked_where_a_result_leads(tab, start):
    tab.goto(start + "search.html?q=measles")
    wait_for_all(tab)
    tab.locator(HITS).first.click()
    tab.wait_for_url("**#answer-situation-measles")
    target = tab.locator("#answer-situation-measles")
    target.wait_for(state="visible")
    assert target.evaluate("node => getComputedStyle(node).backgroundColor") != "rgba(0, 0, 0, 0)"


def test_a_row_of_a_table_is_marked_where_a_result_leads(tab, start):
    tab.goto(start + "search.html?q=Kostanay&kind=table+row")
    wait_for_all(tab)
    tab.locator(HITS, has_text="Table 5").first.click()
    tab.wait_for_url("**#row-antonowicz2013oosc-regions-kostanay")
    assert tab.locator("tr:target th, tr:target td").first.inner_text() == "Kostanay"
    assert tab.locator("tr:target").evaluate("row => row.getBoundingClientRect().top < innerHeight")


@pytest.mark.parametrize("key", ["/", "Control+/", "s", "Control+k"])
def test_no_key_seizes_the_focus(tab, start, key):
    tab.goto(start + "index.html")
    tab.keyboard.press(key)
    assert tab.evaluate("document.activeElement === document.body")


@pytest.mark.parametrize("page", ["index.html", "search.html"])
def test_arrows_go_through_the_results_and_back(tab, start, page):
    tab.goto(start + page)
    tab.locator("#q").focus()
    tab.keyboard.type("evening classes")
    tab.locator("ol a", has_text="21,500").first.wait_for()
    wait_until(tab, WHOLE)
    wait_until_idle(tab)
    links = ".results ol a" if page == "index.html" else HITS
    at = f"[...document.querySelectorAll('{links}')].indexOf(document.activeElement)"
    for key, place in (("ArrowDown", 0), ("ArrowDown", 1), ("ArrowUp", 0), ("ArrowUp", -1)):
        tab.keyboard.press(key)
        assert tab.evaluate(at) == place
    assert tab.evaluate("document.activeElement.id") == "q"
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/chapters/**#*")


def test_search_works_by_tab_and_escape_closes_it(tab, start):
    tab.goto(start + "index.html")
    tab.locator("#q").focus()
    tab.keyboard.type("evening classes")
    tab.locator(".results ol", has_text="21,500").wait_for()
    wait_until(tab, WHOLE)  # the rest of the index comes, and lists anew what nobody has reached yet
    wait_until_idle(tab)
    for _ in range(8):
        tab.keyboard.press("Tab")
        if tab.evaluate("document.activeElement.matches('.results li a')"):
            break
    assert tab.evaluate("document.activeElement.matches('.results li a')")
    tab.keyboard.press("Escape")
    assert not tab.locator(".results").is_visible()


def test_enter_leads_from_the_box_to_all_results(tab, start):
    tab.goto(start + CHAPTER)
    tab.locator("#q").fill("буллинг")
    tab.locator(".results li").first.wait_for()
    tab.locator("#q").press("Enter")
    tab.wait_for_url("**/search.html?q=*")
    wait_for_all(tab)
    assert tab.locator("#q").input_value() == "буллинг"


def test_what_is_found_is_said_in_one_place_that_stays(tab, start):
    tab.goto(start + "search.html?q=school")
    wait_for_all(tab)
    tab.evaluate(f"window.place = document.querySelector('{STATUS}')")
    tab.locator("#q").fill("measles")
    tab.wait_for_url("**q=measles")
    assert tab.evaluate(f"window.place === document.querySelector('{STATUS}')")
    assert "result" in tab.locator(STATUS).inner_text()


def test_words_are_marked_in_any_language_they_are_asked_in(tab, start):
    tab.goto(start + "search.html?q=буллинг")
    wait_for_all(tab)
    assert "bullying" in {text.lower() for text in tab.locator("#search-results mark").all_inner_texts()}


@pytest.mark.parametrize(
    ("query", "language", "name"),
    [
        ("сколько детей не ходят в школу", "ru", "question_ru"),
        ("мектептен тыс қанша бала", "kk", "question_kk"),
    ],
)
def test_a_question_is_said_in_the_language_it_was_asked_in(tab, start, query, language, name):
    tab.goto(f"{start}search.html?q={query}")
    wait_for_all(tab)
    called = tab.locator(f"#search-results .called[lang={language}]")
    called.first.wait_for()
    assert set(called.all_inner_texts()) & {getattr(row, name) for row in store.rows("answers").values()}
    assert tab.locator(f"#search-results .called:not([lang={language}])").count() == 0


def test_no_text_of_a_result_becomes_markup(browser, address):
    context = browser.new_context()
    page = context.new_page()
    planted = {
        "name": "first",
        "later": ["rest"],
        "kinds": ["kind <b>"],
        "weights": [1],
        "pages": ["index.html"],
        "kind": "0",
        "titles": '<img src=x> "title"',
        "addresses": "0#a",
        "wheres": "<b>where</b>",
        "where": "0",
        "summaries": "planted <i>text</i> & more",
        "terms": "Aplant",
        "postings": "h",
        "forms": "1=Aplant",
        "places": "",
        "added": "",
        "untreated": "nothing=Anoth",
        "stop": "the",
        "limits": {"least": 0, "weak": 0},
    }
    script = f"(window.evidenceShelves??=[]).push({json.dumps(planted)})"
    page.route("**/search/first.js", lambda route: route.fulfill(body=script))
    page.route("**/search/rest.js", lambda route: route.abort())
    page.goto(address + "search.html?q=planted")
    result = page.locator("#search-results li")
    result.wait_for()
    assert result.locator("a").inner_text() == planted["titles"]
    assert result.locator(".kind").text_content() == planted["kinds"][0]
    assert result.locator(".from").text_content() == planted["wheres"]
    assert result.locator("p").inner_text() == planted["summaries"]
    assert page.locator("#search-results :is(img, b, i)").count() == 0
    context.close()


def test_search_says_when_nothing_is_found(tab, start):
    tab.goto(start + "search.html?q=zzzzqqq")
    tab.locator(STATUS, has_text="Nothing found").wait_for()
