"""A page is told of its own problems first and in order, of the rest in short."""

from __future__ import annotations

import os

import pytest

from evidence.live.notes import note
from evidence.live.server import SEARCH_PLACE, with_age_of_search
from evidence.live.state import SHOWN, State


@pytest.fixture
def state(tmp_path) -> State:
    found = State(tmp_path)
    found.update(
        phase="built",
        checked=[
            note("chapters/a.md", 9, "second"),
            note("chapters/a.md", 2, "first"),
            note("chapters/b.md", 1, "other"),
        ]
        + [note("facts.csv", row, f"row {row}") for row in range(2, SHOWN + 5)],
        built=[note("", None, "the build was ended")],
    )
    return found


def test_a_page_has_its_own_problems_first_and_in_order(state):
    assert [one["rule"] for one in state.view("chapters/a")["here"]] == ["first", "second"]
    assert state.view("chapters/a")["pages"] == [{"page": "chapters/b", "count": 1}]
    assert state.view("chapters/c")["here"] == [] and len(state.view("chapters/c")["pages"]) == 2


def test_what_ended_the_build_stands_before_many_problems_of_data(state):
    view = state.view("chapters/a")
    assert view["book"][0]["rule"] == "the build was ended"
    assert len(view["book"]) == SHOWN and view["more"] == 4


def test_a_page_has_a_version_when_a_build_is_over_and_another_when_it_changes(state, tmp_path):
    assert state.view("a")["version"] == ""
    (tmp_path / "a.html").write_text("one")
    first = state.view("a")["version"]
    (tmp_path / "a.html").write_text("two")
    assert first and state.view("a")["version"] not in ("", first)
    state.update(phase="building")
    assert state.view("a")["version"] is None


def test_who_waits_is_told_of_a_change_at_once_and_else_after_a_while(state):
    number = state.number
    assert state.wait(number, 0.01) == number
    state.update(said="changed")
    assert state.wait(number, 60) == number + 1


def test_the_page_of_the_search_says_how_old_its_index_is(tmp_path):
    page = f"<h1>Search</h1>{SEARCH_PLACE}</div>"
    assert "no index has been made yet" in with_age_of_search(page, tmp_path)
    index = tmp_path / "search" / "first.js"
    index.parent.mkdir()
    index.touch()
    os.utime(index, (0, 1_699_963_200))
    assert "built it on 14 November" in with_age_of_search(page, tmp_path)
