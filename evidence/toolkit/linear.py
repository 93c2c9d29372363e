"""Unknown numbers of at least 0 that fulfil equations: how small and large each can be, and the cheapest of all."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

ZERO = 1e-7  # speed: what rounding leaves of a zero; coefficients are 1, 0 and -1, values are counts
PATIENCE = 200  # speed: steps by the steepest way before the one that cannot go round in circles
UNBOUNDED = float("inf")


def ranges(matrix: np.ndarray, right: np.ndarray, wanted: Iterable[int]) -> dict[int, tuple[float, float]]:
    """Return the least and the most of each wanted unknown x, of all with ``matrix`` · x = ``right`` and no x below 0.

    Real numbers are allowed, so that whole ones lie within. Raises ValueError where there is no solution.
    Method: the two phases of the simplex method (Dantzig 1963, Linear Programming and Extensions).
    """
    table, basis = _first_solution(matrix.astype(float), right.astype(float))
    found = {}
    for unknown in wanted:
        low, high = (_extreme(table.copy(), basis.copy(), unknown, sign) for sign in (-1.0, 1.0))
        found[unknown] = (low, high)
    return found


def cheapest(matrix: np.ndarray, right: np.ndarray, costs: np.ndarray, most: np.ndarray) -> np.ndarray | None:
    """Return the unknowns x of least ``costs`` · x with ``matrix`` · x = ``right`` and 0 ≤ x ≤ ``most``; None for none.

    The costs are at least 0. Method as in :func:`ranges`.
    """
    unknowns = matrix.shape[1]
    limited = np.flatnonzero(np.isfinite(most))
    limits = np.zeros((len(limited), unknowns))
    limits[np.arange(len(limited)), limited] = 1
    whole = np.vstack(
        [np.hstack([matrix, np.zeros((len(matrix), len(limited)))]), np.hstack([limits, np.eye(len(limited))])]
    )
    try:
        table, basis = _first_solution(whole, np.concatenate([right, most[limited]]))
    except ValueError:
        return None
    gains = np.concatenate([-costs, np.zeros(len(limited) + 1)])
    table[-1] = gains - gains[basis] @ table[:-1]
    _improved(table, basis, table.shape[1] - 1)
    found = np.zeros(table.shape[1] - 1)
    found[basis] = table[:-1, -1]
    return found[:unknowns]


def _pivot(table: np.ndarray, basis: np.ndarray, row: int, column: int) -> None:
    """Take an unknown into the basis in the place of another; most of a table is zeros, which change nothing."""
    table[row] /= table[row, column]
    others = table[:, column].copy()
    others[row] = 0
    (rows,), (columns,) = others.nonzero(), table[row].nonzero()
    table[rows[:, None], columns] -= others[rows, None] * table[row, columns]
    if row < len(basis):
        basis[row] = column


def _improved(table: np.ndarray, basis: np.ndarray, unknowns: int) -> bool:
    """Go from solution to solution until the last row, the gains, has none; return False where there is no limit."""
    steps = 0
    while True:
        gains = table[-1, :unknowns]
        (open_,) = (gains > ZERO).nonzero()
        if not len(open_):
            return True
        column = int(open_[0] if steps > PATIENCE else gains.argmax())
        (rows,) = (table[: len(basis), column] > ZERO).nonzero()
        if not len(rows):
            return False
        limits = table[rows, -1] / table[rows, column]
        nearest = rows[limits <= limits.min() + ZERO]
        _pivot(table, basis, int(nearest[basis[nearest].argmin()]), column)
        steps += 1


def _first_solution(matrix: np.ndarray, right: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return a solution as a table, with an empty last row, and the unknowns of its basis."""
    rows, unknowns = matrix.shape
    signs = np.where(right < 0, -1.0, 1.0)
    body = np.hstack([matrix * signs[:, None], np.eye(rows), (right * signs)[:, None]])
    table, basis = np.vstack([body, body.sum(axis=0)]), unknowns + np.arange(rows)
    table[-1, unknowns : unknowns + rows] = 0
    _improved(table, basis, unknowns)
    if table[-1, -1] > ZERO * max(1.0, np.abs(right).max(initial=0)) * rows:
        raise ValueError("no numbers fulfil the equations")
    kept = []
    for row in range(rows):
        if basis[row] >= unknowns:  # only zeros stand for it: another takes its place, or the equation says nothing new
            columns = np.flatnonzero(np.abs(table[row, :unknowns]) > ZERO)
            if not len(columns):
                continue
            _pivot(table, basis, row, int(columns[0]))
        kept.append(row)
    solution = np.vstack([table[kept], np.zeros(table.shape[1])])
    return np.delete(solution, range(unknowns, unknowns + rows), axis=1), basis[kept]


def _extreme(table: np.ndarray, basis: np.ndarray, unknown: int, sign: float) -> float:
    """Return the most (``sign`` 1) or the least (-1) of an unknown, from a solution on."""
    table[-1, unknown] = sign
    place = np.flatnonzero(basis == unknown)
    if len(place):
        table[-1] -= sign * table[place[0]]
    if not _improved(table, basis, table.shape[1] - 1):
        return sign * UNBOUNDED
    place = np.flatnonzero(basis == unknown)
    return float(table[place[0], -1]) if len(place) else 0.0
