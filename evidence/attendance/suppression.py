"""Small cells of published tables are left out, and others with them, so that no subtraction brings them back."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import NamedTuple

from evidence.attendance.rules import Parameter, Rule

SMALL_CELLS = Rule(
    "small_cells",
    "Small cells",
    "A count of 1 to {under} less one is not shown, and further counts with it, until the sums that are shown leave at "
    "least {under} possible values for each",
    "no page of the study treats disclosure",
    "ours",
    (
        Parameter(
            "under", 5, "ours", "the custom of statistical offices", "Counts under this are not shown (0: show all)"
        ),
    ),
)
NO_BOUND = 10**12


class Sum(NamedTuple):
    """A sum that a reader of the tables can make: the key of the total and those of its parts."""

    total: Hashable
    parts: tuple[Hashable, ...]


def bounds(cells: Mapping[Hashable, int], sums: Sequence[Sum], hidden: set) -> dict[Hashable, tuple[int, int]]:
    """Return between which values each hidden cell must lie for one who sees all others and knows the sums.

    Counts are whole and at least 0. Exact where the sums form a tree, otherwise not too narrow.
    """
    low = {key: 0 if key in hidden else value for key, value in cells.items()}
    high = {key: NO_BOUND if key in hidden else value for key, value in cells.items()}
    changed = True
    while changed:
        changed = False
        for total, parts in sums:
            least, most = sum(low[part] for part in parts), sum(high[part] for part in parts)
            limits = [(total, least, most)]
            for part in parts:
                limits.append((part, low[total] - (most - high[part]), high[total] - (least - low[part])))
            for key, floor, ceiling in limits:
                if floor > low[key] or ceiling < high[key]:
                    low[key], high[key] = max(low[key], floor), min(high[key], ceiling)
                    changed = True
    return {key: (low[key], high[key]) for key in hidden}


def suppressed(
    cells: Mapping[Hashable, int], sums: Sequence[Sum], under: int = 5, unpublished: Sequence[Hashable] = ()
) -> set[Hashable]:
    """Return the keys of the cells that are not to be shown.

    ``cells`` are all counts that are shown or can be worked out; ``unpublished`` those of them that no table shows but
    that sums would reveal. Small ones come first, then for each that could still be worked out the smallest other cell
    of a sum it is in. With ``under`` 0 everything is shown.
    """
    small = {key for key, value in cells.items() if 0 < value < under}
    if not small:
        return set()
    hidden = small | set(unpublished)
    while True:
        known = bounds(cells, sums, hidden)
        weak = [key for key in sorted(small, key=repr) if known[key][1] - known[key][0] < under - 1]
        more = next((extra for key in weak if (extra := _partner(key, cells, sums, hidden)) is not None), None)
        if more is None:
            return hidden - set(unpublished)
        hidden.add(more)


def _partner(key: Hashable, cells: Mapping[Hashable, int], sums: Sequence[Sum], hidden: set) -> Hashable | None:
    """Return the cell to hide next so that another can not be worked out: the smallest shown, a total only at last."""
    near, reached = {key}, True
    while reached:
        groups = [(total, parts) for total, parts in sums if near & {total, *parts}]
        parts = {part for _, some in groups for part in some if part not in hidden}
        totals = {total for total, _ in groups if total not in hidden} - parts
        for candidates in (parts, totals):
            if candidates:
                return min(candidates, key=lambda one: (cells[one] == 0, cells[one], repr(one)))
        wider = near | {one for total, some in groups for one in (total, *some)}
        reached, near = wider != near, wider
    return None
