"""Trees and arcs: what belongs below what, and what is joined to what."""

from __future__ import annotations

import math
from textwrap import wrap

import altair as alt
import pandas as pd

from evidence.data.rules import nearest
from evidence.exhibits import theme
from evidence.exhibits.charts.layout import LABEL, Chart
from evidence.exhibits.columns import FrameError, takes


def tree_rows(frame: pd.DataFrame, name: str, parent: str) -> pd.DataFrame:
    """Return the rows of a tree in the order they are drawn, each right below what it belongs to.

    Adds ``Row`` (from 0), ``Depth`` (0 for the first), ``Stem`` (the depth above), ``Above`` (the row of the parent,
    missing for the first) and ``Lines`` (the name broken into lines that fit a phone). Raises FrameError for a parent
    that is no name, or a name below itself.
    """
    for above in frame[parent]:
        if above and above not in set(frame[name]):
            raise FrameError(f"charts.tree: {above!r} in column {parent!r} is no name{nearest(above, frame[name])}")
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
    if apart := [item for item in frame[name] if item not in depth]:
        raise FrameError(f"charts.tree: {apart[0]!r} belongs to itself, or to what belongs to it")
    order = {item: position for position, (item, _) in enumerate(placed)}
    rows = frame.assign(Depth=frame[name].map(depth), Row=frame[name].map(order))
    rows["Above"] = [order.get(above) for above in frame[parent]]
    rows["Stem"] = rows["Depth"] - 1
    widths = LABEL + 8 - 3 * rows["Depth"]
    rows["Lines"] = ["\n".join(wrap(text, int(width))) for text, width in zip(rows[name], widths)]
    return rows


@takes(text="name parent", values="kind", among="kind:kinds", kinds=2)
def tree(frame: pd.DataFrame, name: str, parent: str, kind: str, kinds: list[str]) -> Chart:
    """Return names as an indented tree: each stands below its parent, joined to it by a line.

    The kinds differ in colour, in the shape of the mark and in their dash.

    - ``name``: column of the names, each once.
    - ``parent``: column of the name that each belongs to, "" for the first.
    - ``kind``: column of the kind of each.
    - ``kinds``: the kinds, two at most.

    Raises FrameError for a parent that is no name, or a name below itself.
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


ROUND = 24  # layout: points of an arc
DASHES = [[1, 0], [2, 3], [8, 4], [1, 6]]  # layout: of the kinds of arcs, which differ in dash as well as in colour
LINE, GAP = 16, 10  # layout: px of a line of a name, and between names
ROOM = 1.6  # layout: width of the names by that of the widest arc


def arc_rows(frame: pd.DataFrame, start: str, end: str) -> pd.DataFrame:
    """Return the names that arcs join, in the order they are drawn: what hangs together stands together.

    Columns: ``start`` (the name), ``Lines`` (broken to fit a phone), ``Down`` (px of its first line from the top).
    """
    near: dict[str, list[str]] = {}
    for first, last in zip(frame[start], frame[end]):
        near.setdefault(first, []).append(last)
        near.setdefault(last, []).append(first)
    placed: list[str] = []

    def place(name: str) -> None:
        if name not in placed:
            placed.append(name)
            for other in near[name]:
                place(other)

    for name in near:
        place(name)
    lines = ["\n".join(wrap(name, LABEL)) for name in placed]
    heights = [LINE * (text.count("\n") + 1) + GAP for text in lines]
    down = [sum(heights[:number]) + (LINE + GAP) / 2 for number in range(len(heights))]
    return pd.DataFrame({start: placed, "Lines": lines, "Down": down})


def arc_points(frame: pd.DataFrame, names: pd.DataFrame, start: str, end: str, kind: str) -> pd.DataFrame:
    """Return the points of an arc for each row of a frame.

    Columns: ``Arc`` (number of the row), ``Step``, ``Down`` and ``Across`` (px; 0 across at both ends, the farther to
    the left the farther the names are apart), the kind, ``Pair`` (both names).
    """
    at = dict(zip(names[start], names["Down"]))
    found = []
    for number, row in enumerate(frame.to_dict("records")):
        high, low = at[row[start]], at[row[end]]
        for step in range(ROUND + 1):
            angle = math.pi * step / ROUND
            down = (low + high) / 2 + (high - low) / 2 * math.cos(angle)
            across = -abs(high - low) / 2 * math.sin(angle)
            found.append((number, step, down, across, row[kind], f"{row[start]} – {row[end]}"))
    return pd.DataFrame(found, columns=["Arc", "Step", "Down", "Across", kind, "Pair"])


@takes(text="start end", values="kind", among="kind:kinds", kinds=len(DASHES))
def arcs(frame: pd.DataFrame, start: str, end: str, kind: str, kinds: list[str]) -> Chart:
    """Return names below each other, joined by an arc for each row of the frame.

    The kinds differ in colour and in dash.

    - ``start``: column of the names at which arcs begin.
    - ``end``: column of the names at which they end.
    - ``kind``: column of the kind of each arc.
    - ``kinds``: the kinds, four at most.
    """
    names = arc_rows(frame, start, end).assign(Across=0)
    points = arc_points(frame, names, start, end, kind)
    widest = -float(points["Across"].min())
    total = float(names["Down"].max()) + LINE * (names["Lines"].iloc[-1].count("\n") + 1)
    across = alt.X("Across:Q", axis=None, scale=alt.Scale(domain=[-widest, ROOM * widest], nice=False))
    down = alt.Y("Down:Q", axis=None, scale=alt.Scale(domain=[total, 0], nice=False))
    colour = alt.Color(f"{kind}:N", title=None, scale=alt.Scale(domain=kinds, range=theme.SERIES))
    dash = alt.StrokeDash(f"{kind}:N", title=None, scale=alt.Scale(domain=kinds, range=DASHES[: len(kinds)]))
    curves = alt.Chart(points).encode(x=across, y=down, color=colour, strokeDash=dash, detail="Arc:N")
    curves = curves.mark_line(strokeWidth=1.8).encode(order="Step:Q", tooltip=["Pair", kind])
    base = alt.Chart(names).encode(x=across, y=down)
    text = base.mark_text(align="left", dx=9, lineBreak="\n", baseline="middle").encode(text="Lines:N")
    return alt.layer(curves, base.mark_point(size=45), text, height=total)
