"""Two synthetic lists of children with what is planted in them: who is on both, and how the entries differ.

The names are made of common stems and stand for nobody; nothing is real.
"""

from __future__ import annotations

import random

import pandas as pd

from evidence.attendance.letters import latin

STEMS = ("Қожахмет", "Жұмабай", "Қасым", "Ахмет", "Сейіт", "Нұр", "Бек", "Омар", "Сапар", "Тұр", "Әбдіғали",
         "Есенгелді", "Мұқан", "Шәріп", "Оспан", "Ыбырай", "Бөкен", "Тілеу", "Қуаныш", "Жақсыбек")  # fmt: skip
ENDINGS = ("ов", "баев", "жанов", "алиев", "беков", "канов", "ханов")
GIVEN = {
    "f": ("Айгерім", "Әлия", "Жанар", "Камила", "Мәдина", "Сәуле", "Шолпан", "Гүлнар", "Динара", "Юлия", "Айжан",
          "Ұлжан"),
    "m": ("Данияр", "Ержан", "Нұрлан", "Руслан", "Тимур", "Қайрат", "Арман", "Бауыржан", "Дәулет", "Ескен", "Мұрат",
          "Олжас"),
}  # fmt: skip
RUSSIAN = str.maketrans("ӘәҒғҚқҢңӨөҰұҮүҺһІі", "АаГгКкНнОоУуУуХхИи")
OTHER_LATIN = (("zh", "j"), ("kh", "h"), ("sh", "ş"), ("k", "q"), ("iia", "iya"))
KINDS = {  # how the second entry of a child is written: weight in a hundred
    "same": 25, "russian": 25, "passport": 20, "latin": 15, "typo": 6, "swapped": 5, "digit": 4,
}  # fmt: skip


def _name(chance: random.Random) -> tuple[str, str, str]:
    """Return a family name, a given name and a sex."""
    sex = chance.choice("fm")
    ending = chance.choice(ENDINGS) + ("а" if sex == "f" else "")
    return chance.choice(STEMS) + ending, chance.choice(GIVEN[sex]), sex


def _born(chance: random.Random) -> str:
    return f"{chance.randrange(1996, 2007)}-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}"


def _written(name: str, kind: str) -> str:
    """Return a name as another clerk writes it."""
    if kind in ("russian", "typo", "swapped", "digit"):
        return name.translate(RUSSIAN)
    if kind in ("passport", "latin"):
        text = latin(name)
        for one, other in OTHER_LATIN if kind == "latin" else ():
            text = text.replace(one, other)
        return text.title()
    return name


def _other_day(born: str, kind: str) -> str:
    """Return a date with day and month changed places, or with another digit; as it is where neither is asked."""
    year, month, day = born.split("-")
    if kind == "swapped":
        return f"{year}-{day}-{month}" if int(day) <= 12 else born
    return f"{year}-{month}-{int(day) % 10 or 1:02}" if kind == "digit" else born


def synthetic_lists(children: int = 4000, seed: int = 2013) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return a census, a health list, and the planted truth; three in four children of the census are on the other.

    The lists have the columns of :data:`evidence.attendance.census.COLUMNS`, in random order; the truth has ``left``,
    ``right`` (ids) and ``kind``, how the second entry differs: a key of ``KINDS``. The same seed gives the same lists.
    """
    chance = random.Random(seed)
    census, health, truth = [], [], []
    for number in range(children):
        family, given, sex = _name(chance)
        born = _born(chance)
        census.append((f"census-{number:05}", family, given, born, sex))
        if chance.random() < 0.25:
            continue
        kind = chance.choices(list(KINDS), list(KINDS.values()))[0]
        if _other_day(born, kind) == born and kind in ("swapped", "digit"):
            kind = "russian"
        other = _written(family, kind)
        if kind == "typo":
            place = chance.randrange(1, len(other) - 1)
            other = other[:place] + other[place + 1 :]
        key = f"health-{number:05}"
        health.append((key, other, _written(given, kind), _other_day(born, kind), sex))
        truth.append((f"census-{number:05}", key, kind))
    for number in range(children // 5):  # on the health list only
        family, given, sex = _name(chance)
        health.append((f"health-x{number:05}", family.translate(RUSSIAN), given.translate(RUSSIAN), _born(chance), sex))
    chance.shuffle(health)
    columns = ["id", "family_name", "given_name", "birth_date", "sex"]
    lists = (pd.DataFrame(rows, columns=columns) for rows in (census, health))
    return (*lists, pd.DataFrame(truth, columns=["left", "right", "kind"]))
