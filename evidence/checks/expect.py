"""What ``expect`` of a discrepancy may call: the functions here, by their names.

A fact is named by its id, a cell as ``table#row/column``, rows of a table by filters such as ``"place=almaty-city"`` or
``"kind!=print"``, all of which hold.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from evidence.checks.texts import passage
from evidence.data import format, records, store
from evidence.figures import calculations

FIELDS = ("period", "base", "age", "locator", "unit", "qualifier", "measured_by", "note")  # of a fact, as functions


def _matching(table: str, filters: tuple[str, ...]) -> list[dict[str, Any]]:
    """Return the rows of a table that match, by column; raises KeyError and ValueError for a filter that is none."""
    if table not in store.schema():
        raise KeyError(f"no table {table!r}")
    found = [dict(zip(_columns(table), row)) for row in store.rows(table).values()]
    for condition in filters:
        column, wanted = re.split(r"!?=", condition, maxsplit=1)
        found = [row for row in found if (str(row[column]) == wanted) != ("!=" in condition)]
    return found


@cache
def _columns(table: str) -> tuple[str, ...]:
    """Return the columns of a table as loaded; of its rows as values some have other names (``from``)."""
    return tuple(store.load(table).columns)


def _column(table: str, column: str, filters: tuple[str, ...]) -> list[float]:
    """Return the numbers of a column in the rows that match."""
    if column not in store.fields(table):
        raise KeyError(f"no column {column!r} in {table}")
    return [float(row[column]) for row in _matching(table, filters) if not pd.isna(row[column])]


def _number(id: str, column: str) -> float:
    value = getattr(records.fact(id), column)
    if value != value:
        raise ValueError(f"{id} has no {column}")
    return float(value)


def fact(id: str) -> float:
    """Return the value of a fact."""
    return _number(id, "value")


def high(id: str) -> float:
    """Return the upper end of a fact that is a range."""
    return _number(id, "value_high")


def printed(id: str) -> str:
    """Return the figure of a fact as it is printed."""
    return records.fact(id).as_reported


def flags(id: str) -> str:
    """Return the flags of a fact, separated by ";"."""
    return records.fact(id).flags


def cell(reference: str) -> float:
    """Return the number in a cell of any table."""
    return calculations.cell(reference)


def entry(reference: str) -> str:
    """Return the text in a cell of any table."""
    row, column = calculations.cell_row(reference), reference.rpartition("/")[2]
    return str(row._asdict()[column])


def count(table: str, *filters: str) -> int:
    """Return how many rows of a table match."""
    return len(_matching(table, filters))


def total(table: str, column: str, *filters: str) -> float:
    """Return the sum of a column over the rows that match."""
    return float(sum(_column(table, column, filters)))


def largest(table: str, column: str, *filters: str) -> float:
    """Return the largest number of a column in the rows that match."""
    return max(_column(table, column, filters))


def says(lines: str, phrase: str, document: str = "", *, texts: dict[str, Path]) -> bool:
    """Return whether lines of a document (else of the left side's) hold a phrase; tried where the source texts are."""
    can_be_said(lines, phrase, document)
    return phrase.lower() in passage(texts[document], lines)


def can_be_said(lines: str, phrase: str, document: str) -> bool:
    """Return True for words that can be looked for in lines that a document has, whether they stand there or not.

    Raises ValueError for no words or no such lines, and KeyError for a document there is none of.
    """
    if document not in store.rows("sources"):
        raise KeyError(f"no document {document!r}")
    if not isinstance(phrase, str) or not phrase.strip():
        raise ValueError("says() looks for no words")
    try:
        first, last = store.line_range(lines)
    except (TypeError, ValueError):
        raise ValueError(f"says() takes lines as '12' or '12-14', and not {lines!r}") from None
    if not 1 <= first <= last <= store.row("sources", document).n_lines:
        raise ValueError(f"lines {lines} are no range inside {document}")
    return True


def _field(name: str) -> Callable[[str], str]:
    """Return the function that gives a column of a fact."""

    def field(id: str) -> str:
        return getattr(records.fact(id), name)

    about = store.fields("facts")[name]["description"]
    field.__name__, field.__doc__ = name, f"Return a column of a fact: {format.lowered(about)}"
    return field


def functions() -> dict[str, Callable]:
    """Return everything an expectation may call, by name."""
    own: tuple[Callable, ...] = (fact, high, printed, flags, cell, entry, count, total, largest, says)
    return {function.__name__: function for function in (*own, *map(_field, FIELDS))} | {"round": round, "abs": abs}


def bound(source: str, texts: dict[str, Path]) -> dict[str, Callable]:
    """Return what an expectation may call, where ``says`` reads ``source`` unless it names another document."""
    found = functions()
    del found["says"]
    if texts:
        found["says"] = lambda lines, phrase, document=source: says(lines, phrase, document, texts=texts)
    return found


def bound_without_texts(source: str) -> dict[str, Callable]:
    """Return what an expectation may call where the texts are not: ``says`` finds all words that can be looked for."""
    return functions() | {"says": lambda lines, phrase, document=source: can_be_said(lines, phrase, document)}
