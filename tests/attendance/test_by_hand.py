"""Further cases worked out by hand, where rules meet: gaps in runs, ends of windows, what is known in part."""

from __future__ import annotations

import pandas as pd
import pytest

from evidence.attendance.days import sequence
from evidence.attendance.definitions import classify
from evidence.attendance.disappearance import disappeared
from evidence.attendance.early_warning import flagged, sheet
from evidence.attendance.intervals import decomposed, wilson_pct
from evidence.attendance.letters import skeleton
from evidence.attendance.protocol import QUESTIONS, gaps
from evidence.attendance.publishing import merged
from evidence.attendance.register import as_school_year, problems, profile
from evidence.attendance.risk import combination
from evidence.attendance.thresholds import episodes, missed_share
from tests.attendance.records import absent, day, finds, on_roll, school_year

NAMES = (  # one name as Kazakh, Russian and passports spell it
    ("Қожахметов", "Кожахметов", "Kozhakhmetov"),
    ("Нұрсұлтан", "Нурсултан", "Nursultan"),
    ("Жұмабаев", "Жумабаев", "Zhumabaev"),
    ("Әлия", "Алия", "Aliia"),
    ("Сәуле", "Сауле", "Saule"),
    ("Ғалымов", "Галымов", "Galymov"),
    ("Щербаков", "Щербаков", "Shcherbakov"),
)
RECORDS = {
    "on roll and away at 16": (
        {"age": 16, "enrolled": 1, "attending": 0},
        {"out_of_school": "yes", "dropped_out": "yes", "dropped_out_unesco": "no", "category": "none"},
    ),
    "on the roll of pre-school and away": (
        {"age": 6, "enrolled": 1, "attending": 0},
        {"out_of_school": "yes", "category": "1"},
    ),
    "in grade 1 and at risk": ({"age": 7, "enrolled": 1, "attending": 1, "at_risk": 1}, {"category": "5"}),
    "in grade 1, risk unknown": ({"age": 7, "enrolled": 1, "attending": 1}, {"category": "undetermined"}),
    "left after grade 9": (
        {"age": 15, "enrolled": 0, "ever_enrolled": 1, "completed_grade": 9},
        {"out_of_school": "yes", "dropped_out": "no", "category": "none"},
    ),
    "left in grade 9": (
        {"age": 15, "enrolled": 0, "ever_enrolled": 1, "last_grade": 9},
        {"dropped_out": "yes", "category": "4"},
    ),
    "not on roll, the rest unknown": (
        {"age": 12, "enrolled": 0},
        {"out_of_school": "yes", "dropped_out": "undetermined", "category": "2, 3 or 4"},
    ),
    "18 and not on roll": ({"age": 18, "enrolled": 0}, {"out_of_school": "no", "category": "none"}),
    "age unknown": ({"enrolled": 0}, {"out_of_school": "undetermined", "category": "undetermined"}),
    "20, grade 11 done": ({"age": 20, "completed_grade": 11, "in_training": 0}, {"early_leaver": "no"}),
    "20, training unknown": ({"age": 20, "completed_grade": 9}, {"early_leaver": "undetermined"}),
}


@pytest.mark.parametrize("name", RECORDS)
def test_definitions(name):
    record, expected = RECORDS[name]
    assert expected.items() <= classify(**record).items()


def test_an_excused_day_parts_the_unexcused_run_and_not_the_episode():
    """Days 1 to 5 and 7 to 12 without a reason, day 6 with one: 3 to 18 September, 16 calendar days."""
    days = absent(unexcused=[*range(1, 6), *range(7, 13)], excused=[6])
    found = finds(days)
    assert found["from_10"] == day(11) and found["over_10"] == day(12) and found["window_5_in_20"] == day(5)
    assert [found[key] for key in ("run_from_10", "run_over_10", "calendar_15", "days_15")] == [None] * 4
    runs = episodes(sequence(days, school_year(), school_year(), on_roll()))
    assert runs[["school_days", "unexcused", "calendar_days"]].to_numpy().tolist() == [[12, 11, 16]]


@pytest.mark.parametrize(("last", "expected"), [(20, day(20)), (21, None)])
def test_five_days_lie_in_a_window_of_twenty_with_its_first_and_last_day(last, expected):
    assert finds(absent(unexcused=[1, 6, 11, 16, last]))["window_5_in_20"] == expected


