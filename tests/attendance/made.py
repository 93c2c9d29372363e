"""Made-up attendance for tests: shuffled rows, nulls, ties, transfers, two calendars, days nobody recorded."""

from __future__ import annotations

import random

import pandas as pd

FIRST = 15_584  # 1 September 2012, as days from 1 January 1970
TABLES = ("absences", "calendar", "recorded", "enrolment")


def school_days(school: str, count: int = 60) -> list[int]:
    """Return the school days of one of two calendars: A has five days a week, B six and a week off."""
    week = 5 if school == "A" else 6
    days = [day for day in range(FIRST, FIRST + 2 * count) if (day - FIRST) % 7 < week]
    return [day for day in days if school == "A" or not FIRST + 28 <= day < FIRST + 35][:count]


def made(seed: int = 7, children: int = 60) -> dict[str, pd.DataFrame]:
    """Return the four tables of the data model, every frame in random order; ``end`` is missing for those on roll.

    Every fifth child changes school twice (A, B, A); some days have two rows, an excused and an unexcused one, or two
    sessions of half a day each.
    """
    chance = random.Random(seed)
    calendar = [(school, day) for school in "AB" for day in school_days(school)]
    recorded = [pair for pair in calendar if chance.random() > 0.05]
    enrolment, absences = [], []
    for number in range(children):
        child = f"c{number:03}"
        if number % 5 == 0:
            one, two = FIRST + chance.randrange(15, 25), FIRST + chance.randrange(35, 45)
            spells = [("A", FIRST, one), ("B", one + 1, two), ("A", two + 1, None)]
        elif number % 7 == 0:
            spells = [("B", FIRST, FIRST + chance.randrange(20, 60))]  # a leaver
        else:
            spells = [(chance.choice("AB"), FIRST, None)]
        enrolment += [(child, *spell) for spell in spells]
        absences += of_child(child, spells, set(recorded), chance)
    frames = {
        "absences": pd.DataFrame(absences, columns=["child", "school", "day", "unexcused", "share", "session"]),
        "calendar": pd.DataFrame(calendar, columns=["school", "day"]),
        "recorded": pd.DataFrame(recorded, columns=["school", "day"]),
        "enrolment": pd.DataFrame(enrolment, columns=["child", "school", "start", "end"]).astype({"end": "Int64"}),
    }
    return {name: frame.sample(frac=1, random_state=seed).reset_index(drop=True) for name, frame in frames.items()}


def of_child(child: str, spells: list, recorded: set, chance: random.Random) -> list[tuple]:
    """Return the absences of one child, in streaks."""
    rows, away, often = [], False, chance.random() * 0.5
    for school, start, end in spells:
        for day in school_days(school):
            if day < start or (end is not None and day > end) or (school, day) not in recorded:
                continue
            away = chance.random() < (0.8 if away else often)
            if not away:
                continue
            without = int(chance.random() < 0.7)
            kind = chance.random()
            if kind < 0.1:
                rows += [(child, school, day, 1, 1.0, "day"), (child, school, day, 0, 1.0, "day")]
            elif kind < 0.2:
                rows += [(child, school, day, without, 0.5, "am"), (child, school, day, 1, 0.5, "pm")]
            elif kind < 0.25:
                rows.append((child, school, day, without, 0.5, "am"))
            else:
                rows.append((child, school, day, without, 1.0, "day"))
    return rows


def handed(engine, frame: pd.DataFrame):
    """Return a pandas frame as one of an engine; None stands for PyArrow."""
    if engine is None:
        import pyarrow

        return pyarrow.Table.from_pandas(frame, preserve_index=False)
    return engine.frame(frame)


def rows(engine, frame) -> list[tuple]:
    """Return the rows of a frame in order, missing as None, whole numbers as Python's."""
    table = frame.to_pandas() if engine is None else engine.collect(frame)
    values = [
        tuple(None if pd.isna(value) else value if isinstance(value, str) else int(value) for value in row)
        for row in table.itertuples(index=False, name=None)
    ]
    return sorted(
        values, key=lambda row: [(value is None, str(type(value)), 0 if value is None else value) for value in row]
    )
