"""Derived tables of the part on child protection, conclusions: against the coded rows and the facts."""

import pytest

from evidence.data import own_limits, store
from evidence.figures.calculations import compute
from evidence.parts.child_protection import conclusions as cp


@pytest.fixture(scope="module")
def leads():
    return cp.leads()


def texts(cells):
    """Return the texts of linked cells."""
    return [cell["text"] for cell in cells]


def test_the_evaluation_held_64_interviews_and_32_discussions():
    assert (compute("vac-interviews-total"), compute("vac-discussions-total")) == (64, 32)
    assert (compute("vac-discussions-regions"), compute("vac-discussions-professionals")) == (25, 28)


def test_14_recommendations_hold_40_actions_and_four_are_top_priority():
    frame = cp.recommendations()
    assert frame["number"].tolist() == list(range(1, 15))
    assert [cell["to"] for cell in frame["Recommendation"]] == [f"recommendation:{key}" for key in frame["id"]]
    assert texts(frame["Recommendation"])[0].startswith("1. ")
    assert (frame["Short-term actions"].sum(), frame["Medium-term actions"].sum()) == (16, 24)
    top = frame[frame["Priority"] == "top"]
    assert top["Component"].tolist() == ["Services", "Services", "Governance", "Governance"]


def test_each_recommendation_has_an_outcome_of_its_own():
    assert sorted(cp.recommendations()["Outcome"]) == sorted(cp.outcomes()["id"])
    assert cp.recommendations()["Outcome"].is_unique


def test_an_outcome_is_numbered_after_its_component():
    numbers = {"Laws and policies": "1", "Governance": "2", "Services": "3", "Oversight and monitoring": "4"}
    numbers |= {"Resources": "5", "Participation and norms": "6"}
    names = cp.numbered_outcomes()["short_name"]
    for row in cp.recommendations().itertuples():
        assert names[row.Outcome].startswith(numbers[row.Component]), row.id


def test_the_last_outcome_across_components_has_no_number():
    assert len(cp.numbered_outcomes()) == 14
    assert "vac-toc-o-cross" not in cp.numbered_outcomes().index


@pytest.mark.parametrize(
    ("text", "table", "expected"),
    [
        (["a"], ["a"], "the same"),
        (["a", "b"], ["b", "a"], "the same"),
        (["a", "b"], ["b"], "partly the same"),
        (["a"], ["b"], "different"),
        (["a"], [], "in one list only"),
    ],
)
def test_agreement(text, table, expected):
    assert cp.agreement(text, table) == expected


def test_leads_follow_the_coded_responsibilities(leads):
    assert leads["number"].tolist() == list(range(1, 41))
    rows = store.load("responsibilities").query("role == 'lead'")
    for place in ("text", "table"):
        named = leads["id"][leads[f"Leads in the {place}"] != "nobody named"]
        assert set(named) == set(rows["action"][rows["stated_in"] == place])
        cells = leads[f"Leads in the {place}"].str.split("; ").explode()
        assert (cells != "nobody named").sum() == (rows["stated_in"] == place).sum()


def test_the_tables_leave_out_two_actions(leads):
    assert leads["id"][leads["Leads in the table"] == "nobody named"].tolist() == ["vac-a26", "vac-a27"]
    assert not [text for text in texts(leads["Action"]) if not text.partition(". ")[2]]
    assert [cell["to"] for cell in leads["Asked in"]] == [f"recommendation:{key}" for key in leads["recommendation"]]
    assert texts(leads["Asked in"])[0] == "Rec. 1, top"


def test_a_proposed_lead_is_what_the_coding_of_actions_says(leads):
    assert ((leads["Proposed body leads"] != "in neither") == leads["needs_proposed_body"]).all()
    marked = (leads["Leads in the text"] + leads["Leads in the table"]).str.contains(r"\(proposed\)")
    assert (marked == leads["needs_proposed_body"]).all()


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("vac-b-cp-commission", "Commission on Child Protection (proposed)"),
        ("vac-b-commissions-minors", "Sub-national Commissions on Minors' Affairs"),
        ("vac-b-cp-commissioner", "CP Commissioner (unclear)"),
        ("vac-b-mof", "Ministry of Finance"),
    ],
)
def test_a_body_goes_by_its_short_name_and_says_if_it_may_not_exist(key, expected):
    assert cp.body_name(key) == expected


@pytest.mark.parametrize(
    ("text", "table", "expected"),
    [
        (["vac-b-cp-agency"], ["vac-b-cp-agency", "vac-b-mof"], "text and table"),
        (["vac-b-cp-agency"], ["vac-b-mof"], "text only"),
        ([], ["vac-b-cp-agency"], "table only"),
        (["vac-b-mof"], [], "in neither"),
    ],
)
def test_an_action_waits_where_a_proposed_body_leads(text, table, expected):
    assert cp.proposed_in(text, table) == expected


def test_actions_by_counts_every_action_once(leads):
    for row, column, parts in (
        ("Component", "Lists", cp.AGREEMENT),
        ("Term", "Proposed body leads", cp.WAITING),
    ):
        frame = cp.actions_by(row, column, parts)
        assert frame[parts].to_numpy().sum() == len(leads)
        assert frame[row].tolist() == list(leads[row].unique())


def test_actions_by_lead_sum_to_the_distinct_leads(monkeypatch):
    frame = cp.actions_by_lead()
    rows = store.load("responsibilities").query("role == 'lead'")
    assert frame[list(cp.STATED.values())].to_numpy().sum() == len(rows.drop_duplicates(["action", "body"]))
    assert frame["text and table"].sum() == rows.duplicated(["action", "body"]).sum()
    assert len(frame) == rows["body"].nunique()
    first = frame.iloc[0]
    assert first["Body"] == "Standing Multi-Sectoral Agency (proposed)"
    sums = frame[list(cp.STATED.values())].sum(axis=1)
    assert sums.is_monotonic_decreasing
    monkeypatch.setattr(own_limits, "several_actions", lambda: 5)
    assert len(cp.several_actions_by_lead()) == (sums >= 5).sum() < len(frame)


def test_outcomes_name_the_actions_that_serve_them():
    frame = cp.outcomes().set_index("id")
    served = store.load("actions")["outcomes"].str.split(";").explode()
    assert frame["Actions"].str.split(", ").str.len().to_dict() == served.value_counts().to_dict()
    first = frame.loc["vac-toc-o-1-1"]
    assert first["Outcome"] == {"text": "1.1 Laws", "to": "theory:vac-toc-o-1-1"}
    assert first[["Actions", "Asked in"]].tolist() == ["A17, A18", "Rec. 5"]
