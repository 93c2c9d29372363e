"""How conclusions of ours are judged, the same for key messages and for review findings.

A qualitative one is judged by GRADE-CERQual: four components, each a level of concern with a reason, then an overall
confidence. GRADE-CERQual prescribes no arithmetic; which concerns allow at most which confidence is our rule, kept in
``confidence_rules.csv``. One that rests on statistics has a label and a note for its data instead.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import NamedTuple

import pandas as pd

from evidence.data import own_limits, store
from evidence.data.rules import FIRST_ROW, Problem
from evidence.data.store import UnknownId
from evidence.figures.sentences import plain
from evidence.figures.sureness import COMPONENTS, CONCERNS, QUALITATIVE, REASON

LEVELS = tuple(f"{component}{CONCERNS}" for component in COMPONENTS)
REASONS = tuple(f"{component}{REASON}" for component in COMPONENTS)
DATA = ("data_label", "data_quality")  # what one that rests on statistics has instead
JUDGEMENT = (*(name for pair in zip(LEVELS, REASONS) for name in pair), "confidence")
OWN_WORDS = (*REASONS, "departure", "data_quality")  # what is true of one conclusion only


class Judged(NamedTuple):
    """A table of sentences of ours: its name, what a row of it is called, and how many words its columns may print.

    Words are counted as readers see them, roles filled in.
    """

    table: str
    noun: str
    most_words: dict[str, int]

    def wrong(self, row, column: str, rule: str, value: str | None = None) -> Problem:
        """Return what is wrong with a column of a row; ``row`` is one of :func:`numbered`."""
        return Problem(f"{self.table}.csv", row.number, column, value, f"{row.id}: {rule}")


def numbered(rows: pd.DataFrame) -> list:
    """Return the rows of a table of conclusions, each with the ``number`` of its row in the file."""
    return list(rows.assign(number=range(FIRST_ROW, len(rows) + FIRST_ROW)).itertuples(index=False))


def judgement_problems(row, judged: Judged) -> list[Problem]:
    """Return what a conclusion lacks of the judgement of its kind, and what belongs to the other kind."""
    called = f"a {row.kind} {judged.noun}"
    wanted, unwanted = (JUDGEMENT, DATA) if row.kind == QUALITATIVE else (DATA, (*JUDGEMENT, "departure"))
    found = [judged.wrong(row, name, f"is empty; {called} needs it") for name in wanted if not getattr(row, name)]
    for name in unwanted:
        if getattr(row, name):
            found.append(judged.wrong(row, name, f"{called} has none; empty the cell", getattr(row, name)))
    return found


def allowed(concerns: list[str], rules: pd.DataFrame, levels: list[str]) -> str:
    """Return the highest confidence that the concerns of four components allow; ``levels`` from high to very low."""
    capped = [rule.confidence for rule in rules.itertuples() if concerns.count(rule.concern) >= rule.at_least]
    return max(capped, key=levels.index, default=levels[0])


def confidence_problems(row, rules: pd.DataFrame, judged: Judged) -> list[Problem]:
    """Return whether the confidence of a qualitative conclusion is one that its concerns carry, or says why not."""
    levels = list(store.labels(judged.table, "confidence"))
    if row.kind != QUALITATIVE or row.confidence not in levels:
        return []
    most = allowed([getattr(row, name) for name in LEVELS], rules, levels)
    below = levels.index(row.confidence) - levels.index(most)
    if below < 0 and not row.departure:
        rule = f"its concerns allow at most {most}; lower it, or say in departure why it is higher"
        return [judged.wrong(row, "confidence", rule, row.confidence)]
    if below >= own_limits.large_departure() and not row.departure:
        rule = f"its concerns allow {most}; raise it, name the concern that is missing, or say in departure why"
        return [judged.wrong(row, "confidence", rule, row.confidence)]
    if below == 0 and row.departure:
        rule = "the confidence is what its concerns allow; empty the cell"
        return [judged.wrong(row, "departure", rule, row.departure)]
    return []


def shared_problems(rows: list, judged: Judged) -> list[Problem]:
    """Return the reasons and notes that stand word for word in several places, however spaced or punctuated."""
    places = defaultdict(list)
    for row in rows:
        for name in OWN_WORDS:
            words = " ".join(re.findall(r"\w+", getattr(row, name).lower()))
            if words:
                places[words].append((row, name))
    found = []
    for same in places.values():
        for row, name in same if len(same) > 1 else ():
            others = ", ".join(sorted({f"{other.id} ({column})" for other, column in same} - {f"{row.id} ({name})"}))
            rule = f"stands word for word in {others}; say what is true of the passages of this {judged.noun}"
            found.append(judged.wrong(row, name, rule, getattr(row, name)))
    return found


def wording_problems(row, judged: Judged) -> list[Problem]:
    """Return the columns of a conclusion that have more words than its table allows."""
    found = []
    for name, most in judged.most_words.items():
        try:
            words = len(plain(getattr(row, name)).split())
        except UnknownId:  # said of every sentence kept as data
            continue
        if words > most:
            rest = "; what it says beyond the point belongs into detail" if "detail" in judged.most_words else ""
            rest = rest if name == "statement" else ""
            found.append(judged.wrong(row, name, f"has {words} words; say it in at most {most}{rest}"))
    return found
