"""A new finding: one paraphrased sentence, held against the text it paraphrases."""

from __future__ import annotations

from evidence.authoring.asking import Desk, completed
from evidence.authoring.facts import where
from evidence.authoring.rows import proposed_id
from evidence.authoring.writing import Draft
from evidence.checks.copying import RUN, copied_run
from evidence.checks.lines import shown
from evidence.data import store
from evidence.data.rules import DataError, Problem

ASKED = ("locator", "themes", "groups", "places", "period", "evidence_types", "evidence_note")


def new_finding(given: dict[str, str], desk: Desk) -> Draft:
    """Return the row of a new finding.

    Raises :class:`DataError` for what is missing or wrong, and for words that stand in the document.
    """
    row = completed("findings", given, desk, also=ASKED)
    notes, path = [where(row["source"], row["lines"])], desk.texts.get(row["source"])
    if path is not None:
        run = copied_run(row["statement"], {row["source"]: path})
        if run:
            rule = f"shares {RUN} words in a row with {row['source']}; say it in your own words"
            raise DataError([Problem("--statement", None, None, run, rule)])
        notes.append(f"its lines say {shown(path, row['lines'], 300)}")
    row["id"] = given.get("id") or proposed_id(store.rows("findings"), "find", row["statement"])
    return Draft([("findings", row)], notes=notes, next=f"use it in a sentence as {{finding}}`{row['id']}`")
