"""Codes against the cells beside them: what a row must not say of itself in two ways."""

from __future__ import annotations

from evidence.data import store
from evidence.data.rules import FIRST_ROW, Problem


def addressee_problems() -> list[Problem]:
    """Return the recommendations whose basis is none although somebody is asked, or the other way round."""
    rule = "is none exactly where nobody is asked: take the addressee out, or say whether it is stated or inferred"
    return [
        _wrong("recommendations", number, "addressee_basis", row.addressee_basis, f"{row.id}: {rule}")
        for number, row in _rows("recommendations")
        if (row.addressee_basis == "none") != (row.addressee == "")
    ]


def scope_problems() -> list[Problem]:
    """Return the findings whose scope and places disagree, and what on Kazakhstan cites one of general scope.

    Rule: what a document takes from general literature names no place within the country.
    """
    kinds = {row.id: row.kind for row in store.rows("places").values()}
    abroad = {"abroad", "group"}
    problems, general = [], set()
    for number, row in _rows("findings"):
        if row.scope != "general":
            continue
        general.add(row.id)
        at_home = [place for place in store.items(row.places) if kinds[place] not in abroad]
        if at_home:
            rule = f"{row.id}: is of general scope, so that it names no place within the country"
            problems.append(_wrong("findings", number, "places", row.places, rule))
    for table in ("synthesis", "answers"):
        for number, row in _rows(table):
            if cited := general & set(store.items(row.findings)):
                rule = f"{row.id}: is taken from general literature, and says nothing of Kazakhstan; cite what does"
                problems.append(_wrong(table, number, "findings", ";".join(sorted(cited)), rule))
    return problems


def theory_problems() -> list[Problem]:
    """Return the elements of a theory of change without a link that do not say why, and those that say so with one."""
    edges = store.load("theory_edges")
    linked = set(edges["from"]) | set(edges["to"])
    rule = "says why an element stands alone, exactly where no row of theory_edges.csv names it"
    return [
        _wrong("theory_nodes", number, "unlinked", row.unlinked or None, f"{row.id}: {rule}")
        for number, row in _rows("theory_nodes")
        if (row.id in linked) == bool(row.unlinked)
    ]


def problems() -> list[Problem]:
    """Return every row whose codes contradict each other."""
    return addressee_problems() + scope_problems() + theory_problems()


def _rows(table: str):
    return enumerate(store.rows(table).values(), start=FIRST_ROW)


def _wrong(table: str, number: int, column: str, value: str | None, rule: str) -> Problem:
    return Problem(store.schema()[table]["path"], number, column, value, rule)
