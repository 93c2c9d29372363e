"""Charts of rows: bars, dots, intervals, pairs, spans, and rows that meet columns."""

from __future__ import annotations

from textwrap import wrap
from typing import Any

import altair as alt
import pandas as pd

from evidence.exhibits import theme
from evidence.exhibits.charts.layout import (
    LABEL,
    SHORT,
    SHORT_LABEL,
    TICK,
    TITLE,
    Chart,
    across_axis,
    has_room,
    heads_axis,
    layered,
    room_beside,
    rooms,
    rows_axis,
)
from evidence.exhibits.columns import FrameError, takes

WRITTEN = ",.1~f"  # how a number is written beside its mark
DIGIT, AROUND = 7.5, 5  # layout: px of a digit of a number, and around it


@takes(text="row", numbers="value")
def bars(frame: pd.DataFrame, row: str, value: str, title: str) -> Chart:
    """Return horizontal bars from zero, the longest first, each with its value at the end instead of an axis.

    - ``row``: column of what each bar is.
    - ``value``: column of how long it is.
    - ``title``: what the numbers are, below the bars.
    """
    frame, most = frame.sort_values(value, ascending=False), frame[value].max()
    scale = alt.Scale(domain=[0, most * (1 + 0.07 * len(f"{most:,g}"))])  # room for the value of the longest
    x = alt.X(f"{value}:Q", title=wrap(title, TITLE), scale=scale, axis=alt.Axis(values=[], domain=False))
    base = alt.Chart(frame).encode(x=x, y=rows_axis(frame, row), tooltip=[row, value])
    text = base.mark_text(align="left", dx=5).encode(text=alt.Text(f"{value}:Q", format=WRITTEN))
    return layered(frame, row, base.mark_bar(), text)


@takes(text="row", numbers="parts", parts=len(theme.FILLS))
def stacked(frame: pd.DataFrame, row: str, parts: list[str], title: str) -> Chart:
    """Return horizontal bars of counts divided into parts.

    Up to 12 rows each part has its number in it. Where one has no room, all numbers of the bar stand at its end, in the
    order of the parts; beyond 12 rows their sum does.

    - ``row``: column of what each bar is.
    - ``parts``: columns of counts, in their order.
    - ``title``: what is counted, below the bars.
    """
    frame = frame.reset_index(drop=True)
    frame = frame.join(_numbers(frame[parts]))
    long = frame.melt([row, "Sum", "Tightest"], parts, "Part", "Count").query("Count > 0")
    long["Place"] = long["Part"].map(parts.index)
    axis, scale = alt.Axis(tickCount=5, tickMinStep=1), alt.Scale(domain=[0, _end_of_axis(frame, row)])
    x = alt.X("Count:Q", title=wrap(title, TITLE), stack="zero", axis=axis, scale=scale)
    y = rows_axis(frame, row)
    base = alt.Chart(long).encode(x=x, y=y, order="Place:Q", tooltip=[row, "Part", alt.Tooltip("Count", title=title)])
    inside = alt.Fill("Part:N", title=None, scale=alt.Scale(domain=parts, range=theme.fills(parts)))
    edge = alt.Stroke("Part:N", title=None, scale=alt.Scale(domain=parts, range=theme.edges(parts)))
    bar = base.mark_bar(strokeWidth=1.5).encode(fill=inside, stroke=edge)
    ends = alt.Chart(frame.query("Sum > 0")).encode(x="Sum:Q", y=y).mark_text(align="left", dx=AROUND)
    if len(frame) > SHORT:
        return layered(frame, row, bar, ends.encode(text=alt.Text("Sum:Q", format=",")))
    ink = alt.condition("datum.Place == 0", alt.value(theme.PAPER), alt.value(theme.INK))
    fits = "datum.Tightest * (scale('x', 1) - scale('x', 0)) >= 1"  # by the px of a count
    number = alt.condition(fits, alt.Text("Count:Q", format=","), alt.value(""))  # out of the stack the next would move
    text = base.mark_text().encode(x=x.bandPosition(0.5), text=number, color=ink)
    beside = ends.encode(text=alt.condition(fits, alt.value(""), alt.Text("Numbers:N")))
    return layered(frame, row, bar, text, beside)


