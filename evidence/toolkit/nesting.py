"""Which of the groups that a report counts lie inside which: the difference of two such counts is a count too."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import NamedTuple

import numpy as np

PART = 5_000  # speed: kinds of members that are held against each other at a time


class Nesting(NamedTuple):
    """How groups lie inside each other, by their keys.

    ``same`` are groups with the same members, ``steps`` pairs of a group and of one that lies in it with none between,
    where of the same ones the first stands for all.
    """

    same: list[list[Hashable]]
    steps: list[tuple[Hashable, Hashable]]


class Union(NamedTuple):
    """A group, and parts of a division that have nearly the same members together; which of both is the wider."""

    group: Hashable
    parts: tuple[Hashable, ...]
    is_inside: bool


class Overlap(NamedTuple):
    """How many members groups share: their keys, and a matrix with a row and a column for each of them."""

    keys: list[Hashable]
    shared: np.ndarray


def overlap(groups: Mapping[Hashable, np.ndarray], numbers: np.ndarray) -> Overlap:
    """Return how many members each group has in common with each other; the arguments are those of :func:`nesting`."""
    return Overlap(list(groups), _shared(groups, numbers) if groups else np.zeros((0, 0)))


def _shared(groups: Mapping[Hashable, np.ndarray], numbers: np.ndarray) -> np.ndarray:
    """Return how many members each group (row) has in common with each other (column)."""
    members = np.array(list(groups.values()), dtype=bool)
    shared = np.zeros((len(members), len(members)))
    for start in range(0, members.shape[1], PART):
        some = members[:, start : start + PART].astype(float)
        shared += (some * numbers[start : start + PART]) @ some.T
    return shared


def _inside(groups: Mapping[Hashable, np.ndarray], numbers: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the size of each group, and whether all of one (row) are in another (column)."""
    shared = _shared(groups, numbers)
    sizes = shared.diagonal()
    return sizes, shared == sizes[:, None]


def nesting(groups: Mapping[Hashable, np.ndarray], numbers: np.ndarray) -> Nesting:
    """Return how groups lie inside each other.

    ``groups`` says of each kind of members whether it is in the group, ``numbers`` how many there are of the kind.
    Containment is read off the members themselves: whoever knows a reason for it knows no more than this.
    """
    keys = list(groups)
    _, inside = _inside(groups, numbers)
    same = inside & inside.T
    first = np.flatnonzero(same.argmax(axis=1) == np.arange(len(keys)))
    narrower = (inside & ~same)[np.ix_(first, first)]
    between = narrower.astype(int) @ narrower.astype(int) > 0
    steps = [(keys[first[wide]], keys[first[narrow]]) for narrow, wide in np.argwhere(narrower & ~between)]
    alike = [[keys[other] for other in np.flatnonzero(same[one])] for one in first]
    return Nesting([some for some in alike if len(some) > 1], steps)


def near(found: Overlap, under: int) -> list[tuple[Hashable, Hashable]]:
    """Return the pairs of a group and of one inside it that differ by a small count, and neither is small itself.

    ``found`` comes from :func:`overlap`; ``under`` is the bound of small counts.
    """
    keys, shared = found
    sizes = shared.diagonal()
    inside = shared == sizes[:, None]
    gaps = sizes[None, :] - sizes[:, None]
    small = inside & (gaps > 0) & (gaps < under) & (sizes[:, None] >= under)
    return [(keys[wide], keys[narrow]) for narrow, wide in np.argwhere(small)]


def near_unions(overlaps: Overlap, divisions: Sequence[Sequence[Hashable]], under: int) -> list[Union]:
    """Return the groups that differ by a small count from several parts of a division together.

    Of each division, groups no two of which share a member, the parts that have any member of a group are held against
    it where all its members are in them, and so are the parts that lie in it: who knows that a school has the two last
    grades alone can subtract its count from theirs. One part alone, or small ones, are for :func:`near`. The other
    arguments are those of :func:`near`.
    """
    keys, shared = overlaps
    place = {key: position for position, key in enumerate(keys)}
    sizes = shared.diagonal()
    found = []
    for division in divisions:
        parts = np.array([place[key] for key in division if key in place], dtype=int)
        common = shared[parts]  # a row a part, a column a group
        meets, lies = common > 0, (common == sizes[parts][:, None]) & (sizes[parts] > 0)[:, None]
        for some, is_inside in ((meets, True), (lies, False)):
            gaps = sizes[parts] @ some - sizes
            gaps = gaps if is_inside else -gaps
            is_whole = common.sum(axis=0) == sizes if is_inside else True
            near_ = is_whole & (some.sum(axis=0) > 1) & (gaps > 0) & (gaps < under) & (sizes >= under)
            near_[parts] = False
            for group in np.flatnonzero(near_):
                found.append(Union(keys[group], tuple(keys[part] for part in parts[some[:, group]]), is_inside))
    return found
