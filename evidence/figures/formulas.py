"""Formulas of derived figures: small pure functions of numbers."""

from __future__ import annotations


def share_pct(part: float, whole: float) -> float:
    """Share of ``part`` in ``whole``, in per cent: part / whole × 100."""
    return 100 * part / whole


def change_pct(before: float, after: float) -> float:
    """Change from ``before`` to ``after``, in per cent of ``before``: (after − before) / before × 100."""
    return 100 * (after - before) / before


def fall_pct(before: float, after: float) -> float:
    """Fall from ``before`` to ``after``, in per cent of ``before``: (before − after) / before × 100."""
    return -change_pct(before, after)


def difference(minuend: float, subtrahend: float) -> float:
    """Difference: minuend − subtrahend."""
    return minuend - subtrahend


def remainder_share_pct(part: float, whole: float, excluded_part: float, excluded_whole: float) -> float:
    """Share in per cent after taking one place out: (part − excluded part) / (whole − excluded whole) × 100."""
    return share_pct(part - excluded_part, whole - excluded_whole)


def remainder_fall_pct(before: float, after: float, excluded_before: float, excluded_after: float) -> float:
    """Fall in per cent after taking one place out of both years."""
    return fall_pct(before - excluded_before, after - excluded_after)


def share_of_change_pct(before: float, after: float, part_before: float, part_after: float) -> float:
    """Share of the change of a total that comes from one part: part change / total change × 100."""
    return share_pct(part_after - part_before, after - before)


def complement_pct(share: float) -> float:
    """What is left to a hundred per cent: 100 − share."""
    return 100 - share


def total(first: float, second: float) -> float:
    """Sum: first + second."""
    return first + second


def count_of(share: float, whole: float) -> float:
    """Whole number of people nearest to a share of a group: share × whole / 100, rounded, halves up."""
    return float(int(share * whole / 100 + 0.5))


def ratio(dividend: float, divisor: float) -> float:
    """How many of one come to each of the other: dividend / divisor."""
    return dividend / divisor


def implied_total(part: float, share: float) -> float:
    """Whole of which ``part`` is ``share`` per cent: part / share × 100."""
    return 100 * part / share


def weight_points(weight_before: float, weight_after: float, share: float, other_share: float) -> float:
    """Points by which a share of all rises as one group weighs more: weight gained × (its share − others’) / 100."""
    return (weight_after - weight_before) * (share - other_share) / 100


def taken_from_rows(figure: float) -> float:
    """Figure over all rows of a table, counted or added up when a page needs it."""
    return figure


def implied_weight_pct(whole: float, first: float, second: float) -> float:
    """Weight of the first of two groups whose rates average to the whole: (whole − second) / (first − second) × 100."""
    return share_pct(whole - second, first - second)
