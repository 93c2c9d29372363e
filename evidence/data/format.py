"""How values read: numbers, per cents, facts in sentences, places, records by their templates."""

from __future__ import annotations

import math
import re

from evidence.data import dates, store
from evidence.data.records import Place
from evidence.data.schema import PLACEHOLDER

LOST = "lost_in_source"  # flag of a fact whose figure the text supplied has lost
MISSING = "number missing in our copy"  # how such a fact reads
SIGNS = {"percent": "%", "percent_points": " points"}  # written after a number of this unit


def number(value: float, unit: str = "", digits: int = 0) -> str:
    """Return a number as readers see it: ``1,756``, ``12.2%``, ``−3.1``."""
    if math.isnan(value):
        return "not given"
    return f"{value:,.{digits}f}{SIGNS.get(unit, '')}".replace("-", "−")


def per_cent(value: float) -> str:
    """Return a share as readers see it, with one decimal where it has any: ``45%``, ``39.5%``."""
    return number(value, "percent", 0 if float(value).is_integer() else 1)


def is_empty(value) -> bool:
    """Return whether a cell holds nothing: no text, no number, no date."""
    return value is None or str(value) in ("", "nan", "<NA>", "NaT")


def capitalised(text: str) -> str:
    """Return a text as it begins a sentence: its first letter a capital, the others as they are."""
    return text[:1].upper() + text[1:]


def lowered(text: str) -> str:
    """Return a text as it goes on a sentence: its first letter small, unless a short form begins it."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def cell(value, digits: int | None = None) -> str:
    """Return a cell of a table as shown: with so many ``digits``, else none in whole numbers and one otherwise.

    Nothing is "–".
    """
    if isinstance(value, str):
        return value
    if is_empty(value):
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    usual = 0 if float(value).is_integer() else 1
    return number(float(value), digits=usual if digits is None else digits)


def _separated(digits: str, item) -> str:
    """Return digits with separators, unless they are a year told in the same words as the value."""
    is_year = int(digits) in dates.POSSIBLE and int(digits) not in (item.value, item.value_high)
    return digits if is_year else f"{int(digits):,}"


def as_printed(item) -> str:
    """Return a fact as printed, with its "over" or "about".

    Only the typography is ours: thousands separators, the per cent sign, dashes in ranges.
    """
    text = item.as_reported
    if item.value >= 1000 and item.unit != "year":  # 7.648 and 24 000 are thousands in some documents
        text = re.sub(r"(?<=\d)[ .](?=\d{3}\b)", ",", text)
    if item.unit != "year":
        text = re.sub(r"(?<![\d,.])\d{4,}(?![\d,])", lambda match: _separated(match[0], item), text)
    text = re.sub(r"(?<=\d)\s*(?:%|per ?cent\b)", SIGNS["percent"], text)
    text = re.sub(r"(?<=\d)-(?=\d)", "–", text)
    return text if text[:2].isupper() and text[:2].isalpha() else lowered(text)


def reads(item) -> str:
    """Return how a fact reads in a sentence: as printed, or as ``in_sentence`` words it where that fits none.

    What is left around a number that is lost says nothing: that it is missing does.
    """
    if LOST in store.items(item.flags):
        return MISSING
    return item.in_sentence or as_printed(item)


def page(page: str) -> str:
    """Return a page as readers see it; how it is known is said once, on the page of its document."""
    if not page:
        return "page not known"
    return f"pp. {page.replace('-', '–')}" if "-" in page else f"p. {page}"


def place(where: Place, with_document: bool = True) -> str:
    """Return a place as readers see it: short name of the document, page, locator."""
    document = store.names("sources")[where.source] if with_document else ""
    return ", ".join(filter(None, [document, page(where.page), where.locator]))


def column(name: str, field: dict) -> str:
    """Return what readers see of a column; a school year in its name reads ``2010-11``."""
    years = re.sub(r"(?<=\d{4})_(?=\d\d(?!\d))", "-", name)
    return field.get("label") or years.replace("_", " ").capitalize()


def value(text: str, field: dict) -> str:
    """Return a cell as readers see it: labels for codes, names for keys, dates in words, commas between items.

    A code or a key that is not known stays as it is: the check of the schema names it.
    """
    found = store.items(text) if field.get("list") else [text] if text else []
    if "categories" in field:
        known = {category["value"]: category["label"] for category in field["categories"]}
        found = [known.get(item, item) for item in found]
    elif "references" in field:
        table = store.target_of(field)
        if store.schema()[table]["codes"]:
            found = [store.names(table).get(item, item) for item in found]
    elif field.get("dates"):
        found = [dates.reads(item) for item in found]
    return ", ".join(found)


def filled(template: str, row, fields: dict[str, dict]) -> str:
    """Return a template of ``fields.toml`` with the cells of a row: ``"{number}[ ({part})] || {name}"``.

    A part in brackets is left out where one of its cells is empty; of alternatives (``||``) the first without
    an empty cell outside brackets is taken.
    """

    def cells(text: str) -> str:
        return PLACEHOLDER.sub(lambda match: value(str(getattr(row, match[1])), fields[match[1]]), text)

    def is_full(text: str) -> bool:
        return not any(is_empty(getattr(row, name)) for name in PLACEHOLDER.findall(text))

    for alternative in template.split(" || "):
        if is_full(re.sub(r"\[.*?\]", "", alternative)):
            whole = re.sub(r"\[(.*?)\]", lambda match: match[1] if is_full(match[1]) else "", alternative)
            return cells(whole)
    return row.id
