"""Small drawings for the page of a report: bars, with intervals where they have some, and counts by month."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import NamedTuple

BAR, GAP = 14, 3  # layout: px of a bar, and above and below it
WIDTH, EDGE, HEIGHT = 720, 29, 150  # layout: px of months


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

    A label stands above its bar as text of the page, so that it breaks into lines on a phone; lengths are shares of
    the width.
    """
    rows = list(rows)
    if not rows:
        return ""
    most = max([row.value if row.high is None else row.high for row in rows] + [mark or 0, 1e-9])
    parts = []
    for row in rows:
        drawn = f'<rect class="bar" x="0" y="{GAP}" width="{100 * row.value / most:.1f}%" height="{BAR}"/>'
        if row.low is not None and row.high is not None:
            low, high, middle = 100 * row.low / most, 100 * row.high / most, GAP + BAR // 2
            drawn += f'<line class="whisker" x1="{low:.1f}%" x2="{high:.1f}%" y1="{middle}" y2="{middle}"/>'
        if mark is not None:
            x = f"{100 * mark / most:.1f}%"
            drawn += f'<line class="mark" x1="{x}" x2="{x}" y1="0" y2="{BAR + 2 * GAP}"/>'
        label = f'<p class="label">{escape(row.label)}: {escape(row.words)}</p>'
        parts.append(f'{label}<svg width="100%" height="{BAR + 2 * GAP}" aria-hidden="true">{drawn}</svg>')
    label = escape(title, quote=True)
    drawing = f'<div class="bars" role="group" aria-label="{label}">{"".join(parts)}</div>'
    return f"<figure>{drawing}<figcaption>{escape(caption)}</figcaption></figure>"


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
