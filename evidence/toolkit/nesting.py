"""Which of the groups that a report counts lie inside which: the difference of two such counts is a count too."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
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


def _inside(groups: Mapping[Hashable, np.ndarray], numbers: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the size of each group, and whether all of one (row) are in another (column)."""
    members = np.array(list(groups.values()), dtype=bool)
    shared = np.zeros((len(members), len(members)))
    for start in range(0, members.shape[1], PART):
        some = members[:, start : start + PART].astype(float)
        shared += (some * numbers[start : start + PART]) @ some.T
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


def near(groups: Mapping[Hashable, np.ndarray], numbers: np.ndarray, under: int) -> list[tuple[Hashable, Hashable]]:
    """Return the pairs of a group and of one inside it that differ by a small count, and neither is small itself.

    The arguments are those of :func:`nesting`; ``under`` is the bound of small counts.
    """
    if not groups:
        return []
    keys = list(groups)
    sizes, inside = _inside(groups, numbers)
    gaps = sizes[None, :] - sizes[:, None]
    small = inside & (gaps > 0) & (gaps < under) & (sizes[:, None] >= under)
    return [(keys[wide], keys[narrow]) for narrow, wide in np.argwhere(small)]
