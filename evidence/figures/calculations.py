"""Derived figures: ``calculations.csv`` computed when a page needs them; nothing derived is stored.

A calculation names a formula of :mod:`evidence.figures.formulas` and where each argument comes from: the id of a
fact, a cell of a printed table (``table#row/column``), another calculation (``calc:id``) or a figure over all rows of
a table (``rows:name``, :mod:`evidence.figures.tallies`).
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import cache

from evidence.data import format, store
from evidence.data.records import fact, place_of_row
from evidence.data.rules import Problem
from evidence.data.store import UnknownId
from evidence.figures import formulas, tallies

TABLE = "calculations"
CALCULATION = "calc:"  # begins an input that is another calculation
FORMULAS: dict[str, Callable[..., float]] = {
    name: function
    for name, function in vars(formulas).items()
    if inspect.isfunction(function) and function.__module__ == formulas.__name__
}


def calculations() -> dict:
    """Return every calculation (a row of ``calculations.csv``, its columns as attributes) by id."""
    return store.rows(TABLE)


def calculation(key: str):
    """Return the calculation with this id; raises :class:`UnknownId`."""
    return store.row(TABLE, key)


def formula_of(item) -> Callable[..., float]:
    """Return the formula of a calculation; raises :class:`UnknownId`."""
    try:
        return FORMULAS[item.formula]
    except KeyError:
        raise UnknownId("formula", item.formula, FORMULAS) from None


def inputs_of(item) -> dict[str, str]:
    """Return the reference of each argument of a calculation, in the order of the row."""
    return dict(pair.partition("=")[::2] for pair in store.items(item.inputs))


def cell_row(reference: str):
    """Return the row of a cell reference ``table#row/column``; raises :class:`UnknownId`."""
    table, _, rest = reference.partition("#")
    return store.row(table, rest.partition("/")[0])


def cell(reference: str) -> float:
    """Return the number in a cell ``table#row/column``; raises :class:`UnknownId`."""
    table, column = reference.partition("#")[0], reference.rpartition("/")[2]
    row = cell_row(reference)
    numbers = [name for name, field in store.fields(table).items() if field["type"] != "string"]
    if column not in numbers:
        raise UnknownId(f"column of numbers in {table}", column, numbers)
    return float(getattr(row, column))


def is_printed(reference: str) -> bool:
    """Return whether an input is a fact or a cell, which a document prints, and no figure of ours."""
    return not reference.startswith((CALCULATION, tallies.PREFIX))


def resolve(reference: str) -> float:
    """Return the value an input refers to: a cell, a calculation, a figure over all rows, or a fact."""
    if reference.startswith(tallies.PREFIX):
        return tallies.tally(reference.removeprefix(tallies.PREFIX))
    if "#" in reference:
        return cell(reference)
    if reference.startswith(CALCULATION):
        return compute(reference.removeprefix(CALCULATION))
    return float(fact(reference).value)


def value_of(item) -> float:
    """Return the value of a row of ``calculations.csv``; raises :class:`UnknownId` for its formula or an input."""
    return formula_of(item)(**{name: resolve(reference) for name, reference in inputs_of(item).items()})


@cache
def compute(key: str) -> float:
    """Return the value of a calculation; raises :class:`UnknownId` for it, its formula or an input."""
    return value_of(calculation(key))


def calc_reads(key: str) -> str:
    """Return how a calculation reads in a sentence."""
    item = calculation(key)
    return format.number(compute(key), item.unit, item.digits)


def input_lines(item) -> list[tuple[str, str, str, str]]:
    """Return (argument, reference, value as read, place in the source) of each input of a calculation."""
    lines = []
    for name, reference in inputs_of(item).items():
        if "#" in reference:
            shown, where = format.number(cell(reference)), format.place(place_of_row(cell_row(reference)))
        elif reference.startswith(CALCULATION):
            shown, where = calc_reads(reference.removeprefix(CALCULATION)), "our calculation"
        elif reference.startswith(tallies.PREFIX):
            shown, where = format.number(resolve(reference), digits=item.digits), "our count of rows"
        else:
            shown, where = format.reads(fact(reference)), format.place(place_of_row(fact(reference)))
        lines.append((name.replace("_", " "), reference, shown, where))
    return lines


def fault(item) -> tuple[str, str] | None:
    """Return (column, rule) of what is wrong with a row of ``calculations.csv``, or None."""
    if item.formula not in FORMULAS:
        return "formula", str(UnknownId("formula", item.formula, FORMULAS))
    wanted, given = list(inspect.signature(FORMULAS[item.formula]).parameters), list(inputs_of(item))
    if sorted(wanted) != sorted(given):
        form = ";".join(f"{name}=…" for name in wanted)
        rule = f"{item.formula} takes {', '.join(wanted)}: write {form}, each an id of a fact, "
        rule += "a cell table#row/column, calc: and the id of another calculation, or rows: and a name of tallies.py"
        return "inputs", rule
    try:
        value = value_of(item)
    except UnknownId as error:
        return "inputs", str(error)
    except ZeroDivisionError:
        return "inputs", "divides by zero"
    except RecursionError:
        return "inputs", "rests on itself"
    return None if value == value else ("inputs", "comes to no number: an input has no value")


def problems() -> list[Problem]:
    """Return the calculations whose formula, arguments or inputs do not exist, or whose value is no number."""
    return [
        Problem("calculations.csv", number, found[0], str(getattr(item, found[0])), f"{item.id}: {found[1]}")
        for number, item in store.numbered(TABLE)
        if (found := fault(item))
    ]
