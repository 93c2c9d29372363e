"""Spellings fall together, levels add up, and who has disappeared is worked out by hand."""

import pandas as pd
import pytest

from benchmarks.census import measured
from evidence.attendance import census
from evidence.attendance.demo_lists import KINDS, synthetic_lists
from evidence.data import store
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


def test_the_stored_run_is_what_the_command_measures_again():
    """All ways that can be run here; those of record linkage with the extra, in `make engines`."""
    again = measured().set_index("id")
    stored = store.load(matching.STORED).set_index("id")
    pd.testing.assert_frame_equal(stored.loc[again.index], again, check_dtype=False)
    assert {"spelling", "skeleton"} <= set(again["way"]) and (len(again) == len(stored)) == census.available()


def test_the_titles_say_what_the_run_found():
    found = matching.found().set_index("Way")
    planted = found[["Synthetic pairs found, probable", "On the list for people", "Missed"]].sum(axis=1)
    assert planted.nunique() == 1
    plain, skeleton, linkage, labelled = found.index
    assert found.loc[plain, "Missed"] > planted[plain] / 2
    assert (found.loc[[linkage, labelled], "Missed"] < planted[plain] / 100).all()
    assert (found.loc[[linkage, labelled], "Wrong, probable"] == 0).all() and found.loc[skeleton, "Wrong, probable"] > 0
    kinds = matching.found_by_kind().set_index("How the second entry differs")
    assert kinds["Synthetic pairs in all"].sum() == planted[plain] and kinds.shape == (7, 5)
    other_day = kinds.loc[kinds.index.str.contains("another day")].iloc[0]
    assert (other_day[[linkage, labelled]] == 0).all(), "left to people"


def test_synthetic_lists_are_the_same_every_time_and_hold_what_is_planted():
    one, two = synthetic_lists(200), synthetic_lists(200)
    assert all(left.equals(right) for left, right in zip(one, two))
    census_list, health, truth = one
    assert set(truth["left"]) <= set(census_list["id"]) and set(truth["right"]) <= set(health["id"])
    assert set(truth["kind"]) == set(KINDS) and 0.6 < len(truth) / len(census_list) < 0.9
