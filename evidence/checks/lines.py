"""Where a figure stands in a source text: the lines that print it."""

from __future__ import annotations

import re
from pathlib import Path

from evidence.checks.texts import passage, text_lines

MOST = 3  # house: lines of a window in which the words and the number of a figure may stand
DIGITS = re.compile(r"\d+(?:[.,]\d+)*")


def _stands(figure: str, there: str) -> bool:
    """Return whether a figure as printed stands whole in a passage: not as part of a longer number or word."""
    before = r"(?<![\d])(?<!\d[.,])" if figure[0].isdigit() else r"(?<!\w)"
    after = r"(?![\d])(?![.,]\d)" if figure[-1].isdigit() else r"(?!\w)" if figure[-1].isalnum() else ""
    return re.search(before + re.escape(figure) + after, there) is not None


def lines_of(path: Path, as_reported: str) -> list[str]:
    """Return the smallest ranges of lines (``12``, ``12-13``) in which a figure stands as printed, in their order.

    Where its words stand nowhere together, its numbers alone are looked for; an empty list says that it stands nowhere.
    """
    figure = " ".join(as_reported.lower().split())
    numbers = DIGITS.findall(figure)
    readings = [lambda there: _stands(figure, there)]
    if numbers:
        readings.append(lambda there: all(_stands(number, there) for number in numbers))
    total = len(text_lines(path))
    for stands in readings:
        for size in range(1, MOST + 1):
            found = [
                f"{first}" if size == 1 else f"{first}-{first + size - 1}"
                for first in range(1, total - size + 2)
                if stands(passage(path, f"{first}-{first + size - 1}"))
            ]
            if found:
                return found
    return []


def shown(path: Path, lines: str, width: int = 90) -> str:
    """Return a range of lines with their text, shortened, for who has to choose."""
    text = passage(path, lines)
    return f"{lines}: {text if len(text) <= width else text[: width - 1] + '…'}"
