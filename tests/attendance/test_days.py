"""Days nobody recorded, transfers, half days, leavers and holidays: each a parameter or a rule, worked out by hand."""

from __future__ import annotations

import narwhals.stable.v2 as nw
import pandas as pd
import pytest

from evidence.attendance.days import absent_days, numbered, placed, school_year, sequence, spells_seen
from evidence.attendance.thresholds import HALF, episodes, missed_share, reached
from tests.attendance.records import MONDAY, absent, day, finds, on_roll
from tests.attendance.records import school_year as calendar_of


def spells(*rows: tuple) -> pd.DataFrame:
    """Return spells on roll; the end may be missing."""
    frame = pd.DataFrame(rows, columns=["child", "school", "start", "end"])
    return frame.astype({"start": "int64", "end": "Int64"})


def test_a_day_nobody_recorded_between_two_absences_is_a_parameter():
    absences = absent(unexcused=[*range(3, 8), *range(9, 15)])  # 5 days, one unrecorded, 6 days
    recorded = calendar_of()[lambda rows: rows["day"] != day(8)]
    assert finds(absences, recorded=recorded)["run_over_10"] == day(14)
    assert finds(absences, recorded=recorded, unrecorded="present")["run_over_10"] is None
    assert finds(absences, recorded=recorded, unrecorded="absent")["run_over_10"] == day(13)
    everything = finds(absences)  # recorded, and attended
    assert everything["run_over_10"] is None and everything["over_10"] == day(14)


def test_a_day_with_an_absence_was_recorded_whatever_the_list_of_recorded_days_says():
    absences = absent(unexcused=range(1, 12))
    nothing = calendar_of().iloc[:0]
    assert finds(absences, recorded=nothing)["run_over_10"] == day(11)


