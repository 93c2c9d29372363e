"""All counts of a report by key, with the sums between them: what suppression works on."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence

import pandas as pd

from evidence.toolkit.nesting import Nesting
from evidence.toolkit.suppression import Sum, suppressed


class Cells:
    """Counts by key, the sums between them, and the keys of those that no table shows."""

    def __init__(self) -> None:
        self.values: dict[Hashable, int] = {}
        self.sums: list[Sum] = []
        self.unpublished: list[Hashable] = []
        self.weights: dict[Hashable, float] = {}

    def add(self, key: Hashable, value: int, weight: float = 1.0) -> Hashable:
        """Add a cell that is shown, with how much a reader would miss it; return its key."""
        self.values[key], self.weights[key] = int(value), weight
        return key

    def rest(self, total: Hashable, part: Hashable) -> None:
        """Add what a total has beside one of its parts: a reader can work it out though no table shows it."""
        self.unseen(("rest", total, part), self.values[total] - self.values[part])
        self.sums.append(Sum(total, (part, ("rest", total, part))))

    def same(self, keys: Sequence[Hashable]) -> None:
        """Add that some counts are of the same members: whoever sees one knows the others."""
        self.sums += [Sum(one, (other,)) for one, other in zip(keys, keys[1:])]

    def nested(self, found: Nesting) -> None:
        """Add what groups have beside those that lie inside them."""
        for keys in found.same:
            self.same(keys)
        for wide, narrow in found.steps:
            self.rest(wide, narrow)

    def at_least(self, total: Hashable, steps: Iterable[tuple[Hashable, int]]) -> None:
        """Add that a total is at least so many times each of some cells together: what is more, no table shows."""
        parts = tuple(part for part, times in steps for _ in range(times))
        more = self.unseen(("more", total, parts), self.values[total] - sum(self.values[part] for part in parts))
        self.sums.append(Sum(total, (*parts, more)))

    def unseen(self, key: Hashable, value: int) -> Hashable:
        """Add a cell that no table shows; return its key."""
        self.unpublished.append(key)
        return self.add(key, value)

    def hidden(self, under: int, few: Mapping[Hashable, frozenset] | None = None) -> set[Hashable]:
        """Return the keys of the cells that are not to be shown; ``few`` as in :func:`suppressed`."""
        return suppressed(self.values, self.sums, under, self.unpublished, self.weights, few)


def visible(values: pd.Series, keys: Iterable[Hashable], hidden: set) -> pd.Series:
    """Return counts, missing where their key is hidden."""
    rows = pd.Series([key in hidden for key in keys], index=values.index, dtype=bool)
    return values.astype("Int64").mask(rows)
