"""Filters over records in Chromium: served and from a folder, by mouse and keyboard, shared and taken away."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest

from evidence.data import export, store
from evidence.data.schema import kinds
from evidence.figures.cards import ids
from evidence.figures.facets import facets_of
from evidence.site import assets
from tests.site.waiting import wait_until

pytestmark = pytest.mark.whole

FINDER, REGISTER = "chapters/reference/finder.html", "chapters/reference/findings-cecchetti2021vac.html"
EDUCATION = "?addressee=education-ministry"
SIGNS = "['=1', '+1', '-1', '@x', '\\t', 'a,b', 'say \"x\"', 'қазақша', '', null, -1.5, 0.1, 1756]"


def asked_of_education() -> set[str]:
    return {
        key
        for kind in kinds()
        for key in ids(kind)
        if "education-ministry" in facets_of(kind, key).get("addressee", [])
    }


def status(tab) -> str:
    return tab.locator(".finder .status").inner_text()


def test_what_all_documents_ask_of_the_education_ministry_is_found_shared_and_taken_away(tab, start):
    tab.goto(start + FINDER)
    tab.locator(".found details.card").first.wait_for()
    tab.locator(".options").evaluate("node => { node.open = true }")
    tab.locator(".facet summary", has_text="Who is asked").click()
    tab.locator(".facet label", has_text="Ministry responsible for education").locator("input").check()
    wanted = asked_of_education()
    assert status(tab).startswith(f"{len(wanted)} of ") and tab.url.endswith(EDUCATION)
    with tab.expect_download() as taken:
        tab.get_by_role("button", name="Selection as CSV").click()
    text = taken.value.path().read_text(encoding="utf-8")
    assert text.startswith(export.BYTE_ORDER_MARK)
    rows = list(csv.DictReader(io.StringIO(text.removeprefix(export.BYTE_ORDER_MARK))))
    assert {row["id"] for row in rows} == wanted and all(
        row["address"].startswith("http") or "file:" in row["address"] for row in rows
    )
    other = tab.context.new_page()
    other.goto(start + FINDER + EDUCATION)
    other.locator(".found details.card").first.wait_for()
    assert other.locator(".found details.card").count() == len(wanted)
    other.close()


def test_the_selection_as_json_has_numbers_as_numbers(tab, start):
    tab.goto(start + "chapters/reference/facts-antonowicz2013oosc.html?year=2012")
    tab.locator(".found details.card").first.wait_for()
    with tab.expect_download() as taken:
        tab.get_by_role("button", name="Selection as JSON").click()
    rows = {row["id"]: row for row in json.loads(taken.value.path().read_text(encoding="utf-8"))["rows"]}
    assert rows["register-out-2012"]["value"] == store.row("facts", "register-out-2012").value


def test_files_of_a_selection_follow_the_rules_of_the_exporter(tab, address):
    tab.goto(address + FINDER)
    source = assets.script("finder")
    part = source[source.index("const FORMULA") : source.index("function tableOf")]
    cells = tab.evaluate(f"() => {{ {part}; return {SIGNS}.map(cell) }}")
    values = json.loads(SIGNS.replace("'", "\x00").replace('"', '\\"').replace("\x00", '"'))
    expected = [export.csv_text(export.Sheet(["x", "y"], [False, False], [[value, 0]])) for value in values]
    assert [f"{cell},0" for cell in cells] == [text.split("\n", 1)[1].rstrip("\n") for text in expected]


def test_a_register_stays_its_list_until_something_is_chosen_and_then_shows_what_was(tab, start):
    tab.goto(start + REGISTER)
    assert tab.locator(".register").first.is_visible() and tab.locator(".found details").count() == 0
    tab.locator(".options").evaluate("node => { node.open = true }")
    tab.locator(".facet summary", has_text="Stance").click()
    box = tab.locator(".facet label", has_text="strength").locator("input")
    box.focus()
    tab.keyboard.press("Space")
    rows = store.of_document("findings", "cecchetti2021vac")
    assert status(tab) == f"{(rows['stance'] == 'strength').sum()} of {len(rows)}"
    assert tab.locator(".register").first.is_hidden()
    assert tab.evaluate("document.activeElement.type") == "checkbox", "the focus stays where the reader works"
    tab.get_by_role("button", name="Clear").click()
    assert tab.locator(".register").first.is_visible()


def test_a_linked_record_is_shown_whatever_is_chosen_and_wherever_it_stands(tab, start):
    last = store.of_document("findings", "cecchetti2021vac")
    key = last[last["stance"] != "strength"]["id"].iloc[-1]
    for asked in ("", "?stance=strength"):
        tab.goto(f"{start}{REGISTER}{asked}#finding-{key}")
        tab.reload()
        row = tab.locator(".found details.card[open]").first
        row.wait_for()
        assert store.row("findings", key).statement[:30] in row.inner_text()


def test_words_are_looked_for_in_what_opens_below_the_line_too(tab, start):
    tab.goto(start + REGISTER)
    tab.locator(".asked input").fill("kanatov")
    tab.locator(".found details.card").first.wait_for()
    notes = store.of_document("findings", "cecchetti2021vac")["evidence_note"]
    wanted = int(notes.str.contains("Kanatov").sum())
    wait_until(tab, f"document.querySelector('.finder .status').textContent.startsWith('{wanted} of')")


def test_headings_group_the_selection_and_a_record_opens_on_its_tools(tab, start):
    tab.goto(start + FINDER + "?theme=language&headings=document&sort=newest")
    tab.locator(".found .group").first.wait_for()
    assert tab.locator(".found .group").count() > 1
    row = tab.locator(".found details.card").first
    row.locator("summary").click()
    row.get_by_role("link", name="Full record").wait_for()
    row.get_by_role("button", name="Cite").click()
    assert re.search(r"\(20\d\d\)\..* In: Children in Kazakhstan", row.locator(".ways p").inner_text())


@pytest.mark.parametrize("page", [FINDER, REGISTER, "chapters/reference/exhibits.html"])
def test_without_script_the_lists_are_there(browser, address, page):
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto(address + page)
    assert plain.locator("main li a, main details.card").count() > 15
    context.close()


def test_a_record_that_a_link_leads_to_opens(tab, start):
    key = store.of_document("findings", "cecchetti2021vac")["id"].iloc[0]
    tab.goto(f"{start}{REGISTER}#finding-{key}")
    row = tab.locator(f"details.card:has(#finding-{key})")
    assert row.evaluate("node => node.open")
    row.get_by_role("button", name="Copy link").wait_for()


def test_a_group_of_children_is_in_the_address_and_read_from_it(tab, start):
    tab.goto(start + FINDER + "?kind=finding&group=girls&headings=document")
    tab.locator(".found .group").first.wait_for()
    rows = [row for row in store.rows("findings").values() if "girls" in store.items(row.groups)]
    assert status(tab).startswith(f"{len(rows)} of ") and "group=girls" in tab.url


@pytest.mark.parametrize("page", ["answers", "printed-tables", "bodies"])
def test_the_list_of_a_page_gives_way_to_what_was_found(page, tab, address):
    tab.goto(f"{address}chapters/reference/{page}.html")
    listed = tab.locator("main :is(.register, details.answer, figure.exhibit, nav.pages)")
    assert listed.first.is_visible()
    tab.fill(".finder input[type=search]", "school")
    tab.wait_for_selector(".finder .found details")
    assert [part for part in listed.all() if part.is_visible()] == []


@pytest.mark.parametrize("typed", ["1756", "1,756"])
def test_the_field_over_a_long_table_compares_words_as_the_search_does(typed, tab, address):
    tab.goto(f"{address}chapters/reference/printed-tables.html")
    field = tab.locator(".filter", has=tab.get_by_label("Filter: Annex Tables 6 and 7"))
    field.locator("input").fill(typed)
    assert field.locator("[role=status]").inner_text().startswith("1 of ")
