"""What tests of the site's parts share: books of a few lines, built in this process."""

from __future__ import annotations

import functools
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace

from tests.conftest import Book
from tests.site import axe
from tests.site.edits import write_book_of_edits
from tests.site.edits.built import Edited

EXTENSIONS = ["myst_parser", "sphinxcontrib.bibtex", "tests.site.small"]
COLOUR = re.compile(r"\x1b\[[\d;]*m")


class SmallBook(NamedTuple):
    """A book that has been built: its Sphinx application, what it warned of, its folder of pages."""

    app: Sphinx
    warnings: str
    output: Path

    @property
    def domain(self):
        return self.app.env.get_domain("evidence")

    def page(self, name: str) -> str:
        return (self.output / f"{name}.html").read_text(encoding="utf-8")


def build_small_book(folder: Path, pages: dict[str, str], bibliography: str = "", **settings) -> SmallBook:
    """Return a book of pages (text by file name; ``index.md`` is the front), built in a folder."""
    source, output = folder / "source", folder / "output"
    others = "\n".join(name.rpartition(".")[0] for name in pages if name != "index.md")
    front = pages.get("index.md", "# Front\n") + f"\n```{{toctree}}\n{others}\n```\n"
    for name, text in (pages | {"index.md": front}).items():
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_text(text, encoding="utf-8")
    (source / "references.bib").write_text(bibliography, encoding="utf-8")
    given = {"extensions": EXTENSIONS, "html_theme": "basic", "bibtex_bibfiles": ["references.bib"]} | settings
    given["templates_path"] = [str(Path(__file__).parent / "templates")]
    warnings = io.StringIO()
    with docutils_namespace():
        app = Sphinx(source, None, output, folder / "doctrees", "html", given, status=None, warning=warnings)
        app.build()
    return SmallBook(app, COLOUR.sub("", warnings.getvalue()), output)


@pytest.fixture
def small_book(tmp_path):
    """Return a function that builds a book of pages (text by file name; ``index.md`` is the front)."""
    return functools.partial(build_small_book, tmp_path)


@pytest.fixture(scope="session", autouse=True)
def what_axe_has_passed(tmp_path_factory, worker_id) -> None:
    """Let the workers of a run tell each other what axe has found nothing wrong in."""
    own = tmp_path_factory.getbasetemp()
    axe.passed.share((own if worker_id == "master" else own.parent) / "passed-by-axe.txt")


@pytest.fixture(scope="session")
def edited(tmp_path_factory) -> Iterator[Edited]:
    """Return the book of edits, built; a test begins with ``restore``."""
    book = Book(tmp_path_factory.mktemp("edits") / "book", write_book_of_edits).keep_warm()
    yield Edited(book)
    book.close()


@pytest.fixture(params=["served", "folder"])
def start(request, site, address) -> str:
    """Return where the site begins: an address that is served, and the folder itself."""
    return address if request.param == "served" else f"{site.as_uri()}/"


@pytest.fixture(scope="module")
def desk(browser):
    """Return a desktop whose tabs are opened and closed by tests: to set one up takes longer than a page.

    It keeps nothing from one test to the next: what would, needs a context of its own.
    """
    context = browser.new_context(viewport={"width": 1300, "height": 900}, accept_downloads=True)
    yield context
    kept = context.storage_state()
    context.close()
    assert kept == {"cookies": [], "origins": []}, "a test has left something to those that follow"


@pytest.fixture
def tab(desk):
    """Return a page of a browser on which no script may fail; ``faults`` are what it says on the console."""
    page = desk.new_page()
    page.faults = []
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    page.on("console", lambda said: page.faults.append(said.text) if said.type == "error" else None)
    yield page
    for opened in desk.pages:
        opened.close()
    assert not page.faults
