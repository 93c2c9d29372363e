"""How sure a message or an answer is, in a few words, as it stands under it."""

from __future__ import annotations

from docutils import nodes

from evidence.data import store
from evidence.site.records.domain import card_digest, domain_of
from evidence.site.records.roles import RecordReference

NOT_KNOWN = {
    "unknown": "not known",
    "unsaid": "not in the documents",
    "lost": "number lost in the source",
    "partly": "known in part",
}


def judgement(row) -> str:
    """Return how sure a key message is, in a few words: its confidence, or what the data of a statistic are."""
    return f"{row.confidence.capitalize()} confidence" if row.kind == "qualitative" else row.data_label


def state(row) -> list[nodes.Node]:
    """Return that an answer is not known, or known in part only; nothing where it is."""
    if row.state not in NOT_KNOWN:
        return []
    return [nodes.inline("", NOT_KNOWN[row.state].capitalize(), classes=["state", row.state]), nodes.Text(" · ")]


def sureness(env, row) -> list[nodes.Node]:
    """Return how sure an answer is: the confidence of the message it shares, as a link to it, else its own words."""
    said: list[nodes.Node] = []
    if row.message and (message := store.row("synthesis", row.message)).kind == "qualitative":
        said += [linked(env, "message", row.message, judgement(message)), nodes.Text(" · ")]
    return [*said, nodes.Text(f"{row.how_sure.rstrip('.')} · as of {row.as_of.replace('/', ' to ')}")]


def linked(env, kind: str, key: str, text: str) -> RecordReference:
    """Return a link to a record in words of ours; its card stays where it is listed, so that pages stay small."""
    domain_of(env).rest_on(env.docname, card_digest(kind, key), (kind, key))
    return RecordReference(text, text, kind=kind, key=key, plain=True)
