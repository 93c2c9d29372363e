"""Tables of the chapter on oversight."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pandas as pd

from evidence.data import store
from evidence.data.order import in_order
from evidence.data.records import PLACE, fact
from evidence.data.store import first_lines, items, of_document
from evidence.exhibits.exhibit import linked
from evidence.exhibits.frames import labelled, printed, rows_of
from evidence.parts.child_protection.evaluation import EVALUATION

NO_FORM = "No form named"
NO_SETTING = "not-named"  # code of a setting for rows that name none
HEARD_OR_WATCHED = ["monitoring-mechanism", "helpline"]  # kinds of systems that hear complaints or inspect


def _named_pairs() -> list[tuple[str, str, str]]:
    """Return (form, setting, measurement) for every pair a measurement of violence names; "" for no form.

    Left out are measurements that count as none (``left_out``) and pairs that cannot be meant (``except_pairs``).
    """
    rows = of_document("measurements", EVALUATION)
    return [
        (form, setting, row.id)
        for row in rows[rows["left_out"] == ""].itertuples()
        for form in row.form.split(";")
        for setting in (items(row.setting) or [NO_SETTING])
        if f"{form}/{setting}" not in items(row.except_pairs)
    ]


def _grid(places: dict[str, str], place_of: Callable[[str], str]) -> pd.DataFrame:
    """Return how many measurements name a form at a place: one row per pair of form and label of ``places``."""
    forms = store.labels("measurements", "form") | {"": NO_FORM}
    named = {(form, place_of(setting), key) for form, setting, key in _named_pairs()}  # each once per pair
    counts = Counter((form, place) for form, place, _ in named)
    cells = [
        (form, place, counts[form_code, place_code])
        for form_code, form in forms.items()
        for place_code, place in places.items()
    ]
    return pd.DataFrame(cells, columns=["Form", "Place", "Measurements"])


def coverage() -> pd.DataFrame:
    """Return how many measurements name a form of violence at a place: one row per pair, zeros too.

    Columns: ``Form``, ``Place`` (few heads, by ``setting_groups.csv``), ``Measurements``. A measurement counts in
    every pair of its forms and places, once per pair. Source: cecchetti2021vac, as coded in ``measurements.csv``.
    """
    groups = {row.setting: row.place for row in store.rows("setting_groups").values()}
    return _grid(store.labels("setting_groups", "place"), groups.__getitem__)


def coverage_by_setting() -> pd.DataFrame:
    """Return the counts of :func:`coverage` for every setting: a row per form, a column per setting."""
    settings = store.labels("measurements", "setting")
    settings[NO_SETTING] = store.labels("setting_groups", "setting")[NO_SETTING]
    wide = _grid(settings, str).pivot_table("Measurements", "Form", "Place", sort=False)
    return wide.astype(int).rename_axis(columns=None).reset_index()


def ages_measured() -> pd.DataFrame:
    """Return the ages that measurements of violence cover, where they are printed: one row each.

    Columns: ``Measurement``, ``Who answers``, ``From`` and ``To`` in completed years: "under 5" ends at 4, and a
    measurement without a lower limit begins at 0. Source: cecchetti2021vac, §3 to §6, as facts.
    """
    rows = []
    for row in rows_of("cp-oversight-ages"):
        item = fact(row.fact)
        under = item.qualifier == "at_most"
        ages = (0, item.value - 1) if under else (item.value, item.value_high)
        rows.append((row.label, row.group, *map(int, ages)))
    return pd.DataFrame(rows, columns=["Measurement", "Who answers", "From", "To"])


def measurements() -> pd.DataFrame:
    """Return every measurement the evaluation names, one row each, by kind and name.

    Columns: ``Measurement`` (linked), ``Kind``, ``Years``, ``What it measures``, ``What it misses``, then ``PLACE``.
    Source: cecchetti2021vac, whole, as coded in ``measurements.csv``.
    """
    rows = of_document("measurements", EVALUATION)
    rows = in_order(rows, "kind", "name", kind=store.labels("measurements", "kind"))
    rows = labelled(rows, "measurements", "kind")
    rows["name"] = linked(rows["name"], "measurement", rows["id"])
    heads = {
        "name": "Measurement",
        "kind": "Kind",
        "period": "Years",
        "measures": "What it measures",
        "misses": "What it misses",
    }
    return rows[[*heads, *PLACE]].rename(columns=heads)


def recorded() -> pd.DataFrame:
    """Return the counts that records print, one row each.

    Columns: ``What is counted``, ``Year``, ``Count`` (offences or children), ``Base``, then ``PLACE``.
    Source: cecchetti2021vac, §4.1.1, as facts.
    """
    place = {name: name for name in PLACE}
    return printed("cp-oversight-counts", "What is counted", period="Year", value="Count", base="Base", **place)


def complaints() -> pd.DataFrame:
    """Return who hears complaints and who monitors, helplines included, one row each, by name.

    Columns: ``Mechanism`` (linked), ``Holder``, ``Whom it covers``, ``What it lacks``, then ``PLACE``.
    Source: cecchetti2021vac, whole, as coded in ``systems.csv``.
    """
    rows = of_document("systems", EVALUATION).sort_values("name")
    rows = rows[rows["kind"].isin(HEARD_OR_WATCHED)]
    rows = rows.assign(name=linked(rows["name"], "system", rows["id"]), holder=rows["holder"].str.replace(";", ", "))
    heads = {"name": "Mechanism", "holder": "Holder", "covers": "Whom it covers", "misses": "What it lacks"}
    return rows[[*heads, *PLACE]].rename(columns=heads)


def practice_standards() -> pd.DataFrame:
    """Return the standards of practice that the evaluation reviews, one row each, in its order.

    Columns: ``Standard`` (linked to the instrument), ``Date``, ``What it asks for or offers`` (findings that are
    strengths or descriptions), ``What it leaves open`` (weaknesses and gaps), then ``PLACE``. Findings belong to a
    standard if they begin in the lines of its item.
    Source: cecchetti2021vac, §4.2, as coded in ``practice_standards.csv`` and ``findings.csv``.
    """
    findings = of_document("findings", EVALUATION)
    findings = findings.assign(start=first_lines(findings))
    findings = findings.sort_values("start", kind="stable")
    rows = []
    for standard in of_document("practice_standards", EVALUATION).sort_values("order").itertuples():
        instrument = store.row("instruments", standard.instrument)
        item = findings[findings["start"].between(*store.line_range(standard.lines))]
        open_points = item["stance"].isin(["weakness", "gap"])
        said = [" ".join(item["statement"][chosen]) for chosen in (~open_points, open_points)]
        place = [getattr(standard, name) for name in PLACE]
        rows.append((*linked([instrument.name], "instrument", [instrument.id]), instrument.date, *said, *place))
    columns = ["Standard", "Date", "What it asks for or offers", "What it leaves open", *PLACE]
    return pd.DataFrame(rows, columns=columns)
