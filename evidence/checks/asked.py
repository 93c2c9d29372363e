"""Whoever is asked to act has an addressee: names of recommendations, and bodies of responsibilities."""

from __future__ import annotations

from evidence.data import addressees, store
from evidence.data.rules import Problem, nearest


def problems() -> list[Problem]:
    """Return the names that recommendations ask, and the bodies that actions involve, which no addressee has."""
    found = []
    for table, column, known, where in (
        ("recommendations", "addressee", addressees.by_name(), "names"),
        ("responsibilities", "body", addressees.by_body(), "bodies"),
    ):
        for number, row in store.numbered(table):
            for item in store.items(getattr(row, column)):
                if item not in known:
                    rule = f"is in `{where}` of no row of addressees.csv{nearest(item, known)}; add it to one, or a row"
                    found.append(Problem(f"{table}.csv", number, column, item, rule))
    return found
