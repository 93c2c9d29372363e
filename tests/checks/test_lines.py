"""Where a figure stands in a text is found, whole and in the fewest lines."""

from __future__ import annotations

import pytest

from evidence.checks.lines import lines_of, shown

TEXT = (
    "A report\nof 12 schools, 112 pupils and 12.2% of\nthem, over\ntwo years. A third of the pu-\npils, and 12 again.\n"
)


@pytest.fixture
def text(tmp_path):
    path = tmp_path / "text.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("figure", "lines"),
    [
        ("12.2%", ["2"]),
        ("12", ["2", "5"]),  # not in 112, not in 12.2
        ("12 schools", ["2"]),
        ("over two years", ["3-4"]),
        ("a third of the pupils", ["4-5"]),
        ("12 children", ["2", "5"]),  # the words are ours: the number alone
        ("2", []),  # not in 12.2
        ("13%", []),
        ("every fifth", []),
    ],
)
def test_a_figure_is_found_where_it_stands_whole(text, figure, lines):
    assert lines_of(text, figure) == lines


def test_lines_are_shown_with_their_text(text):
    assert shown(text, "2", 20) == "2: of 12 schools, 112 …"
