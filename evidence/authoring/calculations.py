"""A new calculation: its formula and inputs are tried, and its value is shown."""

from __future__ import annotations

import csv
import inspect
import io
from types import SimpleNamespace

from evidence.authoring.asking import Desk, completed
from evidence.authoring.rows import proposed_id
from evidence.authoring.writing import Draft
from evidence.data import format, store
from evidence.data.records import fact
from evidence.data.rules import DataError, Problem
from evidence.data.schema import ROOT
from evidence.figures.calculations import FORMULAS, cell_row, fault, inputs_of, is_printed, value_of

WORKED = "tests/figures/worked_values.csv"  # id, working, lines, value: what was worked out by hand


def formulas() -> str:
    """Return every formula with what it takes and what it is, a line each."""
    return "\n".join(
        f"  {name}({', '.join(inspect.signature(formula).parameters)}): {str(formula.__doc__).splitlines()[0]}"
        for name, formula in FORMULAS.items()
    )


def lines_of_inputs(item) -> str:
    """Return the first line of every fact and cell that a calculation rests on directly, in their order."""
    references = [reference for reference in inputs_of(item).values() if is_printed(reference)]
    rows = [cell_row(reference) if "#" in reference else fact(reference) for reference in references]
    return ";".join(dict.fromkeys(str(store.line_range(row.lines)[0]) for row in rows))


def with_worked_value(text: str, key: str, working: str, lines: str, value: str) -> str:
    """Return the text of the table of values worked out by hand with one more, in its place by id."""
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow([key, working, lines, value])
    head, *rows = text.splitlines(keepends=True)
    return "".join([head, *sorted([*rows, line.getvalue()], key=lambda row: next(csv.reader([row]))[0])])


def new_calculation(given: dict[str, str], desk: Desk) -> Draft:
    """Return the row of a new calculation, with its value worked out by hand if it is given.

    Raises :class:`DataError` for what is missing or wrong, with every formula if there is none of this name.
    """
    given = given | {"inputs": given.get("inputs", "").replace(",", ";").replace(" ", "")}
    row = completed("calculations", given | {"digits": given.get("digits") or "1"}, desk, also=("base", "period"))
    item = SimpleNamespace(**row)
    if found := fault(item):
        rule = found[1] + (f"; there are\n{formulas()}" if found[0] == "formula" else "")
        raise DataError([Problem(f"--{found[0]}", None, None, row[found[0]], rule)])
    value = value_of(item)
    key = row["id"] = given.get("id") or proposed_id(store.rows("calculations"), row["label"])
    notes = [f"it comes to {value:.12g}, shown as {format.number(value, row['unit'], int(row['digits']))}"]
    rounded, ours, files = f"{value:.{int(row['digits'])}f}", given.get("worked_value", ""), {}
    todo = f"work its value out by hand, from the printed numbers, into {WORKED}"
    if ours and given.get("by_hand"):
        if ours != rounded:
            rule = f"the calculation gives {rounded}; look again at the inputs and at what you worked out"
            raise DataError([Problem("--worked-value", None, None, ours, rule)])
        lines = given.get("by_hand_lines") or lines_of_inputs(item)
        files[WORKED] = with_worked_value(
            (ROOT / WORKED).read_text(encoding="utf-8"), key, given["by_hand"], lines, ours
        )
        todo = ""
    use = f"use it in a sentence as {{calc}}`{key}`"
    return Draft([("calculations", row)], files, notes=notes, next="; ".join(filter(None, [use, todo])))
