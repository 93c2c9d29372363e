"""Derived tables of the part on children out of school."""

from __future__ import annotations

import pandas as pd

from evidence.data import store
from evidence.data.records import fact
from evidence.data.store import names, of_document
from evidence.figures.calculations import compute
from evidence.figures.counts import counted
from evidence.figures.formulas import share_pct, wilson_interval_pct

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
