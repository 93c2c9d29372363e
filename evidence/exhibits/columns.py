"""What a chart builder needs of its frame: said in the author's words before anything is drawn."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from typing import NamedTuple

import pandas as pd

from evidence.data.rules import nearest


class FrameError(ValueError):
    """A frame or a choice of its columns that a builder cannot draw; the message names builder, argument and column."""


class Needs(NamedTuple):
    """What a builder needs: what the columns named by its arguments hold, which arguments are lists of two, in which
    list of which argument the values of a column have to be, and how many items a list may have."""

    columns: dict[str, str]
    pairs: list[str]
    among: dict[str, str]
    most: dict[str, int]


def takes(
    text: str = "", numbers: str = "", values: str = "", pairs: str = "", among: str = "", **most: int
) -> Callable:
    """Return a decorator for a builder whose first argument is a frame; it raises :class:`FrameError` for a bad one.

    For other arguments than the builder has it raises TypeError, with those it takes.

    ``text``, ``numbers`` and ``values`` are its arguments that name columns, by what these hold; ``pairs`` name two.
    ``among`` is ``column:list`` of arguments: the column holds only items of the list. Other arguments say
    how many items a list of the builder may have.
    """
    named = {"text": text, "numbers": numbers, "values": values}
    columns = {argument: held for held, arguments in named.items() for argument in arguments.split()}
    needs = Needs(columns, pairs.split(), dict(both.split(":") for both in among.split()), most)

    def decorate(builder: Callable) -> Callable:
        signature = inspect.signature(builder)

        @wraps(builder)
        def checked(*arguments, **named):
            try:
                given = signature.bind(*arguments, **named)
            except TypeError as error:
                raise TypeError(f"{name_of(builder)}: {error}; it takes {signature_of(builder)}") from None
            given.apply_defaults()
            if fault := fault_of(needs, signature, given.arguments):
                raise FrameError(f"{name_of(builder)}: {fault}")
            return builder(*arguments, **named)

        checked.needs = needs  # type: ignore[attr-defined]
        return checked

    return decorate


def name_of(builder: Callable) -> str:
    """Return the name by which a chapter calls a builder: "charts.bars"."""
    return f"charts.{builder.__name__}"


def signature_of(builder: Callable) -> str:
    """Return the arguments of a builder as one writes them: "frame, row, value, title"."""
    arguments = inspect.signature(builder).parameters.values()
    return ", ".join(item.name if item.default is item.empty else f"{item.name}={item.default!r}" for item in arguments)


# --- what is wrong ---------------------------------------------------------------------------------


def fault_of(needs: Needs, signature: inspect.Signature, given: dict) -> str:
    """Return what is wrong with the arguments of a builder, "" if nothing is."""
    frame = next(iter(given.values()))
    if not isinstance(frame, pd.DataFrame):
        return f"the first argument is the frame, not {type(frame).__name__}"
    if frame.empty:
        return "the frame has no rows"
    faults = [_list_fault(argument, given[argument], signature, needs) for argument in given]
    faults += [
        _column_fault(frame, argument, column, held)
        for argument, held in needs.columns.items()
        for column in ([given[argument]] if isinstance(given[argument], str) else given[argument])
        if column
    ]
    faults = [fault for fault in faults if fault]
    if not faults:
        faults = [_among_fault(frame, given, *pair) for pair in needs.among.items()]
    return next(filter(None, faults), "")


def _list_fault(argument: str, given, signature: inspect.Signature, needs: Needs) -> str:
    """Return what is wrong with an argument that is a list: it is a text, no pair, or too long."""
    if not str(signature.parameters[argument].annotation).startswith("list"):
        return ""
    if isinstance(given, str):
        return f"{argument} is a list: [{given!r}]"
    most, items = needs.most.get(argument, len(given)), "item" if len(given) == 1 else "items"
    if argument in needs.pairs and len(given) != 2:
        return f"{argument} has {len(given)} {items}; it takes two columns"
    if len(given) > most:
        return f"{argument} has {len(given)} items ({', '.join(map(str, given))}); {most} at most can be told apart"
    return ""


def _column_fault(frame: pd.DataFrame, argument: str, column, held: str) -> str:
    """Return what is wrong with a column that an argument names."""
    if column not in frame.columns:
        columns = [str(name) for name in frame.columns]
        hint = nearest(str(column), columns) or ";"
        return f"the frame has no column {column!r} ({argument}){hint} Its columns: {', '.join(columns)}"
    if held == "numbers" and not pd.api.types.is_numeric_dtype(frame[column]):
        wrong = [cell for cell in frame[column] if isinstance(cell, str)] or list(frame[column])
        return f"column {column!r} ({argument}) has to hold numbers; it holds {wrong[0]!r}"
    if held == "text":
        for number, cell in enumerate(frame[column], start=1):
            if not isinstance(cell, str):
                return f"column {column!r} ({argument}) has to hold text; row {number} holds {cell!r}"
    return ""


def _among_fault(frame: pd.DataFrame, given: dict, argument: str, items: str) -> str:
    """Return the value of a column that is none of the items it has to be among."""
    for cell in frame[given[argument]].dropna().unique():
        if cell not in given[items]:
            return (
                f"{cell!r} in column {given[argument]!r} ({argument}) is not among {items}: "
                f"{', '.join(map(str, given[items]))}{nearest(str(cell), map(str, given[items]))}"
            )
    return ""
