"""The table of how headlines move, as it may be published beside the other tables."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator, Mapping

import pandas as pd

from evidence.listening.sensitivity import (
    AUTHORS,
    BOYS,
    COUNT,
    COUNTS,
    GROWTH,
    QUOTIENT,
    REPEATED,
    SHARE,
    WINDOWS,
)
from evidence.listening.suppression import emptied, is_small

Tables = Mapping[str, pd.DataFrame]


def _choices_of(table: pd.DataFrame, choice: str) -> set[tuple[str, str]]:
    """Return the values of a choice, as (choice, value)."""
    return {(choice, value) for value in table.loc[table["choice"] == choice, "value"]}


def _told_elsewhere(made: Tables) -> Iterator[tuple[str, bool]]:
    """Yield the headlines, and whether the table that a headline is taken from shows it."""
    yield COUNT, bool(made["read"]["on_topic"].head(1).notna().all())
    yield AUTHORS, bool(made["read"]["authors"].head(1).notna().all())
    for kind, column in (("platform", "platform"), ("barrier", "title"), ("programme", "title")):
        for row in _first_corpus(made[f"{kind}s"]):
            yield SHARE.format(kind, row[column]), bool(pd.notna(row["share_pct"]))
    for row in _first_corpus(made["regions"]) if "regions" in made else ():
        yield QUOTIENT.format(row["region"]), bool(pd.notna(row["quotient"]))
    yield GROWTH, bool(made["volume"]["posts"].notna().all())  # a rate of all months would give a hidden one away
    yield BOYS, bool(made["gender"]["boys_pct"].head(1).notna().all())


def _first_corpus(table: pd.DataFrame) -> list[dict]:
    """Return the rows of the corpus that headlines are about: it stands first."""
    return table[table["corpus"] == table["corpus"].iloc[0]].to_dict("records") if len(table) else []


def published_moves(made: Tables, under: int, hides_accounts: bool, few: Collection[Hashable] = ()) -> pd.DataFrame:
    """Return how headlines move, without moves that tell of few posts or people, and those that are not to be told.

    ``made`` are the other tables as they are published, ``hides_accounts`` whether the posts of accounts that repeat
    themselves are not. A headline that no other table shows is not shown here either.
    """
    table, untold = made["sensitivity"], set()
    if made["volume"]["posts"].isna().any():  # a window is a sum of months
        untold |= _choices_of(table, WINDOWS)
    if hides_accounts:
        untold |= _choices_of(table, REPEATED)
    posts = table["headline"].eq(COUNT)
    small = pd.concat([is_small(table[name].abs(), under) for name in ("as_chosen", "otherwise", "change")], axis=1)
    names = list(table[["headline", "choice", "value"]].itertuples(index=False, name=None))
    of_few = pd.Series([("move", *one) in few for one in names], index=table.index, dtype=bool)
    pairs = table.loc[posts & (small.any(axis=1) | of_few), ["choice", "value"]].itertuples(index=False, name=None)
    hidden = {*untold, *pairs}
    rows = of_few | pd.Series([one[1:] in hidden for one in names], index=table.index, dtype=bool)
    rows |= table["headline"].eq(AUTHORS) & small.any(axis=1)
    unseen = table["headline"].isin([name for name, is_told in _told_elsewhere(made) if not is_told])
    shown = emptied(table, rows | unseen, ["otherwise", "change"])
    return emptied(
        shown, unseen | (table["headline"].isin(COUNTS) & is_small(table["as_chosen"], under)), ["as_chosen"]
    )
