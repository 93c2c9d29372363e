"""Attacks planted into every text of a book are refused by name, and without that guard they are only words."""

from __future__ import annotations

import json
import re
import shutil
import sys
from xml.etree import ElementTree

import bibtexparser
import pytest

from evidence.checks.markup import shown_columns
from evidence.data import store
from evidence.site import assets, citing
from tests.conftest import Book
from tests.site import attacked, planted
from tests.site.small_book import ABOUT, COUNTS, RECORDS

REFUSED = """
import json, sys
from evidence.data import store
from evidence.checks import markup
problems = store.check() or markup.problems()
print(json.dumps([[problem.file, problem.column] for problem in problems]))
"""
UNGUARDED = """
import evidence.site
from evidence.site import safety
evidence.site.check_data = lambda app: None
safety.refuse_markup = lambda app: None
"""
FORMED = {"as_of", "date", "period", "due", "measured_on"}  # columns of dates: any other text is refused
PLACE = re.compile(r"concat\((?:&#?\w+;|\W)([\w.\-/]+)")  # after a quote as HTML, or as it stands


def refused(book: Book) -> set[tuple[str, str]]:
    """Return file and column of what the checks refuse: cells of the wrong form, or where there are none markup."""
    run = book.run(sys.executable, "-c", REFUSED)
    return {(file, column) for file, column in json.loads(run.stdout)}


@pytest.fixture(scope="module")
def attempts(tmp_path_factory):
    """Return a book with attacks in all its texts, built without the guard, and what the checks refuse of it."""
    book = Book(tmp_path_factory.mktemp("attacked") / "book")
    whole, columns = book.folder.parent / "data", planted.free_columns()
    shutil.copytree(book.path("data"), whole)
    planted.plant_tables(book.path("data"), columns)
    formed = refused(book)
    names = {resource["path"]: name for name, resource in store.schema().items()}
    for file, column in formed:
        columns[names[file]].remove(column)
    shutil.rmtree(book.path("data"))
    shutil.copytree(whole, book.path("data"))
    places = planted.plant_tables(book.path("data"), columns)
    markup = refused(book)
    planted.plant_bibliography(book.path("references.bib"))
    planted.plant_settings(book.folder)
    run = book.build(first=UNGUARDED)
    assert run.returncode == 0, run.output
    return book, formed, markup, places


@pytest.fixture
def site(attempts):
    return attempts[0].path("_build/html")


def test_every_cell_with_an_attack_is_refused_by_its_column(attempts):
    _, formed, markup, places = attempts
    assert formed and {column for _, column in formed} <= FORMED
    shown = {f"{table}.{column}" for table, resource in store.schema().items() for column in shown_columns(resource)}
    files = {name: resource["path"] for name, resource in store.schema().items()}
    wanted = {(files[place.partition(".")[0]], place.partition(".")[2]) for place in places & shown}
    assert len(wanted) > 150 and markup == wanted


def test_the_attacks_have_reached_pages_and_files(attempts, site):
    _, _, _, places = attempts
    pages = {place for path in site.rglob("*.html") for place in PLACE.findall(path.read_text(encoding="utf-8"))}
    files = {place for text in attacked.tables_of(site).values() for place in PLACE.findall(text)}
    assert files >= places and len(places) > 150
    assert len(pages & places) > 100
    others = {"settings.title", "settings.author", "settings.menu", f"contents.{COUNTS}", "contents.caption"}
    assert pages >= others | {"page.counts", "bibliography.title", "bibliography.author"}


def test_on_no_page_an_attack_runs_or_leads_to_what_runs(site):
    own = {assets.first_script(), ""}
    pages = {str(path.relative_to(site)): path.read_text(encoding="utf-8") for path in site.rglob("*.html")}
    assert len(pages) > 10
    assert {name: found for name, text in pages.items() if (found := attacked.Page(text, own).faults)} == {}


def test_in_no_file_a_cell_is_a_formula(site):
    tables = attacked.tables_of(site)
    assert len(tables) > 80 and any("'=HYPERLINK(" in text for text in tables.values())
    assert {name: found for name, text in tables.items() if (found := attacked.formulas_in(text))} == {}


def test_other_files_are_what_they_say_they_are(site):
    for path in site.rglob("*.json"):
        json.loads(path.read_text(encoding="utf-8"))
    for path in site.rglob("*.svg"):
        tree = ElementTree.fromstring(path.read_text(encoding="utf-8"))
        names = [element.tag.rpartition("}")[2] for element in tree.iter()]
        assert not {"script", "foreignObject", "a", "image"} & set(names)
        assert not [key for element in tree.iter() for key in element.attrib if key.startswith("on")]
    for path in site.glob("exhibits/*.bib"):
        (entry,) = bibtexparser.parse_file(str(path)).entries
        assert [field.key for field in entry.fields] == ["author", "year", "title", "howpublished", "note"]
    for path in site.glob("exhibits/*.ris"):
        lines = path.read_bytes().decode().split(citing.LINE)
        assert [line[:6] for line in lines if line] == [f"{tag}  - " for tag in "TY AU PY TI T2 ET N1 ER".split()]


def test_a_line_of_a_text_begins_no_field_of_a_citation():
    assert citing.one_line("A title\nUR  - http://example.org") == "A title UR - http://example.org"
    assert "\n" not in citing.tex("A title}\n}\n@misc{other,")


def test_in_a_browser_no_attack_runs_even_without_the_policy(site, browser):
    context = browser.new_context(bypass_csp=True)
    tab, faults = context.new_page(), []
    tab.on("pageerror", lambda error: faults.append(str(error)))
    tab.on("dialog", lambda dialog: faults.append(dialog.message))
    further = re.compile(r"records-\d\d")  # pages that continue a list, of which some are enough
    for path in (path for path in site.rglob("*.html") if not further.match(path.name)):
        tab.goto(path.as_uri())
        assert tab.evaluate("window.planted") is None, path
    tab.goto((site / f"{ABOUT}.html").as_uri())
    tab.locator("main p a.record").first.evaluate("link => link.click()")  # the header of long words is in the way
    tab.locator("#card:popover-open").wait_for()
    tab.goto(f"{(site / 'search.html').as_uri()}?q=children")
    tab.locator("#search-results ol a").first.wait_for()
    tab.goto((site / f"{RECORDS}.html").as_uri())
    for opened in tab.locator("main details > summary").all()[:20]:
        opened.evaluate("summary => summary.click()")
    assert tab.evaluate("window.planted") is None and faults == []
    context.close()
