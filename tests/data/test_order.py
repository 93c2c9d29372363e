"""Rows stand in the order of a vocabulary, of the text or of their values."""

from __future__ import annotations

import pandas as pd

from evidence.data.order import in_order

ROWS = pd.DataFrame(
    [("low", "100", "b"), ("high", "20-30", "a"), ("none", "5", "c"), ("low", "9-12", "d"), ("other", "1", "e")],
    columns=["level", "lines", "id"],
)
LEVELS = {"high": "High", "low": "Low"}


def ids(*columns: str, **orders) -> list[str]:
    return list(in_order(ROWS, *columns, **orders)["id"])


def test_codes_stand_by_their_place_in_an_order_and_others_last_as_they_were():
    assert ids("level", level=LEVELS) == ["a", "b", "d", "c", "e"]


def test_lines_stand_by_their_number_not_by_their_letters():
    assert ids("lines") == ["e", "c", "d", "a", "b"]


def test_a_later_column_decides_among_rows_that_an_earlier_one_finds_alike():
    assert ids("level", "lines", level=LEVELS) == ["a", "d", "b", "e", "c"]
    assert ids("id", "level", level=LEVELS) == sorted(ROWS["id"])


def test_rows_are_numbered_anew_and_the_table_stays():
    assert list(in_order(ROWS, "lines").index) == [0, 1, 2, 3, 4]
    assert list(ROWS["id"]) == ["b", "a", "c", "d", "e"]
