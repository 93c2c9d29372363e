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
    """A chapter: (line, text) of its prose without roles, links' addresses and code, and its code cells."""

    prose: list[tuple[int, str]]
    cells: list[Cell]


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark").enable("table")
    for plugin in (front_matter_plugin, myst_block_plugin, myst_role_plugin, colon_fence_plugin, deflist_plugin):
        parser.use(plugin)
    return parser


def _inline(token: Token, line: int) -> list[tuple[int, str]]:
    """Return (line, text) of the words of a paragraph, heading or cell of a table."""
    found = []
    for child in token.children or []:
        if child.type in ("softbreak", "hardbreak"):
            line += 1
        elif child.type == "text":
            found.append((line, child.content))
        elif child.type == "image":
            found += _inline(child, line)
        line += child.content.count("\n")
    joined: dict[int, str] = {}
    for place, text in found:
        joined[place] = joined.get(place, "") + text + ("" if text.endswith(" ") else " ")
    return list(joined.items())


def _body(content: str) -> tuple[int, str]:
    """Return how many lines of options a directive has, and its content without them."""
    lines = content.split("\n")
    options = 0
    while options < len(lines) and OPTION.match(lines[options]):
        options += 1
    return options, "\n".join(lines[options:])


def _fence(token: Token, line: int) -> Chapter:
    """Return the prose and the cells of a fenced block: a code cell, a directive with text, or plain code."""
    directive = DIRECTIVE.match(token.info.strip())
    options, body = _body(token.content)
    if directive is None or directive[1] in NO_PROSE:
        return Chapter([], [])
    if directive[1] == "code-cell":
        return Chapter([], [Cell(line + 1 + options, body)])
    inner = read(body, line + 1 + options)
    title = [(line, directive[2])] if directive[1] in TITLED else []
    return Chapter([*title, *inner.prose], inner.cells)


def read(text: str, first: int = 1) -> Chapter:
    """Return the prose and the cells of a chapter (or of a part that begins on line ``first``)."""
    prose: list[tuple[int, str]] = []
    cells: list[Cell] = []
    for token in _parser().parse(text):
        line = first + (token.map[0] if token.map else 0)
        if token.type == "inline":
            prose += _inline(token, line)
        elif token.type in ("fence", "colon_fence"):
            inner = _fence(token, line)
            prose += inner.prose
            cells += inner.cells
    return Chapter(prose, cells)
