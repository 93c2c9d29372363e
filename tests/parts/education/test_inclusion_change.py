"""Tables of the chapter on what should change: against the coded theory and the recommendations."""

import pytest

from evidence.data import store
from evidence.data.store import of_document
from evidence.parts.education import INCLUSION, inclusion_change


def text(cell) -> str:
    """Return the words of a cell, linked or not."""
    return cell["text"] if isinstance(cell, dict) else cell


def test_the_tree_has_one_vision_three_outcomes_and_every_output_below_one_of_them():
    table = inclusion_change.theory().set_index("Element")
    assert table["Kind"].value_counts().to_dict() == {"Vision": 1, "Outcome": 3, "Output": 9}
    above = table["Leads to"].map(lambda name: table["Kind"].get(name, ""))
    assert dict(zip(table["Kind"], above)) == {"Vision": "", "Outcome": "Vision", "Output": "Outcome"}


def test_a_link_of_the_tree_says_where_it_is_our_reading():
    rows = inclusion_change.theory()
    edges = of_document("theory_edges", INCLUSION).set_index(["from", "to"])["basis"]
    ids = {row.statement: row.id for row in of_document("theory_nodes", INCLUSION).itertuples()}
    for row in rows[rows["Leads to"] != ""].itertuples(index=False):
        basis = edges[ids[row.Element], ids[row[1]]]
        assert (row.Link == "our reading") == (basis == "analyst")


def test_every_bottleneck_stands_in_the_table_with_each_of_its_answers():
    table = inclusion_change.bottlenecks()
    nodes = of_document("theory_nodes", INCLUSION).query("kind == 'bottleneck'")
    assert {cell["to"] for cell in table["Bottleneck"]} == set("theory:" + nodes["id"])
    answered = of_document("theory_edges", INCLUSION).query("relation == 'answered-by'")
    unanswered = set(nodes["id"]) - set(answered["from"])
    assert len(table) == len(answered) + len(unanswered)
    assert list(table["Level"].unique()) == ["Enabling environment", "Demand", "Supply", "Quality"]


def test_nothing_answers_what_the_data_call_unlinked():
    table = inclusion_change.bottlenecks()
    nothing = table[table["Answered by"].map(text) == inclusion_change.NO_ANSWER]
    nodes = of_document("theory_nodes", INCLUSION).query("kind == 'bottleneck' and unlinked != ''")
    assert {cell["to"] for cell in nothing["Bottleneck"]} == set("theory:" + nodes["id"])
    assert set(nothing["Link"]) == {""}


@pytest.mark.parametrize(
    ("bottleneck", "answer"), [("tale-toc-b-kazakh", "tale-toc-o8"), ("tale-toc-b-early", "tale-toc-o3")]
)
def test_language_and_early_help_are_answered_by_wording(bottleneck, answer):
    table = inclusion_change.bottlenecks()
    row = next(row for row in table.to_dict("records") if row["Bottleneck"]["to"] == f"theory:{bottleneck}")
    assert row["Answered by"]["to"] == f"theory:{answer}"
    assert row["Link"] == inclusion_change.BASES[0]


def test_recommendations_that_take_up_a_bottleneck_rest_on_a_finding_of_its_lines():
    table = inclusion_change.bottlenecks().set_index(inclusion_change.bottlenecks()["Bottleneck"].map(text))
    nodes = of_document("theory_nodes", INCLUSION).set_index("id")["statement"]
    assert table.at[nodes["tale-toc-b-stigma"], "Recommendations"] == "Strategic 5, Practical 2"
    assert table.at[nodes["tale-toc-b-private"], "Recommendations"] == "none"


def test_calls_are_parts_and_whatever_has_no_parts_in_printed_order():
    table = inclusion_change.calls()
    rows = store.load("recommendations").query("source == @INCLUSION")
    single = set(rows["id"]) - set(rows["parent"])
    assert {cell["to"] for cell in table["What is asked"]} == {f"recommendation:{key}" for key in single}
    assert table["Request"].tolist()[:2] + table["Request"].tolist()[-2:] == [
        "Strategic 1 (a)",
        "Strategic 1 (b)",
        "Operational 3",
        "Operational 4",
    ]


def test_only_the_calls_on_social_media_name_the_government_themselves():
    table = inclusion_change.calls()
    stated = table[table["Of whom"] == "Government of Kazakhstan"]
    assert set(stated["Request"]) == {"Practical 2 (a)", "Practical 2 (b)"}
