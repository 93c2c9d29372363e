"""The rule by which small cells of published tables are left out; how it is done is shared by the toolkits."""

from __future__ import annotations

from evidence.attendance.rules import Parameter, Rule

SMALL_CELLS = Rule(
    "small_cells",
    "Small cells",
    "A count of 1 to {under} less one is not shown, and further counts with it, until all that is shown leaves at "
    "least {under} possible values for each. Reports of nearly the same children can be held against each other: "
    "publish one",
    "no page of the study treats disclosure",
    "ours",
    (
        Parameter(
            "under", 5, "ours", "the custom of statistical offices", "Counts under this are not shown (0: show all)"
        ),
    ),
)
