"""Runs the cells of a notebook in this process, in an IPython shell of its own.

Outputs are those a kernel would give: streams, displays and their updates, results with their count, errors.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import nbformat

from evidence.data.schema import ROOT

CELL = "<ipython-input-"  # what the shell calls the file of a cell


class Failure(NamedTuple):
    """Where and how a chapter failed: index of the cell, the error, the line in the cell (from 1)."""

    cell: int
    error: str
    line: int = 1


def failure_of(index: int, error: BaseException) -> Failure:
    """Return the failure that an error in a cell is; an error from a module of a part names its line too."""
    if isinstance(error, SyntaxError) and str(error.filename).startswith(CELL):
        return Failure(index, f"SyntaxError: {error.msg}", error.lineno or 1)
    frames = traceback.extract_tb(error.__traceback__)
    line = next((frame.lineno for frame in reversed(frames) if frame.filename.startswith(CELL)), None)
    said = "".join(traceback.format_exception_only(error)).strip()
    last = Path(frames[-1].filename) if frames else ROOT
    if last.is_relative_to(ROOT / "evidence" / "parts"):
        said += f" ({last.relative_to(ROOT).as_posix()}, line {frames[-1].lineno})"
    return Failure(index, said, line or 1)


Checks = Callable[[list[dict], list[str]], str]  # outputs and tags of a cell to what is wrong, "" for nothing


def run_cells(
    notebook: nbformat.NotebookNode,
    folder: Path,
    begin: Callable[[int], None] = lambda index: None,
    wrong: Checks = lambda outputs, tags: "",
) -> Failure | None:
    """Run the code cells of a notebook in this process, filling in their outputs.

    ``begin`` is told the index of each cell before it runs, ``wrong`` says what is wrong after it has. Returns None, or
    the failure of the first cell that raised and is not tagged ``raises-exception``, or of which something is wrong.
    Cells tagged ``skip-execution`` are left as they are; modules beside the chapter can be imported.
    """
    with TemporaryDirectory(prefix="evidence-") as home:
        return _run(notebook, folder, begin, wrong, Path(home))


def _run(notebook: nbformat.NotebookNode, folder: Path, begin, wrong: Checks, home: Path) -> Failure | None:
    from evidence.site.engine.shell import Stream, new_shell

    os.chdir(folder)
    sys.path.insert(0, str(folder))
    shell = new_shell(home)
    streams = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = Stream("stdout", shell), Stream("stderr", shell)
    try:
        for index, cell in enumerate(notebook.cells):
            tags = cell.metadata.get("tags", [])
            if cell.cell_type != "code" or not cell.source.strip() or "skip-execution" in tags:
                continue
            begin(index)
            shell.outputs = []
            result = shell.run_cell(cell.source, store_history=True)
            cell.execution_count = result.execution_count or shell.execution_count
            cell.outputs = list(shell.outputs)
            error = result.error_before_exec or result.error_in_exec
            fault = wrong(cell.outputs, tags)
            if fault:
                return Failure(index, f"Refused: it {fault}", failure_of(index, error).line if error else 1)
            if error is not None and "raises-exception" not in tags:
                return failure_of(index, error)
    finally:
        sys.stdout, sys.stderr = streams
        sys.path.remove(str(folder))
    return None
