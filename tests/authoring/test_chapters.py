"""A new chapter has the sections of the house, and its line in the menu among the pages of its part."""

from __future__ import annotations

import pytest
import yaml

from evidence.authoring.asking import Desk
from evidence.authoring.chapters import PAGE, new_chapter, page_named, quoted, with_page
from evidence.authoring.messages import showing
from evidence.checks.chapters import TO_WRITE, unwritten_problems
from evidence.data.rules import DataError
from evidence.data.schema import ROOT

TOC = (ROOT / "_toc.yml").read_text(encoding="utf-8")
GIVEN = {"path": "education/my-topic", "title": "My topic", "description": "What is known of it, as of 2024."}


def test_the_menu_gains_one_line_and_keeps_every_other():
    before = f"# a comment\n{TOC}".splitlines()
    changed = with_page("\n".join([*before, ""]), "chapters/education/my-topic").splitlines()
    added = [line for line in changed if line.strip() == "- file: chapters/education/my-topic"]
    assert (len(added), [line for line in changed if line not in added]) == (1, before)


def test_a_new_page_stands_below_the_title_of_the_one_before():
    toc = "parts:\n  - chapters:\n      - file: chapters/health/first\n        title: First\n      - file: index\n"
    lines = with_page(toc, "chapters/health/second").splitlines()
    assert lines[3:5] == ["        title: First", "      - file: chapters/health/second"]


def test_a_part_that_is_not_there_is_named_with_those_that_are():
    with pytest.raises(DataError, match="there are .*child_protection, education, .*reference, sources"):
        new_chapter(GIVEN | {"path": "health/my-topic"}, Desk())


def test_a_new_chapter_has_the_head_of_the_others_and_every_open_line_is_named(tmp_path):
    text = new_chapter(GIVEN, Desk()).files["chapters/education/my-topic.md"]
    other = (ROOT / "chapters/education/enrolment.md").read_text(encoding="utf-8")
    heads = [yaml.safe_load(page.split("---")[1]) for page in (text, other)]
    assert heads[0] == heads[1] | {"description": GIVEN["description"]}
    (tmp_path / "chapters").mkdir()
    (tmp_path / "chapters/page.md").write_text(text, encoding="utf-8")
    named = unwritten_problems(tmp_path)
    assert len(named) == text.lower().count(TO_WRITE) == PAGE.lower().count(TO_WRITE) > 0
    assert all(problem.row and TO_WRITE in problem.value.lower() for problem in named)


@pytest.mark.parametrize("path", ["education/register", "education/My Topic", "my-topic"])
def test_a_path_that_is_taken_or_no_path_is_refused(path):
    with pytest.raises(DataError, match="is already there|is no path of a chapter"):
        new_chapter(GIVEN | {"path": path}, Desk())


def test_what_is_missing_is_named_at_once():
    with pytest.raises(DataError, match="(?s)--title.*--description"):
        new_chapter({"path": "education/my-topic"}, Desk())


@pytest.mark.parametrize(
    "name", ["education/register", "chapters/education/register.md", "./chapters/education/register"]
)
def test_a_page_may_be_named_in_several_ways(name):
    assert page_named(name) == "chapters/education/register"


def test_a_page_that_is_not_there_is_told_with_the_nearest():
    with pytest.raises(DataError, match="there is no such page; did you mean chapters/education/register"):
        page_named("education/registre")


def test_messages_stand_where_the_page_says_or_below_its_opening():
    shown = "```{key-messages}\n```"
    text = new_chapter(GIVEN, Desk()).files["chapters/education/my-topic.md"]
    assert showing(text).count(shown) == 1 and "key messages (`evidence" not in showing(text)
    opened = "# Title\n\nAs of 2024.\nMore.\n\n"
    assert showing(f"{opened}## Part\n") == f"{opened}{shown}\n\n## Part\n"
    assert showing(showing(text)) == showing(text)


@pytest.mark.parametrize("text", ["Schools: a survey", "It's “new”", 'Of "quotes"', "Plain words, as of 2024."])
def test_a_description_is_a_text_for_yaml(text):
    assert yaml.safe_load(f"description: {quoted(text)}") == {"description": text}
