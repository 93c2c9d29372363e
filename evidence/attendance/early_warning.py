"""School based early warning: five attributes, three of them with triggers, and the monitoring sheet of nine fields."""

from __future__ import annotations

from html import escape
from typing import NamedTuple

import narwhals.stable.v2 as nw
import pandas as pd

from evidence.attendance.rules import Parameter, Rule, Say
from evidence.toolkit.frames import Frame, portable
from evidence.toolkit.page import head

PLACE = "p. 49, §6.2 (Miami-Dade County, United States)"
TRIGGERS = Rule(
    "early_warning",
    "Early warning",
    "A pupil is flagged by {failures} course failure or more, {absences} unexcused absences or more in a quarter, or "
    "{incidents} suspension or referral or more; parental involvement and engagement are watched without a trigger",
    PLACE,
    parameters=(
        Parameter("failures", 1, "ours", "the study says course failure, and no number", "Course failures"),
        Parameter("absences", 3, "document", PLACE, "Unexcused absences in a quarter"),
        Parameter(
            "incidents", 1, "ours", "the study says suspension or referral, and no number", "Suspensions, referrals"
        ),
    ),
)
ATTRIBUTES = {
    "academic": "course_failures",
    "attendance": "unexcused_in_quarter",
    "behaviour": "incidents",
    "parental_involvement": "",
    "engagement": "",
}


class Line(NamedTuple):
    """A field of the monitoring sheet: its name, its words, and whether it is written for each attribute."""

    name: str
    title: str
    per_attribute: bool


SHEET = (
    Line("baseline", "Where the pupil stands at the start", True),
    Line("goal", "Goal for the pupil", True),
    Line("strategies", "Strategies that lead to the goal", True),
    Line("activities", "Activities for the goal", True),
    Line("responsible", "Who watches over the activities", False),
    Line("timeline", "When they take place", False),
    Line("status", "How far they are", False),
    Line("results", "What came of them", False),
    Line("interventions", "What is done for this child alone", False),
)


@portable
def flagged(pupils: Frame, failures: int = 1, absences: int = 3, incidents: int = 1) -> Frame:
    """Return which triggers each pupil reaches.

    ``pupils`` has ``child``, ``course_failures``, ``unexcused_in_quarter``, ``incidents`` (suspensions and referrals),
    missing where unknown. Returns ``child``, a column per attribute with a trigger (yes, no, undetermined) and
    ``flagged``. Source: p. 49, §6.2.
    """
    at_least = {"academic": failures, "attendance": absences, "behaviour": incidents}

    def answer(name: str) -> nw.Expr:
        column = nw.col(ATTRIBUTES[name])
        known = nw.when(column >= at_least[name]).then(nw.lit("yes")).otherwise(nw.lit("no"))
        return nw.when(column.is_null()).then(nw.lit("undetermined")).otherwise(known)

    rows = pupils.select("child", **{name: answer(name) for name in at_least})
    any_yes = nw.any_horizontal(*(nw.col(name) == "yes" for name in at_least), ignore_nulls=True)
    any_open = nw.any_horizontal(*(nw.col(name) == "undetermined" for name in at_least), ignore_nulls=True)
    open_or_no = nw.when(any_open).then(nw.lit("undetermined")).otherwise(nw.lit("no"))
    return rows.with_columns(flagged=nw.when(any_yes).then(nw.lit("yes")).otherwise(open_or_no))


def sheet(child: str) -> pd.DataFrame:
    """Return an empty monitoring sheet as data, one row per field and attribute.

    Columns: ``child``, ``attribute`` (missing for fields of the whole sheet), ``field``, ``entry``. Source: p. 49,
    §6.2.
    """
    rows = [
        (child, attribute, line.name, "")
        for line in SHEET
        for attribute in (ATTRIBUTES if line.per_attribute else (None,))
    ]
    return pd.DataFrame(rows, columns=["child", "attribute", "field", "entry"])


def sheet_page(child: str, language: str = "en", say: Say = str) -> str:
    """Return the monitoring sheet as an HTML page to print, in the words of a language. Source: p. 49, §6.2."""
    names = [name.replace("_", " ").capitalize() for name in ATTRIBUTES]
    heads = "".join(f'<th scope="col">{say(name)}</th>' for name in names)
    wide = [line for line in SHEET if line.per_attribute]
    rows = "".join(f'<tr><th scope="row">{say(line.title)}</th>{"<td></td>" * len(ATTRIBUTES)}</tr>' for line in wide)
    rest = "".join(f"<h2>{say(line.title)}</h2><div></div>" for line in SHEET if not line.per_attribute)
    title = say("Monitoring sheet")
    style = (
        "body{font:12pt/1.4 sans-serif;margin:2rem}table{border-collapse:collapse;width:100%}"
        "th,td{border:1px solid;padding:.4rem;text-align:left;vertical-align:top}td{height:4rem}"
        "h2{font-size:12pt;margin:1rem 0 .2rem}div{border:1px solid;height:3.5rem}@page{size:A4 landscape}"
    )
    return (
        f'<!DOCTYPE html><html lang="{language}">{head(title, style)}'
        f"<body><h1>{title}: {escape(child)}</h1><p>{escape(TRIGGERS.text(say))}</p><table><thead><tr>"
        f'<th scope="col">{say("For each attribute")}</th>{heads}</tr></thead><tbody>{rows}</tbody></table>{rest}'
        "</body></html>"
    )
