"""Accounts that repeat themselves, flagged by a rule that anyone can check."""

from __future__ import annotations

import pandas as pd

from evidence.listening.rules import Parameter, Rule

LEAST_COPIES = Parameter(
    "least_copies",
    5,
    "ours",
    "a person may repeat an appeal a few times",
    "Posts with one text from which an account is flagged",
)
BOTS = Parameter(
    "bots", "counted", "ours", "a flagged account may be a person's", "Accounts that repeat themselves are",
    ("counted", "left out"),
)  # fmt: skip
REPEATING = Rule(
    "bots",
    "Accounts that repeat themselves",
    "An account that posts one text at least {least_copies} times is flagged; it may be a person's, and one that "
    "varies its words is not found. Flagged accounts are {bots}",
    "ours",
    "the study prints no rule",
    (LEAST_COPIES, BOTS),
)


def flagged(posts: pd.DataFrame, least_copies: int = LEAST_COPIES.default) -> pd.Series:
    """Return which posts are of an account that posts one text so often; organisations' own accounts are none."""
    by = ["corpus", "author", "same_text"]
    copies = posts.groupby(by)["post"].transform("nunique")
    often = posts.loc[
        (copies >= least_copies) & (posts["author"] != "") & ~posts["is_organisation"], ["corpus", "author"]
    ]
    names = pd.MultiIndex.from_frame(often.drop_duplicates())
    return pd.Series(pd.MultiIndex.from_frame(posts[["corpus", "author"]]).isin(names), index=posts.index)


def accounts(posts: pd.DataFrame, least_copies: int = LEAST_COPIES.default) -> pd.DataFrame:
    """Return how many accounts are flagged: ``corpus``, ``accounts``, ``posts`` (theirs), ``of`` (posts read)."""
    is_bot = flagged(posts, least_copies)
    rows = [
        (corpus, int(part.loc[is_bot[part.index], "author"].nunique()), int(is_bot[part.index].sum()), len(part))
        for corpus, part in posts.groupby("corpus", sort=False)
    ]
    return pd.DataFrame(rows, columns=["corpus", "accounts", "posts", "of"])
