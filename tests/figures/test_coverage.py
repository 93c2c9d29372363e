"""How much evidence there is: counted from the rows."""

from __future__ import annotations

from evidence.data import store
from evidence.figures import coverage


def test_the_evidence_in_all_is_the_rows_of_its_tables():
    assert coverage.in_all()["facts"] == len(store.load("facts"))
