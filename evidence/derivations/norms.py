"""Derived figures of the part on child protection: norms."""

from __future__ import annotations

from evidence.calculations import declare
from evidence.formulas import difference, fall_pct

# --- cecchetti2021vac: participation and social norms --------------------------------------------

for pair, label, of_whom in (
    ("parents-physical", "used physical violence", "parents"),
    ("frequent-violence", "used more than two kinds of violent discipline", "survey participants, not said who"),
    ("support-cp", "support corporal punishment", "adult general population"),
    ("prof-support-cp", "support corporal punishment", "child protection professionals"),
    ("understand-physical", "understand what physical violence is", "general population"),
    ("prof-understand-physical", "understand what physical violence is", "child protection professionals"),
    ("no-report", "find reporting what they witness unimportant", "general population"),
    ("no-report-teachers", "favour no report if teachers witness it", "general population"),
    ("no-report-medical", "favour no report if medical staff witness it", "general population"),
    ("prof-no-report-teachers", "favour no report if teachers witness it", "child protection professionals"),
    ("prof-no-report-medical", "favour no report if medical staff witness it", "child protection professionals"),
    ("investigate", "find state investigation very important", "general population"),
):
    declare(
        f"vac-kap-change-{pair}",
        f"Change of the share of {of_whom} who {label}",
        difference,
        "percent_points",
        of_whom,
        "2016 to 2021",
        digits=0,
        minuend=f"vac-kap21-{pair}",
        subtrahend=f"vac-kap16-{pair}",
    )

declare(
    "vac-kap-investigate-fall",
    "Fall of the share who find state investigation very important, printed as by half",
    fall_pct,
    "percent",
    "general population",
    "2016 to 2021",
    before="vac-kap16-investigate",
    after="vac-kap21-investigate",
)
declare(
    "vac-opinion-words-over-figure",
    "How far the words, almost two out of three, lie above the printed share of children not heard",
    difference,
    "percent_points",
    "children in the consultations with UNICEF Kazakhstan",
    "2012-2013",
    minuend="vac-opinion-ignored-words",
    subtrahend="vac-opinion-ignored",
)
