"""Markup in chapters and in cells is refused by name."""

from __future__ import annotations

import pytest

from evidence.checks import markdown, markup
from evidence.data import store


@pytest.mark.parametrize(
    "text",
    [
        "a <b>c</b>",
        "<script>",
        "<!-- x -->",
        "x </p> y",
        "<img src=x onerror=y",
        "<?xml",
        "{fact}`a <b> <register-out-2012>`",
    ],
)
def test_markup_is_found(text):
    assert markup.markup_in(text).startswith("<")


@pytest.mark.parametrize("text", ["&lt;b&gt;", "&#106;avascript:x", "see javascript:alert(1)", "VBScript:x"])
def test_a_sign_by_its_name_and_a_script_are_found(text):
    assert markup.markup_in(text)


def test_a_role_in_words_that_no_sentence_fills_is_named(monkeypatch):
    frame = store.load("bodies")
    frame.loc[2, "role"] = "Holds {fact}`register-out-2012` records"
    monkeypatch.setattr(store, "load", lambda name: frame)
    (problem,) = markup.cell_problems("bodies")
    assert (problem.row, problem.column, problem.value) == (4, "role", "{fact}`register-out-2012`")
    assert problem.rule == markup.NO_SENTENCE


@pytest.mark.parametrize("text", ["<5%", "a < b > c", "{fact}`words <register-out-2012>`", "5 <= 6", ""])
def test_a_sign_or_a_role_is_no_markup(text):
    assert markup.markup_in(text) == ""


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("synthesis", "statement"),
        ("synthesis", "detail"),
        ("exhibits", "title"),
        ("exhibits", "note"),
        ("facts", "note"),
        ("facts", "locator"),
        ("findings", "statement"),
        ("discrepancies", "left_says"),
        ("answers", "short"),
        ("synthesis", "detail"),
        ("glossary", "definition"),
        ("antonowicz2013oosc_profiles", "locator"),
    ],
)
def test_markup_in_a_cell_that_readers_see_is_refused_with_file_row_and_column(monkeypatch, table, column):
    frame = store.load(table)
    frame.loc[2, column] = "as <b>bold</b>"
    monkeypatch.setattr(store, "load", lambda name: frame)
    (problem,) = markup.cell_problems(table)
    file = store.schema()[table]["path"]
    assert str(problem) == f"{file}, row 4, column {column}: '<b>': holds markup; text of data is shown as it stands"


def test_every_sentence_kept_as_data_is_looked_through():
    hidden = [pair for pair in store.columns_with("sentence") if pair[1] not in shown(pair[0])]
    assert hidden == []


def shown(table: str) -> list[str]:
    return markup.shown_columns(store.schema()[table])


@pytest.mark.parametrize("table", store.schema())
def test_no_cell_of_the_data_holds_markup(table):
    assert not markup.cell_problems(table)


def test_what_is_no_text_for_readers_may_hold_signs():
    shown = markup.shown_columns(store.schema()["discrepancies"])
    assert "expect" not in shown and "left_says" in shown


# --- chapters

PAGE = """# A title

Words with <b>a tag</b>, `<code>` and a role {fact}`words <register-out-2012>`.

<!-- a comment
of two lines -->

```{raw} html
<p>x</p>
```

```{note}
Inside <i>a note</i>, and <https://example.org>.
```

```python
"<b>code</b>"
```
"""


def test_html_of_a_chapter_is_found_with_its_line_and_code_roles_and_addresses_are_none():
    assert markdown.read(PAGE).html == [
        (3, "<b>"),
        (3, "</b>"),
        (5, "<!-- a comment"),
        (8, "{raw} html"),
        (13, "<i>"),
        (13, "</i>"),
    ]


def test_no_chapter_holds_html():
    assert markup.chapter_problems() == []
