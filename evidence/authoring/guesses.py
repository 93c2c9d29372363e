"""What a spreadsheet takes a text for by guessing: a number, a date or a time of day."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

SPACES = re.compile(r"(?<=\d)[ \u00a0\u2009\u202f](?=\d{3}(?!\d))")  # between thousands
GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", re.ASCII)
PLAIN = re.compile(r"\d+(?:\.\d*)?(?:e[+-]?\d{1,3})?|\.\d+", re.ASCII | re.IGNORECASE)
COMMA = re.compile(r"(?:\d+|\d{1,3}(?:\.\d{3})+)?,\d+(?:e[+-]?\d{1,3})?", re.ASCII | re.IGNORECASE)
POINTS = re.compile(r"\d{1,3}(?:\.\d{3})+", re.ASCII)

MONTHS = (  # as spreadsheets shorten them in English, Russian and Kazakh
    ("jan", "янв", "қаң"),
    ("feb", "фев", "ақп"),
    ("mar", "мар", "нау"),
    ("apr", "апр", "сәу"),
    ("may", "май", "мая", "мам"),
    ("jun", "июн", "мау"),
    ("jul", "июл", "шіл"),
    ("aug", "авг", "там"),
    ("sep", "сен", "қыр"),
    ("oct", "окт", "қаз"),
    ("nov", "ноя", "қар"),
    ("dec", "дек", "жел"),
)
MONTH = {name: number for number, names in enumerate(MONTHS, start=1) for name in names}
FULL_NAMES = (
    "january february march april may june july august september october november december "
    "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь "
    "января февраля марта апреля мая июня июля августа сентября октября ноября декабря "
    "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан"
).split()
FIGURES = re.compile(r"\d+([-/.])\d+(?:\1\d+\.?)?", re.ASCII)  # a date without the name of a month
CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2})(?:\.0+)?)?(?: ?([ap])m)?", re.ASCII | re.IGNORECASE)
MIDNIGHT = re.compile(r"[ T]0?0:00(?::00)?$|[ T]12:00(?::00)? AM$")
YEAR = 4  # form: digits of a year that is written out
FIRST_DAY = date(1899, 12, 30)  # day 0 of the serial numbers of dates


class Numbers(NamedTuple):
    """What a text is as a number: with the book's decimal point, with a decimal comma, with points for thousands."""

    point: Decimal | None
    comma: Decimal | None
    points: Decimal | None


class Day(NamedTuple):
    """A date a text may be read as; the year is None where the text has none."""

    year: int | None
    month: int
    day: int


def _decimal(digits: str, sign: int, scale: Decimal) -> Decimal | None:
    """Return a number from its digits, None if there is none."""
    try:
        return sign * Decimal(digits) * scale
    except InvalidOperation:
        return None


def numbers(text: str) -> Numbers:
    """Return the numbers a text is read as; 45% is 0.45, (12) and 12- are -12."""
    bare, sign, scale = SPACES.sub("", text.strip()), 1, Decimal(1)
    if bare.endswith("%"):
        bare, scale = bare[:-1].rstrip(), Decimal("0.01")
    if (bare.startswith("(") and bare.endswith(")")) or (bare.endswith("-") and len(bare) > 1):
        bare, sign = bare.strip("()-"), -1
    elif bare[:1] in ("+", "-", "\u2212"):
        bare, sign = bare[1:].lstrip(), 1 if bare[0] == "+" else -1
    point = comma = points = None
    if GROUPED.fullmatch(bare) or PLAIN.fullmatch(bare):
        point = _decimal(bare.replace(",", ""), sign, scale)
    if COMMA.fullmatch(bare):
        comma = _decimal(bare.replace(".", "").replace(",", "."), sign, scale)
    if POINTS.fullmatch(bare):
        points = _decimal(bare.replace(".", ""), sign, scale)
    return Numbers(point, comma, points)


def _years(digits: str) -> tuple[int, ...]:
    """Return the years that two or four digits are read as."""
    number = int(digits)
    return (number,) if len(digits) == YEAR else (2000 + number, 1900 + number)


