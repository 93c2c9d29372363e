"""The sentences of a page as somebody reads them: each line of its prose, with its roles."""

from __future__ import annotations

from pathlib import Path

from evidence.checks import markdown
from evidence.checks.chapters import page_names, readable
from evidence.data.schema import ROOT

COLUMN = "sentence"  # what a sentence is called where rows have columns
FIELDS = {COLUMN: {"sentence": True}}
FOLDER = "chapters/"


def is_page(name: str) -> bool:
    """Return whether a name is that of a page, and not of a table."""
    return name == "index" or name.startswith(FOLDER)


def page_called(name: str) -> str:
    """Return the page that an author means by its file, its path, or its path below ``chapters/``; else the name."""
    bare = name.removesuffix(".md")
    return next((page for page in (bare, f"{FOLDER}{bare}") if page in page_names()), name)


def pages() -> list[str]:
    """Return the pages whose files can be read."""
    return [path.relative_to(ROOT).as_posix().removesuffix(".md") for path in readable()]


def of_file(path: Path) -> list[tuple[int, str]]:
    """Return (line, text) of every line of a page with words or roles: of its description, headings and prose."""
    chapter, lines = markdown.of_page(path), path.read_text(encoding="utf-8").split("\n")
    numbers = {line for line, _ in chapter.prose} | {line for line, _, _ in chapter.roles}
    return [(number, text) for number in sorted(numbers) if (text := lines[number - 1].strip())]


def of_page(page: str) -> list[tuple[int, str]]:
    """Return (line, text) of every sentence of a page, by its name."""
    return of_file(ROOT / f"{page}.md")
