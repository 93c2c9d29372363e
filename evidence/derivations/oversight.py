"""Derived figures of the part on child protection: oversight."""

from __future__ import annotations

from evidence.calculations import declare
from evidence.formulas import share_pct

# --- cecchetti2021vac: oversight and monitoring ----------------------------------------------

declare(
    "vac-adaptation-violence-share-2015",
    "Children admitted after violence among the children in centres of adaptation, recomputed",
    share_pct,
    "percent",
    "children in centres of adaptation, whole country",
    "2015",
    part="vac-adaptation-victims-2015",
    whole="vac-adaptation-children-2015",
)