def _valid(found: set[Day]) -> set[Day]:
    """Return the dates that can be."""
    return {day for day in found if 1 <= day.month <= 12 and 1 <= day.day <= 31}


def _month(word: str) -> int | None:
    """Return the number of a month by its name or its short form, None if it is none."""
    word = word.lower().rstrip(".")
    return MONTH.get(word[:3]) if word in MONTH or word in FULL_NAMES or word == "sept" else None


def dates(text: str) -> set[Day]:
    """Return the dates a text is read as: ``2008-09``, ``1-5``, ``Sep-08``, ``05.01.2012``, ``January 2011``."""
    parts = _parts(text)
    names = [_month(part) for part in parts]
    if not any(names) and not FIGURES.fullmatch(MIDNIGHT.sub("", text.strip())):
        return set()
    digits = [part for part in parts if re.fullmatch(r"\d{1,2}|\d{4}", part, re.ASCII)]
    if not 2 <= len(parts) <= 3 or len(digits) + sum(name is not None for name in names) != len(parts):
        return set()
    month = next((name for name in names if name), None)
    return _valid(_with_name(month, digits) if month else _in_figures(digits))


def _split(text: str) -> list[str]:
    """Return the parts of a text between the signs of dates, without the midnight that spreadsheets add."""
    return re.split(r"[-/. ,]+", MIDNIGHT.sub("", text.strip()).rstrip("."))


def _parts(text: str) -> list[str]:
    """Return what a date consists of; of ``Sep08`` month and figure."""
    parts = _split(text)
    glued = re.fullmatch(r"([^\W\d]+)(\d{1,4})", parts[0]) if len(parts) == 1 else None
    return [glued[1], glued[2]] if glued else parts


def _with_name(month: int, digits: list[str]) -> set[Day]:
    """Return the dates of a month by its name and one figure, a day or a year, or both."""
    if len(digits) == 1:
        (figure,) = digits
        days = {Day(None, month, int(figure))} if len(figure) < YEAR else set()
        return days | {Day(year, month, 1) for year in _years(figure) if len(figure) > 1}
    if len(digits) == 2:
        pairs = (digits, digits[::-1])
        return {Day(year, month, int(day)) for day, end in pairs if len(day) < YEAR for year in _years(end)}
    return set()


def _in_figures(digits: list[str]) -> set[Day]:
    """Return the dates of two figures or three, whichever comes first; only a year has four digits."""
    if len(digits) == 2:
        a, b = digits
        if len(a) == YEAR:
            return {Day(int(a), int(b), 1)}
        days = {Day(None, int(a), int(b)), Day(None, int(b), int(a))} if len(b) < YEAR else set()
        return days | ({Day(year, int(a), 1) for year in _years(b)} if len(b) > 1 else set())
    if len(digits) == 3:
        a, b, c = digits
        if len(a) == YEAR:
            return {Day(int(a), int(b), int(c))}
        return {day for year in _years(c) for day in (Day(year, int(a), int(b)), Day(year, int(b), int(a)))}
    return set()


def looks_like_a_date(text: str) -> bool:
    """Return whether a text is written as a date: with the name of a month, or with day, month and year."""
    parts = _split(text)
    return bool(dates(text)) and (len(parts) == 3 or any(_month(part) for part in parts))


def serials(days: set[Day]) -> set[int]:
    """Return the serial numbers under which spreadsheets keep dates that have a year."""
    found = set()
    for year, month, day in days:
        try:
            found.add((date(year, month, day) - FIRST_DAY).days if year else 0)
        except ValueError:
            continue  # 31 June
    return found - {0}


def clock(text: str) -> tuple[int, int, int] | None:
    """Return the hour, minute and second a text such as ``1:35`` is read as, None if it is no time of day."""
    match = CLOCK.fullmatch(text.strip())
    if not match:
        return None
    hour = int(match[1])
    if match[4]:
        hour = hour % 12 + (12 if match[4].lower() == "p" else 0)
    return hour, int(match[2]), int(match[3] or 0)
