"""A day recorded for others and not for one child is neither present nor absent: rules say what they cannot know."""

from __future__ import annotations

import random
from itertools import product
from pathlib import Path

import pandas as pd
import pytest

from evidence.attendance.analysis import UNKNOWN_DAYS, analysed
from evidence.attendance.commands import run
from evidence.attendance.days import numbered, sequence, unknown_days
from evidence.attendance.explorer import STATES, states
from evidence.attendance.reading.folder import EMPTY_CELLS, read_folder
from evidence.attendance.reading.unknown import ABSENCES_ONLY, EMPTY_PRESENT
from evidence.attendance.thresholds import THRESHOLDS, episodes, missed_share, reached
from evidence.toolkit.engines import engine as engine_named
from tests.attendance.made import FIRST, TABLES, handed, made, rows
from tests.attendance.records import absent, day, finds
from tests.attendance.records import school_year as calendar_of

KEYS = [rule.key for rule in THRESHOLDS]
DAYS = [f"2024-09-{day:02}" for day in range(2, 7)]


def cells(*numbers: int, child: str = "c", share: float = 1.0, session: str = "day") -> pd.DataFrame:
    """Return empty cells of a child on school days by number."""
    rows_ = [(child, "s", day(number), share, session) for number in numbers]
    return pd.DataFrame(rows_, columns=["child", "school", "day", "share", "session"])


def with_shares(absences: pd.DataFrame) -> pd.DataFrame:
    return absences.assign(share=1.0, session="day")


def test_an_unknown_day_between_two_absences_is_a_parameter():
    absences = with_shares(absent(unexcused=[*range(3, 8), *range(9, 15)]))
    found = {how: finds(absences, unknown=cells(8), unrecorded=how) for how in ("skipped", "present", "absent")}
    assert found["skipped"]["run_over_10"] == day(14) and found["present"]["run_over_10"] is None
    assert found["absent"]["run_over_10"] == day(13)


def test_a_day_half_known_is_unknown_only_where_the_rest_could_make_it_a_day_absent():
    half = pd.DataFrame(
        [("c", "s", day(1), 1, 0.5, "am"), ("c", "s", day(9), 1, 1.0, "day")],
        columns=["child", "school", "day", "unexcused", "share", "session"],
    )
    empty = pd.concat([cells(1, 2, share=0.5, session="pm"), cells(9)])
    assert unknown_days(half, empty)["day"].tolist() == [day(1)], "half of the second day is known: present"
    assert sorted(unknown_days(half, empty, counts_from=0.5)["day"]) == [day(2)], "the first is absent already"


def test_days_that_are_unknown_are_no_possible_ones_of_half_a_period():
    calendar = calendar_of()
    roll = pd.DataFrame([("c", "s", day(1), None)], columns=["child", "school", "start", "end"]).astype(
        {"end": "Int64"}
    )
    absences, days = with_shares(absent(excused=range(1, 10))), numbered(calendar, calendar)
    own = sequence(absences, calendar, calendar, roll, unknown=cells(11, 12))
    gaps = unknown_days(absences, cells(11, 12))
    found = missed_share(own, days, roll, day(1), day(20), unknown=gaps).iloc[0]
    assert (found["possible"], found["absent"], found["is_reached"]) == (18, 9, 1)


@pytest.mark.parametrize("seed", range(6))
def test_undetermined_is_said_exactly_where_the_answer_could_differ(seed):
    """Every way in which the empty cells could have been filled in is tried out: present, or absent either way."""
    chance = random.Random(seed)
    calendar = calendar_of(30)
    numbers = sorted(chance.sample(range(1, 31), 17))
    empty = sorted(chance.sample(numbers, 4))
    missed = [number for number in numbers if number not in empty]
    status = {number: chance.random() < 0.9 for number in missed}
    known = with_shares(
        absent(unexcused=[n for n in missed if status[n]], excused=[n for n in missed if not status[n]])
    )
    roll = pd.DataFrame([("c", "s", day(1), None)], columns=["child", "school", "start", "end"]).astype(
        {"end": "Int64"}
    )
    low, high = (
        reached(sequence(known, calendar, calendar, roll, how, unknown=cells(*empty))) for how in ("present", "absent")
    )
    said = states(low, high).iloc[0]
    answers: dict[str, set[bool]] = {key: set() for key in KEYS}
    for filled in product("pue", repeat=len(empty)):
        more = with_shares(
            absent(
                unexcused=[n for n, mark in zip(empty, filled) if mark == "u"],
                excused=[n for n, mark in zip(empty, filled) if mark == "e"],
            )
        )
        table = reached(sequence(pd.concat([known, more]), calendar, calendar, roll)).iloc[0]
        for key in KEYS:
            answers[key].add(bool(pd.notna(table[key])))
    for key in KEYS:
        expected = STATES[1] if len(answers[key]) == 2 else STATES[0] if True in answers[key] else STATES[2]
        assert said[key] == expected, key


