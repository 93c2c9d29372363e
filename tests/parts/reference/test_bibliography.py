"""The record of what was mended in the lists of references."""

from evidence.data import store
from evidence.parts.reference import bibliography


def test_every_change_is_listed_once():
    table, rows = bibliography.changes(), store.load("bibliography_record")
    assert table["Work"].tolist() == rows["entry"].tolist()
    assert not table[["As given", "Now"]].stack().str.contains(r"\blines? \d", regex=True).any(), "pages, not lines"


def test_a_change_names_its_kind_and_the_document_of_the_list():
    table = bibliography.changes()
    repaired = table[table["As given"] == "...uzhestocheniekarantina..."]
    assert repaired[["Work", "Change", "List"]].values.tolist() == [
        ["24-kz-2021", "URL repaired", "Schooling under COVID-19 (2021)"]
    ]
    assert table["Change"].str.contains("-").sum() == 0
