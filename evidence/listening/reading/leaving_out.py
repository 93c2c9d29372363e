"""Which posts a rule leaves out before anything is counted: another country, reposts, repeating accounts, copies."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from evidence.listening.bots import BOTS, flagged
from evidence.listening.extras import HOW
from evidence.listening.nearness import NEAR
from evidence.listening.reading.posts import COUNTRY, NO_COUNTRY, is_abroad
from evidence.listening.rules import Parameter, Rule
from evidence.toolkit.faults import BadInput, Fault

SAME = Parameter(
    "same",
    "identifier",
    "ours",
    "a query that overlaps another, or a second export, gives the same post again",
    "What makes two rows one post",
    ("identifier", "text", "near text", "nothing"),
)
REPOSTS = Parameter(
    "reposts",
    "counted",
    "ours",
    "to pass a post on is to take part in the talk",
    "Reposts are",
    ("counted", "left out"),
)
DUPLICATES = Rule(
    "duplicates",
    "One post counted once",
    "Rows of a corpus with the same {same} are one post, the first read; reposts are {reposts}",
    "ours",
    "the study prints no rule",
    (SAME, REPOSTS),
)
COPY = "the same"  # how the reason of a copy begins: it tells nothing of a person


class LeavingOut(NamedTuple):
    """What is chosen of the rules that leave posts out, by the names of their parameters."""

    country: str = COUNTRY.default
    no_country: str = NO_COUNTRY.default
    same: str = SAME.default
    reposts: str = REPOSTS.default
    bots: str = BOTS.default


AS_USUAL = LeavingOut()


def without(posts: pd.DataFrame, chosen: LeavingOut = AS_USUAL) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return posts without those that a rule leaves out, and how many each rule left out: ``file``, ``rule``, ``rows``.

    Rules are those of :func:`reasons`, which says what is raised too.
    """
    return parted(posts, reasons(posts, chosen))


def parted(posts: pd.DataFrame, reason: pd.Series) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the posts that have no reason to be left out, and how many rows of each file have which."""
    gone = posts.assign(rule=reason)[reason != ""]
    counts = gone.groupby(["file", "rule"]).size().rename("rows").reset_index()
    return posts[reason == ""].reset_index(drop=True), counts


def reasons(posts: pd.DataFrame, chosen: LeavingOut = AS_USUAL) -> pd.Series:
    """Return why each post is left out, "" where it is not.

    The rules are taken in this order: country, reposts, accounts that repeat themselves, copies. Raises
    :class:`BadInput` where near copies are asked for and the library that tells them is not installed.
    """
    reason = pd.Series("", index=posts.index)
    country, no_country, same, reposts, bots = chosen
    is_gone = {name: is_abroad(name, country, no_country) for name in posts["country"].unique()}
    abroad = posts["country"].map(is_gone).astype(bool)
    reason[abroad] = f"country is not {country}"
    if reposts == "left out":
        reason[posts["is_repost"].astype(bool) & (reason == "")] = "a repost"
    if bots == "left out":
        reason[flagged(posts) & (reason == "")] = "an account that repeats itself"
    column = {"identifier": "post", "text": "same_text", "near text": NEAR, "nothing": None}[same]
    if column == NEAR and NEAR not in posts:
        raise BadInput([Fault("--same", None, "", same, f"needs a library that is not installed: {HOW}")])
    if column:
        still = posts[reason == ""]
        copies = still.duplicated(["corpus", column])
        reason[still.index[copies]] = f"{COPY} {same} as an earlier row"
    return reason
