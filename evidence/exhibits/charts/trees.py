"""Trees: what belongs below what."""

from __future__ import annotations

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
