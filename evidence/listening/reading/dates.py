"""Times of posts as exports write them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

from evidence.listening.masking import masked
from evidence.listening.reading.posts import Settings

FIRST_YEAR, LAST_YEAR = 2004, 2100
MOST_SECONDS = 10**11  # a larger number counts thousandths
NUMERIC = re.compile(r"(\d{1,2})([./-])(\d{1,2})[./-](\d{4}|\d\d(?!\d))(?:,|\s+в\b)?(.*)")
MONTHS = (  # beginnings of the names of months in Russian, Kazakh and English, from January on
    "янв|қаңтар|jan", "фев|ақпан|feb", "мар|наурыз|mar", "апр|сәуір|apr", "мая|май|мамыр|may", "июн|маусым|jun",
    "июл|шілде|jul", "авг|тамыз|aug", "сен|қыркүйек|sep", "окт|қазан|oct", "ноя|қараша|nov", "дек|желтоқсан|dec",
)  # fmt: skip
NAME = rf"(?P<month>{'|'.join(MONTHS)})[^\W\d_]*\.?"
YEAR = r"(?P<year>\d{4})(?:\s*(?:года|год|г\.|г\b|жылғы|жылы|жыл|ж\.))?"
NAMED = (  # 15 мая 2022 г., 10:30; 2022 жылғы 15 мамыр, 10:30
    re.compile(rf"(?P<day>\d{{1,2}})\s+{NAME}\s+{YEAR},?(?:\s+(?:в|at)\b)?(?P<rest>.*)", re.I),
    re.compile(rf"{YEAR}\s+(?P<day>\d{{1,2}})\s+{NAME},?(?P<rest>.*)", re.I),
)
ONE_DIGIT = re.compile(r"([ T])(\d):")
FORMS = (
    "%d-%b-%Y %I:%M%p",
    "%d-%b-%Y %I:%M %p",
    "%d-%b-%Y %H:%M:%S",
    "%d-%b-%Y %H:%M",
    "%d-%b-%Y",
    "%Y-%m-%d %I:%M:%S %p",
    "%Y-%m-%d %I:%M %p",
    "%b %d, %Y %I:%M %p",
    "%b %d, %Y",
)
RULE = f"is not a time from {FIRST_YEAR} to {LAST_YEAR}; write 2022-05-15T10:30 or 15.05.2022 10:30"


MONTH_RULE = "reads as a date with the month first; if all do, say --month-first"


def time_rule(date: str, settings: Settings) -> str:
    """Return what is wrong with a time that could not be read."""
    other = replace(settings, day_first=not settings.day_first)
    return MONTH_RULE if settings.day_first and read_time(date, "", other) else RULE


def printable(cell: str) -> str:
    """Return a cell as a message may show it: masked, and nothing where it has no digit and so is not a time at all."""
    return masked(cell.strip())[:40] if any(char.isdigit() for char in cell) and len(cell) <= 40 else ""


def is_ambiguous(text: str) -> bool:
    """Return whether a time in numbers reads as one day with the day first and as another with the month first.

    With points between them the day is first: nobody writes the month so.
    """
    numeric = NUMERIC.fullmatch(text.strip())
    if numeric is None or numeric[2] == ".":
        return False
    return max(int(numeric[1]), int(numeric[3])) <= 12 and numeric[1] != numeric[3]


def ambiguous_note(file: str, texts: Iterable[str], settings: Settings) -> list[str]:
    """Return a note on times that could be read in two ways, none where there is no such time."""
    count = sum(map(is_ambiguous, texts))
    first = "day" if settings.day_first else "month"
    return [f"{file}: {count} time(s) such as 05/06/2022 were read with the {first} first"] if count else []


def read_time(date: str, time: str, settings: Settings) -> datetime | None:
    """Return the moment of a date and a time as printed, None where they are none.

    A zone in the text counts; otherwise it is that of the settings. ``day_first`` decides what 05/06/2022 means.
    """
    text = " ".join(f"{date} {time}".split())
    text = _in_numbers(text)
    numeric = NUMERIC.fullmatch(text)
    if numeric:
        first, mark, second, year, rest = numeric.groups()
        day, month = (first, second) if settings.day_first or mark == "." else (second, first)
        text = f"{year.rjust(4, '_').replace('__', '20')}-{month.zfill(2)}-{day.zfill(2)}{rest}"
    text = ONE_DIGIT.sub(r"\g<1>0\2:", text)
    moment = _iso(text)
    for form in FORMS:
        if moment is None:
            moment = _parsed(text, form)
    if moment is None or not FIRST_YEAR <= moment.year <= LAST_YEAR:
        return None
    return moment.replace(tzinfo=moment.tzinfo or settings.local).astimezone(UTC)


def _in_numbers(text: str) -> str:
    """Return a date whose month has its name as ISO has it, any other as it is."""
    named = next(filter(None, (form.fullmatch(text) for form in NAMED)), None)
    if named is None:
        return text
    beginning = named["month"].lower()
    month = next(number for number, names in enumerate(MONTHS, start=1) if beginning in names.split("|"))
    return f"{named['year']}-{month:02}-{int(named['day']):02}{named['rest']}"


def _iso(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text.replace(" ", "T", 1) if text[:4].isdigit() else text)
    except ValueError:
        return None


def _parsed(text: str, form: str) -> datetime | None:
    try:
        return datetime.strptime(text, form)
    except ValueError:
        return None


def from_unix(seconds: str | int) -> datetime | None:
    """Return the moment of a number of seconds, or thousandths of them, since 1970, None where it is none."""
    try:
        number = float(seconds)
        moment = datetime.fromtimestamp(number / 1000 if number > MOST_SECONDS else number, UTC)
    except (ValueError, OverflowError, OSError, TypeError):
        return None
    return moment if FIRST_YEAR <= moment.year <= LAST_YEAR else None
