"""Tables of the chapter on norms."""

from __future__ import annotations

import pandas as pd

from evidence.data import store
from evidence.data.format import number, per_cent, reads
from evidence.data.order import in_order
from evidence.data.records import PLACE, fact
from evidence.data.store import holding, of_document
from evidence.exhibits.exhibit import linked
from evidence.exhibits.frames import labelled, printed
from evidence.figures.calculations import compute
from evidence.parts.child_protection.evaluation import EVALUATION

ROUNDS = ["First round, 2016", "Second round, 2021"]
SHOWN = ["Who and what", *ROUNDS, "Change, points", "Direction"]
NOT_GIVEN = "not given"
NOT_NAMED = "not-named"  # code of ``attitude_pairs.asked``


def questions() -> pd.DataFrame:
    """Return the rows of ``attitude_pairs.csv``, in their order: what the survey on violence in families asked."""
    return store.load("attitude_pairs").sort_values("order", ignore_index=True)


def direction(change: float, better: str) -> str:
    """Return "better" or "worse" by the sign of a change alone; ``better`` is "rise" or "fall"."""
    return "better" if (change > 0) == (better == "rise") else "worse"


def attitudes(*subjects: str) -> pd.DataFrame:
    """Return what both rounds of the survey on violence in families print, one row per pair, or those on subjects.

    Columns: those of ``SHOWN`` (who and what; per cent of those asked in each round; second round less first, in
    points; :func:`direction`), then those of ``attitude_pairs.csv``. A pair has one indicator and one base as printed.
    Source: cecchetti2021vac, §6.2 and, for the later support among professionals, §9.1.
    """
    rows = questions().query("second != ''")
    rows = rows[rows["subject"].isin(subjects)] if subjects else rows
    who = labelled(rows, "attitude_pairs", "asked")["asked"]
    frame = pd.DataFrame({"Who and what": who + ": " + rows["what"]})
    for column, key in zip(ROUNDS, ("first", "second")):
        frame[column] = [fact(item).value for item in rows[key]]
    frame["Change, points"] = [compute(item) for item in rows["change"]]
    frame["Direction"] = [direction(*pair) for pair in zip(frame["Change, points"], rows["better"])]
    return pd.concat([frame, rows], axis=1)


def answer_in_words(row) -> str:
    """Return what is printed for a row of ``attitude_pairs.csv``: "worse by 5 points: 60% → 55%", or one round only."""
    first = fact(row.first)
    if not row.second:
        return f"first round only: {reads(first)}"
    change = compute(row.change)
    points = number(abs(change), "percent_points")
    return f"{direction(change, row.better)} by {points}: {per_cent(first.value)} → {per_cent(fact(row.second).value)}"


def attitudes_by_group() -> pd.DataFrame:
    """Return the shares of that survey by what was asked and of whom, one row per question, as text.

    Columns: ``What people said``, then one per group asked: :func:`answer_in_words`, or "not given". The pair whose
    base is not named is left out. Source: cecchetti2021vac, §6.2 and §9.1.
    """
    rows = questions().query("asked != @NOT_NAMED")
    answers = {(row.what, row.asked): answer_in_words(row) for row in rows.itertuples()}
    whats = rows["what"].unique()
    frame = pd.DataFrame({"What people said": [what.capitalize() for what in whats]})
    for code, group in store.labels("attitude_pairs", "asked").items():
        if code != NOT_NAMED:
            frame[group] = [answers.get((what, code), NOT_GIVEN) for what in whats]
    return frame


def participation() -> pd.DataFrame:
    """Return the figures on the participation of children as printed, one row each, with their places.

    Columns: ``What was counted``, ``As given``, ``Of whom``, ``As of``, ``Counted by``, then those of a place.
    Source: cecchetti2021vac, §6.1.
    """
    heads = {"as_reported": "As given", "base": "Of whom", "period": "As of", "measured_by": "Counted by"}
    heads |= {column: column for column in PLACE}
    frame = printed("cp-participation-figures", "What was counted", **heads)
    frame["As of"] = frame["As of"].replace("", NOT_GIVEN)
    return frame


def findings_on(question: str) -> pd.DataFrame:
    """Return the findings that answer a question of the evaluation, one row each, by stance, then by line.

    Columns: ``Finding`` (linked), ``Kind``, ``Rests on`` (who says so, and how strongly), ``As of`` ("not given"
    where the text is silent), then those of ``findings.csv``. Source: cecchetti2021vac, as coded.
    """
    rows = of_document("findings", EVALUATION)
    rows = rows[holding(rows["questions"], question)]
    rows = in_order(rows, "stance", "lines", stance=store.labels("findings", "stance"))
    frame = pd.DataFrame({"Finding": linked(rows["statement"], "finding", rows["id"])})
    frame["Kind"] = labelled(rows, "findings", "stance")["stance"]
    frame["Rests on"], frame["As of"] = rows["evidence_note"], rows["period"].replace("", "not given")
    return pd.concat([frame, rows], axis=1)
