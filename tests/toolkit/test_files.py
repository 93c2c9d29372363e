"""What cannot be read is told by its reason before a sign of it is read, and no workbook fills the memory."""

from __future__ import annotations

import os
import zipfile

import openpyxl
import pytest

from evidence.toolkit import workbooks
from evidence.toolkit.faults import BadInput
from evidence.toolkit.files import inside, unreadable, why_not
from evidence.toolkit.system import of_duckdb
from evidence.toolkit.workbooks import opened, rows_of


def refused(path):
    """Return what a path is whose opening the system refuses: root may read whatever it likes."""

    class Refused(type(path)):
        def open(self, *given, **named):
            raise PermissionError(13, "no right")

    return Refused(path)


def test_every_reason_is_told(tmp_path):
    (tmp_path / "there.csv").write_text("a")
    (tmp_path / "folder.csv").mkdir()
    (tmp_path / "link.csv").symlink_to("nowhere")
    os.mkfifo(tmp_path / "pipe.csv")
    said = {name: str(why_not(tmp_path / name)) for name in ("folder.csv", "link.csv", "pipe.csv", "none.csv")}
    assert [text.split(",")[0].split(";")[0] for text in said.values()] == [
        "is a folder",
        "is a link to something that is not there",
        "is not a file",
        "is not there",
    ]
    assert why_not(tmp_path / "there.csv") is None
    assert "ask for the right" in str(why_not(refused(tmp_path / "there.csv")))
    every = [tmp_path / name for name in ("there.csv", "link.csv", "none.csv")]
    assert [fault.file for fault in unreadable(every)] == ["link.csv", "none.csv"]


def test_a_folder_that_may_not_be_looked_into_is_not_taken_for_an_empty_one(tmp_path, monkeypatch):
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "a.csv").write_text("a")
    (tmp_path / "linked").symlink_to(tmp_path / "deep")
    assert [path.relative_to(tmp_path).as_posix() for path in inside(tmp_path)] == ["deep", "deep/a.csv", "linked"]

    def closed(path):
        raise PermissionError(13, "no right", path)

    monkeypatch.setattr(os, "scandir", closed)
    with pytest.raises(PermissionError):
        inside(tmp_path)


def book(path, rows):
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    made.save(path)
    return path


def changed(path, old: bytes, new: bytes):
    """Put other bytes into the sheet of a workbook."""
    with zipfile.ZipFile(path) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content.replace(old, new) if "worksheets" in name else content)
    return path


def test_columns_that_a_sheet_only_claims_are_not_read(tmp_path):
    path = changed(book(tmp_path / "a.xlsx", [["a", "b"], [1, 2]]), b'ref="A1:B2"', b'ref="A1:XFD1048576"')
    rows = list(rows_of(path, opened(path).active))
    assert rows == [("a", "b"), (1, 2)]


def test_a_workbook_that_unpacks_to_more_than_any_table_needs_is_refused_unread(tmp_path, monkeypatch):
    path = book(tmp_path / "a.xlsx", [["a"]])
    monkeypatch.setattr(workbooks, "MOST", 1000)
    monkeypatch.setattr(openpyxl, "load_workbook", None)
    with pytest.raises(BadInput, match="a.xlsx: unpacks to"):
        opened(path)


@pytest.mark.parametrize("spoilt", [lambda raw: raw[: len(raw) // 2], lambda raw: b"", lambda raw: b"nothing"])
def test_a_spoilt_workbook_is_told_in_a_sentence(spoilt, tmp_path):
    path = book(tmp_path / "a.xlsx", [["a"]])
    path.write_bytes(spoilt(path.read_bytes()))
    with pytest.raises(BadInput, match="a.xlsx: is (not a workbook|empty)"):
        opened(path)


def test_a_sheet_that_breaks_off_while_it_is_read_is_told_too(tmp_path):
    path = changed(book(tmp_path / "a.xlsx", [["a"]] * 3), b"</sheetData>", b"<")
    with pytest.raises(BadInput, match="a.xlsx: is not a workbook"):
        list(rows_of(path, opened(path).active))


def test_a_file_that_vanishes_before_duckdb_reads_it_is_told_as_such(tmp_path):
    import duckdb

    with pytest.raises(duckdb.Error) as caught:
        duckdb.execute(f"SELECT * FROM read_csv('{tmp_path}/gone.csv')")
    assert "gone.csv: is not there" in str(of_duckdb(caught.value))
    full = duckdb.IOException('IO Error: Could not write file "x.csv": No space left on device')
    assert "Free space" in str(of_duckdb(full))
