"""Rows and axes laid out for screens and for phones: what chart builders share."""

from __future__ import annotations

import json
from collections.abc import Iterable
from textwrap import wrap

import altair as alt
import pandas as pd

from evidence.data import dates
from evidence.exhibits import theme

Chart = alt.LayerChart | alt.Chart | alt.FacetChart | alt.VConcatChart  # what Altair calls a chart
LABEL, LETTER = theme.LABEL, theme.LETTER
TITLE = 28  # layout: characters in a line of a title: they fit a phone
SHORT = 12  # layout: rows up to which every value is written out
TICK = "M-0.25,-1.6H0.25V1.6H-0.25Z"  # shape of an earlier value: it shows behind the dot of a later one
SHORT_LABEL = 13  # layout: the same for a row's label beside several columns of numbers
MANY_STEPS = 10  # layout: steps in time above which some stay without a label
LINE = 15  # layout: px of a line of a head
BETWEEN = 6  # layout: px between a mark and a head, or two heads
BLANK = "\u200b"  # a line of nothing but spaces takes no room in a drawing
IS_PHONE = f"width <= {theme.WIDTHS['narrow']}"  # of a plot while it is drawn (a Vega expression)


def broken(labels: list[str], width: int) -> str:
    """Return the Vega expression that breaks the labels of an axis into lines of at most ``width`` characters."""
    return f"{json.dumps({label: wrap(label, width, break_long_words=False) for label in labels})}[datum.label]"


def rows_axis(frame: pd.DataFrame, row: str, width: int = LABEL) -> alt.Y:
    """Return a vertical axis with one row per value of a column, in the order of the frame."""
    labels = list(frame[row].unique())
    middle = alt.condition(f"length(datum.label) > {width}", alt.value("bottom"), alt.value("middle"))  # of two lines
    axis = alt.Axis(labelExpr=broken(labels, width), labelBaseline=middle)
    return alt.Y(f"{row}:N", sort=labels, title=None, axis=axis)


def layered(frame: pd.DataFrame, row: str, *layers: Chart, width: int = LABEL) -> Chart:
    """Return layers as one chart, as high as the rows of a column and their labels in lines of a width need."""
    labels = frame[row].unique()
    return alt.layer(*layers, height=len(labels) * (12 + 14 * max(len(wrap(label, width)) for label in labels)))


def across_axis(column: str, title: str, ticks: list[float]) -> alt.X:
    """Return a horizontal axis from the first to the last of ``ticks``, with room for values written beside marks.

    Ticks that all are years are written without separators.
    """
    scale = alt.Scale(domain=[ticks[0], ticks[-1]], padding=30)
    axis = alt.Axis(values=ticks, format="d") if set(ticks) <= set(dates.POSSIBLE) else alt.Axis(values=ticks)
    return alt.X(f"{column}:Q", title=wrap(title, TITLE), scale=scale, axis=axis)


def steps_axis(column: str, steps: list[str]) -> alt.X:
    """Return a horizontal axis of steps in time; of many steps some have no label, so that none overlap."""
    axis = alt.Axis(labelAngle=0, labelOverlap=True) if len(steps) > MANY_STEPS else alt.Axis(labelAngle=0)
    return alt.X(f"{column}:O", scale=alt.Scale(domain=steps), title=None, axis=axis)


def heads_axis(heads: list[str], labels: list[str], width: int) -> alt.Axis:
    """Return the axis of columns with heads above them, for screens and for phones.

    ``labels`` are those of the rows beside them, in lines of at most ``width`` characters. Heads break into as many
    lines as the room of a column asks for, and end on one line. Where a word is wider than its column, every other head
    stands above its neighbours, and a stroke leads down from it.
    """
    wide, narrow = (_heads(heads, px) for px in rooms(heads, labels, width).values())
    told = f"({IS_PHONE} ? {json.dumps(narrow)} : {json.dumps(wide)})[datum.label]"
    high = [LINE * (len(lines[heads[0]]) - 1) + BETWEEN for lines in (narrow, wide)]
    padding = alt.expr(f"{IS_PHONE} ? {high[0]} : {high[1]}")
    return alt.Axis(orient="top", labelAngle=0, domain=False, ticks=False, labelExpr=told, labelPadding=padding)


def room_beside(labels: Iterable[str], width: int, form: str = "narrow") -> float:
    """Return the px that a drawing has beside labels in lines of at most ``width`` characters."""
    longest = max(len(line) for label in labels for line in wrap(label, width, break_long_words=False))
    return theme.WIDTHS[form] - LETTER * longest


def rooms(heads: list[str], labels: list[str], width: int) -> dict[str, float]:
    """Return the px of a column beside labels in lines of at most ``width`` characters, by the form of the drawing."""
    return {form: room_beside(labels, width, form) / len(heads) for form in theme.WIDTHS}


def has_room(heads: list[str], px: float) -> bool:
    """Return whether each word of the heads fits a column of so many px."""
    return all(LETTER * len(word) <= px for head in heads for word in head.split())


def _heads(heads: list[str], px: float) -> dict[str, list[str]]:
    """Return the lines of each head, as many for all, where a column has so many px."""
    low = 0
    spans = [px] * len(heads)
    if not has_room(heads, px):
        spans = [2 * px] * (len(heads) - 1) + [px]  # the last stands at the edge of the drawing
    lines = [
        wrap(head, max(1, int((span - BETWEEN) / LETTER)), break_long_words=False) for head, span in zip(heads, spans)
    ]
    if not has_room(heads, px):
        low = max(map(len, lines[::2]))
    lines = [found + ["|"] * low * (at % 2) for at, found in enumerate(lines)]
    most = max(map(len, lines))
    return {head: [BLANK] * (most - len(found)) + found for head, found in zip(heads, lines)}
