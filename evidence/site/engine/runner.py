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

import nbformat


def run_cells(
    notebook: nbformat.NotebookNode, folder: Path, begin: Callable[[int], None] = lambda index: None
) -> tuple[int, str] | None:
    """Run the code cells of a notebook in this process, filling in their outputs.

    ``begin`` is told the index of each cell before it runs. Returns None, or (index of the cell, error) for the first
    cell that raised and is not tagged ``raises-exception``.
    """
    with TemporaryDirectory(prefix="evidence-") as home:
        return _run(notebook, folder, begin, Path(home))


def _run(notebook: nbformat.NotebookNode, folder: Path, begin, home: Path) -> tuple[int, str] | None:
    from evidence.site.engine.shell import Stream, new_shell

    os.chdir(folder)
    shell = new_shell(home)
    streams = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = Stream("stdout", shell), Stream("stderr", shell)
    try:
        for index, cell in enumerate(notebook.cells):
            if cell.cell_type != "code" or not cell.source.strip():
                continue
            begin(index)
            shell.outputs = []
            result = shell.run_cell(cell.source, store_history=True)
            cell.execution_count = result.execution_count or shell.execution_count
            cell.outputs = list(shell.outputs)
            error = result.error_before_exec or result.error_in_exec
            if error is not None and "raises-exception" not in cell.metadata.get("tags", []):
                return index, "".join(traceback.format_exception_only(error)).strip()
    finally:
        sys.stdout, sys.stderr = streams
    return None
