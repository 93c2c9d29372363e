"""``evidence tidy``: what a spreadsheet did is put back, what people did stays, and nothing is written by halves."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from evidence.authoring import tidy as module
from evidence.authoring.tidy import ask, choice, tidy
from evidence.data.rules import DataError
from tests.authoring.repository import commit, small_definition

CLEAN = (
    "id,as_reported,period,note\n"
    'a-1,"1,756",2008-09,one\n'
    'b-2,"8,300",2010-11,two\n'
    "c-3,12.0,2012,three\n"
    'd-4,"3,200",2011-12,four\n'
)
NOBODY, PUT_BACK, KEEP = choice(False, False), choice(True, False), choice(False, True)


@pytest.fixture
def data(tmp_path):
    """Return a folder with one table, committed."""
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "things.csv").write_text(CLEAN, encoding="utf-8")
    small_definition(folder)
    commit(tmp_path)
    return folder


def save(data, *changes: tuple[str, str]) -> str:
    """Change the table as a person or a program would; return its text."""
    text = CLEAN
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    (data / "things.csv").write_text(text, encoding="utf-8")
    return text


def read(data) -> str:
    return (data / "things.csv").read_bytes().decode("utf-8")


LOST = (('"1,756"', "1756"), ("2010-11", "Nov-10"))


def test_a_clean_table_is_not_touched(data, capsys):
    before = os.stat(data / "things.csv").st_mtime_ns
    assert tidy([], NOBODY, data=data) == 0
    assert capsys.readouterr().out == "2 table(s): nothing to tidy\n"
    assert (read(data), os.stat(data / "things.csv").st_mtime_ns) == (CLEAN, before)


def test_form_is_mended_and_said_and_the_second_run_has_nothing_to_do(data, capsys):
    (data / "things.csv").write_bytes(b"\xef\xbb\xbf" + CLEAN.replace("\n", "\r\n").encode())
    assert tidy(["things"], NOBODY, data=data) == 0
    assert "things.csv: mended: byte order mark, CR line ends" in capsys.readouterr().out
    assert read(data) == CLEAN
    assert tidy(["data/things.csv"], NOBODY, data=data) == 0
    assert "nothing to tidy" in capsys.readouterr().out


def test_check_changes_nothing_and_says_what_would_change(data, capsys):
    for text in (save(data, *LOST), save(data, ("c-3,12.0", "c-3, 12.0"))):
        (data / "things.csv").write_text(text, encoding="utf-8")
        assert tidy([], PUT_BACK, is_check=True, data=data) == 1
        assert read(data) == text
    assert "has to be mended: spaces" in capsys.readouterr().out


def test_without_a_person_cells_are_listed_and_left_as_they_are(data, capsys):
    text = save(data, *LOST)
    assert tidy([], NOBODY, data=data) == 1
    out = capsys.readouterr().out
    assert "things.csv, row 2, a-1, column as_reported: '1,756' is now '1756': thousands separators lost" in out
    assert "things.csv, row 3, b-2, column period: '2010-11' is now 'Nov-10': made a date" in out
    assert "2 cell(s) are left as saved: `evidence tidy --put-back` restores them, `--keep` accepts them" in out
    assert read(data) == text


def test_what_a_spreadsheet_did_is_put_back_and_what_people_did_stays(data, capsys):
    save(data, *LOST, ("c-3,12.0,2012,three", "c-3,12.5,2012,third"), ('d-4,"3,200"', 'd-4,"3,002"'))
    assert tidy([], PUT_BACK, data=data) == 0
    wanted = CLEAN.replace("12.0,2012,three", "12.5,2012,third").replace("3,200", "3,002")
    assert read(data) == wanted
    out = capsys.readouterr().out
    assert "by people, untouched: 3 cell(s) in 2 row(s) changed" in out
    assert "things.csv: 2 cell(s) put back, 0 kept" in out


def test_a_cell_that_lost_its_form_is_seen_beside_one_whose_value_changed(data, capsys):
    save(data, ('a-1,"1,756",2008-09,one', "a-1,1756,2009-10,one"))
    tidy([], PUT_BACK, data=data)
    assert read(data) == CLEAN.replace("2008-09", "2009-10")


def test_what_is_kept_stays(data):
    text = save(data, *LOST)
    assert tidy([], KEEP, data=data) == 0
    assert read(data) == text


def test_rows_new_and_gone_are_said_and_stay_so(data, capsys):
    text = save(data, ("c-3,12.0,2012,three\n", "e-5,1,2013,five\n"))
    tidy([], PUT_BACK, data=data)
    assert "1 row(s) new (e-5), 1 row(s) gone (c-3)" in capsys.readouterr().out
    assert sorted(read(data).splitlines()) == sorted(text.splitlines())


def test_a_new_cell_that_was_spoilt_is_named_since_git_has_nothing_to_put_back(data, capsys):
    save(data, ("c-3,12.0,2012,three\n", "c-3,12.0,2012,three\nc-4,1,Sep-08,\n"))
    assert tidy([], PUT_BACK, data=data) == 1
    assert "row 5, column period: 'Sep-08': looks like a spreadsheet's work" in capsys.readouterr().out


def test_a_number_that_may_have_been_read_otherwise_is_a_persons_where_others_were_not(data, capsys):
    """``8,300`` read with a decimal comma would have made 3.2 of ``3,200`` too."""
    text = save(data, ('"8,300"', "8.3"))
    assert tidy([], NOBODY, data=data) == 0 and read(data) == text
    save(data, ('"8,300"', "8.3"), ('"3,200"', "3.2"))
    assert tidy([], NOBODY, data=data) == 1


def test_an_id_made_a_date_finds_its_row(tmp_path):
    data = tmp_path / "data"
    data.mkdir()
    clean = "id,note\n10-12,some\nb,other\n"
    (data / "ages.csv").write_text(clean)
    small_definition(data)
    commit(tmp_path)
    (data / "ages.csv").write_text("id,note\nb,other\n12-Oct,some\n")
    assert tidy([], PUT_BACK, data=data) == 0
    assert (data / "ages.csv").read_text() == clean


def test_outside_git_only_the_form_is_mended_and_that_is_said(tmp_path, capsys):
    (tmp_path / "things.csv").write_text(CLEAN.replace("\n", "\r\n"), newline="")
    small_definition(tmp_path)
    assert tidy([], NOBODY, data=tmp_path) == 0
    assert "no version in git (HEAD) to compare with, so only the form was looked at" in capsys.readouterr().out
    assert (tmp_path / "things.csv").read_text() == CLEAN


def test_a_damaged_save_that_was_committed_is_compared_with_an_older_version(data):
    save(data, *LOST)
    commit(data.parent)
    assert tidy([], PUT_BACK, data=data) == 0 and read(data) != CLEAN
    assert tidy([], PUT_BACK, revision="HEAD~1", data=data) == 0 and read(data) == CLEAN


def test_a_version_that_git_does_not_have_is_refused_before_anything_is_changed(data, capsys):
    (data / "things.csv").write_bytes(CLEAN.replace("\n", "\r\n").encode())
    assert tidy([], PUT_BACK, revision="HEADS~1", data=data) == 1
    assert "git has no version 'HEADS~1' of these tables" in capsys.readouterr().err
    assert "\r" in (data / "things.csv").read_bytes().decode()


def test_a_file_that_cannot_be_read_is_left_and_the_others_are_tidied(data, capsys):
    (data / "sources.csv").write_bytes(b"PK\x03\x04")
    (data / "things.csv").write_bytes(CLEAN.replace("\n", "\r\n").encode())
    assert tidy([], NOBODY, data=data) == 1
    assert "sources.csv: is a workbook" in capsys.readouterr().out
    assert (data / "sources.csv").read_bytes() == b"PK\x03\x04" and read(data) == CLEAN


def test_a_missing_file_is_named_with_what_to_do(data, capsys):
    (data / "things.csv").unlink()
    assert tidy([], PUT_BACK, data=data) == 1
    assert "git checkout -- data/things.csv" in capsys.readouterr().out


def test_a_name_that_no_table_has_is_refused_with_the_nearest(data):
    with pytest.raises(DataError, match="thing.*did you mean things"):
        tidy(["thing.csv"], NOBODY, data=data)


def test_an_interrupted_write_leaves_the_old_file_and_no_rest(data, monkeypatch, capsys):
    text = save(data, *LOST)

    def fail(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module.os, "replace", fail)
    assert tidy([], PUT_BACK, data=data) == 1
    assert "cannot be written (No space left on device) and is left as it is" in capsys.readouterr().out
    assert read(data) == text and sorted(os.listdir(data)) == ["fields.toml", "sources.csv", "things.csv"]


def test_a_table_that_is_open_in_libreoffice_is_to_be_reloaded_there(data, capsys):
    save(data, *LOST)
    (data / ".~lock.things.csv#").touch()
    assert tidy([], PUT_BACK, data=data) == 0
    assert "things.csv: is open in LibreOffice; reload it there" in capsys.readouterr().out


def test_a_file_saved_by_another_program_meanwhile_is_left(data, capsys):
    save(data, *LOST)

    def meanwhile(file, suspects):
        save(data, ("one", "1"))
        return suspects

    assert tidy([], meanwhile, data=data) == 1
    assert "was saved meanwhile" in capsys.readouterr().out
    assert read(data) == CLEAN.replace("one", "1")


@pytest.mark.parametrize(
    ("answers", "wanted"),
    [
        (["p"], CLEAN),
        (["?", "o", "y", "n"], CLEAN.replace("2010-11", "Nov-10")),
        (["k"], CLEAN.replace('"1,756"', "1756").replace("2010-11", "Nov-10")),
    ],
    ids=["all", "one by one", "keep"],
)
def test_a_person_at_a_terminal_is_asked_table_by_table(data, monkeypatch, answers, wanted):
    save(data, *LOST)
    monkeypatch.setattr("builtins.input", lambda question: answers.pop(0))
    assert tidy([], ask, data=data) == 0
    assert read(data) == wanted and answers == []


def test_a_person_who_leaves_has_decided_nothing(data, monkeypatch):
    text = save(data, *LOST)

    def leave(question):
        raise EOFError

    monkeypatch.setattr("builtins.input", leave)
    assert tidy([], ask, data=data) == 1 and read(data) == text


def test_the_tables_of_this_book_are_tidy():
    run = subprocess.run([sys.executable, "-m", "evidence", "tidy", "--check"], capture_output=True, text=True)
    assert (run.returncode, run.stderr) == (0, ""), run.stdout
