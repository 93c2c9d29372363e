"""Answers to evaluation questions: each thing said once, and what is later than the evaluation marked."""

from __future__ import annotations

from types import SimpleNamespace

from evidence.data import questions, store
from evidence.data.records import own_limit


def planted(monkeypatch, statements: dict[str, tuple[str, str]]) -> None:
    """Let the key messages be these: statement and findings by id."""
    rows = {key: SimpleNamespace(statement=said, findings=on) for key, (said, on) in statements.items()}
    real = store.row
    monkeypatch.setattr(questions.store, "row", lambda table, key: rows.get(key) or real(table, key))


def test_a_message_that_says_the_same_in_other_words_stands_once(monkeypatch):
    said = {
        "a": ("Surveys on harm have grown since 2011, while police records improved little.", "f1;f2"),
        "b": ("Surveys on harm to children have grown since 2011; police records improved little.", "f2;f3"),
        "c": ("Surveys on harm have grown since 2011, while police records improved little.", "f9"),
        "d": ("Children can call a helpline.", "f1"),
    }
    planted(monkeypatch, said)
    assert questions.distinct(["a", "b", "c", "d"]) == ["a", "c", "d"], "the same words on another finding stay"
    assert questions.distinct(["b", "a"]) == ["b"]


def test_no_answer_says_one_thing_twice_and_later_documents_are_known():
    for question, row in store.rows("evaluation_questions").items():
        messages = questions.answer(question).messages
        assert questions.distinct(messages) == messages and len(messages) <= own_limit("messages-on-top")
        for key in messages:
            keys = store.items(store.row("synthesis", key).findings)
            years = [int(store.row("sources", store.row("findings", finding).source).year) for finding in keys]
            assert questions.rests_on_later(key, row.source) == (max(years) > store.row("sources", row.source).year)
