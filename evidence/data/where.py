"""Which copy of the repository this package belongs to: a command run in one copy must never work on another."""

from __future__ import annotations

from pathlib import Path

from evidence.data.schema import DATA, FIELDS, ROOT

MARKS = ("evidence/__init__.py", f"{DATA.name}/{FIELDS}")  # files that make a folder a copy of this repository


def other_copy(folder: Path) -> str:
    """Return why this package may not work in a folder, "" if it may: another copy has a package of its own."""
    folder = folder.resolve()
    if folder == ROOT or not all((folder / mark).is_file() for mark in MARKS):
        return ""
    return (
        f"{folder} is another copy of the book than {ROOT}, whose package this is: use 'make', or 'python -m evidence'"
    )
