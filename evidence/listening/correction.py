"""The errors of the queries, as people found them, carried into the shares that rest on the queries.

People label posts that a query finds and posts that it does not, drawn apart, so that both errors are known.
They are taken to be the same on every platform, in every month and region: where they are not, a corrected share is
wrong as well, and only more labels can tell.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from evidence.listening.intervals import CONFIDENCE, NOTHING, Estimate
from evidence.listening.rules import Parameter, Rule
from evidence.listening.validation import DRAWS, SEED, TOPIC, settled

LEAST_LABELS = Parameter(
    "least_labels", 20, "ours", "fewer say next to nothing of an error", "Labels that each of the two strata needs"
)
CORRECTION = Rule(
    "correction",
    "Shares corrected for the errors of the queries",
    "A share that a query finds is corrected by the query's sensitivity and specificity: (share found + specificity "
    "− 1) / (sensitivity + specificity − 1), kept between nothing and all. Its interval comes from draws of the share "
    "and of both errors together. A share whose query has fewer than {least_labels} labels of posts found, or of posts "
    "not found, is not corrected and is marked as not checked",
    "imported",
    "Rogan and Gladen 1978, American Journal of Epidemiology 107(1), 71-76, who state the formula; the draws are ours",
    (LEAST_LABELS,),
)
HEADS = (  # of the table
    "corpus", "book", "code", "title", "by", "slice", "posts", "of", "share_pct", "corrected_pct", "low_pct",
    "high_pct", "labelled",
)  # fmt: skip


@dataclass(frozen=True)
class Errors:
    """What is known of a query's errors: sensitivity and specificity as found, their draws, and labels behind them."""

    sensitivity: float
    specificity: float
    sensitivities: np.ndarray
    specificities: np.ndarray
    labelled: int


def errors_of(
    posts: pd.Series, found: set[str], labels: pd.DataFrame, seed: int = SEED.default, least: int = LEAST_LABELS.default
) -> Errors | None:
    """Return the errors of a query over posts (their names), None where too few are labelled.

    Strata are posts found and posts not found, weighted by their size; shares are drawn with Jeffreys' prior.
    """
    answers, is_found = settled(labels), posts.isin(found)
    chance, sizes, point, drawn, number = np.random.default_rng(seed), [], [], [], []
    for stratum in (posts[is_found], posts[~is_found]):
        told = answers[answers.index.isin(stratum)]
        sizes.append(len(stratum))
        number.append(len(told))
        if len(told) < min(least, len(stratum)):
            return None
        yes = int(told.sum())
        point.append(yes / len(told) if len(told) else 0.0)
        drawn.append(chance.beta(yes + 0.5, len(told) - yes + 0.5, DRAWS) if len(told) else np.zeros(DRAWS))
    if not all(sizes):
        return None
    sensitivity, specificity = (float(rate) for rate in _rates(sizes, *point))
    sensitivities, specificities = _rates(sizes, *drawn)
    return Errors(sensitivity, specificity, sensitivities, specificities, sum(number))


def _rates(
    sizes: list[int], found_right: np.ndarray | float, missed: np.ndarray | float
) -> tuple[np.ndarray, np.ndarray]:
    """Return sensitivity and specificity from the shares of relevant posts among those found and not found."""
    hits, lost = sizes[0] * np.asarray(found_right), sizes[1] * np.asarray(missed)
    relevant = hits + lost
    others = sizes[0] + sizes[1] - relevant
    with np.errstate(invalid="ignore", divide="ignore"):
        return hits / relevant, (sizes[1] - lost) / others


def true_share(share: np.ndarray | float, sensitivity: np.ndarray | float, specificity: np.ndarray | float):
    """Return the share that lies behind a share found, between 0 and 1; not a number where the query tells nothing.

    Source: Rogan and Gladen 1978.
    """
    power = np.asarray(sensitivity) + specificity - 1
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(power > 0, np.clip((share + np.asarray(specificity) - 1) / power, 0, 1), np.nan)


def _drawn(part: int, whole: int, errors: Errors, chance: np.random.Generator) -> np.ndarray:
    """Return draws of the true share of a slice, of which the query finds ``part`` of ``whole``."""
    found = chance.beta(part + 0.5, whole - part + 0.5, DRAWS)
    return true_share(found, errors.sensitivities, errors.specificities)


def _middle(value: float, drawn: np.ndarray, confidence: float) -> Estimate:
    """Return a value in per cent with the middle of its draws; the value itself is always inside."""
    drawn = drawn[np.isfinite(drawn)]
    if not np.isfinite(value) or not len(drawn):
        return NOTHING
    low, high = np.quantile(drawn, [(1 - confidence) / 2, (1 + confidence) / 2])
    return Estimate(100 * value, 100 * min(float(low), value), 100 * max(float(high), value))


def corrected_pct(
    part: int, whole: int, errors: Errors | None, confidence: float = CONFIDENCE.default, seed: int = SEED.default
) -> Estimate:
    """Return the corrected share of posts in per cent with its interval; nothing where no errors are known."""
    if errors is None or not whole:
        return NOTHING
    value = float(true_share(part / whole, errors.sensitivity, errors.specificity))
    return _middle(value, _drawn(part, whole, errors, np.random.default_rng(seed)), confidence)


def corrected_parts_pct(
    parts: Mapping[str, tuple[int, int, Errors | None]],
    confidence: float = CONFIDENCE.default,
    seed: int = SEED.default,
) -> dict[str, Estimate]:
    """Return what share of all relevant posts each part holds, corrected; nothing where any part's errors are unknown.

    A part is how many posts a query finds in it, of how many, and the errors of that query.
    """
    chance = np.random.default_rng(seed)
    point: dict[str, float] = {}
    drawn: dict[str, np.ndarray] = {}
    for name, (part, whole, errors) in parts.items():
        if errors is None:
            return dict.fromkeys(parts, NOTHING)
        share = part / whole if whole else 0.0
        point[name] = whole * float(true_share(share, errors.sensitivity, errors.specificity))
        drawn[name] = whole * _drawn(part, whole, errors, chance)
    total, totals = sum(point.values()), sum(drawn.values(), np.zeros(DRAWS))
    if not total:
        return dict.fromkeys(parts, NOTHING)
    with np.errstate(invalid="ignore", divide="ignore"):
        return {name: _middle(point[name] / total, drawn[name] / totals, confidence) for name in parts}


__all__ = ["CORRECTION", "HEADS", "TOPIC", "Errors", "corrected_parts_pct", "corrected_pct", "errors_of", "true_share"]
