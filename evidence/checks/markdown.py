"""Chapters as the book's parser reads them: pieces of prose and code cells, each with its line."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.colon_fence import colon_fence_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.front_matter import front_matter_plugin
from mdit_py_plugins.myst_blocks import myst_block_plugin
from mdit_py_plugins.myst_role import myst_role_plugin

DIRECTIVE = re.compile(r"\{([\w:-]+)\}\s*(.*)")
OPTION = re.compile(r":[\w-]+:")
NO_PROSE = {"math", "raw", "mermaid"}  # directives whose content is in another language
TITLED = {"admonition", "dropdown"}  # directives whose argument readers see


class Cell(NamedTuple):
    """A code cell: the line of its first line of code in the chapter, and the code."""

    line: int
    code: str


class Chapter(NamedTuple):
    """A chapter: (line, text) of its prose without roles, links' addresses and code; its code cells; (line, name,
    content) of its roles; (line, name, argument) of its directives."""

    prose: list[tuple[int, str]]
    cells: list[Cell]
    roles: list[tuple[int, str, str]]
    directives: list[tuple[int, str, str]]

    def add(self, other: Chapter) -> None:
        """Take over what a part of the chapter holds."""
        self.prose.extend(other.prose)
        self.cells.extend(other.cells)
        self.roles.extend(other.roles)
        self.directives.extend(other.directives)


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark").enable("table")
    for plugin in (front_matter_plugin, myst_block_plugin, myst_role_plugin, colon_fence_plugin, deflist_plugin):
        parser.use(plugin)
    return parser


def _inline(token: Token, line: int, chapter: Chapter) -> None:
    """Add the words and the roles of a paragraph, heading or cell of a table to a chapter."""
    words: dict[int, str] = {}
    for child in token.children or []:
        if child.type in ("softbreak", "hardbreak"):
            line += 1
        elif child.type == "text":
            words[line] = words.get(line, "") + child.content + ("" if child.content.endswith(" ") else " ")
        elif child.type == "myst_role":
            chapter.roles.append((line, child.meta["name"], child.content))
        elif child.type == "image":
            _inline(child, line, chapter)
        line += child.content.count("\n")
    chapter.prose.extend(words.items())


def _description(front_matter: str, line: int) -> list[tuple[int, str]]:
    """Return (line, text) of the description of a page, which search engines show."""
    for number, text in enumerate(front_matter.split("\n"), start=1):
        if text.startswith("description:"):
            return [(line + number, text.removeprefix("description:"))]
    return []


def _body(content: str) -> tuple[int, str]:
    """Return how many lines of options a directive has, and its content without them."""
    lines = content.split("\n")
    options = 0
    while options < len(lines) and OPTION.match(lines[options]):
        options += 1
    return options, "\n".join(lines[options:])


def _fence(token: Token, line: int, chapter: Chapter) -> None:
    """Add what a fenced block holds to a chapter: a code cell, or a directive with its text; plain code is skipped."""
    directive = DIRECTIVE.match(token.info.strip())
    options, body = _body(token.content)
    if directive is None:
        return
    name, argument = directive[1], directive[2].strip()
    if name == "code-cell":
        chapter.cells.append(Cell(line + 1 + options, body))
        return
    chapter.directives.append((line, name, argument))
    if name in TITLED:
        chapter.prose.append((line, argument))
    if name not in NO_PROSE:
        chapter.add(read(body, line + 1 + options))


def read(text: str, first: int = 1) -> Chapter:
    """Return what a chapter (or a part that begins on line ``first``) holds."""
    chapter = Chapter([], [], [], [])
    for token in _parser().parse(text):
        line = first + (token.map[0] if token.map else 0)
        if token.type == "inline":
            _inline(token, line, chapter)
        elif token.type in ("fence", "colon_fence"):
            _fence(token, line, chapter)
        elif token.type == "front_matter":
            chapter.prose.extend(_description(token.content, line))
    return chapter
