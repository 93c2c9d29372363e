"""The worked cases of the chapter on definitions, with the answers worked out by hand."""

import pytest

from evidence.parts.methods import attendance_definitions as definitions

RECORDS = {  # out of school, dropped out by the study and by UNESCO, left early, categories in words
    "Age 5, in neither pre-school nor school": ("yes", "undetermined", "undetermined", "no", "young, in no pre-school"),
    "Age 8, never enrolled": ("yes", "no", "no", "no", "never enters or enters late"),
    "Age 13, left in grade 7": ("yes", "yes", "yes", "no", "dropped out"),
    "Age 10, on roll and away": ("yes", "yes", "no", "no", "dropped out"),
    "Age 12, at school and at risk": ("no", "no", "no", "no", "at risk"),
    "Age 12, at school, not at risk": ("no", "no", "no", "no", "none"),
    "Age 17, completed grade 9, no training": ("yes", "no", "no", "no", "none"),
    "Age 18, completed grade 9, no training": ("no", "no", "no", "yes", "none"),
    "Age 24, completed grade 9, no training": ("no", "no", "no", "yes", "none"),
    "Age 25, completed grade 9, no training": ("no", "no", "no", "no", "none"),
}
DAYS = {  # more than 10, 10 or more, 3 in a quarter
    "10 days without a valid reason": ("no", "yes", "yes"),
    "11 days without a valid reason": ("yes", "yes", "yes"),
    "12 days, all of them medical": ("no", "no", "no"),
    "2 days without a valid reason in a quarter": ("no", "no", "no"),
    "3 days without a valid reason in a quarter": ("no", "no", "yes"),
}


@pytest.mark.parametrize("words", RECORDS)
def test_a_record_is_answered_as_worked_out(words):
    table = definitions.records().set_index("Record")
    assert tuple(table.loc[words]) == RECORDS[words]


@pytest.mark.parametrize("words", DAYS)
def test_days_of_absence_reach_the_thresholds_worked_out(words):
    assert tuple(definitions.days().set_index("Absent").loc[words]) == DAYS[words]


def test_counts_come_out_as_worked_out():
    assert definitions.counts()["Comes out"].tolist() == ["10", "22", "990", "2.00%", "214", "12.19%", "missing"]


def test_every_bound_says_who_set_it():
    bounds = definitions.bounds()
    assert set(bounds["Set by"]) == {"the study", "ours"} and (bounds["Where or why"] != "").all()
    assert "18 to 24" in definitions.definitions().set_index("Definition").loc["Early school leaving", "What it says"]
