"""A row is put in its place by id, and no other byte of its file changes."""

from __future__ import annotations

import pytest

from evidence.authoring.rows import proposed_id, row_line, slug, with_row
from evidence.data import store
from evidence.data.rules import DataError
from evidence.data.schema import DATA

TABLE = store.schema()["indicators"]
TEXT = (DATA / TABLE["path"]).read_text(encoding="utf-8")


@pytest.mark.parametrize("key", ["0-first", "children-x", "zz-last"])
def test_a_row_stands_in_its_place_and_every_other_line_is_as_it_was(key):
    changed = with_row(TEXT, TABLE, {"id": key, "name": 'Pupils, of whom "some"'})
    assert changed.replace(row_line(TABLE, {"id": key, "name": 'Pupils, of whom "some"'}), "") == TEXT
    ids = [line.partition(",")[0] for line in changed.splitlines()[1:]]
    assert ids == sorted(ids) and key in ids


@pytest.mark.parametrize("table", [name for name in store.schema() if name not in ("indicators",)])
def test_a_row_of_every_table_is_written_as_the_others_are(table):
    resource = store.schema()[table]
    text = (DATA / resource["path"]).read_text(encoding="utf-8")
    read = store.read(resource).rows
    written = [row_line(resource, row) for row in read]
    same = sum(line in text for line in written)
    assert same >= 0.9 * len(written), "quotes where this file has none, or none where it has them"


def test_an_id_that_is_there_is_refused_with_its_row():
    key = TEXT.splitlines()[4].partition(",")[0]
    with pytest.raises(DataError, match=f"indicators.csv, column id: '{key}': is already used in row 5"):
        with_row(TEXT, TABLE, {"id": key})


def test_a_line_break_in_a_cell_is_refused():
    with pytest.raises(DataError, match="column name.*a cell is one line"):
        with_row(TEXT, TABLE, {"id": "new", "name": "two\nlines"})


def test_an_id_is_made_of_the_words_that_carry_meaning():
    assert slug("The share of pupils who did not take a Hot Meal") == "share-pupils-did-not-take-hot"
    assert slug("Қазақстан") == ""
    assert proposed_id({"pupils", "pupils-2"}, "Pupils") == "pupils-3"
