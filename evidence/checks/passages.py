"""Passages that statements rest on: whether the lines cited hold the whole sentence, and the numbers stated."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from evidence.checks.facts import printed_numbers
from evidence.checks.texts import passage, text_lines
from evidence.data import store
from evidence.data.rules import FIRST_ROW, Problem
from evidence.data.store import line_range

STATED = ("findings", "recommendations", "contributions")  # tables of single statements
PARAPHRASED = (  # others cite cells, names and terms
    *STATED,
    *("practices", "mechanisms", "barriers", "services"),
    *("evidence_gaps", "asked_indicators"),
)
NUMBER = re.compile(r"(?<![\w.,])(?<!\d{4}[-/])\d+(?:[ ,]\d{3})*(?:\.\d+)?(?!\w)")  # not the end of 2010-11
END = re.compile(r"[.;:!?][”\"’)\]]*\d{0,2}(?:\s|$)")  # of a sentence, perhaps with the number of a note
GOES_ON = re.compile(r"[a-zà-ÿ]")


def breaks_off(lines: list[str], cited: str) -> bool:
    """Return whether a range of lines ends within a sentence that goes on in the next line.

    In a document of columns a sentence may go on at the top of the next one, which stands before it in the text: then
    the range begins with that rest.
    """
    first, last = line_range(cited)
    end, following = lines[last - 1].strip(), lines[last].strip() if last < len(lines) else ""
    if not end or END.search(end) or not GOES_ON.match(following):
        return False
    return not (first < last and GOES_ON.match(lines[first - 1].strip()))


def missing_numbers(statement: str, there: str) -> list[str]:
    """Return the numbers of a statement that a passage does not print.

    It may print them in figures, even with the mark of a note glued to them, or in words.
    """
    known = printed_numbers(there, "")
    figures = [figure for figure in NUMBER.findall(statement) if figure not in there]
    return [figure for figure in figures if float(figure.replace(",", "").replace(" ", "")) not in known]


def _rows(tables: tuple[str, ...], texts: dict[str, Path]) -> Iterator[tuple[str, int, Any]]:
    """Yield (file, row number, row) of every row of these tables that a text can be held against."""
    for table in tables:
        if table in store.schema():
            for number, row in enumerate(store.rows(table).values(), start=FIRST_ROW):
                if row.source in texts:
                    yield store.schema()[table]["path"], number, row


def problems(texts: dict[str, Path]) -> list[Problem]:
    """Return the rows whose lines stop before the sentence does, or do not hold a number that they state."""
    found = []
    for file, number, row in _rows(PARAPHRASED, texts):
        if breaks_off(text_lines(texts[row.source]), row.lines):
            rule = f"{row.id}: these lines end within a sentence; cite it to its end, in the next column too"
            found.append(Problem(file, number, "lines", row.lines, rule))
    for file, number, row in _rows(STATED, texts):
        if missing := missing_numbers(row.statement, passage(texts[row.source], row.lines)):
            rule = f"{row.id}: {', '.join(missing)} does not stand in lines {row.lines}; cite the lines that say it"
            found.append(Problem(file, number, "statement", row.statement, rule))
    return found
