"""Codes against the cells beside them: what a row must not say of itself in two ways."""

from __future__ import annotations

from evidence.data import store
from evidence.data.rules import FIRST_ROW, Problem
from evidence.figures import lenses


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


def lens_problems() -> list[Problem]:
    """Return the codes of a lens that no finding needs, and those shown that say nothing of the children."""
    taken, found = set(lenses.pairs()), []
    for number, row in _rows(lenses.CODES):
        if (row.lens, row.finding) not in taken:
            rule = f"{row.id}: by lens_terms.csv the lens {row.lens} does not take in this finding; take the row out"
            found.append(_wrong(lenses.CODES, number, "finding", row.finding, rule))
        elif row.shown and row.says in (lenses.BESIDE, lenses.UNSEEN):
            rule = f"{row.id}: is shown as one that tells of these children, and is coded as {row.says}"
            found.append(_wrong(lenses.CODES, number, "shown", "true", rule))
    return found


def uncoded_problems() -> list[Problem]:
    """Return the findings that a lens of equity takes in and no row of ``equity_codes.csv`` codes, or several do."""
    coded = [(row.lens, row.finding) for row in store.rows(lenses.CODES).values()]
    numbers = {row.id: number for number, row in _rows("findings")}
    rule = "the lens {lens} takes it in, by its groups and themes; code it in one row of equity_codes.csv"
    return [
        _wrong("findings", numbers[finding], "groups", None, f"{finding}: {rule.format(lens=lens)}")
        for lens, finding in lenses.pairs()
        if coded.count((lens, finding)) != 1
    ]


def problems() -> list[Problem]:
    """Return every row whose codes contradict each other."""
    return addressee_problems() + scope_problems() + theory_problems() + lens_problems()


def _rows(table: str):
    return enumerate(store.rows(table).values(), start=FIRST_ROW)


def _wrong(table: str, number: int, column: str, value: str | None, rule: str) -> Problem:
    return Problem(store.schema()[table]["path"], number, column, value, rule)
