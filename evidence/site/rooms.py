"""``{rooms}``: the rooms of the package and who imports whom, drawn from the imports as they are."""

from __future__ import annotations

import altair as alt
import pandas as pd
from sphinx.util.docutils import SphinxDirective

from evidence.checks.rooms import direct, rooms, steps
from evidence.exhibits import theme
from evidence.exhibits.charts import Chart
from evidence.exhibits.exhibit import exhibit
from evidence.site.figures import exhibit_nodes

STEP = 74  # px between one step and the next
BOX = (104, 34)  # px


def drawing(frame: pd.DataFrame) -> Chart:
    """Return the rooms as boxes, each below the rooms it imports, joined by lines."""
    step = steps(frame)
    places: dict[str, tuple[float, int]] = {}
    for level in sorted(set(step.values())):
        names = [name for name in frame["Room"] if step[name] == level]
        for position, name in enumerate(names):
            places[name] = (position - (len(names) - 1) / 2, level)
    boxes = pd.DataFrame([(name, x, y) for name, (x, y) in places.items()], columns=["Room", "x", "y"])
    lines = pd.DataFrame(
        [(*places[room], *places[other]) for room, other in direct(frame)], columns=["x", "y", "x2", "y2"]
    )
    across = alt.X("x:Q", axis=None, scale=alt.Scale(domain=[-1.5, 1.5]))
    down = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[-0.5, max(step.values()) + 0.5]))
    rule = alt.Chart(lines).mark_rule(color=theme.GREY, strokeWidth=1.5).encode(x=across, y=down, x2="x2:Q", y2="y2:Q")
    shape = f"M{-BOX[0] / 2},{-BOX[1] / 2}h{BOX[0]}v{BOX[1]}h{-BOX[0]}Z"
    box = alt.Chart(boxes).mark_point(
        shape=shape, size=4, filled=True, fill=theme.PAPER, stroke=theme.BLUE, strokeWidth=1.5, opacity=1
    )
    text = alt.Chart(boxes).mark_text(fontSize=14).encode(x=across, y=down, text="Room:N")
    return alt.layer(rule, box.encode(x=across, y=down), text, height=STEP * (max(step.values()) + 1))


class Rooms(SphinxDirective):
    """``{rooms} id`` shows the drawing as the exhibit with this id, with the rooms as a table."""

    required_arguments = 1

    def run(self):
        frame = rooms()
        return exhibit_nodes(self.env, exhibit(self.arguments[0], drawing(frame), data=frame).payload)


def setup(app) -> None:
    """Add the directive."""
    app.add_directive("rooms", Rooms)
