"""Tables of the chapter on the evaluation, and what its sister chapters share."""

from __future__ import annotations

import pandas as pd

from evidence.data import store
from evidence.data.questions import answer
from evidence.data.records import PLACE, fact
from evidence.exhibits.exhibit import linked
from evidence.exhibits.frames import named, rows_of

EVALUATION = "cecchetti2021vac"
COMPONENTS = store.labels("evaluation_questions", "component")
STANCES = ["strength", "weakness", "gap"]


def questions() -> pd.DataFrame:
    """Return the questions of the evaluation, one row each, in their order.

    Columns: ``Question`` (number and name, leading to its card), ``Component``, ``Criterion``, a number of findings for
    each of :data:`STANCES`, then those of the place, at the first table that prints the question.
    Source: cecchetti2021vac, Table 4 and §1 to §6, as coded in ``findings.csv``.
    """
    rows = store.load("evaluation_questions")
    answers = [answer(key) for key in rows["id"]]
    names = store.labels("findings", "stance")
    frame = pd.DataFrame({"Question": linked(rows["number"] + " " + rows["name"], "question", rows["id"])})
    frame["Component"] = rows["component"].map(COMPONENTS)
    frame["Criterion"] = rows["criterion"]
    for stance in STANCES:
        frame[names[stance].capitalize()] = [len(found.findings.get(stance, [])) for found in answers]
    frame[PLACE] = rows[PLACE]
    frame["locator"] = frame["locator"].str.split(";").str[0]
    return frame


def people_heard() -> pd.DataFrame:
    """Return who was heard or studied in the evaluation, a row each, by method, the most often heard first.

    Columns: ``Who``, then a number for each method (interviews, group discussions, case studies; 0 for none). They
    count talks and cases, not people. Source: cecchetti2021vac, Table 3, by the rows of the exhibit.
    """
    rows = rows_of("cp-people-heard")
    methods = dict.fromkeys(row.group for row in rows)
    numbers = [[int(fact(row.fact).value) if row.group == method else 0 for method in methods] for row in rows]
    frame = pd.DataFrame(numbers, columns=list(methods))
    frame.insert(0, "Who", [row.label for row in rows])
    return frame


def ways_of_hearing() -> pd.DataFrame:
    """Return how people were heard, a row for each kind of interview, group discussion and case study.

    Columns: ``Who, and on what``, ``How``, ``Number``, ``Places``, ``What to know``, then those of the place.
    Source: cecchetti2021vac, Table 3 for the most part, as coded in ``methods.csv``.
    """
    heads = {"what": "Who, and on what", "method": "How", "n": "Number", "where": "Places", "limits": "What to know"}
    rows = store.of_document("methods", EVALUATION).query("subject == 'heard'")
    return named(rows, where="places")[[*heads, *PLACE]].rename(columns=heads)


def limits() -> pd.DataFrame:
    """Return the limits the evaluators name, one row each.

    Columns: ``Limit``, ``What followed from it``, then those of the place. Source: cecchetti2021vac, the sections on
    method, on participation and on lessons, as coded in ``methods.csv``.
    """
    heads = {"what": "Limit", "limits": "What followed from it"}
    rows = store.of_document("methods", EVALUATION).query("subject == 'limit'")
    return rows[[*heads, *PLACE]].rename(columns=heads)
