"""The policy of a report in a browser: its style and its script work; words that became a script, and hosts, do not."""

from __future__ import annotations

from html import escape

import pandas as pd
import pytest

from evidence.attendance.early_warning import sheet_page
from evidence.listening.dashboard import html_dashboard
from evidence.toolkit.drawing import Bar, bars
from evidence.toolkit.page import document, html_table
from tests.site.waiting import wait_until

TABLE = pd.DataFrame({"of": ["a", "b"], "number": [1, 2]})
WATCH = """window.refused = []
addEventListener("securitypolicyviolation", (event) => window.refused.push(event.effectiveDirective))"""
PLANTED = (
    "<script>window.planted = 1</script>",
    '<p onclick="window.planted = 2" id="word">a word</p>',
    '<img src="http://127.0.0.2:9/x.png" alt="">',
    '<form action="http://127.0.0.2:9/"><button>send</button></form>',
    '<p style="color: red">a colour</p>',
)


REFUSED = ["script-src-elem", "script-src-attr", "img-src", "form-action", "style-src-attr"]


@pytest.fixture
def opened(browser, tmp_path):
    """Return a function that opens a page from a file and returns the tab, what it has asked for and complained of."""
    context = browser.new_context()
    tab = context.new_page()
    tab.add_init_script(WATCH)
    asked, faults = [], []
    tab.on("requestfinished", lambda request: asked.append(request.url))
    tab.on("console", lambda said: said.type == "error" and faults.append(said.text))

    def open_page(page: str):
        path = tmp_path / "page.html"
        path.write_text(page, encoding="utf-8")
        tab.goto(path.as_uri())
        return tab, [url for url in asked if url != path.as_uri()], faults

    yield open_page
    context.close()


def pages() -> dict[str, str]:
    parts = [html_table(TABLE, list(TABLE), "Made"), bars([Bar("a", 1.0, "1")], "Made", "Made")]
    return {
        "report": document("Made", parts),
        "dashboard": html_dashboard({"counts": TABLE}, {"counts": "Made"}, "Made", is_synthetic=True),
        "sheet": sheet_page("child 1"),
    }


@pytest.mark.parametrize("name", pages())
def test_a_page_does_what_it_is_written_to_do_and_asks_for_nothing(opened, name):
    tab, asked, faults = opened(pages()[name])
    assert (tab.evaluate("window.refused"), asked, faults) == ([], [], [])
    assert tab.evaluate("getComputedStyle(document.querySelector('table')).borderCollapse") == "collapse"


def test_the_script_of_the_dashboard_runs(opened):
    tab, _, _ = opened(pages()["dashboard"])
    assert tab.locator("#controls").is_visible()


@pytest.mark.parametrize("name", ["report", "dashboard"])
def test_what_is_planted_in_a_page_neither_runs_nor_asks(opened, name):
    tab, asked, _ = opened(pages()[name].replace("</main>", f"{''.join(PLANTED)}</main>"))
    tab.locator("#word").click()
    tab.evaluate("document.querySelector('form').requestSubmit()")
    wait_until(tab, f"{REFUSED}.every((what) => window.refused.includes(what))")
    assert tab.evaluate("window.planted") is None and asked == []


def test_without_its_policy_what_is_planted_runs(opened):
    """The fault that the policy is for, seen: else the test above would pass with a browser that runs nothing."""
    page = pages()["report"].replace("Content-Security-Policy", "none").replace("</main>", f"{PLANTED[0]}</main>")
    tab, _, _ = opened(page)
    assert tab.evaluate("window.planted") == 1


def test_words_of_a_title_stay_words():
    assert escape("</title><script>") in document("</title><script>", [])


LONG = "More than ten unexcused days in a row, of all children on any roll of the district"
WIDE = pd.DataFrame({"Rule": ["a"], "Why": ["needs a calendar"], **{f"Number {number}": [1] for number in range(9)}})


@pytest.mark.parametrize("width", [390, 1280])
def test_labels_and_captions_are_cut_on_no_screen_and_heads_stand_over_their_words(opened, width):
    parts = [bars([Bar(LONG, 1.0, "1")], "Made", "Made"), html_table(WIDE, list(WIDE), LONG)]
    tab, _, _ = opened(document("Made", parts))
    tab.set_viewport_size({"width": width, "height": 800})
    for part in (".label", "caption span"):
        box = tab.locator(part).bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= width, part
        assert tab.locator(part).evaluate("one => one.scrollWidth <= one.clientWidth + 1"), part
    assert tab.evaluate("document.documentElement.scrollWidth") == width
    sides = tab.locator("thead th").evaluate_all("heads => heads.map(head => getComputedStyle(head).textAlign)")
    assert sides == ["left", "left", *["right"] * 9]
