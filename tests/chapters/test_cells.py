"""Cells of chapters run, and show what their references hold: without a kernel, so at once."""

from __future__ import annotations

import os

import pytest
from nbformat.v4 import new_code_cell, new_notebook

from evidence.site.engine.runner import run_cells
from tests.changes import difference as lines_that_differ
from tests.chapters.test_references import CHAPTERS, NAMES
from tests.references import ROOT, code_of, read, reference_of, shown


@pytest.fixture(autouse=True)
def folder(monkeypatch):
    monkeypatch.chdir(os.getcwd())  # cells run elsewhere


def ran(*cells: str):
    """Return a notebook of cells that have run, and what failed."""
    notebook = new_notebook(cells=[new_code_cell(source) for source in cells])
    return notebook, run_cells(notebook, ROOT)


def difference(ours, kept, where: str = "") -> str:
    """Return the first value that differs between two outputs, with where it stands, "" if none does."""
    if isinstance(ours, dict) and isinstance(kept, dict) and ours.keys() == kept.keys():
        pairs = [(f"{where}/{name}", ours[name], kept[name]) for name in ours]
    elif isinstance(ours, list) and isinstance(kept, list) and len(ours) == len(kept):
        pairs = [(f"{where}/{number}", *pair) for number, pair in enumerate(zip(ours, kept), start=1)]
    elif isinstance(ours, str) and isinstance(kept, str):
        return "" if ours == kept else "\n".join([f"{where}: lines differ", *lines_that_differ(kept, ours)])
    else:
        return "" if ours == kept else f"{where}: {str(kept)[:200]!r} is now {str(ours)[:200]!r}"
    return next(filter(None, (difference(one, other, place) for place, one, other in pairs)), "")


@pytest.mark.parametrize("chapter", CHAPTERS, ids=NAMES)
def test_the_cells_of_a_chapter_show_what_its_reference_holds(chapter):
    notebook, failure = ran(*code_of(chapter))
    assert failure is None, f"cell {failure[0] + 1} fails: {failure[1]}"
    ours = [shown(cell.outputs) for cell in notebook.cells]
    found = difference(ours, read(reference_of(chapter))[1], "cell")
    assert not found, f"{found}; if that is meant, run 'make references'"


def test_a_changed_value_is_found_in_its_place():
    kept = [[{"data": {"rows": [["a", 1]]}}], [{"text": "b"}]]
    assert difference(kept, kept) == ""
    changed = [[{"data": {"rows": [["a", 2]]}}], kept[1]]
    assert difference(changed, kept, "cell") == "cell/1/1/data/rows/1/2: '1' is now '2'"
    assert difference([[{"text": "a\nc"}]], [[{"text": "a\nb"}]], "cell") == "cell/1/1/text: lines differ\n-b\n+c"
    assert difference(kept[:1], kept, "cell").startswith("cell: ")


def test_a_cell_that_fails_is_named():
    failure = ran("1", "1 / 0")[1]
    assert (failure.cell, failure.error, failure.line) == (1, "ZeroDivisionError: division by zero", 1)
