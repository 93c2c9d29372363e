"""Quantities typed by hand are found wherever readers see them; years, grades, tables and roles are not."""

from __future__ import annotations

import pytest

from evidence.checks import markdown, prose
from evidence.checks.prose import quantities
from evidence.data import store

TYPED = [
    "It fell by 12%.",
    "Some 1,756 children.",
    "a third of them",
    "twice as many",
    "half of all",
    "ten regions",
    "# Only 3 of them",
    "| Region | Share |\n|---|---|\n| North | 40 |",
    "[40 per cent](page.md)",
    "![A fall of 40](picture.png)",
    ":::{admonition} The other 40\ntext\n:::",
    ":::{admonition} Limits\n- It was 40.\n:::",
    "```{note}\nIt was 40.\n```",
    "Term\n: It was 40.",
    "---\ndescription: It was 40.\n---\ntext",
    "---\ndescription: It was\n  long ago and\n  40.\n---\ntext",
    "½ of the children",
    "tens of thousands of them",
    "hundreds of children",
    "a tenfold rise",
    "The number tripled.",
    "a couple of schools",
    "an eighth of them",
    "trillions of tenge",
    "① child",
    "In 2099 they stayed away.",
    "Nearly 1950 children",
    "more than 2012 schools",
    "2012% of them",
    "See p. 347.",
    "pp. 12-900",
    "Table 347",
    "Figure 90% of them",
    "Section 8300 of children",
    "aged 8300",
    "grade of 77 per cent",
    "`57` children",
    "{sub}`57` children",
    "{abbr}`57 (of them)` children",
    "```{figure} picture.png\n:alt: A fall of 40\n```",
]
FREE = [
    "As of 2012 and 2010-11, Table 5 on p. 22.",
    "It fell by {calc}`register-fall-2011-2012`.",
    "Grade 9 pupils, ages 5-6, on 15 May.",
    "[here](page-2.md) and `code 12`",
    "# The four components",
    "```{code-cell} python\nx = 40\n```",
    "```{printed-table} antonowicz2013oosc_regions\n```",
    "```python\nx = 40\n```",
    "---\ntitle: 40\n---\ntext",
    "older than 2011, up to 2030, around 2010",
    "pp. 101-103, Tables 30 to 34 and Figure 3",
    "by version 5.2.1 under CC BY 4.0",
]


def typed(text: str) -> list[tuple[int, str]]:
    """Return (line, text) of the quantities typed in a chapter."""
    return [(line, value) for line, part in markdown.read(text).prose for _, value in quantities(part)]


@pytest.mark.parametrize("text", TYPED)
def test_a_typed_quantity_is_found(text):
    assert typed(text)


@pytest.mark.parametrize("text", FREE)
def test_what_is_no_quantity_is_left_alone(text):
    assert typed(text) == []


def test_a_quantity_is_named_with_its_line():
    text = "---\ntitle: 3\n---\n\n```{code-cell}\nx = 4\n```\n\nIt was\nthen 17.\n\n:::{note}\nOr 18.\n:::\n"
    assert typed(text) == [(10, "17"), (13, "18")]


def test_no_quantity_is_typed_in_the_book():
    assert list(map(str, prose.problems())) == []


@pytest.mark.parametrize("column", ["title", "alt", "calculated", "note"])
def test_a_quantity_typed_in_what_describes_an_exhibit_is_named(monkeypatch, column):
    row = store.rows("exhibits")["register-regions"]._replace(**{column: "It fell by 49 per cent"})
    monkeypatch.setattr(prose.store, "rows", lambda name: {row.id: row} if name == "exhibits" else {})
    (problem,) = prose.sentence_problems()
    assert (problem.file, problem.row, problem.column, problem.value) == ("exhibits.csv", 2, column, "49")


def test_a_number_that_is_a_role_is_free_in_a_title(monkeypatch):
    row = store.rows("exhibits")["register-regions"]._replace(title="{calc}`register-east-share-of-fall` is one region")
    monkeypatch.setattr(prose.store, "rows", lambda name: {row.id: row} if name == "exhibits" else {})
    assert prose.sentence_problems() == []
