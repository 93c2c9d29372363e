"""The children whom the rules find, for those who look after them: a file that stays on the machine."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd

from evidence.attendance.analysis import KEYS, STEPS, choices
from evidence.attendance.counts import last_schools
from evidence.attendance.frames import frames_of
from evidence.attendance.one_table import write
from evidence.attendance.reading.folder import Tables
from evidence.attendance.thresholds import reached
from evidence.toolkit.faults import BadInput, Fault
from evidence.toolkit.messages import Message

NAME = r"[^\W\d_a-zа-яәғқңөұүһі][^\W\d_]+(?: [^\W\d_a-zа-яәғқңөұүһі][^\W\d_.]*\.?)+"  # words with capitals
NAMES = (
    "seem to be names, and names are never written out; give each child a code, such as its number in the class book"
)
NO_RULE = "is not a rule; there are: {keys}"
EPOCH = pd.Timestamp("1970-01-01")


def children(
    tables: Tables, rule: str = "", tell: Callable[[str], None] = lambda _: None, **parameters: Any
) -> pd.DataFrame:
    """Return the children whom a rule finds, or any rule if none is given: one row each, the earliest first.

    Columns: ``child``, ``school`` (of the last spell on roll, or where nobody knows it of the last absence), ``absent``
    and ``unexcused`` (days) and a date per rule, missing where it is not reached. Raises :class:`BadInput` for an
    unknown rule.
    """
    if rule and rule not in KEYS:
        raise BadInput([Fault("--rule", None, "", rule, Message.of(NO_RULE, keys=tuple(KEYS)))])
    chosen = choices(tables, **parameters)
    frames = frames_of(tables)
    tell(STEPS[0])
    placed = frames.placed(**chosen)
    tell(STEPS[1])
    table = frames.engine.collect(frames.engine.checkpoint(reached(placed), "reached"))
    _refuse_names(table["child"])
    found = table[table[rule].notna() if rule else table[KEYS].notna().any(axis=1)]
    first = found[[rule] if rule else KEYS].min(axis=1)
    found = found.assign(first=first).sort_values(["first", "child"]).drop(columns="first")
    schools = frames.engine.collect(last_schools(frames.enrolment)).set_index("child")["school"]
    found.insert(1, "school", found["child"].map(schools))
    dates = {key: (EPOCH + pd.to_timedelta(found[key].astype("Float64"), unit="D")).dt.date for key in KEYS}
    return found.assign(**dates).reset_index(drop=True)


def _refuse_names(children: pd.Series) -> None:
    """Raise :class:`BadInput` where most children are identified by what looks like a name."""
    if len(children) and children.astype("string").str.fullmatch(NAME).mean() > 0.5:
        raise BadInput([Fault("children", None, "child", "", Message.of(NAMES))])


def write_children(table: pd.DataFrame, to: Path) -> Path:
    """Write the list of children; return where it is."""
    return write({"": table}, to)[0]
