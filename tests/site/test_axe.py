"""Accessibility of what opens on a page, and faults planted to see that they are found."""

from __future__ import annotations

import pytest

from tests.site.axe import violations


@pytest.fixture(scope="module")
def tab(browser):
    context = browser.new_context()
    yield context.new_page()
    context.close()


def test_open_parts_have_no_violation(tab, address):
    tab.goto(address + "chapters/education/register.html")
    tab.set_viewport_size({"width": 1300, "height": 900})
    tab.evaluate("document.querySelectorAll('main details').forEach((part) => { part.open = true })")
    tab.locator("a.record").first.click()
    tab.locator("#card:popover-open").wait_for()
    assert not violations(tab)


def test_open_filters_and_an_open_record_have_no_violation(tab, address):
    tab.goto(address + "chapters/reference/finder.html?theme=bullying&headings=document")
    tab.set_viewport_size({"width": 1300, "height": 900})
    tab.locator(".found details.card").first.wait_for()
    tab.locator(".options").evaluate("node => { node.open = true }")
    for summary in tab.locator(".facet > summary").all()[:4]:
        summary.click()
    tab.locator(".found details.card > summary").first.click()
    tab.locator(".found .ways").first.wait_for()
    assert not violations(tab)


def test_results_of_the_search_have_no_violation(tab, address):
    tab.goto(address + "search.html?q=буллинг&kind=fact")
    tab.locator("#search-results li").first.wait_for()
    assert not violations(tab)
    tab.goto(address + "chapters/education/register.html")
    tab.set_viewport_size({"width": 1300, "height": 900})
    tab.locator("#q").fill("буллинг")
    tab.locator(".results li").first.wait_for()
    assert not violations(tab)


def test_the_drawer_of_a_phone_has_no_violation(tab, address):
    tab.set_viewport_size({"width": 390, "height": 800})
    tab.goto(address + "chapters/education/register.html")
    tab.locator(".contents > summary").click()
    assert not [rule for rule in violations(tab) if "(phone)" in rule]


@pytest.mark.parametrize(
    ("query", "seen"),
    [
        ("all", {"light", "dark", "phone"}),
        ("(prefers-color-scheme: light)", {"light", "phone"}),
        ("(prefers-color-scheme: dark)", {"dark"}),
        ("(max-width: 400px)", {"phone"}),
    ],
)
def test_a_planted_fault_is_found_in_the_mode_it_shows_in(tab, address, query, seen):
    tab.goto(address + "index.html")
    rule = f"@media {query} {{ main p {{ color: #777 !important; background: #888 !important }} }}"
    sheet = "rule => { const sheet = new CSSStyleSheet(); sheet.replaceSync(rule); return sheet }"
    tab.evaluate(f"rule => {{ document.adoptedStyleSheets = [({sheet})(rule)] }}", rule)
    found = [rule for rule in violations(tab) if rule.startswith("color-contrast")]
    assert {rule.split("(")[1].split(")")[0] for rule in found} == seen


def test_the_open_evidence_map_has_no_violation(tab, address):
    tab.set_viewport_size({"width": 1300, "height": 900})
    for scheme in ("light", "dark"):
        tab.emulate_media(color_scheme=scheme)
        tab.goto(address + "chapters/synthesis/evidence-map.html?across=group&evidence=interviews")
        tab.locator(".map table[aria-busy=false]").wait_for()
        assert not violations(tab), scheme
    tab.emulate_media(color_scheme="light")
