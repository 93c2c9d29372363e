"""Indicators: worked values, what cannot be is refused, and each says who asks for it and who defines it."""

from __future__ import annotations

import pandas as pd
import pytest

from evidence.attendance.indicators import INDICATORS, by_group, indicator, out_of_school, stay

WORKED = {  # key: counts, and the value worked out by hand
    "net_intake": ({"new_entrants_of_age": 469, "population_of_age": 500}, 93.8),
    "net_attendance_primary": ({"attending": 993, "population": 1000}, 99.3),
    "net_attendance_secondary": ({"attending": 961, "population": 1000}, 96.1),
    "age_specific_enrolment": ({"enrolled": 178, "population": 200}, 89.0),
    "repetition": ({"repeaters": 8, "enrolled": 200}, 4.0),
    "drop_out": ({"enrolled": 200, "in_next_grade": 188, "repeaters": 8}, 2.0),
    "transition_10": ({"new_in_grade_10": 150, "in_grade_9_before": 200}, 75.0),
    "graduation_9": ({"graduates": 190, "enrolled": 200}, 95.0),
    "graduation_last": ({"graduates": 99, "enrolled": 100}, 99.0),
    "entrants_with_pre_primary": ({"with_pre_primary": 408, "new_entrants": 500}, 81.6),
    "early_childhood": ({"participating": 19, "population": 20}, 95.0),
    "early_leaving": ({"leavers": 144, "population": 1000}, 14.4),
    "out_of_school_administrative": ({"population": 1000, "enrolled": 990}, 1.0),
    "out_of_school": ({"population": 1000, "enrolled": 990, "not_attending": 12}, 2.2),
    "absenteeism": ({"days_missed": 17, "days_possible": 170}, 10.0),
    "disability_mainstreamed": ({"moved": 1, "children": 8}, 12.5),
    "disability_home": ({"at_home": 9, "children": 100}, 9.0),
    "disability_graduation": ({"graduates": 3, "enrolled": 4}, 75.0),
    "institution_graduation": ({"graduates": 1, "enrolled": 2}, 50.0),
    "institution_girls": ({"girls": 1, "enrolled": 4}, 25.0),
}


def test_every_indicator_is_worked_out():
    assert list(WORKED) == [one.key for one in INDICATORS]


@pytest.mark.parametrize("key", WORKED)
def test_worked_values(key):
    counts, value = WORKED[key]
    assert indicator(key, **counts) == pytest.approx(value, abs=1e-12)
    assert indicator(key, **dict.fromkeys(counts, 0)) is None, "nobody in the denominator gives no value"


@pytest.mark.parametrize("key", WORKED)
def test_impossible_counts_are_refused(key):
    counts, _ = WORKED[key]
    names = list(counts)
    for changed in ({names[0]: -1}, {names[0]: float("nan")}, {"colour": 1}):
        with pytest.raises(ValueError, match=key):
            indicator(key, **(counts | changed))
    one = next(one for one in INDICATORS if one.key == key)
    too_many = dict.fromkeys((*one.parts, *one.less), 10_000)
    with pytest.raises(ValueError, match="cannot be"):
        indicator(key, **(counts | too_many))
    with pytest.raises(ValueError, match="takes"):
        indicator(key)


@pytest.mark.parametrize("one", INDICATORS, ids=lambda one: one.key)
def test_an_indicator_says_who_asks_for_it_and_who_defines_it(one):
    assert one.basis in ("document", "imported", "ours") and one.named.startswith("p. ")
    assert one.where.startswith("p. ") == (one.basis == "document")
    text = one.text()
    assert one.numerator in text and one.denominator in text and one.where in text
    assert one.disaggregation


def test_by_group_sums_within_groups_and_names_the_group_that_cannot_be():
    table = pd.DataFrame(
        {"sex": ["f", "m", "f"], "enrolled": [100, 50, 100], "in_next_grade": [94, 50, 94], "repeaters": [4, 0, 4]}
    )
    found = by_group(table, "drop_out", ["sex"])
    assert found["value_pct"].tolist() == [2.0, 0.0] and found["enrolled"].tolist() == [200, 50]
    assert by_group(table, "drop_out")["value_pct"].tolist() == [1.6]
    with pytest.raises(ValueError, match="m: drop_out"):
        by_group(table.assign(repeaters=[4, 9, 4]), "drop_out", ["sex"])
    with pytest.raises(ValueError, match="no column region"):
        by_group(table, "drop_out", ["region"])


def test_counts_out_of_school_that_cannot_be_are_refused():
    with pytest.raises(ValueError, match="cannot be"):
        out_of_school(100, 101, 0)
    with pytest.raises(ValueError, match="cannot be"):
        out_of_school(100, 90, 91)


def test_stays_have_an_average_and_a_median():
    assert stay([90, 180, 360]) == {"average": 210, "median": 180}
    assert stay([]) == {"average": None, "median": None}
    with pytest.raises(ValueError):
        stay([-1])
