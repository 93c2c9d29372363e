"""Quantities typed by hand are found; years, grades, tables and roles are not."""

from __future__ import annotations

import pytest

from evidence.prose import cells_of, prose_of, quantities, typed_in_cell

TYPED = ["It fell by 12%.", "Some 1,756 children.", "a third of them", "twice as many", "half of all", "ten regions"]
FREE = [
    "As of 2012 and 2010-11, Table 5 on p. 22.",
    "It fell by {calc}`register-fall-2011-2012`.",
    "Grade 9 pupils, ages 5-6, on 15 May.",
    "[here](page-2.md) and `code 12`",
    "# The four components",
]


@pytest.mark.parametrize("sentence", TYPED)
def test_a_typed_quantity_is_found(sentence):
    assert quantities(prose_of(sentence))


@pytest.mark.parametrize("sentence", FREE)
def test_what_is_no_quantity_is_left_alone(sentence):
    assert not quantities(prose_of(sentence))


def test_positions_are_those_of_the_chapter():
    text = "---\ntitle: 3\n---\n\n```{code-cell}\nx = 4\n```\n\nIt was 17.\n"
    (position, value), *rest = quantities(prose_of(text))
    assert value == "17" and text[position:].startswith("17") and not rest


def test_titles_alternatives_and_notes_of_exhibits_are_checked():
    text = "```{code-cell} python\n:tags: [hide-input]\nexhibit(a, id='b9',\n  title='It fell by 49 per cent')\n```\n"
    (first, code), *_ = cells_of(text)
    assert [(first + line - 1, value) for line, value in typed_in_cell(code)] == [(4, "49")]
