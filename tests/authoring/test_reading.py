"""What a figure as printed says is read where it leaves no doubt, and never against what the book holds."""

from __future__ import annotations

import math

import pytest

from evidence.authoring.reading import read
from evidence.data.records import facts, flags

OURS = {"counted", "damaged_print", "suspect", "lost_in_source"}  # facts whose value is not what the print says


@pytest.mark.parametrize(
    ("as_reported", "unit", "cells"),
    [
        ("12.2%", "percent", {"value": "12.2", "qualifier": "exact"}),
        ("over 24 000", "children", {"value": "24000", "qualifier": "at_least"}),
        ("8,310", "children", {"value": "8310", "qualifier": "exact"}),
        ("5.7 million", "people", {"value": "5700000", "qualifier": "exact"}),
        ("5.7 million", "kzt_bn", {"value": "5.7", "qualifier": "exact"}),
        ("less than 1%", "percent", {"value": "1", "qualifier": "at_most"}),
        ("<1%", "percent", {"value": "1", "qualifier": "at_most"}),
        ("about a third", "percent", {"value": "33.3", "qualifier": "about", "flags": "in_words"}),
        ("7-14 years", "years", {"value": "7", "value_high": "14", "qualifier": "range"}),
        ("between 3 and 5 days", "days", {"value": "3", "value_high": "5", "qualifier": "range"}),
        ("three", "cities", {"value": "3", "qualifier": "exact", "flags": "in_words"}),
        ("7.648", "children", {"qualifier": "exact"}),  # a decimal, or thousands
        ("three months in 2020", "months", {"qualifier": "exact"}),
        ("majority of the 0.7%", "share", {"qualifier": "exact"}),
    ],
)
def test_a_figure_is_read_as_far_as_it_leaves_no_doubt(as_reported, unit, cells):
    assert read(as_reported, unit) == cells


def test_what_is_read_agrees_with_every_fact_of_the_book():
    ours = [item for item in facts().values() if not OURS & set(flags(item))]
    found = [(item, read(item.as_reported, item.unit)) for item in ours]
    wrong = [
        item.id
        for item, cells in found
        if "value" in cells and not math.isclose(float(cells["value"]), item.value, abs_tol=0.051)
    ]
    assert wrong == []
    assert sum("value" in cells for _, cells in found) > 0.8 * len(ours)
