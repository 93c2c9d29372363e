"""Codes against the cells beside them: what a row must not say of itself in two ways."""

from __future__ import annotations

from evidence.data import store
from evidence.data.rules import FIRST_ROW, Problem

CHANGES = "changes-a-conclusion"  # severity of a disagreement that turns what a reader would conclude


def addressee_problems() -> list[Problem]:
    """Return the recommendations whose basis is none although somebody is asked, or the other way round."""
    rule = "is none exactly where nobody is asked: take the addressee out, or say whether it is stated or inferred"
    return [
        wrong("recommendations", number, "addressee_basis", row.addressee_basis, f"{row.id}: {rule}")
        for number, row in rows_of("recommendations")
        if (row.addressee_basis == "none") != (row.addressee == "")
    ]


def scope_problems() -> list[Problem]:
    """Return the findings whose scope and places disagree, and what on Kazakhstan cites one of general scope.

    Rule: what a document takes from general literature names no place within the country.
    """
    kinds = {row.id: row.kind for row in store.rows("places").values()}
    abroad = {"abroad", "group"}
    problems, general = [], set()
    for number, row in rows_of("findings"):
        if row.scope != "general":
            continue
        general.add(row.id)
        at_home = [place for place in store.items(row.places) if kinds[place] not in abroad]
        if at_home:
            rule = f"{row.id}: is of general scope, so that it names no place within the country"
            problems.append(wrong("findings", number, "places", row.places, rule))
    for table in ("synthesis", "answers"):
        for number, row in rows_of(table):
            if cited := general & set(store.items(row.findings)):
                rule = f"{row.id}: is taken from general literature, and says nothing of Kazakhstan; cite what does"
                problems.append(wrong(table, number, "findings", ";".join(sorted(cited)), rule))
    return problems


def theory_problems() -> list[Problem]:
    """Return the elements of a theory of change without a link that do not say why, and those that say so with one."""
    edges = store.load("theory_edges")
    linked = set(edges["from"]) | set(edges["to"])
    rule = "says why an element stands alone, exactly where no row of theory_edges.csv names it"
    return [
        wrong("theory_nodes", number, "unlinked", row.unlinked or None, f"{row.id}: {rule}")
        for number, row in rows_of("theory_nodes")
        if (row.id in linked) == bool(row.unlinked)
    ]


def advice_problems() -> list[Problem]:
    """Return the disagreements without advice though two documents differ or a conclusion changes.

    A conclusion that one side alone suggests stands only where a conclusion changes.
    """
    asked = "says what a user should do, wherever two documents differ or a conclusion changes"
    found = []
    for number, row in rows_of("discrepancies"):
        changes = row.severity == CHANGES
        if not row.advice and (changes or row.left_source != row.right_source):
            found.append(wrong("discrepancies", number, "advice", None, f"{row.id}: {asked}"))
        if row.conclusion and not changes:
            rule = f"{row.id}: is given only where a conclusion changes"
            found.append(wrong("discrepancies", number, "conclusion", row.conclusion, rule))
    return found


def link_problems() -> list[Problem]:
    """Return the links between systems that may be one but are not left open, or that join a system to itself."""
    found = []
    for number, row in enumerate(store.load("system_links").to_dict("records"), start=FIRST_ROW):
        if row["from"] == row["to"]:
            found.append(wrong("system_links", number, "to", row["to"], f"{row['id']}: is the system itself"))
        if row["kind"] == "maybe-same" and row["state"] != "open":
            rule = f"{row['id']}: is open where no text says that two systems are one"
            found.append(wrong("system_links", number, "state", row["state"], rule))
    return found


def problems() -> list[Problem]:
    """Return every row whose codes contradict each other."""
    return addressee_problems() + scope_problems() + theory_problems() + advice_problems() + link_problems()


def rows_of(table: str):
    """Return (number in the file, row) of every row of a table."""
    return enumerate(store.rows(table).values(), start=FIRST_ROW)


def wrong(table: str, number: int, column: str, value: str | None, rule: str) -> Problem:
    """Return the problem of one cell."""
    return Problem(store.schema()[table]["path"], number, column, value, rule)