def two_schools() -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return absences, calendar and enrolment of a child that misses the last 6 days at A and the first 5 at B."""
    one, two = calendar_of(20, "A"), calendar_of(40, "B")
    two = two[two["day"] % 7 != two["day"].iloc[0] % 7]  # another calendar: no Mondays
    moved = int(one["day"].iloc[-1])
    missed = [("c", "A", int(n), 1) for n in one["day"].iloc[-6:]]
    missed += [("c", "B", int(n), 1) for n in two[two["day"] > moved]["day"].iloc[:5]]
    absences = pd.DataFrame(missed, columns=["child", "school", "day", "unexcused"])
    return absences, pd.concat([one, two]), spells(("c", "A", MONDAY, moved), ("c", "B", moved + 1, None))


@pytest.mark.parametrize(("transfers", "runs"), [("continue", [11]), ("end", [5, 6])])
def test_a_run_over_a_change_of_school_is_a_parameter_and_a_sum_is_the_childs(transfers, runs):
    absences, calendar, enrolment = two_schools()
    own = sequence(absences, calendar, calendar, enrolment, transfers=transfers)
    assert sorted(episodes(own)["school_days"].tolist()) == runs
    found = reached(own).iloc[0]
    assert found["over_10"] == absences["day"].max()
    assert pd.isna(found["run_over_10"]) == (transfers == "end")


def test_a_child_who_comes_back_to_a_school_has_one_sequence():
    calendar = pd.concat([calendar_of(30, "A"), calendar_of(30, "B")])
    days = calendar_of(30)["day"].tolist()
    enrolment = spells(("c", "A", days[0], days[9]), ("c", "B", days[10], days[19]), ("c", "A", days[20], None))
    missed = [("A", 8), ("A", 9), ("B", 10), ("B", 19), ("A", 20)]
    absences = pd.DataFrame(
        [("c", school, days[n], 1) for school, n in missed], columns=["child", "school", "day", "unexcused"]
    )
    own = sequence(absences, calendar, calendar, enrolment)
    assert (own["n"] - own["n"].min()).sort_values().tolist() == [0, 1, 2, 11, 12]
    assert sorted(episodes(own)["school_days"].tolist()) == [2, 3]


def test_half_days_add_up_and_a_share_that_counts_is_a_parameter():
    rows = [("c", "s", day(1), 1, 0.5, "am"), ("c", "s", day(1), 1, 0.5, "pm"), ("c", "s", day(2), 1, 0.5, "am")]
    frame = pd.DataFrame(rows, columns=["child", "school", "day", "unexcused", "share", "session"])
    assert absent_days(frame)["day"].tolist() == [day(1)]
    assert sorted(absent_days(frame, counts_from=0.5)["day"]) == [day(1), day(2)]


def test_a_day_half_excused_and_half_not_is_absent_and_not_unexcused():
    rows = [("c", "s", day(1), 0, 0.5, "am"), ("c", "s", day(1), 1, 0.5, "pm")]
    frame = pd.DataFrame(rows, columns=["child", "school", "day", "unexcused", "share", "session"])
    assert absent_days(frame)["unexcused"].tolist() == [0]
    assert absent_days(frame, counts_from=0.5)["unexcused"].tolist() == [1]


def test_of_two_rows_on_one_day_the_unexcused_one_counts_and_the_day_once():
    frame = pd.concat([absent(unexcused=[1]), absent(excused=[1])])
    assert absent_days(frame)[["day", "unexcused"]].values.tolist() == [[day(1), 1]]


def test_an_excused_day_ends_a_run_of_unexcused_days_and_not_a_run_of_absence():
    absences = absent(unexcused=[*range(1, 7), *range(8, 14)], excused=[7])
    found = finds(absences)
    assert found["run_over_10"] is None and found["over_10"] == day(12)
    calendar = calendar_of()
    own = sequence(absences, calendar, calendar, on_roll())
    assert episodes(own)["school_days"].tolist() == [13]
    assert sorted(episodes(own, "unexcused")["school_days"].tolist()) == [6, 6]


def test_a_run_goes_on_over_a_holiday_and_calendar_days_count_it():
    calendar = calendar_of(40)
    calendar = calendar[(calendar["day"] < day(11)) | (calendar["day"] >= day(16))]  # a week without school
    absences = absent(unexcused=[8, 9, 10, 16])
    own = sequence(absences, calendar, calendar, on_roll())
    run = episodes(own).iloc[0]
    assert (run["school_days"], run["calendar_days"]) == (4, day(16) - day(8) + 1)
    found = reached(own).iloc[0]
    assert pd.isna(found["calendar_15"]) and run["calendar_days"] == 13


def test_fifteen_calendar_days_are_reached_on_a_day_that_may_be_a_sunday():
    found = finds(absent(unexcused=range(1, 12)))  # Monday to the Monday two weeks later: 15 days
    assert found["calendar_15"] == day(1) + 14 == day(11)
    assert finds(absent(unexcused=range(1, 11)))["calendar_15"] is None
    found = finds(absent(unexcused=range(2, 13)))  # Tuesday to Tuesday: the fifteenth day is the Tuesday itself
    assert found["calendar_15"] == day(12)
    found = finds(absent(unexcused=range(1, 13)))
    assert found["calendar_15"] == day(11)


def test_five_in_any_twenty_school_days():
    assert finds(absent(unexcused=[1, 2, 3, 4, 20]))["window_5_in_20"] == day(20)
    assert finds(absent(unexcused=[1, 2, 3, 4, 21]))["window_5_in_20"] is None


def test_quarters_are_equal_parts_of_the_school_days_unless_the_calendar_has_them():
    days = numbered(calendar_of(80), calendar_of(80)).sort_values("day")
    assert days["quarter"].tolist() == [1] * 20 + [2] * 20 + [3] * 20 + [4] * 20
    given = calendar_of(80).assign(quarter=[1] * 10 + [2] * 70)
    assert numbered(given, calendar_of(80)).sort_values("day")["quarter"].tolist() == [1] * 10 + [2] * 70


def missed(days_missed, first=1, last=20, end=None, **options) -> dict:
    """Return what the rule of half a period says of one child who misses some days."""
    calendar = calendar_of()
    enrolment = spells(("c", "s", MONDAY, end))
    days = numbered(calendar, calendar)
    own = placed(absent_days(absent(excused=days_missed)), days, enrolment)
    return missed_share(own, days, enrolment, day(first), day(last), **options).iloc[0].to_dict()


def test_half_of_a_period_counts_excused_days_too_and_is_reached_at_half():
    assert missed(range(1, 11))["is_reached"] == 1
    found = missed(range(1, 10))
    assert (found["possible"], found["absent"], found["is_reached"]) == (20, 9, 0)
    assert HALF.values()["share_pct"] == 50


def test_a_leaver_is_measured_to_the_last_day_and_short_stays_can_be_left_open():
    found = missed(range(1, 4), end=day(6))
    assert (found["possible"], found["is_reached"]) == (6, 1)
    assert pd.isna(missed(range(1, 4), end=day(6), min_days=10)["is_reached"])


def test_spells_are_taken_from_absences_where_there_is_no_enrolment():
    found = spells_seen(absent_days(absent(unexcused=[3, 9]))).iloc[0]
    assert (found["start"], found["end"]) == (day(3), day(9))


def two_years() -> pd.DataFrame:
    """Return a calendar of two school years: 40 school days before the summer of 2013, and 40 after it."""
    first = calendar_of(220)["day"].iloc[-60:-20]
    return pd.DataFrame({"school": "s", "day": [*first, *(first + 364 - 240)]})


@pytest.mark.parametrize("years", ["apart", "together"])
def test_sums_runs_and_quarters_end_with_the_school_year_unless_told_otherwise(years):
    """Six unexcused days to the last of one year, five from the first of the next; two of them in a first quarter."""
    calendar = two_years()
    days = calendar["day"].tolist()
    missed = [*days[:2], *days[34:40], *days[40:45]]
    absences = pd.DataFrame({"child": "c", "school": "s", "day": missed, "unexcused": 1})
    own = sequence(absences, calendar, calendar, on_roll(), years=years)
    found = reached(own).iloc[0]
    together = years == "together"
    assert found["unexcused"] == 13
    assert pd.notna(found["over_10"]) == pd.notna(found["run_over_10"]) == pd.notna(found["calendar_15"]) == together
    assert sorted(episodes(own)["school_days"]) == ([2, 11] if together else [2, 5, 6])
    quarters = numbered(calendar, calendar).sort_values("day")["quarter"].tolist()
    assert quarters == [q for _ in range(2) for q in (1, 2, 3, 4) for _ in range(10)]


def test_the_school_year_turns_on_the_first_of_july_in_leap_years_too():
    dates = pd.to_datetime([f"{year}-{day}" for year in (1999, 2000, 2011, 2012, 2013) for day in ("06-30", "07-01")])
    days = (dates - pd.Timestamp("1970-01-01")).days
    frame = nw.from_native(pd.DataFrame({"day": days})).select(year=school_year(nw.col("day"))).to_native()
    assert frame["year"].tolist() == [year + turn for year in (1998, 1999, 2010, 2011, 2012) for turn in (0, 1)]