def _numbers(counts: pd.DataFrame) -> pd.DataFrame:
    """Return what bars of these parts have written on them, a row a bar.

    Columns: ``Sum``; ``Numbers``, of each part; ``Tightest``, the bars a px of which has room for a px of their
    narrowest number: the least count by the px that its number takes.
    """
    counts = counts.fillna(0)
    written = counts.map(lambda count: f"{count:,g}")
    tightest = (counts / (DIGIT * written.map(len) + AROUND)).where(counts > 0).min(axis=1)
    return pd.DataFrame({"Sum": counts.sum(axis=1), "Numbers": written.agg(" · ".join, axis=1), "Tightest": tightest})


def _end_of_axis(frame: pd.DataFrame, row: str) -> float:
    """Return how long the axis of bars is: to the end of the longest, and of what a phone shows beside others."""
    px, most = room_beside(frame[row].unique(), LABEL), frame["Sum"].max()
    is_short = len(frame) <= SHORT
    beside = frame[frame["Tightest"] * px < most] if is_short else frame
    texts = beside["Numbers"] if is_short else beside["Sum"].map("{:,g}".format)
    return max([most, *(beside["Sum"] * px / (px - DIGIT * texts.map(len) - AROUND))])


@takes(text="row", numbers="value")
def dots(frame: pd.DataFrame, row: str, value: str, title: str, ticks: list[float]) -> Chart:
    """Return a dot per row with its value beside it, if it has one.

    - ``row``: column of what each dot is.
    - ``value``: column of where it stands, which may be missing.
    - ``title``: what the values are, below.
    - ``ticks``: the numbers on the axis; the first and the last are its ends.
    """
    y = rows_axis(frame, row).scale(domain=list(frame[row].unique()))  # a row without a value stays
    return _dots(frame, row, value, y if frame[value].isna().any() else rows_axis(frame, row), title, ticks)


def _dots(frame: pd.DataFrame, row: str, value: str, y: alt.Y, title: str, ticks: list[float], lift: int = 0) -> Chart:
    """Return ``dots`` on a vertical axis of one's own, their values lifted by pixels."""
    base = alt.Chart(frame.dropna(subset=value)).encode(y=y, tooltip=[row, value])
    base = base.encode(x=across_axis(value, title, ticks))
    beside: dict[str, Any] = {"align": "center", "dy": -lift} if lift else {"align": "left", "dx": 9}
    text = base.mark_text(**beside).encode(text=alt.Text(f"{value}:Q", format=WRITTEN))
    return layered(frame, row, base.mark_point(size=90), *([text] if len(frame) <= SHORT else []))


@takes(text="row", numbers="value bounds", pairs="bounds")
def intervals(frame: pd.DataFrame, row: str, value: str, bounds: list[str], title: str, ticks: list[float]) -> Chart:
    """Return dots in front of the interval of each row; a row may lack either.

    Up to 12 rows the value or the interval is written beside it.

    - ``row``: column of what each interval is.
    - ``value``: column of where the dot stands.
    - ``bounds``: the columns of the lower and of the upper end.
    - ``title``: what the values are, below.
    - ``ticks``: the numbers on the axis; the first and the last are its ends.
    """
    low, high = bounds
    base = alt.Chart(frame.dropna(subset=bounds)).encode(y=rows_axis(frame, row), tooltip=[row, low, high])
    rules = base.mark_rule(strokeWidth=4, color=theme.GREY).encode(x=across_axis(low, title, ticks), x2=high)
    ends = [alt.expr.format(alt.datum[bound], WRITTEN) for bound in bounds]
    text = base.transform_calculate(both=ends[0] + "–" + ends[1]).mark_text(align="left", dx=9)
    text = text.encode(x=across_axis(high, title, ticks), text="both:N")
    marks = _dots(frame, row, value, rows_axis(frame, row), title, ticks, lift=11)  # clear of the line
    return layered(frame, row, rules, *([text] if len(frame) <= SHORT else []), marks)


