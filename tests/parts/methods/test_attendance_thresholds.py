"""The chapter on thresholds counts the same synthetic children by every rule."""

import pandas as pd

from evidence.attendance.thresholds import HALF, THRESHOLDS
from evidence.parts.methods import attendance
from evidence.parts.methods import attendance_thresholds as thresholds


def test_every_rule_has_a_row_whose_states_add_up_to_all_children():
    found = thresholds.found()
    assert found["Rule"].tolist() == [*(rule.title for rule in THRESHOLDS), HALF.title]
    assert set(found[["Certain", "Undetermined", "Not found"]].sum(axis=1)) == {attendance.PUPILS}


def test_an_inclusive_rule_finds_at_least_as_many():
    found = thresholds.found().set_index("Rule")["Children found"]
    titles = {rule.key: rule.title for rule in THRESHOLDS}
    assert found[titles["from_10"]] > found[titles["over_10"]] > found[titles["run_over_10"]] > 0


def test_pairs_add_up_to_what_each_rule_finds():
    found = thresholds.found().set_index("Rule")["Children found"]
    for row in thresholds.moves().itertuples(index=False, name=None):
        one, other, both, only_one, only_other = row
        assert (both + only_one, both + only_other) == (found[one], found[other])


def test_the_words_of_a_rule_are_its_own():
    texts = thresholds.texts().set_index("Rule")
    for rule in THRESHOLDS:
        assert str(rule.days) in texts.loc[rule.title, "How it counts"]
        assert rule.where in texts.loc[rule.title, "Stated by"]
    assert not pd.isna(texts).any(axis=None)


def test_the_explorer_finds_what_the_rules_find():
    """The figures that the page compares are those of the rules, at their defaults."""
    explored, found = thresholds.explored(), thresholds.found().set_index("Rule")["Children found"]
    width, levels = len(explored["measures"]), explored["levels"]["default"]

    def count(measure: str, days: int) -> int:
        at, step = explored["measures"].index(measure), explored["steps"].index(f"{days} days")
        return sum(int(figure, 36) > step for figure in levels[at::width])

    titles = {rule.key: rule.title for rule in THRESHOLDS}
    pairs = {"over_10": ("Unexcused days in all", 11), "run_from_10": ("Unexcused days in a row", 10)}
    pairs |= {"calendar_15": ("Calendar days of an unexcused run", 15), "quarter_3": ("Unexcused days in a quarter", 3)}
    pairs |= {"window_5_in_20": ("Unexcused days in any 20 in a row", 5), "days_30": ("Unexcused days in all", 30)}
    assert {key: found[titles[key]] for key in pairs} == {key: count(*pair) for key, pair in pairs.items()}


def test_the_explorer_has_every_child_once_for_every_way_of_taking_days():
    explored = thresholds.explored()
    assert len(set(explored["units"])) == len(explored["units"]) <= explored["all"]
    assert set(explored["levels"]) == set(explored["data"]) == set(thresholds.TAKEN)
    assert {len(text) for text in explored["levels"].values()} == {len(explored["units"]) * len(explored["measures"])}
    assert len(set(explored["levels"].values())) == len(explored["levels"])  # each way makes a difference


def test_the_table_is_that_of_the_defaults():
    table = thresholds.by_days().set_index("From")
    assert (table.diff().iloc[1:] <= 0).all(axis=None) and table.loc["11 days", "Unexcused days in all"] > 0
