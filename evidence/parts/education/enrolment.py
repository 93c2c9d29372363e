"""Tables of the chapter on enrolment and attendance."""

from __future__ import annotations

import pandas as pd

from evidence.data.records import fact, flags
from evidence.exhibits.frames import printed, rows_of, side_by_side


def survey_rounds() -> pd.DataFrame:
    """Return two rounds of the household survey side by side, one row per measure.

    Columns: ``Measure``, ``2006`` and ``2010-11`` (per cent of children).
    Source: antonowicz2013oosc, Table 2.
    """
    return side_by_side("mics-rounds", "Measure")


def preschool() -> pd.DataFrame:
    """Return pre-school enrolment, one row per year from 2005.

    Columns: ``Year``, ``Country``, ``Rural``, ``Urban`` (per cent of children aged 1-6).
    Source: antonowicz2013oosc, Chart 1.
    """
    return side_by_side("preschool-enrolment", "Year")


def doubtful_preschool() -> list[tuple[str, str]]:
    """Return the values of :func:`preschool` that are flagged as suspect, as (column, year)."""
    return [(row.part, row.label) for row in rows_of("preschool-enrolment") if "suspect" in flags(fact(row.fact))]


def readiness() -> pd.DataFrame:
    """Return school readiness by group, one row each: a share or, for households, a range.

    Columns: ``Group``, ``Share, %``, ``From, %``, ``To, %`` (pupils of grade 1 who had some pre-school; a row has a
    share or a range, the other is missing). Source: antonowicz2013oosc, §3.2.1.
    """
    rows = printed("readiness", "Group", value="From, %", value_high="To, %")
    is_range = rows["To, %"].notna()
    rows.insert(1, "Share, %", rows["From, %"].mask(is_range))
    return rows.assign(**{"From, %": rows["From, %"].where(is_range)})
