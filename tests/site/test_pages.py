"""Every built page: links, anchors, ids, metadata, weight, and nothing from another host."""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from collections.abc import Callable
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from evidence.site.search.shelves import PIECES
from tests.conftest import SITE, site_pages
from tests.site.waiting import wait_until

PAGES = site_pages()
TEXT_PAGE_KIB, EXHIBIT_PAGE_KIB, MAX_REQUESTS = 130, 180, 18  # without fonts, which a reader loads once
SEARCH_KIB = {"first": 136, "rest": 640}  # the index: what is loaded before the first result, and after it
MAX_BYTES, MAX_ELEMENTS = 300_000, 3_000
FONTS_KIB = 60  # of a page in English, which asks for the faces with Latin letters
LOADING = {
    "script": "src",
    "link": "href",
    "img": "src",
    "iframe": "src",
    "source": "src",
    "video": "src",
    "object": "data",
}
LOADED_LINKS = {"stylesheet", "icon", "preload", "modulepreload", "manifest"}


class Reader(HTMLParser):
    """Collects what a page loads, links to, names and says about itself."""

    def __init__(self):
        super().__init__()
        self.loads, self.links, self.ids, self.meta, self.title = [], [], [], {}, ""
        self.elements = 0
        self.charts, self.unlabelled, self._in_title, self._in_template = 0, [], False, 0

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.elements += not self._in_template
        if tag == "template":
            self._in_template += 1
        if "id" in given and not self._in_template:
            self.ids.append(given["id"])
        if tag in LOADING and given.get(LOADING[tag]) and given.get("loading") != "lazy":
            if tag != "link" or set(given.get("rel", "").split()) & LOADED_LINKS:
                self.loads.append(given[LOADING[tag]])
        if tag == "a" and given.get("href"):
            self.links.append(given["href"])
        if tag == "meta" and "content" in given:
            self.meta[given.get("name") or given.get("property")] = given["content"]
        if given.get("class") == "chart":
            self.charts += 1
            if not given.get("aria-label"):
                self.unlabelled.append(self.getpos())
        if tag == "img" and "alt" not in given:  # one that is empty is of a picture beside its words
            self.unlabelled.append(self.getpos())
        self._in_title = tag == "title"

    def handle_endtag(self, tag):
        if tag == "template":
            self._in_template -= 1

    def handle_data(self, data):
        if self._in_title:
            self.title += data
            self._in_title = False


def parsed(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    return reader


@cache
def read(page: str) -> Reader:
    return parsed((SITE / page).read_text(encoding="utf-8"))


def outside(reader: Reader) -> list[str]:
    """Return what a page loads from another host."""
    return [url for url in reader.loads if urlsplit(url).scheme or url.startswith("//")]


@cache
def compressed(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), 9))


def found_on_pages(look: Callable[[str], object]) -> dict[str, object]:
    """Return what is wrong with each page of which something is: what a function of the page finds."""
    return {page: found for page in PAGES if (found := look(page))}


def test_the_site_is_built():
    assert len(PAGES) > 10, "run 'make site'"


def test_no_page_loads_anything_from_another_host():
    assert found_on_pages(lambda page: outside(read(page))) == {}


@pytest.mark.parametrize(
    "planted",
    [
        '<script src="https://example.org/x.js"></script>',
        '<link rel="stylesheet" href="//example.org/x.css">',
        '<img src="http://example.org/x.png" alt="x">',
    ],
)
def test_a_planted_request_to_another_host_is_found(planted):
    assert outside(parsed(planted))


@pytest.mark.parametrize("planted", ['<div class="chart" role="img"></div>', '<img src="x.png">'])
def test_a_planted_picture_without_alternative_is_found(planted):
    assert parsed(planted).unlabelled


def broken_links(page: str) -> list[str]:
    """Return the links of a page that lead to no page of the site, or to no anchor on it."""
    broken = []
    for link in read(page).links:
        parts = urlsplit(link)
        if parts.scheme or parts.netloc:
            continue
        target = (SITE / page).parent / unquote(parts.path) if parts.path else SITE / page
        if not target.is_file():
            broken.append(link)
        elif parts.fragment and target.suffix == ".html":
            name = str(target.resolve().relative_to(SITE.resolve()))
            if unquote(parts.fragment) not in read(name).ids:
                broken.append(link)
    return broken


def test_links_lead_to_a_page_and_an_anchor_that_exist():
    assert found_on_pages(broken_links) == {}


def test_ids_are_unique():
    assert found_on_pages(lambda page: [one for one, count in Counter(read(page).ids).items() if count > 1]) == {}


def is_named(reader: Reader) -> bool:
    """Return whether a page has a title and a description of the right length."""
    described = 40 <= len(reader.meta["description"]) <= 200
    return bool(reader.title.strip()) and described and reader.meta["og:title"] == reader.title.replace("\n", " ")


def test_every_page_says_what_it_is():
    assert [page for page in PAGES if not is_named(read(page))] == []


