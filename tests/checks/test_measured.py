"""Measured and counted rows that contradict each other are named."""

import pytest

from evidence.checks import documents, measured
from evidence.data import store


def with_row(monkeypatch, table: str, key: str, **changes):
    """Let a row of a table have other values."""
    rows, given = store.rows, dict(store.rows(table))
    given[key] = given[key]._replace(**changes)
    monkeypatch.setattr(store, "rows", lambda name: given if name == table else rows(name))


@pytest.mark.parametrize(
    ("table", "key", "changes", "column", "rule"),
    [
        ("toolkit_runs", "run-csv-1-sql", {"cpu_s": 118.0}, "cpu_s", "is more than 2 cores give in 10.1 s"),
        ("toolkit_runs", "run-csv-10-ours", {"rows": 56309001}, "rows", "read 56309000 rows"),
        ("listening_runs", "listen-run-1-ours", {"cpu_s": 150.0}, "cpu_s", "is more than 2 cores give"),
        ("toolkit_matches", "match-linkage-labelled-latin", {"probable": 413}, "missed", "451 were planted"),
        ("toolkit_matches", "match-linkage-digit", {"way": "skeleton"}, "id", "keep one of the two rows"),
        ("guard_results", "data-sign", {"what": "a digit of a number is another"}, "id", "keep one of the two rows"),
        ("message_readings", "third-att-msg-away", {"says_more": "clearly"}, "fault", "no more than its rows"),
        ("message_readings", "third-att-msg-comes-out", {"mended": ""}, "mended", "no more than its rows"),
        (
            "message_readings",
            "third-att-msg-parts",
            {"message": "att-msg-away"},
            "message",
            "read in third-att-msg-away",
        ),
    ],
)
def test_a_row_that_cannot_be_is_named(monkeypatch, table, key, changes, column, rule):
    with_row(monkeypatch, table, key, **changes)
    found = measured.problems()
    assert found and {problem.file for problem in found} == {f"{table}.csv"}
    assert any(problem.column == column and rule in problem.rule for problem in found)


@pytest.mark.parametrize(
    ("changes", "column", "rule"),
    [
        ({"n_second": store.pd.NA}, "n_second", "kappa is of two judgements"),
        ({"kappa": 1.0}, "kappa", "is 1 exactly where all are equal"),
    ],
)
def test_a_kappa_that_no_two_judgements_can_have_is_named(monkeypatch, changes, column, rule):
    with_row(monkeypatch, "extraction_agreement", "antonowicz2013oosc-facts-evidence-type", **changes)
    (problem,) = documents.agreed_problems()
    assert problem.column == column and rule in problem.rule


def test_the_measured_rows_of_the_book_agree():
    assert list(map(str, measured.problems())) == []
