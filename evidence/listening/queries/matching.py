"""Which posts a query finds: words in every form, in Cyrillic and Latin, in hashtags too.

Languages are matched by the word, not by the post, so mixed posts need no language: a Russian word of a query is found
by its lemma, a Kazakh one by the forms its rules give, each also as people type them in Latin letters.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from evidence.listening.letters import KAZAKH, is_latin, kazakh_skeleton, one_script, russian_from_latin
from evidence.listening.queries.grammar import Both, Either, Near, Phrase, Without, Word, words_of
from evidence.listening.queries.kazakh import forms
from evidence.listening.queries.russian import every_form, is_known, lemmas
from evidence.listening.queries.table import Query
from evidence.listening.rules import Parameter, Rule

LEAST_LATIN = Parameter("least_latin", 3, "ours", "qyz has three", "Letters a Kazakh word in Latin has at least")
FOUND, PASSED_OVER = "found", "passed over"
PLAIN_KAZAKH = Parameter(
    "plain_kazakh",
    FOUND,
    "ours",
    "many type Kazakh on a Russian keyboard",
    "Kazakh words typed without Kazakh letters are",
    (FOUND, PASSED_OVER),
)
LEAST_PLAIN = Parameter(
    "least_plain",
    3,
    "ours",
    "кыз has three, and no word of the Russian dictionary is taken for one",
    "Letters a Kazakh word typed without Kazakh letters has at least",
)
LEAST_BARE = Parameter(
    "least_bare",
    5,
    "ours",
    "shorter ones, such as сал and сәл, are two words",
    "Letters from which a Kazakh word of a query without Kazakh letters stands for one with them",
)
WORDS_IN_FORMS = Rule(
    "words",
    "Words in every form",
    "A Russian word of a query is found by its lemma (dictionary), a Kazakh one by number, possession and case "
    "(rules), both also in Latin letters; a hashtag is also the word it is made of. Kazakh words typed without Kazakh "
    "letters are {plain_kazakh}",
    "document",
    "Methodology, p. 7-8: keywords in Russian and Kazakh; how forms were found is not printed, so the way is ours",
    (LEAST_LATIN, PLAIN_KAZAKH, LEAST_PLAIN, LEAST_BARE),
)
MASK = re.compile("⟨[^⟩]*⟩")
BEGINNING = 3  # letters
TOKEN = re.compile(r"#\w+|[^\W_]+(?:[-'’][^\W_]+)*")

Term = tuple[str, str, str]  # language, kind, text
Span = tuple[int, int]


def tokens(text: str) -> list[str]:
    """Return the words and hashtags of a masked text in lower case; masks, signs and emoji are none."""
    return [one_script(word.lower()) for word in TOKEN.findall(MASK.sub(" ", text))]


class Terms:
    """The words of queries, so that the terms of a token are found by looking it up."""

    def __init__(self, queries: Iterable[Query], plain_kazakh: str = PLAIN_KAZAKH.default):
        self.finds_plain = plain_kazakh == FOUND
        self.by_lemma: dict[str, set[Term]] = defaultdict(set)
        self.by_form: dict[str, set[Term]] = defaultdict(set)
        self.by_skeleton: dict[str, set[Term]] = defaultdict(set)
        self.by_bare: dict[str, set[Term]] = defaultdict(set)  # of words of queries without Kazakh letters
        self.prefixes: dict[str, set[Term]] = defaultdict(set)
        self.exact: dict[str, set[Term]] = defaultdict(set)
        self.beginnings: set[str] = set()
        for query in queries:
            for word in words_of(query.tree):
                self._add(query.language, word)

    def _add(self, language: str, word: Word) -> None:
        term = (language, word.kind, word.text)
        if word.kind == "hashtag" or (language == "en" and word.kind == "word"):
            self.exact[word.text].add(term)
        elif word.kind == "prefix":
            self.prefixes[word.text].add(term)
        elif language == "ru":
            for lemma in lemmas(word.text):
                self.by_lemma[lemma].add(term)
                self.beginnings |= {form[:BEGINNING] for form in (lemma, *every_form(lemma))}
        else:
            for form in forms(word.text):
                self.by_form[form].add(term)
                self.by_skeleton[kazakh_skeleton(form)].add(term)
                if _is_bare(word.text):
                    self.by_bare[kazakh_skeleton(form)].add(term)

    def of(self, token: str) -> frozenset[Term]:
        """Return the terms that a token is."""
        found = set(self.exact.get(token, ()))
        word = token.lstrip("#")
        found |= self.exact.get(word, set())
        found |= self.by_form.get(word, set())
        skeleton = kazakh_skeleton(word)
        latin, letters = is_latin(word), len(word)
        if (latin and letters >= LEAST_LATIN.default) or self._is_plain(word, self.by_skeleton.get(skeleton)):
            found |= self.by_skeleton.get(skeleton, set())
        elif self.finds_plain and set(word) & KAZAKH:
            found |= self.by_bare.get(skeleton, set())
        if self.by_lemma:
            cyrillic = russian_from_latin(word) if latin else word
            # looking a word up takes long: only one that begins as some form of a query's word does is looked up
            is_likely = cyrillic.replace("ё", "е")[:BEGINNING] in self.beginnings
            if is_likely and (not latin or letters >= LEAST_LATIN.default):
                for lemma in lemmas(cyrillic):
                    found |= self.by_lemma.get(lemma, set())
        for prefix, terms in self.prefixes.items():
            for term in terms:
                other = russian_from_latin(word) if latin and term[0] == "ru" else word
                is_alike = term[0] == "kk" and skeleton.startswith(kazakh_skeleton(prefix))
                is_bare = self.finds_plain and _is_bare(prefix)
                if other.startswith(prefix) or (is_alike and (latin or is_bare or self._is_plain(word, is_alike))):
                    found.add(term)
        return frozenset(found)

    def _is_plain(self, word: str, alike: Any) -> bool:
        """Return whether a Cyrillic word with the skeleton of one of a query is Kazakh typed without its letters."""
        is_candidate = alike and self.finds_plain and len(word) >= LEAST_PLAIN.default
        return bool(is_candidate and not is_latin(word) and not set(word) & KAZAKH and not is_known(word))


def _is_bare(word: str) -> bool:
    """Return whether a Kazakh word of a query may be one typed without Kazakh letters."""
    return len(word) >= LEAST_BARE.default and not set(word) & KAZAKH


def spans(node: Any, language: str, places: dict[Term, list[int]]) -> list[Span]:
    """Return where a word, phrase, OR or NEAR of a query stands in a text, as (first word, last word)."""
    if isinstance(node, Word):
        return [(place, place) for place in places.get((language, node.kind, node.text), ())]
    if isinstance(node, Phrase):
        rows = [set(places.get((language, word.kind, word.text), ())) for word in node.words]
        return [
            (first, first + len(rows) - 1)
            for first in sorted(rows[0])
            if all(first + n in row for n, row in enumerate(rows))
        ]
    if isinstance(node, Either):
        return sorted({span for part in node.parts for span in spans(part, language, places)})
    if isinstance(node, Near):
        ones, others = spans(node.one, language, places), spans(node.other, language, places)
        pairs = [(a, b) for a in ones for b in others if a != b and _between(a, b) <= node.distance]
        return sorted({(min(a[0], b[0]), max(a[1], b[1])) for a, b in pairs})
    return []


def _between(one: Span, other: Span) -> int:
    """Return how many words stand between two spans; less than 0 where they share a word."""
    return max(one[0], other[0]) - min(one[1], other[1]) - 1


def holds(node: Any, language: str, places: dict[Term, list[int]]) -> bool:
    """Return whether a text fits a query."""
    if isinstance(node, Both):
        return all(holds(part, language, places) for part in node.parts)
    if isinstance(node, Without):
        return not holds(node.part, language, places)
    if isinstance(node, Either):
        return any(holds(part, language, places) for part in node.parts)
    return bool(spans(node, language, places))


def mentions(node: Any, language: str, places: dict[Term, list[int]]) -> int:
    """Return how often what a query asks for stands in a text; what must not be there counts for nothing."""
    if isinstance(node, Both):
        return sum(mentions(part, language, places) for part in node.parts)
    return 0 if isinstance(node, Without) else len(spans(node, language, places))


def found(texts: Sequence[str], queries: Sequence[Query], plain_kazakh: str = PLAIN_KAZAKH.default) -> pd.DataFrame:
    """Return what the queries find: ``text`` (its position), ``code``, ``language``, ``mentions``, a row per query.

    Each distinct token is looked up once.
    """
    terms = Terms(queries, plain_kazakh)
    wanted = [{(query.language, word.kind, word.text) for word in words_of(query.tree)} for query in queries]
    known: dict[str, frozenset[Term]] = {}
    rows = []
    for number, text in enumerate(texts):
        places: dict[Term, list[int]] = {}
        for place, token in enumerate(tokens(text)):
            if token not in known:
                known[token] = terms.of(token)
            for term in known[token]:
                places.setdefault(term, []).append(place)
        for query, words in zip(queries, wanted):
            if words.isdisjoint(places):  # every query asks for some word: lint sees to it
                continue
            if holds(query.tree, query.language, places):
                rows.append((number, query.code, query.language, mentions(query.tree, query.language, places)))
    return pd.DataFrame(rows, columns=["text", "code", "language", "mentions"])


def silent(texts: Sequence[str], queries: Sequence[Query]) -> list[str]:
    """Return the words of queries that no text has, as ``language: word``: a typing error, or a word nobody uses."""
    terms = Terms(queries)
    seen = {term for token in {token for text in texts for token in tokens(text)} for term in terms.of(token)}
    wanted = {(query.language, word.kind, word.text) for query in queries for word in words_of(query.tree)}
    return sorted(f"{language}: {text}{'*' if kind == 'prefix' else ''}" for language, kind, text in wanted - seen)
