"""Refuses quantities typed in prose: a number in a sentence comes from a role.

Allowed are years, school years, numbers of grades, tables, sections and pages, and the short
list of phrases below, which count the book's own things.
"""

from __future__ import annotations

import re

from evidence.checks import markdown
from evidence.checks.chapters import readable
from evidence.data import store
from evidence.data.rules import Problem
from evidence.data.schema import ROOT
from evidence.figures.sentences import ROLE

# Counts of what the book or the documents are made of, not quantities a source reports.
ALLOWED_PHRASES = (
    "four components",
    "four measures",
    "five points",
    "five levels",
    "four categories",
    "six stages",
    "six points",
    "three answers",
    "three counts",
    "three indicators",
    "three languages",
    "three lists",
    "three rates",
    "three sources",
    "extracted twice",
    "four kinds of number",
    "three kinds of empty",
    "three kinds of source",
    "two passages",
    "three cities",
    "three bases",
    "two bases",
    "two commands",
    "tale of two studies",
    "two counts",
    "two figures",
    "two independent",
    "two ministries",
    "two of its places",
    "two places",
    "two points",
    "two rounds",
    "two school years",
    "two sentences",
    "two surveys",
    "two western regions",
    "two extractions",
    "under eighteen",
    "a few dozen",
    "per quarter",
    "млрд: billion",
)
ALLOWED = re.compile(rf"\b(?:{'|'.join(ALLOWED_PHRASES)})\b", re.IGNORECASE)
NUMBER_WORDS = re.compile(
    r"\b(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|"
    r"fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|"
    r"thousand|million|billion|dozen|half|halves|halved|third|thirds|quarter|quarters|fifth|twice|double|doubled|"
    r"doubles|per ?cent of)\b",
    re.IGNORECASE,
)
DIGITS = re.compile(r"\d[\d.,]*%?")
ALLOWED_DIGITS = re.compile(
    r"\b(?:19|20)\d\d(?:[-–]\d\d(?:\d\d)?)?\b"  # years and school years
    r"|\b(?:Table|Tables|Annex|Action|Actions|Helpline|Chart|Figure|Box|Grade|grade|p\.|pp\.|Section|§|version)\s*"
    r"\d+(?:\.\d+)*(?:(?:-|–| and | to )\d+)?"
    r"|\b\d\d? (?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
    r"|\bA\d\d?\b"  # actions of a document
    r"|\bages? \d+(?:-\d+)?|\baged \d+(?:-\d+)?|\bgrade of \d+"
    r"|COVID-19|4CAT|CC BY 4\.0|WCAG 2\.2|UTF-8|SHA-256|95% (?:Wilson|intervals?)|× 100|per 100,000"
)
RULE = "a quantity typed by hand; write it with {fact} or {calc}, or say it without a number"


def _blank(match: re.Match) -> str:
    return " " * len(match[0])


def quantities(text: str) -> list[tuple[int, str]]:
    """Return (position, text) of every quantity typed in a piece of prose."""
    text = ALLOWED_DIGITS.sub(_blank, ALLOWED.sub(_blank, text))
    found = [(match.start(), match[0].rstrip(".,")) for match in DIGITS.finditer(text)]
    found += [(match.start(), match[0]) for match in NUMBER_WORDS.finditer(text)]
    return sorted(found)


def chapter_problems() -> list[Problem]:
    """Return the quantities typed in the prose of chapters, in directives and in link texts too."""
    return [
        Problem(str(path.relative_to(ROOT)), line, None, value, RULE)
        for path in readable()
        for line, text in markdown.of_page(path).prose
        for _, value in quantities(text)
    ]


def sentence_problems() -> list[Problem]:
    """Return the quantities typed in sentences kept as data."""
    return [
        Problem(store.schema()[table]["path"], number, column, value, f"{row.id}: {RULE}")
        for table, column in store.columns_with("sentence")
        for number, row in store.numbered(table)
        for _, value in quantities(ROLE.sub(_blank, getattr(row, column)))
    ]


def problems() -> list[Problem]:
    """Return every quantity typed by hand in chapters, exhibits and key messages."""
    return [*chapter_problems(), *sentence_problems()]
