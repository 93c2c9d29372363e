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
FIRST, LAST = 1900, 2100  # form: years that a number of four digits may mean
POSSIBLE = range(FIRST, LAST + 1)  # whole numbers that may be years
SPAN = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:\s*(?:[-–/]|to)\s*((?:19|20)\d\d|\d\d(?!\d|-)))?")
MOST_YEARS = 40  # form: of a span; a longer one is a slip
MONTHS = """January February March April May June July August September October November December""".split()


def _year(text: str) -> bool:
    return int(text) in POSSIBLE


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


def years(text: str) -> list[str]:
    """Return the years that a date or a span of dates covers: ``2009-2012``, ``2011-12``, ``2012-05-15/2013``."""
    first = [part.partition("-")[0] if DAY.fullmatch(part) else part for part in text.split("/")]
    found: set[int] = set()
    for match in SPAN.finditer("/".join(first)):
        start = int(match[1])
        end = start if not match[2] else int(match[2] if len(match[2]) == 4 else match[1][:2] + match[2])
        is_month = match[2] and len(match[2]) == 2 and end != start + 1 and int(match[2]) <= 12
        if is_month or not start <= end <= start + MOST_YEARS:
            end = start
        found |= set(range(start, end + 1))
    return [str(year) for year in sorted(found)]
