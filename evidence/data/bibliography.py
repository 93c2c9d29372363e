"""``references.bib``, read with bibtexparser: entries, titles, and what is wrong with them."""

from __future__ import annotations

import logging
import re
from collections.abc import Collection
from functools import cache
from pathlib import Path

import bibtexparser
from bibtexparser.model import DuplicateBlockKeyBlock, Entry

from evidence.data import dates
from evidence.data.rules import Problem, decode, nearest
from evidence.data.schema import ROOT

FILE = ROOT / "references.bib"
BRACES = str.maketrans("", "", "{}")  # around what a bibliography keeps as written
NOT_CITED = "is cited by no page and by no document; if it is a new document, `evidence new document` writes its pages"
YEAR = re.compile(r"(?:19|20)\d\d", re.ASCII)
ADDRESSES = {  # a host with a name and no other before it; nothing that ends an attribute or begins another text
    "url": re.compile(r"https?://(?:[\w-]+\.)+[a-z]{2,}(?::\d+)?(?:[/?#][^\s\"<>{}\\^`|]*)?", re.IGNORECASE),
    "doi": re.compile(r"10\.\d{4,9}/[^\s\"<>{}\\^`|]+"),
}
TYPES = {"article", "book", "incollection", "inproceedings", "mastersthesis", "misc", "phdthesis", "techreport"}
FIELDS = {
    "address",
    "author",
    "booktitle",
    "doi",
    "edition",
    "editor",
    "howpublished",
    "institution",
    "isbn",
    "journal",
}
FIELDS |= {"keywords", "month", "note", "number", "organization", "pages", "publisher", "school", "series", "title"}
FIELDS |= {"type", "url", "urldate", "volume", "year"}
WHO = (
    "author",
    "editor",
    "institution",
    "organization",
    "publisher",
    "note",
)  # or a note that says why nobody is named
COMMAND = re.compile(r"\\(?!url\{https?://)[A-Za-z]+")  # of TeX, but an address in a note
MARKUP = re.compile(r"<[A-Za-z/!?]|\"\s*>")
OF_KEY = re.compile(r"-((?:19|20)\d\d)(?:-(\d\d))?[a-z]?(?=-|$)")  # a year of a key, or two: mics-2010-11
CITED_BY = "cited-by-"  # keyword of works that a document cites, whether a chapter cites them or not


@cache
def _library(path: Path):
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)  # what cannot be read is said by block_problems
    return bibtexparser.parse_string(path.read_text(encoding="utf-8", errors="replace"))


@cache
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
    if name in ADDRESSES and not ADDRESSES[name].fullmatch(plain):
        return "is no address; a url is https:// or http://, a host and a path, without spaces, a doi 10.1234/what"
    if name not in FIELDS:
        return f"is no field of the bibliography{nearest(name, FIELDS)}; if it is new, add it to FIELDS in {__name__}"
    if not plain:
        return "is empty; fill it, or leave the field out"
    if found := COMMAND.search(value):
        return f"holds {found[0]}, a command of TeX, which pages show as it stands; write the words or the sign itself"
    if found := MARKUP.search(value):
        return f"holds markup ({found[0]}); a bibliography has words only"
    return None


def _years_of(key: str) -> list[str]:
    """Return the years that a key holds."""
    return [year for one, two in OF_KEY.findall(key) for year in ([one, one[:2] + two] if two else [one])]


def _entry_fault(entry, known: Collection[str]) -> tuple[str | None, str] | None:
    """Return the field and what is wrong with an entry as a whole, or None; ``known`` are the keys of documents."""
    given = {field.key.lower(): field.value.strip("{} ") for field in entry.fields}
    if entry.entry_type.lower() not in TYPES:
        return None, f"@{entry.entry_type} is no type of entry{nearest(entry.entry_type.lower(), TYPES)}"
    if "title" not in given:
        return "title", "has no title; write {{title not printed}} where the document prints none"
    if not any(given.get(name) for name in WHO):
        return "author", "names nobody; give author, editor or institution, or a note that says why there is none"
    stated, keyed = given.get("year", ""), _years_of(entry.key)
    if YEAR.fullmatch(stated) and keyed and stated not in keyed and not any(year in given["title"] for year in keyed):
        return "year", f"{stated} is not the year of the key, {' or '.join(keyed)}; mend the one that is wrong"
    for word in re.split(r",\s*", given.get("keywords", "")):
        cited_by = word.removeprefix(CITED_BY)
        if cited_by != word and known and cited_by not in known:
            return "keywords", f"is cited by no such document: {cited_by}{nearest(cited_by, known)}"
    return None


def entry_problems(known: Collection[str] = (), path: Path = FILE) -> list[Problem]:
    """Return the entries whose type, title, maker, year or citing document is wrong, and works that stand twice.

    ``known`` are the keys of the documents of the book; without them what cites a work is not looked at.
    """
    found: list[Problem] = []
    seen: dict[tuple[str, ...], str] = {}
    for entry in _library(path).entries:
        number = entry.start_line + 1
        if fault := _entry_fault(entry, known):
            found.append(Problem(path.name, number, fault[0], entry.key, fault[1]))
        given = {field.key.lower(): field.value.translate(BRACES).casefold() for field in entry.fields}
        work = tuple(given.get(name, "") for name in ("title", "author", "year", "url", "note"))
        if (first := seen.setdefault(work, entry.key)) != entry.key:
            found.append(Problem(path.name, number, None, entry.key, f"is the work of {first}; keep one, and cite it"))
    for block in _library(path).blocks:
        if not isinstance(block, Entry) and block not in _library(path).failed_blocks:
            rule = "is no entry, so that nothing in it is cited; take it out, or close the entry before it"
            found.append(Problem(path.name, block.start_line + 1, None, block.raw.split("\n")[0][:60], rule))
    return found


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
