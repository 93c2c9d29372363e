"""Children of compulsory age who were on a roll and are on none a year later."""

from __future__ import annotations

from collections.abc import Collection

import narwhals.stable.v2 as nw

from evidence.attendance.rules import Parameter, Rule
from evidence.toolkit.frames import Frame, distinct, portable

DISAPPEARED = Rule(
    "disappeared",
    "Disappeared from the rolls",
    "A child on a roll in one year, of age {from_age} to {to_age} in the next and then on no roll anywhere, has "
    "disappeared, unless it completed school; where {manual} is recorded the case goes to a check by hand",
    "p. 65, Recommendation 11",
    parameters=(
        Parameter("from_age", 6, "document", "p. 18, §3.1 (register of ages 6 to 17)", "Youngest age"),
        Parameter("to_age", 17, "document", "p. 18, §3.1 (register of ages 6 to 17)", "Oldest age"),
        Parameter("manual", "migration", "document", "p. 65 (external migration)", "Reasons that are checked by hand"),
    ),
)


@portable
def disappeared(
    before: Frame,
    after: Frame,
    from_age: int = 6,
    to_age: int = 17,
    manual: Collection[str] = ("migration",),
) -> Frame:
    """Return children of the first roll who are on none of the second, of compulsory age.

    ``before`` has ``child``, ``age_after`` (completed years at the second roll), ``reason`` (of leaving, missing if
    none) and ``completed`` (0 or 1); ``after`` has ``child``, of every school. A child on the first roll twice counts
    once.
    Returns ``child`` and ``status`` (``disappeared``, ``check by hand`` or ``undetermined`` where the age is unknown).
    Source: p. 65, Recommendation 11.
    """
    on_roll = distinct(after, ["child"])
    rows = before.filter(nw.col("completed").is_null() | (nw.col("completed") != 1))
    rows = rows.join(on_roll, on="child", how="anti")
    age = nw.col("age_after")
    rows = rows.filter(age.is_null() | ((age >= from_age) & (age <= to_age)))
    known = nw.when(age.is_null()).then(nw.lit("undetermined")).otherwise(nw.lit("disappeared"))
    explained = (~nw.col("reason").is_null()) & nw.col("reason").is_in(list(manual))
    rows = rows.with_columns(status=nw.when(explained).then(nw.lit("check by hand")).otherwise(known))
    # of two entries of a child the one that asks for more is kept: the names stand in that order
    return rows.group_by("child").agg(status=nw.col("status").min())
