"""Queries as joins: which posts each query finds, on frames of any engine.

The words of a corpus are looked up once each; what remains are the places of words that some query asks for, a table
small enough to join. :func:`evidence.listening.queries.matching.found` says the same in plain Python; tests hold both
against each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import narwhals.stable.v2 as nw
import pandas as pd

from evidence.listening.letters import one_script
from evidence.listening.queries.grammar import Both, Either, Phrase, Without, Word
from evidence.listening.queries.matching import PLAIN_KAZAKH, Terms
from evidence.listening.queries.table import Query
from evidence.toolkit.engines import Engine
from evidence.toolkit.frames import Frame, distinct, grouped, portable

SPAN = ["post", "first", "last"]


def term(language: str, word: Word) -> str:
    """Return the name of a word of a query in a language."""
    return f"{language} {word.kind} {word.text}"


@portable
def vocabulary(words: Frame) -> Frame:
    """Return the distinct words of a corpus: ``found``."""
    return distinct(words, ["found"])


@portable
def places_of(words: Frame, known: Frame) -> Frame:
    """Return where words of queries stand: ``post``, ``place``, ``term``; ``known`` has ``found`` and ``term``."""
    return words.join(known, on="found", how="inner").select("post", "place", "term")


def looked_up(
    engine: Engine, words: Frame, queries: Sequence[Query], plain_kazakh: str = PLAIN_KAZAKH.default
) -> Frame:
    """Return which words of a corpus are words of queries: ``found``, ``term``. Each is looked up once."""
    terms = Terms(queries, plain_kazakh)
    rows = [
        (word, term(language, Word(text, kind)))
        for word in engine.collect(vocabulary(words))["found"].astype(str)
        for language, kind, text in sorted(terms.of(one_script(word.lower())))
    ]
    return engine.frame(pd.DataFrame(rows or [("", "")], columns=["found", "term"], dtype=object))


def _standing(places: Frame, terms: list[str]) -> Frame:
    """Return where words stand: ``post``, ``first``, ``last``; looked through once for all of them."""
    return places.filter(nw.col("term").is_in(terms)).select("post", first="place", last="place")


def _spans(places: Frame, node: Any, language: str) -> Frame:
    """Return where a word, phrase, OR or NEAR stands: ``post``, ``first``, ``last``, each once."""
    if isinstance(node, Word):
        return _standing(places, [term(language, node)])
    if isinstance(node, Phrase):
        found = _spans(places, node.words[0], language)
        for word in node.words[1:]:
            following = _spans(places, word, language).select("post", after=nw.col("first") - 1)
            found = found.join(following, left_on=["post", "last"], right_on=["post", "after"], how="inner")
            found = found.select("post", "first", last=nw.col("last") + 1)
        return found
    if isinstance(node, Either):
        words = [term(language, part) for part in node.parts if isinstance(part, Word)]
        others = [part for part in node.parts if not isinstance(part, Word) and _has_spans(part)]
        parts = [_standing(places, words)] if words else []
        parts += [_spans(places, part, language) for part in others]
        return distinct(nw.concat(parts, how="vertical"), SPAN)
    one, other = _spans(places, node.one, language), _spans(places, node.other, language)
    pairs = one.join(other.rename({"first": "first2", "last": "last2"}), on="post", how="inner")
    differ = (nw.col("first") != nw.col("first2")) | (nw.col("last") != nw.col("last2"))
    start, end = _later("first", "first2"), _earlier("last", "last2")
    near = pairs.filter(differ).with_columns(gap=start - end - 1).filter(nw.col("gap") <= node.distance)
    return distinct(near.select("post", first=_earlier("first", "first2"), last=_later("last", "last2")), SPAN)


def _has_spans(node: Any) -> bool:
    """Return whether what a node asks for stands somewhere; AND and NOT stand nowhere in particular."""
    return any(map(_has_spans, node.parts)) if isinstance(node, Either) else not isinstance(node, Both | Without)


def _is_span(node: Any) -> bool:
    """Return whether a node asks for what stands somewhere and for nothing else: then it holds where it stands."""
    return all(map(_is_span, node.parts)) if isinstance(node, Either) else not isinstance(node, Both | Without)


def _later(one: str, other: str) -> nw.Expr:
    return nw.when(nw.col(one) >= nw.col(other)).then(nw.col(one)).otherwise(nw.col(other))


def _earlier(one: str, other: str) -> nw.Expr:
    return nw.when(nw.col(one) <= nw.col(other)).then(nw.col(one)).otherwise(nw.col(other))


def _holding(places: Frame, node: Any, language: str) -> Frame:
    """Return the posts that fit a query: ``post``, each once."""
    if isinstance(node, Either):
        return distinct(nw.concat([_holding(places, part, language) for part in node.parts], how="vertical"), ["post"])
    if isinstance(node, Both):
        wanted = [part for part in node.parts if not isinstance(part, Without)]
        found = _holding(places, wanted[0], language)
        for part in wanted[1:]:
            found = found.join(_holding(places, part, language), on="post", how="inner")
        for part in (part for part in node.parts if isinstance(part, Without)):
            found = found.join(_holding(places, part.part, language), on="post", how="anti")
        return found
    return distinct(_spans(places, node, language), ["post"])


def _counted(places: Frame, node: Any, language: str) -> list[Frame]:
    """Return the frames of spans that count as mentions; what must not be there counts for nothing."""
    if isinstance(node, Both):
        return [frame for part in node.parts for frame in _counted(places, part, language)]
    return [_spans(places, node, language)] if _has_spans(node) else []


def one_query(places: Frame, query: Query) -> Frame:
    """Return the posts that a query finds: ``post``, ``mentions`` (0 where only an AND inside an OR finds it)."""
    if _is_span(query.tree):
        return grouped(_spans(places, query.tree, query.language), ["post"], mentions=nw.len())
    posts = _holding(places, query.tree, query.language)
    spans = _counted(places, query.tree, query.language)
    if not spans:
        return posts.with_columns(mentions=nw.lit(0).cast(nw.Int64))
    mentions = grouped(nw.concat(spans, how="vertical"), ["post"], mentions=nw.len())
    return posts.join(mentions, on="post", how="left").with_columns(nw.col("mentions").fill_null(0))


@portable
def found_by(places: Frame, query: Query) -> Frame:
    """Return the posts that a query finds, with how often: ``post``, ``code``, ``language``, ``mentions``."""
    rows = one_query(places, query)
    return rows.select("post", "mentions", code=nw.lit(query.code), language=nw.lit(query.language))


@portable
def gathered(*frames: Frame) -> Frame:
    """Return frames one below the other."""
    return nw.concat(list(frames), how="vertical")


def found(
    engine: Engine,
    words: Frame,
    queries: Sequence[Query],
    plain_kazakh: str = PLAIN_KAZAKH.default,
    name: str = "",
) -> Frame:
    """Return what queries find in the words of a corpus: ``post``, ``mentions``, ``code``, ``language``.

    ``name`` stands before the names of what is kept.
    """
    places = engine.checkpoint(places_of(words, looked_up(engine, words, queries, plain_kazakh)), f"{name}places")
    each = [engine.checkpoint(found_by(places, query), f"{name}hits_{place}") for place, query in enumerate(queries)]
    return engine.checkpoint(gathered(*each), f"{name}hits")
