"""Cells select and show: each fault planted in a cell is named with its line."""

from __future__ import annotations

import pytest

from evidence.checks import cells

GOOD = """from evidence.book import *
from evidence.parts.education import register

national = register.by_year()
exhibit("register-national", charts.bars(national, "School year", "Children", "Children"), data=national)"""

FAULTS = {  # cell, line, part of the rule
    "nine lines": ("x = 1\n" * 8 + "x", 1, "a cell of 9 lines"),
    "a long line": (f"exhibit('a', frame_{'x' * 90})", 1, "a line of 110 characters"),
    "a frame reshaped": ("frame = rows.rename(columns={})\nframe", 1, "does not reshape"),
    "frames joined": ("x = 1\npd.concat([one, other])", 2, "does not reshape"),
    "a frame made": ("pd.DataFrame([1])", 1, "does not reshape"),
    "a quantity in an axis title": ("charts.bars(frame, 'A', 'B', 'Share of 40 regions')", 1, "typed by hand"),
    "a quantity in an f-string": ("exhibit('a', frame)\nf'it was 40 {unit}'", 2, "typed by hand"),
    "nothing shown": ("x = exhibit('a', frame)", 1, "ends in what it shows"),
    "no Python": ("exhibit('a', frame", 1, "is no Python"),
    "smart quotes": ("exhibit(“a”, frame)", 1, "is no Python"),
}


def test_a_short_cell_that_selects_and_shows_is_right():
    assert cells.faults(GOOD.replace(", data=national)", ")")) == []


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_of_a_cell_is_named_with_its_line(fault):
    code, line, rule = FAULTS[fault]
    assert [(found, rule in said) for found, _, said in cells.faults(code)] == [(line, True)]


def test_the_cells_of_the_book_select_and_show():
    assert list(map(str, cells.problems())) == []
