"""The evidence map in Chromium: what stands across, filters, address, keyboard; served and from a folder."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest

from evidence.data import store
from evidence.figures import evidence_map
from evidence.figures.evidence_map import cells, lines

pytestmark = pytest.mark.whole

PAGE = "chapters/synthesis/evidence-map.html"
READ = """() => [...document.querySelectorAll('.map tbody tr')].map((row) =>
  [...row.cells].slice(1).map((cell) => [cell.className, cell.textContent.trim(),
    ...[...cell.querySelectorAll('a')].map((link) => link.getAttribute('aria-label'))]))"""
HEADS = "() => [...document.querySelectorAll('.map thead th[data-code]')].map((head) => head.dataset.code)"
NUMBERS = """() => [...document.querySelectorAll('.map tbody tr')].map((row) => [...row.cells].slice(1).map((cell) => {
  const link = cell.querySelector('a:not(.unanswered, .lost)');
  const gap = (name) => Number(cell.querySelector(`a.${name}`)?.textContent.match(/\\d+/)[0] ?? 0);
  return [Number(link?.firstChild.textContent.replaceAll(',', '') ?? 0), gap("unanswered"), gap('lost')];
}))"""


def choose(tab, facet: str, code: str) -> None:
    tab.locator(f".choices select[data-facet={facet}]").select_option(code)
    written(tab)


def written(tab) -> None:
    """Wait until every line is written: those in view come first."""
    tab.locator(".map table[aria-busy=false]").wait_for()


def opened(tab, address: str) -> None:
    tab.goto(address)
    tab.get_by_role("button", name="Choose what the map shows").click()
    tab.locator(".choices select[data-facet=across]").wait_for()
    written(tab)


def test_what_the_script_counts_is_what_the_table_has_without_it(tab, start):
    tab.goto(start + PAGE)
    before = tab.evaluate(READ)
    opened(tab, start + PAGE)
    assert tab.evaluate(READ) == before
    choose(tab, "group", "girls")
    assert tab.evaluate(READ) != before
    tab.get_by_role("button", name="Clear").click()
    written(tab)
    assert tab.evaluate(READ) == before


@pytest.mark.parametrize("facet", ["group", "evidence", "place"])
def test_another_facet_across_is_counted_as_in_the_data(tab, address, facet):
    opened(tab, address + PAGE)
    choose(tab, "across", facet)
    expected, codes = cells(facet), tab.evaluate(HEADS)
    nothing = evidence_map.cell([])
    numbers = [
        [
            [given.total, given.asked, given.lost]
            for code in codes
            for given in [expected.get((line.code, code), nothing)]
        ]
        for line in lines()
    ]
    assert tab.evaluate(NUMBERS) == numbers
    assert {code for _, code in expected} == set(codes)


def test_years_stand_across_as_periods_and_a_record_in_each_it_covers(tab, address):
    opened(tab, address + PAGE)
    choose(tab, "across", "period")
    codes = tab.evaluate(HEADS)
    assert codes == [f"{first}-{last}" for first, last in evidence_map.periods()]
    numbers = tab.evaluate(NUMBERS)
    for line, row in zip(lines(), numbers):
        for (first, last), (total, _, _) in zip(evidence_map.periods(), row):
            among = [
                record
                for record in evidence_map.records()
                if record.kind != "gap"
                and set(record.facets.get("theme", [])) & set(line.themes)
                and any(first <= int(year) <= last for year in record.facets.get("year", []))
            ]
            assert total == len(among), (line.name, first)


def test_lines_in_view_are_written_first(tab, address):
    opened(tab, address + PAGE)
    order = tab.evaluate("""() => new Promise((done) => {
      const lines = [...document.querySelectorAll('.map tbody tr')], written = [];
      lines.at(-1).scrollIntoView();
      new MutationObserver((changes) => {
        for (const { target } of changes) if (!written.includes(target)) written.push(target);
        if (written.length === lines.length) done(written.map((line) => lines.indexOf(line)));
      }).observe(document.querySelector('.map tbody'), { childList: true, subtree: true });
      const select = document.querySelector('.choices select[data-facet=across]');
      select.value = 'group';
      select.dispatchEvent(new Event('change'));
    })""")
    assert order[0] > 30 and sorted(order) == list(range(len(lines())))


def test_filters_are_in_the_address_and_a_cell_opens_what_it_counts(tab, start):
    opened(tab, start + PAGE)
    choose(tab, "group", "girls")
    choose(tab, "period", "2016-2020")
    assert "group=girls" in tab.url and "period=2016-2020" in tab.url
    shown, address = tab.evaluate(NUMBERS), tab.url
    other = tab.context.new_page()
    other.goto(address)
    other.locator(".choices select[data-facet=group]").wait_for()
    written(other)
    assert other.evaluate(NUMBERS) == shown and other.locator("select[data-facet=group]").input_value() == "girls"
    other.close()
    link = tab.locator(".map tbody td a:not(.unanswered, .lost)").first
    count = link.evaluate("link => Number(link.firstChild.textContent)")
    link.click()
    tab.locator(".finder .status", has_text="of").wait_for()
    assert tab.locator(".finder .status").inner_text().startswith(f"{count} of ")
    assert "group=girls" in tab.url and "year=2016,2017,2018,2019,2020" in tab.url


def test_cells_of_messages_open_as_many_as_they_count(tab, address):
    """A message stands in a cell only if one record it rests on has both; the finder asks the same."""
    expected = cells()
    line = next(line for line in lines() if line.code == "subject-violence")
    for document in store.rows("sources"):
        tab.goto(address + PAGE)
        column = list(store.rows("sources")).index(document) + 2
        link = tab.locator(f".map tbody tr.subject:first-child td:nth-child({column}) a").first
        tab.goto(link.evaluate("link => link.href"))
        tab.locator(".finder .status", has_text="of").wait_for()
        total = expected[line.code, document].total
        assert tab.locator(".finder .status").inner_text().startswith(f"{total:,} of ")


def test_an_open_question_in_a_cell_opens_the_questions(tab, address):
    tab.goto(address + PAGE)
    link = tab.locator(".map a.unanswered").first
    count = link.evaluate("link => Number(link.firstChild.textContent.slice(1))")
    link.click()
    tab.locator(".found details.card").first.wait_for()
    assert tab.locator(".found details.card").count() == count
    assert tab.locator(".found .head").first.inner_text().endswith("?")


def test_arrow_keys_move_between_cells_and_silent_ones_take_the_focus(tab, address):
    tab.goto(address + PAGE)
    where = """() => { const cell = document.activeElement.closest('td');
      return cell && [cell.parentElement.sectionRowIndex, cell.cellIndex]; }"""
    tab.locator(".map tbody tr:nth-child(2) td a").first.focus()
    start = tab.evaluate(where)
    for key, (down, right) in {"ArrowRight": (0, 1), "ArrowDown": (1, 0), "ArrowUp": (-1, 0)}.items():
        before = tab.evaluate(where)
        tab.keyboard.press(key)
        assert tab.evaluate(where) == [before[0] + down, before[1] + right]
    tab.keyboard.press("End")
    assert tab.evaluate(where) == [start[0], len(store.rows("sources"))]
    tab.keyboard.press("ArrowRight")
    assert tab.evaluate(where) == [start[0], len(store.rows("sources"))], "the last cell has none beside it"
    tab.keyboard.press("Home")
    assert tab.evaluate(where) == [start[0], 1]
    silent = tab.evaluate("""() => { const cell = document.querySelector('.map td.silent');
      return [cell.parentElement.sectionRowIndex, cell.cellIndex]; }""")
    beside = tab.locator(f".map tbody tr:nth-child({silent[0] + 1}) th")
    beside.evaluate("head => { head.nextElementSibling.tabIndex = -1; head.nextElementSibling.focus(); }")
    for _ in range(silent[1] - 1):
        tab.keyboard.press("ArrowRight")
    assert tab.evaluate(where) == silent
    assert tab.locator(".map .said").inner_text().endswith(": nothing")


def test_a_cell_under_the_focus_is_told_in_words_above_the_table(tab, address):
    tab.goto(address + PAGE)
    tab.locator(".map tbody tr.subject td a").first.focus()
    said = tab.locator(".map .said").inner_text()
    assert said.startswith("Violence and bullying, Out-of-school study (2013): ")
    assert re.search(r": \d+ moderate: \d+ findings, .* kinds of evidence; \?1: 1 question", said)


def test_without_script_the_table_is_whole_and_leads_to_the_finder(browser, site):
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto((site / PAGE).as_uri())
    assert plain.locator(".map tbody tr").count() == len(lines()) and plain.locator(".choices").count() == 0
    href = plain.locator(".map tbody td a").first.get_attribute("href")
    assert (site / "chapters/synthesis" / urlsplit(href).path).resolve().is_file()
    context.close()


def test_the_map_fits_a_phone_by_scrolling_itself(browser, address):
    context = browser.new_context(viewport={"width": 375, "height": 800})
    page = context.new_page()
    page.goto(address + PAGE)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()
