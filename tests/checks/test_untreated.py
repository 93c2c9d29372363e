"""Subjects that no document treats: none of their words stands in a text, and a planted one is named."""

from __future__ import annotations

import pytest

from evidence.checks import untreated
from evidence.checks.texts import pinned_texts
from evidence.data import store


@pytest.fixture
def text_of(tmp_path):
    """Return a function that writes a text of a document, for the check to look through."""

    def write(text: str) -> dict:
        path = tmp_path / "report.txt"
        path.write_text(text, encoding="utf-8")
        return {"report": path}

    return write


def test_no_document_has_a_word_of_a_subject_that_is_said_to_be_treated_nowhere(source_texts):
    texts, _ = pinned_texts(source_texts)
    assert set(texts) == set(store.rows("sources"))
    assert list(map(str, untreated.problems(texts))) == []


@pytest.mark.parametrize("text", ["Two cases of\nTuberculosis.", "A tuber-\nculosis ward", "TUBERCULAR disease"])
def test_a_word_of_it_in_a_text_is_named_with_its_document(text, text_of):
    (problem,) = untreated.problems(text_of(text))
    assert (problem.file, problem.column, problem.value) == ("untreated.csv", "looked_for", "tubercul")
    assert "untreated-tuberculosis: stands in report" in problem.rule


def test_a_word_inside_another_is_not_taken_for_it(text_of):
    assert not untreated.problems(text_of("Unstunting efforts of the heterotubercular kind"))


def test_each_subject_was_looked_for_by_a_word_of_its_english_names():
    lost = [
        row.id
        for row in store.rows("untreated").values()
        if not any(untreated.standing(store.items(row.looked_for), name.lower()) for name in store.items(row.english))
    ]
    assert not lost
