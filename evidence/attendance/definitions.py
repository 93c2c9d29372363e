"""Who is out of school, who has dropped out, who left early, and the five categories of the Global Initiative.

One record often cannot decide: the answer is then ``undetermined``, never a guess.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import narwhals.stable.v2 as nw
import pandas as pd

from evidence.attendance.rules import Parameter, Rule
from evidence.toolkit.frames import Frame, portable
from evidence.toolkit.messages import Message

YES, NO, UNKNOWN = "yes", "no", "undetermined"
RECORD = ("age", "enrolled", "attending", "ever_enrolled", "last_grade", "in_training", "completed_grade", "at_risk")

PRE_PRIMARY_FROM = Parameter(
    "pre_primary_from", 5, "document", "p. 19, §3.2.1", "Age from which pre-school is expected"
)
PRIMARY_FROM = Parameter("primary_from", 7, "document", "p. 20, §3.2.2", "Age at which grade 1 is due")
BASIC_TO = Parameter(
    "basic_to",
    15,
    "ours",
    "nine grades counted on from the age of grade 1; the study prints no age for grade 9",
    "Age in the last grade of lower secondary",
)
COMPULSORY_TO = Parameter(
    "compulsory_to", 17, "document", "p. 18, §3.1 (register of ages 6 to 17)", "Last age followed"
)
LAST_BASIC_GRADE = Parameter("last_basic_grade", 9, "document", "p. 21, §3.2.2", "Last grade of lower secondary")
CYCLE = Parameter(
    "cycle_grade", 9, "ours", "p. 11 leaves the cycle open", "Last grade of the cycle that is to be ended"
)
LEAVER_FROM = Parameter("leaver_from", 18, "document", "p. 11, §2.1", "Youngest early school leaver")
LEAVER_TO = Parameter("leaver_to", 24, "document", "p. 11, §2.1", "Oldest early school leaver")

OUT_OF_SCHOOL = Rule(
    "out_of_school",
    "Out of school",
    "A child of age {pre_primary_from} to {compulsory_to} is out of school if not enrolled, or if enrolled and not "
    "attending",
    "p. 11, §2.1",
    parameters=(PRE_PRIMARY_FROM, COMPULSORY_TO),
)
DROPPED_OUT = Rule(
    "dropped_out",
    "Dropping out, the study's rule",
    "A child has dropped out if enrolled and not attending, or if it left before the end of grade {cycle_grade}",
    "p. 11, §2.1",
    parameters=(CYCLE,),
)
DROPPED_OUT_UNESCO = Rule(
    "dropped_out_unesco",
    "Dropping out, UNESCO's rule",
    "A child has dropped out if it left school without completing the cycle that ends with grade {cycle_grade}; "
    "one on roll has not",
    "p. 11, §2.1 (UNESCO as the study reports it)",
    parameters=(CYCLE,),
)
EARLY_LEAVER = Rule(
    "early_leaver",
    "Early school leaving",
    "Someone of age {leaver_from} to {leaver_to} left early who completed at most grade {last_basic_grade} and is "
    "in no further education or training",
    "p. 11, §2.1 (European Union)",
    parameters=(LEAVER_FROM, LEAVER_TO, LAST_BASIC_GRADE),
)
CATEGORY = Rule(
    "category",
    "The five categories of the Global Initiative",
    "1: of pre-primary age ({pre_primary_from} and over, under {primary_from}), in neither pre-school nor primary; "
    "2: of primary or lower secondary age ({primary_from} to {basic_to}), will never enter; 3: will enter late; "
    "4: dropped out; 5: enrolled and at risk. Whether a child never enrolled will enter late cannot be seen in a "
    "record: 2 or 3",
    "p. 9, §1.2 (the Initiative's manual of 2023, which is not the study, has seven dimensions)",
    parameters=(PRE_PRIMARY_FROM, PRIMARY_FROM, BASIC_TO, CYCLE),
)
RULES = (OUT_OF_SCHOOL, DROPPED_OUT, DROPPED_OUT_UNESCO, EARLY_LEAVER, CATEGORY)


IMPOSSIBLE = (  # what no record can say: fields, and the words
    ("enrolled", "attending", "attends without being enrolled"),
    ("ever_enrolled", "enrolled", "is enrolled and never was"),
)
NO_NUMBER, ABOVE = "is not a whole number from {low} to {high}", "lies above the grade that was left, {grade}"
RANGES = {"age": (0, 120), "last_grade": (0, 13), "completed_grade": (0, 13)}  # ours; every other field is 0 or 1


def impossible(record: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return what cannot be in a record, as (field, what is wrong): out of range, or against itself."""
    known = {
        name: value for name, value in record.items() if name in RECORD and value is not None and not pd.isna(value)
    }
    found: list[tuple[str, str]] = []
    for name, value in known.items():
        low, high = RANGES.get(name, (0, 1))
        if value != int(value) or not low <= value <= high:
            found.append((name, Message.of(NO_NUMBER, low=low, high=high)))
    for base, field, words in IMPOSSIBLE:
        if known.get(base) == 0 and known.get(field) == 1:
            found.append((field, Message.of(words)))
    if "last_grade" in known and known.get("completed_grade", 0) > known["last_grade"]:
        found.append(("completed_grade", Message.of(ABOVE, grade=known["last_grade"])))
    return found


