"""A new discrepancy: what it expects is tried before it is written."""

from __future__ import annotations

from evidence.authoring.asking import Desk, completed
from evidence.authoring.facts import where
from evidence.authoring.rows import proposed_id
from evidence.authoring.writing import Draft
from evidence.checks.discrepancies import FAULTS, holds, needs_text, values_in
from evidence.data import store
from evidence.data.rules import DataError, Problem


def expect_problem(expect: str, source: str, texts: dict) -> Problem | None:
    """Return why an expression does not state a disagreement that is there, with the values of its calls, or None."""
    if needs_text(expect) and source not in texts:
        rule = f"says() reads the text of {source}, which is not there; give the folder of the texts with --sources"
        return Problem("--expect", None, None, expect, rule)
    values = values_in(expect, source, texts)
    try:
        if holds(expect, source, texts):
            return None
        rule = "is false, so nothing disagrees"
    except FAULTS as error:
        rule = f"cannot be tried ({error})"
    return Problem("--expect", None, None, expect, rule + (f": {values}" if values else ""))


def new_discrepancy(given: dict[str, str], desk: Desk) -> Draft:
    """Return the row of a new discrepancy; its second place is in the same document unless one is named.

    Raises :class:`DataError` for what is missing or wrong, and for an ``expect`` that does not hold.
    """
    given = given | {"right_source": given.get("right_source") or given.get("left_source", "")}
    problem = None
    if given.get("expect") and given["left_source"] in store.rows("sources"):
        problem = expect_problem(given["expect"], given["left_source"], desk.texts)
    row = completed("discrepancies", given, desk, problems=[problem] if problem and not desk.ask else [])
    while problem := expect_problem(row["expect"], row["left_source"], desk.texts):
        if desk.ask is None:
            raise DataError([problem])
        row["expect"] = desk.ask(f"{problem}\nexpect: ").strip()
    row["id"] = given.get("id") or proposed_id(store.rows("discrepancies"), row["difference"])
    notes = [f"{side}: {where(row[f'{side}_source'], row[f'{side}_lines'])}" for side in ("left", "right")]
    notes.append(f"it holds: {values_in(row['expect'], row['left_source'], desk.texts)}")
    use = f"where a sentence meets it, mark it with {{discrepancy}}`{row['id']}`"
    return Draft([("discrepancies", row)], notes=notes, next=use)