def everything(engine) -> dict[str, list[tuple]]:
    """Return what rules find with unknown cells, under every parameter."""
    tables = made(5)
    absences, calendar, recorded, enrolment = (handed(engine, tables[name]) for name in TABLES)
    pairs = tables["recorded"].merge(tables["enrolment"], on="school")
    pairs = pairs[(pairs["day"] >= pairs["start"]) & (pairs["day"] <= pairs["end"].fillna(10**6))]
    empty = pairs.sample(120, random_state=3)[["child", "school", "day"]].assign(share=1.0, session="day")
    empty = pd.concat([empty, empty.head(30).assign(share=0.5, session="pm")]).sample(frac=1, random_state=4)
    unknown, result = handed(engine, empty.reset_index(drop=True)), {}
    for how in ("skipped", "present", "absent"):
        own = sequence(absences, calendar, recorded, enrolment, how, unknown=unknown)
        result[f"reached {how}"] = rows(engine, reached(own))
        result[f"episodes {how}"] = rows(engine, episodes(own))
    gaps = unknown_days(absences, unknown)
    result["gaps"] = rows(engine, gaps)
    own = sequence(absences, calendar, recorded, enrolment, unknown=unknown)
    days = numbered(calendar, recorded)
    result["half"] = rows(engine, missed_share(own, days, enrolment, FIRST, FIRST + 40, unknown=gaps))
    return result


def test_every_engine_gives_the_same_with_unknown_days(engine):
    result, expected = everything(engine), everything(engine_named("duckdb"))
    for name in expected:
        assert result[name] == expected[name] and expected[name], name
    assert len({str(expected[f"reached {how}"]) for how in ("skipped", "present", "absent")}) == 3


# from a register to what a report says


