"""Subjects that no document treats: no text has a word of theirs, so that the search may say so.

The words looked for are the beginnings of English words. A document added later that has one of them makes the row
false, and its search would tell readers so; therefore the texts are looked through anew with each check.
"""

from __future__ import annotations

import re
from pathlib import Path

from evidence.checks.texts import n_lines, passage
from evidence.data import store
from evidence.data.rules import Problem

TABLE = "untreated"


def standing(beginnings: list[str], text: str) -> str:
    """Return the first of some beginnings of words that stands in a text in lower case, or nothing."""
    there = (some for some in beginnings if some in text)  # a tenth of the time of an expression
    return next((some for some in there if re.search(rf"\b{re.escape(some)}", text)), "")


def problems(texts: dict[str, Path]) -> list[Problem]:
    """Return each subject that is said to be treated nowhere, with the document that has a word of it."""
    found: list[Problem] = []
    if TABLE not in store.schema():
        return found
    whole = {source: passage(path, f"1-{n_lines(path)}") for source, path in texts.items()}
    for at, row in store.numbered(TABLE):
        for source, text in whole.items():
            if word := standing(store.items(row.looked_for), text):
                rule = f"{row.id}: stands in {source}; take the row out, and let the thesaurus name what is said there"
                found.append(Problem(f"{TABLE}.csv", at, "looked_for", word, rule))
    return found
