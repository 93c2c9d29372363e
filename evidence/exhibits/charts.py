"""Chart builders shared by chapters: a frame, names of its columns and plain titles in, an Altair chart out.

Rows come in the order of the frame. Heights follow from the number of rows, widths from the form the chart is drawn
for (``evidence/exhibits.py``). What differs in colour differs in shape, fill, dash or a written label too.
"""

from __future__ import annotations

import json
from textwrap import wrap

import altair as alt
import pandas as pd

from evidence.exhibits import maps, theme

Chart = alt.LayerChart | alt.Chart | alt.FacetChart | alt.VConcatChart  # what Altair calls a chart
LABEL, HEAD, TITLE = 26, 11, 28  # characters in a line of a row's label, a column's head, a title: they fit a phone
SHORT_LABEL = 13  # the same for a row's label beside several columns of numbers
NARROW = 0.05  # share of the longest bar below which a part has no number in it
SHORT = 12  # rows up to which every value is written out
TICK = "M-0.25,-1.6H0.25V1.6H-0.25Z"  # shape of an earlier value: it shows behind the dot of a later one


def _broken(labels: list[str], width: int) -> str:
    """Return the Vega expression that breaks the labels of an axis into lines of at most ``width`` characters."""
    return f"{json.dumps({label: wrap(label, width, break_long_words=False) for label in labels})}[datum.label]"


def _rows(frame: pd.DataFrame, row: str, width: int = LABEL) -> alt.Y:
    """Return a vertical axis with one row per value of a column, in the order of the frame."""
    labels = list(frame[row].unique())
    middle = alt.condition(f"length(datum.label) > {width}", alt.value("bottom"), alt.value("middle"))  # of two lines
    axis = alt.Axis(labelExpr=_broken(labels, width), labelBaseline=middle)
    return alt.Y(f"{row}:N", sort=labels, title=None, axis=axis)


def _layered(frame: pd.DataFrame, row: str, *layers: Chart) -> Chart:
    """Return layers as one chart, as high as the rows of a column and their labels need."""
    labels = frame[row].unique()
    return alt.layer(*layers, height=len(labels) * (12 + 14 * max(len(wrap(label, LABEL)) for label in labels)))


def _across(column: str, title: str, ticks: list[float]) -> alt.X:
    """Return a horizontal axis from the first to the last of ``ticks``, with room for values written beside marks."""
    scale = alt.Scale(domain=[ticks[0], ticks[-1]], padding=30)
    return alt.X(f"{column}:Q", title=wrap(title, TITLE), scale=scale, axis=alt.Axis(values=ticks))


def _steps(column: str, steps: list[str]) -> alt.X:
    """Return a horizontal axis of steps in time."""
    return alt.X(f"{column}:O", scale=alt.Scale(domain=steps), title=None, axis=alt.Axis(labelAngle=0))


def bars(frame: pd.DataFrame, row: str, value: str, title: str) -> Chart:
    """Return horizontal bars from zero, the longest first, each with its value at the end instead of an axis."""
    frame, most = frame.sort_values(value, ascending=False), frame[value].max()
    scale = alt.Scale(domain=[0, most * (1 + 0.07 * len(f"{most:,g}"))])  # room for the value of the longest
    x = alt.X(f"{value}:Q", title=title, scale=scale, axis=alt.Axis(values=[], domain=False))
    base = alt.Chart(frame).encode(x=x, y=_rows(frame, row), tooltip=[row, value])
    text = base.mark_text(align="left", dx=5).encode(text=alt.Text(f"{value}:Q", format=",.1~f"))
    return _layered(frame, row, base.mark_bar(), text)


