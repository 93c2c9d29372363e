"""Every page as a browser meets it, in one visit: requests, errors, width, steadiness, accessibility, paper.

The page of an exhibit alone has no menu, and the chapter that shows the exhibit is looked at as wide as a desktop and
on paper: alone it is looked at as on a phone, and in the dark. From a folder one in so many of them is opened.
The pages are visited in parts, by all workers of a run (see ``tests.sharing``): one of each kind by ``make test``, the
others by ``make whole``.
"""

from __future__ import annotations

import time

import pytest

from tests.conftest import site_pages
from tests.sharing import PARTS
from tests.site.axe import MODES, violations
from tests.site.paper import broken_words, cut_off, on_paper
from tests.site.phone import too_small, unsaid
from tests.site.waiting import HANGS_S

PHONE, NARROW = {"width": 390, "height": 800}, {"width": 320, "height": 800}
MOVED = 0.1  # layout shift that a visit may have, as web vitals call it good
ALONE, ONE_IN = "exhibits/", 8
ONE_OF_EACH_KIND = {
    "404.html",
    "index.html",
    "search.html",
    "chapters/action/for-an-ngo.html",
    "chapters/child_protection/governance.html",
    "chapters/education/register.html",
    "chapters/methods/attendance-thresholds.html",
    "chapters/methods/listening-choices.html",
    "chapters/reference/architecture.html",
    "chapters/reference/bibliography.html",
    "chapters/reference/facts-covidgender2021.html",
    "chapters/sources/gurin2023tale.html",
    "chapters/subjects/bullying.html",
    "chapters/synthesis/evidence-map.html",
    "exhibits/agreement.html",
}
WATCH = """
window.moved = 0
window.refused = []
addEventListener("securitypolicyviolation", (event) => {
  window.refused.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`)
})
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.moved += entry.value
}).observe({ type: "layout-shift", buffered: true })
"""


class Visitor:
    """A tab of a phone, and what the page it is on has asked for and complained about."""

    def __init__(self, context):
        self.tab, self.asked, self.faults = context.new_page(), [], []
        self.tab.add_init_script(WATCH)
        self.tab.on("request", lambda request: self.asked.append(request.url))
        self.tab.on("console", lambda said: said.type in ("error", "warning") and self.faults.append(said.text))
        self.tab.on("pageerror", lambda error: self.faults.append(str(error)))

    def refused(self) -> list[str]:
        """Return what the browser has not loaded or run because the policy of the page does not allow it."""
        return self.tab.evaluate("window.refused")

    def visit(self, address: str) -> None:
        """Open a page as a phone would, and wait until its scripts have run."""
        self.tab.goto("about:blank")  # to lay out the page before once more takes longer
        self.asked.clear()
        self.faults.clear()
        self.tab.emulate_media(media="screen", color_scheme="light")
        self.tab.set_viewport_size(PHONE)
        self.tab.goto(address)


@pytest.fixture(scope="module")
def visitor(browser):
    context = browser.new_context()
    yield Visitor(context)
    context.close()


def cases() -> list:
    """Return every page as a case; all but one of each kind run with the whole book only."""
    return [pytest.param(page, marks=() if page in ONE_OF_EACH_KIND else pytest.mark.whole) for page in site_pages()]


def test_a_page_of_each_kind_is_there():
    assert set(site_pages()) >= ONE_OF_EACH_KIND


@pytest.mark.parametrize("page", cases())
def test_page(visitor, address, page):
    visitor.visit(address + page)
    moved = visitor.tab.evaluate("window.moved")
    on_phone = unsaid(visitor.tab) + too_small(visitor.tab)
    is_alone = page.startswith(ALONE)
    violated = violations(visitor.tab, ("phone", "dark") if is_alone else tuple(MODES))
    visitor.tab.set_viewport_size(NARROW)
    width = visitor.tab.evaluate("document.scrollingElement.scrollWidth")
    cut = [] if is_alone else cut_off(on_paper(visitor.tab)) + broken_words(visitor.tab)
    foreign = [url for url in visitor.asked if not url.startswith((address, "data:", "blob:"))]
    assert (visitor.refused(), violated, foreign, visitor.faults, on_phone, cut) == ([], [], [], [], [], [])
    assert width <= NARROW["width"] and moved <= MOVED


def from_a_folder() -> list[str]:
    """Return the pages that are opened from a folder: all but most pages of an exhibit alone."""
    alone = [page for page in site_pages() if page.startswith(ALONE)]
    return [page for page in site_pages() if page not in alone] + alone[::ONE_IN]


@pytest.mark.whole
@pytest.mark.parametrize("part", range(PARTS))
def test_pages_from_a_folder_ask_no_host_and_write_no_error(browser, site, part):
    context = browser.new_context()  # of its own: an icon may be asked for after its page
    visitor, start = Visitor(context), f"{site.as_uri()}/"
    for page in from_a_folder()[part::PARTS]:
        visitor.visit(start + page)
        assert not [url for url in visitor.asked if not url.startswith((start, "data:", "blob:"))], page
        assert not visitor.faults and not visitor.refused(), page
    context.close()


def test_letters_are_asked_for_before_the_styles_name_them(browser, address):
    context = browser.new_context()  # of its own: what another page has fetched is asked for otherwise
    visitor = Visitor(context)
    visitor.visit(address + "index.html")
    asked = visitor.tab.evaluate("performance.getEntriesByType('resource').map((one) => [one.name, one.initiatorType])")
    context.close()
    by = [(url.rpartition("/")[2].partition("?")[0], kind) for url, kind in asked]
    faces = sorted(one for one in by if one[0].endswith("-latin.woff2"))
    assert faces == [("sans-latin.woff2", "link"), ("serif-latin.woff2", "link")]


@pytest.mark.parametrize(
    ("planted", "seen"),
    [
        ("document.body.append(Object.assign(new Image(), {src: 'http://127.0.0.2:9/x.png', alt: ''}))", "asked"),
        ("console.error('planted')", "faults"),
        ("document.body.prepend(Object.assign(document.createElement('div'), {style: 'height: 500px'}))", "moved"),
    ],
)
def test_a_planted_fault_is_seen(visitor, address, planted, seen):
    visitor.visit(address + "index.html")
    before = len(visitor.asked)
    visitor.tab.evaluate(planted)
    is_seen = {
        "asked": lambda: len(visitor.asked) > before,
        "faults": lambda: "planted" in visitor.faults,
        "moved": lambda: visitor.tab.evaluate("window.moved") > MOVED,
    }[seen]
    end = time.monotonic() + HANGS_S
    while not is_seen():
        assert time.monotonic() < end, "the planted fault is not seen"
        visitor.tab.wait_for_timeout(50)
