"""The drawing of a theory of change in Chromium: by pointer and by key, with its state in the address."""

from __future__ import annotations

import pytest

from evidence.exhibits.graph import ANCHOR
from evidence.figures.theories import elements, links
from tests.site.axe import violations

pytestmark = pytest.mark.whole

PAGE, SOURCE = "chapters/action/theory-inclusion.html", "gurin2023tale"
EARLY, ACCESS = "tale-toc-o3", "tale-toc-oc2"


def opened(tab, address: str):
    tab.goto(address)
    tab.wait_for_selector(".told", state="attached")
    return tab


def chosen(tab) -> str:
    return tab.evaluate("document.querySelector('.graph .taken')?.dataset.node ?? ''")


def test_what_is_chosen_is_told_as_the_list_tells_it_and_kept_in_the_address(tab, start):
    opened(tab, start + PAGE)
    tab.click(f".graph [data-node={EARLY}]")
    told = tab.inner_text(".told").split()
    assert told == tab.inner_text(f"#{ANCHOR}{EARLY}").split()
    assert tab.url.endswith(f"?element={EARLY}")
    opened(tab, tab.url)
    assert chosen(tab) == EARLY


def test_nothing_covers_the_drawing_before_a_box_is_chosen(tab, start):
    opened(tab, start + PAGE)
    assert tab.locator(".told").bounding_box()["height"] == 0
    assert tab.locator(".hint").is_visible()


def test_arrow_keys_follow_the_links_and_the_column(tab, start):
    opened(tab, f"{start}{PAGE}?element={EARLY}")
    tab.focus(f".graph [data-node={EARLY}]")
    tab.keyboard.press("ArrowRight")
    assert chosen(tab) == ACCESS
    tab.keyboard.press("ArrowLeft")
    assert chosen(tab) in {one.start for one in links(SOURCE) if one.end == ACCESS}
    tab.keyboard.press("Home")
    first = chosen(tab)
    tab.keyboard.press("ArrowDown")
    assert elements(SOURCE)[chosen(tab)].kind == elements(SOURCE)[first].kind and chosen(tab) != first
    tab.keyboard.press("Escape")
    assert chosen(tab) == "" and "element" not in tab.url


def test_tab_leads_to_a_single_box_and_on_to_what_is_told(tab, start):
    opened(tab, f"{start}{PAGE}?element={EARLY}")
    assert tab.locator(".graph .node[tabindex='0']").count() == 1
    tab.focus(f".graph [data-node={EARLY}]")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.closest('.told') !== null")


def test_lines_of_a_basis_are_hidden_drawn_and_kept(tab, start):
    opened(tab, start + PAGE)
    tab.get_by_role("checkbox", name="our reading").uncheck()
    ours = [one for one in links(SOURCE) if one.basis == "analyst"]
    assert tab.locator(".graph .edge.off").count() == len(ours)
    assert "hidden=analyst" in tab.url
    opened(tab, tab.url)
    assert not tab.get_by_role("checkbox", name="our reading").is_checked()
    tab.get_by_role("checkbox", name="our reading").check()
    assert tab.locator(".graph .edge.off").count() == 0


def test_a_link_in_what_is_told_chooses_its_element(tab, start):
    opened(tab, f"{start}{PAGE}?element={EARLY}")
    tab.click(f'.told a[href="#{ANCHOR}{ACCESS}"]')
    assert chosen(tab) == ACCESS


def test_without_script_a_box_leads_to_its_item_in_the_list(browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + PAGE)
    links_ = page.locator(".graph a.node")
    assert links_.count() == len(elements(SOURCE))
    for box in links_.all():
        assert page.locator(box.get_attribute("href")).count() == 1
    context.close()


def test_a_chosen_box_has_no_violation(tab, address):
    opened(tab, f"{address}{PAGE}?element={EARLY}")
    assert not violations(tab)
