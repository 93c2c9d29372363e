"""What is wrong with a row of a file, as the person who has to mend it needs it; never a post or its author."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import Any, NamedTuple

import pandas as pd

INSTALL = "in the folder of the book run .venv/bin/python -m pip install --editable '.[listening]'"


class Fault(NamedTuple):
    """One thing that is wrong: file, row (1 is the head or the first message), column, value, and the rule it breaks.

    ``value`` stays empty for columns that may hold something of a person.
    """

    file: str
    row: int | None
    column: str
    value: str
    rule: str

    def __str__(self) -> str:
        where = ", ".join(filter(None, [self.file, f"row {self.row}" if self.row else "", self.column]))
        return f"{where}: {self.value!r} {self.rule}" if self.value else f"{where}: {self.rule}"


class BadInput(ValueError):
    """Input that is refused, with every fault in it."""

    def __init__(self, faults: Sequence[Fault]):
        self.faults = list(faults)
        super().__init__("\n".join(map(str, self.faults)))


class Unavailable(ImportError):
    """A library of the extra that is not installed, with what to install."""


def needed(module: str) -> Any:
    """Return a module of the extra. Raises :class:`Unavailable` where it is not installed."""
    try:
        return import_module(module)
    except ImportError:
        raise Unavailable(f"{module} is not installed: {INSTALL}") from None


def available(module: str) -> bool:
    """Return whether a module of the extra is installed; what rests on it is left out, and said so, where it is not."""
    return find_spec(module) is not None


def counted(faults: Iterable[Fault]) -> pd.DataFrame:
    """Return how many rows each rule set aside: ``file``, ``column``, ``rule``, ``rows``."""
    frame = pd.DataFrame(list(faults), columns=list(Fault._fields))
    if frame.empty:
        return pd.DataFrame(columns=["file", "column", "rule", "rows"])
    return frame.groupby(["file", "column", "rule"], dropna=False).size().rename("rows").reset_index()
