"""Tables of the chapter on definitions: what each says, and what it answers for single records."""

from __future__ import annotations

import re

import pandas as pd

from evidence.attendance.definitions import RECORD, RULES, classified
from evidence.attendance.indicators import indicator, out_of_school
from evidence.attendance.intervals import share_pct
from evidence.attendance.rules import BASES
from evidence.attendance.thresholds import THRESHOLDS, reached

# Invented records; what is not given is unknown. The words say what is known of the child.
RECORDS: dict[str, dict[str, int]] = {
    "Age 5, in neither pre-school nor school": {"age": 5, "enrolled": 0},
    "Age 8, never enrolled": {"age": 8, "enrolled": 0, "ever_enrolled": 0},
    "Age 8, not enrolled, the past unknown": {"age": 8, "enrolled": 0},
    "Age 13, left in grade 7": {"age": 13, "enrolled": 0, "ever_enrolled": 1, "last_grade": 7},
    "Age 10, on roll and away": {"age": 10, "enrolled": 1, "attending": 0},
    "Age 10, on roll, nothing else known": {"age": 10, "enrolled": 1},
    "Age 12, at school and at risk": {"age": 12, "enrolled": 1, "attending": 1, "at_risk": 1},
    "Age 12, at school, not at risk": {"age": 12, "enrolled": 1, "attending": 1, "at_risk": 0},
    **{
        f"Age {age}, completed grade 9, no training": {
            "age": age,
            "enrolled": 0,
            "ever_enrolled": 1,
            "completed_grade": 9,
            "in_training": 0,
        }
        for age in (17, 18, 24, 25)
    },
}
HEADS = ["Record", *(rule.title for rule in RULES[:-1]), "Category"]
CATEGORIES = {  # of the Global Initiative, in few words: what each number stands for
    "1": "young, in no pre-school",
    "2": "never enters",
    "3": "enters late",
    "4": "dropped out",
    "5": "at risk",
}
OF_A_CHILD = {  # made up: unexcused and excused days of a child
    "10 days without a valid reason": (10, 0),
    "11 days without a valid reason": (11, 0),
    "12 days, all of them medical": (0, 12),
    "2 days without a valid reason in a quarter": (2, 0),
    "3 days without a valid reason in a quarter": (3, 0),
}
SHOWN = ("over_10", "from_10", "quarter_3")


def definitions() -> pd.DataFrame:
    """Return the definitions in their own words, one row each: ``Definition``, ``What it says``, ``Stated by``."""
    rows = [(rule.title, rule.sentence.format(**rule.values()), rule.source()) for rule in RULES]
    return pd.DataFrame(rows, columns=["Definition", "What it says", "Stated by"])


def bounds() -> pd.DataFrame:
    """Return the ages and grades that the definitions leave open, one row each.

    Columns: ``Bound``, ``Default``, ``Set by``, ``Where or why``.
    """
    known = {one.name: one for rule in RULES for one in rule.parameters}
    rows = [(one.about, one.default, BASES[one.basis], one.where) for one in known.values()]
    return pd.DataFrame(rows, columns=["Bound", "Default", "Set by", "Where or why"])


def records() -> pd.DataFrame:
    """Return what the definitions answer for invented records, one row each.

    Columns: ``Record``, one per definition (yes, no, undetermined), and the categories it may be in.
    """
    given = {name: pd.array([record.get(name) for record in RECORDS.values()], dtype="Int64") for name in RECORD}
    found = classified(pd.DataFrame(given))[[rule.key for rule in RULES]]
    found["category"] = [re.sub(r"\d", lambda number: CATEGORIES[number[0]], named) for named in found["category"]]
    found.insert(0, "record", list(RECORDS))
    return found.astype("object").set_axis(HEADS, axis=1)


def _placed(unexcused: int, excused: int) -> pd.DataFrame:
    """Return days absent in a row of one invented child, within one quarter."""
    kinds = [1] * unexcused + [0] * excused
    days = range(1, len(kinds) + 1)
    return pd.DataFrame({"child": "invented", "school": "A", "day": days, "n": days, "quarter": 1, "unexcused": kinds})


def days() -> pd.DataFrame:
    """Return which thresholds invented children reach, one row each: ``Absent``, and yes or no per threshold."""
    rules = [rule for rule in THRESHOLDS if rule.key in SHOWN]
    rows = []
    for words, kinds in OF_A_CHILD.items():
        row = reached(_placed(*kinds), rules).iloc[0]
        rows.append((words, *("no" if pd.isna(row[rule.key]) else "yes" for rule in rules)))
    return pd.DataFrame(rows, columns=["Absent", *(rule.title for rule in rules)])


def _per_cent(value: float | None) -> str:
    return "missing" if value is None else f"{value:.2f}%"


def counts() -> pd.DataFrame:
    """Return what comes out of invented counts, one row each: ``Given``, ``Asked``, ``Comes out``."""
    children = 1000
    out = out_of_school(population=children, enrolled=990, not_attending=12)
    as_printed = children - out["administrative"]  # §2.1, lines 228-231: the population less those not enrolled
    drop = indicator("drop_out", enrolled=200, in_next_grade=188, repeaters=8)
    registered, returned = 1756, 1542
    population = "1,000 children, 990 enrolled, 12 of them not attending"
    rows = [
        (population, "Out of school by the administrative rule", str(out["administrative"])),
        (population, "Out of school by the study’s rule", str(out["report"])),
        (population, "The formula as the study prints it", str(as_printed)),
        ("Grade 5 of 200: 188 in grade 6, 8 repeating", "Drop-out", _per_cent(drop)),
        ("Registered 1,756, returned 1,542", "Still out", str(registered - returned)),
        (
            "Registered 1,756, returned 1,542",
            "Share not returned",
            _per_cent(share_pct(registered - returned, registered)),
        ),
        ("Registered 0", "Share not returned", _per_cent(share_pct(0, 0))),
    ]
    return pd.DataFrame(rows, columns=["Given", "Asked", "Comes out"])
