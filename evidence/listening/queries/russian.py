"""Lemmas of Russian words, from the dictionary of pymorphy3."""

from __future__ import annotations

from functools import cache
from typing import Any

from evidence.listening.extras import needed

FUNCTION = frozenset(("PREP", "CONJ", "PRCL", "NPRO", "INTJ", "NUMR", "PRED"))
NAMES = {"Name", "Surn", "Patr"}  # first names, surnames and patronymics, as the dictionary marks them
LEAST_SCORE = 0.1  # readings of a form that are rarer than this are not taken


@cache
def _analyser() -> Any:
    return needed("pymorphy3").MorphAnalyzer()


@cache
def _read(word: str) -> tuple[frozenset[str], str]:
    """Return the lemmas of a word and the part of speech of its likeliest reading."""
    readings = _analyser().parse(word)
    kept = [reading for reading in readings if reading.score >= LEAST_SCORE] or readings[:1]
    return frozenset(reading.normal_form.replace("ё", "е") for reading in kept), str(readings[0].tag.POS)


def lemmas(word: str) -> frozenset[str]:
    """Return the lemmas of a word in lower case, with е for ё: ``детям`` is ``ребенок``; some forms have more."""
    return _read(word)[0]


def is_known(word: str) -> bool:
    """Return whether the dictionary has a word in lower case."""
    return bool(_analyser().word_is_known(word))


@cache
def is_name(word: str) -> bool:
    """Return whether the dictionary has a word in lower case, and as a name of persons only."""
    readings = [reading for reading in _analyser().parse(word) if reading.is_known]
    return bool(readings) and all(NAMES & set(reading.tag.grammemes) for reading in readings)


@cache
def every_form(lemma: str) -> frozenset[str]:
    """Return the forms of a lemma that the dictionary or its guess gives, with е for ё."""
    forms = {form.word for reading in _analyser().parse(lemma) for form in reading.lexeme}
    return frozenset(form.replace("ё", "е") for form in forms)


def is_function_word(word: str) -> bool:
    """Return whether a word in lower case is, in its likeliest reading, a preposition, pronoun or the like."""
    return _read(word)[1] in FUNCTION
