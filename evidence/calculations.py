"""Derived figures: each is declared with its formula and its inputs, and computed when a page needs it.

A declaration names a formula of :mod:`evidence.formulas` and where each argument comes from: the id of a fact, a cell
of a printed table (``table#row/column``) or another calculation (``calc:id``). Nothing
derived is stored.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import NamedTuple

import pandas as pd

from evidence import store
from evidence.provenance import UnknownId, fact, number, place_in_source, reads


class Calculation(NamedTuple):
    """A derived figure: label, formula, inputs by argument name, unit, base, period, decimals."""

    id: str
    label: str
    formula: Callable[..., float]
    inputs: dict[str, str]
    unit: str
    base: str
    period: str
    digits: int


CALCULATIONS: dict[str, Calculation] = {}


def declare(key: str, label: str, formula, unit: str, base: str = "", period: str = "", digits: int = 1, **inputs):
    """Declare a calculation; its inputs are keyword arguments named as in the formula."""
    if key in CALCULATIONS:
        raise ValueError(f"calculation {key!r} is declared twice")
    CALCULATIONS[key] = Calculation(key, label, formula, inputs, unit, base, period, digits)


def calculation(key: str) -> Calculation:
    """Return the calculation with this id; raises :class:`UnknownId`."""
    try:
        return CALCULATIONS[key]
    except KeyError:
        raise UnknownId("calculation", key, CALCULATIONS) from None


@cache
def _rows(table: str) -> dict[str, object]:
    """Return the rows of a table by id."""
    return {row.id: row for row in store.load(table).itertuples(index=False)}


def cell_row(reference: str):
    """Return the row of a cell reference ``table#row/column``; raises :class:`UnknownId`."""
    table, _, rest = reference.partition("#")
    row = rest.partition("/")[0]
    try:
        return _rows(table)[row]
    except KeyError:
        raise UnknownId(f"row of {table}", row, _rows(table) if table in store.schema() else ()) from None


def cell(reference: str) -> float:
    """Return the number in a cell ``table#row/column``; raises :class:`UnknownId`."""
    column = reference.rpartition("/")[2]
    row = cell_row(reference)
    if column not in row._fields:
        raise UnknownId(f"column of {reference.partition('#')[0]}", column, row._fields)
    value = getattr(row, column)
    if isinstance(value, str):
        raise UnknownId(f"number in {reference.partition('#')[0]}", column, [])
    return float(value)


def resolve(reference: str) -> float:
    """Return the value an input refers to: a cell, a calculation (``calc:id``) or a fact."""
    if "#" in reference:
        return cell(reference)
    if reference.startswith("calc:"):
        return compute(reference.removeprefix("calc:"))
    return float(fact(reference).value)


@cache
def compute(key: str) -> float:
    """Return the value of a calculation; raises :class:`UnknownId` for it or an input."""
    item = calculation(key)
    return item.formula(**{name: resolve(reference) for name, reference in item.inputs.items()})


def calc_reads(key: str) -> str:
    """Return how a calculation reads in a sentence."""
    item = calculation(key)
    return number(compute(key), item.unit, item.digits)


def input_lines(item: Calculation) -> list[tuple[str, str, str, str]]:
    """Return (argument, reference, value as read, place in the source) of each input."""
    lines = []
    for name, reference in item.inputs.items():
        if "#" in reference:
            shown, where = number(cell(reference)), place_in_source(cell_row(reference))
        elif reference.startswith("calc:"):
            shown, where = calc_reads(reference.removeprefix("calc:")), "our calculation"
        else:
            shown, where = reads(fact(reference)), place_in_source(fact(reference))
        lines.append((name.replace("_", " "), reference, shown, where))
    return lines


def of_document(table: str, source: str) -> pd.DataFrame:
    """Return the rows of a table that report one document."""
    return store.load(table).query("source == @source")


def counted(frame: pd.DataFrame, row: str, column: str) -> pd.DataFrame:
    """Return how many rows of a frame have each pair of values: a row per ``row``, a column per ``column``."""
    return pd.crosstab(frame[row], frame[column]).rename_axis(columns=None).reset_index()
