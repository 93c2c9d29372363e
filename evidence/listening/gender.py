"""Mentions of boys and girls, under every choice that the study leaves open."""

from __future__ import annotations

import pandas as pd

from evidence.listening.analyses import by_corpus, names_authors, units
from evidence.listening.coding import with_codes
from evidence.listening.intervals import CONFIDENCE, share_pct
from evidence.listening.rules import Parameter, Rule

UNITS = ("posts", "mentions", "authors")
TREATMENTS = ("in each", "left out")
GENDER_UNIT = Parameter(
    "gender_unit", "posts", "ours", "the study prints shares of discussions and no unit", "What is counted for gender",
    UNITS,
)  # fmt: skip
BOTH = Parameter(
    "both", "left out", "ours", "the study's shares add up to the whole, and it does not say how",
    "Posts or authors that mention boys and girls are", TREATMENTS,
)  # fmt: skip
GENDER = Rule(
    "gender",
    "Mentions of boys and girls",
    "Of the {gender_unit} that mention boys or girls, the share that mentions boys; those that mention both are "
    "{both}. Most mention neither and are told beside. A word for a boy is a mention, not a child",
    "document",
    "Key Findings 7, p. 9-10; the words and both choices are ours",
    (GENDER_UNIT, BOTH),
)
HEADS = ["corpus", "unit", "both_are", "boys", "girls", "both", "neither", "boys_pct", "low_pct", "high_pct"]


def mentions(
    posts: pd.DataFrame, hits: pd.DataFrame, unit: str, both: str, confidence: float = CONFIDENCE.default
) -> pd.DataFrame:
    """Return mentions of boys and girls by corpus under one choice of unit and treatment of both.

    Columns: those of ``HEADS``. ``boys`` and ``girls`` are what is divided; ``both`` and ``neither`` count units, and
    are missing for single mentions, where only words are counted and every word is one.
    """
    rows: list[tuple] = []
    for corpus, part in by_corpus(posts):
        named = with_codes(part, hits, "gender")
        if unit == "mentions":
            counts = named.groupby("code")["mentions"].sum()
            boys, girls = int(counts.get("boys", 0)), int(counts.get("girls", 0))
            rows.append((corpus, unit, "in each", boys, girls, None, None, *share_pct(boys, boys + girls, confidence)))
            continue
        named = named.assign(unit=units(named, unit))
        groups = {code: set(some["unit"]) for code, some in named.groupby("code")}
        boys_set, girls_set = groups.get("boys", set()), groups.get("girls", set())
        twice = len(boys_set & girls_set)
        neither = units(part, unit).nunique() - len(boys_set | girls_set)
        less = twice if both == "left out" else 0
        boys, girls = len(boys_set) - less, len(girls_set) - less
        rows.append((corpus, unit, both, boys, girls, twice, neither, *share_pct(boys, boys + girls, confidence)))
    return pd.DataFrame(rows, columns=HEADS).astype({"both": "Int64", "neither": "Int64"})


def every_choice(posts: pd.DataFrame, hits: pd.DataFrame, confidence: float = CONFIDENCE.default) -> pd.DataFrame:
    """Return the table of :func:`mentions` under every choice.

    Single mentions have no treatment of both; authors are not counted in a corpus without any.
    """
    choices = [(unit, both) for unit in UNITS for both in TREATMENTS if unit != "mentions" or both == "in each"]
    tables = [mentions(posts, hits, unit, both, confidence) for unit, both in choices]
    known = {corpus for corpus, part in by_corpus(posts) if names_authors(part)}
    table = pd.concat(tables, ignore_index=True)
    return table[(table["unit"] != "authors") | table["corpus"].isin(known)].reset_index(drop=True)