def register(folder: Path, *rows_: str, **others: list[str]) -> Path:
    folder.mkdir(exist_ok=True)
    files = {"register": ["child,school,date,status", *rows_], **others}
    for name, lines in files.items():
        (folder / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def read(folder: Path, **options):
    return read_folder(folder, engine_named("duckdb"), **options)


def unknown_of(tables) -> list[tuple]:
    return [] if tables.unknown is None else sorted(tables.unknown.project("child, day, session").fetchall())


MARKED = [f"c{number},A,{date},{'u' if number == 0 else 'p'}" for number in range(6) for date in DAYS]


@pytest.mark.parametrize("way", ["an empty cell", "no row"])
def test_a_child_without_a_mark_on_a_recorded_day_is_undetermined(way, tmp_path):
    kept = [row for row in MARKED if row != "c0,A,2024-09-04,u" or way == "an empty cell"]
    lines = [
        row.replace("c0,A,2024-09-04,u", "c0,A,2024-09-04,") for row in kept if not row.startswith("c0,A,2024-09-06")
    ]
    tables = read(register(tmp_path, *lines))
    assert [row[0] for row in unknown_of(tables)] == ["c0"] and EMPTY_CELLS in tables.assumptions
    found = analysed(tables)
    row = found.thresholds.set_index("rule").loc["quarter_3"]
    assert found.overview[UNKNOWN_DAYS] == 1
    assert row[["certain", "undetermined", "not_reached"]].tolist() == [0, 0, 6]  # one day a quarter or two
    row = found.thresholds.set_index("rule").loc["half_of_period"]
    assert row[["certain", "undetermined", "not_reached"]].tolist() == [1, 0, 5]


def test_three_days_of_which_one_is_unknown_leave_the_rule_of_a_quarter_open(tmp_path):
    calendar = ["school,date,quarter", *(f"A,{date},1" for date in DAYS)]
    lines = [row for row in MARKED if not row.startswith("c0")]
    lines += ["c0,A,2024-09-02,u", "c0,A,2024-09-03,u", "c0,A,2024-09-04,", "c0,A,2024-09-05,p", "c0,A,2024-09-06,p"]
    row = analysed(read(register(tmp_path, *lines, calendar=calendar))).thresholds.set_index("rule").loc["quarter_3"]
    assert row[["children", "certain", "undetermined", "not_reached"]].tolist() == [0, 0, 1, 5]
    assert run(["report", str(tmp_path), "--to", str(tmp_path / "out"), "--under", "0"]) == 0
    page = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    assert EMPTY_CELLS.split(":")[0] in page and UNKNOWN_DAYS in page


def test_an_empty_cell_may_mean_present_and_then_nothing_is_open(tmp_path):
    lines = [row for row in MARKED if not row.startswith("c1")] + [f"c1,A,{date}," for date in DAYS]
    folder = register(tmp_path, *lines)
    assert len(unknown_of(read(folder))) == 5
    tables = read(folder, empty="present")
    assert tables.unknown is None and EMPTY_PRESENT in tables.assumptions
    assert analysed(tables).thresholds["undetermined"].sum() == 0


def test_a_day_on_which_all_are_present_is_recorded_where_empty_means_present_and_the_calendar_has_it(tmp_path):
    lines = ["c0,A,2024-09-02,u", *(f"c0,A,{date}," for date in DAYS[1:]), *(f"c1,A,{date}," for date in DAYS)]
    folder = register(tmp_path, *lines, calendar=["school,date", *(f"A,{date}" for date in DAYS)])
    assert len(read(folder, empty="present").recorded) == 5 and len(read(folder, empty="unknown").recorded) == 1


@pytest.mark.parametrize(("present", "is_unknown"), [(0, False), (1, False), (2, True), (3, True)])
def test_a_school_with_more_empty_cells_than_marks_of_presence_writes_absences_only(tmp_path, present, is_unknown):
    marks = [*("p" * present), *[""] * (4 - present)]
    folder = register(
        tmp_path,
        "c0,A,2024-09-02,u",
        *(f"c1,A,{date},{mark}" for date, mark in zip(DAYS, ["u", *marks])),
        *(f"c0,A,{date},u" for date in DAYS[1:]),
    )
    tables = read(folder)
    assert (tables.unknown is not None) == is_unknown
    assert (ABSENCES_ONLY in tables.assumptions) == (not is_unknown)


def test_before_and_after_a_spell_nothing_is_unknown(tmp_path):
    lines = [row for row in MARKED if not row.startswith("c1")] + [
        "c1,A,2024-09-02,p",
        *(f"c1,A,{d}," for d in DAYS[1:]),
    ]
    roll = ["child,school,start,end", *(f"c{number},A,2024-09-01," for number in range(6) if number != 1)]
    folder = register(tmp_path, *lines, enrolment=[*roll, "c1,A,2024-09-01,2024-09-03"])
    assert [row[:2] for row in unknown_of(read(folder))] == [("c1", unknown_of(read(folder))[0][1])]


def test_a_register_of_absences_and_late_ones_lists_nobody_else(tmp_path):
    """Most children have no row on any day: the register lists those absent, and who has no row was there."""
    roll = ["child,school,start", *(f"c{number},A,2024-09-01" for number in range(6))]
    folder = register(tmp_path, "c0,A,2024-09-02,u", "c1,A,2024-09-02,late", "c2,A,2024-09-03,e", enrolment=roll)
    assert read(folder).unknown is None


def test_a_mark_that_cannot_be_read_leaves_the_day_unknown(tmp_path):
    lines = [row.replace("c3,A,2024-09-04,p", "c3,A,2024-09-04,zz") for row in MARKED]
    tables = read(register(tmp_path, *lines), set_aside=True)
    assert [row[0] for row in unknown_of(tables)] == ["c3"]
