"""Chart builders shared by chapters: a frame, names of its columns and plain titles in, an Altair chart out.

Rows come in the order of the frame. Heights follow from the number of rows, widths from the form the chart is drawn
for (``evidence/exhibits/theme.py``). What differs in colour differs in shape, fill, dash or a written label too.
"""

from evidence.exhibits.charts.layout import Chart
from evidence.exhibits.charts.regions import region_map
from evidence.exhibits.charts.rows import bars, dots, dumbbell, grid, intervals, spans, stacked
from evidence.exhibits.charts.times import journeys, lines, moments, over_time
from evidence.exhibits.charts.trees import arcs, tree

__all__ = [
    "Chart",
    "arcs",
    "bars",
    "dots",
    "dumbbell",
    "grid",
    "intervals",
    "journeys",
    "lines",
    "moments",
    "over_time",
    "region_map",
    "spans",
    "stacked",
    "tree",
]
