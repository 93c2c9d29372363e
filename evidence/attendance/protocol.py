"""A self-assessment against the study's stages of monitoring, its protocol and its checklists: gaps, and no scores."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import pandas as pd

from evidence.attendance.rules import Say

ANSWERS = ("yes", "partly", "no", "unknown")


class Question(NamedTuple):
    """A question: key, list it belongs to, stage of monitoring, words, place, recommendations that answer it."""

    key: str
    part: str
    stage: str
    text: str
    where: str
    recommendations: tuple[int, ...]


IDENTIFY, RECORD, NEEDS, RESPOND, FOLLOW, LEARN = STAGES = (
    "identifying children",
    "recording cases",
    "identifying needs",
    "identifying responses",
    "monitoring responses",
    "learning and sharing",
)
P64, P49, P55 = "p. 64, Recommendation 8", "p. 49, §6.2", "p. 55-56, §6.6"
QUESTIONS = (
    Question(
        "stage_identify",
        "stages",
        IDENTIFY,
        "Are lists of children held against those of health and civil offices?",
        "p. 37, §4.2.1",
        (8, 10),
    ),
    Question(
        "stage_record",
        "stages",
        RECORD,
        "Does the register hold sex, days missed and the cause?",
        "p. 39, §4.2.2",
        (8,),
    ),
    Question(
        "stage_needs",
        "stages",
        NEEDS,
        "Is there a written procedure to assess what a child needs?",
        "p. 39, §4.2.3",
        (8,),
    ),
    Question(
        "stage_respond",
        "stages",
        RESPOND,
        "Are there responses that leave the child in its family?",
        "p. 41, §4.2.4",
        (6, 12),
    ),
    Question("stage_follow", "stages", FOLLOW, "Is a child followed after its return?", "p. 41, §4.2.5", (8, 13)),
    Question(
        "stage_learn",
        "stages",
        LEARN,
        "Is the register analysed by sex, age, grade and response?",
        "p. 41, §4.2.6",
        (14, 15),
    ),
    Question(
        "protocol_groups",
        "protocol",
        IDENTIFY,
        "Does it cover the non-enrolled, those dropping out and long absences?",
        P64,
        (8,),
    ),
    Question(
        "protocol_all", "protocol", IDENTIFY, "Does it cover every child, migrants and travellers too?", P64, (8, 4)
    ),
    Question("protocol_levels", "protocol", IDENTIFY, "Does it reach from pre-school to upper secondary?", P64, (8,)),
    Question(
        "protocol_roles",
        "protocol",
        IDENTIFY,
        "Does it say who does what, health, social services and NGOs included?",
        P64,
        (8, 9),
    ),
    Question(
        "protocol_cross_check",
        "protocol",
        IDENTIFY,
        "Does it hold education lists against health lists, with referral by doctors?",
        P64,
        (8,),
    ),
    Question(
        "protocol_needs", "protocol", NEEDS, "Does it guide how needs of child and family are assessed?", P64, (8,)
    ),
    Question(
        "protocol_records", "protocol", RECORD, "Does it ask for sex and assessed needs in each record?", P64, (8,)
    ),
    Question("protocol_forms", "protocol", RECORD, "Does it explain how forms are filled in?", P64, (8,)),
    Question(
        "protocol_follow",
        "protocol",
        FOLLOW,
        "Does it set out how those who return, or are sent elsewhere, are followed?",
        P64,
        (8, 13),
    ),
    Question("protocol_moves", "protocol", FOLLOW, "Does it track children who move between regions?", P64, (8, 11)),
    Question(
        "warning_indicators", "early warning", IDENTIFY, "Has the school indicators of pupils at risk?", P49, (7, 11)
    ),
    Question("warning_watched", "early warning", IDENTIFY, "Are they watched?", P49, (7, 11)),
    Question("warning_person", "early warning", IDENTIFY, "Does a person or team give the alert?", P49, (7,)),
    Question("warning_early", "early warning", RESPOND, "Does something happen early?", P49, (7, 12)),
    Question("warning_referral", "early warning", RESPOND, "Are pupils referred where that is needed?", P49, (9, 12)),
    Question("warning_followed", "early warning", FOLLOW, "Is what is done followed?", P49, (13,)),
    Question("warning_evaluated", "early warning", LEARN, "Is what came of it evaluated?", P49, (14,)),
    Question(
        "attendance_told", "attendance policy", IDENTIFY, "Do parents and pupils know the attendance policy?", P55, (7,)
    ),
    Question(
        "attendance_excuses", "attendance policy", RECORD, "Is it clear what is excused and what is not?", P55, (7, 8)
    ),
    Question(
        "attendance_consistent", "attendance policy", RESPOND, "Are policy and sanctions applied evenly?", P55, (7,)
    ),
    Question(
        "attendance_talk",
        "attendance policy",
        NEEDS,
        "Does the school speak with pupils and families about absence?",
        P55,
        (7,),
    ),
    Question(
        "attendance_causes", "attendance policy", RESPOND, "Are causes tackled rather than absence itself?", P55, (3, 7)
    ),
    Question(
        "attendance_no_loss", "attendance policy", RESPOND, "Do sanctions leave teaching time untouched?", P55, (7,)
    ),
    Question(
        "attendance_community",
        "attendance policy",
        IDENTIFY,
        "Does the community help, shops and cafes too?",
        P55,
        (9,),
    ),
    Question("attendance_tracked", "attendance policy", RECORD, "Is there a system that tracks absence?", P55, (7, 11)),
)


def form(say: Say = str) -> pd.DataFrame:
    """Return the empty form, one row per question, in the words of a language that ``say`` gives.

    Columns: ``key``, ``part``, ``stage``, ``question``, ``where`` (place in the study), ``answer``.
    """
    rows = [(one.key, *map(say, (one.part, one.stage, one.text, one.where)), "") for one in QUESTIONS]
    return pd.DataFrame(rows, columns=["key", "part", "stage", "question", "where", "answer"])


def gaps(answers: Mapping[str, str]) -> pd.DataFrame:
    """Return what is missing, one row per question not answered with yes, in the order of the form.

    ``answers`` gives yes, partly, no or unknown by key; a question without an answer counts as unanswered.
    Columns: ``key``, ``part``, ``stage``, ``question``, ``answer``, ``where``, ``recommendations`` (numbers of the
    study's). There is no score: the study gives none. Raises ValueError, with all of them, for unknown keys and
    answers.
    """
    known = {one.key for one in QUESTIONS}
    wrong = [f"{key}: no question" for key in answers if key not in known]
    wrong += [
        f"{key}: {value!r} is none of {', '.join(ANSWERS)}"
        for key, value in answers.items()
        if value not in ("", *ANSWERS)
    ]
    if wrong:
        raise ValueError("; ".join(wrong))
    rows = [
        (
            one.key,
            one.part,
            one.stage,
            one.text,
            answers.get(one.key) or "unanswered",
            one.where,
            list(one.recommendations),
        )
        for one in QUESTIONS
        if answers.get(one.key) != "yes"
    ]
    return pd.DataFrame(rows, columns=["key", "part", "stage", "question", "answer", "where", "recommendations"])
