"""Tables of the chapter on norms."""

from __future__ import annotations

import pandas as pd

from evidence.data import store
from evidence.data.format import number, reads
from evidence.data.records import fact
from evidence.data.store import holding, of_document
from evidence.figures.calculations import compute
from evidence.parts.child_protection.evaluation import EVALUATION

FIRST, SECOND = "First round, 2016", "Second round, 2021"
PUBLIC, PARENTS, PROFESSIONALS, NOT_NAMED = "General public", "Parents", "Professionals", "Not said who"
ATTITUDES = {  # facts vac-kap16-… and vac-kap21-…: subject, who was asked, what of, the change that is for the better
    "parents-physical": ("use", PARENTS, "used physical violence", "fall"),
    "frequent-violence": ("use", NOT_NAMED, "used several kinds of violent discipline", "fall"),
    "support-cp": ("support", PUBLIC, "support corporal punishment", "fall"),
    "prof-support-cp": ("support", PROFESSIONALS, "support corporal punishment", "fall"),
    "understand-physical": ("understanding", PUBLIC, "understand what physical violence is", "rise"),
    "prof-understand-physical": ("understanding", PROFESSIONALS, "understand what physical violence is", "rise"),
    "no-report": ("reporting", PUBLIC, "find reporting what they witness unimportant", "fall"),
    "no-report-teachers": ("reporting", PUBLIC, "favour no report by teachers who witness it", "fall"),
    "no-report-medical": ("reporting", PUBLIC, "favour no report by medical staff who witness it", "fall"),
    "investigate": ("investigation", PUBLIC, "find state investigation very important", "rise"),
    "prof-no-report-teachers": ("reporting", PROFESSIONALS, "favour no report by teachers who witness it", "fall"),
    "prof-no-report-medical": ("reporting", PROFESSIONALS, "favour no report by medical staff who witness it", "fall"),
}
ONE_ROUND = {  # facts of one round: who was asked, what of
    "vac-kap16-any-violence": (PUBLIC, "used mental or physical violence"),
    "vac-kap16-mental-violence": (PUBLIC, "used mental violence"),
    "vac-kap16-physical-violence": (PUBLIC, "used physical violence"),
}


def attitudes(*subjects: str) -> pd.DataFrame:
    """Return what both rounds of the survey on violence in families print, one row per pair (12), or those on subjects.

    Columns: ``Who and what``, ``FIRST`` and ``SECOND`` (per cent of those asked), ``Change, points`` (second less
    first), ``Direction`` ("better" or "worse", by the sign of the change alone), ``Who was asked``, ``What of``,
    ``subject`` (key), ``first`` and ``second`` (ids of facts). A pair has one indicator and one base as printed.
    Source: cecchetti2021vac, §6.2 and, for the later support among professionals, §9.1.
    """
    rows = []
    for key, (subject, who, what, better) in ATTITUDES.items():
        first, second, change = f"vac-kap16-{key}", f"vac-kap21-{key}", compute(f"vac-kap-change-{key}")
        direction = "better" if (change > 0) == (better == "rise") else "worse"
        shares = [fact(first).value, fact(second).value]
        rows.append((f"{who}: {what}", *shares, change, direction, who, what, subject, first, second))
    columns = ["Who and what", FIRST, SECOND, "Change, points", "Direction"]
    columns += ["Who was asked", "What of", "subject", "first", "second"]
    frame = pd.DataFrame(rows, columns=columns)
    return frame[frame["subject"].isin(subjects)] if subjects else frame


def attitudes_by_group() -> pd.DataFrame:
    """Return the shares of that survey by what was asked and of whom, one row per question (9), as text.

    Columns: ``What of``, then one per group asked: the direction and size of the change with both shares, the share of
    a single round, or "not printed". The pair whose base is not named is left out.
    Source: cecchetti2021vac, §6.2 and §9.1.
    """
    cells = {}
    named = attitudes().query("`Who was asked` != @NOT_NAMED")
    for _, row in named.iterrows():
        change = f"{row['Direction']} by {number(abs(row['Change, points']), 'percent_points')}"
        cells[row["What of"], row["Who was asked"]] = f"{change}: {row[FIRST]:g}% → {row[SECOND]:g}%"
    for key, (who, what) in ONE_ROUND.items():
        cells[what, who] = f"first round only: {reads(fact(key))}"
    questions = dict.fromkeys([*(what for _, what in ONE_ROUND.values()), *named["What of"]])
    groups = [PUBLIC, PARENTS, PROFESSIONALS]
    rows = [(what.capitalize(), *(cells.get((what, who), "not printed") for who in groups)) for what in questions]
    return pd.DataFrame(rows, columns=["What of", *groups])


def findings_on(question: str) -> pd.DataFrame:
    """Return the findings that answer a question of the evaluation: weaknesses, gaps, strengths, descriptions, by line.

    Columns: ``Stance``, ``Rests on`` (who says so, and how strongly), ``As of`` ("not given" where the text is
    silent), then those of ``findings.csv``. Source: cecchetti2021vac, as coded.
    """
    rows = of_document("findings", EVALUATION)
    rows = rows[holding(rows["questions"], question)]
    rank = rows["stance"].map(["weakness", "gap", "strength", "description"].index)
    line = rows["lines"].map(lambda lines: store.line_range(lines)[0])
    order = pd.DataFrame({"rank": rank, "line": line}).sort_values(["rank", "line"]).index
    rows = rows.loc[order].reset_index(drop=True)
    frame = pd.DataFrame({"Stance": rows["stance"], "Rests on": rows["evidence_note"]})
    frame["As of"] = rows["period"].replace("", "not given")
    return pd.concat([frame, rows], axis=1)
