"""The comparison is complete and honest about what is not known; runs are shown as they were measured."""

import pytest

from evidence.data import store
from evidence.parts.methods import attendance_compared as compared

FEATURES = store.load("toolkit_features")


def test_fifteen_points_of_five_systems_have_an_answer():
    assert compared.features().shape == (15, 6)
    assert not compared.features().isna().any(axis=None)


@pytest.mark.parametrize("row", list(FEATURES.itertuples()), ids=lambda row: row.id)
def test_what_is_said_of_another_system_has_its_reference(row):
    assert row.origin == ("ours" if row.system == "here" else "external")
    assert bool(row.reference) == bool(row.detail)
    assert row.detail or row.answer == "not-known"


def test_most_points_of_others_are_not_known_and_that_is_shown():
    others = FEATURES[FEATURES["system"] != "here"]
    assert (others["answer"] == "not-known").sum() > len(others) / 2  # as the title of the exhibit says
    assert (compared.features() == "not known").any(axis=None)


def test_this_toolkit_does_not_say_yes_to_everything():
    assert (FEATURES.query("system == 'here'")["answer"] != "yes").any()


def test_cpu_time_grows_about_in_step_with_the_rows():
    """As the title of the exhibit says: seconds per row stay within half as much again of the least."""
    runs = store.load("toolkit_runs")
    for _, group in runs[runs["way"] == "ours"].groupby("layout"):
        group = group.sort_values("rows")
        each = (group["cpu_s"] / group["rows"]).tolist()
        assert len(each) >= 3 and each[-1] < 1.5 * min(each)


def test_every_run_is_shown_with_its_day():
    runs = compared.runs()
    assert len(runs) == len(store.load("toolkit_runs")) and (runs["Day"] != "").all()
    assert compared.machine()["Runs"].sum() == store.load("toolkit_runs")["runs"].sum()
