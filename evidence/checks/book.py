"""All checks that need neither a build nor the source texts: seconds."""

from __future__ import annotations

from evidence.checks import cells, discrepancies, facts, messages, prose, usage
from evidence.data import store
from evidence.data.rules import Problem
from evidence.figures import calculations

CHECKS = (
    facts.value_problems,
    facts.cell_problems,
    calculations.problems,
    discrepancies.discrepancy_problems,
    usage.unused_problems,
    messages.problems,
    prose.problems,
    cells.problems,
)


def problems() -> list[Problem]:
    """Return every problem of data and chapters; where the data cannot be read, those of the data alone."""
    return store.check() or [problem for check in CHECKS for problem in check()]
