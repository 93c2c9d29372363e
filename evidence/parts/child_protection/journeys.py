"""Tables of the chapter on journeys."""

from __future__ import annotations

import pandas as pd

from evidence.data import store
from evidence.data.order import in_order
from evidence.data.store import items, of_document
from evidence.exhibits.exhibit import linked
from evidence.exhibits.frames import labelled, named
from evidence.parts.child_protection.evaluation import EVALUATION, STANCES


def forms_apart() -> list[str]:
    """Return the forms of violence of each coded case, in the order of the cases, without those of all cases."""
    forms = of_document("cases", EVALUATION)["form"].map(items)
    shared = set.intersection(*map(set, forms))
    labels = store.labels("cases", "form")
    return [", ".join(labels[form].lower() for form in of_case if form not in shared) for of_case in forms]


def coded_cases() -> pd.DataFrame:
    """Return the coded cases as readers see them, one row each, in general terms only.

    Columns: ``Case`` (label and :func:`forms_apart`), ``Services reached``, ``Where the system failed``,
    ``What came of it``, then those of ``cases.csv``. Source: cecchetti2021vac, Annex 1, as coded in ``cases.csv``.
    """
    rows = of_document("cases", EVALUATION)
    frame = pd.DataFrame({"Case": rows["label"] + ": " + forms_apart()})
    frame["Services reached"] = labelled(rows, "cases", "services_reached")["services_reached"].replace("", "none")
    frame["Where the system failed"], frame["What came of it"] = rows["critical_gaps"], rows["outcome"]
    return pd.concat([frame, rows], axis=1)


def results() -> list[str]:
    """Return what a step of a journey can come to, as readers see it, the best first."""
    return list(store.labels("case_steps", "result").values())


def journeys() -> pd.DataFrame:
    """Return the steps of the coded cases as readers see them, one row each, in the order of each case.

    Columns: ``Case`` (that of :func:`coded_cases`), ``Step`` (position), ``Part of the system``, ``Kind of step``,
    ``Result`` (one of :func:`results`), then those of ``case_steps.csv``.
    Source: cecchetti2021vac, Annex 1, as coded in ``case_steps.csv``.
    """
    rows = of_document("case_steps", EVALUATION).sort_values(["case", "order"])
    shown = labelled(rows, "case_steps", "sector", "step", "result")
    cases = coded_cases().set_index("id")["Case"]
    frame = pd.DataFrame({"Case": rows["case"].map(cases), "Step": rows["order"]})
    frame["Part of the system"], frame["Kind of step"] = shown["sector"], shown["step"]
    frame["Result"] = shown["result"]
    return pd.concat([frame, rows], axis=1)


def study_services() -> pd.DataFrame:
    """Return the services that the case studies of services look at, one row each, by case study, then by line.

    Columns: ``Service`` (linked), ``Case study``, ``For whom``, ``Who provides it``, ``What it misses``, then those of
    ``services.csv``. Source: cecchetti2021vac, §3 and Annex 2, as coded in ``services.csv``.
    """
    rows = store.load("services").query("study != ''")
    rows = in_order(rows, "study", "lines", study=store.labels("services", "study"))
    frame = pd.DataFrame({"Service": linked(rows["name"], "service", rows["id"])})
    frame["Case study"] = labelled(rows, "services", "study")["study"]
    frame["For whom"], frame["Who provides it"] = rows["eligibility"], rows["provider"]
    frame["What it misses"] = rows["limits"]
    return pd.concat([frame, rows], axis=1)


def study_findings() -> pd.DataFrame:
    """Return the findings of the case studies of services, one row each, by case study, stance and line.

    Columns: ``Finding`` (linked), ``Case study``, ``Kind``, ``Question`` (those of the evaluation it answers), then
    those of ``findings.csv`` with ``study``. Descriptions come first.
    Source: cecchetti2021vac, Annex 2, as coded in ``case_study_findings.csv``.
    """
    coded = store.load("case_study_findings").drop(columns="id")
    rows = coded.merge(store.load("findings"), left_on="finding", right_on="id")
    studies = store.labels("case_study_findings", "study")
    rows = in_order(rows, "study", "stance", "lines", study=studies, stance=["description", *STANCES])
    frame = pd.DataFrame({"Finding": linked(rows["statement"], "finding", rows["id"])})
    frame["Case study"] = labelled(rows, "case_study_findings", "study")["study"]
    frame["Kind"] = labelled(rows, "findings", "stance")["stance"]
    frame["Question"] = named(rows, questions="evaluation_questions")["questions"]
    return pd.concat([frame, rows], axis=1)
