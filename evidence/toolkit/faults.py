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

    ``value`` stays empty for columns that may hold something of a person. Without a row, ``rows`` is how many further
    rows break the rule. ``is_cell`` says that the row can do without what is wrong in it. ``at`` is the head above the
    cell where many columns of the file hold what the column is.
    """

    file: str
    row: int | None
    column: str
    value: str
    rule: str
    rows: int = 1
    is_cell: bool = False
    at: str = ""

    def __str__(self) -> str:
        where = ", ".join(filter(None, [self.file, f"row {self.place}" if self.row else "", self.column]))
        what = f"{self.value!r} {self.rule}" if self.value else self.rule
        return f"{where}: {what}" if self.rows == 1 else f"{where}: {self.rows} more rows: {what}"

    @property
    def place(self) -> str:
        """Return the row, and the head above the cell where it is given."""
        return f"{self.row} (under {self.at})" if self.at else str(self.row)


class BadInput(ValueError):
    """Input that is refused, with every fault in it, and with notes on how the rest was read."""

    def __init__(self, faults: Sequence[Fault], notes: Sequence[str] = ()):
        self.faults, self.notes = list(faults), list(notes)
        super().__init__("\n".join(map(str, self.faults)))


FIRST, VALUES = 3, 5  # rows and values of one cause that a message names; ours


def told(faults: Iterable[Fault]) -> list[str]:
    """Return faults as lines, one a cause (file, column and rule): how many rows, the first of them, their values."""
    causes: dict[tuple, list[Fault]] = {}
    for fault in faults:
        causes.setdefault((fault.file, fault.column, fault.rule), []).append(fault)
    return [str(some[0]) if len(some) == 1 else _cause(some) for some in causes.values()]


def _cause(faults: Sequence[Fault]) -> str:
    """Return several faults of one cause as a line."""
    rows = [fault.place for fault in faults if fault.row]
    more = sum(fault.rows for fault in faults) - len(rows[:FIRST])
    numbers = ", ".join(rows[:FIRST]) + (f" and {more} more" if more else "")
    values = list(dict.fromkeys(fault.value for fault in faults if fault.value))
    named = ", ".join(map(repr, values[:VALUES]))
    named += f" and {len(values) - VALUES} others" if len(values) > VALUES else ""
    where = ", ".join(filter(None, [faults[0].file, f"rows {numbers}" if rows else f"{more} times", faults[0].column]))
    return f"{where}: {named} {faults[0].rule}" if named else f"{where}: {faults[0].rule}"


def table(faults: Iterable[Fault], with_values: bool = True) -> pd.DataFrame:
    """Return faults as a table: ``file``, ``row``, ``column``, ``value``, ``rule``, ``rows``, ``left_out``, ``at``.

    ``left_out`` is row or cell. Without values it holds nothing of a person: for a report that leaves the machine.
    """
    frame = pd.DataFrame(list(faults), columns=list(Fault._fields)).astype({"row": "Int64"})
    frame["at"] = frame.pop("at")
    frame.insert(len(frame.columns) - 1, "left_out", frame.pop("is_cell").map({True: "cell", False: "row"}))
    return frame if with_values else frame.drop(columns="value")


def counted(faults: Iterable[Fault]) -> pd.DataFrame:
    """Return how many rows each rule set aside: ``file``, ``column``, ``rule``, ``left_out``, ``rows``."""
    frame = table(faults)
    return frame.groupby(["file", "column", "rule", "left_out"], dropna=False)["rows"].sum().reset_index()
