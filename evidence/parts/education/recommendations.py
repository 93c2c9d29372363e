"""Tables of the chapter on the recommendations of the out-of-school study."""

from __future__ import annotations

import pandas as pd

from evidence.data.records import PLACE
from evidence.data.store import items, of_document
from evidence.exhibits.frames import labelled
from evidence.parts.education import OUT_OF_SCHOOL

NO_BODY = "nobody named"


def addressee(names: str, basis: str) -> str:
    """Return whom a call addresses, as readers see it: inferred ones say so, and so does a call that names none."""
    if basis == "none":
        return NO_BODY
    return ", ".join(items(names)) + (" (inferred)" if basis == "inferred" else "")


def parts() -> pd.DataFrame:
    """Return the parts of the recommendations, one row each.

    Columns: ``Recommendation`` ("1 (a)"), ``What is asked``, ``Who is asked``, ``Level``, ``Themes``, ``Findings it
    answers`` (number) and its place. Source: antonowicz2013oosc, §7, as coded in ``recommendations.csv``.
    """
    rows = of_document("recommendations", OUT_OF_SCHOOL).query("part != ''")
    shown = labelled(rows, "recommendations", "level", "themes")
    columns = {
        "Recommendation": [f"{row.number} ({row.part})" for row in rows.itertuples()],
        "What is asked": rows["statement"],
        "Who is asked": [addressee(*pair) for pair in zip(rows["addressee"], rows["addressee_basis"])],
        "Level": shown["level"],
        "Themes": shown["themes"],
        "Findings it answers": [len(items(cell)) for cell in rows["rests_on"]],
    }
    return pd.DataFrame(columns).join(rows[PLACE]).reset_index(drop=True)


def whole() -> pd.DataFrame:
    """Return the recommendations in their printed order, one row each.

    Columns: ``No.``, ``Recommendation``, ``Parts`` (number) and its place. Source: antonowicz2013oosc, §7.
    """
    rows = of_document("recommendations", OUT_OF_SCHOOL)
    shown = rows.query("part == ''").sort_values("number", ignore_index=True)
    columns = {
        "No.": shown["number"],
        "Recommendation": shown["statement"],
        "Parts": [int((rows["parent"] == key).sum()) for key in shown["id"]],
    }
    return pd.DataFrame(columns).join(shown[PLACE])
