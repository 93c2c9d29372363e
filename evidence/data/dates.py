"""Dates as the data write them: a year, years, a school year, a month, a day, or one of these up to another."""

from __future__ import annotations

import re
from datetime import date

FORMS = "a year (2011), years (2009-2012), a school year (2011-12), a month (2023-05), a day (2023-05-31)"
RULE = f"is no date as data write it: {FORMS}, or from/to with a slash"
YEARS = re.compile(r"(\d{4})-(\d{4})", re.ASCII)
MONTH = re.compile(r"(\d{4})-(\d\d)", re.ASCII)
DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII)
YEAR = re.compile(r"(\d{4})s?", re.ASCII)  # 1990s is a decade
FIRST, LAST = 1900, 2100
MONTHS = """January February March April May June July August September October November December""".split()


def _year(text: str) -> bool:
    return FIRST <= int(text) <= LAST


def _fault(text: str) -> str | None:
    """Return what is wrong with one date, or None."""
    if match := YEAR.fullmatch(text):
        return None if _year(match[1]) else f"is no year from {FIRST} to {LAST}"
    if match := YEARS.fullmatch(text):
        if not (_year(match[1]) and _year(match[2])):
            return f"has a year that is not from {FIRST} to {LAST}"
        return None if match[1] < match[2] else "ends before it begins"
    if match := MONTH.fullmatch(text):
        is_school_year = int(match[2]) == (int(match[1]) + 1) % 100
        return None if _year(match[1]) and (is_school_year or 1 <= int(match[2]) <= 12) else "is no month of a year"
    if match := DAY.fullmatch(text):
        try:
            date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:
            return "is no day of the calendar"
        return None if _year(match[1]) else f"is no year from {FIRST} to {LAST}"
    return RULE


def fault(text: str) -> str | None:
    """Return the rule that a date of the data breaks, or None.

    A date is a year, two years, a school year, a month, a day, or two of these with a slash between them.
    """
    parts = text.split("/")
    if len(parts) > 2:
        return RULE
    found = [rule for part in parts if (rule := _fault(part))]
    if found:
        return found[0]
    return "ends before it begins" if len(parts) == 2 and parts[0] > parts[1] else None


def _reads(text: str) -> str:
    """Return how one date reads."""
    if match := DAY.fullmatch(text):
        return f"{int(match[3])} {MONTHS[int(match[2]) - 1]} {match[1]}"
    if match := YEARS.fullmatch(text):
        return f"{match[1]} to {match[2]}"
    match = MONTH.fullmatch(text)
    is_month = match and int(match[2]) != (int(match[1]) + 1) % 100  # else it is a school year, which reads as written
    return f"{MONTHS[int(match[2]) - 1]} {match[1]}" if match and is_month else text


def reads(text: str) -> str:
    """Return how a date of the data reads: ``15 May 2011``, ``May 2023``, ``2011-12``, ``2009 to 2012``."""
    return " to ".join(map(_reads, text.split("/"))) if not fault(text) else text
