"""The benchmark runs: both forms of its book build, and what it measures is on the page."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from benchmarks import scale
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


def test_records_are_repeated_under_ids_of_their_own():
    rows = scale.repeated([{"id": "a", "x": "1"}, {"id": "b", "x": "2"}], 5)
    assert [row["id"] for row in rows] == ["a", "b", "a-again-1", "b-again-1", "a-again-2"]
    assert rows[3]["x"] == "2"


PLAIN = scale.Cost(10, 6, 1000, 200, 2000, "a.html")


@pytest.mark.parametrize(
    ("half", "whole", "said"),
    [
        ({"processor_s": 30}, {"processor_s": 50}, []),
        ({"processor_s": 30}, {"processor_s": 90}, ["records: twice as much takes 4.0 times as long"]),
        ({"processor_s": 80}, {"processor_s": 150}, ["records: 150 s of processor time"]),
        ({"processor_s": 30}, {"processor_s": 50, "page_kb": 301.0}, ["records: a.html has 301 kB"]),
        ({"processor_s": 30}, {"processor_s": 50, "elements": 3001}, ["records: a page has 3,001 elements"]),
    ],
)
def test_growth_that_is_not_in_proportion_or_over_a_budget_is_said(half, whole, said):
    found = scale.missed("records", PLAIN, PLAIN._replace(**half), PLAIN._replace(**whole))
    assert len(found) == len(said) and all(one.startswith(some) for one, some in zip(found, said)), found


def test_the_elements_of_a_page_are_counted():
    assert scale.elements("<html><body><p>a<br>b</p><img src='x'/></body></html>") == 5


def test_what_stands_in_a_template_is_no_element_at_load():
    page = "<body><template><p>a</p><template><b>c</b></template><i>d</i></template><p>e</p></body>"
    assert scale.elements(page) == 3
