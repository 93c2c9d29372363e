"""What is wrong with a row of a file, as the person who has to mend it needs it, and what is not installed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import pandas as pd

INSTALL = "in the folder of the book run .venv/bin/python -m pip install --editable '.[{}]'"


class Unavailable(RuntimeError):
    """A library or an engine that cannot be used here; its text says what to do."""


class Fault(NamedTuple):
    """One thing that is wrong: file, row (1 is the head), column, value as it stands, and the rule it breaks.

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


def table(faults: Iterable[Fault], with_values: bool = True) -> pd.DataFrame:
    """Return faults as a table: ``file``, ``row``, ``column``, ``value``, ``rule``.

    Without values it holds nothing of a person: for a report that leaves the machine.
    """
    frame = pd.DataFrame(list(faults), columns=list(Fault._fields)).astype({"row": "Int64"})
    return frame if with_values else frame.drop(columns="value")


def counted(faults: Iterable[Fault]) -> pd.DataFrame:
    """Return how many rows each rule set aside: ``file``, ``column``, ``rule``, ``rows``."""
    frame = table(faults)
    return frame.groupby(["file", "column", "rule"], dropna=False).size().rename("rows").reset_index()
