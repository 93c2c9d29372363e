"""Shares, money, speeds and places have one written form, words said twice none; each planted other one is named."""

from __future__ import annotations

import pytest

from evidence.checks import forms
from evidence.data import store
from evidence.data.format import reads
from evidence.data.records import fact, facts

OTHERS = {
    "It rose by 45 per cent.": "45%",
    "It rose by 4 percent.": "45%",
    "It rose by 45 %.": "45%",
    "It cost 12 billion KZT.": "tenge",
    "Schools have 20 Mbps.": "Mbit/s",
    "Schools of Turkestan do so.": "Turkistan Region",
    "In Nur-Sultan they do.": "Astana city",
    "They have {system}`annual-retail-dashboards` on prices and purchases.": "twice running",
    "It is put at at most four.": "twice running",
}
OURS = [
    "It rose by 45%, or 4 points; a percentage is no count, and one per cent is none either.",
    "It cost 12 billion tenge in Turkistan Region and in Astana, then called Nur-Sultan.",
    "Homes and schools, homes and streets: all of all ages, side by side by year, 3 3 and 4.",
]


@pytest.mark.parametrize("text", OTHERS)
def test_another_form_is_named_in_a_chapter_with_its_line(monkeypatch, tmp_path, text):
    page = tmp_path / "page.md"
    page.write_text(f"# A page\n\n{text}\n", encoding="utf-8")
    monkeypatch.setattr(forms, "readable", lambda: [page])
    (problem,) = forms.chapter_problems()
    assert (problem.file, problem.row) == ("page.md", 3)
    assert OTHERS[text] in problem.rule


@pytest.mark.parametrize("text", OTHERS)
def test_another_form_is_named_in_the_data_with_its_row(monkeypatch, text):
    row = store.rows("findings")["find-almost-all-enrol"]._replace(statement=text)
    monkeypatch.setattr(forms, "_columns", lambda: [("findings", "statement")])
    spellings = forms.other_spellings()
    monkeypatch.setattr(forms, "other_spellings", lambda: spellings)
    monkeypatch.setattr(forms.store, "rows", lambda table: {row.id: row})
    (problem,) = forms.data_problems()
    assert (problem.file, problem.row, problem.column) == ("findings.csv", 2, "statement")


@pytest.mark.parametrize("text", OURS)
def test_our_own_forms_are_left_alone(text):
    assert forms.fault(text) is None


def test_a_share_without_its_sign_is_named(monkeypatch):
    item = fact("register-out-2012")._replace(unit="percent", as_reported="21", in_sentence="")
    monkeypatch.setattr(forms.store, "numbered", lambda name: [(2, item)])
    (problem,) = forms.fact_problems()
    assert (problem.column, problem.value) == ("in_sentence", "21")


SMALL_STARTS = {
    "It is so. {fact}`covid-parent-disability` was interviewed.": "one parent",
    "{finding}`one case <find-almost-all-enrol>` is told.": "one case",
}


@pytest.mark.parametrize("text", SMALL_STARTS)
def test_a_sentence_that_a_role_begins_with_a_small_letter_is_named(monkeypatch, tmp_path, text):
    page = tmp_path / "page.md"
    page.write_text(f"# A page\n\n{text}\n", encoding="utf-8")
    monkeypatch.setattr(forms, "readable", lambda: [page])
    (problem,) = forms.chapter_problems()
    assert (problem.row, problem.value) == (3, SMALL_STARTS[text]) and "small letter" in problem.rule


def test_items_of_a_list_and_capitals_may_begin_with_a_role():
    assert forms.small_start("- {fact}`covid-parent-disability`;") is None
    assert forms.small_start("It is so. {finding}`Most go <find-almost-all-enrol>`.") is None


def test_words_in_capitals_are_named(monkeypatch):
    item = fact("annual-free-meals-primary-callout")._replace(in_sentence="")
    monkeypatch.setattr(forms.store, "numbered", lambda name: [(2, item)])
    (problem,) = forms.fact_problems()
    assert (problem.column, problem.value) == ("in_sentence", "OVER MILLION")


def test_a_number_that_is_lost_reads_as_missing():
    lost = [item for item in facts().values() if "lost_in_source" in item.flags]
    assert {reads(item) for item in lost} == {"number missing in our copy"}


def test_prints_are_kept_as_they_are():
    assert ("facts", "as_reported") not in set(forms.own_words())
    assert "%" not in fact("vac-kap21-parents-physical").as_reported
    assert reads(fact("vac-kap21-parents-physical")) == "21%"


def test_the_book_has_one_form_for_each_thing():
    assert list(map(str, forms.problems())) == []


def test_every_share_in_figures_reads_with_its_sign():
    shares = [reads(item) for item in facts().values() if item.unit == "percent"]
    assert not [text for text in shares if any(mark.isdigit() for mark in text) and "%" not in text]
