"""Tables of the chapter on early warning: triggers, the monitoring sheet, traits and factors."""

from __future__ import annotations

import pandas as pd

from evidence.attendance.early_warning import ATTRIBUTES, SHEET, TRIGGERS, flagged, sheet
from evidence.attendance.risk import FACTORS, FIVE_TRAITS, SCHOOL_FACTORS, TRAITS, TYPOLOGY, combination
from evidence.attendance.rules import BASES
from evidence.exhibits.exhibit import NOTHING

PUPILS = {  # invented: course failures, unexcused absences in the quarter, suspensions and referrals
    "2 absences, nothing else": (0, 2, 0),
    "3 absences, nothing else": (0, 3, 0),
    "A course failed": (1, 0, 0),
    "A referral, absences unknown": (0, None, 1),
    "Absences unknown, nothing else": (0, None, 0),
}
WITH_TRAITS = {  # invented: low income, called dysfunctional, far from school, was in institution, changes of school
    "Low income only": (1, 0, 0, 0, 0),
    "Low income, far from school": (1, 0, 1, 0, 0),
    "Low income, 2 changes of school": (1, 0, 0, 0, 2),
    "Low income, 3 changes of school": (1, 0, 0, 0, 3),
    "Low income, distance unknown": (1, 0, None, 0, 0),
}


def rules() -> pd.DataFrame:
    """Return the two rules with their parameters, one row per parameter.

    Columns: ``Rule``, ``What it says`` (once per rule), ``Parameter``, ``Default``, ``Set by``, ``Where or why``.
    """
    rows = []
    for rule in (TRIGGERS, FIVE_TRAITS):
        for position, one in enumerate(rule.parameters):
            says = rule.sentence.format(**rule.values()) if position == 0 else ""
            rows.append((rule.title, says, one.about, one.default, BASES[one.basis], one.where))
    return pd.DataFrame(rows, columns=["Rule", "What it says", "Parameter", "Default", "Set by", "Where or why"])


def pupils() -> pd.DataFrame:
    """Return which triggers invented pupils reach: ``Pupil``, one column per attribute, ``Flagged``."""
    columns = [name for name in ATTRIBUTES.values() if name]
    table = pd.DataFrame(PUPILS.values(), columns=columns, dtype="Int64")
    found = flagged(table.assign(child=list(PUPILS))).set_index("child").loc[list(PUPILS)].reset_index()
    return found.set_axis(["Pupil", "Academic", "Attendance", "Behaviour", "Flagged"], axis=1)


def printable() -> pd.DataFrame:
    """Return the monitoring sheet as it is printed: its nine fields as rows, empty where something is to be written.

    Columns: ``What is written``, one per attribute, and ``The pupil``; a dash where a field is not for that column.
    """
    attributes = [name.replace("_", " ").capitalize() for name in ATTRIBUTES]
    rows = [
        (one.title, *(("",) * len(attributes) if one.per_attribute else (NOTHING,) * len(attributes)))
        + ((NOTHING,) if one.per_attribute else ("",))
        for one in SHEET
    ]
    return pd.DataFrame(rows, columns=["What is written", *attributes, "The pupil"])


def empty_sheet() -> pd.DataFrame:
    """Return an empty monitoring sheet as data: ``field``, ``attribute``, ``child``, ``entry``, one row per entry."""
    return sheet("").fillna({"attribute": ""})[["field", "attribute", "child", "entry"]]


def traits() -> pd.DataFrame:
    """Return what the rule of traits says of invented children: ``Child``, ``Traits``, ``Unknown``, ``At risk``."""
    names = ["low_income", "dysfunctional", "far_from_school", "was_in_institution", "school_changes"]
    table = pd.DataFrame(WITH_TRAITS.values(), columns=names, dtype="Int64").assign(child=list(WITH_TRAITS))
    found = combination(table[["child", *TRAITS]]).set_index("child").loc[list(WITH_TRAITS)].reset_index()
    return found.set_axis(["Child", "Traits", "Unknown", "At risk"], axis=1)


def factors() -> pd.DataFrame:
    """Return the factors of the typology, a row each: ``Domain``, ``Dimension``, ``Factor``, ``Column``, ``Place``."""
    rows = [
        (one.domain.capitalize(), one.dimension.capitalize(), one.title, one.column, TYPOLOGY)
        for one in (*FACTORS, *SCHOOL_FACTORS)
    ]
    return pd.DataFrame(rows, columns=["Domain", "Dimension", "Factor", "Column", "Place"])
