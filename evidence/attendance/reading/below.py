"""Lines of a table that are no rows: totals, signatures, and whatever stands below the last row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from evidence.attendance.reading.cells import literal
from evidence.attendance.reading.wide import PLACES
from evidence.attendance.reading.words import codes_of

BEFORE = r"^[|\d\s.,:%№+-]*"  # what may stand before the first text of a line: cells without a letter
NUMBERS = r"(\|[\d\s.,:%+–-]*)*$"  # cells without a letter after it


def _words(kind: str) -> str:
    """Return the words of a kind as part of a pattern, the longest first."""
    words = sorted((word for word in codes_of(kind) if not word.isdigit()), key=len, reverse=True)
    return "|".join(map(re.escape, words))


TOTAL = rf"({_words('total')})[\s:.]*([\s:][^|]*)?"
SIGNATURE = rf"({_words('signature')})([\s:.,_(][^|]*)?"


def line_of(cells: Sequence[str], child: str) -> str:
    """Return SQL for whether a row of texts is a line of totals or a signature.

    ``cells`` are SQL for its cells, ``child`` for that of the child, "" where no column has it. A line of totals begins
    with a word for it, and no other cell has a letter; a signature begins with a word for who signs. The cell of the
    child is empty, or is that word: so a child whose name is such a word stays.
    """
    joined = ", ".join(f"coalesce({cell}, '')" for cell in cells)
    text = f"lower(concat_ws('|', {joined}))"
    total = f"regexp_matches({text}, {literal(BEFORE + TOTAL + NUMBERS)})"
    signed = f"regexp_matches({text}, {literal(BEFORE + SIGNATURE)} || '([|]|$)')"
    if not child:
        return f"({total} OR {signed})"
    own = f"lower(trim(coalesce({child}, '')))"
    is_free = (
        f"{own} = '' OR regexp_full_match({own}, {literal(TOTAL)}) OR regexp_full_match({own}, {literal(SIGNATURE)})"
    )
    return f"(({total} OR {signed}) AND ({is_free}))"


def taken_out(session: Any, table: str, condition: str, number: str = "row_") -> list[int]:
    """Take the lines out that meet a condition, and return their rows."""
    found = session.execute(f"SELECT {number} FROM {table} WHERE {condition} ORDER BY 1").fetchall()
    if found:
        session.execute(f"DELETE FROM {table} WHERE {condition}")
    return [row for (row,) in found]


def without_marks(session: Any, every: str) -> list[int]:
    """Take lines without a child or a school out of a sheet with a column a day, and return their rows.

    No day of theirs has a mark. A child without a school is such a line only below the last row that has both: else its
    school is missing, and that is told.
    """
    last = f"(SELECT max(row_ // {PLACES}) FROM {every} WHERE child IS NOT NULL AND school IS NOT NULL)"
    query = (
        f"SELECT row_ // {PLACES} AS line FROM {every} GROUP BY line HAVING count(raw_status) = 0 AND "
        f"(bool_or(child IS NULL) OR (bool_or(school IS NULL) AND line > coalesce({last}, 0))) ORDER BY line"
    )
    lines = [line for (line,) in session.execute(query).fetchall()]
    session.execute(f"DELETE FROM {every} WHERE row_ // {PLACES} IN (SELECT unnest(?::BIGINT[]))", [lines])
    return lines
