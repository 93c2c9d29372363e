"""Scripts of Kazakhstan: which one a word is in, Latin read as Cyrillic, and a skeleton that all spellings share."""

from __future__ import annotations

import re
import unicodedata

KAZAKH = frozenset("әғқңөұүһі")
COMMON = "і"  # the one of them that Ukrainian and Belarusian write too
NEIGHBOURS = frozenset("їєґў")  # letters of these that Kazakh never has
NEIGHBOUR_WORDS = re.compile(  # words of them, in none of which a Kazakh reader sees one: і alone is "and"
    r"(?<![\w'’-])(?:і|що|щоб|якщо|це|ці|цей|ця|він|вони|від|або|але|чи|вже|дуже|тільки|лише|який|яка|які|яке|якої"
    r"|після|між|дітей|діти|дітям|дітьми|дитина|дитині|дитину|школі|школи|немає|треба|потрібно|можна|всі|всіх|усі"
    r"|гэта|што|які|няма|пасля|дзеці|дзяцей|трэба|можна|вельмі|толькі)(?!\w)"
)
CYRILLIC = re.compile("[а-яёәғқңөұүһіїєґў]")
LATIN = re.compile("[a-zıéáäóöúüūǵğńñşçßŭ]")
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


def is_neighbour(text: str) -> bool:
    """Return whether a text in lower case is Ukrainian or Belarusian, and not Kazakh, which shares a letter with them.

    It has letters of theirs, or common words, and of the Kazakh letters none but the shared one. The words are ours.
    """
    letters = set(text)
    if letters & KAZAKH - {COMMON}:
        return False
    return bool(letters & NEIGHBOURS or (COMMON in letters and NEIGHBOUR_WORDS.search(text)))


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
