"""The tables that rules take, on one engine, and what several results rest on, computed once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import pandas as pd

from evidence.attendance import days as day_rules
from evidence.attendance.reading.folder import Tables
from evidence.toolkit.engines import Engine


@dataclass(frozen=True)
class Frames:
    """The tables that rules take, on one engine; ``kept`` has what was computed from them, by name with its choices."""

    engine: Engine
    absences: Any
    calendar: Any
    recorded: Any
    enrolment: Any
    unknown: Any = None
    has_roll: bool = True
    kept: dict[str, tuple[tuple, Any]] = field(default_factory=dict, init=False)

    def _once(self, name: str, choices: tuple, make: Callable[[], Any]) -> Any:
        """Return a frame that is computed the first time it is asked for with these choices, and kept."""
        if name not in self.kept or self.kept[name][0] != choices:
            self.kept[name] = choices, self.engine.checkpoint(make(), name)
        return self.kept[name][1]

    def days(self, unrecorded: str) -> Any:
        """Return the calendar numbered."""
        return self._once(
            f"days_{unrecorded}", (), lambda: day_rules.numbered(self.calendar, self.recorded, unrecorded)
        )

    def placed(self, unrecorded: str, transfers: str, counts_from: float, years: str = day_rules.YEARS.default) -> Any:
        """Return the days absent in each child's own sequence, computed step by step and kept."""
        choices = (transfers, counts_from, years)
        return self._once(f"placed_{unrecorded}", choices, lambda: self._placed(unrecorded, *choices))

    def _placed(self, unrecorded: str, transfers: str, counts_from: float, years: str) -> Any:
        keep = self.engine.checkpoint
        days = self.days(unrecorded)
        rows = self.absences
        if self.unknown is not None and unrecorded == "absent":
            rows = day_rules.with_unknown(rows, self.unknown)
        absent = keep(day_rules.absent_days(rows, counts_from), f"absent_{unrecorded}")
        if unrecorded == "absent" and self.has_roll:
            absent = keep(day_rules.with_unrecorded(absent, days, self.enrolment), "absent_all")
        gaps = self.gaps(unrecorded, counts_from)
        return day_rules.placed(absent, days, self.enrolment, transfers, years, gaps)

    def gaps(self, unrecorded: str, counts_from: float) -> Any:
        """Return the days of single children that are no school days for them, None where there are none."""
        if self.unknown is None or unrecorded != "skipped":
            return None
        make = partial(day_rules.unknown_days, self.absences, self.unknown, counts_from)
        return self._once("gaps", (counts_from,), make)


def frames_of(tables: Tables, engine: Engine | None = None) -> Frames:
    """Return the tables of a folder on an engine, DuckDB unless another is given."""
    names = ("absences", "calendar", "recorded", "enrolment", "unknown")
    given = {name: getattr(tables, name) for name in names}
    if engine is None or engine.name == "duckdb":
        return Frames(tables.engine, **given, has_roll=tables.has_roll)
    taken = {name: None if frame is None else engine.taken(frame) for name, frame in given.items()}
    return Frames(engine, **taken, has_roll=tables.has_roll)


def one_row(engine: Engine, frame: Any) -> dict[str, int]:
    """Return a frame of one row of counts as numbers, 0 where it has none."""
    row = engine.collect(frame).iloc[0]
    return {str(name): 0 if pd.isna(value) else int(value) for name, value in row.items()}
