"""One card per record: what registers list, popovers show and the search finds.

A card has a head (what the record says), pairs of label and text, and its places in the documents. Kinds of records,
their heads and the columns that cards show are those of ``fields.toml``.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from evidence.data import format, store
from evidence.data.disagreements import severity_rank
from evidence.data.records import CALLS, Place, place_of_lines, place_of_row
from evidence.data.relations import linked, relations
from evidence.data.review_findings import newest_year, silent, supporting
from evidence.data.schema import kind_of_table, kinds
from evidence.figures import sentences
from evidence.figures.calculations import cell_row, formula_of, input_lines, is_printed

LINES = r"\d{1,4}(?:-\d{1,4})?"
LINE = re.compile(
    rf"\b(?:(?:(at|in|on) )?([Ll])ines? |(at) (?=\d{{3}}))({LINES}(?:(?:, | and |, and ){LINES})*)(?![\d%-]|\.\d)"
)
BETWEEN = re.compile(r", and |, | and ")  # numbers of lines
UNNUMBERED = "an unnumbered page"
BASES = {"inferred": "inferred, not printed", "none": "not known"}  # of page numbers that are not printed
NUMBERS = ("fact", "calc")  # kinds that print a number; names of others, such as helplines, may hold one too


class Card(NamedTuple):
    """What is shown of one record."""

    kind: str
    id: str
    head: str
    pairs: list[tuple[str, str]]
    places: list[Place]
    text: str  # how it reads in a sentence
    folded: tuple[tuple[str, str], ...] = ()  # notes on the extraction, as pairs


@cache
def kind_names() -> dict[str, str]:
    """Return what readers call each kind of record."""
    return {kind: store.schema()[table]["record"]["name"] for kind, table in kinds().items()}


def paged(text: str, source: str) -> str:
    """Return a text with the lines of a document it points to ("at line 1154") as pages ("on p. 35").

    Line numbers are those of the text we read; readers have pages, where they are known.
    """

    def page(match) -> str:
        places = [place_of_lines(source, lines) for lines in BETWEEN.split(match[4])]
        labels = dict.fromkeys(format.page(place.page) if place.page else UNNUMBERED for place in places)
        words = " and ".join(labels)
        if match[1] or match[3]:
            return f"on {words}"
        return format.capitalised(words) if match[2] == "L" and words.startswith(UNNUMBERED) else words

    return LINE.sub(page, text)


def languages(kind: str) -> dict[str, str]:
    """Return the language of the texts of a card that are not in English, by label: ``{"In Russian": "ru"}``."""
    fields = store.fields(kinds()[kind])
    return {format.column(name, field): field["lang"] for name, field in fields.items() if "lang" in field}


def pairs_of(table: str, row, head: str, is_folded: bool = False) -> list[tuple[str, str]]:
    """Return (label, text) of the cells of a row that its card shows, or folds, without the empty ones and the head."""
    found = []
    for name, field in store.fields(table).items():
        cell = getattr(row, name)
        relates = "references" in field and not store.schema()[store.target_of(field)]["codes"]
        if field.get("card") is False or relates or cell is False or format.is_empty(cell):
            continue
        if bool(field.get("fold")) is not is_folded:
            continue
        text = "yes" if cell is True else format.value(str(cell), field)
        text = sentences.plain(text) if field.get("sentence") else text
        if text != head:
            found.append((format.column(name, field), paged(text, getattr(row, "source", ""))))
    return found


def details(item: Card) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Return the details of a card that its reader needs at once, and the others.

    The first are those of the columns that ``fields.toml`` puts first; all, where the details are the record itself.
    """
    fields = store.fields(kinds()[item.kind])
    if item.kind in OWN_PAIRS:
        return item.pairs, []
    labels = {format.column(name, field) for name, field in fields.items() if field.get("card") == "first"}
    first = [pair for pair in item.pairs if pair[0] in labels]
    return first, [pair for pair in item.pairs if pair[0] not in labels]


