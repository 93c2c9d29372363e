"""Every derived figure of the book: small pure functions, each declared with its inputs.

A declaration names a formula and where each argument comes from: the id of a fact, a cell
of a printed table (``table#row/column``) or another calculation (``calc:id``). Nothing
derived is stored; values are computed when a page needs them.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from statistics import NormalDist
from typing import NamedTuple

import pandas as pd

from evidence import store
from evidence.provenance import UnknownId, fact, names, number, place_in_source, reads


class Calculation(NamedTuple):
    """A derived figure: label, formula, inputs by argument name, unit, base, period, decimals."""

    id: str
    label: str
    formula: Callable[..., float]
    inputs: dict[str, str]
    unit: str
    base: str
    period: str
    digits: int


CALCULATIONS: dict[str, Calculation] = {}
OUT_OF_SCHOOL = "antonowicz2013oosc"
SMALL_N = 10  # below this a share is shown as counts only and is not ranked
STAGES = {
    "identification": "Finding children",
    "recording": "Recording cases",
    "needs-assessment": "Assessing needs",
    "response": "Responding",
    "monitoring": "Following up",
    "learning": "Learning lessons",
}
FRAMEWORKS = {
    "literature": "International literature",
    "kazakhstan": "Study on Kazakhstan",
    "almaty": "Almaty city officials",
}
DOMAINS = ["individual", "family", "educational", "school", "systemic"]


# --- formulas ----------------------------------------------------------------------------


def share_pct(part: float, whole: float) -> float:
    """Share of ``part`` in ``whole``, in per cent: part / whole × 100."""
    return 100 * part / whole


def change_pct(before: float, after: float) -> float:
    """Change from ``before`` to ``after``, in per cent of ``before``: (after − before) / before × 100."""
    return 100 * (after - before) / before


def fall_pct(before: float, after: float) -> float:
    """Fall from ``before`` to ``after``, in per cent of ``before``: (before − after) / before × 100."""
    return -change_pct(before, after)


def difference(minuend: float, subtrahend: float) -> float:
    """Difference: minuend − subtrahend."""
    return minuend - subtrahend


def remainder_share_pct(part: float, whole: float, excluded_part: float, excluded_whole: float) -> float:
    """Share in per cent after taking one place out: (part − excluded part) / (whole − excluded whole) × 100."""
    return share_pct(part - excluded_part, whole - excluded_whole)


def remainder_fall_pct(before: float, after: float, excluded_before: float, excluded_after: float) -> float:
    """Fall in per cent after taking one place out of both years."""
    return fall_pct(before - excluded_before, after - excluded_after)


def share_of_change_pct(before: float, after: float, part_before: float, part_after: float) -> float:
    """Share of the change of a total that comes from one part: part change / total change × 100."""
    return share_pct(part_after - part_before, after - before)


def complement_pct(share: float) -> float:
    """What is left to a hundred per cent: 100 − share."""
    return 100 - share


def total(first: float, second: float) -> float:
    """Sum: first + second."""
    return first + second


def implied_total(part: float, share: float) -> float:
    """Whole of which ``part`` is ``share`` per cent: part / share × 100."""
    return 100 * part / share


def implied_weight_pct(whole: float, first: float, second: float) -> float:
    """Weight of the first of two groups whose rates average to the whole: (whole − second) / (first − second) × 100."""
    return share_pct(whole - second, first - second)


def wilson_interval_pct(part: float, whole: float, confidence: float = 0.95) -> tuple[float, float]:
    """Return the Wilson score interval of a proportion, in per cent (low, high).

    Centre (p + z²/2n) / (1 + z²/n), half width z/(1 + z²/n) · √(p(1−p)/n + z²/4n²), with
    p = part / whole, n = whole and z the normal quantile of the confidence level. It treats
    the counts as a sample, which a full register is not: a reading aid for small numbers.
    Raises ZeroDivisionError for an empty base.
    """
    z = NormalDist().inv_cdf(0.5 + confidence / 2)
    p = part / whole
    centre = (p + z**2 / (2 * whole)) / (1 + z**2 / whole)
    half = z / (1 + z**2 / whole) * (p * (1 - p) / whole + z**2 / (4 * whole**2)) ** 0.5
    return 100 * max(0.0, centre - half), 100 * min(1.0, centre + half)


# --- declaring and computing -------------------------------------------------------------


def declare(key: str, label: str, formula, unit: str, base: str = "", period: str = "", digits: int = 1, **inputs):
    """Declare a calculation; its inputs are keyword arguments named as in the formula."""
    if key in CALCULATIONS:
        raise ValueError(f"calculation {key!r} is declared twice")
    CALCULATIONS[key] = Calculation(key, label, formula, inputs, unit, base, period, digits)


def calculation(key: str) -> Calculation:
    """Return the calculation with this id; raises :class:`UnknownId`."""
    try:
        return CALCULATIONS[key]
    except KeyError:
        raise UnknownId("calculation", key, CALCULATIONS) from None


@cache
def _rows(table: str) -> dict[str, object]:
    """Return the rows of a table by id."""
    return {row.id: row for row in store.load(table).itertuples(index=False)}


def cell_row(reference: str):
    """Return the row of a cell reference ``table#row/column``; raises :class:`UnknownId`."""
    table, _, rest = reference.partition("#")
    row = rest.partition("/")[0]
    try:
        return _rows(table)[row]
    except KeyError:
        raise UnknownId(f"row of {table}", row, _rows(table) if table in store.schema() else ()) from None


