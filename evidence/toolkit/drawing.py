"""Small drawings for the page of a report: bars, with intervals where they have some, and counts by month."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import NamedTuple

WIDTH, LABEL, ROW, NUMBER = 720, 290, 26, 90  # px
HEIGHT = 150


class Bar(NamedTuple):
    """A bar: its label, its value, the value as words, and its interval if it has one."""

    label: str
    value: float
    words: str
    low: float | None = None
    high: float | None = None


def figure(drawing: str, height: float, title: str, caption: str) -> str:
    """Return a drawing with its text alternative and caption; the numbers stand in a table beside it."""
    head = f'<svg viewBox="0 0 {WIDTH} {height:.0f}" role="img" aria-label="{escape(title, quote=True)}">'
    return f"<figure>{head}{drawing}</svg><figcaption>{escape(caption)}</figcaption></figure>"


def bars(rows: Iterable[Bar], title: str, caption: str, mark: float | None = None) -> str:
    """Return bars, with whiskers where they have intervals; ``mark`` draws a line at a value. Nothing for no row."""
    rows = list(rows)
    if not rows:
        return ""
    most = max([row.value if row.high is None else row.high for row in rows] + [mark or 0, 1e-9])
    room = WIDTH - LABEL - NUMBER
    parts = []
    for place, row in enumerate(rows):
        y, width = place * ROW, room * row.value / most
        end = width
        parts.append(
            f'<text x="{LABEL - 8}" y="{y + 17}" text-anchor="end">{escape(row.label)}</text>'
            f'<rect class="bar" x="{LABEL}" y="{y + 6}" width="{width:.1f}" height="14"/>'
        )
        if row.low is not None and row.high is not None:
            low, high = room * row.low / most, room * row.high / most
            end = max(width, high)
            parts.append(f'<path class="whisker" d="M{LABEL + low:.1f} {y + 13}H{LABEL + high:.1f}"/>')
        parts.append(f'<text x="{LABEL + end + 6:.1f}" y="{y + 17}">{escape(row.words)}</text>')
    if mark is not None:
        parts.append(f'<path class="mark" d="M{LABEL + room * mark / most:.1f} 0V{len(rows) * ROW}"/>')
    return figure("".join(parts), len(rows) * ROW, title, caption)


def columns(counts: Iterable[tuple[str, int | None]], title: str, caption: str) -> str:
    """Return a column for each month; a month that is not shown has none. Nothing where all are 0 or not shown."""
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
