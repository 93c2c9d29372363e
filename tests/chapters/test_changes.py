"""What differs is said in a line an exhibit, with a picture before and after where a chart is drawn differently."""

from __future__ import annotations

import pytest

from tests import changes
from tests.changes import before, report, texts
from tests.references import ROOT, read, reference_of, shown

CHAPTER = ROOT / "chapters" / "education" / "risks-and-barriers.md"
KEY = "groups-at-risk"


@pytest.fixture
def reference(tmp_path, monkeypatch):
    """Return the output of a reference that has a chart; pictures go to a folder of this test."""
    monkeypatch.setattr(changes, "CHANGES", tmp_path)
    monkeypatch.setattr(changes, "named", lambda path: path.name)
    return [cell for cell in read(reference_of(CHAPTER))[1] if KEY in texts([cell])]


def with_text(outputs, old: str, new: str):
    """Return outputs with a text of theirs replaced."""
    assert old in repr(outputs)
    return [
        [{**output, "data": {"text/plain": output["data"]["text/plain"].replace(old, new)}} for output in cell]
        for cell in outputs
    ]


def test_a_chart_drawn_differently_is_shown_before_and_after(reference, tmp_path):
    target = tmp_path / "education" / "risks-and-barriers" / f"{KEY}.html"
    (line,) = report(CHAPTER, reference, with_text(reference, "mark bar", "mark point"))
    assert line == f"{KEY}: 1 line(s) differ; before and after: {KEY}.html"
    html = target.read_text(encoding="utf-8")
    assert "-layer 1: mark bar\n+layer 1: mark point" in html
    assert html.count("data:image/svg+xml;base64,") == 2, "drawn from the commit of the reference, and from here"


def test_a_changed_text_has_no_picture(reference, tmp_path):
    (line,) = report(CHAPTER, reference, with_text(reference, "alternative: ", "alternative: Now "))
    assert line == f"{KEY}: 1 line(s) differ" and not list(tmp_path.iterdir())


def test_an_exhibit_that_is_gone_is_named(reference):
    assert report(CHAPTER, reference, [[] for _ in reference]) == [f"{KEY}: is gone"]


def test_without_the_commit_of_the_reference_there_is_no_drawing_before():
    assert before("chapters/education/no-chapter.md", "tests/notebooks/education/none.ipynb") == {}


def test_outputs_that_are_no_exhibits_are_seen():
    old, new = ([[{"output_type": "stream", "data": None, "text": text}]] for text in ("1", "2"))
    assert report(CHAPTER, old, new) == ["outputs that are no exhibits differ"]


def test_an_exhibit_among_outputs_is_read_as_a_reviewer_does(reference):
    assert list(texts(reference)) == [KEY]
    assert shown([{"output_type": "stream", "text": "1"}]) == [{"output_type": "stream", "data": None, "text": "1"}]
