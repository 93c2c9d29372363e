"""Tables of the chapter on the evaluation and its questions."""

from __future__ import annotations

import pandas as pd

from evidence.data import store
from evidence.data.questions import answer

EVALUATION = "cecchetti2021vac"
COMPONENTS = store.labels("evaluation_questions", "component")
STANCES = ["strength", "weakness", "gap"]


def questions() -> pd.DataFrame:
    """Return the questions of the evaluation as readers see them, one row each (20), in their order.

    Columns: ``Question`` (number and name), ``Component``, ``Criterion``, ``strength``, ``weakness`` and ``gap``
    (findings), ``Recommendations`` and ``Actions`` (numbers), then those of ``evaluation_questions.csv``.
    Source: cecchetti2021vac, Table 4 and §1 to §6, as coded in ``findings.csv``.
    """
    rows = store.load("evaluation_questions")
    answers = [answer(key) for key in rows["id"]]
    frame = pd.DataFrame(
        {"Question": rows["number"] + " " + rows["name"], "Component": rows["component"].map(COMPONENTS)}
    )
    frame["Criterion"] = rows["criterion"]
    for stance in STANCES:
        frame[stance] = [len(found.findings.get(stance, [])) for found in answers]
    frame["Recommendations"] = [len(found.recommendations) for found in answers]
    frame["Actions"] = [len(found.actions) for found in answers]
    return pd.concat([frame, rows], axis=1)
