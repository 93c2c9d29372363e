"""The language of a post: by its letters first, by a model where letters do not tell.

Letters of Kazakh tell Kazakh in Cyrillic; one of them Ukrainian and Belarusian share, whose own letters and words tell
that a text is not Kazakh. Kazakh in Latin letters is told by its endings, since no model knows it. What
is left goes to lingua, whose models come in its package. Without it Cyrillic is Russian, unless many of its words end
as Kazakh ones do and are in no Russian dictionary: Kazakh as it is typed on a Russian keyboard.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from evidence.listening.analyses import by_corpus
from evidence.listening.extras import needed
from evidence.listening.intervals import share_pct
from evidence.listening.letters import KAZAKH, is_neighbour
from evidence.listening.queries.matching import MASK
from evidence.listening.queries.russian import is_known
from evidence.listening.rules import Parameter, Rule

LEAST_ENDINGS = Parameter(
    "least_endings", 0.3, "ours", "tried on lines of our own", "Share of words with a Kazakh ending in Latin letters"
)
LEAST_FOREIGN = Parameter(
    "least_foreign",
    0.4,
    "ours",
    "tried on lines of our own",
    "Share of Cyrillic words that are Kazakh by their ending and in no Russian dictionary",
)
LANGUAGE = Rule(
    "language",
    "Language of a post",
    "A post with letters of Kazakh is Kazakh, unless і is the only one of them and other letters or words are of "
    "Ukrainian or Belarusian, which are not told further; one whose words are mostly in Latin letters is, if at least "
    "{least_endings:.0%} of these end as Kazakh words do; the others are Russian, Kazakh or English by lingua where it "
    "is installed, else by script: Cyrillic is Kazakh where at least {least_foreign:.0%} of its words are in no "
    "Russian dictionary and end as Kazakh ones, or are common small words of it. A mixed post counts as one language",
    "ours",
    "the study prints no rule; it searched in Russian and Kazakh (Methodology, p. 7-8)",
    (LEAST_ENDINGS, LEAST_FOREIGN),
)
SCORES = Path(__file__).with_name("lexicon") / "language_scores.csv"
WAYS = {False: "letters", True: "letters, then lingua"}
WITHOUT_LETTERS = "kk-plain"
KINDS = {  # of the labelled lines: a language, and how it is written
    "ru": "Russian",
    "kk": "Kazakh",
    WITHOUT_LETTERS: "Kazakh without its letters",
    "kk-latin": "Kazakh in Latin letters",
    "ru-latin": "Russian in Latin letters",
    "mixed": "Russian and Kazakh",
    "uk": "Ukrainian or Belarusian, told as not Kazakh",
}
NAMES = {"kk": "Kazakh", "ru": "Russian", "en": "English", "": "Not known"}
BY_LETTERS = NAMES | {"ru": "Russian or other Cyrillic", "en": "Latin letters, not Kazakh"}  # all that letters tell
ENDINGS = re.compile(
    r"(?:lar|ler|dar|der|tar|ter|nyn|nin|dyn|din|tyn|tin|nda|nde|ymda|imde|ynda|inde|yp|ip|ady|edi|dy|ty|di|ti|lyq|lik"
    r"|men|ben|pen|ga|qa|ge|ke|mdy|gan|qan|gen|ken|mek|pti|pty|ni|yq|bar|joq)$"
)
PLAIN_ENDINGS = re.compile(  # of Kazakh without its letters
    r"(?:[лдт][ае]р|[ндт][ыи]н|[ыи]м[ыи]з|[ыи]н[ыи]з|[дт][ае]г[ыи]|[днт][ае]н?|[мбп]ен|[гк][ае]н?|[аеий]д[ыи]|[лдт][ыи]к"
    r"|с[ыи]з|[лдтсшнм][ыи]|н[ае]|[ыи]м|[ыи]п|м[ыи]з|с[ыи]н|[мбп][ае]к|[уыик])$"
)
PLAIN_SMALL = frozenset(  # common words, some of which a Russian dictionary has with another meaning
    "бар жок мен бен пен бул сол осы бир еки уш емес керек болды болады болып уй бала ушин туралы калай кандай канша "
    "неге сиз биз олар онын оны жане немесе гой екен еди деп деген жыл жас кун ай кыз ата ана кайда ким бойынша "
    "арасында жана адам ауыл кала мектеп барлык".split()
)
LATIN_WORD, CYRILLIC_WORD = re.compile("[a-zıéáäóöúüğǵńñşçǎ]{3,}"), re.compile("[а-яё]{3,}")
CYRILLIC = re.compile("[а-яё]")


@cache
def _model() -> Any:
    lingua = needed("lingua")
    languages = (lingua.Language.KAZAKH, lingua.Language.RUSSIAN, lingua.Language.ENGLISH)
    return lingua.LanguageDetectorBuilder.from_languages(*languages).build()


def by_letters(text: str) -> str:
    """Return the language told without a model: ``kk``, ``ru``, ``en``, or "" where there are no words.

    ``ru`` is any other Cyrillic too, as :data:`BY_LETTERS` says.
    """
    plain = MASK.sub(" ", text).lower()
    if is_neighbour(plain):
        return "ru"
    told = _by_signs(plain)
    return "kk" if told == "ru" and _is_typed_plain(CYRILLIC_WORD.findall(plain)) else told


@cache
def is_plain_word(word: str) -> bool:
    """Return whether a word of Russian letters in lower case is Kazakh typed without its letters, by itself."""
    return word in PLAIN_SMALL or (bool(PLAIN_ENDINGS.search(word)) and not is_known(word))


def _is_typed_plain(words: Sequence[str]) -> bool:
    """Return whether enough words in Cyrillic are Kazakh typed without its letters."""
    return bool(words) and sum(map(is_plain_word, words)) >= LEAST_FOREIGN.default * len(words)


def _by_signs(plain: str) -> str:
    """Return the language that the letters of a text in lower case tell, and its endings in Latin letters."""
    if set(plain) & KAZAKH:
        return "kk"
    latin, cyrillic = LATIN_WORD.findall(plain), CYRILLIC_WORD.findall(plain)
    if CYRILLIC.search(plain) and len(latin) <= len(cyrillic):
        return "ru"
    if _ends_as_kazakh(latin):
        return "kk"
    return "ru" if cyrillic else "en" if latin else ""


def _ends_as_kazakh(words: list[str]) -> bool:
    """Return whether enough words in Latin letters end as Kazakh ones do."""
    return bool(words) and sum(bool(ENDINGS.search(word)) for word in words) >= LEAST_ENDINGS.default * len(words)


def language_of(text: str, with_model: bool = True) -> str:
    """Return the language of a masked text: ``kk``, ``ru``, ``en`` or "" for none of them.

    Raises Unavailable where the model is asked for and not installed.
    """
    if not with_model:
        return by_letters(text)
    plain = MASK.sub(" ", text)
    if is_neighbour(plain.lower()):
        return ""
    told = _by_signs(plain.lower())
    if told in ("", "kk"):
        return told
    found = _model().detect_language_of(plain)
    name = found.iso_code_639_1.name.lower() if found else told
    # the model knows no Kazakh in Latin letters: a mixed post with some is English to it
    return "kk" if name == "en" and _ends_as_kazakh(LATIN_WORD.findall(plain.lower())) else name


def scored(kind: str, with_model: bool) -> tuple[int, int]:
    """Return how many invented lines of a kind were told right, of how many; a test holds the table to the code."""
    table = pd.read_csv(SCORES)
    row = table[(table["kind"] == kind) & (table["way"] == WAYS[with_model])].iloc[0]
    return int(row["right"]), int(row["of"])


def names_of(with_model: bool = True) -> dict[str, str]:
    """Return the name of each language; without a model it says no more than letters do."""
    return NAMES if with_model else BY_LETTERS


def languages(posts: pd.DataFrame, told: pd.Series, with_model: bool = True) -> pd.DataFrame:
    """Return posts by language: ``corpus``, ``language``, ``posts``, ``of``, share and interval.

    ``told`` is the language of each post; names are those of :func:`names_of`.
    """
    rows = []
    for corpus, part in by_corpus(posts):
        counts = told[part.index].value_counts()
        for code, name in names_of(with_model).items():
            count = int(counts.get(code, 0))
            rows.append((corpus, name, count, len(part), *share_pct(count, len(part))))
    return pd.DataFrame(rows, columns=["corpus", "language", "posts", "of", "share_pct", "low_pct", "high_pct"])
