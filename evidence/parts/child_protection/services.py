"""Tables of the chapter on services."""

from __future__ import annotations

import pandas as pd

from evidence.data import store
from evidence.data.store import names, of_document
from evidence.parts.child_protection.evaluation import EVALUATION

# --- services -----------------------------------------------------------------------------

TIERS = {
    "universal-prevention": "All (prevention)",
    "targeted-prevention": "At risk (prevention)",
    "response": "Affected (response)",
}
CENTRES = {  # table, measure: kind of centre, short enough for the head of a column
    ("cecchetti2021vac_youth_health_centres", "all"): "Youth health",
    ("cecchetti2021vac_youth_resource_centres", "all"): "Youth resource",
    ("cecchetti2021vac_crisis_centres", "centres"): "Crisis",
    ("cecchetti2021vac_crisis_centres", "with-shelter"): "With shelter",
}
OFF = {("Youth resource", "mangystau"): "vac-dis-mangystau-resource-centres"}  # parts and total disagree
KINDS_OF_HELP = {"consultant": "consultant", "psychologist": "psychologist", "legal": "lawyer"}
KINDS_EXCEED = "vac-dis-crisis-services-sum"
HELPED_TOO_FEW = {"astana-city": "vac-dis-astana-helped-278"}  # one kind of help alone exceeds the people helped


def services() -> pd.DataFrame:
    """Return the services against violence as readers see them, one row each, by tier, first age and name.

    Columns: ``Service``, ``For whom`` (tier), ``Sector``, ``Ages as printed``, ``From age`` and ``To age`` (years,
    missing where none is printed), ``Who may use it`` (eligibility and ages), ``What it misses``, then those of
    ``services.csv``.
    Source: cecchetti2021vac, §3.1, §4, §6.1 and Annex 2, as coded in ``services.csv``.
    """
    rows = of_document("services", EVALUATION)
    rows = rows.assign(rank=rows["tier"].map(list(TIERS).index)).sort_values(["rank", "age_from", "name"])
    eligible = rows["eligibility"].str[:1].str.upper() + rows["eligibility"].str[1:]
    ages = rows["ages"].map(lambda printed: f"Ages: {printed}." if printed else "No age printed.")
    shown = {
        "Service": rows["name"],
        "For whom": rows["tier"].map(TIERS),
        "Sector": rows["sector"].str.replace("-", " ").str.replace(";", ", ").str.capitalize(),
        "Ages as printed": rows["ages"],
        "From age": rows["age_from"],
        "To age": rows["age_to"],
        "Who may use it": eligible.map(lambda text: f"{text}. " if text else "") + ages,
        "What it misses": rows["limits"].str[:1].str.upper() + rows["limits"].str[1:],
    }
    return pd.concat([pd.DataFrame(shown), rows.drop(columns="rank")], axis=1).reset_index(drop=True)


def _record(text: str, discrepancy: str) -> dict[str, str]:
    """Return a cell that leads to an entry of the discrepancy log."""
    return {"text": text, "to": f"discrepancy:{discrepancy}"}


def _country_first(places: pd.Series) -> pd.Series:
    """Return what sorts ids of places by id, the country before its regions."""
    return places.replace("kazakhstan", "")


def centres() -> pd.DataFrame:
    """Return the centres counted per place, one row per kind and place (20): country first, then the study regions.

    Columns: ``Kind``, ``Place`` (name), ``Centres`` (institutions, as printed), ``Printed parts``, ``Sum of parts``
    (ours, missing where no parts are printed), ``Check`` (leads to the discrepancy where parts and total disagree),
    ``place_id``.
    Source: cecchetti2021vac, Tables 16, 17 and 18.
    """
    found = []
    for (table, measure), kind in CENTRES.items():
        rows = store.load(table)
        totals = rows[rows["measure"] == measure].sort_values("place", key=_country_first)
        for row in totals.itertuples():
            parts = rows[(rows["place"] == row.place) & (rows["part_of"] == "all")]
            text = ", ".join(f"{part.measure.replace('-', ' ')} {part.value}" for part in parts.itertuples())
            check = "adds up" if text else "no parts printed"
            if text and parts["value"].sum() != row.value:
                check = _record("does not add up", OFF[kind, row.place])
            sum_of_parts = parts["value"].sum() if text else pd.NA
            found.append((kind, names("places")[row.place], row.value, text, sum_of_parts, check, row.place))
    columns = ["Kind", "Place", "Centres", "Printed parts", "Sum of parts", "Check", "place_id"]
    return pd.DataFrame(found, columns=columns).astype({"Centres": "Int64", "Sum of parts": "Int64"})


def crisis_help() -> pd.DataFrame:
    """Return calls and people helped by crisis centres in 2019, one row per place (5), the country first.

    Columns: ``Place`` (name), ``Calls``, ``People helped``, ``By kind of help`` (as printed), ``Sum of kinds`` (ours),
    ``What does not fit`` (leads to the discrepancy).
    Source: cecchetti2021vac, Table 18.
    """
    rows = store.load("cecchetti2021vac_crisis_centres")
    wide = rows.pivot(index="place", columns="measure", values="value").sort_index(key=_country_first)
    kinds = wide[list(KINDS_OF_HELP)]
    frame = pd.DataFrame({"Place": [names("places")[place] for place in wide.index]}, index=wide.index)
    frame["Calls"], frame["People helped"] = wide["calls"], wide["people-helped"]
    frame["By kind of help"] = [
        ", ".join(f"{KINDS_OF_HELP[kind]} {number:,}" for kind, number in row.items()) for _, row in kinds.iterrows()
    ]
    frame["Sum of kinds"] = kinds.sum(axis=1)
    over = kinds.max(axis=1) > wide["people-helped"]  # a person may get several kinds of help, not less than one
    more = frame["Sum of kinds"] > wide["people-helped"]
    frame["What does not fit"] = [
        _record("one kind alone is more than the people helped", HELPED_TOO_FEW[place])
        if over[place]
        else _record(f"kinds make {'more' if more[place] else 'fewer'} than the people helped", KINDS_EXCEED)
        for place in wide.index
    ]
    return frame.reset_index(drop=True)
