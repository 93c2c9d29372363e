"""A change shows at once, however it comes, and nothing is done again without one."""

from __future__ import annotations

import os
import shutil
from contextlib import ExitStack
from pathlib import Path

import pytest

from evidence.site.unbroken import SPACE
from tests.conftest import Book
from tests.site.small_book import (
    ABOUT,
    COUNTS,
    FACTS,
    NEW_FACT,
    PRACTICES,
    RECORDS,
    different,
    out_of_date,
    ran,
)


def test_nothing_is_read_or_run_again_without_a_change(book):
    assert book.build().returncode == 0
    run = book.build("--verbose")
    assert run.returncode == 0 and ran(run) == 0
    assert "0 added, 0 changed, 0 removed" in run.output and "no targets are out of date" in run.output


def test_a_changed_cell_of_data_shows_everywhere_and_runs_only_what_read_it(book):
    assert len(out_of_date(book)) == 5
    with book.changed(NEW_FACT[1]):
        run = book.build("--verbose")
        assert run.returncode == 0 and ran(run) == 1, "one chapter reads the table of practices"
        with book.changed(NEW_FACT[0]):
            assert book.build().returncode == 0
            assert out_of_date(book) == []
    assert book.build().returncode == 0


OFF = {  # a part of the mechanism switched off: what then stays as it was
    "evidence.site.engine.results.Results.get = lambda self, key: evidence.site.engine.results.json.loads("
    "self._path(key).read_text()) if self._path(key).is_file() else None": {"output", "exhibit"},
    "evidence.site.engine.execution.outdated = lambda *_: []": {"exhibit"},
    "evidence.site.records.domain.outdated = lambda *_: []": {"sentence"},
    "evidence.site.records.registers.outdated = evidence.site.records.domain.outdated = lambda *_: []": {"card"},
}


@pytest.mark.parametrize("off", OFF, ids=["validity of results", "reads of chapters", "digests of records", "lists"])
def test_without_a_part_of_the_mechanism_a_page_would_stay_old(book, off):
    with book.changed(*NEW_FACT):
        first = f"import evidence.site\n{off}"
        assert book.build(first=first).returncode == 0
        assert OFF[off] <= set(out_of_date(book))
    assert book.build().returncode == 0 and len(out_of_date(book)) == 5


@pytest.mark.parametrize(
    ("old", "runs"), [("2012,antonowicz2013oosc,968-969,Table 3", 1), ("2011,antonowicz2013oosc,968-969,Table 3", 0)]
)
def test_a_changed_fact_runs_only_the_chapters_that_name_it(book, old, runs):
    with book.changed((FACTS, f"register-out-{old}", f"register-out-{old} (second)")):
        run = book.build("--verbose")
        assert run.returncode == 0 and ran(run) == runs
        pages = book.path(f"_build/html/{RECORDS}.html").parent.glob(f"{Path(RECORDS).name}*.html")  # the list and on
        texts = [page.read_text(encoding="utf-8").replace(SPACE, " ") for page in pages]
        assert any("Table 3 (second)" in text for text in texts)
    assert book.build().returncode == 0


def test_changed_helper_code_shows(book):
    with book.changed(("evidence/exhibits/text.py", 'f"counted: {', 'f"included: {')):
        assert book.build().returncode == 0
        assert "included: children" in book.page(f"{COUNTS}.html")


def test_a_changed_title_shows_in_the_menu_of_every_page(book):
    assert book.build().returncode == 0
    with book.changed((f"{PRACTICES}.md", "# Practices", "# Examples elsewhere")):
        assert book.build().returncode == 0
        site = book.path("_build/html")
        pages = [page for page in site.rglob("*.html") if page.parent != site / "exhibits"]  # those have no menu
        assert {page.name for page in pages if "Examples elsewhere" not in page.read_text()} <= {"search.html"}


def test_a_changed_name_of_a_document_shows_on_pages_that_only_cite_it(book):
    with book.changed(("data/sources.csv", "Out-of-school study (2013)", "Study of absence (2013)")):
        assert book.build().returncode == 0
        for page in (ABOUT, COUNTS, PRACTICES):
            assert "Study of absence (2013)" in book.page(f"{page}.html")
            assert "Out-of-school study (2013)" not in book.page(f"{page}.html")


def test_a_page_saved_with_an_older_date_is_read_anew(book):
    page = book.path(f"{ABOUT}.md")
    before = page.read_bytes()
    assert book.build().returncode == 0
    try:
        page.write_bytes(before + b"\nSaved with an old date.\n")
        os.utime(page, (1, 1))
        assert book.build().returncode == 0
        assert "Saved with an old date." in book.page(f"{ABOUT}.html")
    finally:
        page.write_bytes(before)


CHANGED = (  # a word in a row of each table: what else rests on it is found by the build
    (FACTS, "register-out-2012,antonowicz2013oosc,968-969,Table 3", " (second)"),
    ("data/findings.csv", "The true number of children absent over 10 days is likely", " well"),
    ("data/exhibits.csv", "small-chart,Regions differ", " much"),
    ("data/practices.csv", "Strengthening student-adult relationships", " in time"),
)


def test_a_rebuild_after_each_change_is_what_a_cold_build_writes(book, tmp_path):
    with ExitStack() as changes:
        for file, old, more in CHANGED:
            changes.enter_context(book.changed((file, old, old + more)))
            assert book.build().returncode == 0
        ignored = shutil.ignore_patterns("_build", "__pycache__")
        cold = Book(tmp_path / "cold", lambda to: shutil.copytree(book.folder, to, dirs_exist_ok=True, ignore=ignored))
        assert cold.build().returncode == 0
        assert different(book.path("_build/html"), cold.path("_build/html")) == []
    assert book.build().returncode == 0
