"""The tables of a folder as the rules take them, on one engine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from evidence.attendance import days as day_rules
from evidence.attendance.reading.folder import Tables
from evidence.toolkit.engines import Engine


@dataclass(frozen=True)
class Frames:
    """The tables that rules take, on one engine."""

    engine: Engine
    absences: Any
    calendar: Any
    recorded: Any
    enrolment: Any
    unknown: Any = None
    has_roll: bool = True

    def days(self, unrecorded: str) -> Any:
        """Return the calendar numbered."""
        return self.engine.checkpoint(
            day_rules.numbered(self.calendar, self.recorded, unrecorded), f"days_{unrecorded}"
        )

    def placed(self, unrecorded: str, transfers: str, counts_from: float, years: str = day_rules.YEARS.default) -> Any:
        """Return the days absent in each child's own sequence, computed step by step and kept."""
        keep = self.engine.checkpoint
        days = self.days(unrecorded)
        rows = self.absences
        if self.unknown is not None and unrecorded == "absent":
            rows = day_rules.with_unknown(rows, self.unknown)
        absent = keep(day_rules.absent_days(rows, counts_from), f"absent_{unrecorded}")
        if unrecorded == "absent" and self.has_roll:
            absent = keep(day_rules.with_unrecorded(absent, days, self.enrolment), "absent_all")
        gaps = self.gaps(unrecorded, counts_from)
        return keep(day_rules.placed(absent, days, self.enrolment, transfers, years, gaps), f"placed_{unrecorded}")

    def gaps(self, unrecorded: str, counts_from: float) -> Any:
        """Return the days of single children that are no school days for them, None where there are none."""
        if self.unknown is None or unrecorded != "skipped":
            return None
        return self.engine.checkpoint(day_rules.unknown_days(self.absences, self.unknown, counts_from), "gaps")


def frames_of(tables: Tables, engine: Engine | None = None) -> Frames:
    """Return the tables of a folder on an engine, DuckDB unless another is given."""
    names = ("absences", "calendar", "recorded", "enrolment", "unknown")
    given = {name: getattr(tables, name) for name in names}
    if engine is None or engine.name == "duckdb":
        return Frames(tables.engine, **given, has_roll=tables.has_roll)
    taken = {name: None if frame is None else engine.taken(frame) for name, frame in given.items()}
    return Frames(engine, **taken, has_roll=tables.has_roll)
