"""Every kind of fault, by name: what it is in words, and a fault of it drawn by dice."""

from __future__ import annotations

import random

from tests.mutants import cells, files, rows
from tests.mutants.book import Mutant, in_cell

KINDS: dict[str, str] = {
    **{kind: words for kind, (words, _, _) in cells.KINDS.items()},
    **{kind: make.__doc__ or "" for kind, make in (rows.KINDS | files.KINDS).items()},
}


def planted(kind: str, dice: random.Random) -> Mutant | None:
    """Return a fault of a kind, None where the dice found no place for one."""
    if kind in cells.KINDS:
        _, wanted, change = cells.KINDS[kind]
        return in_cell(kind, wanted, change, dice)
    return (rows.KINDS | files.KINDS)[kind](kind, dice)
