"""A link to a record stands on words that say something: of the claim, never a bare "finding" or "sources disagree"."""

from __future__ import annotations

from evidence.checks import markdown, prose
from evidence.checks.chapters import named, readable
from evidence.data import store
from evidence.data.rules import Problem
from evidence.data.schema import PLACEHOLDER, kinds
from evidence.figures import sentences
from evidence.figures.cards import NUMBERS


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
    return found


def sentence_problems() -> list[Problem]:
    """Return the links of sentences kept as data that print a bare word or a quantity typed by hand."""
    return [
        Problem(store.schema()[table]["path"], number, column, *broken)
        for table, column in store.columns_with("sentence")
        for number, row in store.numbered(table)
        for kind, words, key in sentences.ROLE.findall(getattr(row, column))
        if (broken := fault(kind, words, key))
    ]
