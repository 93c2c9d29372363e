"""Spellings fall together, levels add up, and who has disappeared is worked out by hand."""

import pytest

from evidence.parts.methods import attendance_matching as matching


def test_spellings_of_one_name_have_one_skeleton():
    table = matching.spellings()
    assert table["Skeleton"].nunique() == 2
    assert table.groupby("Skeleton").size().tolist() == [3, 5]


def test_the_levels_of_a_comparison_add_up():
    sums = matching.levels().groupby("Compared")["Of one child, %"].sum()
    assert sums.tolist() == pytest.approx([100] * 4)


def test_who_has_disappeared():
    answers = ["not listed", "disappeared", "check by hand", "not listed", "not listed", "undetermined"]
    assert matching.gone()["Answer"].tolist() == answers


def test_a_rule_cites_its_place():
    assert matching.rules()["Stated by"].str.contains("p. ").all()
