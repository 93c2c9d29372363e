"""Small cells of published tables are left out, and others with them, so that no arithmetic brings them back."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from math import ceil, floor, isnan, log2
from typing import NamedTuple

import numpy as np

from evidence.toolkit.linear import UNBOUNDED, ZERO, cheapest, ranges

NO_BOUND = 10**12  # speed: more than any cell holds
ROUNDS = 40  # speed: after which bounds that still creep stay as they are: wider than they need be, never too narrow
FREE = 0.001  # speed: what a cell that is hidden already costs
WIDE = (8, 40)  # speed: parts of a long sum that are looked at first, and then


class Sum(NamedTuple):
    """A sum that a reader of the tables can make: the key of the total and those of its parts."""

    total: Hashable
    parts: tuple[Hashable, ...]


def narrowed(cells: Mapping[Hashable, int], sums: Sequence[Sum], hidden: set) -> dict[Hashable, tuple[int, int]]:
    """Return bounds of each hidden cell that one sum after the other gives: quick, and never too narrow."""
    low = {key: 0 if key in hidden else value for key, value in cells.items()}
    high = {key: NO_BOUND if key in hidden else value for key, value in cells.items()}
    for _ in range(ROUNDS):
        changed = False
        for total, parts in sums:
            least, most = sum(low[part] for part in parts), sum(high[part] for part in parts)
            limits = [(total, least, most)]
            for part in parts:
                limits.append((part, low[total] - (most - high[part]), high[total] - (least - low[part])))
            for key, floor_, ceiling in limits:
                if floor_ > low[key] or ceiling < high[key]:
                    low[key], high[key] = max(low[key], floor_), min(high[key], ceiling)
                    changed = True
        if not changed:
            break
    return {key: (low[key], high[key]) for key in hidden}


def _together(sums: Sequence[Sum], hidden: set, key: Hashable) -> tuple[list[Hashable], list[Sum]]:
    """Return the hidden cells that hang together with one by sums, and these sums."""
    of_cell: dict[Hashable, list[int]] = {}
    for place, (total, parts) in enumerate(sums):
        for one in (total, *parts):
            if one in hidden:
                of_cell.setdefault(one, []).append(place)
    found: dict[Hashable, None] = {key: None}
    places: set[int] = set()
    new = [key]
    while new:
        for place in of_cell.get(new.pop(), []):
            if place in places:
                continue
            places.add(place)
            more = [one for one in (sums[place].total, *sums[place].parts) if one in hidden and one not in found]
            found.update(dict.fromkeys(more))
            new += more
    return list(found), [sums[place] for place in sorted(places)]


def bounds(
    cells: Mapping[Hashable, int], sums: Sequence[Sum], hidden: set, wanted: Iterable[Hashable] | None = None
) -> dict[Hashable, tuple[int, int]]:
    """Return between which whole numbers each hidden cell must lie for one who sees all others and knows the sums.

    Counts are at least 0. All sums are taken together; numbers that are no whole ones are tried too, so that bounds
    may be a little wide. A bound that could not be proved is the cell's own count: none is called wider than it is.
    Raises ValueError where the sums do not hold.
    """
    found: dict[Hashable, tuple[int, int]] = {}
    for key in hidden if wanted is None else wanted:
        unknown, near = _together(sums, hidden, key)
        place = {one: position for position, one in enumerate(unknown)}
        matrix, right = np.zeros((len(near), len(unknown))), np.zeros(len(near))
        for row, (total, parts) in enumerate(near):
            for one, sign in ((total, -1), *((part, 1) for part in parts)):
                if one in place:
                    matrix[row, place[one]] += sign
                else:
                    right[row] -= sign * cells[one]
        least, most = ranges(matrix, right, [place[key]])[place[key]] if len(near) else (0, UNBOUNDED)
        low, high = (cells[key] if isnan(one) else one for one in (least, most))
        found[key] = (ceil(low), NO_BOUND if high == UNBOUNDED else floor(high))
    return found


def suppressed(
    cells: Mapping[Hashable, int],
    sums: Sequence[Sum],
    under: int = 5,
    unpublished: Sequence[Hashable] = (),
    weights: Mapping[Hashable, float] | None = None,
    few: Mapping[Hashable, frozenset] | None = None,
) -> set[Hashable]:
    """Return the keys of the cells that are not to be shown.

    ``cells`` are all counts that are shown or can be worked out; ``unpublished`` those of them that no table shows but
    that sums would reveal; ``weights`` how much readers would miss a cell (1 unless given). Small cells go first. Then,
    for each that all sums together would leave fewer than ``under`` values, the cells go that differ from those of
    another table which fits the rest and has more in that cell: of all such tables one that loses little. What hidden
    parts of a sum have together is a cell as well where it is small. ``few`` has, of each cell to which fewer than
    ``under`` persons have contributed, who they are: such a cell is treated as a small one, however much they
    contributed. With ``under`` 0 everything is shown.
    """
    cells, sums, free, few = dict(cells), list(sums), set(unpublished), dict(few or {})
    new = {key for key, value in cells.items() if 0 < value < under or (value and under and key in few)}
    hidden = new | free
    if not new:
        return set()
    while new:
        known = narrowed(cells, sums, hidden)
        for key in sorted(new, key=repr):  # one after the other: whatever is hidden later makes no bound narrower
            if _is_weak(key, known, cells, sums, hidden, under):
                hidden |= _others(key, cells, sums, hidden, under - 1, weights or {})
                known = narrowed(cells, sums, hidden)
        rests = _rests(cells, sums, hidden, known, under, few)
        sums += rests
        new = {one.total for one in rests}
        cells |= {one.total: sum(cells[part] for part in one.parts) for one in rests}
        few |= {one.total: who for one in rests if (who := _behind(one.parts, cells, few)) is not None}
        hidden, free = hidden | new, free | new
    return hidden - free


def _behind(parts: Sequence[Hashable], cells: Mapping[Hashable, int], few: Mapping) -> frozenset | None:
    """Return who contributed to several cells together, None where one of them has many contributors."""
    filled = [one for one in parts if cells[one]]
    return frozenset().union(*(few[one] for one in filled)) if all(one in few for one in filled) else None


def _rests(
    cells: Mapping[Hashable, int], sums: Sequence[Sum], hidden: set, known: Mapping, under: int, few: Mapping
) -> list[Sum]:
    """Return what several hidden parts of a known total have together, where that is small or of few: it is given away.

    Each of two parts of two may have 0 to 4 members, and yet everybody sees that they have four.
    """
    exact = {key for key, (low, high) in known.items() if low == high}
    found: dict[Hashable, Sum] = {}
    for total, parts in sums:
        open_ = [one for one in parts if one in hidden and one not in exact]
        is_known = total not in hidden or total in exact
        if not (is_known and 1 < len(open_) == len(set(open_))):
            continue
        whose, together = _behind(open_, cells, few), sum(cells[one] for one in open_)
        if 0 < together < under or (together and whose is not None and len(whose) < under):
            key = ("together", *sorted(open_, key=repr))
            if key not in cells:
                found[key] = Sum(key, tuple(open_))
    return list(found.values())


def _is_weak(
    key: Hashable, known: Mapping, cells: Mapping[Hashable, int], sums: Sequence[Sum], hidden: set, under: int
) -> bool:
    """Return whether a reader of all sums is left with fewer values of a cell than ``under``."""
    low, high = known[key]
    if high - low < under - 1:
        return True
    low, high = bounds(cells, sums, hidden, [key])[key]
    return high - low < under - 1


def _around(key: Hashable, sums: Sequence[Sum], costs: Mapping[Hashable, float], wide: int) -> list[Hashable]:
    """Return the cells that may change with one: of each sum that one of them is in, so many parts that cost least."""
    of_cell: dict[Hashable, list[int]] = {}
    for place, (total, parts) in enumerate(sums):
        for one in (total, *parts):
            of_cell.setdefault(one, []).append(place)
    found, new, done = {key: None}, [key], set()
    while new:
        for place in of_cell.get(new.pop(), []):
            if place in done:
                continue
            done.add(place)
            total, parts = sums[place]
            few = parts if len(parts) <= wide else sorted(parts, key=lambda one: (costs[one], repr(one)))[:wide]
            more = [one for one in (total, *few) if one not in found]
            found.update(dict.fromkeys(more))
            new += more
    return list(found)


def _others(
    key: Hashable, cells: Mapping[Hashable, int], sums: Sequence[Sum], hidden: set, more: int, weights: Mapping
) -> set[Hashable]:
    """Return what to hide so that a cell may as well be so much larger: the changes of other cells that cost least.

    The table with these changes fits whatever is shown, so that the range of the cell holds both values.
    """
    costs = {one: FREE if one in hidden else weights.get(one, 1.0) * log2(2 + value) for one, value in cells.items()}
    for wide in (*WIDE, len(cells)):
        names = _around(key, sums, costs, wide)
        changes = _changes(key, cells, sums, names, more, costs)
        if changes is not None:
            return {one for one, change in changes.items() if abs(change) > ZERO} - hidden
    raise ValueError(f"no other table fits the sums of {key!r}")


def _changes(
    key: Hashable,
    cells: Mapping[Hashable, int],
    sums: Sequence[Sum],
    names: Sequence[Hashable],
    more: int,
    costs: Mapping[Hashable, float],
) -> dict[Hashable, float] | None:
    """Return the cheapest changes of some cells that keep all sums and no cell below 0, with ``more`` in one cell."""
    place = {one: position for position, one in enumerate(names)}
    near = [one for one in sums if any(cell in place for cell in (one.total, *one.parts))]
    plus = np.zeros((len(near) + 1, len(names)))
    for row, (total, parts) in enumerate(near):
        for one, sign in ((total, -1), *((part, 1) for part in parts)):
            if one in place:
                plus[row, place[one]] += sign
    plus[-1, place[key]] = 1
    right = np.zeros(len(near) + 1)
    right[-1] = more
    values = np.array([cells[one] for one in names], dtype=float)
    falls = np.flatnonzero(values)  # a cell of 0 can only rise
    each = np.array([costs[one] for one in names])
    found = cheapest(
        np.hstack([plus, -plus[:, falls]]),
        right,
        np.concatenate([each, each[falls]]),
        np.concatenate([np.full(len(names), UNBOUNDED), values[falls]]),
    )
    if found is None:
        return None
    net = found[: len(names)].copy()
    net[falls] -= found[len(names) :]
    return dict(zip(names, net))
