"""Places in an order: rows that belong together are numbered 1, 2, 3 ..., each once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple


class Misplaced(NamedTuple):
    """The first of rows, in their order, that does not stand at its place: the row, and the place that nobody has."""

    row: Any
    place: int


def misplaced(rows: Iterable[Any]) -> Misplaced | None:
    """Return the first row whose ``order`` is not its place from 1, None where every row has its own."""
    for place, row in enumerate(sorted(rows, key=lambda row: row.order), start=1):
        if row.order != place:
            return Misplaced(row, place)
    return None
