"""The definition of tables and columns."""

import pytest

from evidence.data import schema
from evidence.data.relations import relations
from evidence.data.rules import DataError

DEFINITION = """
[shared]
id = {about = "Key."}
[categories.form]
physical = "Physical violence"
sexual = "Sexual violence"
mental = "Mental violence"
[tables.sources]
title = "Documents"
about = "Documents."
columns.name = {about = "Name."}
[tables.things]
title = "Things"
about = "Things."
[tables.things.columns]
form = {about = "Form.", categories = "form", only = ["mental", "ONE"]}
"""


def test_a_column_may_use_a_part_of_a_vocabulary_in_its_own_order(tmp_path):
    (tmp_path / schema.FIELDS).write_text(DEFINITION.replace("ONE", "physical"))
    labels = schema.labels("things", "form", tmp_path)
    assert list(labels.items()) == [("mental", "Mental violence"), ("physical", "Physical violence")]


def test_a_column_that_uses_a_code_its_vocabulary_lacks_is_refused(tmp_path):
    (tmp_path / schema.FIELDS).write_text(DEFINITION.replace("ONE", "physcial"))
    with pytest.raises(DataError, match="things.form: physcial"):
        schema.schema(tmp_path)


def test_a_measurement_may_not_name_a_form_that_none_was_coded_with():
    assert "trafficking" not in schema.labels("measurements", "form")
    assert "trafficking" in schema.labels("prohibitions", "form")


def test_every_relation_is_between_records_that_have_cards():
    found = relations()
    tables = {table for table, _ in found} | {item.table for items in found.values() for item in items}
    assert not [table for table in tables if schema.schema()[table]["record"] is None]
