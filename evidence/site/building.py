"""Builds the book: one function for the command, the loop of authors and the benchmarks."""

from __future__ import annotations

import gc
import sys
from pathlib import Path

import yaml

from evidence.checks.contents import SETTINGS
from evidence.site.engine.forks import TIMEOUT_S


def run(
    folder: Path,
    builder: str = "html",
    is_verbose: bool = False,
    with_search: bool = True,
    timeout_s: int = TIMEOUT_S,
) -> int | BaseException:
    """Build the book of a folder into its ``_build``; ``timeout_s`` is what a chapter may take.

    Returns 0, 1 where there were warnings, or the error that ended the build. Raises ValueError or a YAMLError for what
    is wrong with ``_config.yml``.
    """
    gc.disable()  # a build is short and keeps its large trees: looking through them takes a tenth of it

    from jupyter_book.sphinx import build_sphinx
    from sphinx.util.console import nocolor

    if not sys.stderr.isatty():
        nocolor()
    folder = folder.resolve()
    output = folder / "_build" / builder
    return build_sphinx(
        str(folder),
        str(output),
        noconfig=True,
        path_config=str(folder / SETTINGS),
        confoverrides={
            "latex_individualpages": False,
            "evidence_search": with_search,
            "evidence_timeout": timeout_s,
        },
        builder=builder,
        warningiserror=True,
        keep_going=True,
        quiet=not is_verbose,
    )


def build_book(folder: Path, builder: str = "html", is_verbose: bool = False) -> int:
    """Build the book of a folder and say how it went; warnings and failing cells fail it. Returns the exit code."""
    result: int | BaseException
    try:
        result = run(folder, builder, is_verbose)
    except (yaml.YAMLError, ValueError) as error:
        print(f"{SETTINGS}: {error}", file=sys.stderr)
        result = error
    if result:
        print("The book was not built: mend what is listed above.", file=sys.stderr)
        return 1
    print(f"The book is in _build/{builder}.")
    return 0
