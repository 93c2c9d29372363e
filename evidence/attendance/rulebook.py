"""Every rule of the toolkit, in one list."""

from __future__ import annotations

from evidence.attendance import (
    census,
    definitions,
    disappearance,
    early_warning,
    intervals,
    register,
    risk,
    suppression,
)
from evidence.attendance.indicator_list import INDICATORS
from evidence.attendance.rules import Rule
from evidence.attendance.thresholds import HALF, THRESHOLDS

RULEBOOK: tuple[Rule, ...] = (
    *definitions.RULES,
    *(threshold.rule for threshold in THRESHOLDS),
    HALF,
    register.VALID,
    register.NON_RETURN,
    intervals.WILSON,
    intervals.KITAGAWA,
    disappearance.DISAPPEARED,
    census.MATCHES,
    risk.FIVE_TRAITS,
    early_warning.TRIGGERS,
    suppression.SMALL_CELLS,
    suppression.SMALL_DIFFERENCES,
)

__all__ = ["INDICATORS", "RULEBOOK"]
