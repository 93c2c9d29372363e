"""Reference outputs of chapters: complete, current, and equal to what is published."""

from __future__ import annotations

import json

import altair as alt
import nbformat
import pytest

from evidence.exhibits import theme
from evidence.exhibits.exhibit import MIME, sized
from evidence.exhibits.text import as_text
from tests.changes import report
from tests.references import REFERENCES, ROOT, SWITCH, chapters_with_code, code_of, read, reference_of, shown

CHAPTERS = chapters_with_code()
NAMES = [str(path.relative_to(ROOT)) for path in CHAPTERS]


def published(chapter) -> list[list]:
    """Return the outputs of the cells of a chapter as the site shows them."""
    path = ROOT / "_build" / "jupyter_execute" / chapter.relative_to(ROOT).with_suffix(".ipynb")
    assert path.is_file(), "the book is not built: run 'make site'"
    return [cell.outputs for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]


def test_there_are_chapters_with_code():
    assert CHAPTERS


@pytest.mark.parametrize("chapter", CHAPTERS, ids=NAMES)
def test_reference_has_the_cells_of_its_chapter_and_their_outputs(chapter):
    path = reference_of(chapter)
    assert path.is_file(), f"{path} is missing: run 'make references'"
    cells = nbformat.read(path, as_version=4).cells
    assert [cell.source for cell in cells] == [SWITCH, *code_of(chapter)], "it is stale: run 'make references'"
    assert all(cell.execution_count for cell in cells), "a cell without execution_count is never compared"
    assert any(cell.outputs for cell in cells)


def test_no_reference_is_left_over():
    assert set(REFERENCES.rglob("*.ipynb")) == {reference_of(chapter) for chapter in CHAPTERS}


@pytest.mark.parametrize("chapter", CHAPTERS, ids=NAMES)
def test_published_outputs_equal_the_reference(site, chapter):
    """Those of a chart that is drawn differently are shown before and after, in a file the message names."""
    reference, ours = read(reference_of(chapter))[1], [shown(outputs) for outputs in published(chapter)]
    if ours != reference:
        changed = "\n".join(report(chapter, reference, ours))
        pytest.fail(f"{chapter.relative_to(ROOT)}: run 'make references' if this is meant\n{changed}", pytrace=False)


@pytest.mark.parametrize("chapter", CHAPTERS, ids=NAMES)
def test_what_references_leave_out_follows_from_what_they_hold(site, chapter):
    """The drawing for phones, the theme, the language of charts and the text form are made from the rest."""
    data = [output["data"] for outputs in published(chapter) for output in outputs if MIME in output.get("data", {})]
    assert data
    for shown_data in json.loads(json.dumps(data)):
        payload = shown_data[MIME]
        assert set(shown_data) == {MIME, "text/plain"} and shown_data["text/plain"] == as_text(payload)
        if "chart" in payload:
            wide, narrow = payload["chart"]["wide"], payload["chart"]["narrow"]
            assert narrow == sized(wide, "narrow") and wide == sized(wide, "wide")
            assert wide["config"] == theme.CONFIG and wide["$schema"] == alt.SCHEMA_URL
