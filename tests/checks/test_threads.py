"""A thread whose verdict, link and records contradict each other is named; so is a call that none follows."""

from __future__ import annotations

import pytest

from evidence.checks import threads
from evidence.data import store
from tests.checks.test_coding import planted, said


def test_the_threads_of_the_book_contradict_nothing():
    assert list(map(str, threads.problems())) == []


@pytest.mark.parametrize(
    ("key", "cells", "column"),
    [
        ("thread-oosc-r01", {"recommendation": ""}, "recommendation"),
        ("thread-oosc-r01", {"system": "emis"}, "recommendation"),
        ("thread-oosc-r01", {"earlier_lines": "1"}, "earlier_lines"),
        ("thread-oosc-r01", {"says": ""}, "says"),
        ("thread-oosc-r08", {"says": "Something."}, "says"),
        ("thread-oosc-r01", {"later_findings": "annual-find-life-skills"}, "later_findings"),
        ("thread-oosc-r01", {"later_source": "antonowicz2013oosc", "later_findings": ""}, "later_source"),
        ("thread-oosc-r01", {"verdict": "in-part"}, "verdict"),
        ("thread-oosc-r11", {"verdict": "adopted"}, "verdict"),
        ("thread-oosc-r09", {"verdict": "in-part"}, "verdict"),
        ("thread-social-code", {"strength": "same-subject"}, "verdict"),
        ("thread-oosc-r01", {"settled": "By the lines."}, "settled"),
        ("thread-vac-r02", {"settled": ""}, "settled"),
        ("thread-oosc-r01", {"first_verdict": "in-part", "second_verdict": "in-part"}, "verdict"),
    ],
    ids=lambda value: "" if isinstance(value, str) else " ".join(value),
)
def test_a_row_that_contradicts_itself_is_named(monkeypatch, key, cells, column):
    planted(monkeypatch, "threads", key, **cells)
    assert said(threads.thread_problems()) == [("threads.csv", column)]


def test_a_thread_does_not_lead_back_in_time(monkeypatch):
    cells = {"later_source": "antonowicz2013oosc", "later_findings": "", "later_lines": "1"}
    planted(monkeypatch, "threads", "thread-vac-r02", **cells)
    assert said(threads.thread_problems()) == [("threads.csv", "later_source")]


def test_a_whole_recommendation_without_a_thread_is_named(monkeypatch):
    rows = {key: row for key, row in store.rows("threads").items() if row.recommendation != "oosc-r08"}
    real = store.rows
    monkeypatch.setattr(store, "rows", lambda name: rows if name == "threads" else real(name))
    assert [problem.value for problem in threads.unfollowed_problems()] == ["oosc-r08"]
