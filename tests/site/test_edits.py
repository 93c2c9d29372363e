"""Whatever is edited, moved, interrupted or doubled: the next build in order is, byte by byte, what a clean one writes.

Each edit meets what one good build of a small book has kept. The site is then compared with that of a build from
nothing: no file may differ. Builds that fail or are interrupted publish nothing: the last good site stays as it was.
"""

from __future__ import annotations

import csv
import fcntl
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import Book
from tests.site.edits import COUNTED, MAP, PLAIN, READ, VARIABLE, write_book_of_edits
from tests.site.small_book import write_toc
from tests.site.test_build import different

Change = Callable[[Book], None]


def text(file: str, old: str, new: str) -> Change:
    """Return the change of a text that stands in a file."""
    return lambda book: book.change(file, old, new)


def cell(table: str, column: str, value: str, row: str | None = None) -> Change:
    """Return the change of a cell of a table: of its first row, or of the one with this id."""

    def change(book: Book) -> None:
        path = book.path(f"data/{table}.csv")
        with path.open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream))
        chosen = next(one for one in rows if row in (None, one["id"]))
        assert chosen[column] != value
        chosen[column] = value
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)

    return change


def all_of(*changes: Change) -> Change:
    """Return several changes as one."""
    return lambda book: [change(book) for change in changes] and None


def page(name: str, content: str | None) -> Change:
    """Return the change that a page is there with this text, or gone; the contents name the pages that are there."""

    def change(book: Book) -> None:
        path = book.path(f"{name}.md")
        path.unlink() if content is None else path.write_text(content, encoding="utf-8")
        write_toc(book.folder)

    return change


def renamed(book: Book) -> None:
    book.path(f"{PLAIN}.md").rename(book.path("chapters/edits/simple.md"))
    write_toc(book.folder)


def saved_with_its_old_date(file: str, old: str, new: str) -> Change:
    """Return a change of which neither the date nor the length of the file tells."""

    def change(book: Book) -> None:
        assert len(old) == len(new)
        before = book.path(file).stat()
        book.change(file, old, new)
        os.utime(book.path(file), ns=(before.st_atime_ns, before.st_mtime_ns))

    return change


def order_of_contents(book: Book) -> None:
    lines = book.path("_toc.yml").read_text(encoding="utf-8").splitlines(keepends=True)
    book.path("_toc.yml").write_text("".join(lines[:3] + lines[:2:-1]), encoding="utf-8")


def describe(book: Book) -> None:
    assert book.run(sys.executable, "-m", "evidence", "schema").returncode == 0


