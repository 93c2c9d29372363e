"""The language of queries: words, ``"phrases"``, ``prefix*``, ``#hashtags``, AND, OR, NOT, NEAR/5 and brackets."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

from evidence.listening.extras import needed

GRAMMAR = r"""
start: _any
_any: either | _all
_all: both | _one
_one: without | near | _part
either: _all (_OR _all)+
both: _one (_AND _one)+
without: _NOT (_one)
near: _part DISTANCE _part
_part: WORD | PREFIX | PHRASE | HASHTAG | group
group: "(" _any ")"
_OR.3: /OR(?!\w)/
_AND.3: /AND(?!\w)/
_NOT.3: /NOT(?!\w)/
DISTANCE.3: /NEAR\/\d+/
PREFIX.2: /[^\W_][\w-]*\*/
WORD: /[^\W_][\w-]*/
HASHTAG: /#\w+/
PHRASE: /"[^"]*"/
%ignore /\s+/
"""
SIDE_BY_SIDE = "two words stand side by side: write AND or OR between them, or quotes around a phrase"


class Word(NamedTuple):
    """A word, a prefix or a hashtag; ``kind`` is word, prefix or hashtag."""

    text: str
    kind: str = "word"


class Phrase(NamedTuple):
    """Words that follow each other, each in any of its forms."""

    words: tuple[Word, ...]


class Either(NamedTuple):
    """One of the parts."""

    parts: tuple[Any, ...]


class Both(NamedTuple):
    """All of the parts."""

    parts: tuple[Any, ...]


class Without(NamedTuple):
    """Not the part."""

    part: Any


class Near(NamedTuple):
    """Two parts with at most so many words between them, in any order."""

    one: Any
    other: Any
    distance: int


class Group(NamedTuple):
    """A part in brackets."""

    part: Any


class BadQuery(ValueError):
    """A query that cannot be read: what is wrong, and at which character (from 1)."""

    def __init__(self, rule: str, column: int):
        self.rule, self.column = rule, column
        super().__init__(f"character {column}: {rule}")


@cache
def _parser() -> Any:
    return needed("lark").Lark(GRAMMAR, parser="lalr", lexer="basic")


def _node(tree: Any) -> Any:
    """Return the node of a tree of the parser."""
    kind = getattr(tree, "type", None)
    if kind == "PHRASE":
        words = tree[1:-1].lower().split()
        if not words:
            raise BadQuery("a phrase is empty", tree.column)
        if any("*" in word for word in words):
            raise BadQuery("a phrase holds no *; its words are found in every form", tree.column)
        return Phrase(tuple(Word(word) for word in words))
    if kind in ("WORD", "HASHTAG", "PREFIX"):
        return Word(str(tree).lower().rstrip("*"), kind.lower())
    parts = [_node(child) for child in tree.children if getattr(child, "type", "") != "DISTANCE"]
    if tree.data == "near":
        distance = next(child for child in tree.children if getattr(child, "type", "") == "DISTANCE")
        return Near(parts[0], parts[1], int(distance.partition("/")[2]))
    if tree.data in ("start", "group"):
        return Group(parts[0]) if tree.data == "group" else parts[0]
    if tree.data == "without":
        return Without(parts[0])
    return {"either": Either, "both": Both}[tree.data](tuple(parts))


def parsed(query: str) -> Any:
    """Return the tree of a query, brackets as :class:`Group`. Raises :class:`BadQuery` with what is wrong and where."""
    lark = needed("lark")
    try:
        return _node(_parser().parse(query))
    except lark.exceptions.UnexpectedCharacters as error:
        raise BadQuery(f"{query[error.column - 1]!r} is no part of a query", error.column) from None
    except lark.exceptions.UnexpectedToken as error:
        starts = error.token.type in ("WORD", "PREFIX", "PHRASE", "HASHTAG", "LPAR")
        if starts and "_AND" in error.expected:
            raise BadQuery(SIDE_BY_SIDE, error.column) from None
        if error.token.type == "$END":
            raise BadQuery("ends too early: a word or a bracket is missing", len(query)) from None
        raise BadQuery(f"{str(error.token)!r} cannot stand here", error.column) from None


def plain(node: Any) -> Any:
    """Return a tree without its brackets."""
    if isinstance(node, Group):
        return plain(node.part)
    if isinstance(node, Either | Both):
        return type(node)(tuple(plain(part) for part in node.parts))
    if isinstance(node, Without):
        return Without(plain(node.part))
    if isinstance(node, Near):
        return Near(plain(node.one), plain(node.other), node.distance)
    return node


def words_of(node: Any) -> list[Word]:
    """Return the words of a tree in their order."""
    if isinstance(node, Word):
        return [node]
    if isinstance(node, Phrase):
        return list(node.words)
    if isinstance(node, Near):
        return words_of(node.one) + words_of(node.other)
    parts = node.parts if isinstance(node, Either | Both) else (node.part,)
    return [word for part in parts for word in words_of(part)]
