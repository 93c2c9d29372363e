"""What a record can be found by: document, theme, group, place, what it rests on, stance, addressee, year, confidence.

Facets come from the columns that ``fields.toml`` describes, whatever the table; a judgement of ours has those of the
records it rests on. Columns with codes of their own are facets of their kind of record only.
"""

from __future__ import annotations

import re
from functools import cache

from evidence.data import addressees, format, store
from evidence.data.schema import kinds
from evidence.figures.calculations import input_lines
from evidence.figures.cards import card, kind_names, rests_on

NAMES = {  # of the facets that all kinds share, in the order readers see them
    "kind": "Kind of record",
    "document": "Document",
    "between": "Between or inside documents",
    "theme": "Theme",
    "group": "Group of children",
    "place": "Place",
    "evidence": "Rests on",
    "stance": "Stance",
    "addressee": "Who is asked",
    "year": "Year",
    "confidence": "Confidence",
}
BETWEEN = {"between": "Between documents", "inside": "Inside one document"}  # where the two sides of a record stand
TABLES = {"themes": "theme", "groups": "group", "places": "place"}
VOCABULARIES = {
    "evidence_type": "evidence",
    "evidence_types": "evidence",
    "stance": "stance",
    "confidence": "confidence",
}
NO_FACETS = {"unit", "table_term", "outcome_basis", "qualifier", "basis"}  # columns with codes that nobody looks for
BOTH_WAYS = {"discrepancy"}  # kinds of records that stand between documents or inside one
CONCERNS = "_concerns"
OWN = "own-"  # begins the names of facets of one kind
DATES = ("period", "date", "as_of", "since")
SPAN = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:\s*(?:[-–/]|to)\s*((?:19|20)\d\d|\d\d(?!\d|-)))?")
MOST_YEARS = 40  # of a span; a longer one is a slip


def years(text: str) -> list[str]:
    """Return the years that a date or a span of dates covers: ``2009-2012``, ``2011-12``, ``2012-05-15/2013``."""
    first = [date.partition("-")[0] if re.fullmatch(r"\d{4}-\d\d-\d\d", date) else date for date in text.split("/")]
    found: set[int] = set()
    for match in SPAN.finditer("/".join(first)):
        start = int(match[1])
        end = start if not match[2] else int(match[2] if len(match[2]) == 4 else match[1][:2] + match[2])
        is_month = match[2] and len(match[2]) == 2 and end != start + 1 and int(match[2]) <= 12
        if is_month or not start <= end <= start + MOST_YEARS:
            end = start
        found |= set(range(start, end + 1))
    return [str(year) for year in sorted(found)]


def own_columns(kind: str) -> dict[str, dict]:
    """Return the columns with codes that are facets of a kind of record only, by the name of the facet."""
    fields = store.fields_of(store.schema()[kinds()[kind]])
    return {
        OWN + name: field
        for name, field in fields.items()
        if "categories" in field and name not in VOCABULARIES and name not in NO_FACETS and not name.endswith(CONCERNS)
    }


@cache
def facets_of(kind: str, key: str) -> dict[str, list[str]]:
    """Return the codes of a record by facet, without those it has none of; raises UnknownId."""
    table = kinds()[kind]
    row, fields = store.row(table, key), store.fields_of(store.schema()[table])
    found: dict[str, list[str]] = {"kind": [kind]}
    found["document"] = list(dict.fromkeys(place.source for place in card(kind, key).places))
    if kind in BOTH_WAYS:
        found["between"] = ["between" if len(found["document"]) > 1 else "inside"]
    for name, field in fields.items():
        facet = TABLES.get(field.get("references", "").partition(".")[0]) or VOCABULARIES.get(name)
        if facet or OWN + name in own_columns(kind):
            text = str(getattr(row, name))
            _add(found, facet or OWN + name, store.items(text) if field.get("list") else [text] if text else [])
        if name in DATES:
            _add(found, "year", years(getattr(row, name)))
    if kind == "recommendation":
        _add(found, "addressee", addressees.of_recommendation(row))
    if kind == "action":
        _add(found, "addressee", addressees.of_action(row))
    if not store.schema()[table]["reports"]:
        for other in behind(kind, row, fields):
            for facet, codes in facets_of(*other).items():
                if facet in ("theme", "group", "place", "evidence"):
                    _add(found, facet, codes)
    if kind == "answer" and row.message:
        _add(found, "confidence", facets_of("message", row.message).get("confidence", []))
    return {facet: codes for facet, codes in found.items() if codes}


def behind(kind: str, row, fields: dict[str, dict]) -> list[tuple[str, str]]:
    """Return (kind, id) of the records that a judgement or a calculation of ours rests on."""
    if kind == "calc":
        inputs = [key for _, key, _, _ in input_lines(row)]
        return [("fact", key) for key in inputs if "#" not in key and not key.startswith("calc:")]
    return [record for record in rests_on(row, fields) if record[0] != "calc"]


def _add(found: dict[str, list[str]], facet: str, codes: list[str]) -> None:
    known = found.setdefault(facet, [])
    known += [code for code in dict.fromkeys(codes) if code not in known]


def facet_name(kind: str, facet: str) -> str:
    """Return what readers call a facet of a kind of record."""
    return NAMES.get(facet) or format.column(facet.removeprefix(OWN), own_columns(kind)[facet])


def label(kind: str, facet: str, code: str) -> str:
    """Return what readers see of a code of a facet."""
    named = {"document": "sources", "theme": "themes", "group": "groups", "place": "places", "addressee": "addressees"}
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
    return store.fields_of(store.schema()[kinds()[kind]])
