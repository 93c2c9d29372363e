"""Who is behind each count of people's posts: one that few people wrote says what these few write.

Counts are named as :func:`evidence.listening.publishing.cells_of` names them. Only the public is protected so: an
organisation speaks in public as one.
"""

from __future__ import annotations

from collections.abc import Hashable

import numpy as np
import pandas as pd

from evidence.listening.analyses import mondays, units
from evidence.listening.bots import flagged
from evidence.listening.coding import BOOKS, Coding
from evidence.listening.places import Places, plain_place
from evidence.listening.reading.posts import PUBLIC
from evidence.listening.suppression import UNDER

WHO = "who"  # the column with the number of the person behind a post
Few = dict[Hashable, frozenset[int]]


def with_contributors(posts: pd.DataFrame) -> pd.DataFrame:
    """Return posts with ``who``, a number for each author; a post without a known author is one of its own."""
    return posts.assign(**{WHO: pd.factorize(units(posts, "authors"))[0]})


def is_few(who: np.ndarray | pd.Series, under: int) -> bool:
    """Return whether somebody is behind posts, and fewer than ``under``."""
    return 0 < len(pd.unique(who)) < under


class Behind:
    """Collects the counts that few contributed to, and who did."""

    def __init__(self, under: int):
        self.under = under
        self.few: Few = {}

    def add(self, key: Hashable, posts: pd.DataFrame) -> None:
        """Look at one count of posts."""
        if is_few(posts[WHO], self.under):
            self.few[key] = frozenset(posts[WHO])

    def each(self, kind: str, posts: pd.DataFrame, values: pd.Series) -> None:
        """Look at the count of each value that posts have."""
        for value, part in posts.groupby(values.astype(object), sort=False):
            self.add((kind, PUBLIC, value), part)

    def parts(self, whole: Hashable, key: Hashable, posts: pd.DataFrame, is_part: pd.Series) -> None:
        """Look at a part of posts and at the rest of them."""
        self.add(key, posts[is_part])
        self.add(("rest", whole, key), posts[~is_part])


def few_behind(
    read: pd.DataFrame,
    topic: pd.DataFrame,
    coding: Coding,
    spoken: pd.Series,
    modelled: pd.DataFrame | None = None,
    under: int = UNDER.default,
) -> Few:
    """Return who contributed to each count of the public's posts to which fewer than ``under`` did.

    ``read`` and ``topic`` are the posts read and, with the same index, those of them on the topic; ``spoken`` has the
    language of each as tables name it, ``modelled`` the ``language`` and ``topic`` of those that a model sorted.
    """
    behind = Behind(under)
    read = with_contributors(read[read["corpus"] == PUBLIC])
    topic = read.loc[topic.index.intersection(read.index)]
    behind.add(("posts", PUBLIC), read)
    behind.add(("topic", PUBLIC), topic)
    behind.parts(("posts", PUBLIC), ("flagged", PUBLIC), read, flagged(read))
    behind.each("read in", read, read["month"])
    behind.each("language", read, spoken[read.index])
    behind.each("month", topic, topic["month"])
    behind.each("platform", topic, topic["platform"])
    behind.each("week", topic, mondays(topic))
    if coding.places:
        _in_places(behind, topic, coding.places)
    _coded(behind, topic, coding)
    if modelled is not None:
        sorted_ = modelled[modelled["corpus"] == PUBLIC]
        for language, part in sorted_.groupby("language"):
            part = read.loc[part.index]
            behind.add(("modelled", (PUBLIC, language)), part)
            for name, some in part.groupby(sorted_["topic"]):
                behind.add(("topic of", PUBLIC, language, name), some)
    return behind.few


def _in_places(behind: Behind, topic: pd.DataFrame, places: Places) -> None:
    """Look at the counts of posts with a place, without one, and in each region."""
    names = topic["region"].astype(object).map(plain_place)
    is_known = names.isin(set(places))
    behind.each("region", topic[is_known], names[is_known].map(lambda name: places[name][0]))
    for kind, rows in (("placed", is_known), ("without", names == ""), ("unknown", ~is_known & (names != ""))):
        behind.add((kind, PUBLIC), topic[rows])


def _coded(behind: Behind, topic: pd.DataFrame, coding: Coding) -> None:
    """Look at the counts of posts with each code and without it, and of boys and girls under every choice."""
    whole = ("topic", PUBLIC)
    holding = {(book, code): coding.holding(topic, book, code) for book in BOOKS for code in coding.titles(book)}
    for (book, code), rows in holding.items():
        behind.parts(whole, ("code", book, PUBLIC, code), topic, rows)
    none = pd.Series(False, index=topic.index)
    boys, girls = (holding.get(("gender", code), none) for code in ("boys", "girls"))
    for name, rows, others in (("boys", boys, girls), ("girls", girls, boys)):
        behind.add((name, PUBLIC, "mentions", "in each"), topic[rows])
        behind.add((name, PUBLIC, "posts", "left out"), topic[rows & ~others])
    behind.add(("both", PUBLIC, "posts"), topic[boys & girls])
    behind.add(("neither", PUBLIC, "posts"), topic[~boys & ~girls])


def few_left_out(gone: pd.DataFrame, under: int = UNDER.default) -> Few:
    """Return who contributed to each count of public posts that a rule left out; ``gone`` has ``file`` and ``rule``."""
    behind = Behind(under)
    gone = with_contributors(gone[gone["corpus"] == PUBLIC])
    for (file, rule), part in gone.groupby(["file", "rule"], observed=True):
        behind.add(("left out", str(file), rule), part)
    return behind.few
