"""Tables of the chapter on resources."""

from __future__ import annotations

import pandas as pd

from evidence.data import store
from evidence.data.format import reads
from evidence.data.records import PLACE, fact
from evidence.data.store import holding, of_document
from evidence.figures.calculations import calc_reads, compute
from evidence.figures.counts import counted
from evidence.parts.child_protection.evaluation import EVALUATION

SECTORS = {
    "social-protection": "Social protection",
    "healthcare": "Health care",
    "education": "Education",
    "law-enforcement": "Law enforcement",
}
LEVELS = {
    "prevention-and-primary-assistance": "Prevention and primary help",
    "specialised-assistance": "Specialised help",
    "highly-specialised-assistance": "Highly specialised help",
}
STAFF_FIGURES = {
    "Counted": {
        "vac-workforce-total": "Social service staff of social protection, health care and education, added up",
        "vac-workforce-social-protection": "Everyone employed in social protection",
        "vac-workforce-sp-degrees": "Staff of social protection with a degree in social work",
        "vac-workforce-health": "Social workers in health care, certified or not",
        "vac-workforce-guardianship": "Social pedagogues and specialists of guardianship and trusteeship bodies",
        "vac-school-psychologists": "School psychologists",
    },
    "Said to be missing": {
        "vac-social-workers-lacking": "Social workers, of those needed",
        "vac-doctor-deficit": "Doctors",
        "vac-gynaecologist-deficit": "Gynaecologists among these doctors",
        "vac-nurse-deficit": "Nurses",
    },
    "Compared abroad": {
        "vac-workforce-ratio-ranking": "Countries of Europe and Central Asia with fewer social service staff per head",
        "vac-workforce-afghanistan": "Afghanistan, lowest of South Asia: government workers in child protection per "
        "100,000 children",
        "vac-workforce-sri-lanka": "Sri Lanka, highest of South Asia: government workers in child protection per "
        "100,000 children",
    },
    "Qualified": {
        "vac-social-work-universities-2017": "Universities with an accredited degree in social work",
        "vac-universities-vac-modules": "Universities whose courses in social work take up violence",
        "vac-employment-office-staff-analysed": "Staff of employment offices whose education was analysed",
        "vac-employment-office-staff-social-work": "Among these: studied social work",
        "vac-employment-office-staff-related": "Among these: studied psychology, sociology or teaching",
    },
    "Trained and supervised": {
        "vac-national-training-centres": "National centres that train on violence against children",
        "vac-sop-workers-trained": "Primary health staff, school nurses, social workers and psychologists trained "
        "on the procedure for cases of violence",
        "vac-supervision-sectors": "Sectors with professional supervision",
    },
}
STAFF_RATIOS = [  # what, printed fact, calculation of the printed counts ("" for none), discrepancy, reading
    (
        "People per social service worker",
        "vac-workforce-ratio",
        "vac-people-per-social-service-worker",
        "vac-workforce-ratio",
        "Does not follow from the staff and population beside it",
    ),
    (
        "People per social worker in health care (norm)",
        "vac-health-social-worker-norm",
        "vac-people-per-health-social-worker",
        "vac-health-norm-exceeded",
        "A norm against a count that may include uncertified staff",
    ),
    (
        "Students per school psychologist",
        "vac-students-per-psychologist",
        "vac-students-per-psychologist-counted",
        "vac-dis-psychologists-300-444",
        "Ministry, 2018, against counts of the press, 2021",
    ),
    (
        "Students per school psychologist in Nur-Sultan, Almaty and Shymkent",
        "vac-students-per-psychologist-cities",
        "",
        "",
        "Press, 2018; no counts of these cities are printed",
    ),
    (
        "Psychologists per school, Turkestan",
        "vac-psychologists-per-school-turkestan",
        "vac-psychologists-per-school-counted",
        "vac-dis-psychologists-two-per-school",
        "Informants in one region against counts of the whole country",
    ),
]
MEASURING, PAYING = "Measuring the spending", "Paying for services and policies"
INSTITUTIONS, INCOME = "Institutions and families", "Income of families"
MONEY_SECTIONS = {  # start of the locator of a finding on money: its subject
    "§5.2.2": INCOME,
    "§5.2.3": INSTITUTIONS,
    "§5.2": MEASURING,
    "fn 74": MEASURING,
    "Scope": MEASURING,
    "": PAYING,
}
MONEY_SUBJECTS = [MEASURING, PAYING, INSTITUTIONS, INCOME]
KINDS_OF_FINDING = {
    "strength": "Strength",
    "weakness": "Weakness",
    "gap": "Gap in knowledge",
    "description": "Also found",
}


