"""A book with a page of each kind over a handful of rows: small enough to be built anew after each of many edits."""

from __future__ import annotations

import shutil
from pathlib import Path

from benchmarks.data import read, write
from tests.site.small_book import write_small_book, write_toc

PAGES = Path(__file__).parent
COUNTED, READ, PLAIN = "chapters/edits/counted", "chapters/edits/read", "chapters/edits/plain"
CATALOGUE, MAP = "chapters/edits/catalogue", "chapters/edits/map"
VARIABLE = "BOOK_OF_EDITS"  # that a cell prints


def write_book_of_edits(folder: Path) -> None:
    """Write the book into a folder."""
    write_small_book(folder)
    shutil.rmtree(folder / "chapters/education")
    shutil.copytree(PAGES, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__*"))
    described = read(folder / "data")["exhibits"]
    write(folder / "data", "exhibits", [*described, described[0] | {"id": "coverage", "title": "Where is evidence?"}])
    write_toc(folder)
