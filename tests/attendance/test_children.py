"""Definitions, disappearance, risk, early warning, self-assessment: what is known decides, what is not stays open."""

from __future__ import annotations

import itertools
import re

import narwhals.stable.v2 as nw
import pandas as pd
import pytest

from evidence.attendance import protocol, risk
from evidence.attendance.definitions import RECORD, classified, classify, impossible
from evidence.attendance.disappearance import disappeared
from evidence.attendance.early_warning import ATTRIBUTES, SHEET, TRIGGERS, flagged, sheet, sheet_page
from evidence.attendance.rulebook import INDICATORS, RULEBOOK
from evidence.data import store
from tests.attendance.made import handed, rows


def frame(**columns) -> pd.DataFrame:
    """Return a frame; columns of numbers may be missing in places."""
    made = {}
    for name, values in columns.items():
        is_text = any(isinstance(value, str) for value in values)
        made[name] = values if is_text else pd.array(values, dtype="Int64")
    return pd.DataFrame(made)


# --- definitions ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("record", "out_of_school"),
    [
        ({"age": 10, "enrolled": 1, "attending": 1}, "no"),
        ({"age": 10, "enrolled": 1, "attending": 0}, "yes"),
        ({"age": 10, "enrolled": 1}, "undetermined"),
        ({"age": 10}, "undetermined"),
        ({"enrolled": 0}, "undetermined"),
        ({"age": 4, "enrolled": 0}, "no"),
        ({"age": 18, "enrolled": 0}, "no"),
    ],
)
def test_out_of_school_is_open_where_the_record_does_not_say(record, out_of_school):
    assert classify(**record)["out_of_school"] == out_of_school


def test_on_roll_and_not_attending_is_dropping_out_by_the_report_and_not_by_unesco():
    answer = classify(age=12, enrolled=1, attending=0)
    assert (answer["dropped_out"], answer["dropped_out_unesco"], answer["category"]) == ("yes", "no", "4")


def test_a_child_who_left_after_the_cycle_has_not_dropped_out():
    answer = classify(age=15, enrolled=0, ever_enrolled=1, completed_grade=9)
    assert (answer["dropped_out"], answer["dropped_out_unesco"], answer["category"]) == ("no", "no", "none")


def test_the_cycle_is_a_parameter():
    record = {"age": 16, "enrolled": 0, "ever_enrolled": 1, "completed_grade": 9}
    assert classify({"cycle_grade": 11}, **record)["dropped_out"] == "yes"
    with pytest.raises(ValueError, match="no parameter colour"):
        classify({"colour": 1}, **record)


IMPOSSIBLE = {
    "an age below 0": {"age": -1},
    "an age of nobody": {"age": 200},
    "half a year": {"age": 7.5},
    "a flag of 2": {"age": 9, "enrolled": 2},
    "attending without being enrolled": {"age": 9, "enrolled": 0, "attending": 1},
    "enrolled and never was": {"age": 9, "enrolled": 1, "ever_enrolled": 0},
    "completed more than was left": {"age": 13, "last_grade": 7, "completed_grade": 9},
}


@pytest.mark.parametrize("name", IMPOSSIBLE)
def test_a_record_that_cannot_be_is_refused(name):
    with pytest.raises(ValueError):
        classify(**IMPOSSIBLE[name])


@pytest.mark.parametrize(
    ("record", "category"),
    [
        ({"age": 6, "enrolled": 0}, "1"),
        ({"age": 7, "enrolled": 0, "ever_enrolled": 0}, "2 or 3"),
        ({"age": 7, "enrolled": 0}, "2, 3 or 4"),
        ({"age": 9, "enrolled": 1, "attending": 1, "at_risk": 1}, "5"),
        ({"age": 9, "enrolled": 1, "attending": 1, "at_risk": 0}, "none"),
        ({"age": 9, "enrolled": 1, "attending": 1}, "undetermined"),
        ({"age": 16, "enrolled": 0, "ever_enrolled": 0}, "none"),
        ({"age": 15, "enrolled": 0, "ever_enrolled": 1, "last_grade": 9}, "4"),
        ({"age": 5, "enrolled": 1, "attending": 0}, "1"),
        ({"age": 4, "enrolled": 0}, "none"),
        ({}, "undetermined"),
    ],
)
def test_categories(record, category):
    assert classify(**record)["category"] == category


def test_knowing_more_never_turns_an_answer_round():
    """Whatever is unknown, a yes or no that stands without it still stands once it is known."""
    known = {"age": (8, 13), "enrolled": (0, 1), "attending": (0, 1), "ever_enrolled": (0, 1), "last_grade": (7,)}
    for values in itertools.product(*known.values()):
        record = dict(zip(known, values))
        if impossible(record):
            continue
        whole = classify(**record)
        for left_out in ("attending", "ever_enrolled", "enrolled"):
            part = classify(**{name: value for name, value in record.items() if name != left_out})
            for rule in ("out_of_school", "dropped_out", "dropped_out_unesco"):
                assert part[rule] in ("undetermined", whole[rule]), (record, left_out, rule)


# --- rules on every engine --------------------------------------------------------------------------

CHILDREN = frame(
    **{name: [value, None, 1, 0] for name, value in zip(RECORD, (8, 0, None, 0, None, None, None, None))}
    | {"age": [8, 13, 6, 20]}
)
TRAITS = frame(
    child=["a", "b", "c", "d"],
    low_income=[1, 1, 0, None],
    dysfunctional=[1, 0, 0, None],
    far_from_school=[0, None, 0, 0],
    was_in_institution=[0, None, 0, 0],
    school_changes=[0, 3, 2, 3],
)
PUPILS = frame(
    child=["a", "b", "c"],
    course_failures=[0, None, 0],
    unexcused_in_quarter=[3, 2, 2],
    incidents=[None, 0, 0],
)
BEFORE = frame(
    child=["a", "b", "c", "d", "e", "f", "f", "g"],
    age_after=[10, 10, 18, None, 12, 9, 9, 17],
    completed=[0, 0, 0, 0, 0, 0, 0, 1],
).assign(reason=[None, None, None, None, "migration", None, "migration", None])
AFTER = frame(child=["b", "z"])


