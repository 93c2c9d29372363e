"""Watches the files of the book by looking at them: no dependency, and right on every file system.

Looking at some two hundred files takes two milliseconds.
"""

from __future__ import annotations

import os
from pathlib import Path

FILES = ("index.md", "references.bib", "_toc.yml", "_config.yml", "requirements.in", "requirements.txt")
FOLDERS = {  # folder: suffixes of the files in it that make the book
    "chapters": (".md",),
    "data": (".csv", ".toml", ".json"),
    "evidence": (".py", ".html", ".css", ".js", ".conf", ".svg"),
}
# What the worker has imported or keeps: modules of parts are imported by chapters, in forks of their own.
KEPT = ("evidence/", "data/fields.toml", "requirements.in", "requirements.txt")
NOT_KEPT = ("evidence/parts/", "evidence/site/theme/")

Snapshot = dict[str, tuple[int, int, int]]


def snapshot(root: Path) -> Snapshot:
    """Return (time of change, size, inode) of every file that the book is made from, by its path in the book."""
    found: Snapshot = {}

    def look(path: str, name: str) -> None:
        try:
            about = os.stat(path)
        except OSError:  # gone between being listed and being looked at
            return
        found[name] = about.st_mtime_ns, about.st_size, about.st_ino

    for name in FILES:
        look(os.path.join(root, name), name)
    for top, suffixes in FOLDERS.items():
        for folder, folders, names in os.walk(os.path.join(root, top)):
            folders[:] = [name for name in folders if not name.startswith((".", "__"))]
            for name in names:
                if name.endswith(suffixes) and not name.startswith("."):
                    path = os.path.join(folder, name)
                    look(path, os.path.relpath(path, root).replace(os.sep, "/"))
    return found


def changed(before: Snapshot, now: Snapshot) -> list[str]:
    """Return the files that are new, gone or saved between two snapshots."""
    return sorted(name for name in before.keys() | now.keys() if before.get(name) != now.get(name))


def is_kept(name: str) -> bool:
    """Return whether the worker keeps a file in its memory, so that a change needs a new worker."""
    return name.startswith(KEPT) and not name.startswith(NOT_KEPT)
