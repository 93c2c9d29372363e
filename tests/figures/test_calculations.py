"""Calculations against values worked out by hand from the documents.

``worked_values.csv`` holds one row for each: the arithmetic with the printed numbers, the lines of the document they
were read in, and the value rounded as it is shown. No value lies half way between two roundings, so half-even and
half-up give the same.
"""

import ast
import csv
import math
import operator
from fractions import Fraction
from functools import cache
from itertools import combinations
from pathlib import Path

import pandas as pd
import pytest

from evidence.data import store
from evidence.data.records import fact, facts
from evidence.data.store import UnknownId, line_range
from evidence.figures import calculations as calc
from evidence.figures.counts import counted

with Path(__file__).with_name("worked_values.csv").open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file))
WORKED = {row["id"]: row for row in ROWS}
KEYS = sorted(calc.calculations())
SHARES = [key for key in KEYS if calc.calculation(key).formula == "share_pct"]
SEVERAL = [key for key in KEYS if len(calc.inputs_of(calc.calculation(key))) > 1]
# Pairs of arguments whose order makes no difference, by formula; any other exchange must change the value.
SYMMETRIC = {"total": {("first", "second")}, "count_of": {("share", "whole")}}
SAME_QUANTITY = {"vac-kap21-prof-support-cp-words"}  # "every third" beside a printed 33 per cent: rounds to the same
# Formulas that round: a wrong input may come to the same count of people, so it is looked for before rounding.
BEFORE_ROUNDING = {"count_of": lambda share, whole: share * whole / 100}
OPERATIONS = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv}


def worked_out(working: str) -> Fraction:
    """Return the exact result of a sum written out with numbers."""

    def value(node):
        if isinstance(node, ast.BinOp):
            return OPERATIONS[type(node.op)](value(node.left), value(node.right))
        return Fraction(ast.get_source_segment(working, node))

    return value(ast.parse(working, mode="eval").body)


def shown(value: float, digits: int) -> str:
    """Return a value rounded as it is shown."""
    return f"{float(value):.{digits}f}"


@cache
def arguments_of(key: str) -> dict[str, float]:
    """Return the arguments of a calculation with their values."""
    return {name: calc.resolve(reference) for name, reference in calc.inputs_of(calc.calculation(key)).items()}


def value_with(key: str, **changed: float) -> str:
    """Return what a calculation would show if some of its arguments had other values."""
    item = calc.calculation(key)
    try:
        return shown(calc.formula_of(item)(**arguments_of(key) | changed), item.digits)
    except ZeroDivisionError:
        return "none"


def exact_with(key: str, **changed: float) -> float | str:
    """Return what a calculation that rounds would come to before rounding, of others what they would show."""
    before = BEFORE_ROUNDING.get(calc.calculation(key).formula)
    return before(**arguments_of(key) | changed) if before else value_with(key, **changed)


def printed_inputs(key: str) -> list[str]:
    """Return the facts and cells a calculation rests on in the end, through other calculations.

    A figure over all rows has none: its own tests hold it to the tables.
    """
    found = []
    for reference in calc.inputs_of(calc.calculation(key)).values():
        if reference.startswith("calc:"):
            found += printed_inputs(reference.removeprefix("calc:"))
        elif calc.is_printed(reference):
            found.append(reference)
    return found


def lines_of(reference: str) -> tuple[str, int, int]:
    """Return document, first and last line of a fact or a cell."""
    row = calc.cell_row(reference) if "#" in reference else fact(reference)
    return (row.source, *line_range(row.lines))


def read_there(key: str, reference: str) -> bool:
    """Return whether an input stands in the lines that were read when the value was worked out."""
    source, first, last = lines_of(reference)
    ours = {lines_of(other)[0] for other in printed_inputs(key)}
    return source in ours and any(first <= int(line) <= last for line in WORKED[key]["lines"].split(";"))


def test_each_calculation_is_worked_out_once_and_nothing_else_is():
    assert [row["id"] for row in ROWS] == KEYS


@pytest.mark.parametrize("key", KEYS)
def test_a_value_worked_out_by_hand_follows_from_its_working(key):
    exact = worked_out(WORKED[key]["working"])
    digits = calc.calculation(key).digits
    assert f"{float(exact):.{digits}f}" == WORKED[key]["value"]
    assert (exact * 10**digits) % 1 != Fraction(1, 2), "half way: say how it is rounded"


@pytest.mark.parametrize("key", KEYS)
def test_a_calculation_gives_the_value_worked_out_by_hand(key):
    assert shown(calc.compute(key), calc.calculation(key).digits) == WORKED[key]["value"]


