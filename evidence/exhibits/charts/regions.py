"""Charts of regions."""

from __future__ import annotations

import altair as alt
import pandas as pd

from evidence.exhibits import maps, theme
from evidence.exhibits.charts.layout import Chart
from evidence.exhibits.columns import takes


@takes(text="place", numbers="share", values="tips", limits=len(theme.SEQUENCE) - 1)
def region_map(frame: pd.DataFrame, place: str, share: str, title: str, limits: list[float], tips: list[str]) -> Chart:
    """Return a map of regions shaded by a share, with the share written in, or "few" where it has none.

    - ``place``: column of ids of regions, as in ``places.csv``.
    - ``share``: column of the shares, which may be missing.
    - ``title``: what the shares are, above the shades.
    - ``limits``: the shares at which the shade changes, four at most.
    - ``tips``: columns shown with a region.

    Raises UnknownId for a region that has no outline.
    """
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