def _discrepancy_pairs(row) -> list[tuple[str, str]]:
    """Return both sides, our reading of them and what to do about them; the advice only where there is one."""
    fields = store.fields("discrepancies")
    shown = {name: format.value(getattr(row, name), fields[name]) for name in ("kind", "severity", "status")}
    here, there = (format.place(place) for place in places_of("discrepancy", row))
    return [
        ("Here", f"{paged(row.left_says, row.left_source)} ({here})"),
        ("There", f"{paged(row.right_says, row.right_source)} ({there})"),
        ("Our reading", paged(row.reading, row.left_source)),
        *([("What to do", paged(row.advice, row.left_source))] if row.advice else []),
        (
            "Kind",
            f"{shown['kind']}; it is {shown['severity']}; {shown['status']}".replace("it is changes", "it changes"),
        ),
    ]


def _calculation_pairs(item) -> list[tuple[str, str]]:
    formula = " ".join((formula_of(item).__doc__ or "").split("\n\n")[0].replace("``", "").split())
    pairs = [("Formula", formula), ("Of whom", item.base), ("As of", item.period)]
    pairs += [(f"Input: {name}", f"{shown} ({where})") for name, _, shown, where in input_lines(item)]
    return [pair for pair in pairs if pair[1]]


def _review_pairs(row) -> list[tuple[str, str]]:
    """Return what follows from the evidence of a review finding: who supports it, who is silent, how old it is."""
    names = store.names("sources")
    year, is_named = newest_year(row.id)
    return [
        ("Supported by documents", ", ".join(names[source] for source in supporting(row.id))),
        ("Says nothing on it", ", ".join(names[source] for source in silent(row.id)) or "none"),
        ("Newest year", f"{year}" if is_named else f"{year} (that of its document)"),
    ]


WORKED_OUT = {"review-finding": _review_pairs}  # details beside those that are columns
OWN_PAIRS = {"discrepancy": _discrepancy_pairs, "calc": _calculation_pairs}  # details that are no columns


# Kinds of records of two places, each with the beginnings of the columns that name them.
SIDES = {"discrepancy": ("left", "right"), "thread": ("earlier", "later")}


def sides_of(kind: str, row) -> list[tuple[str, str]]:
    """Return document and lines of each place of a record of two places; one where the second is empty."""
    sides = [(getattr(row, f"{side}_source"), getattr(row, f"{side}_lines")) for side in SIDES[kind]]
    return [side for side in sides if side[0]]


def places_of(kind: str, row) -> list[Place]:
    """Return the places in the documents that a record rests on."""
    if kind == "calc":
        return [place_of_row(input_row(key)) for _, key, _, _ in input_lines(row) if is_printed(key)]
    if kind in SIDES:
        return [place_of_lines(*side) for side in sides_of(kind, row)]
    table = store.schema()[kinds()[kind]]
    if not table["reports"]:  # a judgement of ours: the places of the records it rests on
        return [place for kind, key in rests_on(table["name"], row) for place in card(kind, key).places]
    return [place_of_row(row)]


def rests_on(table: str, row) -> list[tuple[str, str]]:
    """Return (kind, id) of the records that sentences of a row name, its columns list and links lead to from it.

    What a document asks for comes last: what is known rests on what it found.
    """
    fields = store.fields(table)
    named = [
        record for name in fields if fields[name].get("sentence") for record in sentences.records_in(getattr(row, name))
    ]
    for name, field in fields.items():
        kind = kind_of_table().get(store.target_of(field))
        if field.get("list") and kind:
            named += [(kind, key) for key in store.items(getattr(row, name))]
    named += [(kind_of_table()[other], key) for other, key in linked(table, row.id)]
    return sorted(named, key=lambda record: record[0] in CALLS)


