"""Cells of printed tables as readers see them."""

from evidence.data import store
from evidence.site.records.printed_tables import shown_cell

TABLE = "cecchetti2021vac_youth_resource_centres"


def field(column):
    return store.fields_of(store.schema()[TABLE])[column]


def test_a_figure_that_meets_a_disagreement_leads_to_it():
    found = store.row(TABLE, "all-mangystau").discrepancy
    link = {"text": "sources disagree", "to": "discrepancy:vac-dis-mangystau-resource-centres"}
    assert shown_cell(found, field("discrepancy")) == link


def test_a_figure_that_meets_none_has_an_empty_cell():
    assert shown_cell("", field("discrepancy")) == ""


def test_codes_of_a_printed_table_are_read_by_their_labels():
    assert shown_cell("youth-population", field("measure")) == "youth population"
