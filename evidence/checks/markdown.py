"""Chapters as the book's parser reads them: pieces of prose and code cells, each with its line."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.colon_fence import colon_fence_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.front_matter import front_matter_plugin
from mdit_py_plugins.myst_blocks import myst_block_plugin
from mdit_py_plugins.myst_role import myst_role_plugin

SPELT = ("abbr", "sub", "sup")  # roles whose content readers see as words
FIGURE = re.compile(r"[\d.,\s]*\d[\d.,\s]*%?")  # what is no code, though it stands between ticks
DIRECTIVE = re.compile(r"\{([\w:-]+)\}\s*(.*)")
OPTION = re.compile(r":([\w-]+):(.*)")
NO_PROSE = {"math", "raw", "mermaid"}  # directives whose content is in another language
TITLED = {"admonition", "dropdown"}  # directives whose argument readers see


class Cell(NamedTuple):
    """A code cell: the line of its first line of code in the chapter, the code, its options and its language."""

    line: int
    code: str
    options: dict[str, str]
    language: str


class Directive(NamedTuple):
    """A directive: its line, name, argument and options."""

    line: int
    name: str
    argument: str
    options: dict[str, str]


@dataclass
class Chapter:
    """What a chapter holds, each with its line.

    ``prose`` is text without roles, links' addresses and code; ``roles`` have name and content, ``links`` an address,
    ``images`` address and alternative, ``headings`` level and text, ``targets`` a label, ``html`` the first line of
    a piece of HTML, ``breaks`` what a line ``+++`` says of the block below; ``front_matter`` is its line and text,
    ``unclosed`` the lines of fences that nothing closes.
    """

    prose: list[tuple[int, str]] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    roles: list[tuple[int, str, str]] = field(default_factory=list)
    directives: list[Directive] = field(default_factory=list)
    links: list[tuple[int, str]] = field(default_factory=list)
    images: list[tuple[int, str, str]] = field(default_factory=list)
    headings: list[tuple[int, int, str]] = field(default_factory=list)
    targets: list[tuple[int, str]] = field(default_factory=list)
    html: list[tuple[int, str]] = field(default_factory=list)
    breaks: list[tuple[int, str]] = field(default_factory=list)
    unclosed: list[int] = field(default_factory=list)
    front_matter: tuple[int, str] | None = None

    def add(self, other: Chapter) -> None:
        """Take over what a part of the chapter holds."""
        for name in (
            "prose",
            "cells",
            "roles",
            "directives",
            "links",
            "images",
            "headings",
            "targets",
            "html",
            "breaks",
            "unclosed",
        ):
            getattr(self, name).extend(getattr(other, name))


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark").enable("table")
    for plugin in (front_matter_plugin, myst_block_plugin, myst_role_plugin, colon_fence_plugin, deflist_plugin):
        parser.use(plugin)
    return parser


def first_line(text: str) -> str:
    """Return the first line of a text."""
    return text.strip().split("\n")[0]


def _inline(token: Token, line: int, chapter: Chapter) -> None:
    """Add the words and the roles of a paragraph, heading or cell of a table to a chapter."""
    words: dict[int, str] = {}
    for child in token.children or []:
        if child.type in ("softbreak", "hardbreak"):
            line += 1
        elif child.type == "text" or (child.type == "code_inline" and FIGURE.fullmatch(child.content)):
            words[line] = words.get(line, "") + child.content + ("" if child.content.endswith(" ") else " ")
        elif child.type == "myst_role":
            chapter.roles.append((line, child.meta["name"], child.content))
            if child.meta["name"] in SPELT:
                words[line] = f"{words.get(line, '')}{child.content} "
        elif child.type == "image":
            chapter.images.append((line, str(child.attrs.get("src", "")), child.content))
            _inline(child, line, chapter)
        elif child.type == "html_inline":
            chapter.html.append((line, first_line(child.content)))
        elif child.type == "link_open":
            chapter.links.append((line, str(child.attrs.get("href", ""))))
        line += child.content.count("\n")
    chapter.prose.extend(words.items())


def _description(front_matter: str, line: int) -> list[tuple[int, str]]:
    """Return (line, text) of the description of a page, which search engines show."""
    found: list[tuple[int, str]] = []
    for number, text in enumerate(front_matter.split("\n"), start=1):
        if text.startswith("description:") or (found and text.startswith(" ")):  # it may go on, indented
            found.append((line + number, text.removeprefix("description:")))
        elif found:
            break
    return found


def _body(content: str) -> tuple[dict[str, str], str]:
    """Return the options of a directive, and its content without them."""
    lines = content.split("\n")
    options: dict[str, str] = {}
    while len(options) < len(lines) and (match := OPTION.match(lines[len(options)])):
        options[match[1]] = match[2].strip()
    return options, "\n".join(lines[len(options) :])


def _fence(token: Token, line: int, chapter: Chapter) -> None:
    """Add what a fenced block holds to a chapter: a code cell, or a directive with its text; plain code is skipped."""
    directive = DIRECTIVE.match(token.info.strip())
    options, body = _body(token.content)
    if directive is None:
        return
    name, argument = directive[1], directive[2].strip()
    if name == "code-cell":
        code = body.lstrip("\n")  # an empty line stands between options and code
        chapter.cells.append(Cell(line + 1 + len(options) + len(body) - len(code), code, options, argument))
        return
    chapter.directives.append(Directive(line, name, argument, options))
    if name == "raw":
        chapter.html.append((line, f"{{raw}} {argument}".strip()))
    if name in TITLED:
        chapter.prose.append((line, argument))
    if "alt" in options:
        chapter.prose.append((line, options["alt"]))
    if name not in NO_PROSE:
        chapter.add(read(body, line + 1 + len(options)))


def _has_swallowed(token: Token) -> bool:
    """Return whether another block begins in a fence, with as many ticks: the line that closes it is missing."""
    return any(line.startswith(f"{token.markup}{{") for line in token.content.split("\n"))


def _is_closed(token: Token, lines: list[str]) -> bool:
    """Return whether a fence ends in a line that closes it, and not where its text ends."""
    if token.map is None or token.map[1] > len(lines):
        return False
    last = lines[token.map[1] - 1].strip()
    return token.map[1] - token.map[0] > 1 and last.startswith(token.markup) and not last.strip(token.markup[0])


def read(text: str, first: int = 1) -> Chapter:
    """Return what a chapter (or a part that begins on line ``first``) holds."""
    chapter, lines = Chapter(), text.split("\n")
    level = 0
    for token in _parser().parse(text):
        line = first + (token.map[0] if token.map else 0)
        if token.type == "heading_open":
            level = int(token.tag[1:])
        elif token.type == "inline":
            if level:
                chapter.headings.append((line, level, token.content))
                level = 0
            _inline(token, line, chapter)
        elif token.type in ("fence", "colon_fence"):
            if _has_swallowed(token) or not _is_closed(token, lines):
                chapter.unclosed.append(line)
            if not _has_swallowed(token):  # what is in it belongs to another block
                _fence(token, line, chapter)
        elif token.type == "html_block":
            chapter.html.append((line, first_line(token.content)))
        elif token.type == "myst_target":
            chapter.targets.append((line, token.content))
        elif token.type == "myst_block_break":
            chapter.breaks.append((line, token.content))
        elif token.type == "front_matter":
            chapter.front_matter = (line, token.content)
            chapter.prose.extend(_description(token.content, line))
    return chapter


@cache
def _of_text(text: str) -> Chapter:
    return read(text)


def of_page(path: Path) -> Chapter:
    """Return what the file of a page holds; a text is parsed once, however many checks read it."""
    return _of_text(path.read_text(encoding="utf-8"))
