"""Facts against themselves: the cell they are read from, the figure as printed."""

from __future__ import annotations

from evidence.data.records import facts
from evidence.data.rules import Problem
from evidence.data.store import UnknownId
from evidence.figures.calculations import cell


def cell_problems() -> list[Problem]:
    """Return the facts whose value is not that of the cell of a printed table they are read from."""
    problems = []
    for number, item in enumerate(facts().values(), start=2):
        if item.cell:
            try:
                value = cell(item.cell)
            except UnknownId as error:
                problems.append(Problem("facts.csv", number, "cell", item.cell, str(error)))
                continue
            if value != item.value:
                problems.append(
                    Problem("facts.csv", number, "cell", item.cell, f"holds {value:g}, the fact {item.value:g}")
                )
    return problems
