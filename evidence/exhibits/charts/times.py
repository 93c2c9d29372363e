"""Charts over time: steps, series, moments and journeys."""

from __future__ import annotations

from textwrap import wrap

import altair as alt
import pandas as pd

from evidence.exhibits import theme
from evidence.exhibits.charts.layout import TICK, Chart, layered, rows_axis, steps_axis
from evidence.exhibits.columns import takes

HEADING = 44  # layout: characters in a line of the heading of a path: it fits a phone


@takes(values="step", numbers="value", among="step:steps")
def over_time(frame: pd.DataFrame, step: str, value: str, steps: list[str], mark: str) -> Chart:
    """Return columns or a line with points from zero over steps in time, each value written out.

    - ``step``: column of the steps in time.
    - ``value``: column of the values, which may be missing; its name is the title.
    - ``steps``: every step in its order, those without a value too.
    - ``mark``: "bar" for counts, "line" for shares.

    Raises ValueError for another ``mark``.
    """
    if mark not in ("bar", "line"):
        raise ValueError(f'charts.over_time: mark is "bar" or "line", not {mark!r}')
    y = alt.Y(f"{value}:Q", scale=alt.Scale(domain=[0, 1.25 * frame[value].max()]), axis=alt.Axis(tickCount=4))
    base = alt.Chart(frame).encode(x=steps_axis(step, steps), y=y, tooltip=[step, value])
    if mark == "bar":
        written = base.transform_filter(f"isValid(datum['{value}'])")
        layers = [base.mark_bar(size=40), written.mark_text(dy=-10).encode(text=alt.Text(f"{value}:Q", format=","))]
    else:
        written = base.transform_filter(f"isValid(datum['{value}'])")
        text = written.mark_text(dx=-12, dy=-12).encode(text=alt.Text(f"{value}:Q", format=".1f"))
        layers = [base.mark_line(), base.mark_point(), text]
    return alt.layer(*layers, height=150)


@takes(values="step", numbers="series", series=len(theme.SERIES))
def lines(frame: pd.DataFrame, step: str, series: list[str], title: str, doubtful: list[tuple]) -> Chart:
    """Return a line from zero per series over steps in time, with its name at the last step.

    - ``step``: column of the steps in time, in their order.
    - ``series``: columns of values, one line each.
    - ``title``: what the values are.
    - ``doubtful``: pairs (series, step) of values that are crosses off the line.
    """
    long = frame.melt(step, series, "Series", "Value")
    long["Doubtful"] = [pair in doubtful for pair in zip(long["Series"], long[step])]
    colour = alt.Color("Series:N", scale=alt.Scale(domain=series, range=theme.SERIES), legend=None)
    base = alt.Chart(long).encode(
        x=steps_axis(step, list(frame[step])), tooltip=["Series", step, alt.Tooltip("Value:Q", title=title)]
    )
    base = base.encode(y=alt.Y("Value:Q", title=title, axis=alt.Axis(tickCount=5)), color=colour)
    sure = base.transform_filter("!datum.Doubtful")
    dashed = sure.mark_line().encode(strokeDash=alt.StrokeDash("Series:N", sort=series, legend=None))
    crosses = base.transform_filter("datum.Doubtful").mark_point(shape="cross", size=90)
    end = frame.tail(len(frame) // 4 + 1)[series].max()  # above the line for as long as the name is
    at_end = pd.DataFrame({"Series": series, step: frame[step].iloc[-1], "Value": [end[name] for name in series]})
    names = alt.Chart(at_end).encode(x=base.encoding.x, y=base.encoding.y, color=colour, text="Series:N")
    names = names.mark_text(align="right", dx=8, dy=-14)
    return alt.layer(dashed, sure.mark_point(), crosses, names, height=320)


@takes(text="row", values="when kind", among="kind:kinds", kinds=2)
def moments(frame: pd.DataFrame, row: str, when: str, kind: str, kinds: list[str], ticks: list[int]) -> Chart:
    """Return marks in time per row, of one kind as dots and of the other as ticks.

    - ``row``: column of what the marks belong to.
    - ``when``: column of years.
    - ``kind``: column of the kind of each mark.
    - ``kinds``: the kinds, two at most.
    - ``ticks``: the years on the axis; the first and the last are its ends.
    """
    axis = alt.Axis(values=ticks, format="d", orient="top")
    x = alt.X(f"{when}:Q", title=None, scale=alt.Scale(domain=[ticks[0], ticks[-1]], padding=8), axis=axis)
    base = alt.Chart(frame).encode(x=x, y=rows_axis(frame, row), tooltip=[row, kind, when])
    colour = alt.Color(f"{kind}:N", title=None, scale=alt.Scale(domain=kinds, range=theme.SERIES))
    shape = alt.Shape(f"{kind}:N", title=None, scale=alt.Scale(domain=kinds, range=["circle", TICK]))
    return layered(frame, row, base.mark_point(size=110).encode(color=colour, shape=shape))


@takes(text="journey row", numbers="order", values="result", among="result:results", results=4)
def journeys(frame: pd.DataFrame, journey: str, row: str, order: str, result: str, results: list[str]) -> Chart:
    """Return one path per journey through its rows in order, with results as marks; rows stand in one order in all.

    - ``journey``: column of which journey a step belongs to; it heads the path.
    - ``row``: column of where the step leads.
    - ``order``: column of the number of the step, from 1.
    - ``result``: column of what came of it.
    - ``results``: every result, four at most.
    """
    colour = alt.Color(f"{result}:N", title=None, scale=alt.Scale(domain=results, range=theme.edges(results)))
    shapes = alt.Scale(domain=results, range=["circle", "square", "cross", "triangle-down"])
    views, places = [], list(frame[row].unique())
    for title, steps in frame.groupby(journey, sort=False):
        axis = rows_axis(steps.sort_values(row, key=lambda column: column.map(places.index)), row)
        heading = alt.Title(wrap(title, HEADING), anchor="start", color=theme.INK, fontSize=13)
        ticks = alt.Axis(tickMinStep=1, grid=False, format="d", values=list(range(1, int(frame[order].max()) + 1)))
        scale = alt.Scale(domain=[0.5, frame[order].max() + 0.5])
        base = alt.Chart(steps).encode(x=alt.X(f"{order}:Q", title=None, axis=ticks, scale=scale), y=axis)
        path = base.mark_line(color=theme.GREY, strokeWidth=1.5).encode(order=f"{order}:Q")
        shape = alt.Shape(f"{result}:N", title=None, scale=shapes)
        marks = base.mark_point(size=130).encode(color=colour, shape=shape, tooltip=[row, order, result])
        views.append(layered(steps, row, path, marks).properties(title=heading))
    return alt.vconcat(*views)
