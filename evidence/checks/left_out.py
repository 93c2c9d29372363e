"""Names that a document prints and that nothing in the book carries: programmes, tools, partners, laws, surveys.

A reader searches for what a thing is called. Every name of a text therefore stands in some row, or
``names_left_out.csv`` says why it does not. Names are told by their capitals, so that some of what is found is none.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from evidence.checks.texts import text_lines
from evidence.data import bibliography, store
from evidence.data.rules import Problem
from evidence.data.store import line_range

TABLE = "names_left_out"
Row = Any  # a row of the table as a named tuple
CAPITAL = r"#?(?:[A-ZÀ-ÞА-ЯЁӘҒҚҢӨҰҮҺІ]|[a-z]{1,2}(?=[A-Z]))[\w+-]*"
NAME = re.compile(rf"(?<![\w@/.%-]){CAPITAL}(?:(?: (?:of|for|the|to|on)){{0,2}} {CAPITAL})*")
QUOTED = re.compile(r"(?<!\w)[‘'“«]([^‘’'“”«»]{3,60})[’'”»](?!\w)")
LINKING = ("of", "for", "the", "to", "on")
BEGINS = ".?!:;●•|-–—”’\"')]"  # what stands before a word that may have its capital from the beginning of a sentence
PLAIN = re.compile(r"[A-ZÀ-ÞА-ЯЁӘҒҚҢӨҰҮҺІ][a-zß-ÿа-яёәғқңөұүһі’-]+")  # a capital first and nowhere else
ADJECTIVE = re.compile(r"[\w-]+-[a-z]+(?:ed|ly|ible)")  # a name made part of another word: UNICEF-supported
CODE = re.compile(r"[A-Z]+-?\d")  # a number at the end of capitals: a code, of a participant say
ADDRESS = re.compile(r"\S*(?:https?:|www\.|@)\S*|\([^()]*\b(?:19|20)\d\d[a-z]?\b[^()]*\)")  # of pages, and works cited


def plain_text(lines: Iterable[str]) -> str:
    """Return lines as one text with a mark between paragraphs, without marks of Markdown, addresses and citations."""
    text = " ".join(re.sub(r"[*_]{1,3}|^#+|<[^>]+>", " ", line).strip() or "|" for line in lines)
    return " ".join(ADDRESS.sub(" ", text.replace("’s ", " ").replace("'s ", " ")).split())


def words_in_small(text: str) -> set[str]:
    """Return the words that a text writes without a capital somewhere."""
    return set(re.findall(r"(?<![\w-])[a-zа-яё][\w-]+", text))


def without_common(words: list[str], small: set[str]) -> list[str]:
    """Return a name without the words at its ends that have a capital by their place only."""
    common = [
        word in LINKING or bool(ADJECTIVE.fullmatch(word)) or (bool(PLAIN.fullmatch(word)) and word.lower() in small)
        for word in words
    ]
    kept = [place for place, is_common in enumerate(common) if not is_common]
    return words[kept[0] : kept[-1] + 1] if kept else []


def names_in(text: str) -> Iterator[str]:
    """Yield the names in a text as :func:`plain_text` gives it, with repetitions."""
    small = words_in_small(text)
    for found in QUOTED.finditer(text):
        if any(PLAIN.fullmatch(word) for word in found[1].split()[1:]):
            yield found[1].strip()
    for found in NAME.finditer(text):
        words = without_common(found[0].split(), small)
        before = text[: found.start()].rstrip()[-1:]
        begins = not before or before in BEGINS
        if begins and len(words) == 1 and PLAIN.fullmatch(words[0]):
            continue
        if words and not CODE.match(words[-1]) and len("".join(words)) > 1:
            yield " ".join(words)


def flat(text: str) -> str:
    """Return the words of a text between spaces, in small letters but where a word has several capitals."""
    words = re.findall(r"[\w+#]+", text.replace("’s ", " ").replace("'s ", " "))
    return f" {' '.join(word if sum(map(str.isupper, word)) > 1 else word.lower() for word in words)} "


@cache
def carried() -> str:
    """Return every text of the data that a reader may meet, and the titles of works, as :func:`flat` gives it."""
    cells: list[str] = list(bibliography.titles())
    for name, resource in store.schema().items():
        if name not in (TABLE, "readings"):
            frame = store.load(name)
            spoken = [
                column
                for column, field in store.fields_of(resource).items()
                if column != "id" and "references" not in field and "categories" not in field
            ]
            cells += [cell for column in spoken for cell in frame[column].unique() if isinstance(cell, str)]
    return flat(" | ".join(cells))


def is_carried(name: str) -> bool:
    """Return whether the data name something, as it is written or in the singular."""
    return any(flat(form) in carried() for form in (name, re.sub(r"s$", "", name)))


def line_of(name: str, lines: list[str]) -> int:
    """Return the first of the lines that holds most words of a name, from 1."""
    counts = [sum(word in line for word in name.split()) for line in lines]
    return counts.index(max(counts)) + 1


def missing(path: Path) -> dict[str, int]:
    """Return the names of a text that nothing carries, each with its first line."""
    lines = text_lines(path)
    names = [name for name in dict.fromkeys(names_in(plain_text(lines))) if not is_carried(name)]
    parts = dict.fromkeys(part for name in names for part in re.split(r" (?:and|&) ", name))
    return {part: line_of(part, lines) for part in parts if not is_carried(part)}


def row_problems(rows: list[tuple[int, Row]], names: dict[str, int]) -> list[Problem]:
    """Return the rows that leave out a name which is not missing (any more); ``names`` are those missing."""
    rule = "is not among the names that the data lack: they carry it, or the text has it otherwise; drop the row"
    return [
        Problem(f"{TABLE}.csv", number, "name", row.name, rule)
        for number, row in rows
        if row.name and row.name not in names
    ]


def problems(texts: dict[str, Path]) -> list[Problem]:
    """Return the names of documents that nothing carries and no row leaves out, and the rows that leave out none.

    A document is held to this once ``names_left_out.csv`` has a row of it.
    """
    if TABLE not in store.schema():
        return []
    found, rows = [], defaultdict(list)
    for number, row in store.numbered(TABLE):
        rows[row.source].append((number, row))
    rule = f"nothing in the data names this; add it to the row it belongs to, or say in {TABLE}.csv why not"
    for source, here in rows.items():
        names = missing(texts[source]) if source in texts else {}
        found += row_problems(here, names) if source in texts else []
        spans = [line_range(row.printed_lines) for _, row in here if not row.name]
        named = {row.name for _, row in here}
        for name, line in names.items():
            if name not in named and not any(first <= line <= last for first, last in spans):
                found.append(Problem(texts[source].name, line, None, name, rule))
    return found