THEME = "evidence/site/theme"
EDITS: dict[str, Change] = {
    "a cell of data that a chapter shows": cell("practices", "name", "Strengthening trust"),
    "a fact in a sentence, on a card, in an output": all_of(
        cell("facts", "value", "189", "register-out-2012"), cell("facts", "as_reported", "189", "register-out-2012")
    ),
    "the name of a place": cell("places", "name", "Aqmola", "akmola"),
    "another name of a place": cell("places", "aliases", "Tselinograd", "akmola"),
    "the name of an indicator": cell("indicators", "name", "Children not back", "register-out"),
    "the name of a group": cell("groups", "name", "Pupils", "adolescents"),
    "the name of a theme": cell("themes", "name", "Presence", "attendance"),
    "the year of a document": cell("sources", "year", "2014", "antonowicz2013oosc"),
    "the name of a document": cell("sources", "short_name", "Study of absence", "antonowicz2013oosc"),
    "what a document is about": cell("sources", "subject", "Absence", "antonowicz2013oosc"),
    "the page that lines stand on": cell("pages", "page", "99", "antonowicz2013oosc-p022"),
    "a row of the glossary": cell("glossary", "definition", "Papers that are asked for"),
    "a row of the thesaurus": cell("thesaurus", "english", "absence;truancy"),
    "a statement": cell("findings", "statement", "The project entered a phase of speed."),
    "the label of a calculation": cell("calculations", "label", "Rural children, counted twice"),
    "the inputs of a calculation": text("data/calculations.csv", "/dysfunctional_n", "/low_income_n"),
    "a recommendation": cell("recommendations", "statement", "Assess what can be evaluated"),
    "a second reading": cell("readings", "read_by", "second"),
    "a cell of a printed table": cell("tables/antonowicz2013oosc_regions", "registered_2011_12", "101"),
    "the title of an exhibit": cell("exhibits", "title", "Regions are not alike", "small-chart"),
    "an entry of the bibliography": text("references.bib", "dropping-out", "leaving"),
    "the bibliography, with its old date": saved_with_its_old_date("references.bib", "dropping-out", "pushing-away"),
    "the label of a column": text("data/fields.toml", 'label = "Of whom"', 'label = "Of which"'),
    "what a table is called": all_of(text("data/fields.toml", 'title = "Facts', 'title = "Figures'), describe),
    "the title of a chapter": text(f"{PLAIN}.md", "# Plain", "# Simple"),
    "a sentence": text(f"{PLAIN}.md", "Words,", "Other words,"),
    "a sentence, with its old date": saved_with_its_old_date(f"{PLAIN}.md", "Words,", "Terms,"),
    "a renamed page": all_of(text("index.md", "counted", "counted"), renamed),
    "a removed page": page(MAP, None),
    "an added page": page("chapters/edits/added", "# Added\n\n{fact}`register-out-2012` children.\n"),
    "a removed exhibit": text(f"{READ}.md", 'exhibit("small-table", load("practices")[["name", "country"]])', "1 + 1"),
    "a chart that is a table now": text(
        f"{COUNTED}.md", 'exhibit("small-chart", bars, data=', 'exhibit("small-chart", '
    ),
    "an exhibit on another page": all_of(
        text(f"{READ}.md", 'exhibit("small-table", load("practices")[["name", "country"]])', "1 + 1"),
        text(f"{COUNTED}.md", "year = 2012", 'exhibit("small-table", load("practices")[["name"]])\nyear = 2012'),
    ),
    "the code of a cell": text(f"{COUNTED}.md", ".head(4)", ".head(5)"),
    "the tag of a cell": text(f"{COUNTED}.md", ":tags: [hide-input]", ":tags: [remove-input]"),
    "the metadata of a cell": text(f"{READ}.md", ":tags: [hide-input]", ":tags: [hide-input]\n:name: named"),
    "the head of a page": text(f"{PLAIN}.md", "# Plain", "---\ndescription: What is plain.\n---\n# Plain"),
    "a file that a cell reads": text("chapters/edits/notes.txt", "as noted", "as noted later"),
    "a folder that a cell lists": lambda book: book.path("chapters/edits/more.txt").write_text("") and None,
    "a module beside a chapter": saved_with_its_old_date("chapters/edits/beside.py", "as imported", "as improved"),
    "a module that helps chapters": text("evidence/exhibits/exhibit.py", 'f"base: {', 'f"basis: {'),
    "a module of the site": text("evidence/site/records/registers.py", '"Record details"', '"Details"'),
    "the template of pages": text(f"{THEME}/layout.html", "</main>", "<p>Below.</p></main>"),
    "the style": text(f"{THEME}/style/base.css", "body", "body, .planted"),
    "a script": text(f"{THEME}/script/book/start.js", "\n", '\nconsole.log("planted");\n'),
    "a file of the theme": text(f"{THEME}/static/icon.svg", "</svg>", "<desc>Planted</desc></svg>"),
    "the title of the book": text("_config.yml", "Kazakhstan, the evidence", "Kazakhstan, the data"),
    "the address of the book": text("_config.yml", 'baseurl: ""', 'baseurl: "https://book.example/kz"'),
    "the link to the repository": text("_config.yml", 'repository: ""', 'repository: "https://code.example/kz"'),
    "the links of the header": text("_config.yml", "Data: ", "Figures: "),
    "the order of the contents": order_of_contents,
    "a short title in the contents": text("_toc.yml", f"file: {PLAIN}", f"file: {PLAIN}\n    title: Simple"),
    "the locked versions": text("requirements.txt", "\n", "\n# planted\n"),
}


