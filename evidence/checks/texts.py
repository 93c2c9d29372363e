"""The source texts: lines, passages, and whether a text is the pinned one."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path

from evidence.data import store
from evidence.data.rules import Problem
from evidence.data.schema import ROOT
from evidence.data.store import line_range

TEXTS = ROOT / "texts"  # where the texts of the documents may lie; never in the repository (.gitignore)


def texts_folder(given: str | None = None) -> Path | None:
    """Return the folder of the source texts: the one given, else ``texts/`` of the repository, None without."""
    return Path(given) if given else TEXTS if TEXTS.is_dir() else None


@cache
def text_lines(path: Path) -> list[str]:
    """Return the lines of a source text."""
    return path.read_text(encoding="utf-8").split("\n")


def n_lines(path: Path) -> int:
    """Return the number of lines of a source text, without those that are empty at its end."""
    return len(path.read_text(encoding="utf-8").rstrip().split("\n"))


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
            continue
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        if digest != row.sha256:
            rule = f"has another hash than the pinned {row.sha256}; nothing was checked against this text"
            problems.append(Problem(path.name, None, None, digest, rule))
            continue
        if not n_lines(path) <= row.n_lines <= len(text_lines(path)):  # those at the end may be counted or not
            rule = f"lines; sources.csv says {row.n_lines}"
            problems.append(Problem(path.name, None, None, str(n_lines(path)), rule))
        found[row.id] = path
    if not any((folder / f"{key}.txt").is_file() for key in store.rows("sources")):
        rule = "holds none of the texts; each is there under the key of its document: KEY.txt"
        problems.append(Problem(str(folder), None, None, None, rule))
    return found, problems
