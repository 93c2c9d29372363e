"""One thing has one row and one key."""

import pytest

from evidence.checks import twins
from evidence.data import bibliography, store


def with_a_copy_of_a_row(monkeypatch, table, **cells):
    kept = store.read

    def read(resource, *folder):
        found = kept(resource, *folder)
        if resource["name"] != table:
            return found
        copy = dict(found.rows[0]) | {"id": "zz-copy", "": str(len(found.rows) + 2)} | cells
        return found._replace(rows=[*found.rows, copy])

    monkeypatch.setattr(twins.store, "read", read)


@pytest.mark.parametrize("table", ["facts", "findings", "recommendations", "bodies", "money_findings", "synthesis"])
def test_a_row_twice_under_two_ids_is_named(monkeypatch, table):
    with_a_copy_of_a_row(monkeypatch, table)
    problem = twins.row_problems()[0]
    assert (problem.file, problem.column, problem.value) == (store.schema()[table]["path"], "id", "zz-copy")


def test_another_note_or_another_case_makes_no_other_fact(monkeypatch):
    first = store.read(store.schema()["findings"]).rows[0]
    with_a_copy_of_a_row(monkeypatch, "findings", statement=first["statement"].upper(), evidence_note="Another.")
    assert len(twins.row_problems()) == 1


def test_another_place_makes_another_fact(monkeypatch):
    with_a_copy_of_a_row(monkeypatch, "facts", place="almaty-city")
    assert twins.row_problems() == []


def test_keys_that_differ_by_case_are_named(monkeypatch):
    known = bibliography.entries()
    monkeypatch.setattr(bibliography, "entries", lambda: known | {"Gurin2023Tale": {}})
    assert [problem.value for problem in twins.key_problems()] == ["Gurin2023Tale"]


def test_a_key_that_only_begins_like_one_that_is_cited_is_cited_by_nothing(tmp_path):
    path = tmp_path / "some.bib"
    path.write_text("@misc{somebody2020a,\n  title = {A},\n}\n\n@misc{somebody2020,\n  title = {B},\n}\n")
    unused = bibliography.unused_problems("{cite:p}`somebody2020a{p. 3}`", path)
    assert [problem.value for problem in unused] == ["somebody2020"]


def test_nothing_is_in_the_book_twice():
    assert list(map(str, [*twins.row_problems(), *twins.key_problems()])) == []
