"""Markup where words are meant: HTML in chapters, tags in cells of data. Both are shown as text or not at all.

Whoever writes a tag means something else to be read than what stands there, so it is refused and not only escaped. What
Markdown cannot say, a directive of the book says.
"""

from __future__ import annotations

import re

from evidence.checks import markdown
from evidence.checks.chapters import named, readable
from evidence.data import store
from evidence.data.rules import FIRST_ROW, Problem
from evidence.figures.sentences import ROLE

MARKUP = re.compile(r"<[A-Za-z/!?][^<>]*>?")
HIDDEN = re.compile(r"&#?\w+;|(?i:\b(?:java|vb)script:\S*)")  # a sign by its number or name, and a script as an address
IN_CELL = "holds markup; text of data is shown as it stands"
NO_SENTENCE = "is a role, which only sentences fill in; here it would stand as it is written: write the words"
IN_CHAPTER = "is HTML; write Markdown or use a directive, and begin a comment with %"


def markup_in(text: str) -> str:
    """Return the first tag, comment or declaration in a text, "" if it is plain; roles are no markup."""
    if hidden := HIDDEN.search(text):
        return hidden[0]
    if "<" not in text:
        return ""
    found = MARKUP.search(ROLE.sub("", text))
    return found[0] if found else ""


def shown_columns(resource: dict) -> list[str]:
    """Return the columns of text of a table that readers see: all but those that are kept off cards, heads aside."""
    head = (resource["record"] or {}).get("head", "")
    return [
        name
        for name, field in store.fields_of(resource).items()
        if field["type"] == "string" and (field.get("card") is not False or f"{{{name}}}" in head or name == "locator")
    ]


def cell_problems(table: str) -> list[Problem]:
    """Return the cells of a table that readers see and that hold markup."""
    resource, problems = store.schema()[table], []
    frame = store.load(table)
    for name in shown_columns(resource):
        is_sentence = store.fields(table)[name].get("sentence")
        for position, text in enumerate(frame[name].tolist()):
            if tag := markup_in(text):
                problems.append(Problem(resource["path"], position + FIRST_ROW, name, tag, IN_CELL))
            elif not is_sentence and (role := ROLE.search(text)):
                problems.append(Problem(resource["path"], position + FIRST_ROW, name, role[0], NO_SENTENCE))
    return problems


def chapter_problems() -> list[Problem]:
    """Return the HTML of chapters, line by line."""
    return [
        Problem(named(path), line, None, html, IN_CHAPTER)
        for path in readable()
        for line, html in markdown.of_page(path).html
    ]


def problems() -> list[Problem]:
    """Return the markup in cells that readers see and in chapters."""
    return [*(problem for table in store.schema() for problem in cell_problems(table)), *chapter_problems()]
