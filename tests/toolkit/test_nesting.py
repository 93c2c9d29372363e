"""Which groups lie in which is read off their members, and told once for each pair that others do not imply."""

from __future__ import annotations

import random

import numpy as np
import pytest

from evidence.toolkit.cells import Cells
from evidence.toolkit.nesting import near, near_unions, nesting, overlap

UNDER = 5


def drawn(seed: int) -> tuple[dict[str, np.ndarray], np.ndarray]:
    """Return groups of seven kinds of members, many of them inside others, and how many members a kind has."""
    chance = random.Random(seed)
    groups = {"all": np.ones(7, dtype=bool)}
    for number in range(9):
        wide = groups[chance.choice(list(groups))]
        groups[f"g{number}"] = wide & np.array([chance.random() < 0.8 for _ in range(7)])
    return groups, np.array([chance.choice([0, 1, 2, 3, 8]) for _ in range(7)], dtype=float)


def members(groups: dict[str, np.ndarray], numbers: np.ndarray) -> dict[str, set]:
    return {
        key: {(kind, one) for kind in np.flatnonzero(rows) for one in range(int(numbers[kind]))}
        for key, rows in groups.items()
    }


@pytest.mark.parametrize("seed", range(20))
def test_steps_and_sames_together_say_of_every_two_groups_whether_one_lies_in_the_other(seed):
    groups, numbers = drawn(seed)
    found, inside = nesting(groups, numbers), members(groups, numbers)
    reach = {(key, key) for key in groups} | {(wide, narrow) for wide, narrow in found.steps}
    reach |= {(one, other) for keys in found.same for one in keys for other in keys}
    for middle in groups:
        reach |= {(one, other) for one in groups for other in groups if {(one, middle), (middle, other)} <= reach}
    assert reach == {(one, other) for one in groups for other in groups if inside[other] <= inside[one]}


@pytest.mark.parametrize("seed", range(20))
def test_near_are_the_pairs_whose_difference_is_small_and_whose_counts_are_not(seed):
    groups, numbers = drawn(seed)
    inside = members(groups, numbers)
    expected = {
        (wide, narrow)
        for wide in groups
        for narrow in groups
        if inside[narrow] < inside[wide] and len(inside[wide] - inside[narrow]) < UNDER <= len(inside[narrow])
    }
    assert set(near(overlap(groups, numbers), UNDER)) == expected
    assert near(overlap({}, numbers), UNDER) == []


@pytest.mark.parametrize("seed", range(40))
def test_near_unions_are_parts_of_a_division_that_nearly_are_a_group(seed):
    groups, numbers = drawn(seed)
    chance = random.Random(-seed)
    where = np.array([chance.randrange(4) for _ in range(7)])
    division = [("part", number) for number in range(4)]
    groups |= {key: where == key[1] for key in division}
    inside = members(groups, numbers)
    expected = set()
    for group in set(groups) - set(division):
        some = inside[group]
        meet = [key for key in division if inside[key] & some]
        lie = [key for key in division if inside[key] and inside[key] <= some]
        around, within = (set().union(*(inside[key] for key in keys)) for keys in (meet, lie))
        if len(some) < UNDER:
            continue
        if len(meet) > 1 and some < around and len(around - some) < UNDER:
            expected.add((group, tuple(meet), True))
        if len(lie) > 1 and within < some and len(some - within) < UNDER:
            expected.add((group, tuple(lie), False))
    found = near_unions(overlap(groups, numbers), [division], UNDER)
    assert set(found) == expected and len(found) == len(expected)
    assert near_unions(overlap({}, numbers), [division], UNDER) == []


def test_of_same_groups_all_go_or_none():
    """Twelve children are found, all of them for certain, and ten of another rule are among them."""
    cells = Cells()
    for key, value in {"found": 12, "certain": 12, "narrow": 10, "all": 90}.items():
        cells.add(key, value, 9 if key == "narrow" else 1)
    rows = {"found": [1, 1, 0], "certain": [1, 1, 0], "narrow": [1, 0, 0], "all": [1, 1, 1]}
    groups = {key: np.array(row, dtype=bool) for key, row in rows.items()}
    cells.nested(nesting(groups, np.array([10.0, 2.0, 78.0])))
    assert cells.hidden(UNDER) == {"found", "certain"}
