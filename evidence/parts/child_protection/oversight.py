"""Tables of the chapter on oversight."""

from __future__ import annotations

import pandas as pd

from evidence.data import store
from evidence.data.records import PLACE, fact
from evidence.data.store import holding, of_document
from evidence.parts.child_protection.evaluation import EVALUATION

FORMS = {  # forms of violence as coded in measurements.csv, in short for a phone; "" where a row names none
    "physical": "Physical",
    "corporal-punishment": "Punishment",
    "mental": "Mental",
    "sexual": "Sexual",
    "neglect": "Neglect",
    "exploitation": "Exploitation",
    "bullying": "Bullying",
    "self-harm": "Self-harm",
    "witnessing": "Witnessing",
    "domestic": "Domestic",
    "crime": "Crimes",
    "attitudes": "Attitudes",
    "": "Not named",
}
SETTINGS = {  # places as coded, one by one
    "Home": ["home"],
    "School": ["school"],
    "Residential institution": ["residential-institution"],
    "Alternative care": ["alternative-care"],
    "Community": ["community"],
    "Online": ["online"],
    "All places": ["all"],
    "No place named": [""],
}
PLACES = {  # the same in few columns, for a chart that fits a phone
    "Home": SETTINGS["Home"],
    "School": SETTINGS["School"],
    "Public or online": [*SETTINGS["Community"], *SETTINGS["Online"]],
    "In care": [*SETTINGS["Residential institution"], *SETTINGS["Alternative care"]],
    "No place named": [*SETTINGS["All places"], *SETTINGS["No place named"]],
}
NOT_COUNTED = {  # rows of measurements.csv that measure no violence against children in the country, and why
    "vac-meas-mics6": "planned",
    "vac-meas-vaw-next": "planned",
    "vac-meas-health-database": "planned",
    "vac-meas-korea-2015": "another country",
    "vac-meas-administrative-assessment": "a review of data",
    "vac-meas-medical-social-registry": "an entry to services",
}
NOT_TOGETHER = {("physical", "online")}  # a row lists its forms and its places; this pair of them cannot be meant
BY_OTHERS, BY_PUPILS, BY_ADULTS = "Reported by others", "Pupils answer", "Women, adults answer"
AGES = {  # facts that print ages, with what is measured and who answers
    "vac-home-visiting-reduction-age": ("Home visiting pilot: abuse and neglect", BY_OTHERS),
    "vac-mics-care-age": ("MICS: inadequate care", BY_OTHERS),
    "vac-mics-discipline-age": ("MICS: violent discipline", BY_OTHERS),
    "vac-sexual-acts-age-limit": ("Yearbook: sexual acts with a minor", BY_OTHERS),
    "vac-moia-reports-age": ("Internal affairs: special reports", BY_OTHERS),
    "vac-hbsc-ages": ("HBSC: fights and bullying", BY_PUPILS),
    "vac-mics-women-attitudes-age": ("MICS: views of women", BY_ADULTS),
    "vac-kap21-ages": ("KAP 2021: use and views", BY_ADULTS),
}
PRACTICE_STANDARDS = {  # the list of section 4.2, in its order: the instrument and the lines of its item
    "vac-ins-risk-criteria-2015": (1614, 1614),
    "vac-ins-rules-needs-assessment-2016": (1615, 1619),
    "vac-ins-standard-dv-victims-2016": (1621, 1621),
    "vac-ins-guideline-child-friendly-justice-2017": (1622, 1622),
    "vac-ins-paediatric-standard-2017": (1623, 1623),
    "vac-ins-standard-education-2015": (1624, 1628),
    "vac-ins-clinical-protocol-2019": (1630, 1630),
    "vac-ins-sop-medical-2020": (1631, 1631),
}


def coverage(places: dict[str, list[str]] = PLACES) -> pd.DataFrame:
    """Return how many measurements name a form of violence at a place: one row per pair, zeros too (13 × 5 = 65).

    Columns: ``Form``, ``Place``, ``Measurements``. ``places`` maps names of columns to codes of settings. A
    measurement counts in every pair of its forms and places, once per pair. Left out are ``NOT_COUNTED`` and
    ``NOT_TOGETHER``. Source: cecchetti2021vac, as coded in ``measurements.csv``.
    """
    rows = of_document("measurements", EVALUATION)
    rows = rows[~rows["id"].isin(NOT_COUNTED)]
    named = [
        (form, setting, row.id)
        for row in rows.itertuples()
        for form in row.form.split(";")
        for setting in row.setting.split(";")
        if (form, setting) not in NOT_TOGETHER
    ]
    cells = [
        (label, place, len({key for form, setting, key in named if form == code and setting in settings}))
        for code, label in FORMS.items()
        for place, settings in places.items()
    ]
    return pd.DataFrame(cells, columns=["Form", "Place", "Measurements"])


def ages_measured() -> pd.DataFrame:
    """Return the ages that measurements of violence cover, where they are printed: one row each (8).

    Columns: ``Measurement``, ``Who answers``, ``From`` and ``To`` in completed years: "under 5" ends at 4, and a
    measurement without a lower limit begins at 0. Source: cecchetti2021vac, §3 to §6, as facts.
    """
    rows = []
    for key, (label, who) in AGES.items():
        printed = fact(key)
        under = printed.qualifier == "at_most"
        ages = (0, printed.value - 1) if under else (printed.value, printed.value_high)
        rows.append((label, who, *map(int, ages)))
    return pd.DataFrame(rows, columns=["Measurement", "Who answers", "From", "To"])


def practice_standards() -> pd.DataFrame:
    """Return the standards of practice that the evaluation reviews, one row each (8), in its order.

    Columns: ``Standard``, ``Date``, ``What it asks for or offers`` (findings that are strengths or descriptions),
    ``What it leaves open`` (weaknesses and gaps), ``id``, then those of the place in the document. Findings belong to
    a standard if they stand in its item. Source: cecchetti2021vac, §4.2, as coded in ``instruments.csv`` and
    ``findings.csv``.
    """
    instruments = of_document("instruments", EVALUATION).set_index("id")
    findings = of_document("findings", EVALUATION)
    findings = findings[holding(findings["questions"], "vac-q4-2")]
    starts = findings["lines"].map(lambda lines: store.line_range(lines)[0]).sort_values(kind="stable")
    findings = findings.loc[starts.index]
    rows = []
    for key, (first, last) in PRACTICE_STANDARDS.items():
        item = findings[starts.between(first, last)]
        good = item["stance"].isin(["strength", "description"])
        said = [" ".join(item["statement"][chosen]) for chosen in (good, ~good)]
        rows.append((instruments.at[key, "name"], instruments.at[key, "date"], *said, key, *item.iloc[0][PLACE]))
    columns = ["Standard", "Date", "What it asks for or offers", "What it leaves open", "id", *PLACE]
    return pd.DataFrame(rows, columns=columns)
