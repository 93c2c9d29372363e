"""What is lost with rows that are set aside: children, absences, spells on roll and school days."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any, NamedTuple

from evidence.attendance.reading.forms import PRESENT
from evidence.attendance.reading.tables import Source
from evidence.toolkit.faults import Fault
from evidence.toolkit.rounding import rounded

ENTRY, ENTRIES = "entry of the register of long absences", "entries of the register of long absences"


class Loss(NamedTuple):
    """How much of something is lost, and what one and several of it are called."""

    number: int
    one: str
    several: str

    def __str__(self) -> str:
        return f"{self.number} {self.one if self.number == 1 else self.several}"

    def said(self, say: Callable[[str], str]) -> str:
        """Return it in the words of a language, with its number."""
        return say(f"{{number}} {self.one if self.number == 1 else self.several}").format(number=self.number)

    def published(self, under: int, say: Callable[[str], str] = str) -> str:
        """Return it as a page may say it: of children and what is theirs no count under a bound, and no exact one.

        With 0 as the bound it is exact. ``say`` gives the words of a language for those in English.
        """
        exact = f"{{number}} {self.one if self.number == 1 else self.several}"
        bound = "at least {number}" if self.number >= under else "fewer than {under}"
        words = say(f"{bound} {self.several}" if under else exact)
        return words.format(number=rounded(self.number, under), under=under)


def lost(
    session: Any, read: Mapping[str, Collection[Source]], roll: str, faults: Collection[Fault], entries: int
) -> list[Loss]:
    """Return what the files have and the tables do not; nothing where nothing is lost.

    ``faults`` are those of all rows, of which lines that are not rows have no column; ``entries`` is how many entries
    of the register of long absences are left.

    A child is lost where none of its rows is left. It asks the rows of all files again, and is meant for faults.
    """
    absences = _rows(session, read, ("absences", "register")) - _count(session, "absences")
    losses = (
        Loss(_children(session, read, roll), "child", "children"),
        Loss(absences, "absence", "absences"),
        Loss(_missing(session, read, "enrolment", "enrolment"), "spell on roll", "spells on roll"),
        Loss(_missing(session, read, "calendar", "all_calendar"), "school day", "school days"),
        Loss(_rows(session, read, ("ten_day_register",)) - entries, ENTRY, ENTRIES),
        Loss(
            sum(1 for fault in faults if fault.row and not fault.column),
            "line that is not a row",
            "lines that are not rows",
        ),
    )
    return [loss for loss in losses if loss.number > 0]


def _missing(session: Any, read: Mapping[str, Collection[Source]], table: str, kept: str) -> int:
    """Return how many rows the files of a table have and a table of the session has not."""
    return _rows(session, read, (table,)) - _count(session, kept) if table in read else 0


def _absent(source: Source, session: Any) -> str:
    """Return which rows of a file stand for an absence: not present, and not empty."""
    names = {name for name, *_ in session.execute(f"DESCRIBE {source.every}").fetchall()}
    return f"status IS DISTINCT FROM '{PRESENT}' AND raw_status IS NOT NULL" if "raw_status" in names else "true"


def _count(session: Any, table: str) -> int:
    return session.execute(f"SELECT count(*) FROM {table}").fetchall()[0][0]


def _rows(session: Any, read: Mapping[str, Collection[Source]], tables: Collection[str]) -> int:
    """Return how many rows the files of some tables have, of a register those that are absences."""
    sources = [source for table in tables for source in read.get(table, ())]
    return sum(_count(session, f"{source.every} WHERE {_absent(source, session)}") for source in sources)


def _children(session: Any, read: Mapping[str, Collection[Source]], roll: str) -> int:
    """Return how many children the files name of whom no row is left."""
    parts = []
    for table in ("enrolment", "absences", "register"):
        for source in read.get(table, ()):
            everyone = table == "enrolment" or (table == "register" and roll == "register")
            condition = "true" if everyone else _absent(source, session)
            parts.append(f"SELECT child::VARCHAR AS child FROM {source.every} WHERE {condition}")
    if not parts:
        return 0
    left = "SELECT child::VARCHAR AS child FROM enrolment"
    query = f"SELECT count(*) FROM (SELECT DISTINCT child FROM ({' UNION ALL '.join(parts)}) WHERE child IS NOT NULL"
    return session.execute(f"{query} EXCEPT {left})").fetchall()[0][0]
