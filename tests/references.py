"""Writes the reference notebooks: every chapter run by a real kernel, with its outputs.

``make references`` after a change that is meant to change outputs; read the difference
before committing it. Tests compare fresh runs and the published outputs with these files.
"""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import jupytext
import nbformat
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

ROOT = Path(__file__).resolve().parents[1]
REFERENCES = ROOT / "tests" / "notebooks"


def chapters_with_code() -> list[Path]:
    """Return every chapter that has cells to run."""
    pages = [ROOT / "index.md", *sorted((ROOT / "chapters").rglob("*.md"))]
    return [path for path in pages if "```{code-cell}" in path.read_text(encoding="utf-8")]


def code_of(chapter: Path) -> list[str]:
    """Return the sources of the code cells of a chapter."""
    return [cell.source for cell in jupytext.read(chapter, fmt="md:myst").cells if cell.cell_type == "code"]


def reference_of(chapter: Path) -> Path:
    """Return where the reference of a chapter is kept."""
    return REFERENCES / chapter.relative_to(ROOT / "chapters").with_suffix(".ipynb")


def run(chapter: Path) -> nbformat.NotebookNode:
    """Return the code cells of a chapter with the outputs of a real kernel; raises CellExecutionError."""
    notebook = new_notebook(cells=[new_code_cell(source, id=f"cell-{n}") for n, source in enumerate(code_of(chapter))])
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    NotebookClient(notebook, kernel_name="python3", resources={"metadata": {"path": str(ROOT)}}).execute()
    notebook.metadata.pop("language_info", None)
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
    return notebook


def write(chapter: Path) -> Path:
    """Write the reference of a chapter and return its path."""
    path = reference_of(chapter)
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(run(chapter), path)
    return path


def main() -> None:
    """Write every reference and remove those without a chapter."""
    wanted = {reference_of(chapter) for chapter in chapters_with_code()}
    for stale in set(REFERENCES.rglob("*.ipynb")) - wanted:
        stale.unlink()
    with ThreadPoolExecutor(2) as pool:
        for path in pool.map(write, chapters_with_code()):
            print(path.relative_to(ROOT))


if __name__ == "__main__":
    sys.exit(main())
