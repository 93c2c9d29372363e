"""Intervals around shares, at the level of confidence that our limits set."""

from __future__ import annotations

from statistics import NormalDist

from evidence.data import own_limits


def interval_pct(part: float, whole: float) -> tuple[float, float]:
    """Return the interval of a share that the book shows, in per cent (low, high); see :func:`wilson_interval_pct`.

    Raises ZeroDivisionError for an empty base.
    """
    return wilson_interval_pct(part, whole, own_limits.interval_confidence_pct())


def wilson_interval_pct(part: float, whole: float, confidence_pct: float) -> tuple[float, float]:
    """Return the Wilson score interval of a proportion, in per cent (low, high).

    Centre (p + z²/2n) / (1 + z²/n), half width z/(1 + z²/n) · √(p(1−p)/n + z²/4n²), with
    p = part / whole, n = whole and z the normal quantile of the confidence level. It treats
    the counts as a sample, which a full register is not: a reading aid for small numbers.
    Raises ZeroDivisionError for an empty base.
    """
    z = NormalDist().inv_cdf(0.5 + confidence_pct / 200)
    p = part / whole
    centre = (p + z**2 / (2 * whole)) / (1 + z**2 / whole)
    half = z / (1 + z**2 / whole) * (p * (1 - p) / whole + z**2 / (4 * whole**2)) ** 0.5
    return 100 * max(0.0, centre - half), 100 * min(1.0, centre + half)
