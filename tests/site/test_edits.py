"""Whatever is edited, moved or copied: the next build writes, byte by byte, what a build from nothing writes.

Each edit meets what one good build of a small book has kept. The site is then compared with that of a build from
nothing: no file may differ.
"""

from __future__ import annotations

import os
import shutil

import pytest

from tests.conftest import Book, cases
from tests.site.edits import PLAIN, READ, VARIABLE
from tests.site.edits.changes import EDITS, NEW
from tests.site.small_book import different

FEW = (  # one of each way in which an edit comes to a page
    "a cell of data that a chapter shows",
    "a fact in a sentence, on a card, in an output",
    "the name of a place",
    "the year of a document",
    "a row of the thesaurus",
    "a statement",
    "a cell of a printed table",
    "the bibliography, with its old date",
    "the label of a column",
    "the title of a chapter",
    "a renamed page",
    "a removed page",
    "an added chapter with a cell",
    "a removed exhibit",
    "the tag of a cell",
    "a file that a cell reads",
    "a module beside a chapter",
    "the style",
    "the title of the book",
)
NOWHERE = "the metadata of a cell"  # no page says how a cell may be opened in other tools


@pytest.mark.parametrize("name", cases(EDITS, FEW))
def test_after_an_edit_the_site_is_what_a_clean_build_writes(edited, name):
    before = edited.restore()
    EDITS[name](edited.book)
    edited.build_in_order()
    assert bool(different(before, edited.site)) == (name != NOWHERE), "whether the edit shows"
    assert edited.compare() == []


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


def test_dates_of_what_a_build_keeps_change_nothing(edited):
    edited.restore()
    for number, path in enumerate(sorted(edited.build.rglob("*"), reverse=True)):
        os.utime(path, (number, number))  # as after a copy that keeps none: a picture may be older than its table
    edited.book.change(f"{PLAIN}.md", "Words,", "Terms,")
    edited.build_in_order()
    assert edited.compare() == []


def test_a_file_of_an_exhibit_that_is_gone_is_written_again(edited):
    edited.restore()
    for path in (edited.build / ".html" / "exhibits").glob("small-chart.*"):
        path.unlink()
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
