"""Reference outputs of chapters: complete, current, and equal to what is published."""

from __future__ import annotations

import json

import nbformat
import pytest

from tests.references import REFERENCES, ROOT, chapters_with_code, code_of, reference_of

CHAPTERS = chapters_with_code()
NAMES = [str(path.relative_to(ROOT)) for path in CHAPTERS]


def outputs(notebook) -> list:
    """Return what cells show, without what differs between runs."""
    return [
        [{key: output.get(key) for key in ("output_type", "data", "text")} for output in cell.outputs]
        for cell in notebook.cells
        if cell.cell_type == "code"
    ]


def test_there_are_chapters_with_code():
    assert CHAPTERS


@pytest.mark.parametrize("chapter", CHAPTERS, ids=NAMES)
def test_reference_has_the_cells_of_its_chapter_and_their_outputs(chapter):
    path = reference_of(chapter)
    assert path.is_file(), f"{path} is missing: run 'make references'"
    cells = nbformat.read(path, as_version=4).cells
    assert [cell.source for cell in cells] == code_of(chapter), "the reference is stale: run 'make references'"
    assert all(cell.execution_count for cell in cells), "a cell without execution_count is never compared"
    assert any(cell.outputs for cell in cells)


def test_no_reference_is_left_over():
    assert set(REFERENCES.rglob("*.ipynb")) == {reference_of(chapter) for chapter in CHAPTERS}


@pytest.mark.parametrize("chapter", CHAPTERS, ids=NAMES)
def test_published_outputs_equal_the_reference(site, chapter):
    published = ROOT / "_build" / "jupyter_execute" / chapter.relative_to(ROOT).with_suffix(".ipynb")
    assert published.is_file(), "the book is not built: run 'make site'"
    ours = json.loads(json.dumps(outputs(nbformat.read(published, as_version=4))))
    assert ours == json.loads(json.dumps(outputs(nbformat.read(reference_of(chapter), as_version=4))))
