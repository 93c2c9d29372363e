"""Who is asked to act: one id for a body whichever name it had (``addressees.csv``), for each call on someone."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

from evidence.data import store

TABLES = ("addressees", "recommendations", "actions", "responsibilities")


@cache
def _by_name() -> dict[str, str]:
    return {name: row.id for row in store.rows("addressees").values() for name in store.items(row.names)}


@cache
def _by_body() -> dict[str, str]:
    return {body: row.id for row in store.rows("addressees").values() for body in store.items(row.bodies)}


@cache
def _by_action() -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for row in store.rows("responsibilities").values():
        found[row.action].append(_by_body()[row.body])
    return {action: sorted(set(keys)) for action, keys in found.items()}


def of_recommendation(row) -> list[str]:
    """Return the ids of those that a recommendation asks; raises KeyError for a name that no addressee has."""
    return list(dict.fromkeys(_by_name()[name] for name in store.items(row.addressee)))


def of_action(row) -> list[str]:
    """Return the ids of those that lead an action or take part in it, in the text or in the table of a document."""
    return _by_action().get(row.id, [])


def unknown() -> tuple[set[str], set[str]]:
    """Return the names that recommendations ask and the bodies that actions involve which no addressee has."""
    asked = {name for row in store.rows("recommendations").values() for name in store.items(row.addressee)}
    involved = {row.body for row in store.rows("responsibilities").values()}
    return asked - _by_name().keys(), involved - _by_body().keys()
