"""How much each document says on each subject: counted by hand from the rows."""

from __future__ import annotations

from evidence.data import store
from evidence.figures import coverage


def test_a_statement_counts_once_on_each_of_its_subjects():
    table = coverage.statements_by_subject()
    themes = {"violence", "bullying", "corporal-punishment", "sexual-violence", "prevention"}
    for source in store.rows("sources"):
        rows = [row for row in store.rows("findings").values() if row.source == source]
        assert table.loc["violence", source] == sum(bool(themes & set(store.items(row.themes))) for row in rows)


def test_silence_is_nought_and_every_subject_and_document_has_its_place():
    table = coverage.statements_by_subject()
    assert list(table.index) == list(store.labels("themes", "subject"))
    assert list(table.columns) == list(store.rows("sources"))
    assert table.loc["environment", "covidgender2021"] == 0 and table.loc["environment", "unicefkz2023annual"] == 6


def test_every_subject_is_spoken_of():
    assert (coverage.statements_by_subject().sum(axis=1) > 0).all()


def test_what_is_unknown_and_what_is_lost_are_counted_apart():
    table = coverage.unknowns_by_document()
    lost = [row for row in store.rows("facts").values() if "lost_in_source" in row.flags.split(";")]
    gaps = [row for row in store.rows("findings").values() if row.stance == "gap"]
    assert table.loc[coverage.LOST].sum() == len(lost) > 0
    assert table.loc[coverage.NOT_KNOWN].sum() == len(gaps) > 0
    assert table.loc[coverage.LOST, "unicefkz2023annual"] > 0


def test_the_evidence_in_all_is_the_rows_of_its_tables():
    assert coverage.in_all()["facts"] == len(store.load("facts"))