def sources(book: Book) -> list[str]:
    """Return the files that a book is made from."""
    found = [path for path in book.folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    return sorted(str(path.relative_to(book.folder)) for path in found if "_build" not in path.parts)


class Edited:
    """A book that has been built, to edit; ``original`` are its files as they were, with their dates."""

    def __init__(self, book: Book):
        self.book = book
        self.original = {file: (book.path(file).read_bytes(), book.path(file).stat()) for file in sources(book)}
        self.build, self.first = book.folder / "_build", book.folder.with_name("first")
        self.site = self.build / "html"
        self.build_in_order()
        shutil.copytree(self.build, self.first)

    def restore(self) -> Path:
        """Put back every file, and what a build keeps, as they were; return the site of that time."""
        for file in sources(self.book):
            if file not in self.original:
                self.book.path(file).unlink()
        for file, (content, about) in self.original.items():
            path = self.book.path(file)
            if not path.is_file() or path.read_bytes() != content:
                path.write_bytes(content)
            os.utime(path, ns=(about.st_atime_ns, about.st_mtime_ns))
        shutil.rmtree(self.build)
        shutil.copytree(self.first, self.build)
        return self.first / "html"

    def build_in_order(self) -> None:
        run = self.book.build()
        assert run.returncode == 0, run.output

    def compare(self) -> list[str]:
        """Return in which files the site differs from that of a build from nothing."""
        made = self.build.rename(self.book.folder.with_name("made"))
        try:
            self.build_in_order()
            return different(made / "html", self.site)
        finally:
            shutil.rmtree(made)


@pytest.fixture(scope="module")
def edited(tmp_path_factory) -> Iterator[Edited]:
    book = Book(tmp_path_factory.mktemp("edits") / "book", write_book_of_edits).keep_warm()
    yield Edited(book)
    book.close()


@pytest.mark.parametrize("name", EDITS)
def test_after_an_edit_the_site_is_what_a_clean_build_writes(edited, name):
    before = edited.restore()
    EDITS[name](edited.book)
    edited.build_in_order()
    assert different(before, edited.site), "the edit shows nowhere"
    assert edited.compare() == []


# --- what is no edit of a file ---------------------------------------------------------------


def test_a_variable_of_the_environment_that_a_cell_reads_counts(edited, monkeypatch):
    edited.restore()
    monkeypatch.setenv(VARIABLE, "as set")
    edited.build_in_order()
    assert "as set" in edited.book.page(f"{READ}.html")
    assert edited.compare() == []  # and a clean build takes its place
    monkeypatch.delenv(VARIABLE)
    edited.build_in_order()
    assert "as set" not in edited.book.page(f"{READ}.html")


def test_dates_alone_change_nothing(edited):
    edited.restore()
    for file in edited.original:
        os.utime(edited.book.path(file), (1, 1))
    edited.build_in_order()
    assert edited.compare() == []


def test_a_folder_that_was_moved_or_copied_is_built_as_it_is(edited, tmp_path):
    edited.restore()
    moved = Book(tmp_path / "moved", lambda to: shutil.copytree(edited.book.folder, to, dirs_exist_ok=True))
    NEW(moved)
    run = moved.build()
    assert run.returncode == 0, run.output
    NEW(edited.book)
    edited.build_in_order()
    assert different(edited.site, moved.path("_build/html")) == []
    assert edited.compare() == []


# --- builds that were stopped, that failed, that met another ---------------------------------

NEW = EDITS["a fact in a sentence, on a card, in an output"]
KILL = """
import importlib, time
module = importlib.import_module("evidence.site.{module}")
main_process, as_ever, only_in_forks = os.getpid(), module.{name}, {only_in_forks}
def stop(*given, **named):
    if only_in_forks and os.getpid() == main_process:
        return as_ever(*given, **named)
    os.kill(main_process, signal.SIG{how})
    time.sleep(9)
module.{name} = stop
"""


def killed(module: str, name: str, how: str = "KILL", only_in_forks: bool = False) -> str:
    """Return what ends a build when it comes to a function of the site."""
    return KILL.format(how=how, module=module, name=name, only_in_forks=only_in_forks)


FULL = """
import resource
resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, {size}))
"""
INTERRUPTIONS = {  # what is planted in the package for one build
    "killed before pages are read": killed("engine.execution", "forks.Runs"),
    "killed while chapters run": killed("engine.execution", "Results.put"),
    "killed while pages are read": killed("search.index", "note_page"),
    "killed while pages are written": killed("pages", "add_parts"),
    "killed while its forks write pages": killed("pages", "add_parts", only_in_forks=True),
    "interrupted while pages are written": killed("pages", "add_parts", "INT"),
    "terminated while pages are written": killed("pages", "add_parts", "TERM"),
    "killed while pictures are drawn": killed("figures", "draw_pictures"),
    "killed while the search is written": killed("search.index", "script"),
    "killed while downloads are written": killed("downloads", "csv_text"),
    "killed before it is published": killed("engine.publishing", "publish"),
    "a full disk while chapters run": FULL.format(size=200),
    "a full disk while pages are written": FULL.format(size=30_000),
    "a full disk while the search is written": FULL.format(size=120_000),
}


@pytest.fixture(scope="module")
def after(edited, tmp_path_factory) -> Path:
    """Return the site of a clean build after the edit that interrupted builds were to show."""
    edited.restore()
    NEW(edited.book)
    edited.build_in_order()
    assert edited.compare() == []
    return Path(shutil.copytree(edited.site, tmp_path_factory.mktemp("after") / "html"))


@pytest.mark.parametrize("how", INTERRUPTIONS)
def test_after_an_interruption_nothing_is_published_and_the_next_build_is_right(edited, after, how):
    before = edited.restore()
    NEW(edited.book)
    assert edited.book.build(first=INTERRUPTIONS[how]).returncode != 0
    assert different(before, edited.site) == [], "something was published"
    edited.build_in_order()
    assert different(after, edited.site) == []


def test_publishing_that_was_stopped_is_done_again(edited, after):
    edited.restore()
    NEW(edited.book)
    stop = killed("engine.publishing", "copy")
    assert edited.book.build(first=stop).returncode != 0
    edited.build_in_order()
    assert different(after, edited.site) == []


FAULTS = {
    "a failing cell": text(f"{READ}.md", "import sys", "1 / 0"),
    "a cell that kills itself": text(f"{READ}.md", "import sys", "os.kill(os.getpid(), 9)"),
    "a warning": text(f"{PLAIN}.md", "Words,", "{nosuchrole}`x`"),
    "a fact that is not there": text(f"{COUNTED}.md", "`register-out-2012`", "`register-out-2021`"),
    "a row of an unknown document": cell("findings", "source", "nobody"),
    "a byte order mark": lambda book: (
        book.path(f"{READ}.md").write_bytes(b"\xef\xbb\xbf" + book.path(f"{READ}.md").read_bytes()) and None
    ),
    "settings that are no YAML": text("_config.yml", "html:", "html: ["),
    "a module that is no Python": text("evidence/figures/formulas.py", "\n", "\ndef f(:\n"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_failed_build_publishes_nothing_and_leaves_nothing_that_the_next_believes(edited, after, fault):
    before = edited.restore()
    NEW(edited.book)
    FAULTS[fault](edited.book)
    for _ in range(2):
        run = edited.book.build()
        assert run.returncode == 1 and "Traceback" not in run.output
        assert different(before, edited.site) == [], "something was published"
    edited.restore()
    NEW(edited.book)
    edited.build_in_order()
    assert different(after, edited.site) == []


def test_of_two_builds_at_once_one_is_refused_and_the_other_is_right(edited, after):
    before = edited.restore()
    NEW(edited.book)
    with (edited.build / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        run = edited.book.build()
        assert run.returncode == 1 and "another build is writing" in run.output
        assert different(before, edited.site) == []
    edited.build_in_order()
    assert different(after, edited.site) == []
