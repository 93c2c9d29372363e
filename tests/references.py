"""Writes the reference notebooks: every chapter run by a real kernel, with its outputs as a reviewer reads them.

``make references`` after a change that is meant to change outputs; read the difference before committing it. Tests
compare fresh runs and the published outputs with these files. A chapter whose kept result of the last build is still
valid and says what its reference says needs no kernel; ``--all`` runs every chapter.
"""

from __future__ import annotations

import argparse
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import jupytext
import nbformat
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

from evidence.checks.chapters import pages
from evidence.exhibits.exhibit import MIME
from evidence.exhibits.review import review
from evidence.site.engine.results import Results, cells_digest

ROOT = Path(__file__).resolve().parents[1]
REFERENCES = ROOT / "tests" / "notebooks"
KEPT = ROOT / "_build" / ".executed"
SWITCH = "%load_ext evidence.exhibits.review"  # the first cell of a reference: its kernel shows what a reviewer reads
QUIET = ["--IPKernelApp.log_level=40"]  # without a warning of each kernel


def chapters_with_code() -> list[Path]:
    """Return every chapter that has cells to run."""
    return [path for path in pages() if "```{code-cell}" in path.read_text(encoding="utf-8")]


def code_of(chapter: Path) -> list[str]:
    """Return the sources of the code cells of a chapter."""
    return [cell.source for cell in jupytext.read(chapter, fmt="md:myst").cells if cell.cell_type == "code"]


def reference_of(chapter: Path) -> Path:
    """Return where the reference of a chapter is kept."""
    return REFERENCES / chapter.relative_to(ROOT / "chapters").with_suffix(".ipynb")


def shown(cell_outputs: list) -> list[dict]:
    """Return the outputs of a cell as a reviewer reads them, without what differs between runs."""
    found = []
    for output in cell_outputs:
        data = output.get("data")
        if data and MIME in data:
            data = {"text/plain": review(data[MIME])}
        found.append({"output_type": output["output_type"], "data": data, "text": output.get("text")})
    return found


def read(reference: Path) -> tuple[list[str], list[list[dict]]]:
    """Return the sources and the outputs of the cells of a reference, without the switch."""
    cells = nbformat.read(reference, as_version=4).cells[1:]
    return [cell.source for cell in cells], [shown(cell.outputs) for cell in cells]


def is_current(chapter: Path) -> bool:
    """Return whether the last build has a result of the chapter as it is now, and the reference is equal to it."""
    notebook = jupytext.read(chapter, fmt="md:myst")
    result = Results(KEPT).get(cells_digest(notebook, chapter.parent))
    if result is None or not reference_of(chapter).is_file():
        return False
    kept = [cell for cell, node in zip(result["cells"], notebook.cells) if node.cell_type == "code"]
    return read(reference_of(chapter)) == (code_of(chapter), [shown(outputs) for _, outputs in kept])


def run(chapter: Path) -> nbformat.NotebookNode:
    """Return the code cells of a chapter with the outputs of a real kernel; raises CellExecutionError."""
    sources = [SWITCH, *code_of(chapter)]
    notebook = new_notebook(cells=[new_code_cell(source, id=f"cell-{n}") for n, source in enumerate(sources)])
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    folder = {"metadata": {"path": str(ROOT)}}
    NotebookClient(notebook, kernel_name="python3", resources=folder, extra_arguments=QUIET).execute()
    notebook.metadata.pop("language_info", None)
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
    return notebook


def renew(chapter: Path) -> tuple[Path, list[str]]:
    """Run a chapter and write its reference; return the chapter and, a line each, what a reviewer sees changed."""
    from tests.changes import report

    path = reference_of(chapter)
    before = read(path)[1] if path.is_file() else []
    path.parent.mkdir(parents=True, exist_ok=True)
    notebook = run(chapter)
    changed = report(chapter, before, [shown(cell.outputs) for cell in notebook.cells[1:]])
    nbformat.write(notebook, path)
    return chapter, changed


def main(arguments: list[str] | None = None) -> None:
    """Write the references of chapters that changed, of all with ``--all``, and remove those without a chapter."""
    parser = argparse.ArgumentParser(prog="make references", description=__doc__)
    parser.add_argument("--all", action="store_true", help="run every chapter")
    every = chapters_with_code()
    todo = [path for path in every if parser.parse_args(arguments).all or not is_current(path)]
    for stale in set(REFERENCES.rglob("*.ipynb")) - {reference_of(path) for path in every}:
        stale.unlink()
        print(f"{stale.relative_to(ROOT)}: removed, it has no chapter")
    with ThreadPoolExecutor(2) as pool:
        for at, (chapter, changed) in enumerate(pool.map(renew, todo), start=1):
            print(f"{at} of {len(todo)}  {chapter.relative_to(ROOT)}: {'as before' if not changed else ''}", flush=True)
            for line in changed:
                print(f"    {line}", flush=True)
    print(f"{len(every) - len(todo)} of {len(every)} chapters are as they were; {len(todo)} were run")


if __name__ == "__main__":
    sys.exit(main())
