"""A row cites the lines that say it, and no more."""

import pytest

from evidence.checks import ranges
from evidence.data import store

LONG = {  # a table, and a range of lines too long for what its rows say
    "facts": ("antonowicz2013oosc", "960-980"),
    "findings": ("antonowicz2013oosc", "1-900"),
    "recommendations": ("cecchetti2021vac", "1-3236"),
    "instruments": ("cecchetti2021vac", "600-700"),
    "discrepancies": ("cecchetti2021vac", "1-3236"),
    "antonowicz2013oosc_regions": ("antonowicz2013oosc", "1516-1546"),
}


@pytest.mark.parametrize("table", LONG)
def test_a_range_longer_than_the_thing_is_named(table):
    assert "cite" in (ranges.fault(store.schema()[table], *LONG[table]) or "")


@pytest.mark.parametrize(("table", "lines"), [("facts", "960-969"), ("findings", "887-955"), ("voices", "717-1392")])
def test_a_range_as_long_as_the_thing_is_none(table, lines):
    assert ranges.fault(store.schema()[table], "antonowicz2013oosc", lines) is None


def test_the_whole_document_is_no_place_of_a_row(monkeypatch):
    kept = store.read

    def read(resource, *folder):
        table = kept(resource, *folder)
        if resource["name"] != "bodies":
            return table
        return table._replace(rows=[table.rows[0] | {"lines": "1-400"}, *table.rows[1:]])

    monkeypatch.setattr(store, "read", read)
    assert [(problem.file, problem.row, problem.column) for problem in ranges.problems()] == [
        ("bodies.csv", 2, "lines")
    ]


def test_no_row_of_the_book_cites_more_than_it_says():
    assert list(map(str, ranges.problems())) == []
