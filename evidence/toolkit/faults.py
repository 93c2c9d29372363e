"""What is wrong with a row of a file, as the person who has to mend it needs it, and what is not installed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

import pandas as pd

from evidence.toolkit.messages import Say, in_words

INSTALL = "in the folder of the book run .venv/bin/python -m pip install --editable '.[{extra}]'"


class Unavailable(RuntimeError):
    """A library or an engine that cannot be used here; its text says what to do."""


class Fault(NamedTuple):
    """One thing that is wrong: file, row as a spreadsheet counts it, column, value as it stands, the rule it breaks.

    ``value`` stays empty for columns that may hold something of a person. Without a row, ``rows`` is how many further
    rows break the rule. ``is_cell`` says that the row can do without what is wrong in it. ``at`` is the head above the
    cell where many columns of the file hold what the column is; ``beside`` names the row beside which it is wrong.
    File, rule and ``beside`` may be messages, which are told in several languages.
    """

    file: str
    row: int | None
    column: str
    value: str
    rule: str
    rows: int = 1
    is_cell: bool = False
    at: str = ""
    beside: str = ""

    def __str__(self) -> str:
        return self.said(str)

    def said(self, say: Say) -> str:
        """Return the fault as a line in the words of a language."""
        row = say("row {row}").format(row=self.place(say)) if self.row else ""
        what = in_words(self.rule, say)
        what = f"{self.value!r} {what}" if self.value else what
        what = f"{what}: {in_words(self.beside, say)}" if self.beside else what
        what = what if self.rows == 1 else say("{rows} more rows: {what}").format(rows=self.rows, what=what)
        return f"{_where(self, row, say)}: {what}"

    def place(self, say: Say = str) -> str:
        """Return the row, and the head above the cell where it is given."""
        return say("{row} (under {head})").format(row=self.row, head=self.at) if self.at else str(self.row)


class BadInput(ValueError):
    """Input that is refused, with every fault, and with notes on how the rest was read: texts, or a toolkit's own.

    ``can_set_aside`` says whether a run could go on without what is wrong; unless given, where any fault has a row
    below the first.
    """

    def __init__(self, faults: Sequence[Fault], notes: Sequence[Any] = (), can_set_aside: bool | None = None):
        self.faults, self.notes = list(faults), list(notes)
        below = any(fault.row and fault.row > 1 for fault in self.faults)
        self.can_set_aside = below if can_set_aside is None else can_set_aside
        super().__init__("\n".join(map(str, self.faults)))


def together(*steps: Callable[[], Any]) -> list[Any]:
    """Return what each step gives. Raises :class:`BadInput` with the faults of all steps that fail, not of the first.

    A run can go on without what is wrong only if every step that failed says so.
    """
    found, failed = [], []
    for step in steps:
        try:
            found.append(step())
        except BadInput as error:
            failed.append(error)
    if failed:
        faults = [fault for error in failed for fault in error.faults]
        notes = [note for error in failed for note in error.notes]
        raise BadInput(faults, notes, all(error.can_set_aside for error in failed))
    return found


FIRST, VALUES = 3, 5  # message: files, rows and values of one cause that a message names; ours


def told(faults: Iterable[Fault], say: Say = str) -> list[str]:
    """Return faults as lines in the words of a language, one a cause: how many rows, the first of them, their values.

    A cause is a column and a rule in one file; of one that stands in many files, a line names the first of them.
    """
    causes: dict[tuple, dict[str, list[Fault]]] = {}
    for fault in faults:
        causes.setdefault((fault.column, fault.rule), {}).setdefault(fault.file, []).append(fault)
    lines = []
    for files in causes.values():
        if len(files) > FIRST and not any(fault.beside for some in files.values() for fault in some):
            lines.append(_of_many(list(files.values()), say))
        else:
            lines += [line for some in files.values() for line in _of_file(some, say)]
    return lines


def _where(fault: Fault, place: str, say: Say) -> str:
    """Return file, place in it and column, as far as they are known."""
    return ", ".join(filter(None, [in_words(fault.file, say), place, say(fault.column)]))


def _of_file(faults: Sequence[Fault], say: Say) -> list[str]:
    """Return several faults of one cause in one file as a line; those beside other rows as a line each, the first."""
    if len(faults) == 1 or faults[0].beside:
        more = sum(fault.rows for fault in faults[FIRST:])
        rest = say("{count} more rows: {what}").format(count=more, rows=more, what=in_words(faults[0].rule, say))
        lines = [fault.said(say) for fault in faults[:FIRST]]
        return [*lines, f"{_where(faults[0], '', say)}: {rest}"] if more else lines
    where = _where(faults[0], _rows(faults, say), say)
    return [f"{where}: {_what(faults, say)}"]


def _of_many(files: Sequence[Sequence[Fault]], say: Say) -> str:
    """Return faults of one cause in many files as a line."""
    named = [f"{in_words(some[0].file, say)} ({_rows(some, say)})" for some in files[:FIRST]]
    where = say("{files} and {more} more files or sheets").format(files="; ".join(named), more=len(files) - FIRST)
    every = [fault for some in files for fault in some]
    column = say(every[0].column)
    return f"{where}{f', {column}' if column else ''}: {_what(every, say)}"


def _rows(faults: Sequence[Fault], say: Say) -> str:
    """Return the rows of faults in words: the first of them, and how many more there are."""
    rows = [fault.place(say) for fault in faults if fault.row]
    more = sum(fault.rows for fault in faults) - len(rows[:FIRST])
    if not rows:
        return say("{count} times").format(count=more)
    if len(rows) == 1 and not more:
        return say("row {row}").format(row=rows[0])
    numbers = ", ".join(rows[:FIRST])
    return say("rows {rows} and {more} more" if more else "rows {rows}").format(rows=numbers, more=more)


def _what(faults: Sequence[Fault], say: Say) -> str:
    """Return the values of faults and the rule that they break."""
    values = list(dict.fromkeys(fault.value for fault in faults if fault.value))
    most = VALUES if len(values) > VALUES + 1 else len(values)
    named, more = ", ".join(map(repr, values[:most])), len(values) - most
    named = say("{values} and {more} others").format(values=named, more=more) if more > 0 else named
    rule = in_words(faults[0].rule, say)
    return f"{named} {rule}" if named else rule


def table(faults: Iterable[Fault], with_values: bool = True) -> pd.DataFrame:
    """Return faults as a table: ``file``, ``row``, ``column``, ``value``, ``rule``, ``rows``, ``left_out``, ``at``.

    ``left_out`` is row or cell. Without values it holds nothing of a person: for a report that leaves the machine.
    """
    frame = pd.DataFrame(list(faults), columns=list(Fault._fields)).drop(columns="beside").astype({"row": "Int64"})
    frame["at"] = frame.pop("at")
    frame.insert(len(frame.columns) - 1, "left_out", frame.pop("is_cell").map({True: "cell", False: "row"}))
    return frame if with_values else frame.drop(columns="value")


def counted(faults: Iterable[Fault], say: Say = str) -> pd.DataFrame:
    """Return how many rows each rule set aside: ``file``, ``column``, ``rule``, ``left_out``, ``rows``.

    Files and rules are told in the words of a language.
    """
    frame = table(
        fault._replace(file=in_words(fault.file, say), rule=in_words(fault.rule, say), column=say(fault.column))
        for fault in faults
    )
    return frame.groupby(["file", "column", "rule", "left_out"], dropna=False)["rows"].sum().reset_index()
