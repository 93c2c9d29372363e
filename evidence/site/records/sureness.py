"""How sure a message or an answer is, in a few words, as it stands under it."""

from __future__ import annotations

from docutils import nodes

from evidence.figures.sureness import (
    BY_MESSAGE,
    dated,
    dots,
    in_words,
    levels_behind,
    named_behind,
    not_rated,
)
from evidence.site.records.domain import card_digest, domain_of
from evidence.site.records.folds import Mark
from evidence.site.records.roles import RecordReference

NOT_KNOWN = {
    "unknown": "Not known",
    "unsaid": "Not in the documents",
    "lost": "Number lost in our copy",
    "partly": "Known in part",
}


def level(row) -> int:
    """Return how many of four dots the confidence of a message fills, 0 for a statistic."""
    return dots(row.confidence) if row.confidence else 0


def mark_of(answer) -> list[nodes.Node]:
    """Return the mark before how sure an answer is: of several levels of its messages the lowest; none if not rated."""
    levels = levels_behind(answer)
    return mark(dots(levels[-1])) if levels else []


def mark(level: int) -> list[nodes.Node]:
    """Return a mark of so many dots and a space; nothing for 0, which is no level."""
    return [Mark("", level=level), nodes.Text(" ")] if level else []


def state(row) -> list[nodes.Node]:
    """Return that an answer is not known, or known in part only; nothing where it is."""
    if row.state not in NOT_KNOWN:
        return []
    return [nodes.inline("", NOT_KNOWN[row.state], classes=["state", row.state]), nodes.Text(" · ")]


def rated(row, words: str) -> str:
    """Return the level of an answer in words; of one that nobody knows, that the level is of just this."""
    return f"{words} that it is not known" if words and row.state == "unknown" else words


def sureness(env, row, shows_messages: bool = False) -> list[nodes.Node]:
    """Return how sure an answer is, why, and as of when: its level, linked to what it names, or that it is not rated.

    Where the messages of its page differ and stand below it (``shows_messages``), readers are sent to them.
    """
    when = f" · as of {dated(row)}"
    words = rated(row, in_words(row) if shows_messages else in_words(row).removesuffix(BY_MESSAGE))
    if not words:
        return [nodes.Text(not_rated(row.how_sure) + when)]
    named = named_behind(row)
    rating = linked(env, *named, words) if named else nodes.Text(words)
    return [rating, nodes.Text(f" · {row.how_sure.rstrip('.')}{when}")]


def line(env, row) -> list[nodes.Node]:
    """Return what stands under an answer: the mark of its level, whether it is known, how sure it is and why."""
    return [*mark_of(row), *state(row), *sureness(env, row)]


def linked(env, kind: str, key: str, text: str) -> RecordReference:
    """Return a link to a record in words of ours; its card stays where it is listed, so that pages stay small."""
    domain_of(env).rest_on(env.docname, card_digest(kind, key), (kind, key))
    return RecordReference(text, text, kind=kind, key=key, plain=True)
