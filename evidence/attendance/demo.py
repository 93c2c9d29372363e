"""Synthetic files of a district: invented children and days that show what the toolkit does. Nothing is real."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path

REGIONS = {"Synthetic region North": ("urban", "rural"), "Synthetic region South": ("urban", "rural")}
SCHOOLS_EACH = 3
YEAR_STARTS = date(2012, 9, 3)
HOLIDAYS = (
    (date(2012, 11, 5), date(2012, 11, 11)),
    (date(2012, 12, 31), date(2013, 1, 10)),
    (date(2013, 3, 25), date(2013, 3, 31)),
)
DAYS = 170
NOTE = "SYNTHETIC DATA, made by `evidence attendance demo`: no child, school or day in these files is real.\n"


def school_days(six_day_week: bool) -> list[date]:
    """Return the school days of one of the two calendars of the district: a week of five or of six days."""
    found: list[date] = []
    day = YEAR_STARTS
    while len(found) < DAYS:
        is_holiday = any(first <= day <= last for first, last in HOLIDAYS)
        if day.weekday() < (6 if six_day_week else 5) and not is_holiday:
            found.append(day)
        day += timedelta(days=1)
    return found


def schools() -> list[tuple[str, str, str, bool]]:
    """Return the schools of the district: name, region, area, whether they have a week of six days."""
    names = [
        (region, area, number) for region, areas in REGIONS.items() for area in areas for number in range(SCHOOLS_EACH)
    ]
    return [
        (f"synthetic-school-{position + 1:02}", region, area, number == 0)
        for position, (region, area, number) in enumerate(names)
    ]


def district(region: str, school: str) -> str:
    """Return the district of a school: each region has two, and both have schools in towns and villages."""
    return f"{region}, district {1 + int(school[-2:]) % 2}"


def _written(path: Path, heads: Iterable[str], rows: Iterable[tuple]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(heads)
        writer.writerows(rows)


def write_demo(folder: Path, pupils: int = 2400, seed: int = 2013) -> list[Path]:
    """Write the synthetic files of a district into a folder and return them. The same seed gives the same files.

    They are calendar, recorded days, enrolment, absences, and the register of long absences.
    """
    chance = random.Random(seed)
    folder.mkdir(parents=True, exist_ok=True)
    places = schools()
    days = {name: school_days(six) for name, _, _, six in places}
    kept = {name: {day for day in days[name] if chance.random() > 0.02} for name, *_ in places}
    roll = list(_roll(places, days, pupils, chance))
    absences = [row for spell in roll for row in _missed(spell, days, kept, chance)]
    files = {
        "calendar-synthetic.csv": (("school", "date"), ((name, day) for name in days for day in days[name])),
        "recorded-synthetic.csv": (("school", "date"), ((name, day) for name in kept for day in sorted(kept[name]))),
        "enrolment-synthetic.csv": (
            ("child", "school", "start", "end", "sex", "birth_date", "grade", "region", "district", "area"),
            (row[:10] for row in roll),
        ),
        "absences-synthetic.csv": (("child", "school", "date", "status"), absences),
        "ten_day_register-synthetic.csv": (REGISTER, _register(places, chance)),
    }
    for name, (heads, rows) in files.items():
        _written(folder / name, heads, rows)
    (folder / "SYNTHETIC.md").write_text(NOTE, encoding="utf-8")
    return [folder / name for name in files]


def _roll(places: list, days: dict, pupils: int, chance: random.Random) -> Iterator[tuple]:
    """Yield spells on roll; one child in fifty changes school, one in eighty leaves. The last item is its own risk."""
    for number in range(pupils):
        child = f"synthetic-{number + 1:06}"
        school, region, area, _ = chance.choice(places)
        grade = chance.randrange(1, 12)
        born = date(2012 - 6 - grade, chance.randrange(1, 13), chance.randrange(1, 29))
        about = (chance.choice(("female", "male")), born, grade)
        risk = min(0.5, chance.expovariate(1 / 0.025)) * (1.3 if area == "rural" else 1.0)
        first, cut = days[school][0], chance.choice(days[school][30:140])
        kind = chance.random()
        if kind < 0.02:
            other, other_region, other_area, _ = chance.choice([place for place in places if place[0] != school])
            yield (child, school, first, cut, *about, region, district(region, school), area, risk)
            yield (
                child,
                other,
                cut + timedelta(days=1),
                "",
                *about,
                other_region,
                district(other_region, other),
                other_area,
                risk,
            )
        else:
            yield (
                child,
                school,
                first,
                cut if kind < 0.0325 else "",
                *about,
                region,
                district(region, school),
                area,
                risk,
            )


def _missed(spell: tuple, days: dict, kept: dict, chance: random.Random) -> Iterator[tuple]:
    """Yield the absences of a spell, in streaks, on days the school recorded."""
    child, school, start, end, *_, risk = spell
    away, status = False, "excused"
    for day in days[school]:
        if day < start or (end and day > end):
            continue
        stays = chance.random() < (0.6 if away else risk)
        status = status if away else chance.choice(("excused", "excused", "unexcused"))
        away = stays
        if away and day in kept[school]:
            yield child, school, day, status


REGISTER = ("child", "region", "area", "school_year", "sex", "low_income", "dysfunctional", "days_missed", "outcome")


def _register(places: list, chance: random.Random) -> Iterator[tuple]:
    """Yield two years of the register of long absences; in the second one region has far fewer entries."""
    regions = list(dict.fromkeys((region, area) for _, region, area, _ in places))
    for year, sizes in (("2011-12", (960, 540)), ("2012-13", (240, 510))):
        for region, area in regions:
            size = sizes[list(REGIONS).index(region)] // 2
            for number in range(size):
                rate = 0.08 if region.endswith("North") else 0.25
                outcome = (
                    "out"
                    if chance.random() < rate
                    else chance.choice(("returned_mainstream",) * 4 + ("returned_elsewhere",))
                )
                child = f"synthetic-{year}-{region[-5:].strip()}-{area}-{number}"
                marks = (int(chance.random() < 0.3), int(chance.random() < 0.5))
                yield (
                    child,
                    region,
                    area,
                    year,
                    chance.choice(("female", "male")),
                    *marks,
                    chance.randrange(11, 60),
                    outcome,
                )
