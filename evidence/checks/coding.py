"""Codes against the cells beside them: what a row must not say of itself in two ways."""

from __future__ import annotations

import re

from evidence.data import store
from evidence.data.rules import FIRST_ROW, Problem
from evidence.figures import lenses

CHANGES = "changes-a-conclusion"  # severity of a disagreement that turns what a reader would conclude


def addressee_problems() -> list[Problem]:
    """Return the recommendations whose basis is none although somebody is asked, or the other way round."""
    rule = "is none exactly where nobody is asked: take the addressee out, or say whether it is stated or inferred"
    return [
        wrong("recommendations", number, "addressee_basis", row.addressee_basis, f"{row.id}: {rule}")
        for number, row in store.numbered("recommendations")
        if (row.addressee_basis == "none") != (row.addressee == "")
    ]


def scope_problems() -> list[Problem]:
    """Return the findings whose scope and places disagree, and what on Kazakhstan cites one of general scope.

    Rule: what a document takes from general literature names no place within the country.
    """
    kinds = {row.id: row.kind for row in store.rows("places").values()}
    abroad = {"abroad", "group"}
    problems, general = [], set()
    for number, row in store.numbered("findings"):
        if row.scope != "general":
            continue
        general.add(row.id)
        at_home = [place for place in store.items(row.places) if kinds[place] not in abroad]
        if at_home:
            rule = f"{row.id}: is of general scope, so that it names no place within the country"
            problems.append(wrong("findings", number, "places", row.places, rule))
    for table in ("synthesis", "answers"):
        for number, row in store.numbered(table):
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
        for number, row in store.numbered("theory_nodes")
        if (row.id in linked) == bool(row.unlinked)
    ]


def gap_problems() -> list[Problem]:
    """Return the open questions that say twice or never what the document says, and lost facts that are in none.

    A question of what is lost names lost facts only, and each of them stands in one.
    """
    lost = {row.id for row in store.rows("facts").values() if "lost_in_source" in store.items(row.flags)}
    problems, told = [], set()
    for number, row in store.numbered("evidence_gaps"):
        if bool(row.says) == bool(row.findings):
            rule = f"{row.id}: is empty exactly where a finding says it; name the finding, or say it here"
            problems.append(wrong("evidence_gaps", number, "says", row.says or None, rule))
        if row.empty == "lost":
            told |= set(store.items(row.facts))
            if others := set(store.items(row.facts)) - lost:
                rule = f"{row.id}: is not flagged lost_in_source; name what is lost, or another reason"
                problems.append(wrong("evidence_gaps", number, "facts", ";".join(sorted(others)), rule))
    for number, row in store.numbered("facts"):
        if row.id in lost - told:
            rule = f"{row.id}: is lost and stands in no row of evidence_gaps.csv; add it to one with empty=lost"
            problems.append(wrong("facts", number, "flags", row.flags, rule))
    return problems


def indicator_problems() -> list[Problem]:
    """Return the indicators without a row of themes, and those asked for whose facts contradict their match."""
    coded = {row.indicator for row in store.rows("indicator_themes").values()}
    rule = "has no row in indicator_themes.csv; add one, with no themes if it describes the country at large"
    found = [
        wrong("indicators", number, "id", row.id, f"{row.id}: {rule}")
        for number, row in store.numbered("indicators")
        if row.id not in coded
    ]
    rule = "is none exactly where no fact gives the indicator; name the facts, or change the match"
    return found + [
        wrong("asked_indicators", number, "match", row.match, f"{row.id}: {rule}")
        for number, row in store.numbered("asked_indicators")
        if (row.match == "none") == bool(row.facts)
    ]


def advice_problems() -> list[Problem]:
    """Return the disagreements without advice though two documents differ or a conclusion changes.

    A conclusion that one side alone suggests stands only where a conclusion changes.
    """
    asked = "says what a user should do, wherever two documents differ or a conclusion changes"
    found = []
    for number, row in store.numbered("discrepancies"):
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


def lens_problems() -> list[Problem]:
    """Return the codes of a lens that no finding needs, and those shown that say nothing of the children."""
    taken, found = set(lenses.pairs()), []
    for number, row in store.numbered(lenses.CODES):
        if (row.lens, row.finding) not in taken:
            rule = f"{row.id}: by lens_terms.csv the lens {row.lens} does not take in this finding; take the row out"
            found.append(wrong(lenses.CODES, number, "finding", row.finding, rule))
        elif row.shown and row.says in (lenses.BESIDE, lenses.UNSEEN):
            rule = f"{row.id}: is shown as one that tells of these children, and is coded as {row.says}"
            found.append(wrong(lenses.CODES, number, "shown", "true", rule))
    return found


def theme_problems() -> list[Problem]:
    """Return the statements that name a theme by one of its words, and are not coded with it."""
    words = {row.id: row.words.split(";") for row in store.rows("themes").values() if row.words}
    named = {
        key: re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, terms))})(?!\w)", re.IGNORECASE)
        for key, terms in words.items()
    }
    found = []
    for table in ("findings", "recommendations", "review_findings"):
        for number, row in store.numbered(table):
            for theme, word in named.items():
                if (said := word.search(row.statement)) and theme not in store.items(row.themes):
                    rule = f"{row.id}: its statement says {said[0]!r}; add the theme {theme}"
                    found.append(wrong(table, number, "themes", row.themes, rule))
    return found


def uncoded_problems() -> list[Problem]:
    """Return the findings that a lens of equity takes in and no row of ``equity_codes.csv`` codes, or several do."""
    coded = [(row.lens, row.finding) for row in store.rows(lenses.CODES).values()]
    numbers = {row.id: number for number, row in store.numbered("findings")}
    rule = "the lens {lens} takes it in, by its groups and themes; code it in one row of equity_codes.csv"
    return [
        wrong("findings", numbers[finding], "groups", None, f"{finding}: {rule.format(lens=lens)}")
        for lens, finding in lenses.pairs()
        if coded.count((lens, finding)) != 1
    ]


def problems() -> list[Problem]:
    """Return every row whose codes contradict each other."""
    parts = (addressee_problems, scope_problems, theory_problems, gap_problems, indicator_problems, lens_problems)
    return [problem for part in (*parts, advice_problems, link_problems, theme_problems) for problem in part()]


def wrong(table: str, number: int, column: str, value: str | None, rule: str) -> Problem:
    """Return the problem of one cell."""
    return Problem(store.schema()[table]["path"], number, column, value, rule)