@pytest.mark.parametrize(("last", "expected"), [(10, None), (11, day(11))])
def test_fifteen_calendar_days_from_a_monday_are_eleven_school_days(last, expected):
    assert finds(absent(unexcused=range(1, last + 1)))["calendar_15"] == expected


@pytest.mark.parametrize(
    ("unrecorded", "ten", "eleven"),
    [("skipped", day(11), None), ("present", None, None), ("absent", day(10), day(11))],
)
def test_a_day_that_nobody_recorded_inside_a_run(unrecorded, ten, eleven):
    """Ten days without a reason, and between the fifth and the sixth of them a day that nobody recorded."""
    days = absent(unexcused=[*range(1, 6), *range(7, 12)])
    recorded = school_year().query(f"day != {day(6)}")
    found = finds(days, recorded=recorded, unrecorded=unrecorded)
    assert (found["run_from_10"], found["run_over_10"]) == (ten, eleven)


@pytest.mark.parametrize(("missed", "expected"), [(5, 1), (4, 0)])
def test_a_leaver_of_ten_days_is_measured_by_ten_days(missed, expected):
    spells = on_roll().assign(end=pd.array([day(10)], dtype="Int64"))
    days = school_year().assign(counts=1)
    placed = sequence(absent(excused=range(1, missed + 1)), school_year(), school_year(), spells)
    row = missed_share(placed, days, spells, day(1), day(80)).iloc[0]
    assert (row["possible"], row["absent"], row["is_reached"]) == (10, missed, expected)


@pytest.mark.parametrize(("transfers", "expected"), [("continue", day(10)), ("end", None)])
def test_five_days_on_each_side_of_a_change_of_school(transfers, expected):
    calendar = pd.concat([school_year(), school_year(school="t")])
    days = absent(unexcused=range(1, 11))
    days["school"] = ["s"] * 5 + ["t"] * 5
    ends = pd.array([day(5), None], dtype="Int64")
    spells = pd.DataFrame({"child": "c", "school": ["s", "t"], "start": [day(1), day(6)], "end": ends})
    runs = episodes(sequence(days, calendar, calendar, spells, transfers=transfers), "unexcused")
    assert runs["school_days"].tolist() == ([10] if expected else [5, 5])


@pytest.mark.parametrize(
    ("counts_from", "expected"),
    [(1.0, [(day(1), 0)]), (0.5, [(day(1), 1), (day(2), 1)])],
    ids=["whole days", "half days"],
)
def test_a_morning_with_and_an_afternoon_without_a_reason(counts_from, expected):
    """Day 1: the morning excused, the afternoon not. Day 2: the morning alone, without a reason."""
    rows = [("c", "s", day(1), 0, 0.5, "am"), ("c", "s", day(1), 1, 0.5, "pm"), ("c", "s", day(2), 1, 0.5, "am")]
    days = pd.DataFrame(rows, columns=["child", "school", "day", "unexcused", "share", "session"])
    placed = sequence(days, school_year(), school_year(), on_roll(), counts_from=counts_from)
    assert sorted(zip(placed["day"], placed["unexcused"])) == expected


def test_ages_reasons_and_endings_of_the_disappeared():
    """The youngest and the oldest age count; who completed school, or is on any roll, has not disappeared."""
    before = pd.DataFrame(
        {
            "child": list("abcdefghh"),
            "age_after": pd.array([5, 6, 17, 18, 10, 10, None, 10, 10], dtype="Int64"),
            "reason": [None, None, None, None, None, "migration", None, "migration", None],
            "completed": pd.array([0, 0, 0, 0, 1, 0, None, 0, 0], dtype="Int64"),
        }
    )
    found = disappeared(before, pd.DataFrame({"child": ["z"]})).set_index("child")["status"].to_dict()
    by_hand = {"f": "check by hand", "h": "check by hand"}
    assert found == {"b": "disappeared", "c": "disappeared", "g": "undetermined"} | by_hand


@pytest.mark.parametrize(
    ("changes", "others", "expected"), [(2, 0, "no"), (2, None, "undetermined"), (3, 0, "yes"), (3, None, "yes")]
)
def test_two_of_five_traits(changes, others, expected):
    record = {"low_income": 1, "school_changes": changes}
    record |= dict.fromkeys(("dysfunctional", "far_from_school", "was_in_institution"), others)
    row = pd.DataFrame({"child": ["a"]} | {key: pd.array([value], dtype="Int64") for key, value in record.items()})
    assert combination(row)["at_risk"].tolist() == [expected]


