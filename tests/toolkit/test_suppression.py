"""No small cell of a published table can be worked out again: the attack tries every table that fits what is shown."""

from __future__ import annotations

import random

import pytest

from evidence.toolkit.suppression import Sum, bounds, narrowed, suppressed

UNDER = 5


def table(values: list[list[int]]) -> tuple[dict, list[Sum]]:
    """Return cells and sums of a table with totals of rows, columns and all."""
    rows, columns = range(len(values)), range(len(values[0]))
    cells = {(r, c): values[r][c] for r in rows for c in columns}
    cells |= {(r, "all"): sum(values[r]) for r in rows}
    cells |= {("all", c): sum(row[c] for row in values) for c in columns}
    cells["all", "all"] = sum(map(sum, values))
    sums = [Sum((r, "all"), tuple((r, c) for c in columns)) for r in rows]
    sums += [Sum(("all", c), tuple((r, c) for r in rows)) for c in columns]
    sums.append(Sum(("all", "all"), tuple((r, "all") for r in rows)))
    sums.append(Sum(("all", "all"), tuple(("all", c) for c in columns)))
    return cells, sums


def attack(cells: dict, sums: list[Sum], hidden: set, most: int) -> dict:
    """Return the values that each hidden cell has in any table of counts up to ``most`` that fits all that is shown."""
    open_ = [key for key in cells if key in hidden and "all" not in key]
    found: dict = {key: set() for key in hidden}
    trial = {key: value for key, value in cells.items() if key not in hidden}

    def fits() -> bool:
        """Return whether a trial breaks no sum so far."""
        for total, parts in sums:
            known = sum(trial.get(part, 0) for part in parts)
            if total in trial and (
                known > trial[total] or (known < trial[total] and all(one in trial for one in parts))
            ):
                return False
        return True

    def go_on(position: int) -> None:
        """Try every value of the next cell; totals that are hidden follow from the others."""
        if position < len(open_):
            for value in range(most + 1):
                trial[open_[position]] = value
                if fits():
                    go_on(position + 1)
            del trial[open_[position]]
            return
        whole = dict(trial)
        for total, parts in sums:
            whole.setdefault(total, sum(whole[part] for part in parts))
        if all(whole[total] == sum(whole[part] for part in parts) for total, parts in sums):
            for key in hidden:
                found[key].add(whole[key])

    go_on(0)
    return found


def small(cells: dict) -> set:
    return {key for key, value in cells.items() if 0 < value < UNDER}


@pytest.mark.parametrize("seed", range(16))
def test_an_attacker_who_tries_every_table_cannot_pin_a_small_cell(seed):
    chance = random.Random(seed)
    values = [[chance.choice([0, 1, 2, 3, 6, 7, 8]) for _ in range(3 if seed in (1, 3, 5) else 2)] for _ in range(2)]
    cells, sums = table(values)
    hidden = suppressed(cells, sums, UNDER)
    assert small(cells) <= hidden
    found = attack(cells, sums, hidden, most=16)
    for key in small(cells):
        assert max(found[key]) - min(found[key]) >= UNDER - 1, (key, values, hidden)


def test_the_attack_succeeds_where_only_small_cells_are_hidden():
    cells, sums = table([[2, 9], [8, 7]])
    assert attack(cells, sums, {(0, 0)}, most=9)[0, 0] == {2}
    assert bounds(cells, sums, {(0, 0)}) == {(0, 0): (2, 2)}


def test_a_cell_that_no_table_shows_is_protected_all_the_same():
    """Ten days or more: 40; more than ten: 38. The two at exactly ten could be worked out."""
    cells = {"from_10": 40, "over_10": 38, "exactly_10": 2}
    hidden = suppressed(cells, [Sum("from_10", ("over_10", "exactly_10"))], UNDER, ["exactly_10"])
    assert hidden == {"over_10"}


def test_a_table_without_small_cells_is_shown_whole_and_zeros_are_shown():
    cells, sums = table([[0, 9], [8, 7]])
    assert suppressed(cells, sums, UNDER) == set()
    assert suppressed(*table([[1, 9], [8, 7]]), 0) == set()


def test_two_cycles_joined_by_one_cell_give_it_away_only_to_who_adds_rows():
    """Each row and column has two hidden cells, so that no single sum tells; two rows less two columns do."""
    shape = {(0, 0), (0, 1), (1, 0), (1, 1), (2, 2), (2, 3), (3, 2), (3, 3)} | {(1, 2)}
    cells, sums = table([[9, 8, 9, 9], [7, 8, 3, 9], [9, 9, 8, 7], [9, 9, 9, 8]])
    assert bounds(cells, sums, shape, [(1, 2)]) == {(1, 2): (3, 3)}
    low, high = narrowed(cells, sums, shape)[1, 2]
    assert high - low >= UNDER - 1, "one sum after the other does not see it"
    hidden = suppressed(cells, sums, UNDER)
    low, high = bounds(cells, sums, hidden, [(1, 2)])[1, 2]
    assert (1, 2) in hidden and high - low >= UNDER - 1


def test_what_a_reader_would_miss_most_is_kept():
    cells, sums = table([[2, 9], [8, 7]])
    assert (0, "all") in suppressed(cells, sums, UNDER, weights={(0, 1): 90, (1, 1): 90, (1, 0): 90})
    assert (0, "all") not in suppressed(cells, sums, UNDER, weights={(0, "all"): 90, ("all", "all"): 90})


def test_small_cells_that_together_are_small_are_not_left_alone_in_a_sum():
    """Two schools of two children beside large ones: each may have 0 to 4, and yet all see that they have four."""
    cells = {"all": 84, "a": 2, "b": 2, "c": 30, "d": 50}
    sums = [Sum("all", ("a", "b", "c", "d"))]
    assert bounds(cells, sums, {"a", "b"}) == {"a": (0, 4), "b": (0, 4)}
    hidden = suppressed(cells, sums, UNDER)
    assert {"a", "b"} < hidden
    assert "all" in hidden or sum(cells[key] for key in hidden) >= UNDER


def test_a_large_cell_of_few_people_goes_as_a_small_one_does():
    cells = {"all": 110, "a": 30, "b": 40, "c": 40}
    sums = [Sum("all", ("a", "b", "c"))]
    assert suppressed(cells, sums, UNDER) == set()
    hidden = suppressed(cells, sums, UNDER, few={"a": frozenset({1, 2})})
    low, high = bounds(cells, sums, hidden, ["a"])["a"]
    assert "a" in hidden and high - low >= UNDER - 1
    assert suppressed(cells, sums, 0, few={"a": frozenset({1})}) == set()


@pytest.mark.parametrize("of_b, is_enough", [({1, 2, 3}, False), ({4, 5, 6}, True)])
def test_cells_of_the_same_few_people_are_not_left_alone_in_a_sum(of_b, is_enough):
    """Two months of three people each: what both have together is known, and is theirs if they are the same three."""
    cells = {"all": 140, "a": 30, "b": 30, "c": 30, "d": 50}
    few = {"a": frozenset({1, 2, 3}), "b": frozenset(of_b)}
    hidden = suppressed(cells, [Sum("all", ("a", "b", "c", "d"))], UNDER, few=few)
    assert {"a", "b"} <= hidden and (hidden == {"a", "b"}) == is_enough
