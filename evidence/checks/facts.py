"""Facts against themselves: the value against the figure as printed, and against the cell it is read from."""

from __future__ import annotations

import math
import re

from evidence.data import store
from evidence.data.format import as_printed
from evidence.data.records import flags
from evidence.data.rules import Problem
from evidence.data.store import UnknownId
from evidence.figures.calculations import cell

UNITS = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
seventeen eighteen nineteen""".split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
WORDS = {word: float(number) for number, word in enumerate(UNITS)}
WORDS |= {word: 10.0 * number for number, word in enumerate(TENS, start=2)}
WORDS |= {f"{ten}-{one}": WORDS[ten] + WORDS[one] for ten in TENS for one in UNITS[1:10]}
WORDS |= {"dozen": 12.0, "once": 1.0, "twice": 2.0, "first": 1.0, "second": 2.0, "seventh": 7.0, "eleventh": 11.0}
WORDS |= {"thousand": 1e3, "тысяча": 1e3, "million": 1e6, "a": 1.0, "an": 1.0, "another": 1.0, "only": 1.0}
WORDS |= {"decade": 10.0, "birth": 0.0, "no": 0.0, "not": 0.0, "none": 0.0, "nobody": 0.0}
# form: what words of documents stand for: times a year, parts in per cent, multiples
PER_YEAR = {"yearly": 1.0, "annually": 1.0, "biannual": 2.0, "quarter": 4.0, "monthly": 12.0, "weekly": 52.0}
PARTS = {"half": 50.0, "third": 100 / 3, "one-third": 100 / 3, "quarter": 25.0, "fifth": 20.0}
WHOLE = ("all", "every", "each", "full")  # in per cent
SCALES = {"thousand": 1e3, "тысяч": 1e3, "тысяча": 1e3, "million": 1e6, "billion": 1e9}
FIGURE = re.compile(r"(?<![\w.,])([-−]?)(\d{1,3}(?:[ ,]\d{3})+(?:\.\d+)?|\d+(?:[.,]\d+)?|\.\d+)", re.ASCII)
OUT_OF = re.compile(r"\b(\w+) (?:in|out of) (\w+)\b")
ROUNDING = 0.05  # form: a part in words (a third) is kept to one decimal


def number_of(figure: str) -> float:
    """Return the number of a figure with separators of thousands, commas or spaces."""
    return float(figure.replace(",", "").replace(" ", ""))


def _figures(text: str, value: float) -> set[float]:
    """Return the numbers printed in figures; in one of a ``value`` from 1,000 on a dot may separate thousands."""
    found: set[float] = set()
    for sign, digits in FIGURE.findall(text):
        number = number_of(digits)
        if re.fullmatch(r"\d+,\d{1,2}", digits):  # a decimal comma
            number = float(digits.replace(",", "."))
        if value >= 1000 and re.fullmatch(r"\d{1,3}[.]\d{3}", digits):
            number = float(digits.replace(".", ""))
        found.add(-number if sign else number)
    return found | {number_of(digits) for digits in re.findall(r"\d[\d ]*(?=\D|$)", text)}


def _words(text: str, unit: str) -> set[float]:
    """Return the numbers that words of a text may mean in a unit: three, twice, a third, every quarter, none."""
    parts = re.findall(r"[\w-]+", text.lower())
    joined = [part for part in parts if "-" in part]
    parts += [part for token in joined for part in (*token.split("-"), *re.findall(r"\w+-\w+", token))]
    found = {WORDS[part] for part in parts if part in WORDS}
    if unit == "percent":
        found |= {PARTS[part] for part in parts if part in PARTS}
        found |= {100.0 for part in parts if part in WHOLE}
        pairs = [(WORDS.get(part), WORDS.get(whole)) for part, whole in OUT_OF.findall(text.lower())]
        found |= {100 * part / whole for part, whole in pairs if part and whole}
    if unit == "events_per_year":
        found |= {PER_YEAR[part] for part in parts if part in PER_YEAR}
    return found


def printed_numbers(text: str, unit: str, value: float = math.nan) -> set[float]:
    """Return every number that a figure as printed can mean, in figures or in words, with its scale (``5.7 million``).

    ``value`` decides only whether 7.648 may be read as thousands.
    """
    found = _figures(text, value) | _words(text, unit)
    said = text.lower()
    scales = [factor for word, factor in SCALES.items() if word in said and re.search(rf"\b{word}\b", said)]
    if unit.endswith("_bn"):
        scales = []
    return found | {number * factor for number in found for factor in scales}


def _readings(known: set[float], text: str) -> str:
    """Return the numbers that can be read in a figure as printed, for a message; parts of others are left out."""
    whole = {number_of(figure) for _, figure in FIGURE.findall(text)}
    shown = sorted(number for number in known if number in whole or number % 1 or not whole)
    return f"; it says {' or '.join(f'{number:g}' for number in shown)}" if shown else "; no number is read in it"


def fault(item) -> str | None:
    """Return what is wrong with the value of a fact, or None."""
    given = [value for value in (item.value, item.value_high) if not math.isnan(value)]
    if "lost_in_source" in flags(item):
        return "has a value, and is flagged as lost in the source" if given else None
    if {"counted", "damaged_print"} & set(flags(item)):
        return None
    known = printed_numbers(item.as_reported, item.unit, item.value)
    for value in given:
        if not any(math.isclose(value, number, abs_tol=ROUNDING if number % 1 else 1e-9) for number in known):
            return f"{value:g} is not what {item.as_reported!r} says{_readings(known, item.as_reported)}"
    if not given and re.search(r"\d", item.as_reported) and "in_words" not in flags(item):
        return f"is empty, although a figure is printed: {item.as_reported!r}"
    if len(given) == 2 and given[0] >= given[1]:
        return f"{given[0]:g} is not below value_high, {given[1]:g}"
    if (item.qualifier == "range") != (len(given) == 2):
        return "a range has value and value_high, and only a range has both"
    return None


def value_problems() -> list[Problem]:
    """Return the facts whose value is not the figure as printed.

    Rule: the value (and ``value_high``) is a number that ``as_reported`` prints, in figures or in words. Flags name
    the exceptions: ``counted`` (by us, in a list), ``damaged_print`` (read by us), ``lost_in_source``.
    """
    found = []
    for number, item in store.numbered("facts"):
        rule = fault(item)
        if rule:
            found.append(Problem("facts.csv", number, "value", f"{item.value:g}", f"{item.id}: {rule}"))
    return found


CYRILLIC = re.compile("[\u0400-\u04ff]")

# How a sentence says that a figure is no exact one; a range has both ends instead.
SAYS = {
    "about": r"about|around|almost|nearly|some|half|third|quarter|(?:one|two|three) in",
    "at_least": r"more|over|at least|or more",
    "at_most": r"up to|under|below|at most|less|until|few|no more",
}


def _wording_fault(item) -> str | None:
    """Return what is wrong with how a fact is worded for sentences, or None."""
    if not item.in_sentence:
        return "say it in English: it is printed in another language" if CYRILLIC.search(item.as_reported) else None
    if item.in_sentence == as_printed(item):
        return "is how it reads anyway; empty the cell"
    told = printed_numbers(item.in_sentence, item.unit, item.value)
    printed = printed_numbers(item.as_reported, item.unit, item.value)
    if added := {number_of(figure) for _, figure in FIGURE.findall(item.in_sentence)} - printed:
        return f"says {', '.join(f'{number:g}' for number in sorted(added))}, which {item.as_reported!r} does not"
    for value in (item.value, item.value_high):
        if not math.isnan(value) and not any(math.isclose(value, number, abs_tol=ROUNDING) for number in told):
            return f"does not say {value:g}"
    hedge = re.compile(rf"\b(?:{SAYS.get(item.qualifier, '')})\b")
    if item.qualifier in SAYS and hedge.search(item.as_reported.lower()) and not hedge.search(item.in_sentence.lower()):
        return f"does not say that the figure is {item.qualifier.replace('_', ' ')}"
    return None


def wording_problems() -> list[Problem]:
    """Return the facts whose wording for sentences adds a number, loses one, or makes an inexact figure exact.

    A figure printed in Russian needs one: sentences, titles and results of the search are in English.
    """
    return [
        Problem("facts.csv", number, "in_sentence", item.in_sentence, f"{item.id}: {rule}")
        for number, item in store.numbered("facts")
        if (rule := _wording_fault(item))
    ]


def cell_problems() -> list[Problem]:
    """Return the facts whose value is not that of the cell of a printed table they are read from."""
    found = []
    for number, item in store.numbered("facts"):
        if not item.cell:
            continue
        try:
            value = cell(item.cell)
        except UnknownId as error:
            found.append(Problem("facts.csv", number, "cell", item.cell, f"{item.id}: {error}"))
            continue
        if value != item.value:
            rule = f"{item.id}: holds {value:g}, the fact {item.value:g}"
            found.append(Problem("facts.csv", number, "cell", item.cell, rule))
    return found
