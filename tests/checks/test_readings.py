"""A row that nobody has read as it stands is named: one that changed since, and one that is new."""

import pytest

from evidence.checks import book, readings
from evidence.checks.readings import Counts, Reading
from evidence.checks.texts import pinned_texts
from evidence.data import store
from evidence.data.rules import CUT, Problem

FACT = "register-out-2012"


@pytest.fixture
def rows(monkeypatch):
    """Tables of the book as they are read, to change a row in."""
    kept = {table: {key: dict(row) for key, row in readings.rows_of(table).items()} for table in store.schema()}
    monkeypatch.setattr(readings, "rows_of", kept.__getitem__)
    monkeypatch.setattr(readings, "texts_here", dict)
    return kept


def told() -> list[str]:
    return list(map(str, readings.problems()))


def test_every_row_is_in_one_of_the_tables_that_are_read_but_for_those_of_runs_and_readers():
    written = {"readings", "message_readings", "toolkit_runs", "toolkit_matches", "listening_runs", "guard_results"}
    assert [name for name in store.schema() if name not in written] == readings.tables(), (
        "give a table of judgements `judges = true` in fields.toml"
    )


def test_nothing_has_changed_since_it_was_read(rows):
    assert told() == []


@pytest.mark.parametrize(
    ("column", "value"),
    [("place", "almaty-city"), ("period", "2011-05-15"), ("base", ""), ("unit", "people"), ("lines", "960-969")],
)
def test_a_cell_changed_since_it_was_read_is_named_with_its_row_and_what_to_do(rows, column, value):
    row = rows["facts"][FACT]
    row[column] = value
    of_the_row = [problem for problem in told() if problem.startswith("facts.csv")]
    assert of_the_row == [
        f"facts.csv, row {row['']}, column id: '{FACT}': has changed since it was read; `evidence read facts {FACT}` "
        "shows both, and records that it has been read again"
    ]


def test_a_message_is_read_again_when_a_row_it_rests_on_changes(rows):
    rows["facts"][FACT]["value"] = "881"
    resting = [key for key, row in rows["synthesis"].items() if ("facts", FACT) in readings.cited_by("synthesis", row)]
    assert resting, "a message rests on the fact"
    named = [problem for problem in told() if problem.startswith("synthesis.csv")]
    assert len(named) == len(resting) and all("rests on what has changed since it was read" in text for text in named)


def test_many_changed_rows_of_a_table_are_told_without_ids_so_that_one_line_names_them(rows):
    for row in rows["bodies"].values():
        row["role"] = f"{row['role']}!"
    rules = {problem.rule for problem in readings.problems() if problem.file == "bodies.csv"}
    assert len(rules) == 1 and "evidence read bodies --changed" in rules.pop()


def test_an_empty_column_and_another_order_of_columns_change_no_digest(rows):
    for row in rows["facts"].values():
        row["new_column"] = ""
    rows["facts"][FACT] = dict(reversed(rows["facts"][FACT].items()))
    assert told() == []


def test_a_reading_that_is_cut_short_is_none(rows):
    key = next(iter(rows["readings"]))
    rows["readings"][key] = {"id": key, CUT: "", "": "2"}
    assert ["has been read by nobody" in text for text in told()] == [True] and key not in readings.recorded()


def test_a_row_that_is_gone_is_named(rows):
    del rows["case_study_findings"][next(iter(rows["case_study_findings"]))]
    assert len(told()) == 1 and "is not there any more; put the row back" in told()[0]


def test_a_row_that_nobody_has_read_is_counted_and_named_with_what_to_do(rows):
    rows["facts"]["made-up"] = rows["facts"][FACT] | {"id": "made-up", "": "9"}
    assert told() == [
        "facts.csv, row 9, column id: 'made-up': has been read by nobody; `evidence read facts made-up` shows it, and "
        "records that it has been read"
    ]
    assert readings.counts()["facts"].never == 1
    assert "1 not yet" in readings.said(readings.total(readings.counts()))


def test_a_row_that_changed_and_whose_reading_is_gone_is_named(rows):
    rows["facts"][FACT]["place"] = "almaty-city"
    del rows["readings"][f"facts#{FACT}"]
    assert any("has been read by nobody" in text and FACT in text for text in told())


def test_a_second_reading_without_a_first_is_named(rows):
    rows["readings"][f"facts#{FACT}"]["read_by"] = "second"
    assert len(told()) == 1 and "readings.csv, row " in told()[0] and "names no first reader" in told()[0]


def test_a_row_that_is_wrong_through_another_leads_to_the_one_that_changed(rows, monkeypatch):
    other = Problem("printed_arithmetic.csv", 76, "discrepancy", None, "does not follow")
    assert book.suspects([other]) == []
    rows["facts"][FACT]["value"] = "881"
    (named,) = book.suspects([other])
    assert (named.file, named.value) == ("facts.csv", FACT) and "has changed since it was read" in named.rule
    assert book.suspects([other, named]) == [], "it has been named"
    assert book.suspects([Problem("index.md", 3, None, None, "is wrong")]) == []


def test_a_changed_row_counts_as_read_by_nobody(rows):
    before = readings.counts()["facts"]
    rows["facts"][FACT]["note"] = "Another note."
    assert readings.counts()["facts"] == before._replace(twice=before.twice - 1, changed=1)


def test_counts_add_up():
    assert readings.total({"a": Counts(3, 1, 1, 1, 0), "b": Counts(2, 2, 0, 0, 0)}) == Counts(5, 3, 1, 1, 0)
    for counts in readings.counts().values():
        assert counts.rows == counts.twice + counts.once + counts.never + counts.changed


def test_other_lines_of_the_text_than_those_read_are_seen(rows, source_texts):
    texts, _ = pinned_texts(source_texts)
    row = rows["facts"][FACT]
    known = readings.recorded()[f"facts#{FACT}"]
    assert readings.state("facts", row, known, texts) == "read"
    assert readings.state("facts", row, known._replace(passage="0" * 12), texts) == "moved"
    assert readings.state("facts", row, known._replace(passage="0" * 12), {}) == "read", "no text, no statement on it"


def test_a_row_read_twice_says_so_with_both_readers():
    assert isinstance(readings.recorded()[f"facts#{FACT}"], Reading)
    assert readings.recorded()[f"facts#{FACT}"].readers == ("first", "second")


def test_every_passage_read_is_the_one_in_the_texts(source_texts):
    texts, _ = pinned_texts(source_texts)
    open_rows = [
        (table, key) for table, of in readings.states(texts).items() for key, now in of.items() if now != "read"
    ]
    assert [(table, key) for table, key in open_rows if f"{table}#{key}" in readings.recorded()] == []
