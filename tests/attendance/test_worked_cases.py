"""The worked cases: what each rule says of one child or one count, worked out by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from evidence.attendance import indicators
from evidence.attendance.definitions import classify
from evidence.attendance.early_warning import flagged
from evidence.attendance.intervals import share_pct, wilson_pct
from evidence.attendance.register import counted, shares
from tests.attendance.records import absent, day, finds


def test_a_child_of_5_in_neither_pre_school_nor_school_is_of_category_1():
    answer = classify(age=5, enrolled=0)
    assert (answer["category"], answer["out_of_school"]) == ("1", "yes")


def test_a_child_of_8_never_enrolled_is_out_of_school_and_of_category_2_or_3():
    answer = classify(age=8, enrolled=0, ever_enrolled=0)
    assert (answer["out_of_school"], answer["category"], answer["dropped_out"]) == ("yes", "2 or 3", "no")


def test_a_child_of_13_who_left_in_grade_7_has_dropped_out_and_is_of_category_4():
    answer = classify(age=13, enrolled=0, ever_enrolled=1, last_grade=7)
    assert (answer["dropped_out"], answer["dropped_out_unesco"], answer["category"]) == ("yes", "yes", "4")


def test_ten_unexcused_days_on_roll_are_not_more_than_10_and_are_10_or_more():
    found = finds(absent(unexcused=range(3, 13)))
    assert found["over_10"] is None and found["from_10"] == day(12)
    assert found["run_over_10"] is None and found["run_from_10"] == day(12)


def test_twelve_medical_days_on_roll_are_not_registered():
    assert set(finds(absent(excused=range(1, 13))).values()) == {None}


def test_three_unexcused_days_in_a_quarter_are_flagged_and_two_are_not():
    assert finds(absent(unexcused=[1, 9, 20]))["quarter_3"] == day(20)
    assert finds(absent(unexcused=[1, 9, 21]))["quarter_3"] is None  # the third falls in the next quarter
    pupils = {"child": ["a", "b"], "course_failures": [0, 0], "unexcused_in_quarter": [3, 2], "incidents": [0, 0]}
    assert flagged(pd.DataFrame(pupils))["flagged"].tolist() == ["yes", "no"]


@pytest.mark.parametrize(("age", "expected"), [(17, "no"), (18, "yes"), (24, "yes"), (25, "no")])
def test_early_leaving_with_lower_secondary_and_no_training(age, expected):
    assert classify(age=age, completed_grade=9, in_training=0)["early_leaver"] == expected


def test_a_population_of_1000_has_10_out_of_school_by_the_administrative_and_22_by_the_reports_rule():
    counts = {"population": 1000, "enrolled": 990, "not_attending": 12}
    assert indicators.out_of_school(**counts) == {"administrative": 10, "report": 22}
    assert indicators.indicator("out_of_school", **counts) == 2.2
    assert indicators.indicator("out_of_school_administrative", population=1000, enrolled=990) == 1.0


def test_drop_out_of_a_grade_of_200_is_2_per_cent():
    assert indicators.indicator("drop_out", enrolled=200, in_next_grade=188, repeaters=8) == 2.0


def test_of_1756_registered_and_1542_returned_214_have_not():
    outcomes = ["returned_mainstream"] * 1000 + ["returned_elsewhere"] * 542 + ["out"] * 214
    table = shares(counted(pd.DataFrame({"outcome": outcomes}), []))
    row = table.iloc[0]
    assert (row["registered"], row["returned"], row["out"]) == (1756, 1542, 214)
    assert f"{row['share_pct']:.2f}" == "12.19"
    assert row["low_pct"] < row["share_pct"] < row["high_pct"]


def test_an_interval_touches_0_and_100_only_where_nobody_or_all_are_in_it():
    """Worked out from the formula: for 0 of n the upper end is z²/(n + z²), for n of n the lower end n/(n + z²)."""
    square = 1.959963984540054**2
    for n in (1, 4, 10, 10_000):
        assert wilson_pct(0, n) == (0.0, pytest.approx(100 * square / (n + square)))
        assert wilson_pct(n, n) == (pytest.approx(100 * n / (n + square)), 100.0)
    assert wilson_pct(1, 10_000)[0] > 0 and wilson_pct(9_999, 10_000)[1] < 100
    for wrong in ((-1, 5), (6, 5), (float("nan"), 5), (1, float("nan"))):
        with pytest.raises(ValueError):
            wilson_pct(*wrong)


def test_a_share_of_nobody_is_missing():
    assert share_pct(0, 0) is None and wilson_pct(0, 0) is None
    table = shares(pd.DataFrame({"registered": [0], "out": [0]}))
    assert table[["share_pct", "low_pct", "high_pct"]].isna().all(axis=None)
