"""The book of edits, built once: each edit meets what that build has kept."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from tests.conftest import Book
from tests.site.small_book import different


def sources(book: Book) -> list[str]:
    """Return the files that a book is made from."""
    found = [path for path in book.folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    return sorted(str(path.relative_to(book.folder)) for path in found if "_build" not in path.parts)


class Edited:
    """A book that has been built, to edit; ``original`` are its files as they were, with their dates."""

    def __init__(self, book: Book):
        self.book = book
        self.original = {file: (book.path(file).read_bytes(), book.path(file).stat()) for file in sources(book)}
        self.build, self.first = book.folder / "_build", book.folder.with_name("first")
        self.site = self.build / "html"
        self.build_in_order()
        shutil.copytree(self.build, self.first)

    def restore(self) -> Path:
        """Put back every file, and what a build keeps, as they were; return the site of that time."""
        for file in sources(self.book):
            if file not in self.original:
                self.book.path(file).unlink()
        for file, (content, about) in self.original.items():
            path = self.book.path(file)
            if not path.is_file() or path.read_bytes() != content:
                path.write_bytes(content)
            os.utime(path, ns=(about.st_atime_ns, about.st_mtime_ns))
        shutil.rmtree(self.build)
        shutil.copytree(self.first, self.build)
        return self.first / "html"

    def build_in_order(self) -> None:
        run = self.book.build()
        assert run.returncode == 0, run.output

    def compare(self) -> list[str]:
        """Return in which files the site differs from that of a build from nothing."""
        made = self.build.rename(self.book.folder.with_name("made"))
        try:
            self.build_in_order()
            return different(made / "html", self.site)
        finally:
            shutil.rmtree(made)
