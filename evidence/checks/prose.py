"""Refuses quantities typed in prose: a number in a sentence comes from a role.

Allowed are years, school years, numbers of grades, tables, sections and pages, and the short
list of phrases below, which count the book's own things.
"""

from __future__ import annotations

import re
from functools import cache

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
    "a tenth of the time",
    "per quarter",
    "млрд: billion",
)
ALLOWED = re.compile(rf"\b(?:{'|'.join(ALLOWED_PHRASES)})\b", re.IGNORECASE)
NUMBER_WORDS = re.compile(
    r"[½⅐-⅞¼¾①-⓿]|\b(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|"
    r"fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|"
    r"thousand|million|billion|trillions?|dozen|half|halves|halved|halving|third|thirds|quarter|quarters|fifth|twice|"
    r"double|doubled|doubles|doubling|(?:tripl|trebl|quadrupl)(?:e|ed|es|ing)|"
    r"(?:two|three|four|five|ten|hundred|thousand)fold|"
    r"couple of|(?:tens|dozens|hundreds|billions) of|an? (?:sixth|seventh|eighth|ninth|tenth|hundredth)|"
    r"per ?cent of)\b",
    re.IGNORECASE,
)
DIGITS = re.compile(r"\d[\d.,]*%?")
# What seems a year, and is a number of something: "nearly 1950 children", "more than 2012 schools".
HEDGES = ("nearly", "almost", "some", "over", "at least", "more than", "fewer than", "exactly", "only", "another")
HEDGED = "".join(rf"(?<!\b[{word[0]}{word[0].upper()}]{word[1:]} )" for word in HEDGES)
SHARE = r"(?!\d|[.,]\d|\s?%|\s?per ?cent)"
ALLOWED_DIGITS = re.compile(
    rf"{HEDGED}\b(?:19\d\d|20[0-3]\d)(?:[-–]\d\d(?:\d\d)?)?\b{SHARE}"  # years and school years
    r"|\b(?:Table|Tables|Annex|Action|Actions|Helpline|Chart|Figure|Box|Grade|grade|Section|§|version)\s*"
    rf"\d\d?(?:\.\d+)*(?:(?:-|–| and | to )\d\d?)?{SHARE}"
    rf"|\bpp?\.\s*\d{{1,3}}(?:[-–]\d{{1,3}})?{SHARE}"  # whether there is such a page is asked of pages.csv
    r"|\b\d\d? (?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
    r"|\bA\d\d?\b"  # actions of a document
    rf"|\b(?:ages?|aged|grade of) \d\d?(?:-\d\d?)?{SHARE}"
    r"|COVID-19|4CAT|CC BY 4\.0|WCAG 2\.2|UTF-8|SHA-256|95% (?:Wilson|intervals?)|× 100|per 100,000"
)
RULE = "a quantity typed by hand; write it with {fact} or {calc}, or say it without a number"


def _blank(match: re.Match) -> str:
    return " " * len(match[0])


@cache
def _last_page() -> int:
    """Return the last numbered page of any document."""
    return max(int(page) for row in store.rows("pages").values() for page in re.findall(r"\d+", row.page or "0"))


def _place(match: re.Match) -> str:
    """Return blanks for a number that is allowed; pages that no document has (``p. 347``) stay."""
    is_page = match[0].startswith(("p.", "pp."))
    is_none = is_page and max(map(int, re.findall(r"\d+", match[0]))) > _last_page()
    return match[0] if is_none else _blank(match)


def quantities(text: str) -> list[tuple[int, str]]:
    """Return (position, text) of every quantity typed in a piece of prose."""
    text = ALLOWED_DIGITS.sub(_place, ALLOWED.sub(_blank, text))
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
