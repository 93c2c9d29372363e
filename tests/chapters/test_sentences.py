"""Sentences are short enough to be read once: on pages, in messages and in answers."""

from __future__ import annotations

import re

import pytest

from evidence.checks.chapters import named, readable
from evidence.checks.judgement import REASONS
from evidence.data import store
from evidence.figures.sentences import plain

MOST_WORDS = 30
BLOCKS = re.compile(r"\A---\n.*?\n---\n|```.*?```|^:::.*?$|^#.*?$|^\|.*?$", re.DOTALL | re.MULTILINE)
CITED = re.compile(r"\{cite:p\}`[^`]*`")
LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
ITEM = re.compile(r"^\s*(?:-|\d+\.)\s+")
END = re.compile(r"(?<=[.?!])\s+(?=[A-Z“`*])|(?<=\.\*\*)\s+")
WRITTEN = [("synthesis", "statement"), ("synthesis", "detail"), ("answers", "short"), ("answers", "answer")]


def sentences(text: str) -> list[str]:
    """Return the sentences of a text as readers see them, numbers of roles filled in."""
    lines = [LINK.sub(r"\1", plain(CITED.sub("", ITEM.sub("", line)))) for line in BLOCKS.sub("", text).splitlines()]
    return [sentence for line in lines for sentence in END.split(line.strip()) if sentence]


def long_ones(text: str) -> list[str]:
    return [sentence for sentence in sentences(text) if len(sentence.split()) > MOST_WORDS]


@pytest.mark.parametrize("path", readable(), ids=named)
def test_no_sentence_of_a_page_is_longer_than_a_breath(path):
    assert long_ones(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(("table", "column"), WRITTEN)
def test_no_sentence_kept_as_data_is_longer_than_a_breath(table, column):
    found = {key: long_ones(getattr(row, column)) for key, row in store.rows(table).items()}
    assert {key: long for key, long in found.items() if long} == {}


def test_a_long_sentence_is_found_and_short_ones_beside_it_are_not():
    long = "It says " + "so " * MOST_WORDS + "on."
    assert long_ones(f"# A page\n\nIt is short. {long}\n- {long}\n\n```{{code-cell}}\n{long}\n```\n") == [long] * 2


# Turns that readers stumbled over, by what to say instead.
HABITS = {
    "gives or says; a document does not print": r"""
        \b(?:documents?|study|report|evaluation|text|table|chart|summary|it|they|passages?|which|that)\ prints?\b
        |\b(?:is|are|was|were|be|been|not|nor)\ printed\b""",
    "reported, said or described, not told": r"""
        \b(?:is|are|was|were|been)\ told\b|\btold\ (?:apart|of|mainly|too|only)\b
        |\btells?\ (?:of|how|what|who|most|girls)\b""",
    "rarely, little, few or almost none, not hardly": r"\b[Hh]ardly\b",
    "a sentence does not begin with a date as of which it holds": r"^As\ of\b",
    "according to somebody, or in our reading": r"""
        ^By\ (?:the\ (?:study|report|evaluation|accounts?)|an?\ \w+,|our|its|documents?|participants)\b
        |\b[Bb]y\ (?:our\ (?:reading|counts?|coding|codes|linking|pairs)|its\ own\ account|the\ documents\ themselves)\b
        |,\ by\ (?:the|an?)\ (?:report|study|evaluation|work|interview)\b""",
    "British spelling, with an s": r"\b\w{3,}(?:iz|yz)(?:e|ed|es|ing|ations?)\b(?<!size)(?<!sized)(?<!sizes)",
    "pre-school has a hyphen": r"\b[Pp]reschool",
}
DESCRIBED = ["title", "alt", "unit", "base", "note", "calculated"]


def habits(text: str) -> list[str]:
    """Return the turns in a text, its headings and description too, with what to say instead."""
    said = sentences(re.sub(r"\A---\n|^#+ ", "", text, flags=re.MULTILINE))
    habit = [(instead, re.compile(pattern, re.VERBOSE)) for instead, pattern in HABITS.items()]
    return [f"{found[0]}: {instead}" for line in said for instead, turn in habit if (found := turn.search(line))]


@pytest.mark.parametrize("path", readable(), ids=named)
def test_a_page_has_none_of_the_turns_readers_stumbled_over(path):
    assert habits(path.read_text(encoding="utf-8")) == []


# Tables whose words readers meet on cards and in registers, by the columns that hold them.
WORDED = {
    "answers": ["short", "answer", "how_sure"],
    "exhibits": DESCRIBED,
    "synthesis": ["data_quality", *REASONS],
    "review_findings": ["statement", "uncertain", "what_would_change", "data_label", "data_quality", *REASONS],
    "review_finding_evidence": ["reason"],
    "findings": ["statement", "evidence_note"],
    "discrepancies": ["left_says", "right_says", "difference", "reading", "advice"],
    "evidence_gaps": ["asked", "empty", "says"],
    "asked_indicators": ["name", "reason"],
    "calculations": ["label", "base"],
    "country_figures": ["reason"],
    "facts": ["note"],
    "glossary": ["note"],
    "indicators": ["note"],
    "methods": ["what", "limits"],
    "reader_tasks": ["task", "why"],
    "recommendation_summaries": ["what"],
    "threads": ["says", "reason"],
    "theory_nodes": ["label", "statement"],
}
OF_PRINT = {  # rows that are about how a text is printed: points for commas, marks glued to figures, order of columns
    "annual-disc-thousands-point",
    "glued-170",
    "recommendations-order",
    "vac-adaptation-children-point",
    "incl-change-theory",
    "att-sheet",
}


@pytest.mark.parametrize("table", WORDED)
def test_words_kept_as_data_have_none_of_them_either(table):
    rows = store.rows(table).items()
    found = {key: habits("\n".join(getattr(row, name) for name in WORDED[table])) for key, row in rows}
    assert {key: turns for key, turns in found.items() if turns and key not in OF_PRINT} == {}


@pytest.mark.parametrize(
    "planted",
    [
        "The report prints no figure.",
        "The year is not printed.",
        "What helped is told elsewhere.",
        "Mothers told of more work.",
        "It is hardly measured.",
        "As of 2012, from one study.",
        "By the study few return.",
        "Most are named, by our count.",
        "Immunization is called universal.",
        "Children in preschool institutions.",
    ],
)
def test_a_planted_turn_is_found_and_plain_words_are_not(planted):
    assert len(habits(f"{planted} What is measured is said in the report, on page and table, by size.")) == 1
