"""The entry of a document in the bibliography is of the year of the document."""

from evidence.checks import documents
from evidence.data import bibliography


def test_an_entry_of_another_year_than_its_document_is_named(monkeypatch):
    assert documents.entry_problems() == []
    entries = dict(bibliography.entries())
    entries["cecchetti2021vac"] = dict(entries["cecchetti2021vac"]) | {"year": "2020"}
    monkeypatch.setattr(bibliography, "entries", lambda: entries)
    (problem,) = documents.entry_problems()
    assert (problem.file, problem.value) == ("references.bib", "2020")
    assert problem.row == bibliography.line_of("cecchetti2021vac")
    assert "cecchetti2021vac: is of 2021 by sources.csv" in problem.rule
