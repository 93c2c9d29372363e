"""How charts look: one palette, one type, one width for screens and one for phones.

Charts are drawn with the light palette; the site's style sheet maps each colour to its
dark counterpart by attribute, so a chart is coloured right without any script.
"""

from __future__ import annotations

WIDTHS = {"wide": 680, "narrow": 326}  # of a drawing in px: the column of text, a phone of 390 px
AXIS_WIDTH = 60  # px that stacked charts leave for their axes
MAP_SHAPE = 0.57  # height of a map of the country by its width

INK, MUTED, GRID, PAPER = "#1d2330", "#566070", "#d8dde4", "#ffffff"
BLUE, ORANGE, GREEN, PURPLE, GREY = "#1f5fa8", "#b5480f", "#2f7d4f", "#7a3e9d", "#6b7280"
SERIES = [BLUE, ORANGE, GREEN, PURPLE, GREY]
PALE_ORANGE, PALE_PURPLE = "#e8ad88", "#e4d5ee"
FILLS = [BLUE, PALE_ORANGE, PAPER, PALE_PURPLE]  # of parts of a bar with edges in SERIES: they differ without hue
SEQUENCE = ["#dce9f7", "#a9c9ea", "#6ea3d8", "#3a7abf", "#1f4f8f"]
EMPTY = "#c3c8cf"

DARK = {
    INK: "#e7eaef",
    MUTED: "#aeb6c2",
    GRID: "#3b4350",
    PAPER: "#14181f",
    BLUE: "#7fb2f0",
    ORANGE: "#f0975a",
    GREEN: "#6cc48f",
    PURPLE: "#cda2ec",
    GREY: "#a6adb8",
    EMPTY: "#5b626d",
    PALE_ORANGE: "#86491f",
    PALE_PURPLE: "#453157",
    **dict(zip(SEQUENCE, ["#22364f", "#2c527d", "#3a74b0", "#64a0dc", "#a8d0fa"])),
}

FONT = "Liberation Sans, Arial, Helvetica, sans-serif"

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
    "bar": {"color": BLUE},
    "scale": {"barBandPaddingInner": 0.3},
    "line": {"color": BLUE, "strokeWidth": 2.5},
    "point": {"color": BLUE, "filled": True, "size": 70, "opacity": 1},
    "range": {"category": SERIES, "ordinal": SEQUENCE, "ramp": SEQUENCE},
}
