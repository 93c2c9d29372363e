"""Pages known a second way: by the numbers printed at their feet, by the table of contents, and by their order.

``pages.csv`` says on which page each line stands, and how that was found. Here the same is asked of the text in other
ways, so that a page that was counted wrongly, swapped or shifted contradicts what the document itself prints.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from evidence.checks.texts import text_lines
from evidence.data import store
from evidence.data.rules import Problem

FILE = "pages.csv"
TAG = re.compile(r"</?\w+>")
ENTRY = re.compile(r"(?P<title>\S.*?)(?:\s*[.…]{2,}\s*|\t+|\s{2,})(?P<page>\d{1,3})")  # of a table of contents
NUMBERED = re.compile(r"^\W*(?:\d+(?:\.\d+)*\.?\s+)?")  # the number of a heading, which contents may leave out
FRONT = 700  # form: lines in which contents and lists of tables stand
LONG_TITLE = 5  # form: words from which on the beginning of a heading is enough
FOOT = re.compile(r"\s*(?P<page>\d+|[ivxl]+)\s*\|\s*P ?a ?g ?e\b")  # "14 | P a g e", as a word processor prints it
PAGE = re.compile(r"(\d+)(?:-(\d+))?")
ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}  # form: value of a letter


def number(page: str) -> int | None:
    """Return where a page stands in its order: 12 for ``12`` and ``12-14``, below zero for ``iv``, None for none."""
    if found := PAGE.fullmatch(page):
        return int(found[1])
    if not page or set(page) - ROMAN.keys():
        return None
    values = [ROMAN[letter] for letter in page]
    return sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0])) - 1000


def holds(page: str, wanted: int) -> bool:
    """Return whether a page or range of pages (``12``, ``12-14``) is or holds the one wanted."""
    found = PAGE.fullmatch(page)
    return bool(found) and int(found[1]) <= wanted <= int(found[2] or found[1])  # type: ignore[index]


def words(line: str) -> str:
    """Return the words of a heading as contents and text share them: no marks, no number before it, lower case."""
    plain = NUMBERED.sub("", re.sub(r"[#*_|]", "", TAG.sub("", line)))
    return " ".join(re.findall(r"\w+", plain.lower()))


@cache
def contents(path: Path) -> list[tuple[int, str, int]]:
    """Return (line, title as words, page) of every entry of the contents and lists of a document."""
    found = []
    for line, text in enumerate(text_lines(path)[:FRONT], start=1):
        entry = ENTRY.fullmatch(TAG.sub("", text).strip())
        if entry and len(words(entry["title"]).split()) > 1:
            found.append((line, words(entry["title"]), int(entry["page"])))
    return found


def headings(path: Path) -> Iterator[tuple[str, int, list[int]]]:
    """Yield (title, page that the contents print, lines that may be its heading) of every entry found in the text."""
    listed = contents(path)
    after = max((line for line, _, _ in listed), default=0)
    places: dict[str, list[int]] = defaultdict(list)
    for line, text in enumerate(text_lines(path)[after:], start=after + 1):
        places[words(text)].append(line)
    for _, title, page in listed:
        lines = places.get(title, [])
        if not lines and len(title.split()) >= LONG_TITLE:
            lines = [line for heading, at in places.items() if heading.startswith(title) for line in at]
        if lines:
            yield title, page, lines


def contents_problems(texts: dict[str, Path]) -> list[Problem]:
    """Return the pages on which a heading does not stand that the document's own contents put there."""
    found = []
    ranges = list(store.numbered("pages"))
    for source, path in texts.items():
        for title, page, lines in headings(path):
            if any(holds(store.page_of(source, str(line))[0], page) for line in lines):
                continue
            at, row = next(
                (at, row)
                for at, row in ranges
                if row.source == source and store.line_range(row.lines)[0] <= lines[0] <= store.line_range(row.lines)[1]
            )
            rule = f"{row.id}: the contents of the document put “{title}” (line {lines[0]}) on page {page}"
            found.append(Problem(FILE, at, "page", row.page or None, rule))
    return found


def foot_problems(texts: dict[str, Path]) -> list[Problem]:
    """Return the pages at whose foot another number is printed, and those said to be printed that are not."""
    found = []
    for at, row in store.numbered("pages"):
        if row.source not in texts:
            continue
        path = texts[row.source]
        first, last = store.line_range(row.lines)
        here = text_lines(path)[first - 1 : last]
        feet = [foot["page"] for line in here if (foot := FOOT.match(line))]
        if feet and row.page not in feet:
            rule = f"{row.id}: the number printed at its foot is {' or '.join(feet)}"
            found.append(Problem(FILE, at, "page", row.page or None, rule))
        elif row.page_basis == "printed" and not feet and row.page not in {line.strip() for line in here}:
            if not any(str(page) == row.page for _, _, page in contents(path)):
                rule = (
                    f"{row.id}: is said to be printed, and its number stands neither on this page nor in the contents"
                )
                found.append(Problem(FILE, at, "page", row.page, rule))
    return found


def order_problems() -> list[Problem]:
    """Return the pages that stand before an earlier one in the order of the lines, roman numbers first."""
    found = []
    last: dict[str, tuple[int, str]] = {}
    numbered = store.numbered("pages")
    for at, row in sorted(numbered, key=lambda item: (item[1].source, store.line_range(item[1].lines))):
        here = number(row.page)
        before, name = last.get(row.source, (here, ""))
        if here is not None and before is not None and here < before:
            rule = f"{row.id}: comes after page {name} in the text; pages follow each other"
            found.append(Problem(FILE, at, "page", row.page, rule))
        if here is not None:
            last[row.source] = (here, row.page)
    return found


def problems(texts: dict[str, Path]) -> list[Problem]:
    """Return every page that the document itself contradicts."""
    return [*contents_problems(texts), *foot_problems(texts)]
