"""Builds the book: one function for the command, the loop of authors and the benchmarks."""

from __future__ import annotations

import gc
import sys
from pathlib import Path


def build_book(folder: Path, builder: str = "html", is_verbose: bool = False, with_search: bool = True) -> int:
    """Build the book of a folder into its ``_build``; warnings and failing cells fail it. Returns the exit code."""
    gc.disable()  # a build is short and keeps its large trees: looking through them takes a tenth of it

    from jupyter_book.sphinx import build_sphinx
    from sphinx.util.console import nocolor

    if not sys.stderr.isatty():
        nocolor()
    folder = folder.resolve()
    output = folder / "_build" / builder
    result = build_sphinx(
        str(folder),
        str(output),
        noconfig=True,
        path_config=str(folder / "_config.yml"),
        confoverrides={"latex_individualpages": False, "evidence_search": with_search},
        builder=builder,
        warningiserror=True,
        keep_going=True,
        quiet=not is_verbose,
    )
    if result:
        print("The book was not built: mend what is listed above.", file=sys.stderr)
        return 1
    print(f"The book is in {output.relative_to(folder)}.")
    return 0
