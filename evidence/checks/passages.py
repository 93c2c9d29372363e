"""Passages that statements rest on: whether the lines cited hold the whole sentence."""

from __future__ import annotations

import re
from pathlib import Path

from evidence.checks.texts import text_lines
from evidence.data import store
from evidence.data.rules import FIRST_ROW, Problem
from evidence.data.store import line_range

# Tables whose rows paraphrase sentences; others cite cells, names and terms.
STATEMENTS = ("findings", "recommendations", "practices", "mechanisms", "barriers", "services", "contributions")
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


def problems(texts: dict[str, Path]) -> list[Problem]:
    """Return the rows of :data:`STATEMENTS` whose lines stop before the sentence does."""
    rule = "these lines end within a sentence; cite it to its end, in the next column too"
    return [
        Problem(store.schema()[table]["path"], number, "lines", row.lines, f"{row.id}: {rule}")
        for table in STATEMENTS
        if table in store.schema()
        for number, row in enumerate(store.rows(table).values(), start=FIRST_ROW)
        if row.source in texts and breaks_off(text_lines(texts[row.source]), row.lines)
    ]
