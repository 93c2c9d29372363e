"""Derived tables of the part on child protection, oversight: against the coded rows and the facts."""

import pytest

from evidence.data import store
from evidence.data.records import fact
from evidence.figures.calculations import compute, of_document
from evidence.parts.child_protection import oversight as cp

# --- coverage ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def measured():
    rows = of_document("measurements", cp.EVALUATION)
    return rows[~rows["id"].isin(cp.NOT_COUNTED)]


def test_coverage_has_every_form_and_place_the_data_may_hold():
    codes = {
        name: set(field["codes"])
        for name, field in store.fields_of(store.schema()["measurements"]).items()
        if name in ("form", "setting")
    }
    assert set(cp.FORMS) == codes["form"] | {""}
    for places in (cp.PLACES, cp.SETTINGS):
        assert sorted(code for settings in places.values() for code in settings) == sorted(codes["setting"] | {""})
        assert len(cp.coverage(places)) == len(cp.FORMS) * len(places)


def test_every_measurement_left_out_is_one_of_the_data():
    assert set(cp.NOT_COUNTED) <= set(of_document("measurements", cp.EVALUATION)["id"])


def test_coverage_counts_each_measurement_once_per_pair(measured):
    pairs = sum(len(row.form.split(";")) * len(row.setting.split(";")) for row in measured.itertuples())
    impossible = sum("physical" in row.form and "online" in row.setting for row in measured.itertuples())
    assert cp.coverage(cp.SETTINGS)["Measurements"].sum() == pairs - impossible
    assert cp.coverage()["Measurements"].max() <= len(measured)


def test_coverage_keeps_what_no_measurement_names():
    sums = cp.coverage(cp.SETTINGS).groupby("Place")["Measurements"].sum()
    assert sums["Alternative care"] == sums["Community"] == 0 < sums["Home"]
    assert cp.coverage().groupby("Form")["Measurements"].sum()["Witnessing"] == 0


def test_the_one_online_measurement_is_of_bullying():
    online = cp.coverage(cp.SETTINGS).query("Place == 'Online' and Measurements > 0")
    assert online[["Form", "Measurements"]].values.tolist() == [["Bullying", 1]]


# --- ages ----------------------------------------------------------------------------------


def test_ages_are_those_of_the_facts_and_an_upper_limit_is_not_included():
    ages = cp.ages_measured()
    assert (ages["From"] <= ages["To"]).all() and ages["From"].min() == 0
    for (_, row), key in zip(ages.iterrows(), cp.AGES, strict=True):
        item = fact(key)
        assert item.unit == "years"
        assert row["To"] == (item.value - 1 if item.qualifier == "at_most" else item.value_high), key


def test_no_survey_that_children_answer_reaches_the_age_of_16():
    ages = cp.ages_measured()
    assert ages[ages["Who answers"] == cp.BY_PUPILS]["To"].max() < 16


# --- standards -----------------------------------------------------------------------------


def test_the_standards_are_as_many_as_the_list_prints():
    standards = cp.practice_standards()
    assert len(standards) == fact("vac-practice-standards-listed").value
    assert standards["id"].is_unique
    said = standards["What it asks for or offers"] + standards["What it leaves open"]
    assert (said != "").all()


def test_items_of_the_list_follow_one_another_and_hold_the_place_of_their_row():
    ends = [line for pair in cp.PRACTICE_STANDARDS.values() for line in pair]
    assert ends == sorted(ends)
    for row in cp.practice_standards().itertuples():
        first, last = cp.PRACTICE_STANDARDS[row.id]
        assert first <= store.line_range(row.lines)[0] <= last, row.id


def test_the_share_of_children_after_violence_agrees_with_the_print():
    printed = fact("vac-adaptation-victims-share-2015").value
    assert round(compute("vac-adaptation-violence-share-2015"), 1) == printed
