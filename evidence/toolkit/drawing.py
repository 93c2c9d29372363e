"""Small drawings for the page of a report: bars, with intervals where they have some, and counts by month."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import NamedTuple

ROW, BAR = 42, 14  # px of a bar with its label above it, and of the bar itself
WIDTH, EDGE, HEIGHT = 720, 29, 150  # px of months


class Bar(NamedTuple):
    """A bar: its label, its value, the value as words, and its interval if it has one."""

    label: str
    value: float
    words: str
    low: float | None = None
    high: float | None = None


def figure(drawing: str, size: str, title: str, caption: str) -> str:
    """Return a drawing with its text alternative and caption; the numbers stand in a table beside it."""
    head = f'<svg {size} role="img" aria-label="{escape(title, quote=True)}">'
    scroll = f'<div class="scroll" tabindex="0" role="group" aria-label="{escape(title, quote=True)}">'
    return f"<figure>{scroll}{head}{drawing}</svg></div><figcaption>{escape(caption)}</figcaption></figure>"


def bars(rows: Iterable[Bar], title: str, caption: str, mark: float | None = None) -> str:
    """Return bars, with whiskers where they have intervals; ``mark`` draws a line at a value. Nothing for no row.

    Lengths are shares of the width, so that the words keep their size on a phone.
    """
    rows = list(rows)
    if not rows:
        return ""
    most = max([row.value if row.high is None else row.high for row in rows] + [mark or 0, 1e-9])
    parts = []
    for place, row in enumerate(rows):
        top = place * ROW
        parts.append(
            f'<text x="0" y="{top + 14}">{escape(row.label)}: {escape(row.words)}</text>'
            f'<rect class="bar" x="0" y="{top + 20}" width="{100 * row.value / most:.1f}%" height="{BAR}"/>'
        )
        if row.low is not None and row.high is not None:
            low, high, middle = 100 * row.low / most, 100 * row.high / most, top + 20 + BAR // 2
            parts.append(f'<line class="whisker" x1="{low:.1f}%" x2="{high:.1f}%" y1="{middle}" y2="{middle}"/>')
    height = len(rows) * ROW
    if mark is not None:
        x = f"{100 * mark / most:.1f}%"
        parts.append(f'<line class="mark" x1="{x}" x2="{x}" y1="0" y2="{height}"/>')
    return figure("".join(parts), f'width="100%" height="{height}"', title, caption)


def columns(counts: Iterable[tuple[str, int | None]], title: str, caption: str) -> str:
    """Return a column for each month; a month that is not shown has none. Nothing where all are 0 or not shown."""
    counts = list(counts)
    most = max([count or 0 for _, count in counts], default=0)
    if not most:
        return ""
    step = (WIDTH - 2 * EDGE) / len(counts)
    parts = []
    for place, (month, count) in enumerate(counts):
        height = HEIGHT * (count or 0) / most
        left, top, words = EDGE + place * step, HEIGHT - height + 16, "–" if count is None else str(count)
        middle = f'x="{left + step / 2:.1f}" text-anchor="middle"'
        size = f'width="{step - 4:.1f}" height="{height:.1f}"'
        parts.append(f'<rect class="bar" x="{left + 2:.1f}" y="{top:.1f}" {size}/>')
        parts.append(f'<text {middle} y="{top - 5:.1f}">{words}</text>')
        if place % max(1, len(counts) // 6) == 0:
            parts.append(f'<text {middle} y="{HEIGHT + 34}">{escape(month)}</text>')
    return figure("".join(parts), f'width="{WIDTH}" height="{HEIGHT + 40}"', title, caption)
