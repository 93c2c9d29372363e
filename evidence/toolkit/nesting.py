"""Which of the groups that a report counts lie inside which: the difference of two such counts is a count too."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import NamedTuple

import numpy as np

PART = 5_000  # kinds of members that are held against each other at a time


class Nesting(NamedTuple):
    """How groups lie inside each other, by their keys; each pair is the wider group and the narrower one.

    ``same`` are groups with the same members; ``steps`` leads from each group, or the first of the same ones, to the
    next wider ones; ``near`` are pairs that differ by a small count though both are large enough to be shown.
    """

    same: list[list[Hashable]]
    steps: list[tuple[Hashable, Hashable]]
    near: list[tuple[Hashable, Hashable]]


def _inside(groups: Mapping[Hashable, np.ndarray], numbers: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the size of each group, and whether all of one (row) are in another (column)."""
    members = np.array(list(groups.values()), dtype=bool)
    shared = np.zeros((len(members), len(members)))
    for start in range(0, members.shape[1], PART):
        some = members[:, start : start + PART].astype(float)
        shared += (some * numbers[start : start + PART]) @ some.T
    sizes = shared.diagonal()
    return sizes, shared == sizes[:, None]


def nesting(groups: Mapping[Hashable, np.ndarray], numbers: np.ndarray, under: int) -> Nesting:
    """Return how groups lie inside each other.

    ``groups`` says of each kind of members whether it is in the group, ``numbers`` how many there are of the kind.
    Containment is read off the members themselves: whoever knows a reason for it knows no more than this.
    """
    keys = list(groups)
    sizes, inside = _inside(groups, numbers)
    same = inside & inside.T
    first = np.flatnonzero(same.argmax(axis=1) == np.arange(len(keys)))
    narrower = (inside & ~same)[np.ix_(first, first)]
    between = narrower.astype(int) @ narrower.astype(int) > 0
    steps = [(keys[first[wide]], keys[first[narrow]]) for narrow, wide in np.argwhere(narrower & ~between)]
    alike = [[keys[other] for other in np.flatnonzero(same[one])] for one in first if same[one].sum() > 1]
    gaps = sizes[first][None, :] - sizes[first][:, None]
    small = narrower & (gaps < under) & (sizes[first][:, None] >= under)
    return Nesting(alike, steps, [(keys[first[wide]], keys[first[narrow]]) for narrow, wide in np.argwhere(small)])


def near(
    groups: Mapping[Hashable, np.ndarray], numbers: np.ndarray, under: int
) -> list[tuple[Hashable, Hashable]]:
    """Return the pairs of groups, the wider one first, that differ by a small count though both are large enough."""
    if not groups:
        return []
    keys = list(groups)
    sizes, inside = _inside(groups, numbers)
    gaps = sizes[None, :] - sizes[:, None]
    small = inside & (gaps > 0) & (gaps < under) & (sizes[:, None] >= under)
    return [(keys[wide], keys[narrow]) for narrow, wide in np.argwhere(small)]
