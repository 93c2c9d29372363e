"""A new document gets its pages, and nothing is written over."""

from __future__ import annotations

import pytest

from evidence.authoring.documents import new_document
from evidence.data.rules import DataError

KEY = "gurin2023tale"
PAGES = [f"chapters/sources/{KEY}.md", f"chapters/reference/facts-{KEY}.md", f"chapters/reference/findings-{KEY}.md"]


@pytest.fixture
def root(tmp_path):
    for folder in ("chapters/sources", "chapters/reference"):
        (tmp_path / folder).mkdir(parents=True)
    return tmp_path


def test_a_document_gets_its_page_its_facts_and_its_findings(root):
    assert [str(path.relative_to(root)) for path in new_document(KEY, root)] == PAGES
    text = (root / PAGES[0]).read_text(encoding="utf-8")
    assert "# Tale of two studies (2023)" in text and "```{source-index} gurin2023tale\n```" in text
    assert "{cite:p}`gurin2023tale`" in text
    assert "```{register} fact\n:source: gurin2023tale\n```" in (root / PAGES[1]).read_text(encoding="utf-8")


def test_a_document_without_its_row_is_refused_with_what_to_add(root):
    with pytest.raises(DataError, match="sources.csv.*'nobody1999'.*add its row to sources.csv, its entry"):
        new_document("nobody1999", root)


def test_a_page_that_is_there_is_kept_and_nothing_is_written(root):
    (root / PAGES[2]).write_text("Ours", encoding="utf-8")
    with pytest.raises(DataError, match="is already there; nothing was written"):
        new_document(KEY, root)
    assert (root / PAGES[2]).read_text(encoding="utf-8") == "Ours"
    assert not (root / PAGES[0]).exists()
