"""Scripts of Kazakhstan: which one a word is in, Latin read as Cyrillic, and a skeleton that all spellings share."""

from __future__ import annotations

import re
import unicodedata

KAZAKH = frozenset("әғқңөұүһі")
CYRILLIC = re.compile("[а-яёәғқңөұүһі]")
LATIN = re.compile("[a-zıéáäóöúüūǵğńñşçßў]")
# Latin letters that look like Cyrillic ones, for words in which somebody mixed the two.
TWINS = str.maketrans("aeocpxykmthbi", "аеосрхукмтнві")
RUSSIAN_LATIN = (
    ("shch", "щ"), ("sch", "щ"), ("yo", "ё"), ("jo", "ё"), ("zh", "ж"), ("kh", "х"), ("ts", "ц"), ("ch", "ч"),
    ("sh", "ш"), ("yu", "ю"), ("iu", "ю"), ("ju", "ю"), ("ya", "я"), ("ia", "я"), ("ja", "я"), ("ye", "е"),
    ("iy", "ий"), ("yy", "ый"), ("a", "а"), ("b", "б"), ("v", "в"), ("w", "в"), ("g", "г"), ("d", "д"), ("e", "е"),
    ("z", "з"), ("i", "и"), ("j", "й"), ("k", "к"), ("q", "к"), ("l", "л"), ("m", "м"), ("n", "н"), ("o", "о"),
    ("p", "п"), ("r", "р"), ("s", "с"), ("t", "т"), ("u", "у"), ("f", "ф"), ("h", "х"), ("x", "кс"), ("c", "ц"),
    ("'", "ь"),
)  # fmt: skip
KAZAKH_LATIN = (
    ("sh", "ш"), ("ş", "ш"), ("ch", "ч"), ("ç", "ч"), ("zh", "ж"), ("kh", "х"), ("gh", "г"), ("ts", "ц"),
    ("ı", "и"), ("a", "а"), ("b", "б"), ("c", "с"), ("d", "д"), ("e", "е"), ("f", "ф"), ("g", "г"), ("h", "х"),
    ("i", "и"), ("j", "ж"), ("k", "к"), ("l", "л"), ("m", "м"), ("n", "н"), ("o", "о"), ("p", "п"), ("q", "к"),
    ("r", "р"), ("s", "с"), ("t", "т"), ("u", "у"), ("v", "в"), ("w", "у"), ("x", "х"), ("y", "и"), ("z", "з"),
    ("'", ""),
)  # fmt: skip
BASE = str.maketrans("әөұүқғңһіыйэёщ", "аоуукгнхиииееш") | {ord("ю"): "иу", ord("я"): "иа", ord("ь"): "", ord("ъ"): ""}
VOWELS = frozenset("аеёиоуыэюяәөұүі")


def is_latin(word: str) -> bool:
    """Return whether a word in lower case has Latin letters and no Cyrillic ones."""
    return bool(LATIN.search(word)) and not CYRILLIC.search(word)


def is_mixed(word: str) -> bool:
    """Return whether a word in lower case has letters of both scripts."""
    return bool(LATIN.search(word)) and bool(CYRILLIC.search(word))


def one_script(word: str) -> str:
    """Return a word with Latin look-alikes among Cyrillic letters read as Cyrillic."""
    return word.translate(TWINS) if is_mixed(word) else word


def russian_from_latin(word: str) -> str:
    """Return a Latin word as Russian in Cyrillic, by the everyday transliteration: ``shkola`` is ``школа``.

    ``y`` is й after a vowel and ы elsewhere.
    """
    rest, read = word, ""
    while rest:
        for latin, cyrillic in RUSSIAN_LATIN:
            if rest.startswith(latin):
                read, rest = read + cyrillic, rest[len(latin) :]
                break
        else:
            if rest[0] == "y":
                read += "й" if read and read[-1] in VOWELS else "ы"
            else:
                read += rest[0]
            rest = rest[1:]
    return read


def kazakh_skeleton(word: str) -> str:
    """Return what all spellings of a Kazakh word share: Cyrillic, Cyrillic without Kazakh letters, Latin of any kind.

    ``қыз``, ``кыз``, ``qyz`` and ``kız`` are ``киз``. The tables are ours.
    """
    if not is_latin(word):
        return word.translate(BASE)
    for latin, cyrillic in (("ş", "ш"), ("ç", "ч"), ("ı", "и")):
        word = word.replace(latin, cyrillic)
    word = "".join(char for char in unicodedata.normalize("NFD", word) if not unicodedata.combining(char))
    for latin, cyrillic in KAZAKH_LATIN:
        word = word.replace(latin, cyrillic)
    return word
