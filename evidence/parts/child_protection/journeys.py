"""Tables of the chapter on journeys."""

from __future__ import annotations

import pandas as pd

from evidence.data import store
from evidence.data.store import of_document
from evidence.figures.counts import counted
from evidence.parts.child_protection.evaluation import EVALUATION, STANCES

FORMS = {"sexual": "sexual violence", "bullying": "bullying", "exploitation": "exploitation"}
SETTINGS = {  # settings of a case as coded, all together, in general words
    "home": "at home",
    "school;community": "outside the home",
    "institution": "in an institution",
    "work;home": "at work and at home",
}
PARTS = {
    "home": "Home",
    "school": "School",
    "health": "Health care",
    "police": "Police",
    "social-protection": "Social protection",
    "ngo-crisis-centre": "Crisis centre or NGO",
    "court": "Court",
    "institution": "Institution",
    "commission": "Commission on minors",
    "child-rights-department": "Child rights department",
}
RESULTS = {"reached": "Reached", "broke": "Broke down", "partly": "Reached in part", "missed": "Missed"}
STUDIES = {"home visit": "Home visits", "psycho-social": "Psycho-social support", "bullying": "Bullying at school"}
STUDY_SERVICES = {
    "vac-svc-universal-patronage": "Home visits",
    "vac-svc-progressive-patronage": "Home visits",
    "vac-svc-municipal-psychosocial-service": "Psycho-social support",
    "vac-svc-support-centres": "Psycho-social support",
    "vac-svc-adaptation-centres": "Psycho-social support",
    "vac-svc-behaviour-centre": "Psycho-social support",
    "vac-svc-school-bullying-prevention": "Bullying at school",
}
ASPECTS = {
    "vac-q3-1": "what is offered",
    "vac-q2-2": "coordination",
    "vac-q3-2": "fit to needs",
    "vac-q4-2": "quality",
}


def coded_cases() -> pd.DataFrame:
    """Return the coded cases as readers see them, one row each (4), in general terms only.

    Columns: ``Case`` ("Case A", settings, and the forms of violence besides the physical and mental one of all),
    ``Services reached``, ``Where the system failed``, ``What came of it``, then those of ``cases.csv``.
    Source: cecchetti2021vac, Annex 1, as coded in ``cases.csv``.
    """
    rows = of_document("cases", EVALUATION)
    labels = []
    for row in rows.itertuples():
        forms = ", ".join(FORMS[form] for form in row.form.split(";") if form in FORMS)
        labels.append(f"Case {row.id[-1].upper()}, {SETTINGS[row.setting]}: {forms}")
    frame = pd.DataFrame({"Case": labels}, index=rows.index)
    reached = [[PARTS[part].lower() for part in text.split(";") if part] for text in rows["services_reached"]]
    frame["Services reached"] = [", ".join(parts).replace("ngo", "NGO") or "none" for parts in reached]
    frame["Where the system failed"], frame["What came of it"] = rows["critical_gaps"], rows["outcome"]
    return pd.concat([frame, rows], axis=1)


def journeys() -> pd.DataFrame:
    """Return the steps of the coded cases as readers see them, one row each, in the order of each case.

    Columns: ``Case`` (label of ``coded_cases``), ``Step`` (position), ``Part of the system``, ``Kind of step``,
    ``What happened``, ``Result``, then those of ``case_steps.csv`` without its ``step`` and ``result``.
    Source: cecchetti2021vac, Annex 1, as coded in ``case_steps.csv``.
    """
    rows = of_document("case_steps", EVALUATION).sort_values(["case", "order"])
    labels = coded_cases().set_index("id")["Case"]
    frame = pd.DataFrame({"Case": rows["case"].map(labels), "Step": rows["order"]})
    frame["Part of the system"] = rows["sector"].map(PARTS)
    frame["Kind of step"] = rows["step"].str.replace("-", " ")
    frame["What happened"], frame["Result"] = rows["what"], rows["result"].map(RESULTS)
    return pd.concat([frame, rows.drop(columns=["step", "result"])], axis=1)


def steps_by_part() -> pd.DataFrame:
    """Return how many steps of the coded cases had which result, one row per part of the system, most steps first.

    Columns: ``Part of the system`` and one per result (steps). Source: cecchetti2021vac, Annex 1, as coded in
    ``case_steps.csv``.
    """
    table = counted(journeys(), "Part of the system", "Result")[["Part of the system", *RESULTS.values()]]
    order = table[list(RESULTS.values())].sum(axis=1).sort_values(ascending=False, kind="stable").index
    return table.loc[order].reset_index(drop=True)


def study_services() -> pd.DataFrame:
    """Return the services that the case studies of services look at, one row each (7), study by study.

    Columns: ``Service``, ``Case study``, ``For whom``, ``Who provides it``, ``What it misses``, then those of
    ``services.csv``. Source: cecchetti2021vac, §3 and Annex 2, as coded in ``services.csv``.
    """
    rows = store.load("services").set_index("id", drop=False).loc[list(STUDY_SERVICES)]
    frame = pd.DataFrame({"Service": rows["name"], "Case study": rows["id"].map(STUDY_SERVICES)})
    frame["For whom"], frame["Who provides it"] = rows["eligibility"], rows["provider"]
    frame["What it misses"] = rows["limits"]
    return pd.concat([frame, rows], axis=1).reset_index(drop=True)


def study_findings() -> pd.DataFrame:
    """Return the findings of the case studies of services, one row each, study by study, then by stance.

    Columns: ``Case study``, then those of ``findings.csv``. Source: cecchetti2021vac, Annex 2.
    """
    rows = of_document("findings", EVALUATION)
    rows = rows[rows["locator"].str.startswith("Annex 2, ")]
    topic = rows["locator"].str.removeprefix("Annex 2, ")
    study = [next(name for start, name in STUDIES.items() if text.startswith(start)) for text in topic]
    frame = pd.concat([pd.Series(study, rows.index, name="Case study"), rows], axis=1)
    order = {name: position for position, name in enumerate([*STUDIES.values(), "description", *STANCES])}
    return frame.sort_values(["Case study", "stance"], key=lambda column: column.map(order), kind="stable")


def study_aspects() -> pd.DataFrame:
    """Return how many findings of the case studies are strengths, weaknesses and gaps, one row per study and aspect.

    Columns: ``Aspect`` ("Home visits: quality"), ``strength``, ``weakness``, ``gap`` (findings; one may count for
    several aspects, descriptions are left out). Source: cecchetti2021vac, Annex 2, as coded in ``findings.csv``.
    """
    rows = study_findings().query("stance != 'description'")
    rows = rows.assign(question=rows["questions"].str.split(";")).explode("question")
    rows = rows[rows["question"].isin(list(ASPECTS))]
    rows["Aspect"] = rows["Case study"] + ": " + rows["question"].map(ASPECTS)
    wanted = [f"{study}: {aspect}" for study in STUDIES.values() for aspect in ASPECTS.values()]
    table = counted(rows, "Aspect", "stance").set_index("Aspect")
    return table.reindex(index=wanted, columns=STANCES, fill_value=0).reset_index()
