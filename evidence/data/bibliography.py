"""``references.bib``, read with bibtexparser: entries, titles, and what is wrong with them."""

from __future__ import annotations

import logging
import re
from functools import cache
from pathlib import Path

import bibtexparser
from bibtexparser.model import DuplicateBlockKeyBlock

from evidence.data import dates
from evidence.data.rules import Problem, decode
from evidence.data.schema import ROOT

FILE = ROOT / "references.bib"
BRACES = str.maketrans("", "", "{}")  # around what a bibliography keeps as written
NOT_CITED = "is cited by no page and by no document; if it is a new document, `evidence new document` writes its pages"
YEAR = re.compile(r"(?:19|20)\d\d", re.ASCII)
ADDRESSES = {"url": re.compile(r"https?://[\w-]+(?:\.[\w-]+)+"), "doi": re.compile(r"(?:https?://\S+/)?10\.\d")}
CITED_BY = "cited-by-"  # keyword of works that a document cites, whether a chapter cites them or not


@cache
def _library(path: Path):
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)  # what cannot be read is said by block_problems
    return bibtexparser.parse_string(path.read_text(encoding="utf-8", errors="replace"))


def entries(path: Path = FILE) -> dict[str, dict[str, str]]:
    """Return the fields of every entry by key."""
    return {entry.key: {field.key: field.value for field in entry.fields} for entry in _library(path).entries}


def titles(path: Path = FILE) -> list[str]:
    """Return the titles of all entries, without braces; they are names, which may be quoted."""
    return [fields["title"].strip("{}") for fields in entries(path).values() if "title" in fields]


def title_of(key: str, path: Path = FILE) -> str:
    """Return the title of an entry without the braces that keep its capitals, "" for an entry that is not there."""
    return entries(path).get(key, {}).get("title", "").translate(BRACES)


def line_of(key: str, path: Path = FILE) -> int | None:
    """Return the line on which an entry begins, None if there is none."""
    return next((entry.start_line + 1 for entry in _library(path).entries if entry.key == key), None)


def block_problems(path: Path = FILE) -> list[Problem]:
    """Return the entries that cannot be read, or whose key is used twice, and what is wrong with how they are saved."""
    return decode(path.read_bytes(), path.name)[1] + [
        Problem(path.name, block.start_line + 1, None, block.raw.split("\n")[0], _reason(block))
        for block in _library(path).failed_blocks
    ]


def _reason(block) -> str:
    if isinstance(block, DuplicateBlockKeyBlock):
        return "its key is already used above; each entry has a key of its own"
    return "cannot be read: close it with } and end each field with a comma"


def _field_fault(name: str, value: str) -> str | None:
    """Return what is wrong with a field of an entry, or None."""
    plain = value.strip("{} ")
    if name == "year" and not YEAR.fullmatch(plain):
        return f"is no year since {dates.FIRST} in four digits; leave the field out where none is printed"
    if name in ADDRESSES and not ADDRESSES[name].match(plain):
        return "is no address; a url begins with https:// or http:// and a host, a doi with 10."
    return None


def field_problems(path: Path = FILE) -> list[Problem]:
    """Return the years that are none, and the addresses that lead to no page of the web."""
    return [
        Problem(path.name, field.start_line + 1, name, field.value, f"{entry.key}: {rule}")
        for entry in _library(path).entries
        for field in entry.fields
        if (rule := _field_fault(name := field.key.lower(), field.value))
    ]


def unused_problems(cited: str, path: Path = FILE) -> list[Problem]:
    """Return the entries that neither ``cited`` (text) nor a document cites; one that begins like a key is another."""
    named = set(re.findall(r"[\w:.+-]*\w", cited))
    return [
        Problem(path.name, line_of(key), None, key, NOT_CITED)
        for key, fields in entries(path).items()
        if CITED_BY not in fields.get("keywords", "") and key not in named
    ]
