"""Cells select and show: each fault planted in a cell is named with its line."""

from __future__ import annotations

import pytest

from evidence.checks import cells, markdown

GOOD = """from evidence.book import *
from evidence.parts.education import register

national = register.by_year()
exhibit("register-national", charts.bars(national, "School year", "Children", "Children"), data=national)"""

FAULTS = {  # cell, line, part of the rule
    "nine lines": ("x = 1\n" * 8 + "exhibit('a', x)", 1, "a cell of 9 lines"),
    "a long line": (f"exhibit('a', frame_{'x' * 90})", 1, "a line of 110 characters"),
    "a frame reshaped": ("frame = rows.rename(columns={})\nexhibit('a', frame)", 1, "does not reshape"),
    "frames joined": ("x = 1\nexhibit('a', pd.concat([one, other]))", 2, "does not reshape"),
    "a frame made": ("exhibit('a', pd.DataFrame([1]))", 1, "does not reshape"),
    "a quantity in an axis title": ("exhibit('a', charts.bars(frame, 'Share of 40 regions'))", 1, "typed by hand"),
    "a quantity in an f-string": ("exhibit('a', frame, note=f'it was 40 {unit}')", 1, "typed by hand"),
    "a number put into a text": ("exhibit('a', frame, note=f'it was {40} {unit}')", 1, "typed by hand"),
    "a number formatted into a text": ("exhibit('a', frame, note='%d of them' % 40)", 1, "typed by hand"),
    "a number made a text": ("exhibit('a', frame, note=str(40))", 1, "typed by hand"),
    "a file written": ("frame.to_csv('x')\nexhibit('a', frame)", 1, "writes nothing"),
    "a file opened": ("x = open('data/facts.csv')\nexhibit('a', x)", 1, "writes nothing"),
    "a number printed": ("print(frame)\nexhibit('a', frame)", 1, "shows an exhibit"),
    "a module of Python": ("import random\nexhibit('a', frame)", 1, "imports the book"),
    "a name of a module of Python": ("from os import environ\nexhibit('a', frame)", 1, "imports the book"),
    "the date of today": ("exhibit('a', frame, note=str(pd.Timestamp.now().year))", 1, "another thing at each build"),
    "a bare chart": ("chart", 1, "ends in what it shows"),
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


@pytest.mark.parametrize(
    ("head", "value", "rule"),
    [
        ("ipython3\n:tags: [hide-inptu]", "hide-inptu", "did you mean hide-input?"),
        ("ipython3\n:tags: [hide-input, raises-exception]", "raises-exception", "is no tag of the book"),
        ("ipython3\n:tags: [skip-execution]", "skip-execution", "is no tag of the book"),
        ("ipython3\n:tags: [hide-input", "[hide-input", "stand in square brackets"),
        ("ipython3\n:tag: [hide-input]", "tag", "is no option of a cell; there is tags; did you mean tags?"),
        ("bash", "bash", "begins with ```{code-cell} ipython3"),
        ("", None, "begins with ```{code-cell} ipython3"),
    ],
)
def test_a_head_of_a_cell_that_the_book_does_not_know_is_named(head, value, rule):
    (cell,) = markdown.read(f"```{{code-cell}} {head}\n\nexhibit('a', frame)\n```\n").cells
    ((_, named, said),) = cells.option_faults(cell)
    assert named == value and rule in said


def test_the_cells_of_the_book_select_and_show():
    assert list(map(str, cells.problems())) == []
