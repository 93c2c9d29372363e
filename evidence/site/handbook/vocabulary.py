"""``{vocabulary}``: what authors may write, from the code that reads it."""

from __future__ import annotations

import re
from collections.abc import Callable
from types import ModuleType

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

import evidence.book
from evidence.checks.expect import functions
from evidence.data import format, store
from evidence.data.schema import DATA, FIELDS, kinds
from evidence.figures.calculations import FORMULAS
from evidence.site.handbook.docstrings import call_of, entry, first, parts

DIRECTIVE = re.compile(r"``(\{[\w-]+\}[^`]*)`` (.*)", re.DOTALL)  # at the head of a directive's docstring
Names = list[tuple[str, str]]  # how a thing is written, and what it is


def expectations() -> Names:
    """Return what ``expect`` of a discrepancy may call."""
    return [(call_of(name, function), first(function)) for name, function in functions().items()]


def formulas() -> Names:
    """Return the formulas of calculations."""
    return [(call_of(name, function), first(function)) for name, function in FORMULAS.items()]


def record_roles() -> Names:
    """Return the roles that print a record: how each reads."""
    found = []
    for kind, table in kinds().items():
        record = store.schema()[table]["record"]
        reads = "its number" if kind in ("fact", "calc") else f"``{record['text']}``"
        found.append((f"{{{kind}}}`its-id`", f"{record['name']}, a row of ``{table}.csv``; reads as {reads}."))
    return found


def book_directives() -> Names:
    """Return the directives of the book, each with what it shows; their docstrings begin with how one is written."""
    classes = [kind for kind in SphinxDirective.__subclasses__() if kind.__module__.startswith("evidence.")]
    written = [DIRECTIVE.fullmatch(parts(kind)[0]) for kind in classes]
    return sorted((match[1], format.capitalised(match[2])) for match in written if match)


def cell_names() -> Names:
    """Return what ``from evidence.book import *`` gives to a cell."""
    found = []
    for name in evidence.book.__all__:
        thing = getattr(evidence.book, name)
        if isinstance(thing, ModuleType):
            ours = thing.__name__.startswith("evidence.")
            found.append((name, first(thing) if ours else f"The library ``{thing.__name__}``."))
        elif callable(thing):
            found.append((call_of(name, thing), first(thing)))
        else:
            found.append((name, f"The columns {', '.join(map(str, thing))}."))
    return found


LISTS: dict[str, Callable[[], Names]] = {
    "expect": expectations,
    "formulas": formulas,
    "roles": record_roles,
    "directives": book_directives,
    "cells": cell_names,
}


class Vocabulary(SphinxDirective):
    """``{vocabulary} formulas`` lists what authors may write: expect, formulas, roles, directives or cells."""

    required_arguments = 1

    def run(self):
        names = LISTS.get(self.arguments[0])
        if names is None:
            raise self.error(f"there is no list {self.arguments[0]!r}; there are {', '.join(LISTS)}")
        self.env.note_dependency(str(DATA / FIELDS))
        return [nodes.definition_list("", *(entry(head, text) for head, text in names()), classes=["vocabulary"])]


def setup(app) -> None:
    """Add the directive."""
    app.add_directive("vocabulary", Vocabulary)
