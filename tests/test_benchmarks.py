"""The benchmark runs: both forms of its book build, and what it measures is on the page."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from benchmarks.books import FORMS, write_book
from benchmarks.measure import COLD, time_step
from benchmarks.measure import page as page_of

EDIT = "one value of the data edited"


@pytest.mark.parametrize("form", FORMS)
def test_a_book_of_two_chapters_builds_and_shows_what_was_edited(tmp_path, form):
    write_book(form, 2, tmp_path)
    assert time_step(form, tmp_path, COLD, 1, 0).right
    assert "The register held" in page_of(tmp_path, 2).read_text(encoding="utf-8")
    if form == "ours":  # a stock book keeps the old value
        assert time_step(form, tmp_path, EDIT, 1, 3).right
        assert ">903<" in page_of(tmp_path, 2).read_text(encoding="utf-8")


def test_both_forms_have_the_same_words_and_figures(tmp_path):
    texts = {}
    for form in FORMS:
        write_book(form, 1, tmp_path / form)
        texts[form] = next((tmp_path / form / "chapters/generated").glob("*.md")).read_text(encoding="utf-8")
    assert "{fact}`register-registered-2012`" in texts["ours"] and "had held 1,756" in texts["stock"]
    assert Path(sys.executable).parent.joinpath("jupyter-book").is_file()