def test_titles_and_descriptions_differ():
    titles = [read(page).title for page in PAGES]
    assert len(set(titles)) == len(titles)


def test_every_chart_has_a_text_alternative():
    assert found_on_pages(lambda page: read(page).unlabelled) == {}


def test_addresses_have_hyphens():
    assert [page for page in PAGES if not re.fullmatch(r"(?:[a-z_]+/)*[a-z0-9-]+\.html", page)] == []


def too_heavy(page: str) -> str:
    """Return how much too much a page loads, "" if it keeps to its weight and its number of requests."""
    reader = read(page)
    files = {((SITE / page).parent / url.split("?")[0]).resolve() for url in reader.loads}
    total = compressed(SITE / page) + sum(compressed(path) for path in files)
    limit = EXHIBIT_PAGE_KIB if reader.charts or page == "search.html" else TEXT_PAGE_KIB
    is_light = total <= limit * 1024 and len(files) + 1 <= MAX_REQUESTS
    return "" if is_light else f"{total / 1024:.0f} KiB of {limit}, {len(files) + 1} requests of {MAX_REQUESTS}"


def test_pages_keep_to_their_weight():
    assert found_on_pages(too_heavy) == {}


def scripts_of(shelf: str) -> list[Path]:
    """Return the scripts that hand a shelf of the search over."""
    return [SITE / f"search/{name}.js" for name in ([shelf] if shelf == "first" else [shelf, *PIECES])]


@pytest.mark.parametrize("shelf", SEARCH_KIB)
def test_the_index_of_the_search_keeps_to_its_weight(shelf):
    assert sum(map(compressed, scripts_of(shelf))) <= SEARCH_KIB[shelf] * 1024


@pytest.mark.parametrize("shelf", SEARCH_KIB)
def test_a_result_of_the_search_leads_to_a_place_that_exists(shelf):
    held = {}
    for path in scripts_of(shelf):
        text = path.read_text(encoding="utf-8")
        held |= json.loads(text[text.index("push(") + 5 : text.rindex(")")])
    places = [address.split("#") for address in held["addresses"].split("\n")]
    pages = [(held["pages"][int(page)], anchor) for page, anchor in places]
    assert not [(page, anchor) for page, anchor in pages if anchor and anchor not in read(page).ids]


def too_large(page: str) -> str:
    """Return by what a page is larger than what a phone loads at ease, "" if it is not."""
    size, elements = (SITE / page).stat().st_size, read(page).elements
    is_small = size <= MAX_BYTES and elements <= MAX_ELEMENTS
    return "" if is_small else f"{size:,} bytes, {elements:,} elements: more pages for its list, or fewer rows"


def test_pages_keep_to_their_size_and_their_elements():
    assert found_on_pages(too_large) == {}


def test_a_page_that_is_too_large_is_seen():
    assert parsed("<p>x</p>" * 7 + "<template><p>x</p></template>").elements == 8


def test_fonts_keep_to_their_weight():
    fonts = list((SITE / "_static/vendor").glob("*-latin.woff2"))
    assert len(fonts) == 2 and sum(path.stat().st_size for path in fonts) <= FONTS_KIB * 1024


def test_a_page_asks_for_the_letters_it_has_and_no_others(browser, address):
    """Latin on every page; Cyrillic where it has some; the other letters of Kazakh with the search for one."""
    tab = browser.new_page()
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    tab.goto(f"{address}chapters/education/register.html", wait_until="networkidle")
    assert {name for name in asked if name.endswith("woff2")} == {"sans-latin.woff2", "serif-latin.woff2"}
    tab.evaluate("document.querySelector('h1').textContent = 'Әр бала, Қазақстан'")
    wait_until(tab, "document.fonts.check('600 20px \"Evidence Serif\"', 'ӘҚр')")
    assert {"serif-cyrillic.woff2", "serif-cyrillic-ext.woff2"} <= set(asked)
    tab.close()


def test_every_exhibit_has_its_files():
    files = [(SITE / page).parent / link for page in PAGES for link in read(page).links if "exhibits/" in link]
    assert {".csv", ".json", ".svg", ".png", ".bib", ".ris", ".html"} == {path.suffix for path in files}
    assert not [path for path in files if not path.is_file()]


def test_no_page_carries_the_path_of_a_machine():
    home = str(SITE.parents[1])
    assert not [
        path for path in SITE.rglob("*") if path.suffix in (".html", ".js", ".json") and home in path.read_text("utf-8")
    ]


@pytest.mark.parametrize("table", ["facts", "findings"])
def test_the_first_page_of_a_register_by_document_has_the_files_of_all_of_them(table):
    page = (SITE / f"chapters/reference/{table}.html").read_text(encoding="utf-8")
    for kind in ("csv", "json"):
        assert f'href="../../data/{table}.{kind}" download' in page
        assert (SITE / f"data/{table}.{kind}").stat().st_size > 0
