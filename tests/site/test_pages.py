"""Every built page: links, anchors, ids, metadata, weight, and nothing from another host."""

from __future__ import annotations

import gzip
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from tests.conftest import SITE, site_pages
from tests.site.waiting import wait_until

PAGES = site_pages()
TEXT_PAGE_KIB, EXHIBIT_PAGE_KIB, MAX_REQUESTS = 130, 180, 18  # without fonts, which a reader loads once
SEARCH_KIB = {"first": 128, "rest": 640}  # the index: what is loaded before the first result, and after it
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


def read(page: str) -> Reader:
    return parsed((SITE / page).read_text(encoding="utf-8"))


def outside(reader: Reader) -> list[str]:
    """Return what a page loads from another host."""
    return [url for url in reader.loads if urlsplit(url).scheme or url.startswith("//")]


def compressed(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), 9))


READERS = {page: read(page) for page in PAGES}


def test_the_site_is_built():
    assert len(PAGES) > 10, "run 'make site'"


@pytest.mark.parametrize("page", PAGES)
def test_page_loads_nothing_from_another_host(page):
    assert not outside(READERS[page])


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


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_to_a_page_and_an_anchor_that_exist(page):
    broken = []
    for link in READERS[page].links:
        parts = urlsplit(link)
        if parts.scheme or parts.netloc:
            continue
        target = (SITE / page).parent / unquote(parts.path) if parts.path else SITE / page
        if not target.is_file():
            broken.append(link)
        elif parts.fragment and target.suffix == ".html":
            name = str(target.resolve().relative_to(SITE.resolve()))
            if unquote(parts.fragment) not in READERS[name].ids:
                broken.append(link)
    assert not broken


@pytest.mark.parametrize("page", PAGES)
def test_ids_are_unique(page):
    ids = READERS[page].ids
    assert sorted(set(ids)) == sorted(ids)


@pytest.mark.parametrize("page", PAGES)
def test_page_says_what_it_is(page):
    reader = READERS[page]
    assert reader.title.strip()
    assert 40 <= len(reader.meta["description"]) <= 200
    assert reader.meta["og:title"] == reader.title.replace("\n", " ")


def test_titles_and_descriptions_differ():
    titles = [reader.title for reader in READERS.values()]
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("page", PAGES)
def test_every_chart_has_a_text_alternative(page):
    assert not READERS[page].unlabelled


@pytest.mark.parametrize("page", PAGES)
def test_addresses_have_hyphens(page):
    assert re.fullmatch(r"(?:[a-z_]+/)*[a-z0-9-]+\.html", page)


@pytest.mark.parametrize("page", PAGES)
def test_page_keeps_to_its_weight(page):
    reader = READERS[page]
    files = {((SITE / page).parent / url.split("?")[0]).resolve() for url in reader.loads}
    total = compressed(SITE / page) + sum(compressed(path) for path in files)
    limit = EXHIBIT_PAGE_KIB if reader.charts or page == "search.html" else TEXT_PAGE_KIB
    assert total <= limit * 1024, f"{total / 1024:.0f} KiB of {limit}"
    assert len(files) + 1 <= MAX_REQUESTS


@pytest.mark.parametrize("shelf", SEARCH_KIB)
def test_the_index_of_the_search_keeps_to_its_weight(shelf):
    assert compressed(SITE / f"search/{shelf}.js") <= SEARCH_KIB[shelf] * 1024


@pytest.mark.parametrize("shelf", SEARCH_KIB)
def test_a_result_of_the_search_leads_to_a_place_that_exists(shelf):
    text = (SITE / f"search/{shelf}.js").read_text(encoding="utf-8")
    held = json.loads(text[text.index("push(") + 5 : text.rindex(")")])
    places = [address.split("#") for address in held["addresses"].split("\n")]
    pages = [(held["pages"][int(page)], anchor) for page, anchor in places]
    assert not [(page, anchor) for page, anchor in pages if anchor and anchor not in READERS[page].ids]


@pytest.mark.parametrize("page", PAGES)
def test_page_keeps_to_its_size_and_its_elements(page):
    """What a phone loads at ease: at most 300 KB of HTML, and 3,000 elements beside closed cards."""
    size = (SITE / page).stat().st_size
    assert size <= MAX_BYTES, f"{size:,} bytes: let its list go over more pages, or its tables have fewer rows"
    assert READERS[page].elements <= MAX_ELEMENTS, f"{READERS[page].elements:,} elements"


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
    files = [(SITE / page).parent / link for page in PAGES for link in READERS[page].links if "exhibits/" in link]
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
