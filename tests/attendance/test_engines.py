"""Every engine gives the same result, to the last digit, and the result of SQL written by hand."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from evidence.attendance.counts import last_schools
from evidence.attendance.days import absences_of, recorded_days, reduced, sequence
from evidence.attendance.explorer import found, moving, states
from evidence.attendance.kinds import KEYS, alike, first_spells, marked, with_entries
from evidence.attendance.thresholds import THRESHOLDS, episodes, missed_share, reached
from evidence.toolkit import engines
from tests.attendance.made import FIRST, TABLES, handed, made, rows

ORACLE = Path(__file__).with_name("oracle.sql")
NUMBERS = range(3)


def given(engine, tables: dict[str, pd.DataFrame]) -> list:
    """Return the four tables as frames of an engine."""
    return [handed(engine, tables[name]) for name in TABLES]


def asked(tables: dict[str, pd.DataFrame], query: str) -> list[tuple]:
    """Return the rows of a query over what the hand-written SQL makes."""
    session = engines.duckdb_engine().session
    for name in TABLES:
        session.register(name, tables[name])
    session.execute(ORACLE.read_text(encoding="utf-8"))
    return rows(engines.Engine("duckdb", session), session.sql(query))


@pytest.mark.parametrize("seed", NUMBERS)
def test_thresholds_are_those_of_the_oracle(engine, seed):
    tables = made(seed)
    result = rows(engine, reached(sequence(*given(engine, tables))))
    columns = ", ".join(rule.key for rule in THRESHOLDS)
    assert result == asked(tables, f"SELECT child, absent, unexcused, {columns} FROM thresholds")
    for position in range(3, 3 + len(THRESHOLDS)):
        assert any(row[position] for row in result), "a rule that finds nobody tests nothing"


@pytest.mark.parametrize("seed", NUMBERS)
def test_episodes_are_those_of_the_oracle(engine, seed):
    tables = made(seed)
    result = rows(engine, episodes(sequence(*given(engine, tables))))
    assert result == asked(tables, "FROM runs SELECT child, first_day, last_day, school_days, unexcused, calendar_days")


@pytest.fixture(scope="module")
def expected() -> dict[str, list[tuple]]:
    """Return the results of DuckDB, with which every engine is compared."""
    return everything(engines.engine("duckdb"))


def kept(engine, frame, name: str):
    """Return a frame that is computed once, under a name."""
    return frame if engine is None else engine.checkpoint(frame, name)


def everything(engine) -> dict[str, list[tuple]]:
    """Return the rows of every portable function under every parameter."""
    tables = made(11)
    absences, calendar, recorded, enrolment = given(engine, tables)
    result = {}
    days = {
        (unrecorded, transfers): kept(
            engine, sequence(absences, calendar, recorded, enrolment, unrecorded, transfers), unrecorded + transfers
        )
        for unrecorded in ("skipped", "present", "absent")
        for transfers in ("continue", "end")
    }
    table = {key: kept(engine, reached(frame), "reached" + "".join(key)) for key, frame in days.items()}
    for key, frame in table.items():
        result[f"reached {key}"] = rows(engine, frame)
        result[f"found {key}"] = rows(engine, found(frame))
        result[f"episodes {key}"] = rows(engine, episodes(days[key], "unexcused"))
    result["moving"] = rows(engine, moving(table["skipped", "continue"], "over_10", "from_10"))
    result["states"] = rows(engine, states(table["present", "continue"], table["absent", "continue"]))
    from evidence.attendance.days import numbered

    numbers = numbered(calendar, recorded)
    missed = missed_share(days["skipped", "continue"], numbers, enrolment, FIRST, FIRST + 40, 50, 10)
    result["missed"] = rows(engine, missed)
    columns = ["school", "end"]
    children = kept(engine, first_spells(enrolment, columns), "children")
    for start, key in enumerate((("skipped", "continue"), ("absent", "end"))):
        places = {rule: start * len(KEYS) + position for position, rule in enumerate(KEYS)}
        children = kept(engine, marked(children, table[key], places, columns), f"marked_{start}")
    result["marked"] = rows(engine, children)
    some = handed(
        engine, pd.DataFrame({"child": ["c001", "c007", "elsewhere"], "entries": ["a", "b", "c"]}, dtype=object)
    )
    children = with_entries(children, some, columns)
    result["alike"] = rows(engine, alike(children, [*columns, "entries"]))
    result["last schools"] = rows(engine, last_schools(enrolment))
    return result


def test_every_rule_agrees_under_every_parameter(engine, expected):
    result = everything(engine)
    assert list(result) == list(expected)
    for name in expected:
        assert result[name] == expected[name], name


def test_a_full_register_is_reduced_the_same_way(engine):
    register = pd.DataFrame(
        [
            ("a", "A", 1, "P"),
            ("a", "A", 2, "E"),
            ("a", "A", 2, "U"),
            ("b", "A", 2, "E"),
            ("b", "A", 3, None),
            ("c", "B", 1, "P"),
        ],
        columns=["child", "school", "day", "status"],
    )
    frame = reduced(handed(engine, register), ["U", "E"], ["U"])
    present = [("A", 1, 0), ("B", 1, 0)]
    absent = [("a", "A", 2, 1), ("b", "A", 2, 0)]
    assert sorted(rows(engine, frame), key=repr) == sorted([(None, *row) for row in present] + absent, key=repr)
    assert rows(engine, absences_of(frame)) == [("a", "A", 2, 1), ("b", "A", 2, 0)]
    assert rows(engine, recorded_days(frame)) == [("A", 1), ("A", 2), ("B", 1)]


def test_a_rule_gives_the_frame_of_the_caller(engine):
    frames = given(engine, made(1))
    assert type(reached(sequence(*frames))) is type(frames[0])


def test_an_engine_that_is_not_there_says_what_to_do(monkeypatch):
    monkeypatch.setattr(engines, "available", lambda name: False)
    with pytest.raises(engines.Unavailable, match=r"\.\[spark\]"):
        engines.engine("spark")
    with pytest.raises(engines.Unavailable, match="there are: duckdb"):
        engines.engine("oracle")
