"""Relations can be followed from both ends, and each rests on a row of the data."""

import pytest

from evidence.data import store
from evidence.data.relations import Relation, related_tables, relations

FOUND = relations()
LINKS = [name for name, resource in store.schema().items() if resource["links"]]
CODES = {name for name, resource in store.schema().items() if resource["codes"]}


def test_every_relation_can_be_followed_back():
    ends = {(start, (item.table, item.id)) for start, items in FOUND.items() for item in items}
    assert {(there, back) for back, there in ends} == ends


def test_a_recommendation_names_the_findings_it_rests_on_and_they_name_it():
    row = store.load("recommendations").query("rests_on != ''").iloc[0]
    finding = row["rests_on"].split(";")[0]
    assert Relation("Rests on", "findings", finding) in FOUND["recommendations", row["id"]]
    assert Relation("Recommendations that rest on it", "recommendations", row["id"]) in FOUND["findings", finding]


@pytest.mark.parametrize(
    ("relation", "there", "back"),
    [
        ("leads-to", "Leads to", "Follows from"),
        ("answered-by", "Answered by", "Answers"),
        ("endangers", "Endangers", "Endangered by"),
        ("assumed-for", "Assumed for", "Assumes"),
    ],
)
def test_a_link_of_a_theory_is_labelled_with_its_kind_and_basis_in_both_directions(relation, there, back):
    edges = store.load("theory_edges").query("relation == @relation and basis == 'wording'").to_dict("records")
    row = edges[0]
    there = Relation(f"{there} (worded alike)", "theory_nodes", row["to"])
    back = Relation(f"{back} (worded alike)", "theory_nodes", row["from"])
    assert there in FOUND["theory_nodes", row["from"]] and back in FOUND["theory_nodes", row["to"]]


def test_a_lead_says_where_it_is_stated():
    assert Relation("Led by (in the text)", "bodies", "vac-b-president") in FOUND["actions", "vac-a12"]
    assert (
        Relation("Leads (in the table of responsibilities)", "actions", "vac-a12") in FOUND["bodies", "vac-b-president"]
    )


def test_tables_that_describe_records_are_no_records():
    assert CODES and not CODES & {table for table, _ in FOUND}


@pytest.mark.parametrize("name", LINKS)
def test_every_code_of_a_table_of_links_has_a_label_for_both_directions(name):
    links = store.schema()[name]["links"]
    assert set(links["labels"]) == set(store.labels(name, links["by"]))
    assert all(len(pair) == 2 and all(pair) for pair in links["labels"].values())


def test_a_record_without_relations_rests_on_no_other_table():
    assert related_tables("glossary") == set()
    assert "findings" in related_tables("recommendations")
    assert {"findings", "responsibilities"} <= related_tables("actions")
