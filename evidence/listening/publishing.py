"""The tables as they may be published: small cells left out, and rare hashtags and words."""

from __future__ import annotations

from typing import Any

import pandas as pd

from evidence.listening.reading.posts import PUBLIC
from evidence.listening.suppression import UNDER, is_small, published

SHARES = ("share_pct", "low_pct", "high_pct")
CODES = ("subtopics", "barriers", "programmes")
CORRECTED = ("share_pct", "corrected_pct", "low_pct", "high_pct")
DIVIDED = {"volume": "month", "platforms": "platform", "regions": "region"}  # tables, and the column that divides them
GENDER = ("boys", "girls", "both", "neither")


def publishable(tables: dict[str, pd.DataFrame], under: int = UNDER.default) -> tuple[dict[str, pd.DataFrame], int]:
    """Return the tables without small cells, and how many counts and rows that leaves out; 0 shows everything."""
    if not under:
        return dict(tables), 0
    shown, gone = dict(tables), 0
    plans: dict[str, dict[str, Any]] = {
        "read": {"count": "on_topic", "gone": ("authors",)},
        "accounts": {"count": "posts", "gone": ("accounts",), "whole": "of"},
        "languages": {"count": "posts", "gone": SHARES, "whole": "of", "adds_up": ["corpus"]},
        "topics": {"count": "posts", "gone": ("share_pct",), "whole": "of", "adds_up": ["corpus", "language"]},
        "volume": {"count": "posts", "gone": (), "adds_up": ["corpus"]},
        "unusual_weeks": {"count": "posts", "gone": ("usual", "score")},
        "platforms": {"count": "posts", "gone": SHARES, "whole": "of", "adds_up": ["corpus"]},
        "regions": {
            "count": "posts",
            "gone": ("share_pct", "quotient", "low", "high"),
            "whole": "of",
            "adds_up": ["corpus"],
        },
        **{name: {"count": "posts", "gone": (*SHARES, "authors"), "whole": "of"} for name in CODES},
    }
    for name, plan in plans.items():
        if name in shown:
            shown[name], number = published(shown[name], under=under, **plan)
            gone += number
    shown["corrected"], number = _corrected(shown["corrected"], under)
    gone += number
    for name in CODES:
        few = (shown[name]["corpus"] == PUBLIC) & is_small(shown[name]["authors"].astype("Int64"), under).fillna(False)
        shown[name]["authors"] = shown[name]["authors"].astype("Int64").mask(few)
        gone += int(few.sum())
    few = is_small(shown["accounts"]["accounts"].astype("Int64"), under).fillna(False)
    shown["accounts"], number = _without(shown["accounts"], few, ["accounts"])
    gone += number
    for name, kept in (
        ("hashtags", _common(shown["hashtags"], under)),
        ("key_words", _known(shown["key_words"], under)),
    ):
        gone += int((~kept).sum())
        shown[name] = shown[name][kept].reset_index(drop=True)
    shown, number = _united(shown, plans)
    gone += number
    hidden = _few_boys_or_girls(pd.concat([shown["gender"], shown["gender_choices"]]), under)
    for name in ("gender", "gender_choices"):
        shown[name], number = _without(shown[name], shown[name]["corpus"].isin(hidden), [*GENDER, *SHARES[1:]])
        shown[name]["boys_pct"] = shown[name]["boys_pct"].mask(shown[name]["corpus"].isin(hidden))
        gone += number
    rows = (shown["corrected"]["book"] == "gender") & shown["corrected"]["corpus"].isin(hidden)
    shown["corrected"], number = _without(shown["corrected"], rows, ["posts", *CORRECTED])
    gone += number
    if "placed" in shown:
        parts = ["posts", "placed", "unknown", "without"]
        few = pd.concat([is_small(shown["placed"][name], under) for name in parts], axis=1).any(axis=1)
        shown["placed"], number = _without(shown["placed"], few, parts)
        gone += number
    table = shown["sensitivity"]
    counts = table["headline"].eq("Posts on the topic")
    parts = [is_small(table[name].abs(), under) for name in ("as_chosen", "otherwise", "change")]
    few = counts & pd.concat(parts, axis=1).any(axis=1)
    shown["sensitivity"], number = _without(table, few, ["as_chosen", "otherwise", "change"])
    return shown, gone + number


def _keys(name: str, table: pd.DataFrame) -> list[tuple]:
    """Return what each count of a table is: the same count of another table has the same key."""
    if name in DIVIDED:
        return [(DIVIDED[name], *pair) for pair in zip(table["corpus"], table[DIVIDED[name]])]
    if name in CODES:
        return [(name, *pair) for pair in zip(table["corpus"], table["code"])]
    parts = zip(table["book"], table["by"], table["corpus"], table["code"], table["slice"])
    return [
        (book if by == "all" else by, corpus, code if by == "all" else part) for book, by, corpus, code, part in parts
    ]


def _united(tables: dict[str, pd.DataFrame], plans: dict[str, dict[str, Any]]) -> tuple[dict[str, pd.DataFrame], int]:
    """Return tables in which a count that one of them hides is hidden in all, and how many cells that hides more.

    Otherwise a table that shows it would give away what its neighbour hides beside it.
    """
    names = [name for name in (*DIVIDED, *CODES, "corrected") if name in tables]
    keys = {name: pd.Series(_keys(name, tables[name]), index=tables[name].index, dtype=object) for name in names}
    hidden = {key for name in names for key in keys[name][tables[name]["posts"].isna()]}
    shown, more = dict(tables), 0
    for name in names:
        rows = keys[name].map(lambda key: key in hidden).astype(bool) & tables[name]["posts"].notna()
        columns = CORRECTED if name == "corrected" else plans[name]["gone"]
        shown[name], number = _without(tables[name], rows, ["posts", *columns])
        more += number
    return shown, more


def _common(table: pd.DataFrame, under: int) -> pd.Series:
    """Return which hashtags enough people use; those of organisations need enough posts only."""
    return (table["posts"] >= under) & ((table["authors"] >= under) | (table["corpus"] != PUBLIC))


def _known(table: pd.DataFrame, under: int) -> pd.Series:
    """Return which words enough people of the public use, or none."""
    return (table["public"] == 0) | (table["public_authors"] >= under)


def _few_boys_or_girls(table: pd.DataFrame, under: int) -> set[str]:
    """Return the corpora in which any count of boys, girls or both is small: the choices give each other away."""
    small = pd.concat([is_small(table[name].astype("Int64"), under).fillna(False) for name in GENDER], axis=1).any(
        axis=1
    )
    return set(table.loc[small, "corpus"])


def _without(table: pd.DataFrame, rows: pd.Series, columns: list[str]) -> tuple[pd.DataFrame, int]:
    """Return a table whose rows have no value in columns, and how many rows."""
    shown = table.copy()
    for column in columns:
        kind = "Int64" if pd.api.types.is_integer_dtype(shown[column]) else "Float64"
        shown[column] = shown[column].astype(kind).mask(rows)
    return shown, int(rows.sum())


def _corrected(table: pd.DataFrame, under: int) -> tuple[pd.DataFrame, int]:
    """Return the table of corrected shares without small cells; what is divided up adds up."""
    divided = table["by"].isin(["month", "platform", "region", "boys or girls"])
    sums = {True: ["corpus", "by"], False: None}
    parts = [
        published(part, "posts", CORRECTED, under, "of", sums[bool(is_divided)])
        for is_divided, part in table.groupby(divided, sort=False)
    ]
    return pd.concat([part for part, _ in parts]).sort_index(), sum(number for _, number in parts)
