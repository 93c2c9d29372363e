"""A register of a month as schools keep it, a row a child and a column a day, read as a row a child and day."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from evidence.attendance.reading.words import codes_of, names_of, plain
from evidence.toolkit.faults import BadInput, Fault
from evidence.toolkit.messages import Message

TABLES = ("register", "absences")  # forms whose days may be columns
PLACES = 100_000  # more than the columns of any sheet, 16,384: a cell is numbered by its row and its column
FEW = 4  # heads that are bare numbers are days without more ado where there are more of them than this; ours
JULY = 7
BARE = re.compile(r"(\d{1,2})(?:[./](\d{1,2})(?:[./](\d{2}|\d{4}))?)?\.?")
ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[ T].*)?")
SERIAL = re.compile(r"[34]\d{4}")  # how a workbook keeps a date of 1982 or later
MONTHS = {word: int(number) for word, number in codes_of("month").items() if not word.isdigit()}
WEEKDAYS = {word for word in codes_of("weekday") if not word.isdigit()}
YEAR_MONTH = r"(?<!\d)(20\d\d)[-_.](0?[1-9]|1[0-2])(?!\d)"
MONTH_YEAR = r"(?<![\d№])(0[1-9]|1[0-2]|[1-9](?=[.]))[-_.](20\d\d)(?!\d)"  # School 5 2024 is not of May
SCHOOL_YEAR, YEAR = r"(?<!\d)(20\d\d)[-–/_ ](?:20)?(\d\d)(?!\d)", r"(?<!\d)(20\d\d)(?!\d)"
SAY = (
    "has one row per child and one column per day, and does not say of which month: put month and year into the name "
    "of the file or of the sheet, such as register-2024-09, or write whole dates such as 02.09.2024 as heads"
)
UNSURE = (
    "the heads {heads} may be days, or not. If they are, put month and year into the name of the file or of the sheet, "
    "such as register-2024-09, and let them rise from left to right, or write whole dates such as 02.09.2024 as heads; "
    "a table with one row per day needs columns for date and status"
)
TWO_MONTHS = (
    "the name of the sheet says one month ({sheet}) and the line above the heads another ({title}); mend what is wrong"
)


Parts = tuple[int, int | None, int | None]  # day, month and year, as far as a head says them


class Period(NamedTuple):
    """What the name of a file says of its days: year, month, and whether the year is one of two of a school year."""

    year: int | None = None
    month: int | None = None
    is_school_year: bool = False

    def year_of(self, month: int) -> int | None:
        """Return the year in which a month lies, None where nothing says it."""
        return self.year + 1 if self.year and self.is_school_year and month < JULY else self.year


class Day(NamedTuple):
    """A column that is a day: its place among the columns, its head, the date as text, which of its day it is."""

    place: int
    head: str
    text: str
    session: int


def period_of(*names: str) -> Period:
    """Return year and month that names say: 2024-09, 09.2024, сентябрь 2024-25.

    The month is that of the first name with one, the year that of the same name, else that of the first with one.
    """
    said = list(map(_period_in, names))
    month = next((one for one in said if one.month), Period())
    year = next((one for one in (month, *said) if one.year), Period())
    return Period(year.year, month.month, year.is_school_year)


def _period_in(name: str) -> Period:
    """Return year and month that one name says."""
    named = next(iter(months_in(name)), None)
    years = re.search(SCHOOL_YEAR, name)
    is_school_year = bool(years and (int(years[1]) + 1) % 100 == int(years[2]))
    if not named and (found := re.search(YEAR_MONTH, name)):
        return Period(int(found[1]), int(found[2]))
    if not named and (found := re.search(MONTH_YEAR, name)):
        return Period(int(found[2]), int(found[1]))
    year = re.search(YEAR, name)
    return Period(int(year[1]) if year else None, named, is_school_year)


def months_in(name: str) -> list[int]:
    """Return the months that stand in a name as words."""
    return [MONTHS[word] for word in re.findall(r"[^\W\d_]+", name.lower()) if word in MONTHS]


def is_day(head: str) -> bool:
    """Return whether a head can be that of a day: 5, 05.09, 2 сентября, a whole date."""
    return _parts(head) is not None


def is_weekday(head: str) -> bool:
    """Return whether a head is a day of the week."""
    return head.strip().strip(".").lower() in WEEKDAYS


def _parts(head: str) -> Parts | None:
    """Return day, month and year of a head, the last two missing where it has none; None where it is not a day."""
    text = head.strip()
    if found := ISO.fullmatch(text):
        return int(found[3]), int(found[2]), int(found[1])
    if SERIAL.fullmatch(text):
        day = date(1899, 12, 30) + timedelta(days=int(text))
        return day.day, day.month, day.year
    words = [word.strip(".") for word in re.split(r"[\s,()]+", text.lower())]
    words = [word for word in words if word and word not in WEEKDAYS]
    found = BARE.fullmatch(words[0]) if len(words) in (1, 2) else None
    month = MONTHS.get(words[1]) if found and len(words) == 2 else found and found[2]
    if not found or (len(words) == 2 and not month) or not 1 <= int(found[1]) <= 31 or int(month or 1) > 12:
        return None
    year = int(found[3]) + (2000 if len(found[3]) == 2 else 0) if found[3] else None
    return int(found[1]), int(month) if month else None, year


def days_of(
    table: str, heads: Sequence[str], names: Sequence[str], file: str, row: int = 1, sheet: str = ""
) -> list[Day]:
    """Return the columns of a file that are days, none where it has a row a child and day.

    ``sheet`` and ``names`` may say the month, the first that does: the name of the sheet, the lines above the heads,
    the name of the file. ``row`` is that of the heads. Raises :class:`BadInput` where the heads are days of a month
    that nothing names, or of two: whoever copies a sheet may forget its title; and where a few numbers may be others.
    """
    dates = {plain(name) for name in names_of("columns", "day")}
    if table not in TABLES or any(plain(head) in dates for head in heads):
        return []
    found = {place: parts for place, head in enumerate(heads) if (parts := _parts(head))}
    bare = [place for place, (_, month, _) in found.items() if month is None]
    period, days = period_of(sheet, *names), []
    if not found or _may_be_others(heads, found, bare, period, file, row):
        return []
    above = {month for name in names[:-1] for month in months_in(name)}
    if bare and sheet and period_of(sheet).month and len(above) == 1 and period_of(sheet).month not in above:
        rule = Message.of(TWO_MONTHS, sheet=sheet, title=" / ".join(names[:-1]))
        raise BadInput([Fault(file, row, "", "", rule)])
    seen: dict[str, int] = {}
    for place, (day, named, said) in found.items():
        month = named or period.month
        year = said or (period.year_of(month) if month else None)
        if not (month and year):
            raise BadInput([Fault(file, row, "", heads[place], Message.of(SAY))])
        text = f"{year:04}-{month:02}-{day:02}"
        seen[text] = seen.get(text, 0) + 1
        days.append(Day(place, heads[place], text, seen[text]))
    return days


def _may_be_others(
    heads: Sequence[str], found: Mapping[int, Parts], bare: Sequence[int], period: Period, file: str, row: int
) -> bool:
    """Return whether heads that look like days are none: a few bare numbers beside a column for the status.

    Raises :class:`BadInput` where nobody can tell: without that column, and no month is named or they do not rise.
    """
    if len(bare) > FEW or len(bare) < len(found):
        return False
    statuses = {plain(name) for name in names_of("columns", "status")}
    if any(plain(head) in statuses for head in heads):
        return True
    numbers = [found[place][0] for place in bare]
    if period.month and numbers == sorted(numbers):
        return False
    rule = Message.of(UNSURE, heads=tuple(heads[place].strip() for place in bare))
    raise BadInput([Fault(file, row, "", "", rule)])


def unfolded(sheet: str, heads: Sequence[str], days: Collection[Day]) -> tuple[str, list[str]]:
    """Return SQL that reads a sheet, columns ``c0`` … and ``row_``, as a row a child and day, and its heads.

    ``row_`` is then the number of the cell. Rows without any sign are left out, and so is an empty cell under a day
    that its month does not have.
    """
    places = {day.place for day in days}
    kept = [place for place in range(len(heads)) if place not in places]
    several = any(day.session > 1 for day in days)
    new = [heads[place] for place in kept] + ["date", "status"] + (["session"] if several else [])
    listed = ", ".join(f"('c{day.place}', '{day.text}', {day.place}, '{day.session}')" for day in days)
    columns = ", ".join(f"c{day.place}" for day in days)
    own = [f"c{place}" for place in kept]
    cells = [f"{name} AS c{number}" for number, name in enumerate([*own, "day", "mark", *(["session"] * several)])]
    is_sign = " OR ".join(f"nullif(trim({name}), '') IS NOT NULL" for name in [*own, "mark"])
    marked = "nullif(trim(mark), '') IS NOT NULL"
    turned = f"FROM {sheet} UNPIVOT INCLUDE NULLS (mark FOR name IN ({columns}))"
    return (
        f"SELECT {', '.join(cells)}, row_ * {PLACES} + place AS row_ FROM ({turned}) "
        f"JOIN (VALUES {listed}) AS days(name, day, place, session) USING (name) "
        f"WHERE ({is_sign}) AND ({marked} OR TRY_CAST(day AS DATE) IS NOT NULL)",
        new,
    )


def placed(faults: Iterable[Fault], heads: Sequence[str]) -> list[Fault]:
    """Return faults of cells of a wide register with the row of the sheet, and the head of the day."""
    return [
        fault._replace(row=fault.row // PLACES, at=heads[fault.row % PLACES]) if fault.row else fault
        for fault in faults
    ]
