"""Derived figures of the part on children out of school."""

from __future__ import annotations

from evidence.calculations import declare
from evidence.formulas import (
    complement_pct,
    difference,
    fall_pct,
    implied_total,
    implied_weight_pct,
    remainder_fall_pct,
    remainder_share_pct,
    share_of_change_pct,
    share_pct,
    total,
)

PROFILES = "antonowicz2013oosc_profiles"
REGISTER = "children on the register of missing education"
YEARS = {"2011": "2010-11", "2012": "2011-12"}


def profile(school_year: str, place: str, area: str, column: str) -> str:
    """Return the reference of a cell of Annex Tables 6 and 7."""
    return f"{PROFILES}#{school_year}-{place}-{area}/{column}"


# --- antonowicz2013oosc: the register --------------------------------------------------------

for year, school_year in ({"2009": "2008-09"} | YEARS).items():
    declare(
        f"register-non-return-{year}",
        "Share of the children on the register who had not returned to school",
        share_pct,
        "percent",
        REGISTER,
        school_year,
        part=f"register-out-{year}",
        whole=f"register-registered-{year}",
    )

declare(
    "register-fall-2011-2012",
    "Fall of the number of children on the register",
    fall_pct,
    "percent",
    REGISTER,
    "2010-11 to 2011-12",
    before="register-registered-2011",
    after="register-registered-2012",
)
declare(
    "register-out-fall-2011-2012",
    "Fall of the number of children who had not returned",
    fall_pct,
    "percent",
    REGISTER,
    "2010-11 to 2011-12",
    before="register-out-2011",
    after="register-out-2012",
)
declare(
    "register-east-share-of-fall",
    "Share of the fall of the register that comes from East Kazakhstan",
    share_of_change_pct,
    "percent",
    REGISTER,
    "2010-11 to 2011-12",
    before="register-registered-2011",
    after="register-registered-2012",
    part_before=profile("2010-11", "east-kazakhstan", "total", "registered"),
    part_after=profile("2011-12", "east-kazakhstan", "total", "registered"),
)
declare(
    "register-fall-without-east",
    "Fall of the number of children on the register outside East Kazakhstan",
    remainder_fall_pct,
    "percent",
    REGISTER,
    "2010-11 to 2011-12",
    before="register-registered-2011",
    after="register-registered-2012",
    excluded_before=profile("2010-11", "east-kazakhstan", "total", "registered"),
    excluded_after=profile("2011-12", "east-kazakhstan", "total", "registered"),
)

for year, school_year in YEARS.items():
    east = profile(school_year, "east-kazakhstan", "total", "registered")
    declare(
        f"register-without-east-{year}",
        "Children on the register outside East Kazakhstan",
        difference,
        "children",
        REGISTER,
        school_year,
        digits=0,
        minuend=f"register-registered-{year}",
        subtrahend=east,
    )
    declare(
        f"register-east-share-{year}",
        "Share of East Kazakhstan in the register",
        share_pct,
        "percent",
        REGISTER,
        school_year,
        part=east,
        whole=f"register-registered-{year}",
    )
    declare(
        f"register-non-return-without-east-{year}",
        "Share not returned outside East Kazakhstan",
        remainder_share_pct,
        "percent",
        REGISTER,
        school_year,
        part=f"register-out-{year}",
        whole=f"register-registered-{year}",
        excluded_part=profile(school_year, "east-kazakhstan", "total", "out_of_school"),
        excluded_whole=east,
    )
    declare(
        f"register-south-share-of-out-{year}",
        "Share of South Kazakhstan in the children who had not returned",
        share_pct,
        "percent",
        REGISTER,
        school_year,
        part=profile(school_year, "south-kazakhstan", "total", "out_of_school"),
        whole=f"register-out-{year}",
    )
    for measure, column in (("registered", "registered"), ("out", "out_of_school")):
        rural = profile(school_year, "kazakhstan", "rural", column)
        declare(
            f"register-{measure}-urban-{year}",
            f"Urban children on the register{', not returned' if measure == 'out' else ''}: total less the rural part",
            difference,
            "children",
            REGISTER,
            school_year,
            digits=0,
            minuend=profile(school_year, "kazakhstan", "total", column),
            subtrahend=rural,
        )
        declare(
            f"register-{measure}-rural-share-{year}",
            f"Rural share of the children on the register{' who had not returned' if measure == 'out' else ''}",
            share_pct,
            "percent",
            REGISTER,
            school_year,
            part=rural,
            whole=profile(school_year, "kazakhstan", "total", column),
        )
    declare(
        f"register-non-return-rural-{year}",
        "Share of rural children on the register who had not returned",
        share_pct,
        "percent",
        REGISTER,
        school_year,
        part=profile(school_year, "kazakhstan", "rural", "out_of_school"),
        whole=profile(school_year, "kazakhstan", "rural", "registered"),
    )
    declare(
        f"register-non-return-urban-{year}",
        "Share of urban children on the register who had not returned",
        share_pct,
        "percent",
        REGISTER,
        school_year,
        part=f"calc:register-out-urban-{year}",
        whole=f"calc:register-registered-urban-{year}",
    )