def cell(reference: str) -> float:
    """Return the number in a cell ``table#row/column``; raises :class:`UnknownId`."""
    column = reference.rpartition("/")[2]
    row = cell_row(reference)
    if column not in row._fields:
        raise UnknownId(f"column of {reference.partition('#')[0]}", column, row._fields)
    value = getattr(row, column)
    if isinstance(value, str):
        raise UnknownId(f"number in {reference.partition('#')[0]}", column, [])
    return float(value)


def resolve(reference: str) -> float:
    """Return the value an input refers to: a cell, a calculation (``calc:id``) or a fact."""
    if "#" in reference:
        return cell(reference)
    if reference.startswith("calc:"):
        return compute(reference.removeprefix("calc:"))
    return float(fact(reference).value)


@cache
def compute(key: str) -> float:
    """Return the value of a calculation; raises :class:`UnknownId` for it or an input."""
    item = calculation(key)
    return item.formula(**{name: resolve(reference) for name, reference in item.inputs.items()})


def calc_reads(key: str) -> str:
    """Return how a calculation reads in a sentence."""
    item = calculation(key)
    return number(compute(key), item.unit, item.digits)


def input_lines(item: Calculation) -> list[tuple[str, str, str, str]]:
    """Return (argument, reference, value as read, place in the source) of each input."""
    lines = []
    for name, reference in item.inputs.items():
        if "#" in reference:
            shown, where = number(cell(reference)), place_in_source(cell_row(reference))
        elif reference.startswith("calc:"):
            shown, where = calc_reads(reference.removeprefix("calc:")), "our calculation"
        else:
            shown, where = reads(fact(reference)), place_in_source(fact(reference))
        lines.append((name.replace("_", " "), reference, shown, where))
    return lines


# --- derived tables ----------------------------------------------------------------------


def of_document(table: str, source: str) -> pd.DataFrame:
    """Return the rows of a table that report one document."""
    return store.load(table).query("source == @source")


def register_by_region() -> pd.DataFrame:
    """Return the register by region and school year, one row each (32), from Annex Tables 6 and 7.

    Columns: ``school_year``, ``place`` (name), ``registered``, ``out_of_school``, ``rural_registered``,
    ``urban_registered`` (whole region less its rural part), ``share_pct`` (not returned, of registered),
    ``low_pct``, ``high_pct`` (Wilson interval, missing where small), ``is_small`` (fewer than ``SMALL_N`` registered),
    ``ranked_pct`` (``share_pct``, missing where small), ``place_id``.
    Source: antonowicz2013oosc, Annex 1.
    """
    rows = store.load("antonowicz2013oosc_profiles")
    wide = rows[rows["place"] != "kazakhstan"].set_index(["school_year", "place"])
    whole, rural = wide[wide["area"] == "total"], wide[wide["area"] == "rural"]
    frame = whole[["registered", "out_of_school"]].astype("int64")
    frame["rural_registered"] = rural["registered"].reindex(frame.index).fillna(0).astype("int64")
    frame["urban_registered"] = frame["registered"] - frame["rural_registered"]
    frame["share_pct"] = share_pct(frame["out_of_school"], frame["registered"])
    intervals = [wilson_interval_pct(*pair) for pair in zip(frame["out_of_school"], frame["registered"])]
    frame["low_pct"], frame["high_pct"] = zip(*intervals)
    frame["is_small"] = frame["registered"] < SMALL_N
    frame.loc[frame["is_small"], ["low_pct", "high_pct"]] = float("nan")
    frame["ranked_pct"] = frame["share_pct"].mask(frame["is_small"])
    frame = frame.reset_index()
    frame["place_id"] = frame["place"]
    frame["place"] = frame["place"].map(names("places"))
    return frame


def register_by_year() -> pd.DataFrame:
    """Return the national register, one row per school year (4), in order; 2009-10 is not printed and missing.

    Columns: ``School year``, ``On the register`` and ``Not returned`` (children), ``Share not returned, %``
    (not returned, of registered). Source: antonowicz2013oosc, §3.2.3 and Table 3.
    """
    years = {"2008-09": "2009", "2009-10": "", "2010-11": "2011", "2011-12": "2012"}
    rows = [
        (
            name,
            fact(f"register-registered-{year}").value if year else float("nan"),
            fact(f"register-out-{year}").value if year else float("nan"),
            compute(f"register-non-return-{year}") if year else float("nan"),
        )
        for name, year in years.items()
    ]
    return pd.DataFrame(rows, columns=["School year", "On the register", "Not returned", "Share not returned, %"])


