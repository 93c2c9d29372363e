"""The panel in a browser: shows the line, is accessible, goes away, keeps the place on the page."""

from __future__ import annotations

from tests.site.small_book import ABOUT
from tests.site.test_axe import violations
from tests.site.waiting import wait_until


def test_the_panel_shows_the_line_is_accessible_and_goes_away(live, browser):
    page, tab = live.book.path(f"{ABOUT}.md"), browser.new_page(viewport={"width": 1000, "height": 500})
    before = page.read_bytes()
    hosts: set[str] = set()
    tab.on("request", lambda request: hosts.add(request.url.split("/")[2]))
    errors: list[str] = []
    tab.on("pageerror", lambda error: errors.append(str(error)))
    try:
        page.write_bytes(before + b"\nA long page.\n" * 60 + b"\n{fact}`<img-src=x>`\n")
        tab.goto(f"{live.address}{ABOUT}.html")
        panel, said = tab.locator("#live section"), tab.locator("#live [role=status]")
        here = panel.locator("li", has_text="line 129").first
        here.wait_for()
        tab.locator("text=A long page.").last.wait_for()
        assert "no fact has the id" in here.inner_text() and "<img-src=x>" in here.inner_text()
        assert panel.locator("a").count() >= 1, "other pages are a link away"
        assert not violations(tab)
        tab.set_viewport_size({"width": 390, "height": 800})
        assert panel.bounding_box()["width"] <= 390

        tab.keyboard.press("Escape")
        assert not panel.is_visible()
        page.write_bytes(page.read_bytes().replace(b"<img-src=x>", b"other"))
        panel.wait_for()  # the next problem brings it back

        tab.set_viewport_size({"width": 1000, "height": 500})
        tab.evaluate("scrollTo(0, 900)")
        place = tab.evaluate("scrollY")
        tab.evaluate("window.isOld = true")
        page.write_bytes(page.read_bytes().replace(b"{fact}`other`", b"Mended."))
        wait_until(tab, "!window.isOld && document.body?.textContent.includes('Mended.')")
        wait_until(tab, f"Math.abs(scrollY - {place}) < 5")
        here.wait_for(state="detached")

        tab.evaluate("window.isOld = true")
        other = live.book.path("chapters/education/practices.md")
        other.write_bytes(other.read_bytes() + b"\nElsewhere.\n")
        live.wait("chapters/education/practices", lambda told: told["phase"] == "built")
        said.filter(has_text="built in").wait_for()
        assert tab.evaluate("window.isOld") is True, "a page that has not changed stays"
    finally:
        page.write_bytes(before)
        tab.close()
    assert hosts == {live.address.split("/")[2]} and errors == []
