"""Notes of the bibliography: where a document lists or cites a work, as its page and not as a line of our text."""

from __future__ import annotations

import re

from docutils import nodes

from evidence.data import format, store
from evidence.data.records import place_of_lines

LINES = r"\d+(?:-\d+)?"
SOURCE = re.compile(r"\b([a-z]+\d{4}[a-z]*)\b(?:,? line (\d+(?:-\d+)?))?")
FURTHER = re.compile(rf"\b(in )?line ({LINES})")


def paged_note(text: str, source: str = "") -> tuple[str, str]:
    """Return a note with keys of documents as their names and lines as pages, and the document it names last.

    A line without a document is one of that named before it (``source``); lines whose page is not known are left out.
    """
    found, end = "", 0
    for match in SOURCE.finditer(text):
        if match[1] not in store.rows("sources"):
            continue
        found += _further(text[end : match.start()], source)
        source = match[1]
        page = place_of_lines(source, match[2]).page if match[2] else ""
        found += store.names("sources")[source] + (f", {format.page(page)}" if page else "")
        end = match.end()
    return found + _further(text[end:], source), source


def _further(text: str, source: str) -> str:
    """Return a text with the lines it names as pages of a document."""
    if not source:
        return text

    def page(match) -> str:
        known = place_of_lines(source, match[2]).page
        return f"{'on ' if match[1] else ''}{format.page(known) if known else 'another page'}"

    return FURTHER.sub(page, text)


def resolve(app, doctree, docname) -> None:
    """Name pages in the notes of entries of the bibliography (``doctree-resolved``)."""
    for entry in doctree.findall(nodes.citation):
        source = ""
        for node in list(entry.findall(nodes.Text)):
            said, source = paged_note(str(node), source)
            if said != str(node):
                node.parent.replace(node, nodes.Text(said))


def setup(app) -> None:
    """Connect to the build."""
    app.connect("doctree-resolved", resolve, priority=480)
