"""An export that cannot be read is named: no post is missing without a word."""

from __future__ import annotations

import os

import pytest

pytest.importorskip("ijson", reason="ijson is not installed: make site")

from evidence.listening.pseudonyms import read_key
from evidence.listening.reading.folder import files_of
from evidence.toolkit.faults import BadInput

LINE = "date,text\n2022-05-15,Инклюзия\n"


def book(path):
    import openpyxl

    openpyxl.Workbook().save(path)


WRONG = {
    "public/a.csv: is a link to something": lambda public: (public / "a.csv").symlink_to("nowhere.csv"),
    "public/result.json: is a folder": lambda public: (public / "result.json").mkdir(),
    "public/deep/a.csv: is not a file": lambda public: os.mkfifo(public / "deep" / "a.csv"),
    "public/2022: is a link to a folder": lambda public: (public / "2022").symlink_to("deep"),
    "public/mapping.toml: is a link": lambda public: (public / "mapping.toml").symlink_to("nowhere.toml"),
    "organisations: is not a folder": lambda public: (public.parent / "organisations").write_text(LINE),
    "queries.csv: is a link": lambda public: (public.parent / "queries.csv").symlink_to("nowhere.csv"),
    "places.csv: is a folder": lambda public: (public.parent / "places.csv").mkdir(),
}


@pytest.mark.parametrize("told", WRONG)
def test_what_cannot_be_read_is_named_beside_what_can(told, tmp_path):
    public = tmp_path / "public"
    (public / "deep").mkdir(parents=True)
    (public / "good.csv").write_text(LINE, encoding="utf-8")
    assert [path.name for _, path in files_of(tmp_path)] == ["good.csv"]
    WRONG[told](public)
    with pytest.raises(BadInput) as caught:
        files_of(tmp_path)
    assert str(caught.value).startswith(told)


def test_a_workbook_without_rows_is_told_so(tmp_path):
    from evidence.listening.reading.workbook import sheets_of

    book(tmp_path / "a.xlsx")
    with pytest.raises(BadInput, match="a.xlsx: has no rows"):
        sheets_of(tmp_path / "a.xlsx")


def test_a_key_that_cannot_be_read_is_no_reason_for_a_new_one(tmp_path):
    (tmp_path / "team.key").mkdir()
    with pytest.raises(BadInput, match="is a folder"):
        read_key(tmp_path / "team.key")
    with pytest.raises(BadInput, match="make one"):
        read_key(tmp_path / "none.key")