def stacked(frame: pd.DataFrame, row: str, parts: list[str], title: str) -> Chart:
    """Return horizontal bars of counts divided into ``parts`` (columns), in this order.

    Up to ``SHORT`` rows each part has its number in it; beyond, the sum stands at the end of the bar.
    """
    long = frame.assign(Sum=frame[parts].sum(axis=1)).melt([row, "Sum"], parts, "Part", "Count").query("Count > 0")
    long["Place"] = long["Part"].map(parts.index)
    y, x = (
        _rows(frame, row),
        alt.X("Count:Q", title=wrap(title, TITLE), stack="zero", axis=alt.Axis(tickCount=5, tickMinStep=1)),
    )
    base = alt.Chart(long).encode(x=x, y=y, order="Place:Q", tooltip=[row, "Part", alt.Tooltip("Count", title=title)])
    inside = alt.Fill("Part:N", title=None, scale=alt.Scale(domain=parts, range=theme.FILLS))
    edge = alt.Stroke("Part:N", title=None, scale=alt.Scale(domain=parts, range=theme.SERIES))
    if len(frame) <= SHORT:
        ink = alt.condition("datum.Place == 0", alt.value(theme.PAPER), alt.value(theme.INK))
        wide = base.transform_filter(f"datum.Count >= {NARROW * long['Sum'].max()}")  # a number fits into its part
        text = wide.mark_text().encode(x=x.bandPosition(0.5), text=alt.Text("Count:Q", format=","), color=ink)
    else:
        sums = alt.Chart(long.drop_duplicates(row)).encode(x="Sum:Q", y=y, text=alt.Text("Sum:Q", format=","))
        text = sums.mark_text(align="left", dx=5)
    return _layered(frame, row, base.mark_bar(strokeWidth=1.5).encode(fill=inside, stroke=edge), text)


def over_time(frame: pd.DataFrame, step: str, value: str, steps: list[str], mark: str) -> Chart:
    """Return columns ("bar") or a line with points ("line") from zero over steps in time, each value written out."""
    y = alt.Y(f"{value}:Q", scale=alt.Scale(domain=[0, 1.25 * frame[value].max()]), axis=alt.Axis(tickCount=4))
    base = alt.Chart(frame).encode(x=_steps(step, steps), y=y, tooltip=[step, value])
    if mark == "bar":
        written = base.transform_filter(f"isValid(datum['{value}'])")
        layers = [base.mark_bar(size=40), written.mark_text(dy=-10).encode(text=alt.Text(f"{value}:Q", format=","))]
    else:
        written = base.transform_filter(f"isValid(datum['{value}'])")
        text = written.mark_text(dx=-12, dy=-12).encode(text=alt.Text(f"{value}:Q", format=".1f"))
        layers = [base.mark_line(), base.mark_point(), text]
    return alt.layer(*layers, height=150)


def lines(frame: pd.DataFrame, step: str, series: list[str], title: str, doubtful: list[tuple]) -> Chart:
    """Return a line from zero per column of ``series`` over steps in time, with its name at the last step.

    Values of ``doubtful``, as (series, step), are crosses off the line.
    """
    long = frame.melt(step, series, "Series", "Value")
    long["Doubtful"] = [pair in doubtful for pair in zip(long["Series"], long[step])]
    colour = alt.Color("Series:N", scale=alt.Scale(domain=series, range=theme.SERIES), legend=None)
    base = alt.Chart(long).encode(x=_steps(step, list(frame[step])), tooltip=["Series", step, "Value"])
    base = base.encode(y=alt.Y("Value:Q", title=title, axis=alt.Axis(tickCount=5)), color=colour)
    sure = base.transform_filter("!datum.Doubtful")
    dashed = sure.mark_line().encode(strokeDash=alt.StrokeDash("Series:N", sort=series, legend=None))
    crosses = base.transform_filter("datum.Doubtful").mark_point(shape="cross", size=90)
    last = base.transform_filter(alt.datum[step] == frame[step].iloc[-1])
    names = last.mark_text(align="right", dx=8, dy=-14).encode(text="Series:N")
    return alt.layer(dashed, sure.mark_point(), crosses, names, height=320)


