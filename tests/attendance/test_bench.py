"""The benchmark measures ways that give the same result, and says where a goal is missed."""

from __future__ import annotations

import pytest

from benchmarks import attendance as bench


@pytest.fixture(scope="module")
def country(tmp_path_factory):
    folder = tmp_path_factory.mktemp("country")
    assert bench.write_country(folder, 0.01) > 300_000  # four schools at least
    return folder


def test_the_ways_agree_and_find_something(country):
    sums = {way: getattr(bench, way)(country, "") for way in bench.WAYS}
    assert sums["ours"] == sums["sql"] == sums["pandas"]
    assert all(value > 0 for value in sums["ours"])


def test_a_day_nobody_recorded_and_a_change_of_school_are_in_it(country):
    session = bench.opened(country, "").session
    recorded = "SELECT count(*) FROM calendar ANTI JOIN (SELECT DISTINCT school, day FROM register) USING (school, day)"
    moved = "SELECT count(*) FROM (SELECT child FROM enrolment GROUP BY child HAVING count(*) > 1)"
    shares = "SELECT avg((status <> 'P')::INT) FROM register"
    assert session.execute(recorded).fetchall()[0][0] > 0 and session.execute(moved).fetchall()[0][0] > 0
    assert 0.02 < session.execute(shares).fetchall()[0][0] < 0.08


def test_a_missed_goal_is_told():
    fast, slow = bench.Run(1, 1.0, 100, []), bench.Run(300, 2.0, 5000, [])
    assert bench.missed({"ours": [fast], "sql": [fast]}) == []
    assert [text.split(":")[0] for text in bench.missed({"ours": [slow], "sql": [fast]})] == ["cpu", "mb", "seconds"]
    lines = bench.table(5, 1_000_000, {"ours": [slow], "sql": [fast]})
    assert "| ours | 300.00 | 2.00 | 2.00 | 2.000 | 5000 |" in lines
