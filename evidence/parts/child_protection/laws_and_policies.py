"""Tables of the chapter on laws."""

from __future__ import annotations

import pandas as pd

from evidence.data import store
from evidence.data.records import PLACE
from evidence.data.store import of_document
from evidence.parts.child_protection.evaluation import EVALUATION

# --- laws and policies -------------------------------------------------------------------------

INSTRUMENTS = {
    "vac-ins-crc": "Child rights convention",
    "vac-ins-constitution": "Constitution",
    "vac-ins-law-targeted-social-assistance-2001": "Social assistance law",
    "vac-ins-law-rights-child-2002": "Child rights law",
    "vac-ins-law-minors-infractions-2004": "Infractions of minors law",
    "vac-ins-law-education-2007": "Education law",
    "vac-ins-programme-children-kazakhstan": "Children of Kazakhstan",
    "vac-ins-law-special-social-services-2008": "Social services law",
    "vac-ins-law-domestic-violence-2009": "Domestic violence law",
    "vac-ins-health-code-2009": "Health code of 2009",
    "vac-ins-juvenile-justice-concept": "Juvenile justice concept",
    "vac-ins-marriage-family-code-2011": "Marriage and family code",
    "vac-ins-strategy-2050": "Strategy Kazakhstan-2050",
    "vac-ins-law-npm-2013": "Preventive mechanism law",
    "vac-ins-criminal-code-2014": "Criminal code",
    "vac-ins-code-administrative-offences-2014": "Administrative code",
    "vac-ins-concept-social-development": "Social development concept",
    "vac-ins-suicide-prevention-order-2015": "Suicide prevention order",
    "vac-ins-concept-family-gender": "Family and gender concept",
    "vac-ins-paediatric-standard-2017": "Paediatric standard",
    "vac-ins-law-child-rights-organisations-2019": "Reporting duty law",
    "vac-ins-programme-health-2020-2025": "Health programme",
    "vac-ins-programme-education-2020-2025": "Education programme",
    "vac-ins-health-code-2020": "Health code of 2020",
    "vac-ins-roadmap-2020": "Child rights roadmap",
    "vac-ins-kz-without-dv": "Domestic violence project",
    "vac-ins-order-569-2020": "Joint guidelines on cases",
}
FORMS = {
    "physical": "Physical violence",
    "sexual": "Sexual violence",
    "mental": "Mental violence",
    "corporal-punishment": "Corporal punishment",
    "bullying": "Bullying",
    "neglect": "Neglect",
    "violence": "Violence in general",
    "domestic": "Domestic violence",
    "economic": "Economic violence",
    "exploitation": "Exploitation",
    "trafficking": "Trafficking",
    "abduction": "Abduction for marriage",
    "cruel-treatment": "Cruel treatment",
}
SETTINGS = {
    "all": "No setting named",
    "home": "Home",
    "school": "School",
    "early-childhood-and-day-care": "Day care",
    "alternative-care": "Alternative care",
    "penal-institution": "Penal institution",
}
STATUSES = {
    "prohibited": "prohibited",
    "not-explicit": "not explicit",
    "silent": "not explicit",
    "not-prohibited": "lawful",
}
DOORS = ["opens services by itself", "opens services only after harm"]
LISTED = "Situations listed in the law"
VIOLENCE = "Experience of violence, abuse, exploitation or neglect"
SITUATIONS = {  # our label, with what it stands under in the tree ("" for a branch) and the place in DOORS
    LISTED: ("", 0),
    "Orphaned, or without parental care": (LISTED, 0),
    "Neglect, deviant behaviour (source term) included": (LISTED, 0),
    "Child in an institution": (LISTED, 0),
    "Child with special needs": (LISTED, 0),
    "Adult ill or with a disability": (LISTED, 0),
    "Homelessness": (LISTED, 0),
    "Release from prison, or probation": (LISTED, 0),
    VIOLENCE: ("", 1),
    "If it led to social maladjustment: less able to deal with others": (VIOLENCE, 1),
    "If it led to social deprivation: less able to live on one’s own": (VIOLENCE, 1),
}


def main_instruments() -> pd.DataFrame:
    """Return the main laws, codes, orders and policies for the protection of children, one row each, by year.

    Columns: ``Instrument`` (our short name), ``Adopted`` (year), ``Amended`` (years, with commas; for the Convention
    the year of ratification), then those of ``instruments.csv``, which has an ``amended`` of its own.
    Source: cecchetti2021vac, §1 for the most part; drafts are left out. The choice is ours (``INSTRUMENTS``).
    """
    rows = store.load("instruments").set_index("id", drop=False).loc[list(INSTRUMENTS)]
    frame = pd.DataFrame({"Instrument": rows["id"].map(INSTRUMENTS), "Adopted": rows["date"].str[:4]})
    ratified = rows["status"].str.extract(r"ratified in (\d{4})", expand=False).fillna("")
    frame["Amended"] = rows["amended"].where(rows["amended"] != "", ratified).str.replace(";", ", ")
    return pd.concat([frame, rows], axis=1).sort_values("Adopted", kind="stable", ignore_index=True)


