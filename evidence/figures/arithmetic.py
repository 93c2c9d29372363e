"""The arithmetic that documents print: whether a total, share or change they give follows from the figures beside it.

``printed_arithmetic.csv`` names the printed figure, how it is reckoned and from what; nothing is stored that we reckon.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable

from evidence.data import own_limits, store
from evidence.data.records import fact, flags
from evidence.figures.calculations import cell

STRICT = ("more than", "over", "less than", "under", "below")  # bounds that the figure itself does not meet


def weighted(first: float, second: float, share_of_first: float) -> float:
    """Return the rate of two groups together, of their rates and the share of the first, in per cent."""
    return (first * share_of_first + second * (100 - share_of_first)) / 100


WAYS: dict[str, Callable[..., float]] = {
    "sum": lambda *parts: math.fsum(parts),
    "rest": lambda *parts: 100 - math.fsum(parts),
    "share": lambda part, whole: 100 * part / whole,
    "fall": lambda before, after: 100 * (before - after) / before,
    "difference": lambda minuend, subtrahend: minuend - subtrahend,
    "ratio": lambda dividend, divisor: dividend / divisor,
    "weighted": weighted,
}


def figure(reference: str) -> float:
    """Return the number of a fact, of a cell (``table#row/column``) or of the upper end of a range (``fact/high``)."""
    if "#" in reference:
        return cell(reference)
    key, _, end = reference.partition("/")
    item = fact(key)
    return float(item.value_high if end == "high" else item.value)


def places(reference: str) -> int:
    """Return with how many decimals a figure is printed."""
    if "#" in reference:
        return 0
    printed = re.findall(r"\d+(?:\.(\d{1,2}))?(?!\d)", fact(reference.partition("/")[0]).as_reported)
    return max(map(len, printed), default=0)


def rounded(value: float, decimals: int) -> float:
    """Return a value rounded half up, as documents do."""
    return math.floor(value * 10**decimals + 0.5 + 1e-9) / 10**decimals


def reckoned(item) -> float:
    """Return the value of a row of ``printed_arithmetic.csv``, reckoned from its parts."""
    return WAYS[item.way](*map(figure, store.items(item.parts)))


def _slack(item, decimals: int) -> float:
    """Return how far a result may be off because its parts are rounded percentages."""
    unit = 0.5 * 10**-decimals
    parts = store.items(item.parts)
    if item.way in ("sum", "rest"):
        return unit * sum(map(_is_rate, parts))
    if item.way == "weighted":
        first, second, _ = map(figure, parts)
        return 2 * unit + unit * abs(first - second) / 100
    return 0.0


def follows(item) -> bool:
    """Return whether a printed figure follows from its parts, with what rounding and its own words allow."""
    printed, value, decimals = figure(item.printed), reckoned(item), places(item.printed)
    said = None if "#" in item.printed else fact(item.printed.partition("/")[0])
    if said and ("in_words" in flags(said) or said.qualifier == "about"):
        may_miss_pct = own_limits.in_words_pct() if "in_words" in flags(said) else own_limits.about_pct()
        return 100 * abs(value - printed) <= may_miss_pct * abs(printed)
    if said and said.qualifier in ("at_least", "at_most"):
        beyond = value - printed if said.qualifier == "at_least" else printed - value
        return beyond > (1e-9 if said.as_reported.lower().startswith(STRICT) else -1e-9)
    return rounded(value, decimals) == printed or abs(value - printed) <= _slack(item, decimals)


def _is_rate(reference: str) -> bool:
    """Return whether a figure is a percentage, which is rounded, and not a count."""
    if "#" in reference:
        return "pct" in reference or "percent" in reference
    return fact(reference.partition("/")[0]).unit == "percent"
