"""Checks of the files of chapters as they are saved."""

from __future__ import annotations

from pathlib import Path

from evidence.data.rules import Problem, decode
from evidence.data.schema import ROOT

TO_WRITE = "still to be written"  # what begins a line that stands in for words of the author


def pages(folder: Path = ROOT) -> list[Path]:
    """Return the files of the pages of a book, in order."""
    chapters = sorted((folder / "chapters").rglob("[!.]*.md"))
    return [
        *sorted(folder.glob("index.md")),
        *(path for path in chapters if path.parent.name[0] != "."),
    ]  # JupyterLab's


def readable(folder: Path = ROOT) -> list[Path]:
    """Return the files of the pages that can be read; of the others :func:`encoding_problems` says why not."""
    return [path for path in pages(folder) if decode(path.read_bytes(), path.name)[0]]


def named(path: Path, folder: Path = ROOT) -> str:
    """Return how messages name a file of the repository: its path from the root."""
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else path.name


def page_names(folder: Path = ROOT) -> list[str]:
    """Return the pages of a book as contents and data name them, in order: the path from the root, without ``.md``."""
    return [named(path, folder).removesuffix(".md") for path in pages(folder)]


def encoding_problems(folder: Path = ROOT) -> list[Problem]:
    """Return what is wrong with how the pages of a book are saved: a byte order mark, other line ends, no UTF-8."""
    return [problem for path in pages(folder) for problem in decode(path.read_bytes(), named(path, folder))[1]]


def unwritten_problems(folder: Path = ROOT) -> list[Problem]:
    """Return the lines of chapters that ``evidence new chapter`` left for their author: they must not be published."""
    return [
        Problem(named(path, folder), number, None, line, "put your own words in its place")
        for path in readable(folder)
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1)
        if TO_WRITE.lower() in line.lower()
    ]
