"""What a figure as printed says: its value, the upper end of a range, how exact it is."""

from __future__ import annotations

import re

from evidence.checks.facts import FIGURE, SCALES, printed_numbers

WORDS = {  # how exact a document says a figure is, by its words; the first that stands there decides
    "at_most": r"less than|fewer than|lower than|not more than|no more than|at most|up to|under|below|within",
    "at_least": r"more than|at least|over|above|not less than|no less than|no fewer than|or more",
    "about": r"about|around|approximately|approx|some|nearly|almost|roughly|close to|circa",
}
NO_NUMBER = re.compile(
    r"\b(?:a|an|another|only|no|not|none|one of|(?:thousand|million)s?)\b", re.IGNORECASE
)  # may be one
SHARE = re.compile(r"\b(?:majority|most|minority)\b", re.IGNORECASE)  # a number beside it is of something else
SYMBOLS = {"<": "at_most", "≤": "at_most", ">": "at_least", "≥": "at_least", "~": "about", "≈": "about"}
RANGE = re.compile(r"\d\s*(?:[-–—]|\bto\b|\band\b)\s*\d")


def numbers(as_reported: str, unit: str) -> list[float]:
    """Return the numbers that a figure as printed gives one reading of, in their order; none where it is in doubt."""
    if SHARE.search(as_reported):
        return []
    in_words = printed_numbers(re.sub(r"\d[\d., ]*", "", NO_NUMBER.sub("", as_reported)), unit)
    if not re.search(r"\d", as_reported):
        is_scaled = any(re.search(rf"\b{word}", as_reported.lower()) for word in SCALES)  # six million
        return [round(number, 1) for number in in_words] if len(in_words) == 1 and not is_scaled else []
    if in_words:
        return []  # three months in 2020
    found = []
    for sign, digits in FIGURE.findall(re.sub(r"(?<=\d)[-–—](?=\d)", " to ", as_reported)):
        if re.fullmatch(r"\d{1,3}\.\d{3}", digits):
            return []  # 7.648 is a decimal or thousands
        plain = digits.replace(" ", "")
        plain = plain.replace(",", "." if re.fullmatch(r"\d+,\d{1,2}", digits) else "")
        found.append(float(f"{'-' if sign else ''}{plain}"))
    scales = [factor for word, factor in SCALES.items() if re.search(rf"\b{word}\b", as_reported.lower())]
    if scales and not unit.endswith("_bn"):
        found = [number * scales[0] for number in found] if len(scales) == 1 else []
    return found


def qualifier(as_reported: str, is_range: bool = False) -> str:
    """Return how exact a figure as printed says it is."""
    if is_range:
        return "range"
    text = as_reported.lower()
    hits = [name for name, words in WORDS.items() if re.search(rf"(?<!\w)(?:{words})(?!\w)", text)]
    hits += [name for symbol, name in SYMBOLS.items() if symbol in text]
    return hits[0] if hits else "exact"


def read(as_reported: str, unit: str) -> dict[str, str]:
    """Return ``value``, ``value_high``, ``qualifier`` and ``flags`` as far as a figure as printed leaves no doubt.

    A figure of several numbers that are no range leaves its value open; a figure in words is flagged as such.
    """
    found, is_range = numbers(as_reported, unit), bool(RANGE.search(as_reported))
    cells = {"qualifier": qualifier(as_reported, is_range and len(found) == 2)}
    if len(found) == 2 and is_range and found[0] < found[1]:
        cells |= {"value": _text(found[0]), "value_high": _text(found[1])}
    elif len(found) == 1:
        cells["value"] = _text(found[0])
    if not re.search(r"\d", as_reported):
        cells["flags"] = "in_words"
    return cells


def _text(number: float) -> str:
    """Return a number as a cell holds it: no separators, no exponent, no zeros at its end."""
    return f"{number:.6f}".rstrip("0").rstrip(".")