def dots(frame: pd.DataFrame, row: str, value: str, title: str, ticks: list[float]) -> Chart:
    """Return a dot per row with its value beside it, if it has one."""
    base = alt.Chart(frame.dropna(subset=value)).encode(y=_rows(frame, row), tooltip=[row, value])
    base = base.encode(x=_across(value, title, ticks))
    text = base.mark_text(align="left", dx=9).encode(text=f"{value}:Q")
    return _layered(frame, row, base.mark_point(size=90), *([text] if len(frame) <= SHORT else []))


def intervals(frame: pd.DataFrame, row: str, value: str, bounds: list[str], title: str, ticks: list) -> Chart:
    """Return ``dots`` in front of the interval of each row between two columns; a row may lack either.

    Up to ``SHORT`` rows the value or the interval is written beside it.
    """
    low, high = bounds
    base = alt.Chart(frame.dropna(subset=bounds)).encode(y=_rows(frame, row), tooltip=[row, low, high])
    rules = base.mark_rule(strokeWidth=4, color=theme.GREY).encode(x=_across(low, title, ticks), x2=high)
    text = base.transform_calculate(both=alt.datum[low] + "–" + alt.datum[high]).mark_text(align="left", dx=9)
    text = text.encode(x=_across(high, title, ticks), text="both:N")
    return _layered(frame, row, rules, *([text] if len(frame) <= SHORT else []), dots(frame, row, value, title, ticks))


def dumbbell(frame: pd.DataFrame, row: str, pair: list[str], title: str, ticks: list[float]) -> Chart:
    """Return an earlier and a later value per row (the columns ``pair``), joined by a line.

    Up to ``SHORT`` rows both are written beside their marks.
    """
    rising = frame[row][frame[pair[0]] <= frame[pair[1]]]
    long = frame.melt(row, pair, "When", "Value")
    long["Left"] = (long["When"] == pair[0]) == long[row].isin(rising)
    base = alt.Chart(long).encode(x=_across("Value", title, ticks), y=_rows(frame, row), tooltip=[row, "When", "Value"])
    joined = base.mark_line(color=theme.GREY, strokeWidth=2).encode(detail=f"{row}:N")
    colour = alt.Color("When:N", title=None, scale=alt.Scale(domain=pair, range=theme.SERIES))
    shape = alt.Shape("When:N", title=None, scale=alt.Scale(domain=pair, range=[TICK, "circle"]))
    layers = [joined, base.mark_point(size=110).encode(color=colour, shape=shape)]
    if len(frame) <= SHORT:
        text = base.encode(text="Value:Q")
        layers.append(text.transform_filter("datum.Left").mark_text(align="right", dx=-9))
        layers.append(text.transform_filter("!datum.Left").mark_text(align="left", dx=9))
    return _layered(frame, row, *layers)


def grid(frame: pd.DataFrame, row: str, column: str, heads: list[str], number: str = "") -> Chart:
    """Return rows and columns with a mark where they meet: a dot, or a square as large as a number beside it."""
    axis = alt.Axis(
        orient="top", labelPadding=18, labelAngle=0, domain=False, ticks=False, labelExpr=_broken(heads, HEAD)
    )
    base = alt.Chart(frame).encode(x=alt.X(f"{column}:N", sort=heads, title=None, axis=axis), y=_rows(frame, row))
    if not number:
        return _layered(frame, row, base.mark_point(size=160))
    base = base.encode(y=_rows(frame, row, SHORT_LABEL))  # numbers need the room
    size = alt.Size(f"{number}:Q", scale=alt.Scale(range=[0, 800]), legend=None)
    squares = base.mark_point(shape="square").encode(size=size, tooltip=[row, column, number])
    text = base.mark_text(align="left", dx=20).encode(text=f"{number}:Q")
    return (squares + text).properties(height=38 * frame[row].nunique())


