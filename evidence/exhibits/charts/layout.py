"""Rows and axes laid out for screens and for phones: what chart builders share."""

from __future__ import annotations

import json
from textwrap import wrap

import altair as alt
import pandas as pd

from evidence.data import dates

Chart = alt.LayerChart | alt.Chart | alt.FacetChart | alt.VConcatChart  # what Altair calls a chart
LABEL, HEAD, TITLE = 26, 11, 28  # layout: characters in a line of a row's label, a head, a title: they fit a phone
SHORT = 12  # layout: rows up to which every value is written out
TICK = "M-0.25,-1.6H0.25V1.6H-0.25Z"  # shape of an earlier value: it shows behind the dot of a later one
SHORT_LABEL = 13  # layout: the same for a row's label beside several columns of numbers
MANY_STEPS = 10  # layout: steps in time above which some stay without a label


def broken(labels: list[str], width: int) -> str:
    """Return the Vega expression that breaks the labels of an axis into lines of at most ``width`` characters."""
    return f"{json.dumps({label: wrap(label, width, break_long_words=False) for label in labels})}[datum.label]"


def rows_axis(frame: pd.DataFrame, row: str, width: int = LABEL) -> alt.Y:
    """Return a vertical axis with one row per value of a column, in the order of the frame."""
    labels = list(frame[row].unique())
    middle = alt.condition(f"length(datum.label) > {width}", alt.value("bottom"), alt.value("middle"))  # of two lines
    axis = alt.Axis(labelExpr=broken(labels, width), labelBaseline=middle)
    return alt.Y(f"{row}:N", sort=labels, title=None, axis=axis)


def layered(frame: pd.DataFrame, row: str, *layers: Chart) -> Chart:
    """Return layers as one chart, as high as the rows of a column and their labels need."""
    labels = frame[row].unique()
    return alt.layer(*layers, height=len(labels) * (12 + 14 * max(len(wrap(label, LABEL)) for label in labels)))


def across_axis(column: str, title: str, ticks: list[float]) -> alt.X:
    """Return a horizontal axis from the first to the last of ``ticks``, with room for values written beside marks.

    Ticks that all are years are written without separators.
    """
    scale = alt.Scale(domain=[ticks[0], ticks[-1]], padding=30)
    axis = alt.Axis(values=ticks, format="d") if set(ticks) <= set(dates.POSSIBLE) else alt.Axis(values=ticks)
    return alt.X(f"{column}:Q", title=wrap(title, TITLE), scale=scale, axis=axis)


def steps_axis(column: str, steps: list[str]) -> alt.X:
    """Return a horizontal axis of steps in time; of many steps some have no label, so that none overlap."""
    axis = alt.Axis(labelAngle=0, labelOverlap=True) if len(steps) > MANY_STEPS else alt.Axis(labelAngle=0)
    return alt.X(f"{column}:O", scale=alt.Scale(domain=steps), title=None, axis=axis)
