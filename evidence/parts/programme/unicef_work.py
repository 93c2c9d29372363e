"""Tables of the chapter on what UNICEF reports of its own work in 2023."""

from __future__ import annotations

import pandas as pd

from evidence.data import format, store
from evidence.data.format import LOST
from evidence.data.order import in_order
from evidence.data.records import PLACE, fact, flags, place_of_lines
from evidence.data.store import of_document
from evidence.exhibits.exhibit import linked, place_cell
from evidence.exhibits.frames import labelled
from evidence.parts.programme import ANNUAL
from evidence.parts.programme.poverty_and_health import shown

NO_PARTNER, NOBODY = "none named", "nobody named"
ALL = "All areas"
REPEATED = "repeated"  # flag of a fact that the document prints again
NO_COUNTS = ("percent", "years", "grade")  # units of figures that count nobody


def _coded() -> pd.DataFrame:
    """Return the contributions with their area and kind, in the order of the areas, then of the text."""
    kinds = store.load("contribution_kinds").drop(columns="id")
    rows = of_document("contributions", ANNUAL).merge(kinds, left_on="id", right_on="contribution")
    return in_order(rows, "area", "lines", "id", area=store.labels("contribution_kinds", "area"))


def kinds() -> pd.DataFrame:
    """Return how many contributions are of each kind, one row per kind, the most frequent first.

    Columns: ``Kind of work``, one per goal area, ``All areas`` (contributions). Area and kind are as coded in
    ``contribution_kinds.csv``. Source: unicefkz2023annual, whole.
    """
    rows = labelled(_coded(), "contribution_kinds", "area", "kind")
    areas = list(store.labels("contribution_kinds", "area").values())
    wide = pd.crosstab(rows["kind"], rows["area"]).reindex(columns=areas, fill_value=0)
    wide[ALL] = wide.sum(axis="columns")
    wide = wide.sort_values(ALL, ascending=False, kind="stable")
    return wide.rename_axis(index="Kind of work", columns=None).reset_index()


def contributions() -> pd.DataFrame:
    """Return every contribution, one row each, by goal area, then in the order of the text.

    Columns: ``Contribution`` (leading to its card), ``Area``, ``Kind of work``, ``Partners named``, then those of the
    place. Source: unicefkz2023annual, whole, as coded in ``contributions.csv`` and ``contribution_kinds.csv``.
    """
    rows = labelled(_coded(), "contribution_kinds", "area", "kind")
    frame = pd.DataFrame({"Contribution": linked(rows["statement"], "contribution", rows["id"])})
    frame["Area"], frame["Kind of work"] = rows["area"], rows["kind"]
    frame["Partners named"] = rows["partners"].str.replace(";", "; ").replace("", NO_PARTNER)
    frame[PLACE] = rows[PLACE]
    return frame


def reach() -> pd.DataFrame:
    """Return every count that a contribution reports, one row each, in the order of the text.

    Columns: ``Whom it counts`` (leading to the fact), ``As given``, ``What UNICEF did`` (the contribution), then
    those of the place. Shares, bounds of age and figures printed again are left out, so that each count stands once.
    Source: unicefkz2023annual, Parts 2 and 3, as coded in ``contributions.csv`` (``reach_facts``).
    """
    rows = of_document("contributions", ANNUAL)
    pairs = [(fact(key), row.statement) for row in rows.itertuples() for key in store.items(row.reach_facts)]
    pairs = [(item, did) for item, did in pairs if item.unit not in NO_COUNTS and REPEATED not in flags(item)]
    pairs.sort(key=lambda pair: (store.line_range(pair[0].lines), pair[0].id))
    items = [item for item, _ in pairs]
    whom = [format.capitalised(item.base) for item in items]
    frame = pd.DataFrame({"Whom it counts": linked(whom, "fact", [item.id for item in items])})
    frame["As given"] = [shown(item) for item in items]
    frame["What UNICEF did"] = [did for _, did in pairs]
    frame[PLACE] = [[getattr(item, name) for name in PLACE] for item in items]
    return frame


def systems() -> pd.DataFrame:
    """Return the information systems, statistics and studies the report names, one row each, by kind, then line.

    Columns: ``Name`` (leading to its card), ``Kind``, ``Held by``, ``What it covers``, ``What it misses``, then those
    of the place. Source: unicefkz2023annual, whole, as coded in ``systems.csv``.
    """
    rows = labelled(in_order(of_document("systems", ANNUAL), "kind", "lines"), "systems", "kind")
    frame = pd.DataFrame({"Name": linked(rows["name"], "system", rows["id"])})
    frame["Kind"], frame["Held by"] = rows["kind"], rows["holder"].replace("", NOBODY)
    frame["What it covers"], frame["What it misses"] = rows["covers"], rows["misses"].replace("", "not said")
    frame[PLACE] = rows[PLACE]
    return frame


def _partners() -> pd.DataFrame:
    """Return the coded links of partners to areas, labelled, each partner with its name, in the order of the areas."""
    rows = store.load("partner_areas")
    rows = in_order(rows, "area", area=store.labels("partner_areas", "area"))
    rows["name"] = rows["partner"].map(store.names("bodies"))
    return labelled(rows, "partner_areas", "sort", "area").drop_duplicates(["name", "area"])


