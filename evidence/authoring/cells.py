"""The cell of a chapter that shows an exhibit, short enough to need no function of a module."""

from __future__ import annotations

import math
import re

from evidence.authoring.chapters import CANNOT, HEAD, chapter_head
from evidence.data.rules import DataError, Problem, nearest

CHARTS = {  # how each is drawn, and whether its rows have several parts (columns)
    "table": (False, "figures as printed, with base and period"),
    "bars": (False, "horizontal bars, the longest first"),
    "dots": (False, "a dot per row"),
    "over_time": (False, "columns over steps in time"),
    "stacked": (True, "bars of counts divided into parts"),
    "dumbbell": (True, "an earlier and a later value per row"),
    "lines": (True, "a line per part over steps in time"),
}


MOST_STEPS = 5  # layout: of an axis


def ticks(values: list[float]) -> list[float]:
    """Return the ticks of an axis from zero, or from below the smallest of values that lie close together."""
    low, high = min(values), max(values)
    start = 0.0 if low >= 0 and low < high / 2 else low
    step = _step((high - start) or abs(high) or 1, high - start)
    first, last = math.floor(start / step), math.ceil(high / step)
    marks = [round(number * step, 6) for number in range(first, max(last, first + 1) + 1)]
    return [int(mark) if float(mark).is_integer() else mark for mark in marks]


def _step(size: float, length: float) -> float:
    """Return the smallest round step that divides a length into few parts; ``size`` is of its order, and not 0."""
    power = 10 ** math.floor(math.log10(size))
    return next(power * factor for factor in (0.2, 0.5, 1, 2, 5, 10) if length / (power * factor) <= MOST_STEPS)


def printed_cell(id: str, name: str) -> str:
    """Return the cell of a chapter that shows facts as a table, as printed."""
    shown = 'as_reported="Figure", base="Of whom", period="As of"'
    return f'rows = printed("{id}", "{name}", {shown})\nexhibit("{id}", rows)'


def cell_of(id: str, chart: str, name: str, parts: list[str], values: list[float], axis: str) -> str:
    """Return the cell of a chapter that sets figures of an exhibit's rows side by side, as a table or a chart.

    ``name`` heads the labels, ``parts`` head the figures.
    """
    rows = f'rows = side_by_side("{id}", "{name}")'
    if chart == "table":
        return f'{rows}\nexhibit("{id}", rows)'
    several, marks = ", ".join(f'"{part}"' for part in parts), ticks(values)
    calls = {
        "bars": f'charts.bars(rows, "{name}", "{parts[0]}", "{axis}")',
        "dots": f'charts.dots(rows, "{name}", "{parts[0]}", "{axis}", ticks={marks})',
        "over_time": f'charts.over_time(rows, "{name}", "{parts[0]}", list(rows["{name}"]), "bar")',
        "stacked": f'charts.stacked(rows, "{name}", parts, "{axis}")',
        "dumbbell": f'charts.dumbbell(rows, "{name}", parts, "{axis}", ticks={marks})',
        "lines": f'charts.lines(rows, "{name}", parts, "{axis}", doubtful=[])',
    }
    between = [f"parts = [{several}]"] if CHARTS[chart][0] else []
    return "\n".join([rows, *between, f"chart = {calls[chart]}", f'exhibit("{id}", chart, data=rows)'])


def table_cell(id: str, table: str, columns: list[str], source: str = "") -> str:
    """Return the cell of a chapter that shows a whole table, some columns of it, or its rows of one document."""
    arguments = [f'"{name}"' for name in (table, *columns)] + ([f'source="{source}"'] if source else [])
    return f'rows = whole({", ".join(arguments)})\nexhibit("{id}", rows)'


def fenced(cell: str, text: str) -> str:
    """Return a cell as it stands in a chapter of this text: the first one imports what chapters import."""
    first = "" if "from evidence.book import" in text else "from evidence.book import *\n\n"
    return f"```{{code-cell}} ipython3\n:tags: [hide-input]\n\n{first}{cell}\n```\n"


def with_cell(text: str, cell: str, after: str = "") -> str:
    """Return the text of a chapter with a cell: below the heading ``after``, else before what cannot be said.

    Raises :class:`DataError` for a heading that is not there.
    """
    if "{code-cell}" not in text:
        text = chapter_head("", text) + HEAD.sub("", text)
    block, headings = fenced(cell, text), re.findall(r"^#+ (.*)$", text, flags=re.MULTILINE)
    if after:
        if after not in headings:
            rule = f"is no heading of the chapter{nearest(after, headings) or '; there are ' + ', '.join(headings)}"
            raise DataError([Problem("--after", None, None, after, rule)])
        place = re.search(rf"^#+ {re.escape(after)}\n", text, flags=re.MULTILINE).end()  # type: ignore[union-attr]
        return f"{text[:place]}\n{block}{text[place:]}"
    place = text.find(f"\n{CANNOT}")
    return f"{text}\n{block}" if place < 0 else f"{text[:place]}\n{block}{text[place:]}"
