"""Figures over all rows of a table, by name: inputs of calculations that no single fact or cell holds.

Counts of the rows of this book (threads, actions), and the parts of a change that is summed over the regions of a
register. ``calculations.csv`` names them as ``rows:NAME``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import partial

from evidence.data import store
from evidence.data.store import UnknownId
from evidence.figures.formulas import share_pct, weight_points

PREFIX = "rows:"  # of such an input in calculations.csv
SAME = "the same"
AGREEMENT = [SAME, "partly the same", "different", "in one list only"]
FEW_CHILDREN = ("mangystau", "atyrau")  # regions in which a handful of children is the whole share of a year
YEARS = ("2010-11", "2011-12")  # of the annex of the out-of-school study, Tables 6 and 7


def best_threads() -> dict[str, str]:
    """Return the strongest verdict on each whole recommendation, by its id.

    What later documents report of its parts is not counted.
    """
    order = list(store.labels("threads", "verdict"))
    best: dict[str, str] = {}
    for row in store.rows("threads").values():
        if row.recommendation and not store.row("recommendations", row.recommendation).parent:
            known = best.get(row.recommendation, row.verdict)
            best[row.recommendation] = min(known, row.verdict, key=order.index)
    return best


def agreement(text: list[str], table: list[str]) -> str:
    """Return how far two lists of bodies agree, as one of ``AGREEMENT``."""
    if not text or not table:
        return "in one list only"
    if set(text) == set(table):
        return SAME
    return "partly the same" if set(text) & set(table) else "different"


def leads_named(place: str) -> list[list[str]]:
    """Return the ids of the bodies that lead each action, in the order of the actions, as "text" or "table" has it."""
    rows = store.load("responsibilities").query("role == 'lead' and stated_in == @place")
    actions = store.load("actions").sort_values("number")["id"]
    return [list(rows["body"][rows["action"] == action]) for action in actions]


def _threads(*verdicts: str) -> int:
    """Return how many whole recommendations have one of these verdicts, or how many were traced."""
    found = Counter(best_threads().values())
    return sum(found[verdict] for verdict in verdicts) if verdicts else found.total()


def _same_lead() -> int:
    return sum(agreement(*lists) == SAME for lists in zip(leads_named("text"), leads_named("table")))


def _register() -> dict[str, dict[str, tuple[float, float]]]:
    """Return (weight in the register, share not returned) of each region in per cent, by school year."""
    rows = [row for row in store.rows("antonowicz2013oosc_profiles").values() if row.area == "total"]
    whole = {row.school_year: row.registered for row in rows if row.place == "kazakhstan"}
    found: dict[str, dict[str, tuple[float, float]]] = {year: {} for year in YEARS}
    for row in rows:
        if row.place != "kazakhstan":
            weight = share_pct(row.registered, whole[row.school_year])
            found[row.school_year][row.place] = (weight, share_pct(row.out_of_school, row.registered))
    return found


def _within(weights: tuple[str, ...], regions: tuple[str, ...] = ()) -> float:
    """Return the points by which shares within regions raise the national one, at the mean weight of these years."""
    before, after = (_register()[year] for year in YEARS)
    taken = [_register()[year] for year in weights]
    return sum(
        sum(year[region][0] for year in taken) / len(taken) * (after[region][1] - before[region][1]) / 100
        for region in regions or before
    )


def _between(shares: tuple[str, ...]) -> float:
    """Return the points by which weights of regions raise the national share, at the mean share of these years."""
    before, after = (_register()[year] for year in YEARS)
    taken = [_register()[year] for year in shares]
    return sum(
        weight_points(before[region][0], after[region][0], sum(year[region][1] for year in taken) / len(taken), 0)
        for region in before
    )


TALLIES: dict[str, Callable[[], float]] = {
    "actions": lambda: len(store.rows("actions")),
    "actions-same-lead": _same_lead,
    "threads-traced": _threads,
    "threads-in-part": partial(_threads, "in-part"),
    "threads-mentioned": partial(_threads, "mentioned"),
    "threads-not-reported": partial(_threads, "not-reported"),
    "register-within-average": partial(_within, YEARS),
    "register-within-first": partial(_within, YEARS[:1]),
    "register-within-last": partial(_within, YEARS[1:]),
    "register-within-few-children": partial(_within, YEARS, FEW_CHILDREN),
    "register-between-average": partial(_between, YEARS),
}


def tally(name: str) -> float:
    """Return a figure over all rows by its name; raises :class:`UnknownId`."""
    try:
        return float(TALLIES[name]())
    except KeyError:
        raise UnknownId("figure over all rows", name, TALLIES) from None