def register_by_area() -> pd.DataFrame:
    """Return the register by area (rural, urban) and school year, one row each (4).

    Columns: ``Area``, ``School year``, ``On the register`` and ``Not returned`` (children; urban is the national
    total less the rural part), ``Share not returned, %``. Source: antonowicz2013oosc, Chart 3, Annex Tables 6 and 7.
    """
    rows = []
    for name, year in {"2010-11": "2011", "2011-12": "2012"}.items():
        rural = [fact(f"chart3-{measure}-rural-{year}").value for measure in ("registered", "out")]
        rows.append(("Rural", name, *rural, compute(f"register-non-return-rural-{year}")))
        urban = [compute(f"register-{measure}-urban-{year}") for measure in ("registered", "out")]
        rows.append(("Urban", name, *urban, compute(f"register-non-return-urban-{year}")))
    columns = ["Area", "School year", "On the register", "Not returned", "Share not returned, %"]
    return pd.DataFrame(rows, columns=columns).sort_values(["Area", "School year"], ignore_index=True)


def counted(frame: pd.DataFrame, row: str, column: str) -> pd.DataFrame:
    """Return how many rows of a frame have each pair of values: a row per ``row``, a column per ``column``."""
    return pd.crosstab(frame[row], frame[column]).rename_axis(columns=None).reset_index()


def mechanisms_by_stage() -> pd.DataFrame:
    """Return how many mechanisms are described, one row per stage (6).

    Columns: ``Stage``, ``with limits`` and ``without limits named`` (mechanisms).
    Source: antonowicz2013oosc, §3.2, §4.2, §5 and §7.3, as coded in ``mechanisms.csv``.
    """
    rows = of_document("mechanisms", OUT_OF_SCHOOL)
    said = rows["limits"].map(lambda text: "with limits" if text else "without limits named")
    table = counted(rows.assign(Stage=rows["stage"].map(STAGES), said=said), "Stage", "said")
    return table.set_index("Stage").loc[list(STAGES.values())].reset_index()


def findings_by_stage() -> pd.DataFrame:
    """Return how many findings are strengths, weaknesses and gaps, one row per stage and one for statistics (7).

    Columns: ``Stage``, ``gap``, ``strength``, ``weakness`` (findings; one may count at several stages, descriptions
    are left out). Source: antonowicz2013oosc, whole, as coded in ``findings.csv``.
    """
    stages = STAGES | {"reporting": "Statistics"}
    rows = of_document("findings", OUT_OF_SCHOOL).query("stance != 'description'")
    rows = rows.assign(Stage=rows["themes"].str.split(";")).explode("Stage")
    table = counted(rows.assign(Stage=rows["Stage"].map(stages)), "Stage", "stance")
    return table.set_index("Stage").loc[list(stages.values())].reset_index()


def risk_factors_by_level() -> pd.DataFrame:
    """Return how many risk factors each list names, one row per level (5), from the child to the system.

    Columns: ``domain`` (level) and one per list (factors): literature, study on Kazakhstan, Almaty city.
    Source: antonowicz2013oosc, §2.2, Table 4, table of groups in §3.2.4 and Box 2, as coded in ``risk_factors.csv``.
    """
    rows = of_document("risk_factors", OUT_OF_SCHOOL).query("factor != ''")
    table = counted(rows.assign(Framework=rows["framework"].map(FRAMEWORKS)), "domain", "Framework")
    return table.set_index("domain").loc[DOMAINS].reset_index()


def calls() -> pd.DataFrame:
    """Return the parts of the recommendations as readers see them, one row per part.

    Columns: those of ``recommendations.csv``, ``Recommendation`` ("1 (a)"), ``Addressee`` (says where it is
    inferred), ``Findings it answers`` (number). Source: antonowicz2013oosc, §7.
    """
    parts = of_document("recommendations", OUT_OF_SCHOOL).query("part != ''").copy()
    parts["Recommendation"] = [f"{row.number} ({row.part})" for row in parts.itertuples()]
    inferred = parts["addressee_basis"].map(lambda basis: " (inferred)" if basis == "inferred" else "")
    parts["Addressee"] = parts["addressee"].str.replace(";", ", ") + inferred
    parts.loc[parts["addressee_basis"] == "none", "Addressee"] = "no body named (general address to the Government)"
    parts["Findings it answers"] = [len(list(filter(None, text.split(";")))) for text in parts["rests_on"]]
    return parts


def calls_by_theme() -> pd.DataFrame:
    """Return how many parts of recommendations concern a theme, one row per theme, by name.

    Columns: ``Theme``, ``mixed``, ``national``, ``oblast``, ``school`` (parts, by the level that is to act; a part
    may have several themes). Source: antonowicz2013oosc, §7, as coded in ``recommendations.csv``.
    """
    rows = of_document("recommendations", OUT_OF_SCHOOL).query("part != ''")
    rows = rows.assign(Theme=rows["themes"].str.split(";")).explode("Theme")
    return counted(rows.assign(Theme=rows["Theme"].map(names("themes"))), "Theme", "level")