def test_five_traits(engine):
    found = rows(engine, risk.combination(handed(engine, TRAITS)))
    assert found == [("a", 2, 0, "yes"), ("b", 2, 2, "yes"), ("c", 0, 0, "no"), ("d", 1, 2, "undetermined")]
    found = rows(engine, risk.combination(handed(engine, TRAITS), k=3))
    assert [row[3] for row in found] == ["no", "undetermined", "no", "undetermined"]


def test_more_than_two_changes_of_school_and_not_two(engine):
    rows_ = frame(
        child=["two", "three"],
        low_income=[0, 0],
        dysfunctional=[0, 0],
        far_from_school=[0, 0],
        was_in_institution=[0, 0],
        school_changes=[2, 3],
    )
    assert [row[1] for row in rows(engine, risk.combination(handed(engine, rows_)))] == [1, 0]


def test_early_warning_triggers(engine):
    found = rows(engine, flagged(handed(engine, PUPILS)))
    assert found == [
        ("a", "no", "yes", "undetermined", "yes"),
        ("b", "undetermined", "no", "no", "undetermined"),
        ("c", "no", "no", "no", "no"),
    ]


def test_disappeared_children(engine):
    found = rows(engine, disappeared(handed(engine, BEFORE), handed(engine, AFTER)))
    assert found == [("a", "disappeared"), ("d", "undetermined"), ("e", "check by hand"), ("f", "check by hand")]


def test_classes_agree(engine):
    names = ["age", "out_of_school", "dropped_out", "dropped_out_unesco", "early_leaver", "category"]
    table = nw.from_native(classified(handed(engine, CHILDREN))).select(names).to_native()
    expected = [(*map(classify(**record).get, names[1:]),) for record in records()]
    assert sorted(row[1:] for row in rows(engine, table)) == sorted(expected)


def records() -> list[dict]:
    """Return the records of ``CHILDREN`` without what is unknown."""
    return [
        {name: int(value) for name, value in row.items() if not pd.isna(value)} for row in CHILDREN.to_dict("records")
    ]


# --- lists ------------------------------------------------------------------------------------------


def test_a_profile_lists_factors_with_their_place_and_no_weight():
    children = frame(child=["a", "b"], disability=[1, 0], working=[1, None])
    table = risk.profile(children)
    assert table["child"].tolist() == ["a", "a"] and set(table["where"]) == {"p. 24, Table 4"}
    assert not {"weight", "score"} & set(table.columns)


def test_the_sheet_has_nine_fields_and_five_attributes():
    assert len(SHEET) == 9 and len(ATTRIBUTES) == 5
    assert sum(bool(column) for column in ATTRIBUTES.values()) == 3
    table = sheet("a")
    assert table["field"].nunique() == 9 and table["attribute"].nunique() == 5
    page = sheet_page("<b>")
    assert "&lt;b&gt;" in page and not re.search("https?:", page) and TRIGGERS.where in page


def test_the_protocol_has_the_parts_that_the_recommendation_has_and_the_stages_of_the_study():
    parts = store.load("recommendations").query("parent == 'oosc-r08'")
    asked = [one for one in protocol.QUESTIONS if one.part == "protocol"]
    assert len(asked) == 10 == len(parts) - 1  # the first part is that there be one
    assert len({one.stage for one in protocol.QUESTIONS if one.part == "stages"}) == 6 == len(protocol.STAGES)


def test_every_gap_leads_to_recommendations_that_exist():
    numbers = set(store.load("recommendations").query("source == 'antonowicz2013oosc'")["number"].astype(int))
    found = protocol.gaps({})
    assert len(found) == len(protocol.QUESTIONS)
    assert all(set(row) <= numbers and row for row in found["recommendations"])
    assert protocol.gaps({one.key: "yes" for one in protocol.QUESTIONS}).empty
    with pytest.raises(ValueError, match="maybe.*|.*no question"):
        protocol.gaps({"protocol_moves": "maybe", "nothing": "yes"})


PAGES = {"p. 64, Recommendation 8": "oosc-r08", "p. 65, Recommendation 11": "oosc-r11"} | {
    f"p. 66, Recommendation {number}": f"oosc-r{number}" for number in (15, 16, 17)
}


@pytest.mark.parametrize(("where", "key"), PAGES.items())
def test_a_recommendation_is_cited_with_its_page(where, key):
    page = where.split(",")[0].removeprefix("p. ")
    assert str(store.row("recommendations", key).page) == page
    texts = [rule.text() for rule in RULEBOOK] + [one.text() for one in INDICATORS]
    texts += [one.where for one in protocol.QUESTIONS]
    assert any(where in text for text in texts)


@pytest.mark.parametrize("rule", RULEBOOK, ids=lambda rule: rule.key)
def test_a_rule_says_where_it_stands_and_who_set_what(rule):
    assert rule.basis in ("document", "imported", "ours")
    assert rule.where.startswith("p. ") or rule.basis != "document"
    text = rule.text()
    for parameter in rule.parameters:
        assert parameter.basis in ("document", "imported", "ours") and parameter.where
        assert parameter.where in text and str(parameter.default) in text
        assert parameter.basis != "document" or parameter.where.startswith("p. ")
    assert len({one.key for one in RULEBOOK}) == len(RULEBOOK)
