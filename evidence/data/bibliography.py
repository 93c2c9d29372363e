"""``references.bib``, read with bibtexparser: entries, titles, and what is wrong with them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import bibtexparser

from evidence.data.rules import Problem
from evidence.data.schema import ROOT

FILE = ROOT / "references.bib"
NOT_CITED = "is cited by no page and by no document; if it is a new document, `evidence new document` writes its pages"
CITED_BY = "cited-by-"  # keyword of works that a document cites, whether a chapter cites them or not


@cache
def _library(path: Path):
    return bibtexparser.parse_file(str(path))


def entries(path: Path = FILE) -> dict[str, dict[str, str]]:
    """Return the fields of every entry by key."""
    return {entry.key: {field.key: field.value for field in entry.fields} for entry in _library(path).entries}


def titles(path: Path = FILE) -> list[str]:
    """Return the titles of all entries, without braces; they are names, which may be quoted."""
    return [fields["title"].strip("{}") for fields in entries(path).values() if "title" in fields]


def problems(cited: str, path: Path = FILE) -> list[Problem]:
    """Return broken or double entries, and entries that neither ``cited`` (text) nor a document cites."""
    found = [
        Problem(path.name, block.start_line + 1, None, None, f"cannot be read ({type(block).__name__})")
        for block in _library(path).failed_blocks
    ]
    for key, fields in entries(path).items():
        if CITED_BY not in fields.get("keywords", "") and key not in cited:
            found.append(Problem(path.name, None, None, key, NOT_CITED))
    return found
