"""What a record can be found by: document, theme, group, place, what it rests on, who is asked, year, confidence.

Facets come from the columns that ``fields.toml`` describes, whatever the table; a judgement of ours has those of the
records it rests on, but for those it has columns of, and a fact the themes of its indicator. Columns with codes of
their own are facets of their kind only.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from evidence.data import addressees, format, store
from evidence.data.dates import years
from evidence.data.schema import kinds
from evidence.figures.calculations import input_lines, is_printed
from evidence.figures.cards import card, kind_names, rests_on
from evidence.figures.sureness import CONCERNS, levels_behind

NAMES = {  # of the facets that all kinds share, in the order readers see them
    "kind": "Kind of record",
    "document": "Document",
    "subject": "Topic",
    "between": "Between or inside documents",
    "theme": "Theme",
    "group": "Group of children",
    "place": "Place",
    "evidence": "Rests on",
    "stance": "Stance",
    "addressee": "Who is asked",
    "year": "Year",
    "confidence": "Confidence",
    "empty": "Why it is open",
}
BETWEEN = {"between": "Between documents", "inside": "Inside one document"}  # where the two sides of a record stand
TABLES = {"themes": "theme", "groups": "group", "places": "place"}
VOCABULARIES = {
    "evidence_type": "evidence",
    "evidence_types": "evidence",
    "stance": "stance",
    "confidence": "confidence",
    "empty": "empty",
}
NO_FACETS = {"unit", "table_term", "outcome_basis", "qualifier", "basis"}  # columns with codes that nobody looks for
BOTH_WAYS = {"discrepancy"}  # kinds of records that stand between documents or inside one
JOINT = ("document", "theme", "group", "place", "evidence")  # facets that a message or an answer takes from its records
OWN = "own-"  # begins the names of facets of one kind
DATES = ("period", "date", "as_of", "since")


def own_columns(kind: str) -> dict[str, dict]:
    """Return the columns with codes that are facets of a kind of record only, by the name of the facet."""
    fields = store.fields(kinds()[kind])
    return {
        OWN + name: field
        for name, field in fields.items()
        if "categories" in field and name not in VOCABULARIES and name not in NO_FACETS and not name.endswith(CONCERNS)
    }


@cache
def themes_of_indicators() -> dict[str, list[str]]:
    """Return the themes of each indicator that has some, by its id."""
    return {row.indicator: store.items(row.themes) for row in store.rows("indicator_themes").values() if row.themes}


FOLLOWING: dict[str, tuple[str, Callable]] = {  # kinds of records whose codes of a facet follow from another table
    "fact": ("theme", lambda row: themes_of_indicators().get(row.indicator, [])),
    "recommendation": ("addressee", addressees.of_recommendation),
    "action": ("addressee", addressees.of_action),
}
TAKEN_OVER = ("theme", "group", "place", "evidence")  # facets that a judgement has from what it rests on


@cache
def facets_of(kind: str, key: str) -> dict[str, list[str]]:
    """Return the codes of a record by facet, without those it has none of; raises UnknownId."""
    table = kinds()[kind]
    row, fields = store.row(table, key), store.fields(table)
    found: dict[str, list[str]] = {"kind": [kind]}
    found["document"] = list(dict.fromkeys(place.source for place in card(kind, key).places))
    if kind in BOTH_WAYS:
        found["between"] = ["between" if len(found["document"]) > 1 else "inside"]
    for name, field in fields.items():
        _add(found, *_codes_in(kind, name, field, row))
        if name in DATES:
            _add(found, "year", years(getattr(row, name)))
    if kind in FOLLOWING:
        facet, codes_of = FOLLOWING[kind]
        _add(found, facet, codes_of(row))
    if not store.schema()[table]["reports"]:
        own = {TABLES.get(store.target_of(field)) for field in fields.values()}
        _take_over(found, behind(kind, row), [facet for facet in TAKEN_OVER if facet not in own])
    if kind == "answer":
        _add(found, "confidence", levels_behind(row))
    return {facet: codes for facet, codes in found.items() if codes}


def _codes_in(kind: str, column: str, field: dict, row) -> tuple[str, list[str]]:
    """Return the facet that a column of a record fills, and its codes there; "" and none where it fills none."""
    own = OWN + column if OWN + column in own_columns(kind) else ""
    facet = TABLES.get(store.target_of(field)) or VOCABULARIES.get(column) or own
    text = str(getattr(row, column)) if facet else ""
    return facet, store.items(text) if field.get("list") else [text] if text else []


def _take_over(found: dict[str, list[str]], records: list[tuple[str, str]], facets: list[str]) -> None:
    """Add the codes that records have in some facets."""
    for record in records:
        for facet, codes in facets_of(*record).items():
            if facet in facets:
                _add(found, facet, codes)


def parts_of(kind: str, key: str) -> list[dict[str, list[str]]]:
    """Return, of each record that a message or an answer rests on, the codes of :data:`JOINT` facets; [] for others.

    A message that rests on a finding on poverty of one document and a finding on bullying of another says nothing of
    poverty in the second: what is asked of several of these facets has to hold for one of its records.
    """
    if kind not in ("message", "answer"):
        return []
    found = [facets_of(*record) for record in dict.fromkeys(behind(kind, store.row(kinds()[kind], key)))]
    return [{facet: codes for facet, codes in facets.items() if facet in JOINT} for facets in found]


def behind(kind: str, row) -> list[tuple[str, str]]:
    """Return (kind, id) of the records that a judgement or a calculation of ours rests on."""
    if kind == "calc":
        inputs = [key for _, key, _, _ in input_lines(row)]
        return [("fact", key) for key in inputs if "#" not in key and is_printed(key)]
    return [record for record in rests_on(kinds()[kind], row) if record[0] != "calc"]


def _add(found: dict[str, list[str]], facet: str, codes: list[str]) -> None:
    known = found.setdefault(facet, [])
    known += [code for code in dict.fromkeys(codes) if code not in known]


def facet_name(kind: str, facet: str) -> str:
    """Return what readers call a facet of a kind of record."""
    return NAMES.get(facet) or format.column(facet.removeprefix(OWN), own_columns(kind)[facet])


def label(kind: str, facet: str, code: str) -> str:
    """Return what readers see of a code of a facet."""
    named = {
        "document": "sources",
        "subject": "subjects",
        "theme": "themes",
        "group": "groups",
        "place": "places",
        "addressee": "addressees",
    }
    if facet in named:
        return store.names(named[facet])[code]
    if facet == "kind":
        return kind_names()[code]
    if facet == "year":
        return code
    if facet == "between":
        return BETWEEN[code]
    column = next(
        (name for name, shared in VOCABULARIES.items() if shared == facet and name in _fields(kind)),
        facet.removeprefix(OWN),
    )
    if column not in _fields(kind):  # taken over from a record of another kind
        return store.labels("facts", "evidence_type")[code] if facet == "evidence" else code
    return {item["value"]: item["label"] for item in _fields(kind)[column]["categories"]}[code]


def _fields(kind: str) -> dict[str, dict]:
    return store.fields(kinds()[kind])


def coder(facets: list[dict]) -> Callable[[dict[str, list[str]]], list[list[int]]]:
    """Return what turns the codes of a record by facet into their places among the codes of each facet.

    A facet has its ``id`` and its ``codes``, pairs of a code and its label in their order.
    """
    known = [(facet["id"], {code: place for place, (code, _) in enumerate(facet["codes"])}) for facet in facets]
    return lambda record: [[places[code] for code in record.get(facet, [])] for facet, places in known]