def moments(frame: pd.DataFrame, row: str, when: str, kind: str, kinds: list[str], ticks: list[int]) -> Chart:
    """Return marks in time per row (years in ``when``), the ``kinds`` (two at most) as dots and as ticks."""
    axis = alt.Axis(values=ticks, format="d", orient="top")
    x = alt.X(f"{when}:Q", title=None, scale=alt.Scale(domain=[ticks[0], ticks[-1]], padding=8), axis=axis)
    base = alt.Chart(frame).encode(x=x, y=_rows(frame, row), tooltip=[row, kind, when])
    colour = alt.Color(f"{kind}:N", title=None, scale=alt.Scale(domain=kinds, range=theme.SERIES))
    shape = alt.Shape(f"{kind}:N", title=None, scale=alt.Scale(domain=kinds, range=["circle", TICK]))
    return _layered(frame, row, base.mark_point(size=110).encode(color=colour, shape=shape))


def spans(frame: pd.DataFrame, row: str, bounds: list[str], kind: str, title: str, ticks: list[float]) -> Chart:
    """Return a bar per row from one column to another, filled by ``kind``, with both ends written beside it."""
    low, high = bounds
    kinds = list(frame[kind].unique())
    base = alt.Chart(frame).encode(y=_rows(frame, row), tooltip=[row, kind, low, high])
    inside = alt.Fill(f"{kind}:N", title=None, scale=alt.Scale(domain=kinds, range=theme.FILLS))
    edge = alt.Stroke(f"{kind}:N", title=None, scale=alt.Scale(domain=kinds, range=theme.SERIES))
    bar = base.mark_bar(strokeWidth=1.5).encode(x=_across(low, title, ticks), x2=high, fill=inside, stroke=edge)
    both = base.transform_calculate(both=alt.datum[low] + "–" + alt.datum[high])
    text = both.mark_text(align="left", dx=5).encode(x=_across(high, title, ticks), text="both:N")
    return _layered(frame, row, bar, text)


def tree_rows(frame: pd.DataFrame, name: str, parent: str) -> pd.DataFrame:
    """Return the rows of a tree in the order they are drawn, each right below what it belongs to.

    Adds ``Row`` (from 0), ``Depth`` (0 for the first), ``Stem`` (the depth above), ``Above`` (the row of the parent,
    missing for the first) and ``Lines`` (the name broken into lines that fit a phone).
    """
    children = {above: list(rows[name]) for above, rows in frame.groupby(parent, sort=False)}

    def below(above: str, depth: int) -> list[tuple[str, int]]:
        """Return (name, depth) of everything below a name."""
        found = []
        for item in children.get(above, []):
            found.append((item, depth))
            found += below(item, depth + 1)
        return found

    placed = below("", 0)
    depth = dict(placed)
    order = {item: position for position, (item, _) in enumerate(placed)}
    rows = frame.assign(Depth=frame[name].map(depth), Row=frame[name].map(order))
    rows["Above"] = [order.get(above) for above in frame[parent]]
    rows["Stem"] = rows["Depth"] - 1
    widths = LABEL + 8 - 3 * rows["Depth"]
    rows["Lines"] = ["\n".join(wrap(text, int(width))) for text, width in zip(rows[name], widths)]
    return rows


def tree(frame: pd.DataFrame, name: str, parent: str, kind: str, kinds: list[str]) -> Chart:
    """Return names as an indented tree: each stands below its ``parent`` ("" for the first), joined to it by a line.

    The two ``kinds`` differ in colour, in the shape of the mark and in their dash.
    """
    rows = tree_rows(frame, name, parent)
    across = alt.Scale(domain=[0, int(rows["Depth"].max()) + 6])
    down = alt.Scale(domain=[len(rows) - 0.5, -0.5])
    at_depth, at_stem = (alt.X(f"{field}:Q", axis=None, scale=across) for field in ("Depth", "Stem"))
    at_row, at_above = (alt.Y(f"{field}:Q", axis=None, scale=down) for field in ("Row", "Above"))
    dash = alt.StrokeDash(f"{kind}:N", title=None, scale=alt.Scale(domain=kinds, range=[[1, 0], [5, 3]]))
    colour = alt.Color(f"{kind}:N", title=None, scale=alt.Scale(domain=kinds, range=theme.SERIES))
    shape = alt.Shape(f"{kind}:N", title=None, scale=alt.Scale(domain=kinds, range=["circle", "diamond"]))
    base = alt.Chart(rows).encode(x=at_depth, y=at_row, tooltip=[name, kind])
    joined = base.transform_filter("datum.Stem >= 0")
    lines = joined.mark_rule(color=theme.GREY)
    stems = lines.encode(x=at_stem, y=at_above, y2="Row:Q", strokeDash=dash)
    twigs = lines.encode(x=at_stem, x2="Depth:Q", strokeDash=dash)
    marks = base.mark_point(size=110).encode(color=colour, shape=shape)
    text = base.mark_text(align="left", dx=11, lineBreak="\n", baseline="middle").encode(text="Lines:N")
    tallest = int(rows["Lines"].str.count("\n").max()) + 1
    return alt.layer(stems, twigs, marks, text, height=len(rows) * (10 + 16 * tallest))