@pytest.mark.parametrize("key", KEYS)
def test_the_inputs_of_a_calculation_stand_in_the_lines_it_was_worked_out_from(key):
    inputs = printed_inputs(key)
    assert [reference for reference in inputs if not read_there(key, reference)] == []
    ranges = [lines_of(reference)[1:] for reference in inputs]
    lines = [int(line) for line in filter(None, WORKED[key]["lines"].split(";"))]
    assert [line for line in lines if not any(first <= line <= last for first, last in ranges)] == []


@pytest.mark.parametrize("key", SEVERAL)
def test_exchanging_two_inputs_of_a_calculation_would_be_noticed(key):
    item, values = calc.calculation(key), arguments_of(key)
    for one, other in combinations(values, 2):
        same = value_with(key, **{one: values[other], other: values[one]}) == WORKED[key]["value"]
        assert same == ((one, other) in SYMMETRIC.get(item.formula, ())), (one, other)


@pytest.mark.parametrize("key", KEYS)
def test_pointing_an_input_of_a_calculation_elsewhere_would_be_noticed(key):
    printed = {other: row.value for other, row in facts().items() if row.value == row.value}
    printed |= cells_beside(key)
    for name, own in arguments_of(key).items():
        others = {other: value for other, value in printed.items() if value != own}
        same = {other for other, value in others.items() if exact_with(key, **{name: value}) == exact_with(key)}
        assert {other for other in same if read_there(key, other)} <= SAME_QUANTITY, name


def cells_beside(key: str) -> dict[str, float]:
    """Return every number of the printed tables that a calculation takes a cell of, by reference."""
    found = {}
    for table in {reference.partition("#")[0] for reference in printed_inputs(key) if "#" in reference}:
        frame = store.load(table).set_index("id")
        columns = [name for name, field in store.fields_of(store.schema()[table]).items() if field["type"] != "string"]
        for column in columns:
            numbers = frame[column].dropna().astype(float)
            found |= {f"{table}#{row}/{column}": value for row, value in numbers.items()}
    return found


@pytest.mark.parametrize("key", KEYS)
def test_the_inputs_of_a_calculation_have_a_value_and_a_place(key):
    for name, reference, value, place in calc.input_lines(calc.calculation(key)):
        assert math.isfinite(calc.resolve(reference)), (name, reference)
        assert value != "not given", (name, reference)
        assert place.startswith("our ") or "page not known" not in place, (name, reference, place)


@pytest.mark.parametrize("key", SHARES)
def test_a_share_lies_between_0_and_100_per_cent(key):
    assert 0 <= calc.compute(key) <= 100


def test_a_calculation_reads_with_its_unit():
    assert calc.calc_reads("register-east-share-2012") == "16.8%"
    assert calc.calc_reads("register-without-east-2012") == "744"


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda: calc.compute("register-fal-2011-2012"), "did you mean register-fall-2011-2012"),
        (lambda: calc.resolve("register-out-2021"), "did you mean register-out-2012"),
        (lambda: calc.resolve("rows:thread-traced"), "did you mean threads-traced"),
        (lambda: calc.cell("antonowicz2013oosc_regions#aktob/registered_2010_11"), "did you mean aktobe"),
        (lambda: calc.cell("antonowicz2013oosc_regions#aktobe/registered_2010"), "registered_2010_11"),
        (lambda: calc.cell("no_table#aktobe/registered_2010_11"), "no row of no_table"),
    ],
)
def test_an_unknown_reference_is_named_with_the_nearest_one(ask, message):
    with pytest.raises(UnknownId, match=message):
        ask()


def test_counting_pairs_gives_zero_where_there_is_none():
    table = counted(pd.DataFrame({"a": ["x", "x", "y"], "b": ["p", "q", "p"]}), "a", "b")
    assert table.to_dict("list") == {"a": ["x", "y"], "p": [1, 1], "q": [1, 0]}


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"formula": "shares"}, "no formula has the id 'shares'"),
        ({"inputs": "part=register-out-2012"}, "share_pct takes part, whole"),
        ({"inputs": "part=register-out-2012;whole=register-2012"}, "no fact has the id 'register-2012'"),
        ({"inputs": "part=register-out-2012;whole=vac-cps-components-none"}, "no fact has the id"),
    ],
)
def test_a_calculation_that_cannot_be_computed_is_named(monkeypatch, change, rule):
    item = calc.calculation("register-non-return-2012")._replace(id="planted", **change)
    monkeypatch.setattr(calc.store, "numbered", lambda name: [(2, item)])
    monkeypatch.setattr(calc, "calculation", {"planted": item}.__getitem__)
    (problem,) = calc.problems()
    assert problem.row == 2 and "planted" in problem.rule and rule in problem.rule
