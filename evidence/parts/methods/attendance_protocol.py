"""Tables of the chapter on self-assessment: the questions, and the gaps that answers leave."""

from __future__ import annotations

import pandas as pd

from evidence.attendance.protocol import QUESTIONS, STAGES, form, gaps
from evidence.data import store
from evidence.exhibits.exhibit import link

DOCUMENT = "antonowicz2013oosc"
EXAMPLE = {"yes": ("stage_record", "stage_follow"), "partly": ("protocol_forms",), "no": ("stage_needs",)}  # invented


def _numbered() -> dict[int, str]:
    """Return the recommendations of the study by number: their ids."""
    rows = store.of_document("recommendations", DOCUMENT)
    whole = rows[rows["part"].fillna("") == ""]
    return {int(row.number): row.id for row in whole.itertuples() if row.number == row.number}


def _cells(numbers: tuple[int, ...] | list[int]) -> list:
    """Return two cells that lead to recommendations; the second is empty where there is one."""
    known = _numbered()
    cells: list = [link(f"Recommendation {number}", "recommendation", known[number]) for number in numbers[:2]]
    return cells + [""] * (2 - len(cells))


def questions() -> pd.DataFrame:
    """Return the questions of the self-assessment, one row each.

    Columns: ``Question``, ``Stage``, ``List``, ``Place`` in the study, ``Recommendation`` and ``Also`` (links).
    """
    rows = [
        (one.text, one.stage.capitalize(), one.part.capitalize(), one.where, *_cells(one.recommendations))
        for one in QUESTIONS
    ]
    return pd.DataFrame(rows, columns=["Question", "Stage", "List", "Place", "Recommendation", "Also"])


def stages() -> pd.DataFrame:
    """Return how many questions each stage has, one row per stage: ``Stage`` and ``Questions``."""
    counts = form()["stage"].value_counts()
    rows = [(stage.capitalize(), int(counts[stage])) for stage in STAGES]
    return pd.DataFrame(rows, columns=["Stage", "Questions"])


def example() -> pd.DataFrame:
    """Return the gaps that invented answers leave among the questions on stages, one row each.

    Columns: ``Gap``, ``Answer``, ``Place``, ``Recommendation`` and ``Also`` (links).
    """
    answers = {key: answer for answer, keys in EXAMPLE.items() for key in keys}
    found = gaps(answers)
    found = found[(found["part"] == "stages") | (found["answer"] != "unanswered")]
    rows = [(row.question, row.answer, row.where, *_cells(row.recommendations)) for row in found.itertuples()]
    return pd.DataFrame(rows, columns=["Gap", "Answer", "Place", "Recommendation", "Also"])
