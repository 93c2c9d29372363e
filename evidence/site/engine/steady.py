"""Data that somebody changes while the book is built make no page: the build fails, and the next one reads them anew.

A build reads each table once. What pages and chapters rest on is noted by the files as they are later, so that a table
written meanwhile would be taken for the one that was read, now and in every build to come.
"""

from __future__ import annotations

from pathlib import Path

from sphinx.util import logging

from evidence.data.schema import DATA, ROOT

LOGGER = logging.getLogger(__name__)
RULE = "nothing that lasts: {} has changed while the book was built; build it again"
PARTS = "evidence/parts/"
Inputs = dict[str, tuple[int, int]]  # size and time of files, by the name that chapters give them


def _name(path: Path) -> str:
    return path.relative_to(DATA if path.is_relative_to(DATA) else ROOT).as_posix()


def inputs() -> Inputs:
    """Return size and time of the files of the data and of the modules of parts, by the names chapters give them."""
    paths = [path for path in (*DATA.rglob("*"), *(ROOT / PARTS).rglob("*.py")) if path.is_file()]
    about = {_name(path): path.stat() for path in paths}
    return {name: (one.st_size, one.st_mtime_ns) for name, one in about.items()}


def changed(before: Inputs) -> list[str]:
    """Return the files that have come, gone or changed since, in order."""
    now = inputs()
    return sorted(name for name in before.keys() | now.keys() if before.get(name) != now.get(name))


def check(app, exception) -> None:
    """Say that a file was written while the book was built: then nothing is published (``build-finished``)."""
    if not exception and (files := changed(app.evidence_inputs)):
        LOGGER.warning(RULE.format(files[0]))


def setup(app) -> None:
    """Note the files before anything is read, and connect to the build before it is published."""
    app.evidence_inputs = inputs()
    app.connect("build-finished", check, priority=850)
