"""All checks that need neither a build nor the source texts: seconds."""

from __future__ import annotations

from evidence.checks import cells, chapters, discrepancies, facts, messages, prose, roles, usage
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
    roles.problems,
    prose.problems,
    cells.problems,
)


def problems() -> list[Problem]:
    """Return every problem of data and chapters; where files cannot be read as they are, those alone."""
    unreadable = [*store.check(), *chapters.encoding_problems()]
    return unreadable or [problem for check in CHECKS for problem in check()]