def partners() -> pd.DataFrame:
    """Return who worked on what: one row per area, one column per sort of partner, in the cells their names.

    Columns: ``Area``, then the sorts of partners; an empty cell reads "none named". A partner with an area stands not
    among those without one. Source: unicefkz2023annual, Parts 2 to 4, as coded in ``partner_areas.csv``.
    """
    rows = _partners()
    areas, sorts = (list(store.labels("partner_areas", name).values()) for name in ("area", "sort"))
    placed = set(rows[rows["area"] != areas[-1]]["name"])
    rows = rows[(rows["area"] != areas[-1]) | ~rows["name"].isin(placed)]
    cells = rows.sort_values("name").groupby(["area", "sort"])["name"].agg("; ".join)
    frame = pd.DataFrame({"Area": areas})
    for sort in sorts:
        frame[sort] = [cells.get((area, sort), NO_PARTNER) for area in areas]
    return frame


def printed_twice() -> pd.DataFrame:
    """Return each figure that the report prints again beside its first print, one row each, in its order.

    Columns: ``Figure`` (leading to the second fact), ``In the text``, ``Given again``, ``Reading`` (:func:`reading`),
    then those of the place of the second print. Source: unicefkz2023annual, facts flagged as repeated, each with the
    first fact of the same quantity.
    """
    rows = of_document("facts", ANNUAL)
    again = rows["flags"].map(lambda cautions: REPEATED in store.items(cautions))
    first = {row.indicator: row for row in rows[~again].itertuples()}
    rows = in_order(rows[again], "lines", "id")
    names = rows["indicator"].map(store.names("indicators"))
    frame = pd.DataFrame({"Figure": linked(names, "fact", rows["id"])})
    frame["In the text"] = [first[key].as_reported for key in rows["indicator"]]
    frame["Given again"] = [shown(row) for row in rows.itertuples()]
    frame["Reading"] = [reading(first[row.indicator], row) for row in rows.itertuples()]
    frame[PLACE] = rows[PLACE]
    return frame


def reading(first, again) -> str:
    """Return how a figure printed again stands to its first print: numbers and bounds, then of whom they are."""
    if LOST in flags(again):
        return "the text supplies what is lost"
    if (again.value, again.qualifier) != (first.value, first.qualifier):
        return "they differ"
    return "both agree" if again.base == first.base else "the numbers agree, of whom they are does not"


def lost() -> pd.DataFrame:
    """Return the figures whose number is lost and stands nowhere else in the report, one row each.

    Columns: ``Of whom`` (leading to the fact), ``What is left of it``, then those of the place.
    Source: unicefkz2023annual, facts flagged as lost and not as repeated.
    """
    rows = of_document("facts", ANNUAL)
    cautions = rows["flags"].map(store.items)
    rows = rows[cautions.map(lambda found: LOST in found and REPEATED not in found)].reset_index(drop=True)
    whom = rows["base"].str[:1].str.upper() + rows["base"].str[1:]
    frame = pd.DataFrame({"Of whom": linked(whom, "fact", rows["id"]), "What is left of it": rows["as_reported"]})
    frame[PLACE] = rows[PLACE]
    return frame


def doubts() -> pd.DataFrame:
    """Return the open disagreements that touch a figure or a conclusion of the report, one row each.

    Columns: ``What is in doubt`` (leading to the disagreement), ``Our reading``, ``How much it matters``, ``Where``
    (the place in the annual report). What changes a conclusion comes first, then in the order of the text.
    Source: ``discrepancies.csv``, entries of the report alone and against other documents.
    """
    rows = store.load("discrepancies")
    left = rows["left_source"] == ANNUAL
    rows["lines"] = rows["left_lines"].where(left, rows["right_lines"])
    rows = rows[
        (left | (rows["right_source"] == ANNUAL)) & (rows["status"] == "open") & (rows["severity"] != "wording")
    ]
    rows = in_order(rows, "severity", "lines", "id", severity=store.labels("discrepancies", "severity"))
    rows = labelled(rows, "discrepancies", "severity")
    frame = pd.DataFrame({"What is in doubt": linked(rows["difference"], "discrepancy", rows["id"])})
    frame["Our reading"], frame["How much it matters"] = rows["reading"], rows["severity"]
    frame["Where"] = [place_cell(place_of_lines(ANNUAL, lines)) for lines in rows["lines"]]
    return frame


def lessons() -> pd.DataFrame:
    """Return the lessons of the report, one row each, in its order; whom it asks stands apart from whom we infer.

    Columns: ``Lesson`` (leading to its card), ``Whom it asks``, then those of the place.
    Source: unicefkz2023annual, Part 4, as coded in ``recommendations.csv``.
    """
    rows = of_document("recommendations", ANNUAL)
    rows = rows.sort_values(["number", "part"], ignore_index=True)
    frame = pd.DataFrame({"Lesson": linked(rows["statement"], "recommendation", rows["id"])})
    inferred = rows["addressee"] + " (our reading)"
    frame["Whom it asks"] = rows["addressee"].where(rows["addressee_basis"] != "inferred", inferred).replace("", NOBODY)
    frame[PLACE] = rows[PLACE]
    return frame
