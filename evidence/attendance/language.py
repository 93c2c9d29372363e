"""The words of a report in three languages: English in the code, the others in one file, by the English."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from functools import cache
from pathlib import Path

from evidence.attendance.reading.words import words as columns

LANGUAGES = {"en": "English", "ru": "Russian", "kk": "Kazakh"}
WORDS = Path(__file__).with_name("language.toml")
PAGE = re.compile(r"\bp\. (\d+(?:-\d+)?)")
PAGES = {"ru": r"с. \1", "kk": r"\1-б."}  # how a language names a page
NUMBER = re.compile(r"(<td>[−\d\u202f]+)\.(\d+</td>)")


@cache
def words() -> dict[str, dict[str, str]]:
    """Return the words of each English text, by language."""
    return {one["en"]: one for one in tomllib.loads(WORDS.read_text(encoding="utf-8"))["text"]}


def said(language: str) -> Callable[[str], str]:
    """Return what gives the words of a language for a text in English; a text without any stays as it is."""

    def say(text: str) -> str:
        if language == "en":
            return text
        found = words().get(text, {}).get(language) or _column(text, language)
        return found if found is not None else PAGE.sub(PAGES[language], text)

    return say


@cache
def _column(name: str, language: str) -> str | None:
    """Return what a column is called in a language, as messages name it: its first name there."""
    return next(iter(columns()["columns"].get(name, {}).get(language, ())), None)


def with_commas(page: str, language: str) -> str:
    """Return a page with the decimal sign of a language in the cells of its tables."""
    return page if language == "en" else NUMBER.sub(r"\1,\2", page)
