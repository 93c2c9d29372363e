"""Tables of the chapter on baseline."""

from __future__ import annotations

import pandas as pd

from evidence.data import store
from evidence.data.records import PLACE
from evidence.data.store import of_document
from evidence.figures.counts import counted
from evidence.parts.child_protection.evaluation import COMPONENTS, EVALUATION, STANCES

BASELINE = "Baseline in 2011"  # the section that summarises the report on 2011
CHANGES = {  # codes of baseline_pairs.csv as readers see them
    "improved": "improved",
    "partly": "partly better",
    "unchanged": "unchanged",
    "worse": "worse",
    "unclear": "unclear",
}
CHANGE = "Change (our reading)"
STARTED, ENDED = "adopted or begun", "closed or ended"
REFORMS = {  # events that changed the system: component and kind; drafts, surveys and pilots are left out
    "vac-event-marriage-code": ("laws-and-policies", "law"),
    "vac-event-strategy-2050": ("laws-and-policies", "policy"),
    "vac-event-criminal-code": ("laws-and-policies", "law"),
    "vac-event-social-concept": ("laws-and-policies", "policy"),
    "vac-event-family-gender-concept": ("laws-and-policies", "policy"),
    "vac-event-difficult-situation": ("laws-and-policies", "law"),
    "vac-event-education-programme": ("laws-and-policies", "policy"),
    "vac-event-health-programme": ("laws-and-policies", "policy"),
    "vac-event-health-code": ("laws-and-policies", "law"),
    "vac-event-roadmap": ("laws-and-policies", "policy"),
    "vac-event-departments-closed": ("governance", "body"),
    "vac-event-units-closed": ("governance", "body"),
    "vac-event-quality-deputies": ("governance", "body"),
    "vac-event-court-psychologists": ("services", "service"),
    "vac-event-suicide-order": ("services", "policy"),
    "vac-event-youth-law": ("services", "service"),
    "vac-event-patronage": ("services", "service"),
    "vac-event-helpline-111": ("services", "service"),
    "vac-event-order-569": ("services", "standard"),
    "vac-event-npm": ("oversight", "body"),
    "vac-event-cruelty-criteria": ("oversight", "standard"),
    "vac-event-education-standard": ("oversight", "standard"),
    "vac-event-child-ombudsperson": ("oversight", "body"),
    "vac-event-dv-standard": ("oversight", "standard"),
    "vac-event-interview-guideline": ("oversight", "standard"),
    "vac-event-clinical-protocol": ("oversight", "standard"),
    "vac-event-organisations-law": ("oversight", "law"),
    "vac-event-sop": ("oversight", "standard"),
    "vac-event-ncph": ("resources", "body"),
    "vac-event-guidelines-services": ("resources", "standard"),
    "vac-event-gender-budget": ("resources", "policy"),
    "vac-event-social-package-law": ("resources", "law"),
    "vac-event-children-kazakhstan": ("participation", "policy"),
}
CLOSED = ["vac-event-children-kazakhstan", "vac-event-departments-closed", "vac-event-units-closed"]


def baseline_pairs() -> pd.DataFrame:
    """Return what is said of 2011 set against later findings, one row per matter (17), by component.

    Columns: ``Component``, ``Matter``, ``In 2011`` and ``Found by 2021`` (statements of the findings), ``Change (our
    reading)``, ``id``, then those of the place of the statement on 2011. Source: cecchetti2021vac, the section on the
    baseline and, where it is silent, §6.1, §6.2 and the limitations, as coded in ``baseline_pairs.csv``.
    """
    said = of_document("findings", EVALUATION).set_index("id")["statement"]
    rows = of_document("baseline_pairs", EVALUATION)
    rows = rows.assign(first=[store.line_range(lines)[0] for lines in rows["lines"]])
    rows = rows.sort_values(["component", "first", "id"], key=_in_order)
    frame = pd.DataFrame({"Component": rows["component"].map(COMPONENTS), "Matter": rows["matter"]})
    for head, column in (("In 2011", "baseline"), ("Found by 2021", "later")):
        frame[head] = [" ".join(said[key] for key in keys.split(";")) for keys in rows[column]]
    frame[CHANGE] = rows["change"].map(CHANGES)
    return pd.concat([frame, rows[["id", *PLACE]]], axis=1).reset_index(drop=True)


def _in_order(column: pd.Series) -> pd.Series:
    return column.map(list(COMPONENTS).index) if column.name == "component" else column


def findings_then_and_now() -> pd.DataFrame:
    """Return how many findings speak of each component in 2011 and later, one row per component and time (12).

    Columns: ``Component``, ``When`` (2011: distinct findings of the section on the baseline, placed by
    ``baseline_pairs.csv``; later: findings that answer a question of the component, without those on 2011), then
    ``strength``, ``weakness`` and ``gap``. Descriptions are left out; one finding may stand in several components.
    Source: cecchetti2021vac, as coded in ``findings.csv``.
    """
    rows = of_document("findings", EVALUATION).query("stance in @STANCES")
    told = of_document("baseline_pairs", EVALUATION)[["component", "baseline"]]
    told = told.assign(id=told["baseline"].str.split(";")).explode("id").merge(rows.query("locator == @BASELINE"))
    asked = store.load("evaluation_questions").set_index("id")["component"]
    later = rows.query("period != '2011'").assign(question=lambda frame: frame["questions"].str.split(";"))
    later = later.explode("question").assign(component=lambda frame: frame["question"].map(asked))
    frames = []
    for when, found in (("2011", told), ("later", later)):
        found = found.drop_duplicates(["id", "component"])
        counts = counted(found, "component", "stance").set_index("component").reindex(list(COMPONENTS))
        counts = counts.reindex(columns=STANCES).fillna(0).astype(int).reset_index(drop=True)
        frames.append(pd.DataFrame({"Component": list(COMPONENTS.values()), "When": when}).join(counts))
    return pd.concat(frames, ignore_index=True)


def reforms() -> pd.DataFrame:
    """Return reforms of the system from 2011 to 2021 that have a year, one row per event (33), in the order of time.

    Columns: ``Reform``, ``Year`` (text; of what ended, the last), ``Kind`` (body, law, policy, service, standard),
    ``Step`` (:data:`STARTED` or :data:`ENDED`), ``Component`` (kind and component are our reading), ``id``, then those
    of the place in the document. Source: cecchetti2021vac, whole, as coded in ``events.csv``; ``REFORMS`` says which.
    """
    rows = of_document("events", EVALUATION).query("id in @REFORMS")
    years = rows["date"].str.extract(r"(\d{4})(?:-(\d{4}))?")  # from and, if it went on, to
    frame = pd.DataFrame({"Reform": rows["name"], "Year": years[1].fillna(years[0])})
    frame["Kind"] = [REFORMS[key][1] for key in rows["id"]]
    frame["Step"] = [ENDED if key in CLOSED else STARTED for key in rows["id"]]
    frame["Component"] = [COMPONENTS[REFORMS[key][0]] for key in rows["id"]]
    return pd.concat([frame, rows[["id", *PLACE]]], axis=1).sort_values(["Year", "id"], ignore_index=True)
