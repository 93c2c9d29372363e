"""Passages that statements rest on: whether the lines cited hold the whole sentence, and the numbers stated."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from evidence.checks.facts import number_of, printed_numbers
from evidence.checks.texts import passage, text_lines
from evidence.data import store
from evidence.data.rules import Problem
from evidence.data.store import line_range

PARAPHRASED = (  # others cite cells, names and terms
    *("findings", "recommendations", "contributions", "practices", "mechanisms", "barriers", "services"),
    *("evidence_gaps", "asked_indicators"),
)
# Columns whose numbers may stand elsewhere in the document: dates, bases, names, what other passages add.
ELSEWHERE = {"age", "ages", "amended", "base", "coverage", "covers", "date", "definition", "legal_basis", "limits"}
ELSEWHERE |= {
    "measured_by",
    "misses",
    "n",
    "name",
    "number",
    "period",
    "ratified",
    "role",
    "scope",
    "section",
    "status",
}
ELSEWHERE |= {"study", "subject", "term", "when", "who", "reason"}
ELSEWHERE_OF = {("events", "what"), ("methods", "what"), ("system_links", "what")}
ELSEWHERE_OF |= {("theory_nodes", "statement"), ("theory_nodes", "label")}  # years that head a figure
NOT_SAID = {"id", "source", "lines", "locator", "table_lines", "cell", "evidence_note"}  # places, and notes of ours
NOT_SAID |= {"as_reported", "in_sentence"}  # held to the print, and to each other, on their own
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
    return [figure for figure in figures if number_of(figure) not in known]


def _rows(tables: tuple[str, ...], texts: dict[str, Path]) -> Iterator[tuple[str, int, Any]]:
    """Yield (file, row number, row) of every row of these tables that a text can be held against."""
    for table in tables:
        if table in store.schema():
            for number, row in store.numbered(table):
                if row.source in texts:
                    yield store.schema()[table]["path"], number, row


def _said_columns(table: str) -> list[str]:
    """Return the columns of a table in which numbers are the document's: no codes, no places, no notes of ours."""
    return [
        name
        for name, field in store.fields(table).items()
        if field["type"] == "string"
        and name not in NOT_SAID
        and not any(field.get(key) for key in ("categories", "references", "fold"))
    ]


@cache
def _printed_in(path: Path) -> tuple[str, frozenset[float]]:
    """Return a whole text as one passage, and every number it prints."""
    text = passage(path, f"1-{len(text_lines(path))}")
    return text, frozenset(printed_numbers(text, ""))


def nowhere(figures: list[str], path: Path) -> list[str]:
    """Return those of the figures that a document prints nowhere, and that are no number of one of its lines."""
    text, known = _printed_in(path)
    lines = set(range(1, len(text_lines(path)) + 1))
    return [figure for figure in figures if figure not in text and number_of(figure) not in known | lines]


def number_problems(texts: dict[str, Path]) -> list[Problem]:
    """Return the rows that state a number which neither their lines nor, for what may stand elsewhere, the text prints.

    Rule: a number in what a row says stands in the lines it cites; dates, bases and names may stand elsewhere in the
    document. Tables kept as changes of a bibliography are read as a whole, and are not looked at here.
    """
    found, documents = [], store.rows("sources")
    for table, resource in store.schema().items():
        if not resource["reports"] or table == "bibliography_record":
            continue
        columns = _said_columns(table)
        for file, number, row in _rows((table,), texts):
            path, there = texts[row.source], passage(texts[row.source], row.lines)
            for name in columns:
                said = str(getattr(row, name))
                missing = missing_numbers(said, there) if NUMBER.search(said) else []
                where = f"in lines {row.lines}; cite the lines that say it"
                if missing and (name in ELSEWHERE or (table, name) in ELSEWHERE_OF):
                    dated = f"{documents[row.source].year} {documents[row.source].as_of}"  # known of it, printed or not
                    missing = nowhere([figure for figure in missing if figure not in dated], path)
                    where = "anywhere in the document"
                if missing:
                    rule = f"{row.id}: {', '.join(missing)} does not stand {where}"
                    found.append(Problem(file, number, name, said, rule))
    return found


def problems(texts: dict[str, Path]) -> list[Problem]:
    """Return the rows whose lines stop before the sentence does, or do not hold a number that they state."""
    found = []
    for file, number, row in _rows(PARAPHRASED, texts):
        if breaks_off(text_lines(texts[row.source]), row.lines):
            rule = f"{row.id}: these lines end within a sentence; cite it to its end, in the next column too"
            found.append(Problem(file, number, "lines", row.lines, rule))
    return found + number_problems(texts)
