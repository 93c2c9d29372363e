"""The table of places: names of regions as posts have them, and what posts are held against."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from pathlib import Path

from evidence.listening.reading.text import read_table
from evidence.toolkit.faults import BadInput, Fault

FILE = "places.csv"
HEADS = ("region", "names", "base")
Places = Mapping[str, tuple[str, float]]  # region and base of each name of a place, as :func:`plain_place` has it


def read_places(path: Path) -> Places:
    """Return for each name of a place, case folded, its region and the region's base.

    The file has ``region``, ``names`` (separated by semicolons) and ``base``, a number such as people. Raises
    :class:`BadInput` with every fault.
    """
    table = read_table(path, HEADS, len(HEADS))
    found: dict[str, tuple[str, float]] = {}
    faults = list(table.faults)
    for number, cells in table.rows:
        region, names, base = (cells[table.heads.index(name)].strip() for name in HEADS)
        try:
            size = float("".join(base.split()).replace(",", "."))
        except ValueError:
            size = 0.0
        if not 0 < size < float("inf"):
            faults.append(Fault(path.name, number, "base", base, "is not a number above 0"))
        for name in {plain_place(one) for one in (region, *names.split(";"))} - {""}:
            if name in found:
                faults.append(Fault(path.name, number, "names", name, f"stands for {found[name][0]} already"))
            found[name] = (region, size)
    if faults:
        raise BadInput(faults)
    return found


def plain_place(name: str) -> str:
    """Return a name of a place as names are compared."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())
