"""Docstrings as nodes: paragraphs, literals and the list of arguments."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from pathlib import Path

from docutils import nodes

from evidence.data import format

LITERAL = re.compile(r"``(.+?)``|:\w+:`~?\.?([\w.]+)`")
ARGUMENT = re.compile(r"- ``(\w+)``: (.*)", re.DOTALL)


def inline(text: str) -> list[nodes.Node]:
    """Return the nodes of a text in which code stands between double backticks or in a role of Sphinx."""
    found: list[nodes.Node] = []
    end = 0
    for match in LITERAL.finditer(text):
        code = (match[1] or match[2].rpartition(".")[2]).strip()
        found += [nodes.Text(text[end : match.start()]), nodes.literal("", code)]
        end = match.end()
    return [node for node in (*found, nodes.Text(text[end:])) if node.astext()]


def parts(thing: object) -> list[str]:
    """Return the paragraphs and list items of a docstring, each on one line."""
    text = inspect.getdoc(thing) or ""
    pieces = re.split(r"\n\s*\n|\n(?=- )", text)
    return [" ".join(piece.split()) for piece in pieces if piece.strip()]


def first(thing: object) -> str:
    """Return the first paragraph of a docstring without the word "Return", as the name of what comes back."""
    text = next(iter(parts(thing)), "").removeprefix("Return ").rstrip(".")
    return f"{format.capitalised(text)}."


def arguments(thing: object) -> dict[str, str]:
    """Return what a docstring says of each argument."""
    return {match[1]: match[2] for match in map(ARGUMENT.fullmatch, parts(thing)) if match}


def call_of(name: str, function: Callable) -> str:
    """Return a function with its arguments, as one calls it; those only the program gives are left out."""
    shown = []
    for item in inspect.signature(function).parameters.values():
        if item.kind is item.KEYWORD_ONLY or isinstance(item.default, Path):
            continue
        stars = "*" if item.kind is item.VAR_POSITIONAL else "**" if item.kind is item.VAR_KEYWORD else ""
        shown.append(f"{stars}{item.name}" + ("" if item.default is item.empty else f"={item.default!r}"))
    return f"{name}({', '.join(shown)})"


def entry(head: str, text: str) -> nodes.definition_list_item:
    """Return an entry of a list of names: code, and what it is."""
    term = nodes.term("", "", nodes.literal("", head))
    return nodes.definition_list_item("", term, nodes.definition("", nodes.paragraph("", "", *inline(text))))
