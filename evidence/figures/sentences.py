"""Sentences kept as data, whose numbers are roles: ``"{fact}`register-out-2012` had not returned"``."""

from __future__ import annotations

import re

from evidence.data import format, store
from evidence.data.records import fact
from evidence.data.schema import kinds
from evidence.figures.calculations import calc_reads

ROLE = re.compile(r"\{([\w-]+)\}`(?:([^`<]+?)\s*<)?([^`<>]+)>?`")  # kind, text of ours if any, id


EXPLICIT = re.compile(r"(.+?)\s*<([^<>]+)>", re.DOTALL)  # text of ours and id, in a role


def reads(kind: str, key: str) -> str:
    """Return how a record reads in a sentence; raises :class:`evidence.data.store.UnknownId`."""
    if kind == "fact":
        return format.reads(fact(key))
    if kind == "calc":
        return calc_reads(key)
    if kind not in kinds():
        raise store.UnknownId("kind of record", kind, kinds())
    resource = store.schema()[kinds()[kind]]
    return format.filled(resource["record"]["text"], store.row(resource["name"], key), store.fields_of(resource))


def plain(text: str) -> str:
    """Return a sentence with its roles replaced by what they print; raises UnknownId for one that names nothing."""
    return ROLE.sub(lambda match: match[2] or reads(match[1], match[3]), text)


def records_in(text: str) -> list[tuple[str, str]]:
    """Return (kind, id) of every record a sentence names, in its order."""
    return [(kind, key) for kind, _, key in ROLE.findall(text)]
