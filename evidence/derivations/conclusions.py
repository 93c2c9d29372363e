"""Derived figures of the part on child protection: conclusions."""

from __future__ import annotations

from evidence.calculations import declare
from evidence.formulas import total

# --- cecchetti2021vac: how the evaluation was made ------------------------------------------------

declare(
    "vac-interviews-central",
    "Interviews at central level: government, and civil society, UN agencies and academia",
    total,
    "interviews",
    "interviews, not people",
    "2021",
    digits=0,
    first="vac-interviews-central-government",
    second="vac-interviews-central-civil-society",
)
declare(
    "vac-interviews-total",
    "Interviews at central and at regional level",
    total,
    "interviews",
    "interviews, not people",
    "2021",
    digits=0,
    first="calc:vac-interviews-central",
    second="vac-interviews-regional",
)
declare(
    "vac-discussions-regions",
    "Group discussions with managers, providers and front-line staff",
    total,
    "discussions",
    "group discussions, not people",
    "2021",
    digits=0,
    first="vac-discussions-regional-managers",
    second="vac-discussions-frontline",
)
declare(
    "vac-discussions-professionals",
    "Group discussions with professionals: experts on quality, managers, providers and front-line staff",
    total,
    "discussions",
    "group discussions, not people",
    "2021",
    digits=0,
    first="calc:vac-discussions-regions",
    second="vac-discussions-quality-experts",
)
declare(
    "vac-discussions-total",
    "Group discussions with professionals and with parents",
    total,
    "discussions",
    "group discussions, not people",
    "2021",
    digits=0,
    first="calc:vac-discussions-professionals",
    second="vac-discussions-parents",
)