def journeys(frame: pd.DataFrame, journey: str, row: str, order: str, result: str, results: list[str]) -> Chart:
    """Return one path per journey through its rows in order, with the ``results`` (four at most) as marks."""
    colour = alt.Color(f"{result}:N", title=None, scale=alt.Scale(domain=results, range=theme.SERIES))
    shapes = alt.Scale(domain=results, range=["circle", "square", "cross", "triangle-down"])
    views = []
    for title, steps in frame.groupby(journey, sort=False):
        heading = alt.Title(title, anchor="start", color=theme.INK, fontSize=13)
        ticks = alt.Axis(tickMinStep=1, grid=False, format="d", values=list(range(1, int(frame[order].max()) + 1)))
        scale = alt.Scale(domain=[0.5, frame[order].max() + 0.5])
        base = alt.Chart(steps).encode(x=alt.X(f"{order}:Q", title=None, axis=ticks, scale=scale), y=_rows(steps, row))
        path = base.mark_line(color=theme.GREY, strokeWidth=1.5).encode(order=f"{order}:Q")
        shape = alt.Shape(f"{result}:N", title=None, scale=shapes)
        marks = base.mark_point(size=130).encode(color=colour, shape=shape, tooltip=[row, order, result])
        views.append(_layered(steps, row, path, marks).properties(title=heading))
    return alt.vconcat(*views)


def region_map(frame: pd.DataFrame, place: str, share: str, title: str, limits: list[float], tips: list[str]) -> Chart:
    """Return a map of regions (``place``: ids) shaded by a share, with the share written in, or "few" for none."""
    shapes = alt.Chart(maps.outlines(frame[[place, share, *tips]].set_axis(["place", "share", *tips], axis=1)))
    known, shade = "isValid(datum.properties.share)", alt.Scale(type="threshold", domain=limits, range=theme.SEQUENCE)
    drawn = shapes.mark_geoshape(stroke=theme.PAPER)
    drawn = drawn.encode(tooltip=[alt.Tooltip(f"properties.{name}:N", title=name) for name in tips])
    shaded = drawn.transform_filter(known).encode(color=alt.Color("properties.share:Q", scale=shade, title=title))
    grey = drawn.transform_filter(f"!{known}").encode(color=alt.value(theme.EMPTY))
    written = f"{known} ? format(datum.properties.share, '.0f') : 'few'"
    text = shapes.transform_calculate(middle="geoCentroid(null, datum)", written=written)
    text = text.encode(longitude="middle[0]:Q", latitude="middle[1]:Q", text="written:N")
    below = alt.expr("indexof(datum.id, '-city') < 0 ? 0 : 6")  # a city lies within its region
    halo = text.mark_text(stroke=theme.PAPER, strokeWidth=3, fontSize=12, dy=below)
    layers = alt.layer(grey, shaded, halo, text.mark_text(fontSize=12, dy=below))
    projection = alt.Projection(type="conicEqualArea", parallels=[43, 53], rotate=[-67, 0, 0])
    return layers.properties(projection=projection)
