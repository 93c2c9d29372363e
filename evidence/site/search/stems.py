"""Stems of words, the same at the build and in the browser: of English and Russian by Snowball, of Kazakh by endings.

Sphinx brings Snowball's algorithms as scripts (``minified-js``), its package ``snowballstemmer`` the same for Python.
The language of a word in Cyrillic is not known where somebody types it, so it has a Russian and a Kazakh stem there;
words of the book whose language is known have one.
Twin of ``theme/script/search/stems.js``; a test holds both to the same stems.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import snowballstemmer
import sphinx
import sphinx.search

SCRIPTS = ("base-stemmer.js", "porter-stemmer.js", "russian-stemmer.js")
LANGUAGES = ("en", "ru", "kk")

# Endings of Kazakh words as they are compared (Қ as К, І as И): attributive, cases, possession, plural, participles.
# A noun takes plural, possession and case in this order, so what stands last goes first, at most so many times.
KAZAKH_ENDINGS = tuple(
    sorted(
        "ндагы ндеги дагы деги тагы теги "
        "нын нин дын дин тын тин нда нде нан нен дан ден тан тен мен бен пен "
        "га ге ка ке на не ны ни ды ди ты ти да де та те "
        "сы си ы и мыз миз ымыз имиз ныз низ ыныз иниз "
        "лар лер дар дер тар тер "
        "атын етин йтын йтин ган ген кан кен ады еди йды йди "
        "лык лик дык дик тык тик лыгы лиги дыгы диги тыгы тиги лы ли сыз сиз н у ша ше дай дей тай тей".split(),
        key=lambda ending: (-len(ending), ending),
    )
)
KAZAKH_TIMES = 4  # search: endings of a word at most
KAZAKH_LEAST = 3  # search: letters that a stem has at least
IRREGULAR = {"children": "child", "women": "woman", "men": "man"} | dict.fromkeys(  # plurals that share no stem
    "ребенок дети детей детям детьми детях".split(), "ребенк"
)
HARDENED = {"г": "к", "б": "п"}  # кітап, кітабы: the last letter of a stem as it stands without endings


def scripts() -> str:
    """Return Snowball's scripts for the browser, with where they are from."""
    folder = Path(sphinx.search.__file__).parent / "minified-js"
    texts = [(folder / name).read_text(encoding="utf-8").strip() for name in SCRIPTS]
    source = f"/* Stemmers of Snowball (snowballstem.org), BSD licence, as Sphinx {sphinx.__version__} has them */"
    return "\n".join((source, "let BaseStemmer, PorterStemmer, RussianStemmer;", *texts, ""))


def kazakh(word: str) -> str:
    """Return a word, as it is compared, without its Kazakh endings."""
    for _ in range(KAZAKH_TIMES):
        ending = next((end for end in KAZAKH_ENDINGS if word.endswith(end)), "")
        if not ending or len(word) - len(ending) < KAZAKH_LEAST:
            break
        word = word[: -len(ending)]
    return word[:-1] + HARDENED.get(word[-1:], word[-1:])


def regular(stem: Callable[[str], str]) -> Callable[[str], str]:
    """Return a stemmer that knows the plurals of its language which share no stem with their singular.

    A word of which the algorithm leaves nothing, such as "s", is its own stem.
    """
    return lambda word: IRREGULAR.get(word) or stem(word) or word


ENGLISH = snowballstemmer.stemmer("porter")
RUSSIAN = snowballstemmer.stemmer("russian")
STEMMERS = {"en": regular(ENGLISH.stemWord), "ru": regular(RUSSIAN.stemWord), "kk": kazakh}


def is_cyrillic(word: str) -> bool:
    """Return whether a word, in one script, is in Cyrillic."""
    return word[:1] >= "\u0400"


@cache
def stems_of(word: str, language: str = "") -> tuple[str, ...]:
    """Return the stems of a word as it is compared; a number is its own.

    A word in Cyrillic has the stem of its language, ``ru`` or ``kk``, and both where none is given.
    """
    if word[:1].isdigit():
        return (word,)
    known = (language,) if language else ("ru", "kk")
    return tuple(dict.fromkeys(STEMMERS[name](word) for name in (known if is_cyrillic(word) else ("en",))))
