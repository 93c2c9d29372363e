"""Accessibility by axe-core on every page: light, dark and phone; WCAG 2.2 A and AA, best practice."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import site_pages

AXE = Path(__file__).parents[1] / "vendor" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
MODES = {
    "light": {"viewport": {"width": 1300, "height": 900}, "color_scheme": "light"},
    "dark": {"viewport": {"width": 1300, "height": 900}, "color_scheme": "dark"},
    "phone": {"viewport": {"width": 390, "height": 800}, "color_scheme": "light"},
}
RUN = f"() => axe.run(document, {{runOnly: {RULES}, resultTypes: ['violations']}})"


@pytest.fixture(scope="module", params=MODES)
def tab(request, browser):
    context = browser.new_context(**MODES[request.param])
    page = context.new_page()
    yield page
    context.close()


def violations(tab) -> list[str]:
    """Return the violated rules with the first element of each."""
    tab.add_script_tag(path=str(AXE))
    found = tab.evaluate(RUN)["violations"]
    return [f"{rule['id']}: {rule['nodes'][0]['html'][:160]} ({len(rule['nodes'])})" for rule in found]


@pytest.mark.parametrize("page", site_pages())
def test_page_has_no_violation(tab, address, page):
    tab.goto(address + page)
    assert not violations(tab)


def test_open_parts_have_no_violation(tab, address):
    tab.goto(address + "chapters/education/register.html")
    tab.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true })")
    tab.locator("a.record").first.click()
    tab.locator("#card:popover-open").wait_for()
    assert not violations(tab)


def test_a_planted_fault_is_found(tab, address):
    tab.goto(address + "index.html")
    tab.evaluate("Object.assign(document.querySelector('main p').style, {color: '#777', background: '#888'})")
    assert any(rule.startswith("color-contrast") for rule in violations(tab))