def input_row(reference: str):
    """Return the row that an input of a calculation is read from: of a printed table, or a fact."""
    return cell_row(reference) if "#" in reference else store.row("facts", reference)


def ids(kind: str) -> list[str]:
    """Return the ids of every record of a kind, those that matter most to a reader first."""
    rows = store.rows(kinds()[kind])
    if kind != "discrepancy":
        return list(rows)
    return sorted(rows, key=lambda key: (severity_rank(rows[key]), key))


@cache
def head_of(kind: str, key: str) -> str:
    """Return the head of the card of a record; raises :class:`evidence.data.store.UnknownId`."""
    table = kinds()[kind]
    resource, row = store.schema()[table], store.row(table, key)
    head = sentences.plain(format.filled(resource["record"]["head"], row, store.fields_of(resource)))
    return paged(head, getattr(row, "left_source", "") or getattr(row, "source", ""))


@cache
def card(kind: str, key: str) -> Card:
    """Return the card of a record; raises :class:`evidence.data.store.UnknownId`."""
    table, head = kinds()[kind], head_of(kind, key)
    row = store.row(table, key)
    pairs = OWN_PAIRS.get(kind)
    shown = pairs(row) if pairs else pairs_of(table, row, head)
    shown += WORKED_OUT[kind](row) if kind in WORKED_OUT else []
    places = list(dict.fromkeys(places_of(kind, row)))
    folded = () if pairs else tuple(pairs_of(table, row, head, is_folded=True))
    return Card(kind, key, head, shown, places, sentences.plain(sentences.reads(kind, key)), folded)


def noted(item: Card) -> list[tuple[str, str]]:
    """Return (label, text) of what only those need who check a record: notes on the extraction, lines, its page."""
    row = store.row(kinds()[item.kind], item.id)
    found = [*item.folded]
    if lines := getattr(row, "lines", ""):
        found.append(("Lines of the supplied text", lines))
    if basis := BASES.get(getattr(row, "page_basis", "")):
        found.append(("Page number", basis))
    return found


def related(kind: str, key: str) -> dict[str, list[tuple[str, str]]]:
    """Return (kind, id) of the records a record has to do with, by what they have to do with each other."""
    found: dict[str, list] = {}
    for label, table, other in relations().get((kinds()[kind], key), ()):
        found.setdefault(label, []).append((kind_of_table()[table], other))
    return found


def plain(item: Card) -> str:
    """Return the details of a card as text, for the search index, which has its head as title."""
    details = "; ".join(f"{label}: {text}" for label, text in (*item.pairs, *item.folded) if text != item.head)
    return f"{details}. {'; '.join(format.place(place) for place in item.places)}"


def in_full(item: Card) -> str:
    """Return a card as text, a line for what it says, for each detail and for each place."""
    lines = [f"{kind_names()[item.kind]} {item.id}: {item.text}"]
    lines += [item.head] if item.head != item.text else []
    lines += [f"  {label}: {text}" for label, text in (*item.pairs, *noted(item))]
    lines += [f"  Where: {format.place(place)}" for place in item.places]
    return "\n".join(lines)


class Text(str):
    """A text that a notebook shows as it is, its lines as lines."""

    def __repr__(self) -> str:
        return str(self)


def about(key: str) -> Text:
    """Return the cards of the records with an id as text: what a role such as ``{fact}`id` `` stands for.

    Kinds of records may share an id; then there is a card of each. Raises :class:`evidence.data.store.UnknownId`.
    """
    found = [card(kind, key) for kind, table in kinds().items() if key in store.rows(table)]
    if not found:
        raise store.UnknownId("record", key, [name for kind in kinds() for name in ids(kind)])
    return Text("\n\n".join(map(in_full, found)))


def tables_behind(kind: str) -> set[str]:
    """Return the tables that the cards of a kind rest on."""
    return {kinds()[kind], "pages", "sources"} | {name for name, table in store.schema().items() if table["codes"]}
