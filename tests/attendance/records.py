"""One school and one child, written as tests read: which days were missed, and what the rules say of it."""

from __future__ import annotations

import pandas as pd

from evidence.attendance.days import sequence
from evidence.attendance.thresholds import THRESHOLDS, reached

MONDAY = 15_586  # 3 September 2012, as days from 1 January 1970


def school_year(days: int = 80, school: str = "s") -> pd.DataFrame:
    """Return a calendar of one school: five days a week from a Monday."""
    return pd.DataFrame({"school": school, "day": [MONDAY + 7 * (n // 5) + n % 5 for n in range(days)]})


def day(number: int) -> int:
    """Return the day of a school day by its number, from 1."""
    return int(school_year()["day"].iloc[number - 1])


def absent(unexcused=(), excused=(), child: str = "c") -> pd.DataFrame:
    """Return absences of one child by numbers of school days."""
    rows = [(child, "s", day(n), 1) for n in unexcused] + [(child, "s", day(n), 0) for n in excused]
    return pd.DataFrame(rows, columns=["child", "school", "day", "unexcused"])


def on_roll(child: str = "c") -> pd.DataFrame:
    """Return one child on the roll of the school all year."""
    end = pd.array([None], dtype="Int64")
    return pd.DataFrame({"child": [child], "school": ["s"], "start": [MONDAY], "end": end})


def finds(absences: pd.DataFrame, rules=THRESHOLDS, recorded=None, **parameters) -> dict[str, int | None]:
    """Return the day on which each rule finds the one child, None where it does not."""
    calendar = school_year()
    recorded = calendar if recorded is None else recorded
    table = reached(sequence(absences, calendar, recorded, on_roll(), **parameters), rules)
    row = table.iloc[0]
    return {rule.key: None if pd.isna(row[rule.key]) else int(row[rule.key]) for rule in rules}
