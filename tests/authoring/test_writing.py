"""What a command writes is put in place all together, or not at all."""

from __future__ import annotations

import os

import pytest

from evidence.authoring import writing
from evidence.authoring.writing import Draft, drawn, put_in_place, row_number, texts_of


@pytest.fixture
def root(tmp_path):
    (tmp_path / "there.md").write_text("before\n", encoding="utf-8")
    return tmp_path


def files(root) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in root.iterdir()}


def test_files_are_written_and_nothing_else_is_left(root):
    put_in_place({"there.md": "after\n", "new.md": "new\n"}, root)
    assert files(root) == {"there.md": "after\n", "new.md": "new\n"}


def test_an_error_on_the_way_puts_everything_back(root, monkeypatch):
    real = os.replace

    def replace(path, target):
        if target.name == "last.md":
            raise OSError("the disk is full")
        real(path, target)

    monkeypatch.setattr(writing.os, "replace", replace)
    with pytest.raises(OSError, match="disk is full"):
        put_in_place({"there.md": "after\n", "new.md": "new\n", "last.md": "last\n"}, root)
    assert files(root) == {"there.md": "before\n"}


def test_rows_of_one_table_are_written_into_one_text():
    draft = Draft([("indicators", {"id": "0-a", "name": "A"}), ("indicators", {"id": "0-b", "name": "B"})])
    texts = texts_of(draft)
    assert list(texts) == ["data/indicators.csv"]
    assert (row_number(texts["data/indicators.csv"], "0-a"), row_number(texts["data/indicators.csv"], "0-b")) == (2, 3)


def test_a_cell_that_cannot_be_shown_says_why():
    assert "no row of exhibits has the id 'no-such'" in drawn(['exhibit("no-such", load("places"))'])[0]
    assert drawn(['rows = printed("groups-at-risk", "Group", value="Children")\nexhibit("groups-at-risk", rows)']) == []
