"""Tables of the chapter on indicators: what each divides by what, and who says so."""

from __future__ import annotations

import pandas as pd

from evidence.attendance.indicator_list import INDICATORS
from evidence.attendance.indicators import by_group, indicator
from evidence.attendance.rules import BASES

GRADES = pd.DataFrame(  # invented counts of two regions; in the third nobody is enrolled
    [("North", 200, 188, 8), ("South", 150, 150, 0), ("East", 0, 0, 0)],
    columns=["region", "enrolled", "in_next_grade", "repeaters"],
)
IMPOSSIBLE = {  # made up: counts that no class can have
    "More pupils go on than there were": {"enrolled": 200, "in_next_grade": 205, "repeaters": 0},
    "A count below zero": {"enrolled": 200, "in_next_grade": -1, "repeaters": 0},
    "A count is missing": {"enrolled": 200, "in_next_grade": 188},
}


def indicators() -> pd.DataFrame:
    """Return the list of indicators, one row each.

    Columns: ``Indicator``, ``Numerator``, ``Denominator``, ``Where the study asks for it``, ``Formula`` (the study,
    imported or ours) and ``Reference``.
    """
    rows = [(one.title, one.numerator, one.denominator, one.named, BASES[one.basis], one.where) for one in INDICATORS]
    heads = ["Indicator", "Numerator", "Denominator", "Where the study asks for it", "Formula", "Reference"]
    return pd.DataFrame(rows, columns=heads)


def counts() -> pd.DataFrame:
    """Return the counts that each indicator takes, one row each: ``Key`` of the command, ``Columns of the file``."""
    rows = [(one.key, ", ".join(one.counts), ", ".join(one.disaggregation)) for one in INDICATORS]
    return pd.DataFrame(rows, columns=["Key", "Columns of the file", "By"])


def by_region() -> pd.DataFrame:
    """Return drop-out from invented counts: ``Region``, the counts, ``Drop-out, %`` (missing where nobody enrolled)."""
    table = by_group(GRADES, "drop_out", ["region"])
    heads = {"region": "Region", "enrolled": "In grade 5", "in_next_grade": "In grade 6", "repeaters": "Repeating"}
    return table.rename(columns=heads | {"value_pct": "Drop-out, %"})


def refused() -> pd.DataFrame:
    """Return what is said of impossible counts: ``Given`` and ``Answer``."""
    rows = []
    for words, given in IMPOSSIBLE.items():
        try:
            indicator("drop_out", **given)
        except ValueError as error:
            rows.append((words, str(error)))
    return pd.DataFrame(rows, columns=["Given", "Answer"])
