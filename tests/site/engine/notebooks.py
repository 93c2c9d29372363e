"""Notebooks for tests of what runs them."""

from __future__ import annotations

import nbformat


def notebook_of(*sources: str) -> nbformat.NotebookNode:
    """Return a notebook of code cells."""
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in sources])
