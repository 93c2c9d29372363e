"""Tables of the chapter on two lists: spellings of one name, what is compared, and who is on no roll a year later."""

from __future__ import annotations

import pandas as pd

from evidence.attendance.census import LEVELS, MATCHES, M
from evidence.attendance.disappearance import DISAPPEARED, disappeared
from evidence.attendance.letters import skeleton, table
from evidence.data import store

SPELLINGS = {  # of two common family names; they stand for nobody
    "Қожахметов": "Kazakh Cyrillic",
    "Кожахметов": "Russian Cyrillic",
    "Kozhakhmetov": "Latin of passports",
    "Qojahmetov": "Latin alphabet",
    "Kojahmetova": "everyday Latin, feminine",
    "Әбдіғалиева": "Kazakh Cyrillic",
    "Абдигалиева": "Russian Cyrillic",
    "Abdigaliyeva": "Latin of passports",
}
COMPARED = {"family": "Family name", "given": "Given name", "birth_date": "Date of birth", "sex": "Sex"}
WORDS = {
    "family": ("same skeleton", "nearly the same", "different"),
    "given": ("same skeleton", "nearly the same", "different"),
    "birth_date": ("same day", "day and month swapped", "one digit differs", "different"),
    "sex": ("same", "different"),
}
CASES = {  # invented children on the first of two rolls: words, and what is known of each
    "On the second roll, in another school": ("child 1", 12, None, 0),
    "On no roll, nothing recorded": ("child 2", 12, None, 0),
    "On no roll, migration recorded": ("child 3", 12, "migration", 0),
    "On no roll, completed school": ("child 4", 17, None, 1),
    "On no roll, beyond the ages followed": ("child 5", 18, None, 0),
    "On no roll, age unknown": ("child 6", None, None, 0),
}
STAYED = ["child 1"]
STORED = "toolkit_matches"
TWO_CHILDREN = "other"  # the kind of pairs that are of two children


def found() -> pd.DataFrame:
    """Return what each way finds of the planted pairs of two synthetic lists, one row a way, the plainest first.

    Columns (pairs of synthetic children): ``Way``, ``Synthetic pairs found, probable``, ``On the list for people``,
    ``Missed``, and of two children ``Wrong, probable`` and ``Wrong, on the list``.
    """
    rows = store.load(STORED)
    one = rows[rows["kind"] != TWO_CHILDREN].groupby("way")[["probable", "review", "missed"]].sum()
    two = rows[rows["kind"] == TWO_CHILDREN].set_index("way")[["probable", "review"]]
    ways = store.labels(STORED, "way")
    wide = one.join(two.add_suffix("_wrong")).loc[list(ways)].rename(index=ways).rename_axis("way").reset_index()
    heads = [
        "Way",
        "Synthetic pairs found, probable",
        "On the list for people",
        "Missed",
        "Wrong, probable",
        "Wrong, on the list",
    ]
    return wide.set_axis(heads, axis=1)


def found_by_kind() -> pd.DataFrame:
    """Return how many planted pairs each way finds as probable, by how the entries differ: one row a difference.

    Columns (pairs of synthetic children): ``How the second entry differs``, ``Synthetic pairs in all``, then the ways.
    """
    rows = store.load(STORED)
    rows = rows[rows["kind"] != TWO_CHILDREN]
    planted = rows.groupby("kind")[["probable", "review", "missed"]].sum().sum(axis=1) // rows["way"].nunique()
    wide = rows.pivot(index="kind", columns="way", values="probable")
    ways, kinds = store.labels(STORED, "way"), store.labels(STORED, "kind")
    wide.insert(0, "Synthetic pairs in all", planted)
    wide = wide.loc[[kind for kind in kinds if kind in wide.index], ["Synthetic pairs in all", *ways]].rename(
        index=kinds, columns=ways
    )
    return wide.rename_axis("How the second entry differs").rename_axis(columns=None).reset_index()


def letters() -> pd.DataFrame:
    """Return which letters are read alike, one row a letter of skeletons: ``Cyrillic``, ``Latin``, ``Skeleton``."""
    return pd.DataFrame(table(), columns=["Cyrillic", "Latin", "Skeleton"])


def spellings() -> pd.DataFrame:
    """Return spellings of two names with the skeleton by which they are compared, one row each.

    Columns: ``Spelling``, ``Alphabet``, ``Skeleton``.
    """
    rows = [(name, alphabet, skeleton(name)) for name, alphabet in SPELLINGS.items()]
    return pd.DataFrame(rows, columns=["Spelling", "Alphabet", "Skeleton"])


def levels() -> pd.DataFrame:
    """Return what is compared, one row per level: ``Compared``, ``Level``, ``Of one child, %`` (our assumption).

    The last is how often two entries of one child are expected to agree at that level.
    """
    rows = [
        (COMPARED[column], words, 100 * chance)
        for column in LEVELS
        for words, chance in zip(WORDS[column], M[column], strict=True)
    ]
    return pd.DataFrame(rows, columns=["Compared", "Level", "Of one child, %"])


def rules() -> pd.DataFrame:
    """Return the two rules in their own words: ``Rule``, ``What it says``, ``Stated by``."""
    rows = [(rule.title, rule.sentence.format(**rule.values()), rule.source()) for rule in (MATCHES, DISAPPEARED)]
    return pd.DataFrame(rows, columns=["Rule", "What it says", "Stated by"])


def gone() -> pd.DataFrame:
    """Return what the rule says of invented children on the first of two rolls: ``Child`` and ``Answer``."""
    before = pd.DataFrame(CASES.values(), columns=["child", "age_after", "reason", "completed"])
    before = before.astype({"age_after": "Int64", "reason": "string"})
    found = disappeared(before, pd.DataFrame({"child": STAYED})).set_index("child")["status"]
    rows = [(words, str(found.get(case[0], "not listed"))) for words, case in CASES.items()]
    return pd.DataFrame(rows, columns=["Child", "Answer"])
