"""Charts of rows: bars, dots, intervals, pairs, spans, and rows that meet columns."""

from __future__ import annotations

from textwrap import wrap
from typing import Any

import altair as alt
import pandas as pd

from evidence.exhibits import theme
from evidence.exhibits.charts.layout import (
    HEAD,
    SHORT,
    SHORT_LABEL,
    TICK,
    TITLE,
    Chart,
    across_axis,
    broken,
    layered,
    rows_axis,
)
from evidence.exhibits.columns import FrameError, takes

WRITTEN = ",.1~f"  # how a number is written beside its mark
NARROW = 0.05  # layout: share of the longest bar below which a part has no number in it


@takes(text="row", numbers="value")
def bars(frame: pd.DataFrame, row: str, value: str, title: str) -> Chart:
    """Return horizontal bars from zero, the longest first, each with its value at the end instead of an axis.

    - ``row``: column of what each bar is.
    - ``value``: column of how long it is.
    - ``title``: what the numbers are, below the bars.
    """
    frame, most = frame.sort_values(value, ascending=False), frame[value].max()
    scale = alt.Scale(domain=[0, most * (1 + 0.07 * len(f"{most:,g}"))])  # room for the value of the longest
    x = alt.X(f"{value}:Q", title=title, scale=scale, axis=alt.Axis(values=[], domain=False))
    base = alt.Chart(frame).encode(x=x, y=rows_axis(frame, row), tooltip=[row, value])
    text = base.mark_text(align="left", dx=5).encode(text=alt.Text(f"{value}:Q", format=WRITTEN))
    return layered(frame, row, base.mark_bar(), text)


@takes(text="row", numbers="parts", parts=len(theme.FILLS))
def stacked(frame: pd.DataFrame, row: str, parts: list[str], title: str) -> Chart:
    """Return horizontal bars of counts divided into parts.

    Up to 12 rows each part has its number in it; beyond, the sum stands at the end of the bar.

    - ``row``: column of what each bar is.
    - ``parts``: columns of counts, in their order.
    - ``title``: what is counted, below the bars.
    """
    long = frame.assign(Sum=frame[parts].sum(axis=1)).melt([row, "Sum"], parts, "Part", "Count").query("Count > 0")
    long["Place"] = long["Part"].map(parts.index)
    y, x = (
        rows_axis(frame, row),
        alt.X("Count:Q", title=wrap(title, TITLE), stack="zero", axis=alt.Axis(tickCount=5, tickMinStep=1)),
    )
    base = alt.Chart(long).encode(x=x, y=y, order="Place:Q", tooltip=[row, "Part", alt.Tooltip("Count", title=title)])
    inside = alt.Fill("Part:N", title=None, scale=alt.Scale(domain=parts, range=theme.fills(parts)))
    edge = alt.Stroke("Part:N", title=None, scale=alt.Scale(domain=parts, range=theme.edges(parts)))
    if len(frame) <= SHORT:
        ink = alt.condition("datum.Place == 0", alt.value(theme.PAPER), alt.value(theme.INK))
        fits = f"datum.Count >= {NARROW * long['Sum'].max()}"  # narrow parts stay in the stack, or the next would move
        number = alt.condition(fits, alt.Text("Count:Q", format=","), alt.value(""))
        text = base.mark_text().encode(x=x.bandPosition(0.5), text=number, color=ink)
    else:
        sums = alt.Chart(long.drop_duplicates(row)).encode(x="Sum:Q", y=y, text=alt.Text("Sum:Q", format=","))
        text = sums.mark_text(align="left", dx=5)
    return layered(frame, row, base.mark_bar(strokeWidth=1.5).encode(fill=inside, stroke=edge), text)


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
    text = base.mark_text(**beside).encode(text=f"{value}:Q")
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
    axis = alt.Axis(
        orient="top", labelPadding=18, labelAngle=0, domain=False, ticks=False, labelExpr=broken(heads, HEAD)
    )
    base = alt.Chart(frame).encode(x=alt.X(f"{column}:N", sort=heads, title=None, axis=axis), y=rows_axis(frame, row))
    if not number:
        return layered(frame, row, base.mark_point(size=160))
    base = base.encode(y=rows_axis(frame, row, SHORT_LABEL))  # numbers need the room
    size = alt.Size(f"{number}:Q", scale=alt.Scale(range=[0, 800]), legend=None)
    squares = base.mark_point(shape="square").encode(size=size, tooltip=[row, column, number])
    quiet = alt.condition(alt.datum[number] == 0, alt.value(theme.GREY), alt.value(theme.INK))  # nothing there
    text = base.mark_text(align="left", dx=20).encode(text=f"{number}:Q", color=quiet)
    return (squares + text).properties(height=38 * frame[row].nunique())
