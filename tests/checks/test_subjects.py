"""Subjects: each fault planted in a row or a page is named, and the book has none."""

from __future__ import annotations

import pytest

from evidence.checks import subjects as checked
from evidence.data import store
from evidence.figures import subjects


@pytest.fixture
def planted(monkeypatch):
    """Return a function that changes cells of a subject for a test."""

    def plant(key: str, **cells):
        rows = dict(store.rows("subjects"))
        rows[key] = rows[key]._replace(**cells)
        real = store.rows
        monkeypatch.setattr(store, "rows", lambda name: rows if name == "subjects" else real(name))
        monkeypatch.setattr(store, "row", lambda name, row: store.rows(name)[row])
        for cached in (subjects.subjects_of, subjects.on, subjects.resting, subjects.finders):
            cached.cache_clear()

    yield plant
    monkeypatch.undo()
    for cached in (subjects.subjects_of, subjects.on, subjects.resting, subjects.finders):
        cached.cache_clear()


def said(key: str) -> list[tuple[str, str]]:
    """Return (column, value) of the problems of a subject."""
    return [(problem.column, problem.value) for problem in checked.problems() if key in (problem.rule or "")]


def test_the_book_has_no_problem():
    assert list(map(str, checked.problems())) == []


@pytest.mark.parametrize(
    ("cells", "column", "value"),
    [
        ({"review_findings": "rf-bullying-law;rf-measles"}, "review_findings", "rf-measles"),
        ({"gaps": "gap-vac-helplines-no-statistics"}, "gaps", "gap-vac-helplines-no-statistics"),
        ({"recommendations": "vac-r05;annual-r02"}, "recommendations", "annual-r02"),
        ({"recommendations": "annual-r05"}, "recommendations", "annual-r05"),
        ({"answer": "situation-measles"}, "answer", "situation-measles"),
        ({"unanswered": "situation-immunisation-coverage"}, "unanswered", "situation-immunisation-coverage"),
        ({"unanswered": "law-bullying"}, "unanswered", "law-bullying"),
        ({"nearby": "vac-r02"}, "nearby", "vac-r02"),
    ],
    ids=["known", "open", "asked", "only resting", "opening", "missing", "answered", "nearby beside a call"],
)
def test_what_stands_first_is_on_the_subject(planted, cells, column, value):
    planted("bullying", **cells)
    assert (column, value) in said("bullying")


def test_no_more_stands_first_than_is_read_in_a_minute(planted):
    planted(
        "children-with-disabilities",
        review_findings=";".join(subjects.on("children-with-disabilities", "review-finding")),
    )
    assert ("review_findings", None) in said("children-with-disabilities")


def test_something_known_stands_first(planted):
    planted("home-visits", review_findings="")
    assert ("review_findings", None) in said("home-visits")


def test_a_subject_takes_in_something(planted):
    planted("home-visits", words="")
    assert ("themes", None) in said("home-visits")


def test_a_review_finding_on_no_subject_is_named(planted):
    planted("participation", themes="", words="nothing that is said")
    assert [problem.file for problem in checked.unplaced_problems()] == ["review_findings.csv"]


def test_a_subject_without_its_page_and_a_page_without_its_subject_are_named(monkeypatch):
    pages = [path for path in checked.readable() if path.stem not in ("bullying", "gender")]
    monkeypatch.setattr(checked, "readable", lambda: pages)
    assert [problem.value for problem in checked.page_problems()] == ["bullying", "gender"]
    rows = {key: row for key, row in store.rows("subjects").items() if key != "health"}
    monkeypatch.setattr(store, "rows", lambda name: rows)
    assert "chapters/subjects/health.md" in [problem.file for problem in checked.page_problems()]