@pytest.mark.parametrize(
    ("failures", "absences", "incidents", "expected"),
    [(1, None, None, "yes"), (0, 2, None, "undetermined"), (0, 2, 0, "no"), (None, None, None, "undetermined")],
)
def test_a_trigger_that_is_reached_decides_and_one_unknown_leaves_it_open(failures, absences, incidents, expected):
    given = {"course_failures": failures, "unexcused_in_quarter": absences, "incidents": incidents}
    row = pd.DataFrame({"child": ["a"]} | {key: pd.array([value], dtype="Int64") for key, value in given.items()})
    assert flagged(row)["flagged"].tolist() == [expected]
    assert len(sheet("a")) == 4 * 5 + 5, "four fields for each of five attributes, five for the sheet"


def test_an_interval_of_5_in_20():
    """z = 1.96: (0.25 + 0.09604) / 1.19208 = 0.29028; 1.64418 × √(0.009375 + 0.002401) = 0.17842."""
    assert wilson_pct(5, 20) == (pytest.approx(11.19, abs=0.01), pytest.approx(46.87, abs=0.01))


def test_a_change_of_ten_points_by_rates_and_by_composition():
    """15 % of 200 become 25 % of 200: B's rate rises by 10 at an average weight of 62.5; B grows by 25 points."""
    table = decomposed({"A": (10, 100), "B": (20, 100)}, {"A": (5, 50), "B": (45, 150)}).set_index("group")
    assert table[["by_rates", "by_composition"]].to_numpy().tolist() == [[0, -2.5], [6.25, 6.25], [6.25, 3.75]]
    assert table.loc["total", "change"] == 10


@pytest.mark.parametrize(
    ("text", "expected"),
    [("2011/12", "2011-12"), ("1999-2000", "1999-00"), ("2011-13", ""), ("2011", ""), (" 2009 – 10 ", "2009-10")],
)
def test_school_years(text, expected):
    assert as_school_year(text) == expected


def test_a_child_in_two_regions_is_found_however_its_school_year_is_written():
    rows = pd.DataFrame({"child": "a", "school_year": ["2011-12", "2011/12"], "region": ["N", "S"], "outcome": "out"})
    assert [(one.row, one.column, one.value) for one in problems(rows)] == [(2, "region", "N"), (3, "region", "S")]
    assert problems(rows.assign(school_year=["2011-12", "2012-13"])) == []


def test_a_child_with_two_characteristics_counts_in_both():
    rows = pd.DataFrame({"outcome": ["out", "out", "returned_elsewhere"], "low_income": [1, 1, 1]})
    rows = rows.assign(dysfunctional=[1, 0, 1], no_desire=0, migrated=0)
    row = profile(rows, []).iloc[0]
    assert (row["registered"], row["out"], row["low_income_n"], row["dysfunctional_n"]) == (3, 2, 2, 1)
    assert (row["low_income_pct"], row["dysfunctional_pct"], row["migrated_pct"]) == (100, 50, 0)


@pytest.mark.parametrize("spelled", NAMES, ids=lambda names: names[0])
def test_one_name_has_one_skeleton(spelled):
    assert len(set(map(skeleton, spelled))) == 1 and skeleton(spelled[0])


def test_gaps_are_all_but_yes():
    assert gaps({one.key: "yes" for one in QUESTIONS}).empty
    found = gaps({QUESTIONS[0].key: "unknown", QUESTIONS[1].key: "yes", QUESTIONS[2].key: ""})
    assert found["answer"].tolist()[:2] == ["unknown", "unanswered"] and len(found) == len(QUESTIONS) - 1


def test_small_bands_of_episodes_go_into_their_neighbours():
    """1 of 21 and more goes to 2 of 11 to 20, these 3 to 7 of 5 to 10; then 3 of 2 to 4 go to 40 of one day."""
    bands = pd.DataFrame(
        {"from_days": [1, 2, 5, 11, 21], "to_days": [1, 4, 10, 20, None], "episodes": [40, 3, 7, 2, 1]}
    ).astype({"to_days": "Int64"})
    assert merged(bands, 5).astype(object).where(lambda cells: cells.notna(), None).to_numpy().tolist() == [
        [1, 4, 43],
        [5, None, 10],
    ]
