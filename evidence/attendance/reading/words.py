"""What columns, files and values may be called, in three languages, and the lists that people read of them."""

from __future__ import annotations

import tomllib
import unicodedata
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any

LANGUAGES = {"en": "English", "ru": "Russian", "kk": "Kazakh"}
WORDS = Path(__file__).with_name("words.toml")
ALIKE = 0.75  # share of letters in order from which a name is a likely slip for another; ours
STOPS = str.maketrans({"ё": "е", "_": " ", "-": " ", ".": " ", "\u00a0": " ", "\ufeff": " "})


@cache
def words() -> dict[str, Any]:
    """Return all names: ``files`` and ``columns`` by what they stand for, ``values`` by kind and value, by language."""
    return tomllib.loads(WORDS.read_text(encoding="utf-8"))


def plain(name: str) -> str:
    """Return a name as names are compared: lower case, one space between words, no stops, е for ё."""
    return " ".join(unicodedata.normalize("NFC", name).lower().translate(STOPS).split())


def names_of(kind: str, name: str) -> tuple[str, ...]:
    """Return what a file or a column may be called, all languages, or nothing for one without names."""
    found = words()[kind].get(name, {})
    return tuple(one for language in LANGUAGES for one in found.get(language, ()))


def codes_of(kind: str) -> dict[str, str]:
    """Return the words for the values of a kind, as a cell in lower case may have them, with what each means.

    English stands first: a register of millions of rows asks the list from its beginning.
    """
    found: dict[str, str] = {}
    for language in LANGUAGES:
        for value, names in words()["values"][kind].items():
            for name in (*names[language], value):
                spellings = (name, name.replace("ё", "е"), name.replace(" ", "-"), name.replace(" ", "_"))
                spellings += (f"{name}.",) if language != "en" else ()
                found |= {spelling.lower(): value for spelling in spellings if spelling.lower() not in found}
    return found


def shown(names: dict[str, list[str]], most: int = 3) -> str:
    """Return the first names of each language, as messages show them."""
    return " | ".join(", ".join(names[language][:most]) for language in LANGUAGES if names.get(language))


def accepted(column: str) -> str:
    """Return the names of a column as a message shows them; the column's own where it has no other."""
    return shown(words()["columns"].get(column, {"en": [column]}))


def accepted_values(kind: str) -> str:
    """Return the words for each value of a kind as a message shows them."""
    return "; ".join(f"{value} ({shown(names)})" for value, names in words()["values"][kind].items())


def nearest(head: str, names: dict[str, str]) -> str:
    """Return the name most like a head, of names by how they are compared; "" where none is."""
    found = get_close_matches(plain(head), names, 1, ALIKE)
    return names[found[0]] if found else ""


MORE = "all: evidence attendance names"
HEAD = """# What files, columns and values may be called

Names are read in English, Russian and Kazakh. Capitals, hyphens, underscores and the dots of ё make no difference. The
name of a file begins with one of these. A word of your own for a status is told by `--codes WORD=unexcused`.

This page is made: `.venv/bin/evidence attendance names > evidence/attendance/NAMES.md`.
"""


def listed_names() -> list[tuple[str, ...]]:
    """Return every name of files and columns: what it stands for, then all its names, a cell a language."""
    return [
        (f"{what} `{name}`", *(", ".join(names[language]) for language in LANGUAGES))
        for kind, what in (("files", "file"), ("columns", "column"))
        for name, names in words()[kind].items()
    ]


def listed_values() -> list[tuple[str, ...]]:
    """Return every word for a value: the column and the value, then all its words, a cell a language."""
    return [
        (f"{kind} `{value}`", *(", ".join(names[language]) for language in LANGUAGES))
        for kind, values in words()["values"].items()
        for value, names in values.items()
    ]


def markdown(rows: list[tuple[str, ...]], first: str) -> str:
    """Return rows as a table of Markdown below a head."""
    head = (first, *LANGUAGES.values())
    return "\n".join("| " + " | ".join(row) + " |" for row in (head, ("---",) * len(head), *rows))


def page() -> str:
    """Return the page of all names, as Markdown."""
    return f"{HEAD}\n{markdown(listed_names(), 'files and columns')}\n\n{markdown(listed_values(), 'values')}\n"
