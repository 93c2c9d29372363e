"""Chapters opened and saved as notebooks, as JupyterLab does it, change by the lines one changed."""

from __future__ import annotations

import difflib
from pathlib import Path

import jupytext
import pytest
import yaml
from jupytext.config import load_jupytext_config
from nbformat import NotebookNode

from evidence.authoring.cells import with_cell
from evidence.authoring.chapters import PAGE, chapter_head
from evidence.checks.chapters import pages
from tests.references import ROOT, chapters_with_code

CONFIG = load_jupytext_config(str(ROOT / "index.md"))
FORMAT = CONFIG.default_formats(str(ROOT / "index.md"))
CHAPTERS = chapters_with_code()
PAGES = [path for path in pages() if path not in CHAPTERS]
KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
LANGUAGE = {"name": "python", "version": "3.11.7", "pygments_lexer": "ipython3", "file_extension": ".py"}


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def opened(text: str) -> NotebookNode:
    return jupytext.reads(text, fmt=FORMAT, config=CONFIG)


def saved(notebook: NotebookNode) -> str:
    """Return the text a notebook is saved as, after JupyterLab has added what it adds."""
    notebook.metadata |= {"kernelspec": NotebookNode(KERNEL), "language_info": NotebookNode(LANGUAGE)}
    for cell in notebook.cells:
        cell.metadata |= {"trusted": True, "editable": True}
        if cell.cell_type == "code":
            cell.metadata["execution"] = {"iopub.status.busy": "2026-11-27T00:00:00Z"}
            cell.execution_count = 1
    return jupytext.writes(notebook, fmt=FORMAT, config=CONFIG)


def changed_lines(before: str, after: str) -> list[str]:
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm="")
    return [line for line in lines if line[:1] in "+-" and line[:3] not in ("+++", "---")]


def head(text: str) -> dict:
    return yaml.safe_load(text.split("---\n")[1]) if text.startswith("---\n") else {}


@pytest.mark.parametrize("path", CHAPTERS, ids=name_of)
def test_a_chapter_saved_from_a_notebook_is_the_same_file(path):
    text = path.read_text(encoding="utf-8")
    command = f'.venv/bin/python -m jupytext --from md:myst --to md:myst --output "{name_of(path)}" "{name_of(path)}"'
    assert changed_lines(text, saved(opened(text))) == [], f"mend it with: {command}"


@pytest.mark.parametrize("path", CHAPTERS, ids=name_of)
@pytest.mark.parametrize("kind", ["markdown", "code"])
def test_one_line_changed_in_a_notebook_is_one_line_of_difference(path, kind):
    text = path.read_text(encoding="utf-8")
    notebook = opened(text)
    cell = next(cell for cell in notebook.cells if cell.cell_type == kind)
    lines = cell.source.split("\n")
    lines[0] += " x"
    cell.source = "\n".join(lines)
    assert [line[0] for line in changed_lines(text, saved(notebook))] == ["-", "+"]


@pytest.mark.parametrize("path", CHAPTERS, ids=name_of)
def test_the_head_of_a_chapter_is_its_description_and_the_mark_of_a_notebook(path):
    text = path.read_text(encoding="utf-8")
    assert list(head(text)) == ["description", "file_format"] and head(text)["file_format"] == "mystnb"
    assert head(saved(opened(text))) == head(text)


def test_a_description_can_be_changed_in_the_notebook():
    notebook = opened("---\ndescription: Old.\nfile_format: mystnb\n---\n\n# Title\n")
    assert notebook.cells[0].cell_type == "raw"
    notebook.cells[0].source = notebook.cells[0].source.replace("Old", "New")
    assert saved(notebook) == "---\ndescription: New.\nfile_format: mystnb\n---\n\n# Title\n"


def test_a_new_chapter_is_saved_from_a_notebook_as_it_was_written():
    about = "A description that is longer than a line of a head may be, and so goes on below it: with a colon."
    text = with_cell(PAGE.format(head=chapter_head(about), title="A title"), 'exhibit("a", rows)')
    assert saved(opened(text)) == text


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_a_page_without_cells_is_not_damaged_by_a_save_from_a_notebook(path):
    """Its description may be broken into lines; every other line stays, and it does not become a notebook."""
    text = path.read_text(encoding="utf-8")
    after = saved(opened(text))
    assert head(after) == head(text)
    assert after.split("---\n", 2)[-1].strip() == text.split("---\n", 2)[-1].strip()