def years_of(instruments: pd.DataFrame, kinds: list[str]) -> pd.DataFrame:
    """Return the years of :func:`main_instruments`, one row per instrument and year, in the same order.

    Columns: ``Instrument``, ``Year`` (integer), ``Kind`` (the first of ``kinds`` for the adoption, the second else).
    """
    rows = [
        (row.Instrument, int(year), kinds[position > 0])
        for row in instruments.itertuples()
        for position, year in enumerate([row.Adopted, *filter(None, row.Amended.split(", "))])
    ]
    return pd.DataFrame(rows, columns=["Instrument", "Year", "Kind"])


def _said(rows: pd.DataFrame) -> str:
    """Return the status of a form in a setting, or every status where passages differ."""
    found = sorted(set(rows["Status"]))
    return found[0] if len(found) == 1 else f"differs: {' or '.join(found)}"


def prohibitions() -> pd.DataFrame:
    """Return the statements on what the law prohibits, one row per passage, form and setting, in order of the text.

    Columns: ``Form``, ``Setting`` and ``Status`` (readable; "not explicit" holds forms without a definition and forms
    on which acts are silent), then those of ``prohibitions.csv``. Source: cecchetti2021vac, summary, §1, §4, §6, §9.
    """
    rows = of_document("prohibitions", EVALUATION)
    frame = pd.DataFrame({"Form": rows["form"].map(FORMS), "Setting": rows["setting"].map(SETTINGS)})
    frame["Status"] = rows["status"].map(STATUSES)
    first_line = rows["lines"].str.split("-").str[0].astype(int)
    return pd.concat([frame, rows], axis=1).loc[first_line.sort_values(kind="stable").index]


def prohibited_where() -> pd.DataFrame:
    """Return what the evaluation says of each form of violence in each setting, one row per form (13).

    Columns: ``Form``, ``No setting named``, ``Home``, ``School``, ``Alternative care``, ``Other institutions`` (which
    names them): a status of :func:`prohibitions`, or every status where passages differ.
    """
    rows = prohibitions()
    said = {pair: _said(group) for pair, group in rows.groupby(["Form", "Setting"])}
    others = ["Day care", "Penal institution"]
    shown = [name for name in SETTINGS.values() if name not in others]
    frame = pd.DataFrame([{"Form": form} | {name: said.get((form, name)) for name in shown} for form in FORMS.values()])
    named = [[f"{name}: {said[form, name]}" for name in others if (form, name) in said] for form in frame["Form"]]
    frame["Other institutions"] = [". ".join(parts) or None for parts in named]
    return frame


def legal_gaps() -> pd.DataFrame:
    """Return the weaknesses and gaps found under the questions on laws and policies, one row each.

    Columns: ``Question`` (numbers and names, laws and policies only), then those of ``findings.csv``.
    Source: cecchetti2021vac, §1 for the most part, as coded in ``findings.csv``.
    """
    questions = store.load("evaluation_questions").query("component == 'laws-and-policies'").set_index("id")
    labels = questions["number"] + " " + questions["name"]
    rows = of_document("findings", EVALUATION).query("stance in ('weakness', 'gap')")
    kept = rows["questions"].str.split(";").map(lambda keys: sorted(labels[key] for key in keys if key in labels))
    asked = kept.map("; ".join)
    frame = pd.concat([asked.rename("Question"), rows], axis=1)[asked != ""]
    first_line = frame["lines"].str.split("-").str[0].astype(int)
    return frame.assign(first=first_line).sort_values(["Question", "first"], kind="stable").drop(columns="first")


def eligibility() -> pd.DataFrame:
    """Return the situations the evaluation names as opening special social services, one row each (11), as a tree.

    Columns: ``Situation``, ``Under`` (what it stands under), ``Door`` (one of ``DOORS``), then the place of the finding
    that states it. Source: cecchetti2021vac, §1.1.3 and §4.2; labels and tree are ours.
    """
    findings = store.load("findings").set_index("id")
    stated = findings.loc[["vac-find-special-services-eligibility", "vac-find-violence-no-entitlement"]]
    places = stated[PLACE].to_dict("records")
    rows = [
        {"Situation": name, "Under": parent, "Door": DOORS[door]} | places[door]
        for name, (parent, door) in SITUATIONS.items()
    ]
    return pd.DataFrame(rows)


def policies() -> pd.DataFrame:
    """Return the programmes the section on policy analyses, one row each (8), by year.

    Columns: ``Year`` (first year printed), then those of ``instruments.csv``, with references to lines taken
    out of ``subject`` and ``status``. Source: cecchetti2021vac, §1.2, the section of question 1.2.
    """
    section = store.load("evaluation_questions").set_index("id").loc["vac-q1-2", "section"]
    first, last = store.line_range(section)
    rows = of_document("instruments", EVALUATION).query("type == 'programme'")
    rows = rows[[first <= store.line_range(lines)[0] <= last for lines in rows["lines"]]]
    rows = rows.assign(Year=rows["date"].str[:4]).sort_values("Year", kind="stable")
    lines_named = r" \(\d+\)"
    return rows.assign(**{name: rows[name].str.replace(lines_named, "", regex=True) for name in ("subject", "status")})
