"""The source texts: lines, passages, and whether a text is the pinned one."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path

from evidence.data import store
from evidence.data.rules import Problem
from evidence.data.store import line_range


@cache
def text_lines(path: Path) -> list[str]:
    """Return the lines of a source text."""
    return path.read_text(encoding="utf-8").split("\n")


def passage(path: Path, lines: str) -> str:
    """Return a range of lines of a text as running text: hyphenation undone, spaces folded, lower case."""
    first, last = line_range(lines)
    text = "\n".join(line.strip() for line in text_lines(path)[first - 1 : last])
    text = re.sub(r"-\n+(?=[a-z])", "", text)
    return " ".join(text.split()).lower()


def pinned_texts(folder: Path) -> tuple[dict[str, Path], list[Problem]]:
    """Return the texts whose hash is the pinned one, and what is wrong with the others."""
    found, problems = {}, []
    for row in store.load("sources").itertuples():
        path = folder / f"{row.id}.txt"
        if not path.is_file():
            problems.append(
                Problem(path.name, None, None, None, f"is not in {folder}; nothing of {row.id} was checked")
            )
            continue
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        if digest != row.sha256:
            rule = f"has another hash than the pinned {row.sha256}; nothing was checked against this text"
            problems.append(Problem(path.name, None, None, digest, rule))
            continue
        printed, n_lines = len(path.read_text(encoding="utf-8").rstrip().split("\n")), len(text_lines(path))
        if not printed <= row.n_lines <= n_lines:  # empty lines at the end may be counted or not
            problems.append(Problem(path.name, None, None, str(printed), f"lines; sources.csv says {row.n_lines}"))
        found[row.id] = path
    return found, problems
