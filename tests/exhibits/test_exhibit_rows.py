"""Rows of exhibits: what stands side by side."""

from __future__ import annotations

import math
from collections import Counter

import pytest

from evidence.data import store
from evidence.exhibits import frames
from evidence.figures.calculations import compute


def test_a_row_shows_its_fact_its_calculation_or_nothing():
    rows = store.rows("exhibit_rows")
    assert frames.figure_of(rows["register-national-01"]) == 3512
    assert frames.figure_of(rows["register-national-03"]) == pytest.approx(100 * 347 / 3512)
    assert math.isnan(frames.figure_of(rows["register-national-04"]))


def test_labels_become_rows_and_parts_columns_in_their_order():
    table = frames.side_by_side("register-profile", "Category")
    assert list(table.columns) == ["Category", "2010-11", "2011-12"]
    assert table.iloc[1].tolist() == ["Low-income family", 9, 22]


def test_labels_of_two_groups_stand_apart():
    table = frames.side_by_side("register-urban-rural", "Year", group="Area")
    assert table[["Area", "Year"]].values.tolist() == [
        ["Rural", "2010-11"],
        ["Rural", "2011-12"],
        ["Urban", "2010-11"],
        ["Urban", "2011-12"],
    ]
    urban = table["Area"] == "Urban"
    assert table.loc[urban, "On the register"].tolist() == [
        compute("register-registered-urban-2011"),
        compute("register-registered-urban-2012"),
    ]


def test_no_two_rows_of_an_exhibit_fill_the_same_part_of_a_label():
    rows = [row for row in store.rows("exhibit_rows").values() if row.part]
    places = Counter((row.exhibit, row.group, row.label, row.part) for row in rows)
    assert [place for place, number in places.items() if number > 1] == []
