"""The comparison of chapters can fail: a changed number, a changed cell and a missing count are caught."""

from __future__ import annotations

import re
import subprocess
import sys

import nbformat
import pytest

from tests.references import REFERENCES

SMALLEST = min(REFERENCES.rglob("*.ipynb"), key=lambda path: path.stat().st_size)


def compared(path) -> int:
    """Return the exit code of nbval on a notebook."""
    command = [sys.executable, "-m", "pytest", "--nbval", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", str(path)]
    return subprocess.run(command, capture_output=True, text=True, cwd=path.parent).returncode


def change_number(notebook) -> None:
    data = next(output["data"] for cell in notebook.cells for output in cell.outputs)
    data["text/plain"] = re.sub(r"\d", lambda digit: str((int(digit[0]) + 1) % 10), data["text/plain"], count=1)


def change_code(notebook) -> None:
    notebook.cells[-1].source += '\nprint("changed")'


@pytest.mark.parametrize("change, expected", [(None, 0), (change_number, 1), (change_code, 1)])
def test_a_fresh_run_is_compared_with_the_reference(tmp_path, change, expected):
    notebook = nbformat.read(SMALLEST, as_version=4)
    before = nbformat.writes(notebook)
    if change:
        change(notebook)
        assert nbformat.writes(notebook) != before, "nothing was planted"
    path = tmp_path / SMALLEST.name
    nbformat.write(notebook, path)
    assert compared(path) == expected
