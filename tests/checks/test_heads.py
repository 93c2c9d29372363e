"""Heads and headings that say something else than they seem to are named with their line."""

import pytest

from evidence.checks import heads, markdown

HEAD = "---\ndescription: What a page on children answers, in as many words as it takes.\n---\n\n"


@pytest.mark.parametrize(
    ("heading", "rule"),
    [
        ("## {fact}`register-out-2012` children", "holds more than words"),
        ("## {cite:p}`antonowicz2013oosc`", "holds more than words"),
        ("## The $x$ of it", "holds more than words"),
        ("## &lt;script&gt; of it", "holds more than words"),
        ("## [A link](page.md)", "holds more than words"),
        ("##", "is a heading without words"),
        ("## First part\n\ntext\n\n## First part", "is the heading of line 7 too"),
    ],
)
def test_a_heading_that_is_more_or_less_than_words_is_named(heading, rule):
    chapter = markdown.read(f"{HEAD}# Title\n\n{heading}\n")
    assert [rule in problem.rule for problem in heads.title_problems("page.md", chapter)] == [True]


def test_a_key_that_stands_twice_is_named_with_its_line():
    said, (problem,) = heads.read_yaml("_config.yml", "title: A\nauthor: B\ntitle: C\n")
    assert said is None and (problem.row, problem.value) == (3, "title: C")
    assert problem.rule == "title stands twice, and only the last would count; keep one"


def test_a_description_with_markup_is_named():
    chapter = markdown.read(HEAD.replace("What a page", "What <b>a page</b>") + "# Title\n")
    assert ["holds markup" in problem.rule for problem in heads.head_problems("page.md", chapter)] == [True]