def _is(column: str, value: int) -> nw.Expr:
    """Return whether a 0/1 column is known and has a value."""
    return (~nw.col(column).is_null()) & (nw.col(column) == value)


def _answer(yes: nw.Expr, no: nw.Expr) -> nw.Expr:
    """Return yes, no or undetermined; what is certain comes first."""
    unknown = nw.when(no).then(nw.lit(NO)).otherwise(nw.lit(UNKNOWN))
    return nw.when(yes).then(nw.lit(YES)).otherwise(unknown)


def _between(low: int, high: int) -> nw.Expr:
    return (nw.col("age") >= low) & (nw.col("age") <= high)


@portable
def classified(children: Frame, **changed: Any) -> Frame:
    """Return children with the answer of each definition.

    ``children`` has the columns of ``RECORD`` (whole numbers, missing where unknown): ``age``; ``enrolled``,
    ``attending`` (of those enrolled), ``ever_enrolled``, ``in_training`` and ``at_risk`` (0 or 1); ``last_grade`` (the
    grade a leaver left) and ``completed_grade`` (the highest completed). ``changed`` are parameters of the rules by
    name.
    Adds ``out_of_school``, ``dropped_out``, ``dropped_out_unesco``, ``early_leaver`` (yes, no, undetermined) and
    ``category`` ("1", "2 or 3", "2, 3 or 4", "4", "5", "none", undetermined). Source: p. 9 and p. 11.
    """
    value = parameters(**changed)
    basic = _between(value["primary_from"], value["basic_to"])
    before = _between(value["pre_primary_from"], value["primary_from"] - 1)
    of_age = _between(value["pre_primary_from"], value["compulsory_to"])
    there = _is("enrolled", 1) & _is("attending", 1)
    away = _is("enrolled", 0) | (_is("enrolled", 1) & _is("attending", 0))
    ended = (~nw.col("completed_grade").is_null()) & (nw.col("completed_grade") >= value["cycle_grade"])
    short = (~nw.col("completed_grade").is_null()) & (nw.col("completed_grade") < value["cycle_grade"])
    short = short | ((~nw.col("last_grade").is_null()) & (nw.col("last_grade") <= value["cycle_grade"]) & ~ended)
    left = _is("enrolled", 0) & _is("ever_enrolled", 1) & short
    never = _is("enrolled", 0) & _is("ever_enrolled", 0)
    on_roll_away = _is("enrolled", 1) & _is("attending", 0)
    leaver_age = _between(value["leaver_from"], value["leaver_to"])
    low = (~nw.col("completed_grade").is_null()) & (nw.col("completed_grade") <= value["last_basic_grade"])
    more = (~nw.col("completed_grade").is_null()) & (nw.col("completed_grade") > value["last_basic_grade"])
    known_age = ~nw.col("age").is_null()
    answers = children.with_columns(
        out_of_school=_answer(of_age & away, there | (known_age & ~of_age)),
        dropped_out=_answer(left | on_roll_away, there | never | (_is("enrolled", 0) & ended)),
        dropped_out_unesco=_answer(left, _is("enrolled", 1) | never | (_is("enrolled", 0) & ended)),
        early_leaver=_answer(
            leaver_age & low & _is("in_training", 0), (known_age & ~leaver_age) | more | _is("in_training", 1)
        ),
    )
    category = nw.when(~known_age).then(nw.lit(UNKNOWN)).otherwise(nw.lit("none"))
    cases = (  # the first that holds counts; they are wrapped from the last to the first
        (before & away, "1"),
        (before & (nw.col("out_of_school") == UNKNOWN), UNKNOWN),
        (basic & never, "2 or 3"),
        (basic & (nw.col("dropped_out") == YES), "4"),
        (basic & _is("enrolled", 0) & nw.col("ever_enrolled").is_null(), "2, 3 or 4"),
        (basic & there & _is("at_risk", 1), "5"),
        (basic & there & _is("at_risk", 0), "none"),
        (basic & ~(_is("enrolled", 0) & ended), UNKNOWN),
    )
    for condition, name in reversed(cases):
        category = nw.when(condition).then(nw.lit(name)).otherwise(category)
    return answers.with_columns(category=category)


def parameters(**changed: Any) -> dict[str, Any]:
    """Return the value of every parameter of the definitions by name; raises ValueError for an unknown one."""
    known = {parameter.name: parameter.default for rule in RULES for parameter in rule.parameters}
    if unknown := set(changed) - set(known):
        raise ValueError(f"no parameter {', '.join(sorted(unknown))}; there are: {', '.join(known)}")
    return known | changed


def classify(parameters: dict[str, Any] | None = None, **record: Any) -> dict[str, str]:
    """Return the answers for one record, given by the names of ``RECORD``; what is not given is unknown.

    Raises ValueError for an unknown field or parameter, and for a record that cannot be.
    """
    if unknown := set(record) - set(RECORD):
        raise ValueError(f"no field {', '.join(sorted(unknown))}; there are: {', '.join(RECORD)}")
    if wrong := impossible(record):
        raise ValueError("; ".join(f"{name} {record[name]} {words}" for name, words in wrong))
    row = pd.DataFrame({name: pd.array([record.get(name)], dtype="Int64") for name in RECORD})
    result = classified(row, **(parameters or {}))
    return {name: str(result[name].iloc[0]) for name in (*[rule.key for rule in RULES],)}
