"""Who is asked to act: one id for a body whichever name it had (``addressees.csv``), for each call on someone."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

from evidence.data import store

TABLES = ("addressees", "recommendations", "actions", "responsibilities")


@cache
def by_name() -> dict[str, str]:
    """Return the id of the addressee of each name that a recommendation may print."""
    return {name: row.id for row in store.rows("addressees").values() for name in store.items(row.names)}


def brief_names() -> dict[str, str]:
    """Return the shortest name of each addressee by its id."""
    return {key: row.brief or row.name for key, row in store.rows("addressees").items()}


@cache
def by_body() -> dict[str, str]:
    """Return the id of the addressee of each body."""
    return {body: row.id for row in store.rows("addressees").values() for body in store.items(row.bodies)}


@cache
def _by_action() -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for row in store.rows("responsibilities").values():
        if row.body in by_body():
            found[row.action].append(by_body()[row.body])
    return {action: sorted(set(keys)) for action, keys in found.items()}


def of_recommendation(row) -> list[str]:
    """Return the ids of those that a recommendation asks, without names that no addressee has: the checks say those."""
    return list(dict.fromkeys(by_name()[name] for name in store.items(row.addressee) if name in by_name()))


def of_action(row) -> list[str]:
    """Return the ids of those that lead an action or take part in it, in the text or in the table of a document."""
    return _by_action().get(row.id, [])
