"""The chapter on thresholds counts the same synthetic children by every rule."""

import pandas as pd

from evidence.attendance.thresholds import THRESHOLDS
from evidence.parts.methods import attendance
from evidence.parts.methods import attendance_thresholds as thresholds


def test_every_rule_has_a_row_whose_states_add_up_to_all_children():
    found = thresholds.found()
    assert found["Rule"].tolist() == [rule.title for rule in THRESHOLDS]
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
