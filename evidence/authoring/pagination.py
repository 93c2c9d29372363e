"""Which lines of a text stand on which page: from its page breaks, or from what its author gives."""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from evidence.data.rules import DataError, Problem
from evidence.data.store import line_range

BREAK = "\f"


class Page(NamedTuple):
    """A page: its first and last line, its number, and whether the number stands there (``printed``, ``inferred``)."""

    first: int
    last: int
    number: str
    basis: str


def _number_on(lines: list[str]) -> int | None:
    """Return the number that stands alone on the first or the last line of a page that is not empty."""
    full = [line.strip() for line in lines if line.strip()]
    found = [line for line in (full[:1] + full[-1:]) if re.fullmatch(r"[0-9]{1,4}", line)]
    return int(found[0]) if found else None


def _page(lines: list[str], first: int, last: int, number: str) -> Page:
    """Return a page of a text, with the basis of its number."""
    is_printed = str(_number_on([line.strip(BREAK) for line in lines[first - 1 : last]])) == number
    return Page(first, last, number, "printed" if is_printed else "inferred")


def from_breaks(lines: list[str]) -> list[Page]:
    """Return the pages of a text by its page breaks, none if it has none; numbers follow those that are printed."""
    starts = [1, *(number for number, line in enumerate(lines[1:], start=2) if line.startswith(BREAK))]
    if len(starts) == 1:
        return []
    ends = [*(start - 1 for start in starts[1:]), len(lines)]
    printed = [_number_on([line.strip(BREAK) for line in lines[a - 1 : b]]) for a, b in zip(starts, ends)]
    step = _usual_step(printed)
    return [_page(lines, first, last, str(at + step)) for at, (first, last) in enumerate(zip(starts, ends), start=1)]


def _usual_step(printed: list[int | None]) -> int:
    """Return by how much printed numbers of pages are mostly ahead of their places; 0 where no two agree."""
    steps = Counter(number - place for place, number in enumerate(printed, start=1) if number is not None)
    step, times = next(iter(steps.most_common(1)), (0, 0))
    return step if times > 1 else 0


def from_ranges(given: str, lines: list[str]) -> list[Page]:
    """Return the pages of ``1-120:1,121-260:2`` (lines and number of each).

    Raises :class:`DataError` for a part of another form, and for lines that stand on no page or on two.
    """
    pages, problems, wanted = [], [], 1
    for part in filter(None, (part.strip() for part in given.split(","))):
        match = re.fullmatch(r"(\d+(?:-\d+)?):(\d+(?:-\d+)?)", part)
        if not match:
            rule = "is not LINES:PAGE, as in 1-120:1,121-260:2"
            raise DataError([Problem("--pages", None, None, part, rule)])
        first, last = line_range(match[1])
        if first != wanted or last < first:
            what = (
                "stand on two pages" if first < wanted else f"begin at {first}: lines {wanted}-{first - 1} have no page"
            )
            rule = f"these lines {what}; begin each range on the line after the one before"
            problems.append(Problem("--pages", None, None, part, rule))
        pages.append(_page(lines, first, last, match[2]))
        wanted = last + 1
    if wanted != len(lines) + 1:
        rule = f"the text has {len(lines)} lines, the last page ends at {wanted - 1}"
        problems.append(Problem("--pages", None, None, given, rule))
    if problems:
        raise DataError(problems)
    return pages


def from_starts(given: str, lines: list[str]) -> list[Page]:
    """Return pages 1, 2, 3 … that begin at the lines ``1,121,…``; raises :class:`DataError` as :func:`from_ranges`."""
    if not re.fullmatch(r"\d+(\s*,\s*\d+)*", given.strip()):
        rule = "are no numbers of lines, as in 1,121,260"
        raise DataError([Problem("--page-lines", None, None, given, rule)])
    starts = [int(start) for start in given.split(",")]
    ends = [*(start - 1 for start in starts[1:]), len(lines)]
    return from_ranges(",".join(f"{a}-{b}:{n}" for n, (a, b) in enumerate(zip(starts, ends), start=1)), lines)
