"""The rules by which small cells of published tables are left out; how it is done is shared by the toolkits."""

from __future__ import annotations

from evidence.attendance.rules import Parameter, Rule

NO_PAGE = "no page of the study treats disclosure"
UNDER = Parameter(
    "under", 5, "ours", "the custom of statistical offices", "Counts under this are not shown (0: show all)"
)
SMALL_CELLS = Rule(
    "small_cells",
    "Small cells",
    "A count above 0 and below {under} is not shown, and further counts are left out with it, until all that is shown "
    "leaves at least {under} possible values for each. Two reports on nearly the same children, laid side by side, can "
    "give a count away: publish only one",
    NO_PAGE,
    "ours",
    (UNDER,),
)
SMALL_DIFFERENCES = Rule(
    "small_differences",
    "Small differences",
    "Where all children of one count are in another too, or in several parts of a table together, the difference is a "
    "count of children as well: it is treated as if it stood in the table, and one of them is left out where it is "
    "above 0 and below {under}. Episodes that fewer than {under} children have are counted with those of the next "
    "shorter band. Numbers of rows set aside are rounded down to a multiple of {under}",
    NO_PAGE,
    "ours",
    (UNDER,),
)
