"""One word for each thing where readers meet it: a request, a record, a finding (CONTRIBUTING, “Words”)."""

from __future__ import annotations

import re

import pytest

from evidence.checks.chapters import named, readable
from evidence.data import store
from evidence.figures.sentences import plain

OTHER_WORDS = {  # what is the same thing by another name, by the word for it
    "request": r"\b[Cc]alls? (?:names?|asks?|itself|rests?|to (?:policymakers|teachers|leaders|review|them)"
    r"|of (?:the )?(?:study|report|documents?))\b",
    "record": r"\b[Ee]ntr(?:y|ies) (?:of (?:the|this) (?:book|register|map)|says? so|names? both|stays?)\b"
    r"|\b(?:[Oo]pen|[Cc]ount of|[Ff]ew|[Mm]any|[Ee]very|placed (?:no|each)) entr(?:y|ies)\b",
    "finding": r"\b[Ss]tatements? (?:of (?:a|the|each) (?:study|document|report|evaluation)|chosen|found on)\b"
    r"|\b(?:[Ee]very|[Mm]ore|[Ff]ew) [Ss]tatements?\b",
    "not rated": r"\b[Nn]ot graded\b|\b[Uu]nrated\b",
}
WORDED = {
    "answers": ["short", "answer", "how_sure"],
    "discrepancies": ["left_says", "right_says", "difference", "reading", "advice"],
    "evidence_gaps": ["asked", "says"],
    "exhibits": ["title", "alt", "unit", "base", "note", "calculated"],
    "extraction_agreement": ["measure", "settled"],
    "reader_tasks": ["task", "why"],
    "readers": ["why"],
    "review_findings": ["statement", "uncertain", "what_would_change"],
    "synthesis": ["statement", "detail", "data_label", "data_quality"],
}
HEADINGS = re.compile(r"^#.*$|```.*?```", re.MULTILINE | re.DOTALL)  # of pages: answers lead to headings by their words


def other_words(text: str) -> list[str]:
    """Return the words of a text that have another one in this book, each with that one."""
    return [f"{hit[0]}: {word}" for word, pattern in OTHER_WORDS.items() if (hit := re.search(pattern, text))]


@pytest.mark.parametrize("path", readable(), ids=named)
def test_a_page_has_one_word_for_each_thing(path):
    assert other_words(plain(HEADINGS.sub("", path.read_text(encoding="utf-8")))) == []


@pytest.mark.parametrize("table", WORDED)
def test_so_have_the_tables_that_readers_meet(table):
    rows, columns = store.rows(table).items(), WORDED[table]
    found = {key: other_words("\n".join(plain(getattr(row, name)) for name in columns)) for key, row in rows}
    assert {key: words for key, words in found.items() if words} == {}


@pytest.mark.parametrize(
    "planted",
    [
        "Most calls name nobody.",
        "In our reading, no call names crisis centres.",
        "The entry says so.",
        "Our count of entries",
        "Every statement of a document has its page.",
        "A task is not graded where nobody judged it.",
    ],
)
def test_another_word_is_found(planted):
    assert len(other_words(planted)) == 1


@pytest.mark.parametrize(
    "plain_words",
    [
        "Most calls to the helplines come from adults.",
        "The study calls costs a big obstacle.",
        "One entry for one child: two entries of one child may differ.",
        "The ministry made a statement.",
    ],
)
def test_and_words_of_other_things_are_left_alone(plain_words):
    assert other_words(plain_words) == []
