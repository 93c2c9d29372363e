"""Derived figures of the part on child protection: services."""

from __future__ import annotations

from evidence.calculations import declare
from evidence.formulas import difference, fall_pct, ratio

# --- cecchetti2021vac: services -------------------------------------------------------------------

CRISIS = "cecchetti2021vac_crisis_centres"

declare(
    "vac-students-per-psychologist-counted",
    "Students per school psychologist, from the two counts printed beside the ratio",
    ratio,
    "per_specialist",
    "students of secondary schools",
    "2021",
    digits=0,
    dividend="vac-students-served",
    divisor="vac-school-psychologists",
)
declare(
    "vac-psychologists-per-school-counted",
    "School psychologists per secondary school",
    ratio,
    "people",
    "secondary schools",
    "2021",
    digits=2,
    dividend="vac-school-psychologists",
    divisor="vac-secondary-schools",
)
declare(
    "vac-psychologists-for-printed-ratio",
    "School psychologists it would take for the printed ratio to hold",
    ratio,
    "people",
    "school psychologists, if the number of students of 2021 and the ratio of 2018 held together",
    digits=0,
    dividend="vac-students-served",
    divisor="vac-students-per-psychologist",
)
declare(
    "vac-crisis-centres-without-shelter-2019",
    "Crisis centres without a shelter",
    difference,
    "institutions",
    "crisis centres by the statistical office",
    "2019",
    digits=0,
    minuend=f"{CRISIS}#centres-kazakhstan/value",
    subtrahend=f"{CRISIS}#with-shelter-kazakhstan/value",
)
declare(
    "vac-crisis-astana-psychologist-excess",
    "Entries under psychologist consultation beyond all people helped, crisis centre of the capital",
    difference,
    "people",
    "people helped by the crisis centre, as printed; the entries may be people or consultations",
    "2019",
    digits=0,
    minuend=f"{CRISIS}#psychologist-astana-city/value",
    subtrahend=f"{CRISIS}#people-helped-astana-city/value",
)
declare(
    "vac-adaptation-fall-2015-2019",
    "Fall of the number of children at centres of adaptation over the whole period",
    fall_pct,
    "percent",
    "children at (2015) or accepted by (2019) centres of adaptation",
    "2015-2019",
    before="vac-adaptation-children-2015",
    after="vac-tsan-accepted-2019",
)