def workforce_by_level() -> pd.DataFrame:
    """Return who does social work, one row per level of response and sector (12), from prevention upwards.

    Columns: ``Professions`` (joined), ``Level``, ``Sector``, ``Norm of staffing`` (as printed, "none" where the cell
    has none), then ``PLACE``. Source: cecchetti2021vac, Table 26.
    """
    rows = store.load("cecchetti2021vac_workforce")
    rows = rows.assign(Level=rows["level"].map(LEVELS), Sector=rows["sector"].map(SECTORS))
    joined = rows.groupby(["Level", "Sector"]).agg(
        **{"Professions": ("profession", " · ".join), "Norm of staffing": ("staffing_norm", "".join)},
        **{name: (name, "first") for name in PLACE},
    )
    joined["Norm of staffing"] = joined["Norm of staffing"].replace("", "none")
    joined = joined.loc[[(level, sector) for level in LEVELS.values() for sector in SECTORS.values()]].reset_index()
    return joined[["Professions", "Level", "Sector", "Norm of staffing", *PLACE]]


def workforce_degrees() -> pd.DataFrame:
    """Return the social service staff by what is known of a degree in social work, one row per sector (3).

    Columns: ``Staff`` (sector and who is counted), ``with a degree in social work``, ``without one`` and ``not known``
    (people; 0 where nobody is counted so). Source: cecchetti2021vac, §5.1, which reports a study of 2018.
    """
    rows = [
        (
            "Social protection: everyone employed",
            fact("vac-workforce-sp-degrees").value,
            compute("vac-social-protection-without-degree"),
            0,
        ),
        ("Health care: social workers", 0, 0, fact("vac-workforce-health").value),
        ("Education: guardianship staff", 0, 0, fact("vac-workforce-guardianship").value),
    ]
    return pd.DataFrame(rows, columns=["Staff", "with a degree in social work", "without one", "not known"])


def workforce_ratios() -> pd.DataFrame:
    """Return the printed ratios of staff beside what the printed counts give, one row each (5).

    Columns: ``Ratio``, ``Printed`` and ``From printed counts`` (links to fact and calculation; "–" where no counts are
    printed), ``What to know`` (linked to the discrepancy, if there is one), then ``PLACE`` of the printed ratio.
    Source: cecchetti2021vac, §3.1.2 and §5.1.
    """
    rows = []
    for what, key, own, discrepancy, reading in STAFF_RATIOS:
        printed = {"text": reads(fact(key)), "to": f"fact:{key}"}
        ours = {"text": calc_reads(own), "to": f"calc:{own}"} if own else "–"
        known = {"text": reading, "to": f"discrepancy:{discrepancy}"} if discrepancy else reading
        rows.append((what, printed, ours, known, *(getattr(fact(key), name) for name in PLACE)))
    return pd.DataFrame(rows, columns=["Ratio", "Printed", "From printed counts", "What to know", *PLACE])


def workforce_figures() -> pd.DataFrame:
    """Return the printed figures on number, qualification and training of staff, one row each (21), by subject.

    Columns: ``What``, ``Subject``, ``As printed`` (linked to the fact), ``As of, by whom``, then ``PLACE``.
    Source: cecchetti2021vac, §3.1, §4.2 and §5.1.
    """
    rows = []
    for subject, labels in STAFF_FIGURES.items():
        for key, what in labels.items():
            item = fact(key)
            printed = {"text": reads(item), "to": f"fact:{key}"}
            when = f"{item.period or 'year not printed'}: {item.measured_by}"
            rows.append((what, subject, printed, when, *(getattr(item, name) for name in PLACE)))
    return pd.DataFrame(rows, columns=["What", "Subject", "As printed", "As of, by whom", *PLACE])


def money_findings() -> pd.DataFrame:
    """Return the findings on question 5.1, one row each, by subject and kind.

    Columns: ``Subject`` (from the section), ``Finding`` (linked), ``Kind`` (of finding), ``Rests on``, then ``PLACE``.
    Source: cecchetti2021vac, whole, as coded in ``findings.csv``.
    """
    rows = of_document("findings", EVALUATION)
    rows = rows[holding(rows["questions"], "vac-q5-1")].copy()
    sections = [next(start for start in MONEY_SECTIONS if text.startswith(start)) for text in rows["locator"]]
    rows["Subject"] = pd.Categorical([MONEY_SECTIONS[start] for start in sections], MONEY_SUBJECTS)
    rows["Kind"] = pd.Categorical(rows["stance"].map(KINDS_OF_FINDING), list(KINDS_OF_FINDING.values()))
    rows = rows.sort_values(["Subject", "Kind", "id"]).astype({"Subject": "str", "Kind": "str"})
    rows["Finding"] = [{"text": text, "to": f"finding:{key}"} for text, key in zip(rows["statement"], rows["id"])]
    rows["Rests on"] = rows["evidence_note"]
    return rows[["Subject", "Finding", "Kind", "Rests on", *PLACE]]


def money_findings_by_subject() -> pd.DataFrame:
    """Return how many findings on question 5.1 are of each kind, one row per subject (4).

    Columns: ``Subject`` and one per kind of finding (findings; each counts once).
    Source: cecchetti2021vac, whole, as coded in ``findings.csv``.
    """
    table = counted(money_findings(), "Subject", "Kind").set_index("Subject")
    return table.loc[MONEY_SUBJECTS, list(KINDS_OF_FINDING.values())].reset_index()
