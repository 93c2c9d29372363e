"""How charts look: one palette, one type, one width for screens and one for phones.

Charts are drawn with the light palette; the site's style sheet maps each colour to its
dark counterpart by attribute, so a chart is coloured right without any script.
"""

from __future__ import annotations

WIDTHS = {"wide": 680, "narrow": 326}  # layout: of a drawing in px: the column of text, a phone of 390 px
AXIS_WIDTH = 60  # layout: px that charts below each other leave for their axes, where no label of a row needs more
LABEL = 26  # layout: characters in a line of a row's label: it fits a phone
LETTER = 6.6  # layout: px of a letter of a label, rather too many than too few
MAP_SHAPE = 0.57  # layout: height of a map of the country by its width

INK, MUTED, GRID, PAPER = "#16212b", "#51606d", "#dcdfe3", "#ffffff"
TURQUOISE, BLUE, TEAL, SLATE, GREY = "#00697a", "#39508f", "#2f8f9d", "#45525e", "#6d7780"  # no meaning but the series
GREEN, BRICK = "#2c7a4b", "#a8442a"  # strength and weakness, here as on the pages; a gap is grey
SERIES = [TURQUOISE, BLUE, TEAL, SLATE, GREY]
PALE_BLUE, PALE_GREY = "#b9c6e6", "#e2e4e7"
FILLS = [TURQUOISE, PALE_BLUE, PAPER, PALE_GREY]  # of parts of a bar with edges in SERIES: they differ without hue
SEQUENCE = ["#dcecee", "#a9d0d6", "#6cb0ba", "#2f8f9c", "#00596a"]
EMPTY = "#c8cdd1"
MEANING = {  # (edge, fill) of what has one colour in the whole book, by its name in any case
    **dict.fromkeys(("strength", "strengths"), (GREEN, GREEN)),
    **dict.fromkeys(("weakness", "weaknesses"), (BRICK, "#ecc4b8")),
    **dict.fromkeys(("gap", "gaps", "gap in knowledge"), (GREY, PAPER)),
}

DARK = {
    INK: "#e8ecef",
    MUTED: "#aab5bf",
    GRID: "#33404a",
    PAPER: "#12181d",
    TURQUOISE: "#5cc4d4",
    BLUE: "#9fb4f0",
    TEAL: "#3aa3b2",
    SLATE: "#b9c4ce",
    GREY: "#93a0ab",
    GREEN: "#74c795",
    BRICK: "#ef9478",
    EMPTY: "#4c5863",
    PALE_BLUE: "#3a4a7a",
    PALE_GREY: "#2c363e",
    "#ecc4b8": "#6b3527",
    **dict(zip(SEQUENCE, ["#17343b", "#1f5560", "#2b7f8d", "#4fb0c0", "#a5e2ec"])),
}


def edges(names: list[str]) -> list[str]:
    """Return a colour per name: the one with its meaning where all have one, else those of a series."""
    known = [MEANING.get(name.lower()) for name in names]
    return [pair[0] for pair in known if pair] if all(known) else SERIES


def fills(names: list[str]) -> list[str]:
    """Return a fill per name, for parts with :func:`edges`."""
    known = [MEANING.get(name.lower()) for name in names]
    return [pair[1] for pair in known if pair] if all(known) else FILLS


FONT = "Evidence Sans, Liberation Sans, Arial, Helvetica, sans-serif"

CONFIG = {
    "aria": False,  # the exhibit carries the text alternative
    "background": None,
    "font": FONT,
    "view": {"stroke": None},
    "axis": {
        "labelColor": INK,
        "titleColor": MUTED,
        "gridColor": GRID,
        "domainColor": MUTED,
        "tickColor": MUTED,
        "labelFontSize": 13,
        "titleFontSize": 13,
        "titleFontWeight": "normal",
        "labelLimit": 190,
    },
    "axisX": {"titleAnchor": "start"},
    "axisYBand": {"ticks": False},
    "axisYPoint": {"ticks": False},
    "axisY": {"titleAngle": 0, "titleAnchor": "start", "titleAlign": "left", "titleX": 0, "titleY": -8},
    "legend": {
        "labelColor": INK,
        "titleColor": MUTED,
        "labelFontSize": 13,
        "titleFontSize": 13,
        "titleFontWeight": "normal",
        "orient": "top",
        "direction": "horizontal",
        "labelLimit": 280,
    },
    "header": {"labelColor": INK, "titleColor": MUTED, "labelFontSize": 13, "titleFontSize": 13},
    "text": {"color": INK, "fontSize": 13},
    "bar": {"color": TURQUOISE},
    "scale": {"barBandPaddingInner": 0.3},
    "line": {"color": TURQUOISE, "strokeWidth": 2.5},
    "point": {"color": TURQUOISE, "filled": True, "size": 70, "opacity": 1},
    "range": {"category": SERIES, "ordinal": SEQUENCE, "ramp": SEQUENCE},
}
