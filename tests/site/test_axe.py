"""Accessibility by axe-core on every page: light, dark and phone; WCAG 2.2 A and AA, best practice."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import site_pages

AXE = Path(__file__).parents[1] / "vendor" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
MODES = {"light": ("light", 1300, 900), "dark": ("dark", 1300, 900), "phone": ("light", 390, 800)}
RUN = f"() => axe.run(document, {{runOnly: {RULES}, resultTypes: ['violations']}})"

SETTLED = "() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))"  # script has answered the width


@pytest.fixture(scope="module")
def tab(browser):
    context = browser.new_context()
    yield context.new_page()
    context.close()


def violations(tab) -> list[str]:
    """Return the violated rules in each mode with the first element of each."""
    tab.add_script_tag(path=str(AXE))
    found = []
    for mode, (scheme, width, height) in MODES.items():
        tab.emulate_media(color_scheme=scheme)
        tab.set_viewport_size({"width": width, "height": height})
        tab.evaluate(SETTLED)
        found += [(mode, rule) for rule in tab.evaluate(RUN)["violations"]]
    return [f"{rule['id']} ({mode}): {rule['nodes'][0]['html'][:160]} ({len(rule['nodes'])})" for mode, rule in found]


@pytest.mark.parametrize("page", site_pages())
def test_page_has_no_violation(tab, address, page):
    tab.goto(address + page)
    assert not violations(tab)


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
    tab.add_script_tag(path=str(AXE))
    assert not [rule["id"] for rule in tab.evaluate(RUN)["violations"]]


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
    tab.add_style_tag(content=f"@media {query} {{ main p {{ color: #777 !important; background: #888 !important }} }}")
    found = [rule for rule in violations(tab) if rule.startswith("color-contrast")]
    assert {rule.split("(")[1].split(")")[0] for rule in found} == seen