declare(
    "profile-rural-overlap-2012",
    "Rural children not returned in low-income families plus those in dysfunctional families",
    total,
    "children",
    "rural children who had not returned; a child may be counted under both",
    "2011-12",
    digits=0,
    first=profile("2011-12", "kazakhstan", "rural", "low_income_n"),
    second=profile("2011-12", "kazakhstan", "rural", "dysfunctional_n"),
)
for place in ("south-kazakhstan", "west-kazakhstan"):
    declare(
        f"region-non-return-{place}-2012",
        f"Share not returned in {place.replace('-k', ' K').capitalize()}, recomputed from Table 5",
        share_pct,
        "percent",
        REGISTER,
        "2011-12",
        part=profile("2011-12", place, "total", "out_of_school"),
        whole=profile("2011-12", place, "total", "registered"),
    )

# --- antonowicz2013oosc: enrolment and early childhood ------------------------------------------

for year in ("2005", "2007", "2010"):
    declare(
        f"preschool-gap-{year}",
        "Gap between urban and rural pre-school enrolment",
        difference,
        "percent_points",
        "children aged 1-6",
        year,
        minuend=f"chart1-urban-{year}",
        subtrahend=f"chart1-rural-{year}",
    )
for year in ("2007", "2010"):
    declare(
        f"preschool-implied-urban-{year}",
        "Share of children who would have to be urban for the three printed rates to agree",
        implied_weight_pct,
        "percent",
        "children aged 1-6",
        year,
        digits=0,
        whole=f"chart1-national-{year}",
        first=f"chart1-urban-{year}",
        second=f"chart1-rural-{year}",
    )
declare(
    "readiness-gap-2011",
    "Gap between urban and rural school readiness",
    difference,
    "percent_points",
    "pupils of grade 1",
    "2010-2011",
    minuend="mics-readiness-urban-2011",
    subtrahend="mics-readiness-rural-2011",
)
declare(
    "out-5-6-from-ministry",
    "What is left to full enrolment by the Ministry's rate for ages 5-6",
    complement_pct,
    "percent",
    "children aged 5-6",
    "2010",
    digits=0,
    share="moes-preschool-5-6-2010",
)
declare(
    "grade-1-without-preschool",
    "Pupils of grade 1 without any pre-school the year before",
    complement_pct,
    "percent",
    "pupils of grade 1",
    "2010-2011",
    share="mics-readiness-2011",
)
declare(
    "uis-implied-primary-population",
    "Children of primary age if the estimate of children out of school were all who are not enrolled",
    implied_total,
    "children",
    "children of primary school age",
    "2010",
    digits=0,
    part="uis-primary-out-2010",
    share="calc:uis-not-enrolled-2010",
)
declare(
    "uis-not-enrolled-2010",
    "Children of primary age not enrolled by the net enrolment rate",
    complement_pct,
    "percent",
    "children of primary school age",
    "2010",
    digits=0,
    share="uis-primary-ner-2010",
)

# --- antonowicz2013oosc: groups at risk ----------------------------------------------------------

declare(
    "disability-share-recomputed-2011",
    "Children with developmental disabilities among children under 18",
    share_pct,
    "percent",
    "children under 18",
    "January 2011",
    digits=2,
    part="disability-children-2011",
    whole="children-under-18-2011",
)
declare(
    "home-educated-implied-base-2011",
    "School-age students with disabilities if the printed share of home education holds",
    implied_total,
    "children",
    "school-age students with disabilities",
    "2011",
    digits=0,
    part="home-educated-2011",
    share="home-educated-share-2011",
)
declare(
    "child-labour-fall-2010-2011",
    "Fall of reported cases of child labour, within one source",
    fall_pct,
    "percent",
    "cases reported by the Commission on Human Rights",
    "2009-10 to 2010-11",
    before="child-labour-2010",
    after="child-labour-2011",
)
declare(
    "health-not-attending-rural-share-2012",
    "Rural share of the children not attending for health reasons",
    share_pct,
    "percent",
    "children not attending for health reasons",
    "2011-12",
    part="health-not-attending-rural-2012",
    whole="health-not-attending-2012",
)
declare(
    "schools-violence-share",
    "Share of surveyed schools that reported a link of violence with drop-out",
    share_pct,
    "percent",
    "schools surveyed",
    digits=1,
    part="schools-violence-dropout",
    whole="schools-violence-sample",
)
