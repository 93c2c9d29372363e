"""Notes that name documents by key and lines of our texts, as readers need them: names and pages."""

from __future__ import annotations

import re

from evidence.data import format, store
from evidence.data.records import place_of_lines
from evidence.figures.cards import paged

SOURCE = re.compile(r"\b([a-z]+\d{4}[a-z]*)\b(?:,? line (\d+(?:-\d+)?))?")


def paged_note(text: str, source: str = "") -> tuple[str, str]:
    """Return a note with keys of documents as their names and lines as pages, and the document it names last.

    A line without a document is one of that named before it (``source``); lines whose page is not known are left out.
    """
    found, end = "", 0
    for match in SOURCE.finditer(text):
        if match[1] not in store.rows("sources"):
            continue
        found += _paged(text[end : match.start()], source)
        source = match[1]
        page = place_of_lines(source, match[2]).page if match[2] else ""
        found += store.names("sources")[source] + (f", {format.page(page)}" if page else "")
        end = match.end()
    return found + _paged(text[end:], source), source


def _paged(text: str, source: str) -> str:
    """Return a text with the lines it names as pages of a document, as it stands where none is named before."""
    return paged(text, source) if source else text
