"""Where the boxes of a layered drawing stand: columns from what is done to what is reached, rows by belonging.

A box belongs to the first box of a later column it is joined to. Each outcome and all that belongs to it is a group;
groups follow each other down the page, so that most lines are short and none crosses another group for nothing.
"""

from __future__ import annotations

from typing import NamedTuple

FIRST, MIDDLE, OUTCOME, LAST = range(4)
COLUMNS = {  # of each kind of element
    **dict.fromkeys(("activity", "bottleneck", "assumption", "risk"), FIRST),
    "output": MIDDLE,
    "outcome": OUTCOME,
    **dict.fromkeys(("impact", "vision"), LAST),
}
GROUP_GAP = 0.5  # layout: rows between two groups
TOP_GAP = 2.0  # layout: rows between two boxes of the last column


class Spot(NamedTuple):
    """Where a box stands: its column from 0, and its row, which may be a half one."""

    column: int
    row: float


def columns(kinds: dict[str, str], joined: list[tuple[str, str]]) -> dict[str, int]:
    """Return the column of each box by its kind; the last one also has an outcome that all others lead to.

    What touches boxes of the last column only stands there with them.
    """
    found = {key: COLUMNS[kind] for key, kind in kinds.items()}
    outcomes = {key for key, kind in kinds.items() if kind == "outcome"}
    for key in outcomes:
        if len(outcomes) > 1 and outcomes - {key} <= {start for start, end in joined if end == key}:
            found[key] = LAST
    for key in kinds:
        if {found[end] for start, end in joined if start == key} == {LAST} and found[key] == FIRST:
            found[key] = LAST
    return found


def owners(column: dict[str, int], joined: list[tuple[str, str]]) -> dict[str, str]:
    """Return what each box belongs to: the nearest later column it is joined to; else what a box beside it does."""
    found: dict[str, str] = {}
    for key, own in column.items():
        later = [end for start, end in joined if start == key and column[end] > own]
        if later:
            found[key] = min(later, key=lambda end: column[end])
    for start, end in joined:
        if end not in found and column[start] == column[end] == FIRST and start in found:
            found[end] = found[start]
    return found


def spots(kinds: dict[str, str], joined: list[tuple[str, str]]) -> dict[str, Spot]:
    """Return where each box stands, from the kind of each, in the order of the text, and the pairs that are joined.

    Boxes that belong to no outcome stand below all groups. Raises KeyError for a kind without a column.
    """
    column = columns(kinds, joined)
    owner = owners(column, joined)
    found: dict[str, Spot] = {}
    top = 0.0
    for outcome in [key for key in kinds if column[key] == OUTCOME]:
        top = _group(outcome, top, column, owner, found) + GROUP_GAP
    rest = [key for key in kinds if key not in found and column[key] != LAST]
    for at, key in enumerate(rest):
        found[key] = Spot(column[key], top + GROUP_GAP + at)
    height = max((spot.row for spot in found.values()), default=0.0)
    last = [key for key in kinds if column[key] == LAST]
    last.sort(key=lambda key: list(COLUMNS).index(kinds[key]), reverse=True)  # vision on top
    for at, key in enumerate(last):
        found[key] = Spot(LAST, height / 2 + (at - (len(last) - 1) / 2) * TOP_GAP)
    return found


def _group(outcome: str, top: float, column: dict[str, int], owner: dict[str, str], found: dict[str, Spot]) -> float:
    """Place an outcome and what belongs to it from a row on; return the row below."""
    left = right = top
    for output in [key for key in column if owner.get(key) == outcome and column[key] == MIDDLE]:
        below = [key for key in column if owner.get(key) == output]
        start = max(left, right - (len(below) - 1) / 2) if below else left
        for at, key in enumerate(below):
            found[key] = Spot(FIRST, start + at)
        middle = start + (len(below) - 1) / 2 if below else right
        found[output] = Spot(MIDDLE, max(right, middle))
        left = start + len(below)
        right = found[output].row + 1
    for key in [key for key in column if owner.get(key) == outcome and column[key] == FIRST]:
        found[key] = Spot(FIRST, left)
        left += 1
    bottom = max(left, right, top + 1)
    found[outcome] = Spot(OUTCOME, (top + bottom - 1) / 2)
    return bottom
