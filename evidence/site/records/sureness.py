"""How sure a message or an answer is, in a few words, as it stands under it."""

from __future__ import annotations

from docutils import nodes

from evidence.figures.sureness import BY_MESSAGE, QUALITATIVE, dots, in_words, levels_behind
from evidence.site.records.domain import card_digest, domain_of
from evidence.site.records.folds import Mark
from evidence.site.records.roles import RecordReference

NOT_KNOWN = {
    "unknown": "Not known",
    "unsaid": "Not in the documents",
    "lost": "Number lost in our copy",
    "partly": "Known in part",
}


def judgement(row) -> str:
    """Return how sure a key message is, in a few words: its confidence, or what the data of a statistic are."""
    return f"{row.confidence.capitalize()} confidence" if row.kind == QUALITATIVE else row.data_label


def level(row) -> int:
    """Return how many of four dots the confidence of a message fills, 0 for a statistic."""
    return dots(row.confidence) if row.kind == QUALITATIVE else 0


def mark_of(answer) -> Mark:
    """Return the mark before how sure an answer is: of several levels of its messages the lowest, or that of data."""
    levels = levels_behind(answer)
    return Mark("", level=dots(levels[-1]) if levels else 0)


def state(row) -> list[nodes.Node]:
    """Return that an answer is not known, or known in part only; nothing where it is."""
    if row.state not in NOT_KNOWN:
        return []
    return [nodes.inline("", NOT_KNOWN[row.state], classes=["state", row.state]), nodes.Text(" · ")]


def rated(row, words: str) -> str:
    """Return the level of an answer in words; of one that nobody knows, that the level is of just this."""
    return f"{words} that it is not" if words and row.state == "unknown" else words


def sureness(env, row, shows_messages: bool = False) -> list[nodes.Node]:
    """Return how sure an answer is: the confidence of its messages, a link to one it names, and its own words.

    Where the messages of its page differ and stand below it (``shows_messages``), readers are sent to them.
    """
    said: list[nodes.Node] = []
    words = rated(row, in_words(row) if shows_messages else in_words(row).removesuffix(BY_MESSAGE))
    if words and row.message:
        said += [linked(env, "message", row.message, words), nodes.Text(" · ")]
    elif words:
        said += [nodes.Text(f"{words} · ")]
    return [*said, nodes.Text(f"{row.how_sure.rstrip('.')} · as of {row.as_of.replace('/', ' to ')}")]


def in_brief(env, row) -> list[nodes.Node]:
    """Return how sure an answer is in the fewest words: its level if it has one, else its own words; and as of when."""
    words, when = rated(row, in_words(row)), nodes.Text(f" · as of {row.as_of.replace('/', ' to ')}")
    if words and row.message:
        return [linked(env, "message", row.message, words), when]
    return [nodes.Text(words or row.how_sure.rstrip(".")), when]


def linked(env, kind: str, key: str, text: str) -> RecordReference:
    """Return a link to a record in words of ours; its card stays where it is listed, so that pages stay small."""
    domain_of(env).rest_on(env.docname, card_digest(kind, key), (kind, key))
    return RecordReference(text, text, kind=kind, key=key, plain=True)
