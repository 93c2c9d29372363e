"""Unknown numbers of at least 0 that fulfil equations: how small and large each can be, and the cheapest of all.

HiGHS solves them (Huangfu and Hall 2018, Parallelizing the dual revised simplex method, Mathematical Programming
Computation 10, 119-142). It reckons in floating point; so each least and most is checked in whole numbers here.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import lcm, nan
from typing import Any

import highspy
import numpy as np

ZERO = 1e-6  # speed: what rounding leaves of a zero; coefficients are 1, 0 and -1, values are counts
PARTS = 1000  # speed: denominators that solutions of such equations may have; larger ones were never met
UNBOUNDED = float("inf")


def ranges(matrix: np.ndarray, right: np.ndarray, wanted: Iterable[int]) -> dict[int, tuple[Any, Any]]:
    """Return the least and the most of each wanted unknown x, of all with ``matrix`` · x = ``right`` and no x below 0.

    Both are fractions, of a solution that fulfils the equations exactly, or ``UNBOUNDED``: whatever lies between them
    is possible indeed. NaN stands for one of which no such solution was found. ``matrix`` and ``right`` are whole
    numbers. Raises ValueError where there is no solution.
    """
    model = _model(matrix, right)
    if not _is_solved(model):
        raise ValueError("no numbers fulfil the equations")
    found = {}
    for unknown in wanted:
        found[unknown] = tuple(_extreme(model, matrix, right, unknown, sign) for sign in (1.0, -1.0))
        model.changeColCost(unknown, 0.0)
    return found


def cheapest(matrix: np.ndarray, right: np.ndarray, costs: np.ndarray, most: np.ndarray) -> np.ndarray | None:
    """Return the unknowns x of least ``costs`` · x with ``matrix`` · x = ``right`` and 0 ≤ x ≤ ``most``; None for none.

    The costs are at least 0.
    """
    model = _model(matrix, right, costs, most)
    return np.array(model.getSolution().col_value) if _is_solved(model) else None


def _model(
    matrix: np.ndarray, right: np.ndarray, costs: np.ndarray | None = None, most: np.ndarray | None = None
) -> highspy.Highs:
    """Return the equations as HiGHS takes them: on one thread, so that the same ones give the same solution."""
    rows, unknowns = matrix.shape
    row, column = np.nonzero(matrix)
    given = highspy.HighsLp()
    given.num_row_, given.num_col_ = rows, unknowns
    given.row_lower_ = given.row_upper_ = right.astype(float)
    given.col_lower_ = np.zeros(unknowns)
    given.col_upper_ = np.full(unknowns, UNBOUNDED) if most is None else most
    given.col_cost_ = np.zeros(unknowns) if costs is None else costs
    given.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    given.a_matrix_.start_ = np.concatenate([[0], np.cumsum(np.bincount(row, minlength=rows))]).astype(np.int32)
    given.a_matrix_.index_, given.a_matrix_.value_ = column.astype(np.int32), matrix[row, column].astype(float)
    model = highspy.Highs()
    model.setOptionValue("output_flag", False)
    model.setOptionValue("threads", 1)
    model.passModel(given)
    return model


def _is_solved(model: highspy.Highs) -> bool:
    """Solve, and return whether there is a best solution."""
    model.run()
    return model.getModelStatus() == highspy.HighsModelStatus.kOptimal


def _extreme(model: highspy.Highs, matrix: np.ndarray, right: np.ndarray, unknown: int, sign: float) -> Any:
    """Return the least (``sign`` 1) or the most (-1) of an unknown, which has some solution."""
    model.changeColCost(unknown, sign)
    if not _is_solved(model):
        return UNBOUNDED
    exact = [Fraction(value).limit_denominator(PARTS) for value in model.getSolution().col_value]
    whole = lcm(*(value.denominator for value in exact))
    if whole > PARTS:
        return nan
    numbers = np.array([int(value * whole) for value in exact], dtype=np.int64)
    is_true = (numbers >= 0).all() and (matrix.astype(np.int64) @ numbers == right.astype(np.int64) * whole).all()
    return exact[unknown] if is_true else nan
