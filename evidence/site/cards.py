"""One card per record: what registers list, popovers show and the search finds.

A card has a head (what the record says), pairs of label and text, and its places in the
documents. Kinds are the record types readers can be sent to.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

import evidence.derivations  # noqa: F401  (declares the calculations)
from evidence import store
from evidence.calculations import CALCULATIONS, calc_reads, calculation, input_lines
from evidence.provenance import UnknownId, described, fact, facts, names, page_label, reads
from evidence.relations import CODE_TABLES, relations


class Place(NamedTuple):
    """A place in a document: key of the document, page, and what a reader sees."""

    source: str
    page: str
    label: str


class Card(NamedTuple):
    """What the site shows of one record."""

    kind: str
    id: str
    head: str
    pairs: list[tuple[str, str]]
    places: list[Place]
    text: str  # how it reads in a sentence


class Kind(NamedTuple):
    """A type of record: its table, the name readers see, and how head and link text are made."""

    table: str
    name: str
    head: Callable
    text: Callable


KINDS: dict[str, Kind] = {
    "finding": Kind("findings", "Finding", lambda row: row.statement, lambda row: "finding"),
    "recommendation": Kind(
        "recommendations",
        "Recommendation",
        lambda row: f"{'Lesson ' * (row.kind == 'lesson')}{row.number}{row.part and f' ({row.part})'}. {row.statement}",
        lambda row: f"{row.kind.capitalize()} {row.number}{row.part and f' ({row.part})'}",
    ),
    "discrepancy": Kind("discrepancies", "Discrepancy", lambda row: row.difference, lambda row: "sources disagree"),
    "barrier": Kind("barriers", "Barrier", lambda row: row.barrier, lambda row: "barrier"),
    "risk-factor": Kind(
        "risk_factors",
        "Risk factor",
        lambda row: row.factor or f"{row.dimension}: no information",
        lambda row: "factor",
    ),
    "risk-point": Kind("risk_points", "Risk point", lambda row: row.name, lambda row: row.name.lower()),
    "mechanism": Kind("mechanisms", "Mechanism", lambda row: row.name, lambda row: row.name),
    "practice": Kind(
        "practices",
        "Practice abroad",
        lambda row: f"{row.name} ({row.country})" if row.country else row.name,
        lambda row: row.name,
    ),
    "instrument": Kind("instruments", "Instrument", lambda row: row.name, lambda row: row.name),
    "message": Kind("synthesis", "Key message", lambda row: plain_statement(row.statement), lambda row: "key message"),
    "term": Kind("glossary", "Term", lambda row: row.term, lambda row: row.term),
    "event": Kind("events", "Event", lambda row: row.name, lambda row: row.name),
    "contribution": Kind("contributions", "Contribution", lambda row: row.statement, lambda row: "contribution"),
    "method": Kind("methods", "Method", lambda row: f"{row.study}: {row.method}", lambda row: row.method),
    "theory": Kind("theory_nodes", "Theory of change", lambda row: row.statement, lambda row: row.kind),
    "question": Kind(
        "evaluation_questions",
        "Evaluation question",
        lambda row: f"{row.number} {row.name}",
        lambda row: f"question {row.number}",
    ),
    "action": Kind("actions", "Action", lambda row: f"A{row.number}. {row.statement}", lambda row: f"A{row.number}"),
    "service": Kind("services", "Service", lambda row: row.name, lambda row: row.name),
    "prohibition": Kind(
        "prohibitions",
        "Prohibition",
        lambda row: f"{row.form}, {row.setting}: {row.status}".replace("-", " ").capitalize(),
        lambda row: row.status.replace("-", " "),
    ),
    "measurement": Kind("measurements", "Measurement of violence", lambda row: row.name, lambda row: row.name),
    "case": Kind(
        "cases", "Coded case", lambda row: f"{row.form.replace(';', ', ')}; {row.setting}", lambda row: "case"
    ),
    "step": Kind(
        "case_steps",
        "Step of a coded journey",
        lambda row: f"{row.order}. {row.sector.replace('-', ' ')}: {row.what} ({row.result})",
        lambda row: "step",
    ),
    "comparison": Kind(
        "baseline_pairs",
        "Comparison with 2011",
        lambda row: f"{row.matter}: {row.change}, by our reading",
        lambda row: row.matter.lower(),
    ),
    "body": Kind("bodies", "Body", lambda row: row.name, lambda row: row.name),
    "system": Kind("systems", "Information system", lambda row: row.name, lambda row: row.name),
}
ROLE = re.compile(r"\{(\w+)\}`(?:([^`<]+?)\s*<)?([^`<>]+)>?`")  # kind, text of ours if any, id


def plain_statement(text: str) -> str:
    """Return a statement with its roles replaced by what they print."""
    return ROLE.sub(lambda match: match[2] or card(match[1], match[3]).text, text)


LINE = re.compile(r"\b[Ll]ines? (\d{1,4})(?:-\d{1,4})?\b")
NAMES = {"fact": "Fact", "calc": "Our calculation", **{key: kind.name for key, kind in KINDS.items()}}
NOT_IN_PAIRS = {
    "statement",
    "page",
    "order",
    "id",
    "source",
    "lines",
    "page_basis",
    "locator",
    "expect",
    "right_source",
    "table_lines",
    "section",
    "left_source",
}


def page_place(source: str, page: str, basis: str, locator: str = "") -> Place:
    """Return a place as readers see it: short name of the document, page, locator."""
    label = ", ".join(filter(None, [names("sources")[source], page_label(page, basis), locator]))
    return Place(source, page, label)


def row_place(row) -> Place:
    """Return the place of a row that reports a document."""
    return page_place(row.source, row.page, row.page_basis, row.locator)


@cache
def pages() -> list[tuple[str, int, int, str, str]]:
    """Return (source, first line, last line, page, basis) of every known page."""
    frame = store.load("pages")
    return [
        (row.source, *store.line_range(row.lines), row.page, row.page_basis) for row in frame.itertuples(index=False)
    ]


def place_of_lines(source: str, lines: str) -> Place:
    """Return the place of a range of lines of a document."""
    first = store.line_range(lines)[0]
    for key, start, end, page, basis in pages():
        if key == source and start <= first <= end:
            return page_place(source, page, basis)
    return page_place(source, "", "none")


def paged(text: str, source: str) -> str:
    """Return a text with the lines of a document it points to ("line 1154") as pages, where they are known."""

    def page(match) -> str:
        place = place_of_lines(source, match[1])
        return page_label(place.page, "printed") if place.page else match[0]

    return LINE.sub(page, text)


@cache
def _readable(reference: str) -> dict[str, str]:
    """Return the readable name of the ids a column refers to."""
    frame = store.load(reference.split(".")[0])
    return dict(zip(frame["id"], frame["name" if "name" in frame else "short_name"]))


def _pairs(table: str, row, head: str) -> list[tuple[str, str]]:
    pairs = []
    for name, field in store.fields(store.schema()[table]).items():
        value = getattr(row, name)
        if (
            name in NOT_IN_PAIRS
            or value in ("", False)
            or value is None
            or str(value) in ("<NA>", "nan")
            or value == head
        ):
            continue
        text = "yes" if value is True else str(value)
        if "references" in field and field["references"].split(".")[0] not in CODE_TABLES:
            continue  # a relation to another record, which registers link
        if "references" in field:
            labels = _readable(field["references"])
            text = ", ".join(labels[item] for item in text.split(";"))
        elif field.get("list"):
            text = text.replace(";", ", ").replace("_", " ")
        if "codes" in field or "enum" in field.get("constraints", {}):
            text = text.replace("-", " ")
        pairs.append((name.replace("_", " ").capitalize(), paged(text, getattr(row, "source", ""))))
    return pairs


SEVERITY = {
    "changes-a-conclusion": "it changes a conclusion",
    "changes-a-figure": "it changes a figure",
    "wording": "it is a matter of wording",
}


def _discrepancy_pairs(row) -> list[tuple[str, str]]:
    here, there = (place_of_lines(row.left_source, row.left_lines), place_of_lines(row.right_source, row.right_lines))
    return [
        ("Here", f"{row.left_says} ({here.label})"),
        ("There", f"{row.right_says} ({there.label})"),
        ("Our reading", paged(row.reading, row.left_source)),
        ("Kind", f"{row.kind}; {SEVERITY[row.severity]}; {row.status}"),
    ]


@cache
def _rows(kind: str) -> dict[str, object]:
    return {row.id: row for row in store.load(KINDS[kind].table).itertuples(index=False)}


def ids(kind: str) -> list[str]:
    """Return the ids of every record of a kind."""
    if kind == "fact":
        return list(facts())
    if kind == "calc":
        return list(CALCULATIONS)
    if kind == "discrepancy":  # those that matter most come first
        return sorted(_rows(kind), key=lambda key: (list(SEVERITY).index(_rows(kind)[key].severity), key))
    return list(_rows(kind))


def _fact_card(key: str) -> Card:
    item = fact(key)
    pairs = [(label, paged(text, item.source)) for label, text in described(item)]
    return Card("fact", key, names("indicators")[item.indicator], pairs, [row_place(item)], reads(item))


def _calculation_card(key: str) -> Card:
    item = calculation(key)
    formula = " ".join((item.formula.__doc__ or "").split("\n\n")[0].replace("``", "").split())
    pairs = [("Formula", formula), ("Of whom", item.base), ("As of", item.period)]
    pairs += [(f"Input: {name}", f"{shown} ({where})") for name, _, shown, where in input_lines(item)]
    places = [_facts_place(reference) for reference in item.inputs.values()]
    distinct = list(dict.fromkeys(place for place in places if place))
    return Card("calc", key, item.label, [pair for pair in pairs if pair[1]], distinct, calc_reads(key))


def _facts_place(reference: str) -> Place | None:
    from evidence.calculations import cell_row

    if reference.startswith("calc:"):
        return None
    return row_place(cell_row(reference) if "#" in reference else fact(reference))


@cache
def card(kind: str, key: str) -> Card:
    """Return the card of a record; raises :class:`evidence.provenance.UnknownId`."""
    if kind == "fact":
        return _fact_card(key)
    if kind == "calc":
        return _calculation_card(key)
    try:
        row = _rows(kind)[key]
    except KeyError:
        raise UnknownId(NAMES[kind].lower(), key, _rows(kind)) from None
    spec = KINDS[kind]
    head = spec.head(row)
    pairs = _discrepancy_pairs(row) if kind == "discrepancy" else _pairs(spec.table, row, head)
    return Card(kind, key, head, pairs, places_of(kind, row), spec.text(row))


def related(kind: str, key: str) -> dict[str, list[tuple[str, str]]]:
    """Return (kind, id) of the records a record has to do with, by what they have to do with each other."""
    found: dict[str, list] = {}
    kinds = {spec.table: name for name, spec in KINDS.items()} | {"facts": "fact"}
    for label, table, other in relations().get((KINDS[kind].table if kind in KINDS else "facts", key), ()):
        found.setdefault(label, []).append((kinds[table], other))
    return found


def places_of(kind: str, row) -> list[Place]:
    """Return the distinct places in the documents that a record rests on."""
    if kind == "discrepancy":
        places = [place_of_lines(row.left_source, row.left_lines), place_of_lines(row.right_source, row.right_lines)]
    elif kind == "message":
        named = [(kind, key) for kind, _, key in ROLE.findall(row.statement)] + [
            ("fact", key) for key in row.facts.split(";") if key
        ]
        places = [place for kind, key in named for place in card(kind, key).places]
        places += [row_place(_rows("finding")[key]) for key in row.findings.split(";") if key]
    else:
        places = [row_place(row)]
    return list(dict.fromkeys(places))


def plain(item: Card) -> str:
    """Return the details of a card as text, for the search index, which has its head as title."""
    details = "; ".join(f"{label}: {text}" for label, text in item.pairs if text != item.head)
    return f"{details}. {'; '.join(place.label for place in item.places)}"
