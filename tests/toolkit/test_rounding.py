"""A number of rows is told as the bound that it reaches, and stays exact where nothing is to be left out."""

from __future__ import annotations

import pandas as pd
import pytest

from evidence.toolkit.rounding import Counted, in_words, published, rounded, set_aside


@pytest.mark.parametrize("number", range(1, 40))
def test_as_many_numbers_as_the_bound_sound_the_same(number):
    alike = [other for other in range(60) if rounded(other, 5) == rounded(number, 5)]
    assert number in alike and len(alike) == 5
    assert len({in_words(other, 5) for other in alike}) == 1
    assert rounded(number, 0) == number and in_words(number, 0) == str(number)


def test_a_sentence_is_exact_for_those_who_have_the_files():
    said = Counted.rows("{number} rows repeat a child", 7)
    assert said == "7 rows repeat a child" and published(said, 0) == said
    assert published(said, 5) == "at least 5 rows repeat a child"
    assert published(said, 8) == "fewer than 8 rows repeat a child"


def test_of_cells_no_number_is_told_as_their_children_are_counted_elsewhere():
    rows = pd.DataFrame({"rule": ["a", "b", "c"], "left_out": ["row", "row", "cell"], "rows": [12, 3, 9]})
    told = set_aside(rows, 5)["at_least"]
    assert told.iloc[:2].tolist() == [10, 0] and pd.isna(told.iloc[2])
    assert set_aside(rows, 0)["at_least"].tolist() == [12, 3, 9]
