"""Tables of the chapter on thresholds: what each rule finds in the same synthetic data, and which children move."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from evidence.attendance.days import COUNTING
from evidence.attendance.frames import Frames, frames_of
from evidence.attendance.thresholds import HALF, THRESHOLDS, Threshold, reached
from evidence.parts.methods.attendance import PUPILS, district, results

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
    rows = [(rule.title, rule.sentence.format(**rule.values()), rule.source()) for rule in rules]
    return pd.DataFrame(rows, columns=["Rule", "How it counts", "Stated by"])


# --- the explorer: how far each synthetic child gets by each way of counting ---------------------------------------

DAYS = (3, 5, 8, 10, 11, 15, 20, 30)  # made up: offered for each way of counting; ours
MEASURES = {  # title of a way of counting: how a threshold counts, what it counts, its window
    "Unexcused days in all": ("cumulative", "unexcused", 0),
    "Days absent in all": ("cumulative", "all", 0),
    "Unexcused days in a row": ("consecutive", "unexcused", 0),
    "Calendar days of an unexcused run": ("calendar", "unexcused", 0),
    "Unexcused days in a quarter": ("quarter", "unexcused", 0),
    "Unexcused days in any 20 in a row": ("window", "unexcused", 20),
}
TAKEN = {  # ways in which days may be taken: their words, and the parameters that are not at their default
    "default": ("as the toolkit does unless told otherwise", {}),
    "present": ("a day nobody recorded was attended", {"unrecorded": "present"}),
    "absent": ("a day nobody recorded was missed", {"unrecorded": "absent"}),
}
DEFAULTS = {one.name: one.default for one in COUNTING}
FIGURES = "0123456789abcdefghijklmnopqrstuvwxyz"  # of the base 36


def _thresholds(position: int) -> list[Threshold]:
    """Return the thresholds of a way of counting, one for each number of days."""
    title = list(MEASURES)[position]
    how, counts, window = MEASURES[title]
    return [
        Threshold(f"m{position}_{days}", title, how, days, "offered by the explorer", counts, window, "ours")
        for days in DAYS
    ]


def _reach(frames: Frames, changed: dict[str, Any]) -> pd.DataFrame:
    """Return how many numbers of ``DAYS`` each child reaches, one row a child, a column per way of counting."""
    rules = [rule for position in range(len(MEASURES)) for rule in _thresholds(position)]
    placed = frames.placed(**(DEFAULTS | changed))
    table = frames.engine.collect(reached(placed, rules)).set_index("child").sort_index()
    return pd.DataFrame(
        {
            title: table[[rule.key for rule in _thresholds(position)]].notna().sum(axis=1)
            for position, title in enumerate(MEASURES)
        }
    )


@cache
def reaches() -> dict[str, pd.DataFrame]:
    """Return what :func:`_reach` does for every way of ``TAKEN``, by its key."""
    with tempfile.TemporaryDirectory() as name:
        frames = frames_of(district(Path(name)))
        return {key: _reach(frames, changed) for key, (_, changed) in TAKEN.items()}


def by_days() -> pd.DataFrame:
    """Return the synthetic children found by each way of counting, one row per number of days, at the defaults.

    Columns: ``From``, and one per way of counting (children).
    """
    table = reaches()["default"]
    rows = {title: [int((table[title] > step).sum()) for step in range(len(DAYS))] for title in MEASURES}
    return pd.DataFrame({"From": [f"{days} days" for days in DAYS]} | rows)


def explored() -> dict:
    """Return what a reader may try out, and how far each synthetic child gets; see ``exhibit``."""
    tables = reaches()
    children = sorted(set().union(*(table.index for table in tables.values())))
    levels = {
        key: "".join(FIGURES[level] for row in table.reindex(children, fill_value=0).to_numpy() for level in row)
        for key, table in tables.items()
    }
    return {
        "noun": "Synthetic children",
        "unit": "Synthetic child",
        "measures": list(MEASURES),
        "steps": [f"{days} days" for days in DAYS],
        "start": [[0, DAYS.index(10)], [0, DAYS.index(11)]],
        "data": {key: words for key, (words, _) in TAKEN.items()},
        "units": [int(child.rpartition("-")[2]) for child in children],
        "all": PUPILS,
        "levels": levels,
    }
