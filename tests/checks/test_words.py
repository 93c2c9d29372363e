"""A link that prints a bare word, or a number typed into its words, is found with its place."""

from __future__ import annotations

import pytest

from evidence.checks import words
from evidence.data import store

BARE = {
    "It is so {finding}`find-database-not-fully-accurate`.": "finding",
    "It is so ({discrepancy}`unreturned-share-rises`).": "sources disagree",
    ":::{note}\nIt is so {barrier}`a-barrier`.\n:::": "barrier",
    "It is so {finding}`finding <find-database-not-fully-accurate>`.": "finding",
    "It is so ({discrepancy}`Sources disagree <unreturned-share-rises>`).": "sources disagree",
}
FREE = [
    "The register {finding}`is not accurate <find-database-not-fully-accurate>`.",
    "The {body}`moes` held {fact}`register-out-2012` children; see {cite:p}`antonowicz2013oosc`.",
    "{discrepancy}`Who plans locally (A4) <vac-dis-lead-a04>` is not settled.",
    "Nobody counts calls to {system}`the helpline 111 <vac-sys-helpline-111>`.",
    "Code such as `{finding}` and\n\n```python\n{finding}`no`\n```\n",
]


def found_in(text: str, monkeypatch, tmp_path) -> list:
    """Return what is wrong with the links of a chapter."""
    page = tmp_path / "page.md"
    page.write_text(f"# A page\n\n{text}\n", encoding="utf-8")
    monkeypatch.setattr(words, "readable", lambda: [page])
    return words.chapter_problems()


@pytest.mark.parametrize("text", BARE)
def test_a_bare_word_in_a_chapter_is_named_with_its_line(monkeypatch, tmp_path, text):
    (problem,) = found_in(text, monkeypatch, tmp_path)
    assert problem.file == "page.md" and problem.row in (3, 4)
    assert f"only the words {BARE[text]!r}" in problem.rule and "its own words <" in problem.rule


@pytest.mark.parametrize("text", FREE)
def test_words_of_its_own_and_names_are_left_alone(monkeypatch, tmp_path, text):
    assert found_in(text, monkeypatch, tmp_path) == []


@pytest.mark.parametrize("kind", ["finding", "fact", "calc"])
def test_a_quantity_typed_into_a_link_is_named(monkeypatch, tmp_path, kind):
    (problem,) = found_in(f"{{{kind}}}`A third did not return <its-id>`.", monkeypatch, tmp_path)
    assert (problem.row, problem.value) == (3, "third")


def test_a_bare_word_in_a_sentence_kept_as_data_is_named(monkeypatch):
    row = store.rows("exhibits")["register-regions"]._replace(note="It fell ({discrepancy}`unreturned-share-rises`).")
    monkeypatch.setattr(words.store, "rows", lambda name: {row.id: row} if name == "exhibits" else {})
    (problem,) = words.sentence_problems()
    assert (problem.file, problem.row, problem.column) == ("exhibits.csv", 2, "note")
    assert problem.value == "unreturned-share-rises"


def test_kinds_that_print_something_of_their_own_need_no_words():
    assert [words.bare_word(kind) for kind in ("fact", "calc", "body", "question", "action")] == [None] * 5


def test_every_link_of_the_book_stands_on_words():
    assert list(map(str, [*words.chapter_problems(), *words.sentence_problems()])) == []


@pytest.mark.parametrize(
    "text",
    [
        "{fact}`covid-parent-disability` of a child was heard.",
        "- Whether it works. {fact}`covid-parent-disability` says so.",
        "**{fact}`covid-parent-disability`** was heard.",
    ],
)
def test_a_sentence_that_begins_in_small_letters_is_named(monkeypatch, tmp_path, text):
    (problem,) = found_in(text, monkeypatch, tmp_path)
    assert (problem.row, problem.value) == (3, "covid-parent-disability")
    assert "begins a sentence with 'one parent'" in problem.rule


@pytest.mark.parametrize(
    "text",
    [
        "The study heard {fact}`covid-parent-disability`.",
        "{fact}`register-out-2012` had not returned.",
        "{fact}`no-id`.",
    ],
)
def test_a_figure_within_a_sentence_and_one_in_digits_may_stand(monkeypatch, tmp_path, text):
    assert found_in(text, monkeypatch, tmp_path) == []
