"""Tables of the chapter on thresholds: what each rule finds in the same synthetic data, and which children move."""

from __future__ import annotations

import pandas as pd

from evidence.attendance.thresholds import HALF, THRESHOLDS
from evidence.parts.methods.attendance import results

TITLES = {rule.key: rule.title for rule in THRESHOLDS} | {HALF.key: HALF.title}


def found() -> pd.DataFrame:
    """Return how many synthetic children each rule finds, one row per rule.

    Columns: ``Rule``, ``Children found``, and of all children on roll those found for certain (``Certain``), those whom
    days nobody recorded would decide (``Undetermined``) and the others (``Not found``).
    """
    table = results().thresholds[["title", "children", "certain", "undetermined", "not_reached"]]
    return table.set_axis(["Rule", "Children found", "Certain", "Undetermined", "Not found"], axis=1)


def moves() -> pd.DataFrame:
    """Return the synthetic children whom two rules find, one row per pair.

    Columns: ``One rule``, ``Another rule``, ``Found by both``, ``Only by the one``, ``Only by the other``.
    """
    table = results().moves
    heads = ["One rule", "Another rule", "Found by both", "Only by the one", "Only by the other"]
    return table.assign(one=table["one"].map(TITLES), other=table["other"].map(TITLES)).set_axis(heads, axis=1)


def texts() -> pd.DataFrame:
    """Return the rules in the words they make themselves, one row each: ``Rule``, ``How it counts``, ``Stated by``."""
    rules = [*(threshold.rule for threshold in THRESHOLDS), HALF]
    rows = [(rule.title, rule.sentence.format(**rule.values()), rule.source) for rule in rules]
    return pd.DataFrame(rows, columns=["Rule", "How it counts", "Stated by"])
