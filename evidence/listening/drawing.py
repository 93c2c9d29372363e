"""Small drawings for the page: bars with their intervals, and counts by month. The tables hold the numbers."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import NamedTuple

WIDTH, LABEL, ROW, NUMBER = 720, 270, 26, 90  # px
HEIGHT = 150
SPACE = "\u202f"


class Bar(NamedTuple):
    """A bar: its label, value and interval, and the value as words."""

    label: str
    value: float
    low: float
    high: float
    words: str


def figure(drawing: str, height: float, title: str, caption: str) -> str:
    """Return a drawing with its text alternative and caption."""
    head = f'<svg viewBox="0 0 {WIDTH} {height:.0f}" role="img" aria-label="{escape(title, quote=True)}">'
    return f"<figure>{head}{drawing}</svg><figcaption>{escape(caption)}</figcaption></figure>"


def bars(rows: Iterable[Bar], title: str, caption: str, mark: float | None = None) -> str:
    """Return bars with whiskers of their intervals; ``mark`` draws a line at a value. Nothing for no row."""
    rows = list(rows)
    if not rows:
        return ""
    most = max([row.high for row in rows] + [mark or 0, 1e-9])
    room = WIDTH - LABEL - NUMBER
    parts = []
    for place, row in enumerate(rows):
        y = place * ROW
        width, low, high = (room * value / most for value in (row.value, row.low, row.high))
        parts.append(
            f'<text x="{LABEL - 8}" y="{y + 17}" text-anchor="end">{escape(row.label)}</text>'
            f'<rect class="bar" x="{LABEL}" y="{y + 6}" width="{width:.1f}" height="14"/>'
            f'<path class="whisker" d="M{LABEL + low:.1f} {y + 13}H{LABEL + high:.1f}"/>'
            f'<text x="{LABEL + max(width, high) + 6:.1f}" y="{y + 17}">{escape(row.words)}</text>'
        )
    if mark is not None:
        parts.append(f'<path class="mark" d="M{LABEL + room * mark / most:.1f} 0V{len(rows) * ROW}"/>')
    return figure("".join(parts), len(rows) * ROW, title, caption)


def columns(counts: Iterable[tuple[str, int | None]], title: str, caption: str) -> str:
    """Return a column for each month; a month that is not shown has none."""
    counts = list(counts)
    most = max([count or 0 for _, count in counts], default=0)
    if not most:
        return ""
    edge = LABEL / 10  # room for the first and the last month
    step = (WIDTH - 2 * edge) / len(counts)
    parts = []
    for place, (month, count) in enumerate(counts):
        height = HEIGHT * (count or 0) / most
        left, top, words = edge + place * step, HEIGHT - height + 16, "–" if count is None else str(count)
        middle = f'x="{left + step / 2:.1f}" text-anchor="middle"'
        size = f'width="{step - 4:.1f}" height="{height:.1f}"'
        parts.append(f'<rect class="bar" x="{left + 2:.1f}" y="{top:.1f}" {size}/>')
        parts.append(f'<text {middle} y="{top - 5:.1f}">{words}</text>')
        if place % max(1, len(counts) // 6) == 0:
            parts.append(f'<text {middle} y="{HEIGHT + 34}">{escape(month)}</text>')
    return figure("".join(parts), HEIGHT + 40, title, caption)
