"""Names in Kazakh and Russian Cyrillic and in the Latin alphabets in use, brought to one skeleton for comparison.

Everyday spellings of one name differ by alphabet, by clerk and by the decade of the document. The skeleton is for
linkage only: it is never shown as a name. The table of letters is ours.
"""

from __future__ import annotations

import unicodedata

# Kazakh letters beside the Russian ones that clerks write for them; Russian letters as everyday Latin has them.
LETTERS = {
    "ә": "a", "ғ": "g", "қ": "k", "ң": "n", "ө": "o", "ұ": "u", "ү": "u", "һ": "h", "і": "i",
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e", "ж": "zh", "з": "z", "и": "i", "й": "i",
    "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f",
    "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sh", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "iu", "я": "ia",
}  # fmt: skip
LATIN = {  # letters of Latin spellings of Kazakh, with accents, dots and tails
    "ı": "y", "ğ": "g", "ñ": "n", "ŋ": "n", "ş": "sh", "ç": "ch", "ä": "a", "ö": "o", "ü": "u", "ū": "u", "á": "a",
    "ž": "zh", "č": "ch", "š": "sh", "w": "u", "ǵ": "g", "ń": "n", "ó": "o", "ú": "u", "ý": "u",
}  # fmt: skip
# Digraphs that spellings differ in, the longer first; all fall to one letter.
FOLDED = (
    ("iia", "a"), ("iya", "a"), ("ija", "a"),
    ("shch", "s"), ("sch", "s"), ("dzh", "j"), ("zh", "j"), ("kh", "h"), ("gh", "g"), ("sh", "s"), ("ch", "c"),
    ("ts", "c"), ("tz", "c"), ("iu", "u"), ("yu", "u"), ("ia", "a"), ("ya", "a"), ("ye", "e"), ("yo", "e"),
    ("x", "ks"), ("q", "k"), ("y", "i"),
)  # fmt: skip
ENDINGS = (
    "ovna",
    "evna",
    "ovich",
    "evich",
    "uly",
    "kyzy",
    "qyzy",
    "kizi",
    "qizi",
    "yeva",
    "yev",
    "ova",
    "eva",
    "ov",
    "ev",
)


def latin(name: str) -> str:
    """Return a name in plain Latin letters, lower case, words apart by one space; other signs are left out."""
    text = unicodedata.normalize("NFC", name).lower()
    text = "".join(LETTERS.get(letter, LATIN.get(letter, letter)) for letter in text)
    text = unicodedata.normalize("NFKD", text)
    plain = [letter if letter.isascii() and letter.isalpha() else " " if letter in " -" else "" for letter in text]
    return " ".join("".join(plain).split())


def _folded(word: str) -> str:
    """Return a word of plain letters with one letter for each group of spellings, doubled letters once."""
    for found, one in FOLDED:
        word = word.replace(found, one)
    return "".join(letter for position, letter in enumerate(word) if position == 0 or letter != word[position - 1])


def skeleton(name: str) -> str:
    """Return what all common spellings of a name have in common: endings of family names and patronymics cut.

    Қожахметов, Кожахметов, Kozhakhmetov and Kojahmetov give one skeleton. "" for a name without letters.
    """
    words = []
    for word in latin(name).split():
        ending = next((end for end in ENDINGS if word.endswith(end) and len(word) - len(end) >= 3), "")
        words.append(_folded(word[: len(word) - len(ending)]))
    return " ".join(words)


def table() -> list[tuple[str, str, str]]:
    """Return which Cyrillic letters and which Latin spellings are read alike, and what of them a skeleton keeps.

    One row for each letter of skeletons; the last row, with "", has the signs that are left out.
    """
    kept: dict[str, tuple[set[str], set[str]]] = {}
    for letter, spelled in LETTERS.items():
        letters, spellings = kept.setdefault(_folded(spelled), (set(), set()))
        letters.add(letter)
        spellings |= {spelled} | {other for other, same in LATIN.items() if same == spelled}
    for other, same in FOLDED:
        kept.get(same, (set(), set()))[1].add(other)
    rows = [(", ".join(sorted(one)), ", ".join(sorted(other - {""})), name) for name, (one, other) in kept.items()]
    return sorted(rows, key=lambda row: (row[2] == "", row[2]))


def control_digit(number: str) -> int | None:
    """Return the control digit that the first eleven digits of an identity number of 12 ask for, None for none.

    Weights 1 to 11 modulo 11; where that gives 10, weights 3 to 11, 1, 2; where that gives 10 again there is no such
    number. It finds slips of typing; it proves no identity.
    """
    if len(number) < 11 or not number[:11].isdigit() or not number.isascii():
        return None
    digits = [int(digit) for digit in number[:11]]
    for weights in (range(1, 12), (*range(3, 12), 1, 2)):
        rest = sum(weight * digit for weight, digit in zip(weights, digits)) % 11
        if rest < 10:
            return rest
    return None
