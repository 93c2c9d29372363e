"""The rule by which small cells of published tables are left out; how it is done is shared by the toolkits."""

from __future__ import annotations

from evidence.attendance.rules import Parameter, Rule

SMALL_CELLS = Rule(
    "small_cells",
    "Small cells",
    "A count above 0 and below {under} is not shown, whether it stands in a table or is the difference of two counts "
    "of which one is a part of the other. Further counts are left out with it, until all that is shown leaves at least "
    "{under} possible values for each. Numbers of rows set aside are rounded down to a multiple of {under}. Two "
    "reports on nearly the same children, laid side by side, can give a count away: publish only one",
    "no page of the study treats disclosure",
    "ours",
    (
        Parameter(
            "under", 5, "ours", "the custom of statistical offices", "Counts under this are not shown (0: show all)"
        ),
    ),
)
