"""Shares, quotients and trends with their intervals; agreement of people. Posts are treated as independent."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import NormalDist
from typing import NamedTuple

import numpy as np

from evidence.listening.rules import Parameter, Rule

CONFIDENCE = Parameter("confidence", 0.95, "ours", "the custom", "Level of confidence")
WILSON = Rule(
    "wilson",
    "Interval of a share",
    "A share stands with its Wilson score interval at {confidence:.0%}. It treats posts as independent draws, which "
    "posts of one author are not, and says nothing of people who do not post",
    "imported",
    "Wilson 1927, Journal of the American Statistical Association 22(158), 209-212",
    (CONFIDENCE,),
)
KAPPA = Rule(
    "kappa",
    "Agreement of two people",
    "Cohen's kappa is agreement beyond chance, as part of what chance leaves open, with its interval at "
    "{confidence:.0%} from the large-sample standard error",
    "imported",
    "Cohen 1960, Educational and Psychological Measurement 20(1), 37-46",
    (CONFIDENCE,),
)


class Estimate(NamedTuple):
    """A figure with its interval; missing (NaN) where nothing can be said."""

    value: float
    low: float
    high: float


NOTHING = Estimate(float("nan"), float("nan"), float("nan"))


def normal(confidence: float = 0.95) -> float:
    """Return the quantile of the normal distribution for a two-sided interval."""
    return NormalDist().inv_cdf(0.5 + confidence / 2)


def share_pct(part: int, whole: int, confidence: float = 0.95) -> Estimate:
    """Return a share in per cent with its Wilson interval, nothing for an empty base.

    Centre (p + z²/2n) / (1 + z²/n), half width z/(1 + z²/n) · √(p(1−p)/n + z²/4n²). Source: Wilson 1927. Raises
    ValueError for impossible counts.
    """
    if part < 0 or whole < 0 or part > whole:
        raise ValueError(f"{part} of {whole}: a part is at least 0 and at most its whole")
    if not whole:
        return NOTHING
    z, p, n = normal(confidence), part / whole, whole
    centre = (p + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z / (1 + z**2 / n) * (p * (1 - p) / n + z**2 / (4 * n**2)) ** 0.5
    return Estimate(100 * p, 100 * max(0.0, centre - half), 100 * min(1.0, centre + half))


def location_quotient(part: int, whole: int, base: float, base_whole: float, confidence: float = 0.95) -> Estimate:
    """Return how many times a place's share of posts is its share of a base, with its interval.

    (part / whole) / (base / base_whole); the interval is that of the Wilson share of posts, the base taken as known.
    Nothing where a base is empty.
    """
    if not whole or not base or not base_whole:
        return NOTHING
    share = share_pct(part, whole, confidence)
    weight = 100 * base / base_whole
    return Estimate(share.value / weight, share.low / weight, share.high / weight)


def growth_pct(counts: Sequence[int], confidence: float = 0.95, periods: Sequence[int] | None = None) -> Estimate:
    """Return by how many per cent counts grow from one period to the next, with its interval.

    A Poisson regression with a log link on the number of the period; the standard error is widened by the dispersion
    (quasi-Poisson: Pearson's χ² by n − 2, at least 1). ``periods`` are the numbers of the periods where some are left
    out. Nothing for fewer than four periods or no count at all. Source: McCullagh and Nelder 1989, Generalized Linear
    Models, chapter 6.
    """
    y = np.asarray(counts, dtype=float)
    if len(y) < 4 or not y.sum():
        return NOTHING
    when = np.arange(len(y)) if periods is None else np.asarray(periods)
    x = np.column_stack([np.ones(len(y)), when - when.mean()])
    slope = np.array([np.log(y.mean()), 0.0])
    for _ in range(100):
        mean = np.exp(np.clip(x @ slope, -30, 30))
        step = np.linalg.solve(x.T @ (mean[:, None] * x), x.T @ (y - mean))
        slope = slope + step
        if np.abs(step).max() < 1e-10:
            break
    mean = np.exp(x @ slope)
    dispersion = max(1.0, float(((y - mean) ** 2 / mean).sum() / (len(y) - 2)))
    error = float(np.sqrt(dispersion * np.linalg.inv(x.T @ (mean[:, None] * x))[1, 1]))
    half = normal(confidence) * error
    low, value, high = (100 * (float(np.exp(slope[1] + shift)) - 1) for shift in (-half, 0.0, half))
    return Estimate(value, low, high)


def kappa(both: int, only_one: int, only_other: int, neither: int, confidence: float = 0.95) -> Estimate:
    """Return Cohen's kappa of two people's yes and no, with its interval; nothing where chance leaves nothing open.

    (p − e) / (1 − e) with standard error √(p(1−p) / (n(1−e)²)). Source: Cohen 1960.
    """
    n = both + only_one + only_other + neither
    if not n:
        return NOTHING
    agreed = (both + neither) / n
    one, other = (both + only_one) / n, (both + only_other) / n
    chance = one * other + (1 - one) * (1 - other)
    if chance == 1:
        return NOTHING
    half = normal(confidence) * (agreed * (1 - agreed) / n) ** 0.5 / (1 - chance)
    value = (agreed - chance) / (1 - chance)
    return Estimate(value, max(-1.0, value - half), min(1.0, value + half))


def log_likelihood(one: int, one_whole: int, other: int, other_whole: int) -> float:
    """Return how surprising it is that a word's rate differs between two corpora (G², one degree of freedom).

    2 (a ln(a/E₁) + b ln(b/E₂)) with the counts expected at one common rate. Source: Rayson and Garside 2000, after
    Dunning 1993, Computational Linguistics 19(1), 61-74.
    """
    total = (one + other) / (one_whole + other_whole)
    parts = [(one, one_whole * total), (other, other_whole * total)]
    return 2 * sum(count * float(np.log(count / expected)) for count, expected in parts if count)


def log_ratio(one: int, one_whole: int, other: int, other_whole: int, confidence: float = 0.95) -> Estimate:
    """Return how many times a word doubles from the other corpus to the one (binary logarithm), with its interval.

    Half a count is added to each, so that a word that only one corpus has gets a finite ratio. Source: Hardie 2014
    (log ratio); the interval, from the Poisson error of both counts, is ours.
    """
    a, b = one + 0.5, other + 0.5
    value = float(np.log2((a / one_whole) / (b / other_whole)))
    half = normal(confidence) * float(np.sqrt(1 / a + 1 / b)) / float(np.log(2))
    return Estimate(value, value - half, value + half)
