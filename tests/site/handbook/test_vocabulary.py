"""What the page for authors lists is what the code reads, each with a line of its own."""

from __future__ import annotations

import inspect
import re

import pytest

import evidence.book
from evidence.checks import expect, markdown, roles
from evidence.data.schema import ROOT, kinds
from evidence.figures.calculations import FORMULAS
from evidence.site.handbook.vocabulary import LISTS

WANTED = {
    "expect": set(expect.bound("", {"": ROOT})),
    "formulas": set(FORMULAS),
    "roles": {f"{{{kind}}}`its-id`" for kind in kinds()},
    "directives": {f"{{{name}}}" for name in (*roles.named_by(), *roles.LISTS)},
    "cells": set(evidence.book.__all__),
}


def test_the_page_has_every_list_and_the_check_knows_them():
    page = markdown.read((ROOT / "chapters/reference/authors.md").read_text(encoding="utf-8"))
    shown = [found.argument for found in page.directives if found.name == "vocabulary"]
    assert sorted(shown) == sorted(LISTS) == sorted(roles.VOCABULARIES) == sorted(WANTED)


@pytest.mark.parametrize("kind", LISTS)
def test_a_list_names_what_the_code_reads_and_nothing_else(kind):
    end = " " if kind == "directives" else "("
    heads = [head if kind == "roles" else head.partition(end)[0] for head, _ in LISTS[kind]()]
    assert set(heads) == WANTED[kind] and len(heads) == len(set(heads))


@pytest.mark.parametrize("kind", LISTS)
def test_every_name_has_a_line_that_says_what_it_is(kind):
    for head, text in LISTS[kind]():
        assert len(text) > 10 and text[0].isupper() and text.endswith("."), head
        assert "/" not in head.replace("chapters/reference/facts-", ""), "no path of a machine"


def test_what_an_expectation_may_call_has_the_arguments_listed():
    calls = dict(head.rstrip(")").split("(") for head, _ in LISTS["expect"]())
    assert calls["fact"] == "id" and calls["total"] == "table, column, *filters"
    assert calls["says"] == "lines, phrase, document=''"
    says = expect.bound("report", {"report": ROOT})["says"]
    assert list(inspect.signature(says).parameters) == ["lines", "phrase", "document"]


def test_a_list_that_is_none_is_refused_with_those_there_are(small_book):
    book = small_book({"index.md": "# Front\n\n```{vocabulary} formulars\n```\n"})
    assert "there is no list 'formulars'; there are expect, formulas" in book.warnings


def test_a_list_stands_on_its_page(small_book):
    html = small_book({"index.md": "# Front\n\n```{vocabulary} formulas\n```\n"}).page("index")
    text = re.sub(r"<[^>]+>", "", html)
    assert "share_pct(part, whole)" in text and "part / whole × 100" in text
