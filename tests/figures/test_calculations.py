"""Declared calculations against the data they name."""

import math

import pandas as pd
import pytest
from evidence.derivations import out_of_school

from evidence import calculations as calc
from evidence.data.records import UnknownId, fact
from evidence.figures.formulas import share_pct, total

KEYS = sorted(calc.CALCULATIONS)


@pytest.mark.parametrize("key", KEYS)
def test_a_declared_calculation_gives_a_finite_number(key):
    assert math.isfinite(calc.compute(key))


@pytest.mark.parametrize("key", KEYS)
def test_the_inputs_of_a_calculation_have_a_value_and_a_place(key):
    for name, reference, shown, place in calc.input_lines(calc.calculation(key)):
        assert math.isfinite(calc.resolve(reference)), (name, reference)
        assert shown != "not given", (name, reference)
        assert place == "our calculation" or "page not known" not in place, (name, reference, place)


@pytest.mark.parametrize("key", [key for key in KEYS if calc.CALCULATIONS[key].formula is share_pct])
def test_a_share_lies_between_0_and_100_per_cent(key):
    assert 0 <= calc.compute(key) <= 100


def test_a_calculation_uses_the_cells_and_facts_it_names():
    east, all_children = calc.resolve(out_of_school.profile("2011-12", "east-kazakhstan", "total", "registered")), 894
    assert (east, fact("register-registered-2012").value) == (150, all_children)
    assert calc.compute("register-east-share-2012") == pytest.approx(100 * 150 / 894)
    assert calc.calc_reads("register-east-share-2012") == "16.8%"
    assert calc.calc_reads("register-without-east-2012") == "744"


def test_a_calculation_cannot_be_declared_twice():
    before = calc.CALCULATIONS[KEYS[0]]
    with pytest.raises(ValueError, match=KEYS[0]):
        calc.declare(KEYS[0], "Another", total, "children", first="a", second="b")
    assert calc.CALCULATIONS[KEYS[0]] is before


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda: calc.compute("register-fal-2011-2012"), "did you mean register-fall-2011-2012"),
        (lambda: calc.resolve("register-out-2021"), "did you mean register-out-2012"),
        (lambda: calc.cell("antonowicz2013oosc_regions#aktob/registered_2010_11"), "did you mean aktobe"),
        (lambda: calc.cell("antonowicz2013oosc_regions#aktobe/registered_2010"), "registered_2010_11"),
        (lambda: calc.cell("no_table#aktobe/registered_2010_11"), "no row of no_table"),
    ],
)
def test_an_unknown_reference_is_named_with_the_nearest_one(ask, message):
    with pytest.raises(UnknownId, match=message):
        ask()


def test_counting_pairs_gives_zero_where_there_is_none():
    table = calc.counted(pd.DataFrame({"a": ["x", "x", "y"], "b": ["p", "q", "p"]}), "a", "b")
    assert table.to_dict("list") == {"a": ["x", "y"], "p": [1, 1], "q": [1, 0]}
