"""A link to a record stands on words that say something: of the claim, never a bare "finding" or "sources disagree".

Nor does a sentence of a page begin with a figure that reads in small letters ("one parent"), as no role knows where it
stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidence.checks import markdown, page_sentences, prose
from evidence.checks.chapters import named, readable
from evidence.data import store
from evidence.data.rules import Problem
from evidence.data.schema import PLACEHOLDER, kinds
from evidence.figures import sentences
from evidence.figures.cards import NUMBERS

BEGINNING = re.compile(r"(?:^(?:[-*] |#+ )?(?:\*\*)?|(?<=[.!?] ))\{(fact|calc)\}`([a-z0-9-]+)`")


def bare_word(kind: str) -> str | None:
    """Return the word that every record of a kind prints, None where records print something of their own."""
    text = store.schema()[kinds()[kind]]["record"]["text"]
    return None if PLACEHOLDER.search(text) else text


def fault(kind: str, words: str | None, key: str) -> tuple[str, str] | None:
    """Return the value and the rule that a role breaks, or None; ``words`` are its own, if it has any."""
    if kind not in kinds():
        return None
    bare = bare_word(kind)
    if bare and (not words or words.strip().lower() == bare):
        rule = f"prints only the words {bare!r}; put the link on what it claims: {{{kind}}}`its own words <{key}>`"
        return key, rule
    typed = prose.quantities(words) if words and (bare or kind in NUMBERS) else []
    return (typed[0][1], prose.RULE) if typed else None


def chapter_problems() -> list[Problem]:
    """Return the links of chapters that print a bare word or a quantity typed by hand, with their lines."""
    found = []
    for path in readable():
        for line, kind, text in markdown.of_page(path).roles:
            explicit = sentences.EXPLICIT.fullmatch(text)
            words, key = explicit.groups() if explicit else (None, text)
            if broken := fault(kind, words, key):
                found.append(Problem(named(path), line, None, *broken))
    return found + list(_small_beginnings())


def _small_beginnings() -> Iterator[Problem]:
    """Yield the figures in small letters with which sentences of pages begin."""
    for path in readable():
        for line, text in page_sentences.of_file(path):
            for kind, key in BEGINNING.findall(text):
                if (shown := _as_it_reads(kind, key))[:1].islower():
                    rule = f"begins a sentence with {shown!r}, in small letters; put a word before it"
                    yield Problem(named(path), line, None, key, rule)


def _as_it_reads(kind: str, key: str) -> str:
    """Return how a record reads in a sentence, "" for one that is not there: which is said elsewhere."""
    try:
        return sentences.reads(kind, key)
    except store.UnknownId:
        return ""


def sentence_problems() -> list[Problem]:
    """Return the links of sentences kept as data that print a bare word or a quantity typed by hand."""
    return [
        Problem(store.schema()[table]["path"], number, column, *broken)
        for table, column in store.columns_with("sentence")
        for number, row in store.numbered(table)
        for kind, words, key in sentences.ROLE.findall(getattr(row, column))
        if (broken := fault(kind, words, key))
    ]