@takes(text="row", numbers="pair", pairs="pair")
def dumbbell(frame: pd.DataFrame, row: str, pair: list[str], title: str, ticks: list[float]) -> Chart:
    """Return an earlier and a later value per row, joined by a line.

    Up to 12 rows both are written beside their marks.

    - ``row``: column of what each pair is.
    - ``pair``: the columns of the earlier and of the later value; their names are in the legend.
    - ``title``: what the values are, below.
    - ``ticks``: the numbers on the axis; the first and the last are its ends.
    """
    rising = frame[row][frame[pair[0]] <= frame[pair[1]]]
    long = frame.melt(row, pair, "When", "Value")
    long["Left"] = (long["When"] == pair[0]) == long[row].isin(rising)
    base = alt.Chart(long).encode(
        x=across_axis("Value", title, ticks),
        y=rows_axis(frame, row),
        tooltip=[row, "When", alt.Tooltip("Value:Q", title=title)],
    )
    joined = base.mark_line(color=theme.GREY, strokeWidth=2).encode(detail=f"{row}:N")
    colour = alt.Color("When:N", title=None, scale=alt.Scale(domain=pair, range=theme.SERIES))
    shape = alt.Shape("When:N", title=None, scale=alt.Scale(domain=pair, range=[TICK, "circle"]))
    layers = [joined, base.mark_point(size=110).encode(color=colour, shape=shape)]
    if len(frame) <= SHORT:
        text = base.encode(text="Value:Q")
        layers.append(text.transform_filter("datum.Left").mark_text(align="right", dx=-9))
        layers.append(text.transform_filter("!datum.Left").mark_text(align="left", dx=9))
    return layered(frame, row, *layers)


@takes(text="row kind", numbers="bounds", pairs="bounds")
def spans(frame: pd.DataFrame, row: str, bounds: list[str], kind: str, title: str, ticks: list[float]) -> Chart:
    """Return a bar per row from one number to another, filled by kind, with both ends written beside it.

    - ``row``: column of what each bar is.
    - ``bounds``: the columns of where it begins and where it ends.
    - ``kind``: column of its kind; four at most can be told apart.
    - ``title``: what the numbers are, below.
    - ``ticks``: the numbers on the axis; the first and the last are its ends.

    Raises FrameError for more kinds.
    """
    low, high = bounds
    kinds = list(frame[kind].unique())
    if len(kinds) > len(theme.FILLS):
        raise FrameError(f"charts.spans: column {kind!r} (kind) has {len(kinds)} values; {len(theme.FILLS)} at most")
    base = alt.Chart(frame).encode(y=rows_axis(frame, row), tooltip=[row, kind, low, high])
    inside = alt.Fill(f"{kind}:N", title=None, scale=alt.Scale(domain=kinds, range=theme.FILLS))
    edge = alt.Stroke(f"{kind}:N", title=None, scale=alt.Scale(domain=kinds, range=theme.SERIES))
    bar = base.mark_bar(strokeWidth=1.5).encode(x=across_axis(low, title, ticks), x2=high, fill=inside, stroke=edge)
    both = base.transform_calculate(both=alt.datum[low] + "–" + alt.datum[high])
    text = both.mark_text(align="left", dx=5).encode(x=across_axis(high, title, ticks), text="both:N")
    return layered(frame, row, bar, text)


@takes(text="row", values="column", numbers="number", among="column:heads")
def grid(frame: pd.DataFrame, row: str, column: str, heads: list[str], number: str = "") -> Chart:
    """Return rows and columns with a mark where they meet: a dot, or a square as large as a number beside it.

    - ``row``: column of the rows.
    - ``column``: column of the heads; a row of the frame is a mark.
    - ``heads``: every head in its order.
    - ``number``: column of the numbers; without it each mark is a dot.
    """
    labels = list(frame[row].unique())
    is_wide = not number and has_room(heads, rooms(heads, labels, LABEL)["narrow"])
    letters = LABEL if is_wide else SHORT_LABEL
    x = alt.X(f"{column}:N", sort=heads, title=None, axis=heads_axis(heads, labels, letters))
    base = alt.Chart(frame).encode(x=x, y=rows_axis(frame, row, letters))
    if not number:
        return layered(frame, row, base.mark_point(size=160), width=letters)
    size = alt.Size(f"{number}:Q", scale=alt.Scale(range=[0, 800]), legend=None)
    squares = base.mark_point(shape="square").encode(size=size, tooltip=[row, column, number])
    quiet = alt.condition(alt.datum[number] == 0, alt.value(theme.GREY), alt.value(theme.INK))  # nothing there
    text = base.mark_text(align="left", dx=20).encode(text=f"{number}:Q", color=quiet)
    return (squares + text).properties(height=38 * frame[row].nunique())
