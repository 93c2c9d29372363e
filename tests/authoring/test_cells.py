"""The cell of a new exhibit keeps the rules of cells, whatever it shows, and its axis holds every value."""

from __future__ import annotations

import pytest

from evidence.authoring.cells import CHARTS, cell_of, fenced, printed_cell, table_cell, ticks, with_cell
from evidence.authoring.writing import drawn
from evidence.checks import markdown
from evidence.checks.cells import faults
from evidence.data import store
from evidence.data.rules import DataError

IMPORT = "from evidence.book import *\n\n"
REGISTER = "mics-rounds"  # an exhibit whose rows have two parts
PRINTED = {name: resource for name, resource in store.schema().items() if resource["path"].startswith("tables/")}


@pytest.mark.parametrize("chart", CHARTS)
def test_a_cell_of_figures_keeps_the_rules_and_is_drawn(chart):
    parts = ["2006", "2010-11"]
    cell = cell_of(REGISTER, chart, "Measure", parts if CHARTS[chart][0] else parts[:1], [92.0, 99.5], "% of children")
    assert faults(IMPORT + cell) == []
    assert drawn([cell]) == []


def test_a_cell_of_facts_as_printed_keeps_the_rules_and_is_drawn():
    cell = printed_cell("groups-at-risk", "Group")
    assert faults(IMPORT + cell) == [] and drawn([cell]) == []


@pytest.mark.parametrize("table", [*PRINTED, "barriers"])
def test_a_cell_of_a_whole_table_keeps_the_rules_and_is_drawn(table):
    cell = table_cell("barriers", table, [])
    assert faults(IMPORT + cell) == [] and drawn([cell]) == []


def test_a_cell_of_a_table_may_show_some_columns_of_one_document():
    cell = table_cell("barriers", "barriers", ["category", "barrier"], "cecchetti2021vac")
    assert cell.startswith('rows = whole("barriers", "category", "barrier", source="cecchetti2021vac")\n')
    assert faults(IMPORT + cell) == [] and drawn([cell]) == []


@pytest.mark.parametrize("values", [[12.2, 7.5], [95.1, 99.5], [3.0], [0.0, 0.0], [1200, 380000], [-3, 4], [0.2, 0.4]])
def test_an_axis_holds_every_value_with_few_ticks(values):
    marks = ticks(values)
    assert marks[0] <= min(values) and marks[-1] >= max(values)
    assert 2 <= len(marks) <= 8 and marks == sorted(set(marks))


CHAPTER = "---\ndescription: A page.\n---\n\n# Title\n\n## First\n\nText.\n\n## What the evidence cannot say\n\nMuch.\n"


def test_a_cell_stands_before_what_cannot_be_said_and_the_first_one_imports():
    once = with_cell(CHAPTER, 'exhibit("a", rows)')
    assert once.index("exhibit") < once.index("## What the evidence") and "\nfile_format: mystnb\n---\n" in once
    twice = with_cell(once, 'exhibit("b", rows)')
    assert twice.count("import *") == 1 and twice.index('"a"') < twice.index('"b"')
    assert [cell.code for cell in markdown.read(twice).cells][1] == 'exhibit("b", rows)\n'


def test_a_cell_may_stand_below_a_heading():
    text = with_cell(CHAPTER, 'exhibit("a", rows)', "First")
    assert text.index("## First") < text.index("exhibit") < text.index("Text.")
    with pytest.raises(DataError, match="'Frist': is no heading of the chapter; did you mean First"):
        with_cell(CHAPTER, "exhibit()", "Frist")


def test_the_fence_of_a_cell_hides_its_code():
    assert fenced("x", "from evidence.book import *") == "```{code-cell} ipython3\n:tags: [hide-input]\n\nx\n```\n"
