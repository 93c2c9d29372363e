"""One written form for each thing: shares, money, speeds and places read the same on every page, and nothing twice.

Figures as printed keep the form of their document; what we write has ours. A place has its name in ``places.csv``;
other spellings are its ``aliases``, which the search knows and our sentences do not use.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from evidence.checks import markdown
from evidence.checks.chapters import named, readable
from evidence.checks.roles import OTHER_ROLES
from evidence.data import format, store
from evidence.data.rules import Problem
from evidence.data.schema import kinds
from evidence.figures import sentences

FORMS = {  # what is not written, and how it is
    r"\d\s*per ?cent(?!age)\b": "a share is written with its sign: 45%",
    r"\d\s+%": "no space before the sign: 45%",
    r"\bKZT\b": "the currency is written tenge",
    r"\bMbps\b": "speed is written Mbit/s",
    r"(?i)\b(?!side by side)([^\W\d]\w*(?: \w+)*) \1\b": "says the same words twice running",
}
AS_PRINTED = {  # columns that give the print itself, or a name in it
    ("facts", "as_reported"),
    ("discrepancies", "left_says"),
    ("discrepancies", "right_says"),
    ("discrepancies", "difference"),
    ("discrepancies", "reading"),
    ("extraction_agreement", "settled"),
    ("places", "aliases"),
    ("places", "today"),
}
CAPITALS = re.compile(r"\b[A-Z]{4,} [A-Z]{2,}\b|\b[A-Z]{2,} [A-Z]{4,}\b")  # words of a layout, such as PER CENT
BEGINS = re.compile(rf"(?:^|(?<=[.!?] ))(?={sentences.ROLE.pattern})")  # where a role begins a sentence
NO_RECORD = re.compile(rf"\{{(?:{'|'.join(OTHER_ROLES)})\}}`([^`]*)`")  # roles that print their own words
CODED = ("references", "categories", "quotes", "lang", "dates", "fold")  # columns that are no words of ours


def own_words() -> Iterator[tuple[str, str]]:
    """Yield (table, column) of the words we wrote: paraphrases, labels, sentences; no prints, names, notes or codes."""
    for table, resource in store.schema().items():
        for column, field in store.fields_of(resource).items():
            is_text = field.get("type", "string") == "string" and not any(field.get(key) for key in CODED)
            is_text = is_text and "pattern" not in field.get("constraints", {})  # digests and the like are no words
            if is_text and column != "id" and (table, column) not in AS_PRINTED:
                yield table, column


@cache
def other_spellings() -> dict[str, str]:
    """Return the name of a place in ``places.csv`` by each spelling that sentences of ours do not use.

    A name may be shortened: "Turkistan" for Turkistan Region is no other spelling.
    """
    places = store.rows("places").values()
    return {alias: place.name for place in places for alias in store.items(place.aliases) if alias not in place.name}


@cache
def _spelling() -> re.Pattern:
    """Return what finds any other spelling; a sentence may say what a place was called."""
    longest_first = sorted(map(re.escape, other_spellings()), key=len, reverse=True)
    return re.compile(rf"(?<!called )\b(?:{'|'.join(longest_first)})\b")


def fault(text: str) -> tuple[str, str] | None:
    """Return the value and the rule of the first form in a text that is not ours, or None."""
    for pattern, rule in FORMS.items():
        if match := re.search(pattern, text):
            return match[0], rule
    if other_spellings() and (match := _spelling().search(text)):
        return match[0], f"places.csv calls it {other_spellings()[match[0]]}"
    return None


def small_start(text: str) -> tuple[str, str] | None:
    """Return the value and the rule of the first sentence that a role begins with a small letter, or None."""
    for kind, words, key in (begin.groups() for begin in BEGINS.finditer(text)):
        shown = words or (sentences.reads(kind, key) if kind in kinds() else key)
        if shown[:1].islower():
            return shown, "begins a sentence with a small letter; put a word before the role"
    return None


def data_problems() -> list[Problem]:
    """Return what our words in the data write in another form, by row; numbers of their roles count as they print."""
    found = []
    for table, column in own_words():
        for number, row in store.numbered(table):
            text = getattr(row, column)
            if broken := fault(sentences.plain(text)) or small_start(text):
                value, rule = broken
                found.append(Problem(store.schema()[table]["path"], number, column, value, f"{row.id}: {rule}"))
    return found


def chapter_problems() -> list[Problem]:
    """Return what the lines of chapters write in another form, numbers of their roles as they print."""
    found = []
    for path in readable():
        prose = {line for line, _ in markdown.of_page(path).prose} | {line for line, *_ in markdown.of_page(path).roles}
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if number in prose and (broken := fault(sentences.plain(NO_RECORD.sub(r"\1", line))) or small_start(line)):
                found.append(Problem(named(path), number, None, *broken))
    return found


def fact_problems() -> list[Problem]:
    """Return the facts that would read in another form in a sentence, with the column that mends it."""
    found = []
    for number, item in store.numbered("facts"):
        text = format.reads(item)
        broken = next(((m[0], rule) for form, rule in FORMS.items() if (m := re.search(form, text))), None)
        if match := CAPITALS.search(text):
            broken = match[0], "stands in capitals, as a layout has it"
        has_bare_share = item.unit == "percent" and re.search(r"\d", text) and not re.search(r"%|per ?cent", text, re.I)
        if has_bare_share:
            broken = text, "a share is written with its sign: 45%"
        if broken:
            rule = f"{item.id}: {broken[1]}; say in in_sentence how it reads"
            found.append(Problem("facts.csv", number, "in_sentence", broken[0], rule))
    return found


def problems() -> list[Problem]:
    """Return everything the book writes in another form than its own."""
    return [*chapter_problems(), *data_problems(), *fact_problems()]
