"""Relations can be followed from both ends, and each rests on a row of the data."""

import pytest

from evidence.data import store
from evidence.relations import CODE_TABLES, LINKS, Relation, related_tables, relations

FOUND = relations()


def test_every_relation_can_be_followed_back():
    ends = {(start, (item.table, item.id)) for start, items in FOUND.items() for item in items}
    assert {(there, back) for back, there in ends} == ends


def test_a_recommendation_names_the_findings_it_rests_on_and_they_name_it():
    row = store.load("recommendations").query("rests_on != ''").iloc[0]
    finding = row["rests_on"].split(";")[0]
    assert Relation("Rests on", "findings", finding) in FOUND["recommendations", row["id"]]
    assert Relation("Recommendations that rest on it", "recommendations", row["id"]) in FOUND["findings", finding]


def test_an_edge_is_labelled_with_its_basis_in_both_directions():
    row = store.load("theory_edges").iloc[0]
    assert Relation(f"Leads to ({row['basis']})", "theory_nodes", row["to"]) in FOUND["theory_nodes", row["from"]]
    assert Relation(f"Follows from ({row['basis']})", "theory_nodes", row["from"]) in FOUND["theory_nodes", row["to"]]


def test_tables_that_describe_records_are_no_records():
    assert not CODE_TABLES & {table for table, _ in FOUND}


@pytest.mark.parametrize("name", LINKS)
def test_every_row_of_a_table_of_links_has_a_label_for_both_directions(name):
    for row in store.load(name).to_dict("records"):
        assert all(LINKS[name].labels(row))


def test_a_record_without_relations_rests_on_no_other_table():
    assert related_tables("glossary") == set()
    assert "findings" in related_tables("recommendations")
    assert {"findings", "responsibilities"} <= related_tables("actions")
