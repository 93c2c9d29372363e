"""What stands behind a headline under two choices: where they differ by what few people wrote, the move is not told.

A headline and the share it becomes give two counts, and their difference is a count too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

import numpy as np
import pandas as pd

from evidence.listening.contributors import WHO, is_few
from evidence.toolkit.suppression import Sum, bounds

PLACE = "place"  # the column with the number of a row among all that was read
MOST_CODES = 9  # speed: codes of which all overlaps are looked at; of more, pairs, threes and those that posts have


class Part(NamedTuple):
    """What a headline counts: ``unit`` says what a member is, ``members`` are their numbers, ``who`` is behind each."""

    unit: str
    members: np.ndarray
    who: np.ndarray

    def at(self, rows: np.ndarray) -> Part:
        """Return the members of some rows."""
        return Part(self.unit, self.members[rows], self.who[rows])


Parts = list[Part]


def part(posts: pd.DataFrame, by_author: bool, person: str) -> Part:
    """Return posts, or their authors, as what a headline counts; ``person`` says who one author is."""
    if by_author:
        who = np.unique(posts[WHO].to_numpy())
        return Part(f"authors: {person}", who, who)
    return Part("posts", posts[PLACE].to_numpy(), posts[WHO].to_numpy())


def split(posts: pd.DataFrame, rows: pd.Series, by_author: bool, person: str) -> Parts:
    """Return a share as what is counted and what is not."""
    whole, some = part(posts, by_author, person), part(posts[rows], by_author, person)
    return [some, only(whole, some)]


def only(one: Part, other: Part) -> Part:
    """Return the members of one part that another does not have."""
    return one.at(~np.isin(one.members, other.members))


def shared(one: Part, other: Part) -> Part:
    """Return the members that two parts share."""
    return one.at(np.isin(one.members, other.members))


def betrays(base: Parts, moved: Parts, under: int) -> bool:
    """Return whether two values of a headline tell of few people: those of the other value, lost ones or new ones."""
    if any(is_few(one.who, under) for one in moved):
        return True
    pairs = [(one, other) for one, other in zip(base, moved) if one.unit == other.unit]
    return any(is_few(only(*both).who, under) for pair in pairs for both in (pair, pair[::-1]))


def overlap_betrays(ones: Parts, others: Parts, under: int) -> bool:
    """Return whether what two values share, which follows from both and their whole, is of few people."""
    return any(is_few(shared(one, other).who, under) for one, other in zip(ones, others) if one.unit == other.unit)


def overlaps_betray(codes: Mapping[str, Part], under: int) -> bool:
    """Return whether counts of codes, beside how many posts each alone finds, give away an overlap of few people.

    A reader knows what each code shares with any other, and what all have beside what one alone finds. Every overlap
    (posts with just these codes) is an unknown of these sums.
    """
    who: dict[int, int] = {}
    holders: dict[int, set[str]] = {}
    for code, one in codes.items():
        for member, name in zip(one.members.tolist(), one.who.tolist()):
            holders.setdefault(member, set()).add(code)
            who[member] = name
    patterns: dict[frozenset[str], list[int]] = {}
    for member, names in holders.items():
        if len(names) > 1:
            patterns.setdefault(frozenset(names), []).append(member)
    few = [one for one, members in patterns.items() if is_few(np.array([who[m] for m in members]), under)]
    sharing = sorted({code for one in patterns for code in one})
    if not few:
        return False
    every = _overlaps(sharing, patterns)
    cells: dict = {one: len(patterns.get(one, ())) for one in every}
    sums = [_sum(code, [one for one in every if code in one], cells) for code in sharing]
    sums.append(_sum("together", every, cells))
    known = bounds(cells, sums, set(every), few)
    return any(high - low < under - 1 for low, high in known.values())


def _overlaps(codes: Sequence[str], there: Iterable[frozenset[str]]) -> list[frozenset[str]]:
    """Return the overlaps of codes that may hold posts: all of a few codes, some of many, those that do among them.

    With fewer of them a reader seems to know more than there is to know: none is taken as open that is not.
    """
    most = len(codes) if len(codes) <= MOST_CODES else 3
    some = [frozenset(one) for size in range(2, most + 1) for one in combinations(codes, size)]
    return list(dict.fromkeys([*some, *there]))


def _sum(name: str, parts: Sequence[frozenset[str]], cells: dict) -> Sum:
    """Return the sum of overlaps under a name, whose value is added to the cells."""
    key = ("sum", name)
    cells[key] = sum(cells[one] for one in parts)
    return Sum(key, tuple(parts))
