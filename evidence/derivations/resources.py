"""Derived figures of the part on child protection: resources."""

from __future__ import annotations

from evidence.calculations import declare
from evidence.formulas import difference, ratio, share_pct, total

# --- cecchetti2021vac: human resources ------------------------------------------------------------

declare(
    "vac-people-per-social-service-worker",
    "People per social service worker, by the population and the staff printed beside the ratio",
    ratio,
    "people",
    "population per social service worker of social protection, health care and education",
    "report of 2018",
    digits=0,
    dividend="vac-workforce-population",
    divisor="vac-workforce-total",
)
declare(
    "vac-people-per-health-social-worker",
    "People per social worker counted in health care",
    ratio,
    "people",
    "population per social worker in health care, certified or not",
    "report of 2018",
    digits=0,
    dividend="vac-workforce-population",
    divisor="vac-workforce-health",
)
declare(
    "vac-health-social-workers-by-norm",
    "Social workers in health care that the norm asks for",
    ratio,
    "people",
    "population per social worker of the norm",
    "report of 2018",
    digits=0,
    dividend="vac-workforce-population",
    divisor="vac-health-social-worker-norm",
)
declare(
    "vac-social-protection-degree-share",
    "Share of the staff of social protection with a degree in social work",
    share_pct,
    "percent",
    "people employed in the social protection system",
    "report of 2018",
    part="vac-workforce-sp-degrees",
    whole="vac-workforce-social-protection",
)
declare(
    "vac-social-protection-without-degree",
    "Staff of social protection without a degree in social work",
    difference,
    "people",
    "people employed in the social protection system",
    "report of 2018",
    digits=0,
    minuend="vac-workforce-social-protection",
    subtrahend="vac-workforce-sp-degrees",
)
declare(
    "vac-employment-office-staff-near",
    "Staff of employment offices with an education in social work or a related field",
    total,
    "people",
    "staff of employment and social programme offices analysed",
    digits=0,
    first="vac-employment-office-staff-social-work",
    second="vac-employment-office-staff-related",
)
declare(
    "vac-employment-office-staff-unrelated",
    "Staff of employment offices with an education in another field",
    difference,
    "people",
    "staff of employment and social programme offices analysed",
    digits=0,
    minuend="vac-employment-office-staff-analysed",
    subtrahend="calc:vac-employment-office-staff-near",
)
