"""The language of a post: by its letters first, by a model where letters do not tell.

Letters of Kazakh tell Kazakh in Cyrillic. Kazakh in Latin letters is told by its endings, since no model knows it. What
is left goes to lingua, whose models come in its package; without it Cyrillic is taken for Russian.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import pandas as pd

from evidence.listening.analyses import by_corpus
from evidence.listening.extras import needed
from evidence.listening.intervals import share_pct
from evidence.listening.letters import KAZAKH
from evidence.listening.queries.matching import MASK
from evidence.listening.rules import Parameter, Rule

LEAST_ENDINGS = Parameter(
    "least_endings", 0.3, "ours", "tried on lines of our own", "Share of words with a Kazakh ending in Latin letters"
)
LANGUAGE = Rule(
    "language",
    "Language of a post",
    "A post with letters that only Kazakh has is Kazakh; one whose words are mostly in Latin letters is, if at least "
    "{least_endings:.0%} of these end as Kazakh words do; the others are Russian, Kazakh or English by lingua where it "
    "is installed, else by script. A mixed post counts as one language",
    "ours",
    "the study prints no rule; it searched in Russian and Kazakh (Methodology, p. 7-8)",
    (LEAST_ENDINGS,),
)
WITHOUT_LETTERS = "kk-plain"
KINDS = {  # of the labelled lines: a language, and how it is written
    "ru": "Russian",
    "kk": "Kazakh",
    WITHOUT_LETTERS: "Kazakh without its letters",
    "kk-latin": "Kazakh in Latin letters",
    "ru-latin": "Russian in Latin letters",
    "mixed": "Russian and Kazakh",
}
NAMES = {"kk": "Kazakh", "ru": "Russian", "en": "English", "": "Not known"}
BY_LETTERS = NAMES | {"ru": "Russian or other Cyrillic", "en": "Latin letters, not Kazakh"}  # all that letters tell
ENDINGS = re.compile(
    r"(?:lar|ler|dar|der|tar|ter|nyn|nin|dyn|din|tyn|tin|nda|nde|ymda|imde|ynda|inde|yp|ip|ady|edi|dy|ty|di|ti|lyq|lik"
    r"|men|ben|pen|ga|qa|ge|ke|mdy|gan|qan|gen|ken|mek|pti|pty|ni|yq|bar|joq)$"
)
LATIN_WORD, CYRILLIC_WORD = re.compile("[a-zıéáäóöúüğǵńñşçǎ]{3,}"), re.compile("[а-яё]{3,}")
CYRILLIC = re.compile("[а-яё]")


@cache
def _model() -> Any:
    lingua = needed("lingua")
    languages = (lingua.Language.KAZAKH, lingua.Language.RUSSIAN, lingua.Language.ENGLISH)
    return lingua.LanguageDetectorBuilder.from_languages(*languages).build()


def by_letters(text: str) -> str:
    """Return the language that letters and endings tell: ``kk``, ``ru``, ``en``, or "" where there are no words."""
    plain = MASK.sub(" ", text).lower()
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
    """Return the language of a masked text: ``kk``, ``ru``, ``en`` or "". Raises Unavailable without the model."""
    told = by_letters(text)
    if told in ("", "kk") or not with_model:
        return told
    plain = MASK.sub(" ", text)
    found = _model().detect_language_of(plain)
    name = found.iso_code_639_1.name.lower() if found else told
    # the model knows no Kazakh in Latin letters: a mixed post with some is English to it
    return "kk" if name == "en" and _ends_as_kazakh(LATIN_WORD.findall(plain.lower())) else name


def languages(posts: pd.DataFrame, told: pd.Series, with_model: bool = True) -> pd.DataFrame:
    """Return posts by language: ``corpus``, ``language``, ``posts``, ``of``, share and interval.

    ``told`` is the language of each post; without a model a language has a name that says no more than letters do.
    """
    rows = []
    for corpus, part in by_corpus(posts):
        counts = told[part.index].value_counts()
        for code, name in (NAMES if with_model else BY_LETTERS).items():
            count = int(counts.get(code, 0))
            rows.append((corpus, name, count, len(part), *share_pct(count, len(part))))
    return pd.DataFrame(rows, columns=["corpus", "language", "posts", "of", "share_pct", "low_pct", "high_pct"])
