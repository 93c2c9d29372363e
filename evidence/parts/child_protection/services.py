"""Tables of the chapter on services."""

from __future__ import annotations

import pandas as pd

from evidence.data import store
from evidence.data.format import as_printed
from evidence.data.order import in_order
from evidence.data.records import PLACE, fact
from evidence.data.store import names, of_document
from evidence.exhibits.exhibit import linked
from evidence.exhibits.frames import figure_of, labelled, named, rows_of
from evidence.figures.calculations import calculation, cell_row, inputs_of
from evidence.parts.child_protection.evaluation import EVALUATION

CRISIS_CENTRES = "cecchetti2021vac_crisis_centres"


def _capital(texts: pd.Series) -> pd.Series:
    """Return texts that begin with a capital letter."""
    return texts.str[:1].str.upper() + texts.str[1:]


def services() -> pd.DataFrame:
    """Return the services against violence as readers see them, one row each, by tier, first age and name.

    Columns: ``Service``, ``For whom`` (tier), ``Sector``, ``Ages as given``, ``From age`` and ``To age`` (years,
    missing where none is printed), ``Who may use it`` (eligibility and ages), ``What it misses``, then ``PLACE`` and
    ``id``. Source: cecchetti2021vac, §3.1, §4, §6.1 and Annex 2, as coded in ``services.csv``.
    """
    rows = of_document("services", EVALUATION)
    rows = in_order(rows, "tier", "age_from", "name", tier=store.labels("services", "tier"))
    rows = labelled(rows, "services", "tier", "sector")
    ages = rows["ages"].map(lambda printed: f"Ages: {printed}." if printed else "No age given.")
    shown = {
        "Service": rows["name"],
        "For whom": rows["tier"],
        "Sector": rows["sector"],
        "Ages as given": rows["ages"],
        "From age": rows["age_from"],
        "To age": rows["age_to"],
        "Who may use it": _capital(rows["eligibility"]).map(lambda text: f"{text}. " if text else "") + ages,
        "What it misses": _capital(rows["limits"]),
    }
    return pd.concat([pd.DataFrame(shown), rows[[*PLACE, "id"]]], axis=1)


def ages_served() -> pd.DataFrame:
    """Return the services with a printed age: the columns of :func:`services` up to ``To age``, then ``PLACE``."""
    return services().dropna(subset="From age")[["Service", "For whom", "Ages as given", "From age", "To age", *PLACE]]


def catalogue() -> pd.DataFrame:
    """Return every service, linked: the columns of :func:`services` that are words, then ``PLACE``."""
    rows = services()
    rows["Service"] = linked(rows["Service"], "service", rows["id"])
    return rows[["Service", "For whom", "Sector", "Who may use it", "What it misses", *PLACE]]


def _is_country(place: str) -> bool:
    """Return whether a place is a country, not one of its regions."""
    return store.row("places", place).kind == "country"


def _country_first(places: pd.Series) -> pd.Series:
    """Return what sorts ids of places by id, the country before its regions."""
    return places.map(lambda place: "" if _is_country(place) else place)


def _parts_check(total, parts: pd.DataFrame):
    """Return whether the printed parts of a total make it; a link to the disagreement where they do not."""
    if parts.empty:
        return "no parts given"
    if parts["value"].sum() == total.value:
        return "adds up"
    return linked(["does not add up"], "discrepancy", [total.discrepancy])[0]


def centres() -> pd.DataFrame:
    """Return the centres counted per place, one row per kind and place: country first, then the study regions.

    The kinds are the rows of the exhibit: each names the fact that gives the total of the country, whose cell says
    which measure of which printed table it is. Columns: ``Kind of centre``, ``Place`` (name), ``Centres``
    (institutions, as printed), ``Parts given``, ``Sum of parts`` (ours, missing where no parts are printed),
    ``Check`` (leads to the discrepancy where parts and total disagree).
    Source: cecchetti2021vac, Tables 16, 17 and 18.
    """
    found = []
    for kind in rows_of("cp-services-centres"):
        cell = fact(kind.fact).cell
        table, measure = cell.partition("#")[0], cell_row(cell).measure
        rows, labels = store.load(table), store.labels(table, "measure")
        totals = rows[rows["measure"] == measure].sort_values("place", key=_country_first)
        for total in totals.itertuples():
            parts = rows[(rows["place"] == total.place) & (rows["part_of"] == "all")]
            text = ", ".join(f"{labels[part.measure]} {part.value}" for part in parts.itertuples())
            made = pd.NA if parts.empty else parts["value"].sum()
            place = names("places")[total.place]
            found.append((kind.label, place, total.value, text, made, _parts_check(total, parts)))
    columns = ["Kind of centre", "Place", "Centres", "Parts given", "Sum of parts", "Check"]
    return pd.DataFrame(found, columns=columns).astype({"Centres": "Int64", "Sum of parts": "Int64"})


