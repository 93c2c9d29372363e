"""The least and the most that unknown counts can be are those of every table that fits, and are proved."""

from __future__ import annotations

import itertools
import math
import random
from fractions import Fraction

import numpy as np
import pytest

from evidence.toolkit import linear
from evidence.toolkit.linear import UNBOUNDED, cheapest, ranges
from evidence.toolkit.suppression import Sum, bounds

ODD = np.array([[1, 1, 0], [0, 1, 1], [1, 0, 1]])  # three sums of two cells each: one solution, which halves an odd sum


def every_table(rows: list[int], columns: list[int]) -> list[tuple[int, ...]]:
    """Return all tables of two columns with these margins."""
    firsts = (range(total + 1) for total in rows)
    return [one for one in itertools.product(*firsts) if sum(one) == columns[0]]


@pytest.mark.parametrize("seed", range(40))
def test_bounds_are_those_of_every_table_that_fits(seed):
    dice = random.Random(seed)
    made = [[dice.randint(0, 6) for _ in range(2)] for _ in range(dice.randint(2, 5))]
    rows, columns = [sum(row) for row in made], [sum(row[place] for row in made) for place in range(2)]
    number = len(rows)
    matrix = np.zeros((number + 2, 2 * number))
    for row, place in itertools.product(range(number), range(2)):
        matrix[row, 2 * row + place] = matrix[number + place, 2 * row + place] = 1
    found = ranges(matrix, np.array([*rows, *columns], dtype=float), range(0, 2 * number, 2))
    tables = every_table(rows, columns)
    expected = {2 * row: (min(one[row] for one in tables), max(one[row] for one in tables)) for row in range(number)}
    assert found == expected


def test_halves_are_exact_and_what_has_no_end_or_no_solution_is_told():
    assert ranges(ODD, np.array([3, 4, 6]), [0]) == {0: (Fraction(5, 2), Fraction(5, 2))}
    assert ranges(np.array([[1, -1]]), np.array([2]), [0, 1]) == {0: (2, UNBOUNDED), 1: (0, UNBOUNDED)}
    with pytest.raises(ValueError, match="no numbers"):
        ranges(np.array([[1, 1], [1, 1]]), np.array([1, 2]), [0])


def test_a_bound_that_cannot_be_proved_calls_no_cell_safe(monkeypatch):
    cells = {"all": 9, "a": 4, "b": 5}
    assert bounds(cells, [Sum("all", ("a", "b"))], {"a", "b"}) == {"a": (0, 9), "b": (0, 9)}
    monkeypatch.setattr(linear, "PARTS", 1)
    assert all(map(math.isnan, ranges(ODD, np.array([3, 4, 6]), [0])[0]))
    monkeypatch.setattr(linear, "_extreme", lambda *given: math.nan)
    assert bounds(cells, [Sum("all", ("a", "b"))], {"a", "b"}) == {"a": (4, 4), "b": (5, 5)}


def test_nothing_is_printed(capfd):
    ranges(ODD, np.array([3, 4, 6]), [0])
    assert capfd.readouterr() == ("", "")


def test_the_cheapest_solution_keeps_to_its_limits():
    costs, most = np.array([1.0, 2.0]), np.array([3.0, UNBOUNDED])
    assert cheapest(np.array([[1, 1]]), np.array([5]), costs, most).tolist() == [3, 2]
    assert cheapest(np.array([[1, 0]]), np.array([5]), costs, most) is None
