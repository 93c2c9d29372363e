"""Runs the cells of a notebook in this process, in an IPython shell of its own.

Outputs are those a kernel would give: streams, displays, results with their count.
"""

from __future__ import annotations

import io
import os
import sys
import traceback
from pathlib import Path

import nbformat


class _Stream(io.TextIOBase):
    """A stdout or stderr that appends to the outputs of the running cell, as a kernel does."""

    def __init__(self, name: str, outputs: list):
        self.name_, self.outputs = name, outputs

    def write(self, text: str) -> int:
        last = self.outputs[-1] if self.outputs else None
        if last and last.output_type == "stream" and last.name == self.name_:
            last.text += text
        elif text:
            self.outputs.append(nbformat.v4.new_output("stream", name=self.name_, text=text))
        return len(text)


def _shell(outputs: list):
    """Return a fresh IPython shell whose displays go to ``outputs``."""
    from IPython.core.displayhook import DisplayHook
    from IPython.core.displaypub import DisplayPublisher
    from IPython.core.interactiveshell import InteractiveShell

    class Publisher(DisplayPublisher):
        def publish(self, data, metadata=None, **_):
            outputs.append(nbformat.v4.new_output("display_data", data=data, metadata=metadata or {}))

    class Hook(DisplayHook):
        def write_output_prompt(self):
            pass

        def write_format_data(self, format_dict, md_dict=None):
            outputs.append(
                nbformat.v4.new_output(
                    "execute_result", data=format_dict, metadata=md_dict or {}, execution_count=self.prompt_count
                )
            )

    InteractiveShell.clear_instance()
    InteractiveShell.display_pub_class.default_value = Publisher
    InteractiveShell.displayhook_class.default_value = Hook
    InteractiveShell.history_manager_class = None
    shell = InteractiveShell.instance(colors="nocolor")
    shell.display_pub = Publisher(shell=shell, parent=shell)
    return shell


def run_cells(notebook: nbformat.NotebookNode, folder: Path) -> tuple[int, str] | None:
    """Run the code cells of a notebook in this process, filling in their outputs.

    Returns None, or (index of the cell, traceback) for the first cell that raised.
    """
    outputs: list = []
    os.chdir(folder)
    shell = _shell(outputs)
    stdout, stderr = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = _Stream("stdout", outputs), _Stream("stderr", outputs)
    try:
        for index, cell in enumerate(notebook.cells):
            if cell.cell_type != "code" or not cell.source.strip():
                continue
            outputs.clear()
            result = shell.run_cell(cell.source, store_history=True)
            cell.execution_count = result.execution_count or shell.execution_count
            cell.outputs = [nbformat.from_dict(output) for output in outputs]
            error = result.error_before_exec or result.error_in_exec
            if error is not None and "raises-exception" not in cell.metadata.get("tags", []):
                return index, "".join(traceback.format_exception_only(error)).strip()
    finally:
        sys.stdout, sys.stderr = stdout, stderr
    return None
