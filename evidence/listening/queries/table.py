"""A table of queries, and its lint: what is wrong stops the run, what is doubtful is told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from evidence.listening.letters import KAZAKH, is_latin, is_mixed
from evidence.listening.queries.grammar import (
    BadQuery,
    Both,
    Either,
    Group,
    Near,
    Phrase,
    Without,
    Word,
    parsed,
    plain,
    words_of,
)
from evidence.listening.reading.text import read_table
from evidence.toolkit.faults import BadInput, Fault
from evidence.toolkit.files import check_readable

HEADS = ("code", "title", "language", "query")
LANGUAGES = {"ru": "Russian", "kk": "Kazakh", "en": "English"}
LEAST_PREFIX = 4  # letters before a *; shorter ones catch other words (ours)
MOST_NEAR = 10  # words that NEAR may span; the platform of the study advises no more


class Query(NamedTuple):
    """A query of a code in a language; ``tree`` has no brackets."""

    code: str
    title: str
    language: str
    text: str
    tree: Any


def _wrong(node: Any, in_near: bool = False) -> Iterator[str]:
    """Yield what must be mended in a tree."""
    if isinstance(node, Either) and any(isinstance(part, Both) for part in node.parts):
        yield "mixes AND and OR without brackets"
    if isinstance(node, Either) and any(isinstance(part, Without) for part in node.parts):
        yield "has NOT in an OR: nearly every post would fit"
    if isinstance(node, Both | Without) and in_near:
        yield "has AND or NOT inside NEAR, which takes words, phrases and OR"
    if isinstance(node, Near):
        yield from (*_wrong(node.one, True), *_wrong(node.other, True))
    elif isinstance(node, Either | Both):
        for part in node.parts:
            yield from _wrong(part, in_near)
    elif isinstance(node, Group | Without):
        yield from _wrong(node.part, in_near)


def _only_negative(node: Any) -> bool:
    """Return whether a tree without brackets asks only for what must not be there."""
    if isinstance(node, Both):
        return all(_only_negative(part) for part in node.parts)
    return isinstance(node, Without)


def problems(text: str, language: str) -> tuple[Any, list[str], list[str]]:
    """Return the tree of a query (None if it cannot be read), what is wrong with it, and what is doubtful."""
    try:
        tree = parsed(text)
    except BadQuery as error:
        return None, [str(error)], []
    words = words_of(tree)
    wrong = list(dict.fromkeys(_wrong(tree)))
    if _only_negative(plain(tree)):
        wrong.append("only says what must not be there")
    wrong += [f"{word.text!r} mixes Latin and Cyrillic letters" for word in words if is_mixed(word.text)]
    lower = [word.text for word in words if word.text in ("and", "or", "not", "near")]
    wrong += [f"{word!r} is read as a word: operators are in capitals" for word in lower]
    doubts = [
        f"{word.text}*: fewer than {LEAST_PREFIX} letters catch other words"
        for word in words
        if word.kind == "prefix" and len(word.text) < LEAST_PREFIX
    ]
    if language == "ru":
        doubts += [f"{word.text!r} has Kazakh letters" for word in words if set(word.text) & KAZAKH]
    if language in ("ru", "kk"):
        doubts += [f"{word.text!r} is Latin; the Cyrillic word finds it too" for word in words if is_latin(word.text)]
    if language == "en":
        doubts += [f"{word.text!r} is not Latin" for word in words if not is_latin(word.text)]
    doubts += _near_doubts(tree)
    repeated = sorted({str(part) for node in _eithers(tree) for part in node.parts if node.parts.count(part) > 1})
    doubts += ["one part of an OR stands twice"] if repeated else []
    return plain(tree), wrong, doubts


def _nodes(node: Any) -> Iterator[Any]:
    """Yield a tree and all its parts."""
    yield node
    if isinstance(node, Either | Both):
        parts: tuple[Any, ...] = node.parts
    elif isinstance(node, Near):
        parts = (node.one, node.other)
    else:
        parts = (node.part,) if isinstance(node, Group | Without) else ()
    for part in parts:
        yield from _nodes(part)


def _near_doubts(tree: Any) -> list[str]:
    spans = [node.distance for node in _nodes(tree) if isinstance(node, Near)]
    return [f"NEAR/{span} spans more than {MOST_NEAR} words" for span in spans if span > MOST_NEAR]


def _eithers(tree: Any) -> list[Either]:
    return [node for node in _nodes(tree) if isinstance(node, Either)]


def read_queries(path: Path) -> tuple[list[Query], list[Fault]]:
    """Return the queries of a CSV file (``code``, ``title``, ``language``, ``query``) and what is doubtful in them.

    It may be as a spreadsheet saves it: with semicolons, in an old encoding. Raises :class:`BadInput`
    with everything that is wrong.
    """
    check_readable([path], str)
    table = read_table(path, HEADS, 2)
    missing = [head for head in HEADS if head not in table.heads]
    if missing:
        rule = f"no such column; a table of queries has: {', '.join(HEADS)}"
        raise BadInput([Fault(path.name, 1, head, "", rule) for head in missing])
    found, faults, doubts, seen = [], list(table.faults), [], set()
    titles: dict[str, str] = {}
    for number, cells in table.rows:
        code, title, language, query = (cells[table.heads.index(head)].strip() for head in HEADS)
        if language not in LANGUAGES:
            rule = f"is not a language; languages are: {', '.join(LANGUAGES)}"
            faults.append(Fault(path.name, number, "language", language, rule))
        if not code:
            faults.append(Fault(path.name, number, "code", "", "is empty"))
        if titles.setdefault(code, title or code) != (title or code):
            faults.append(
                Fault(path.name, number, "title", title, f"is not {titles[code]!r}, as an earlier row calls {code}")
            )
        if not query:
            faults.append(Fault(path.name, number, "query", "", "is empty"))
            continue
        if (code, language, query) in seen:
            faults.append(Fault(path.name, number, "query", query, "stands here already"))
        seen.add((code, language, query))
        tree, wrong, doubtful = problems(query, language)
        faults += [Fault(path.name, number, "query", query, rule) for rule in wrong]
        doubts += [Fault(path.name, number, "query", query, rule) for rule in doubtful]
        found.append(Query(code, title or code, language, query, tree))
    if not found:
        faults.append(Fault(path.name, None, "", "", "holds no query"))
    if faults:
        raise BadInput(faults)
    return found, doubts


__all__ = ["HEADS", "LANGUAGES", "Phrase", "Query", "Word", "problems", "read_queries"]
