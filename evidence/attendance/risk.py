"""Which risk factors of the study a child has, as a list with places, and the rule of five traits. No weights."""

from __future__ import annotations

from typing import NamedTuple

import narwhals.stable.v2 as nw
import pandas as pd

from evidence.attendance.rules import Parameter, Rule
from evidence.toolkit.frames import Frame, flag, portable


class Factor(NamedTuple):
    """A risk factor: the column that holds it (0 or 1), its domain and dimension in the typology, and its words."""

    column: str
    domain: str
    dimension: str
    title: str


TYPOLOGY = "p. 24, Table 4"
FACTORS = (
    Factor("early_marriage_or_pregnancy", "individual", "sex", "Early marriage or pregnancy"),
    Factor("runaway", "individual", "sex", "Has run away"),
    Factor("teenager_dropped_out", "individual", "age", "Teenager who has dropped out"),
    Factor("pre_primary_not_enrolled", "individual", "age", "Of pre-primary or primary age and not enrolled"),
    Factor("disability", "individual", "health", "Disability"),
    Factor("chronic_illness", "individual", "health", "Chronic illness or HIV"),
    Factor("abused_or_trafficked", "individual", "past experiences", "Abused, neglected or trafficked"),
    Factor("bullied", "individual", "past experiences", "Bullied at school"),
    Factor("conflict_with_law", "individual", "past experiences", "In conflict with the law"),
    Factor("working", "individual", "past experiences", "Works"),
    Factor("minority", "individual", "ethnicity and language", "Of a minority community"),
    Factor("language_not_mastered", "individual", "ethnicity and language", "Does not master the language of teaching"),
    Factor("rural_or_remote", "individual", "location", "Lives in a rural or remote place"),
    Factor("orphan_or_one_parent", "family", "structure", "Orphan or with a single parent"),
    Factor("dysfunctional", "family", "practices", "Little parental care, or a family called dysfunctional"),
    Factor("low_income", "family", "resources", "Family of low income"),
    Factor("migrant_or_refugee", "family", "mobility", "Migrant, returnee or refugee"),
    Factor("irregular_attendance", "behaviours", "engagement", "Attends irregularly or shows no interest"),
    Factor("isolated", "behaviours", "social", "Isolated or withdrawn"),
    Factor("behaviour_problems", "behaviours", "deviancy", "Behaviour problems or substance abuse"),
    Factor("low_achievement", "behaviours", "performance", "Low achievement"),
    Factor("changed_school_often", "behaviours", "performance", "Has changed school often"),
)
SCHOOL_FACTORS = (  # of a school, not of a child: they are asked in the self-assessment
    Factor(
        "no_transport_or_staff", "school", "structure and resources", "Lacks transport, qualified staff or materials"
    ),
    Factor("exclusive_practices", "school", "practices", "Procedures or practices that keep children out"),
)
TRAITS = {
    "low_income": "family of low income",
    "dysfunctional": "family called dysfunctional",
    "far_from_school": "distance to school",
    "school_changes": "more than {changes} changes of school",
    "was_in_institution": "past stay in an institution",
}
FIVE_TRAITS = Rule(
    "five_traits",
    "Combination of traits",
    "A child with {k} or more of five traits is at risk of dropping out: a family of low income, a family called "
    "dysfunctional, distance to school, more than {changes} changes of school, a past stay in an institution. They "
    "have no weights",
    "p. 66, Recommendation 15",
    parameters=(
        Parameter("k", 2, "ours", "the study says a combination, and no number", "Traits that make a combination"),
        Parameter("changes", 2, "document", "p. 66, Recommendation 15", "Changes of school that must be exceeded"),
    ),
)


def profile(children: pd.DataFrame) -> pd.DataFrame:
    """Return the factors each child has, one row per child and factor; what is not recorded is no factor.

    ``children`` has ``child`` and any of the columns of ``FACTORS`` (0, 1 or missing). Columns: ``child``, ``factor``,
    ``domain``, ``dimension``, ``where`` (place in the study). Source: p. 24, Table 4.
    """
    rows = [
        (child, factor.title, factor.domain, factor.dimension, TYPOLOGY)
        for factor in FACTORS
        if factor.column in children.columns
        for child in children.loc[children[factor.column].fillna(0).astype(int) == 1, "child"]
    ]
    table = pd.DataFrame(rows, columns=["child", "factor", "domain", "dimension", "where"])
    return table.sort_values("child", kind="stable", ignore_index=True)


@portable
def combination(children: Frame, k: int = 2, changes: int = 2) -> Frame:
    """Return whether each child has at least ``k`` of the five traits.

    ``children`` has ``child``, ``low_income``, ``dysfunctional``, ``far_from_school``, ``was_in_institution`` (0 or 1)
    and ``school_changes`` (a number), missing where unknown. Returns ``child``, ``traits`` and ``unknown`` (numbers)
    and ``at_risk`` (yes, no, or undetermined where what is unknown would decide). Source: p. 66, Recommendation 15.
    """
    has = {name: nw.col(name) > (changes if name == "school_changes" else 0) for name in TRAITS}
    marked = children.with_columns(
        **{f"has_{name}": flag(test) for name, test in has.items()},
        **{f"no_{name}": flag(nw.col(name).is_null()) for name in TRAITS},
    )
    known, open_ = (sum((nw.col(f"{kind}_{name}") for name in TRAITS), start=nw.lit(0)) for kind in ("has", "no"))
    rows = marked.select("child", traits=known, unknown=open_)
    maybe = nw.when(nw.col("traits") + nw.col("unknown") >= k).then(nw.lit("undetermined")).otherwise(nw.lit("no"))
    return rows.with_columns(at_risk=nw.when(nw.col("traits") >= k).then(nw.lit("yes")).otherwise(maybe))
