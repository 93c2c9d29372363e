"""Text as the search compares it, at the time of the build: the twin of ``theme/script/shared/words.js``."""

from __future__ import annotations

import re
import unicodedata

UNSEEN = re.compile("[\u0300-\u0305\u0307-\u036f\u00ad\u200b-\u200f\u2060\ufeff]")  # й keeps its breve, u0306
APOSTROPHES = re.compile("['’‘ʼʹ`´′]")
DASHES = re.compile("[\u2010-\u2015\u2212]")
THOUSANDS = re.compile(r"(?<![\d.,])\d{1,3}(?:[ ,]\d{3})+(?!\d)", re.ASCII)
DECIMAL_COMMA = re.compile(r"(?<=\d),(?=\d)", re.ASCII)
MIXED = re.compile("(?=[а-ӿ]*[a-z])(?=[a-z]*[а-ӿ])[a-zа-ӿ]+")
LATIN, CYRILLIC = "acehikmoptxyb", "асенікмортхув"  # signs that look alike, in capitals at least
KAZAKH, RUSSIAN = "әғқңөұүһі", "агкноуухи"  # letters of Kazakh, and what is typed for them on a Russian keyboard
TO_LATIN, TO_CYRILLIC = str.maketrans(CYRILLIC, LATIN), str.maketrans(LATIN, CYRILLIC)
TO_RUSSIAN = str.maketrans(KAZAKH, RUSSIAN)
WORD = re.compile(r"[0-9]+(?:\.[0-9]+)+|[^\W_]+")
COMPOUND = re.compile(r"[^\W_]+(?:-[^\W_]+)+")


def _in_one_script(match: re.Match) -> str:
    """Return a word of both scripts in one: in that of its letters which look like no other, else in that of most."""
    telling = [sign for sign in match[0] if sign not in LATIN + CYRILLIC] or list(match[0])
    is_cyrillic = sum(sign > "z" for sign in telling) * 2 > len(telling)
    return match[0].translate(TO_CYRILLIC if is_cyrillic else TO_LATIN)


def normal(text: str) -> str:
    """Return a text without what readers do not type alike: case, ё, accents, apostrophes, "1,756", look-alikes."""
    plain = UNSEEN.sub("", unicodedata.normalize("NFKD", text))
    plain = unicodedata.normalize("NFC", plain).lower()
    plain = DASHES.sub("-", APOSTROPHES.sub("", plain))
    plain = THOUSANDS.sub(lambda number: re.sub("[ ,]", "", number[0]), plain)
    return MIXED.sub(_in_one_script, DECIMAL_COMMA.sub(".", plain)).translate(TO_RUSSIAN)


def words_of(text: str) -> list[str]:
    """Return the words of a text; "drop-out" is two."""
    return WORD.findall(normal(text))


def joined_words(text: str) -> list[str]:
    """Return the compounds of a text, each as one word: ``dropout``."""
    return [compound.replace("-", "") for compound in COMPOUND.findall(normal(text))]
