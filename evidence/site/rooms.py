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

STEP = 74  # layout: px between one step and the next
BOX = (62, 30)  # layout: px; four of them stand beside each other on a phone
# Boxes from the middle, set by hand so that no line runs behind a box: the toolkits stand on the left, below the
# command line that runs them.
COLUMNS = {  # layout: place of a room beside others of its step
    "cli": -1.5,
    **{"live": 0.0, "authoring": 1.0, "site": 0.5},
    **{"parts": -0.3, "book": 0.55, "checks": 1.4},
    **{"attendance": -1.5, "listening": -0.5, "exhibits": 0.35},
    **{"toolkit": -1.0, "figures": 0.5, "data": 0.5},
}


def places(frame: pd.DataFrame) -> dict[str, tuple[float, int]]:
    """Return where each room stands: boxes from the middle of the drawing, and steps from the bottom."""
    step = steps(frame)
    return {name: (COLUMNS.get(name, 0.0), step[name]) for name in frame["Room"]}


def drawing(frame: pd.DataFrame) -> Chart:
    """Return the rooms as boxes, each above the rooms it imports, joined by lines."""
    place = places(frame)
    columns, height = max(abs(x) for x, _ in place.values()) + 0.5, max(y for _, y in place.values()) + 1
    joined = [(*place[room], *place[other]) for room, other in direct(frame)]
    lines = pd.DataFrame(joined, columns=["x", "y", "x2", "y2"])
    boxes = pd.DataFrame([(name, *at) for name, at in place.items()], columns=["Room", "x", "y"])
    across = alt.X("x:Q", axis=None, scale=alt.Scale(domain=[-columns, columns]))
    down = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[-0.5, height - 0.5]))
    rule = alt.Chart(lines).mark_rule(color=theme.GREY, strokeWidth=1.5).encode(x=across, y=down, x2="x2:Q", y2="y2:Q")
    box = alt.Chart(boxes).mark_point(**_box()).encode(x=across, y=down)
    text = alt.Chart(boxes).mark_text(fontSize=13).encode(x=across, y=down, text="Room:N")
    return alt.layer(rule, box, text, height=STEP * height)


def _box() -> dict:
    """Return how a box is drawn: as a mark of its own shape, whose path is in px if its size is 4."""
    width, height = BOX
    shape = f"M{-width / 2},{-height / 2}h{width}v{height}h{-width}Z"
    colours = {"filled": True, "fill": theme.PAPER, "stroke": theme.TURQUOISE}
    return {"shape": shape, "size": 4, **colours, "strokeWidth": 1.5, "opacity": 1}


class Rooms(SphinxDirective):
    """``{rooms} id`` shows the drawing as the exhibit with this id, with the rooms as a table."""

    required_arguments = 1

    def run(self):
        frame = rooms()
        return exhibit_nodes(self.env, exhibit(self.arguments[0], drawing(frame), data=frame).payload)


def setup(app) -> None:
    """Add the directive."""
    app.add_directive("rooms", Rooms)
