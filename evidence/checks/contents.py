"""The contents of the book (``_toc.yml``) and its settings: whether they can be read, and name every page once."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from evidence.checks.chapters import page_names
from evidence.checks.heads import read_yaml
from evidence.data.rules import Problem, decode, nearest
from evidence.data.schema import ROOT

TOC = "_toc.yml"
SETTINGS = "_config.yml"


def _entries(part) -> list[tuple[str, str]]:
    """Return (``file`` or ``glob``, what it names) of a part of the contents, in its order."""
    if isinstance(part, list):
        return [entry for item in part for entry in _entries(item)]
    if not isinstance(part, dict):
        return []
    own = [(key, str(part[key])) for key in ("root", "file", "glob") if key in part]
    return own + [entry for key in ("parts", "chapters", "sections") for entry in _entries(part.get(key, []))]


def listed(toc: object, known: set[str]) -> Counter:
    """Return how often the contents name each page; a glob names those that no entry names.

    ``known`` are the pages there are, without ``.md``.
    """
    entries = _entries(toc)
    by_name = Counter(name.removesuffix(".md") for kind, name in entries if kind != "glob")
    found = Counter(by_name)
    for kind, pattern in entries:
        if kind == "glob":
            found.update(page for page in known if page not in by_name and pattern and Path(page).match(pattern))
    return found


def yaml_of(name: str) -> tuple[str, object, list[Problem]]:
    """Return a file of YAML as text, what it says (None where it cannot be read), and what is wrong with it."""
    path = ROOT / name
    if not path.is_file():
        return "", None, []
    text, wrong = decode(path.read_bytes(), name)
    said, found = read_yaml(name, text)
    return text, said, [*wrong, *found]


def problems() -> list[Problem]:
    """Return what is wrong with contents and settings: unreadable, pages that are not there, in no menu, or in two."""
    text, toc, found = yaml_of(TOC)
    found += yaml_of(SETTINGS)[2]
    if not isinstance(toc, dict):
        return found or [Problem(TOC, None, None, None, "is missing or empty: it names the pages of the book")]
    known = set(page_names())
    times = listed(toc, known)
    lines = text.split("\n")

    def line_of(page: str) -> int | None:
        wanted = re.compile(rf"(root|file):\s*{re.escape(page)}(\.md)?\s*(#.*)?$")
        return next((number for number, line in enumerate(lines, start=1) if wanted.search(line)), None)

    for page in times:
        if page not in known:
            rule = f"there is no such page{nearest(page, known)}"
            found.append(Problem(TOC, line_of(page), None, page, rule))
        elif times[page] > 1:
            rule = "stands in the contents twice; delete one of the entries"
            found.append(Problem(TOC, line_of(page), None, page, rule))
    for page in sorted(known - times.keys()) if times.keys() <= known else ():
        rule = f"the page is in no menu; add `- file: {page}` to {TOC} where it belongs"
        found.append(Problem(f"{page}.md", None, None, None, rule))
    return found
