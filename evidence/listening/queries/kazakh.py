"""Forms of a Kazakh noun by rule: number, possession and case, with vowel harmony and assimilation.

No analyser of Kazakh can be installed with its data, so the rules of the school grammar are written out. Derived words
(-лы, -сыз, -лық) are other words and are no forms. Vowels that fall out (халық, халқы) are not covered.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

BACK, FRONT, EITHER = "аоұыяё", "әөүіеэ", "иую"
TO_FRONT = str.maketrans("аығқ", "еігк")
NASALS, GLIDES, BUZZING = "мнң", "рйу", "зж"
VOWELS = BACK + FRONT + "ию"
VOICED_BEFORE_VOWEL = {"п": "б", "к": "г", "қ": "ғ"}


def _kind(stem: str) -> str:
    """Return to which class the end of a stem belongs: vowel, nasal, glide, l, buzzing or voiceless."""
    last = stem[-1]
    if last in VOWELS:
        return "vowel"
    if last in NASALS:
        return "nasal"
    if last in GLIDES:
        return "glide"
    if last == "л":
        return "l"
    return "buzzing" if last in BUZZING else "voiceless"


PLURALS = {"vowel": "лар", "glide": "лар", "nasal": "дар", "l": "дар", "buzzing": "дар", "voiceless": "тар"}
CASES = {
    "vowel": ("ның", "ға", "ны", "да", "дан", "мен", "дағы"),
    "nasal": ("ның", "ға", "ды", "да", "нан", "мен", "дағы"),
    "glide": ("дың", "ға", "ды", "да", "дан", "мен", "дағы"),
    "l": ("дың", "ға", "ды", "да", "дан", "мен", "дағы"),
    "buzzing": ("дың", "ға", "ды", "да", "дан", "бен", "дағы"),
    "voiceless": ("тың", "қа", "ты", "та", "тан", "пен", "тағы"),
}
AFTER_THIRD = ("ның", "на", "н", "нда", "нан", "мен", "ндағы")  # his, her, their
AFTER_MINE = ("ның", "а", "ды", "да", "нан", "мен", "дағы")  # my, your


def _harmonies(stem: str) -> tuple[bool, ...]:
    """Return whether suffixes of a stem have front vowels; both where its last vowel does not tell."""
    for char in reversed(stem):
        if char in BACK:
            return (False,)
        if char in FRONT:
            return (True,)
        if char in EITHER:
            return (False, True)
    return (False, True)


def _possessed(stem: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield a stem with each ending of possession (in back vowels) and the case endings that follow it."""
    if _kind(stem) == "vowel":
        yield stem + "м", AFTER_MINE
        yield stem + "ң", AFTER_MINE
        yield stem + "сы", AFTER_THIRD
        yield stem + "мыз", CASES["buzzing"]
        yield stem + "ңыз", CASES["buzzing"]
        return
    soft = stem[:-1] + VOICED_BEFORE_VOWEL.get(stem[-1], stem[-1])
    yield soft + "ым", AFTER_MINE
    yield soft + "ың", AFTER_MINE
    yield soft + "ы", AFTER_THIRD
    yield soft + "ымыз", CASES["buzzing"]
    yield soft + "ыңыз", CASES["buzzing"]


@cache
def forms(word: str) -> frozenset[str]:
    """Return the forms of a noun in lower case, itself among them: of ``бала`` also ``балаларымызға``."""
    if len(word) < 2 or not word[-1].isalpha() or word[-1] in "ьъ":
        return frozenset({word})
    found = {word}
    for is_front in _harmonies(word):
        turn = TO_FRONT if is_front else {}
        for stem in (word, word + PLURALS[_kind(word)].translate(turn)):
            found.add(stem)
            found |= {stem + case.translate(turn) for case in CASES[_kind(stem)]}
            for owned, cases in _possessed(stem):
                ending = owned[len(stem) :]
                base = owned[: len(stem)] + ending.translate(turn)
                found |= {base, *(base + case.translate(turn) for case in cases)}
    return frozenset(found)