def centres_by_region() -> pd.DataFrame:
    """Return the rows of :func:`centres` that are study regions, not the country."""
    rows = centres()
    countries = {row.name for row in store.rows("places").values() if row.kind == "country"}
    return rows[~rows["Place"].isin(countries)]


def psychologists() -> pd.DataFrame:
    """Return the students that come to one school psychologist, one row per figure, ours last.

    Columns: ``Whose figure``, ``Students`` (per psychologist), ``As given`` (for ours: the facts it is made of).
    Source: cecchetti2021vac, §3.1.2.
    """
    found = []
    for row in rows_of("cp-services-psychologists"):
        if row.calculation:
            inputs = inputs_of(calculation(row.calculation)).values()
            printed = "; ".join(as_printed(fact(key)) for key in inputs)
        else:
            printed = as_printed(fact(row.fact))
        found.append((row.label, round(figure_of(row)), printed))
    return pd.DataFrame(found, columns=["Whose figure", "Students", "As given"])


def barriers() -> pd.DataFrame:
    """Return what stands between a child and a service, one row each, the most frequent kind first.

    Columns: ``Barrier``, ``Kind``, ``Whom it concerns``, ``Who says so``, ``Rests on``, then ``PLACE``.
    Source: cecchetti2021vac, whole, as coded in ``barriers.csv``.
    """
    rows = of_document("barriers", EVALUATION)
    many = rows["category"].value_counts()
    kinds = sorted(store.labels("barriers", "category"), key=lambda kind: -many.get(kind, 0))
    rows = in_order(rows, "category", category=kinds)
    rows = labelled(named(rows, groups="groups"), "barriers", "category", "evidence_types")
    heads = {
        "barrier": "Barrier",
        "category": "Kind",
        "groups": "Whom it concerns",
        "measured_by": "Who says so",
        "evidence_types": "Rests on",
    }
    return rows[[*heads, *PLACE]].rename(columns=heads)


def crisis_help() -> pd.DataFrame:
    """Return calls and people helped by crisis centres in 2019, one row per place, the country first.

    Columns: ``Place`` (name), ``Calls``, ``People helped``, ``By kind of help`` (as printed), ``Sum of kinds`` (ours),
    ``What does not fit`` (leads to the discrepancy). A person may get several kinds of help, but not less than one.
    Source: cecchetti2021vac, Table 18.
    """
    rows, labels = store.load(CRISIS_CENTRES), store.labels(CRISIS_CENTRES, "measure")
    wide = rows.pivot(index="place", columns="measure", values="value").sort_index(key=_country_first)
    parts = set(rows[rows["part_of"] == "people-helped"]["measure"])
    known = rows[rows["measure"] == "people-helped"].set_index("place")["discrepancy"]
    found = []
    for place, values in wide.iterrows():
        kinds = {labels[measure]: values[measure] for measure in labels if measure in parts}
        helped, made = values["people-helped"], sum(kinds.values())
        text = f"kinds make {'more' if made > helped else 'fewer'} than the people helped"
        if max(kinds.values()) > helped:
            text = "one kind alone is more than the people helped"
        printed = ", ".join(f"{kind} {number:,}" for kind, number in kinds.items())
        check = linked([text], "discrepancy", [known[place]])[0]
        found.append((names("places")[place], values["calls"], helped, printed, made, check))
    columns = ["Place", "Calls", "People helped", "By kind of help", "Sum of kinds", "What does not fit"]
    return pd.DataFrame(found, columns=columns)
