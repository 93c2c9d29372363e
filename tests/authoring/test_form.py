"""The form of a table is put right where there is one right answer, and left where there is none."""

from __future__ import annotations

import re

import pytest

from evidence.authoring.form import form_of

RESOURCE = {
    "path": "things.csv",
    "columns": {
        name: {"name": name, "type": kind}
        for name, kind in {"id": "string", "as_reported": "string", "is_new": "boolean", "note": "string"}.items()
    },
}
CLEAN = 'id,as_reported,is_new,note\na-1,"1,756",true,"of «Оқу», § 3"\nb-2,12.0,false,\n'
COMMITTED = form_of(CLEAN.encode(), RESOURCE)


SEMICOLONS = 'id;as_reported;is_new;note\na-1;1,756;true;"of «Оқу», § 3"\nb-2;12.0;false;\n'


FAULTS = {
    "byte order mark": b"\xef\xbb\xbf" + CLEAN.encode(),
    "CRLF": CLEAN.replace("\n", "\r\n").encode(),
    "CR": CLEAN.replace("\n", "\r").encode(),
    "no last line end": CLEAN.rstrip("\n").encode(),
    "UTF-16 of either order": CLEAN.encode("utf-16"),
    "UTF-16 without a mark": CLEAN.encode("utf-16-le"),
    "UTF-16, high byte first": b"\xfe\xff" + CLEAN.encode("utf-16-be"),
    "semicolons": SEMICOLONS.encode(),
    "tabs": SEMICOLONS.replace(";", "\t").encode(),
    "named delimiter": ("sep=;\n" + SEMICOLONS).encode(),
    "quotes": (
        '"id","as_reported","is_new","note"\n"a-1","1,756","true","of «Оқу», § 3"\n"b-2","12.0","false",""\n'
    ).encode(),
    "order of rows": "".join(CLEAN.splitlines(True)[line] for line in (0, 2, 1)).encode(),
    "order of columns": 'note,id,as_reported,is_new\n"of «Оқу», § 3",a-1,"1,756",true\n,b-2,12.0,false\n'.encode(),
    "names of columns": CLEAN.replace("id,as_reported,is_new", " ID,As reported,IS_NEW").encode(),
    "empty columns": CLEAN.replace("\n", ",,\n").encode(),
    "empty rows": (CLEAN + ",,,\n\n  ,,,\n").encode(),
    "spaces": CLEAN.replace("12.0", " 12.0 \u00a0").replace("a-1", "a-1 ").encode(),
    "booleans": CLEAN.replace("true", "TRUE").replace("false", "ЛОЖЬ").encode(),
    "empty cells left out": CLEAN.replace("false,\n", "false\n").encode(),
    "read as Windows-1252": "".join(
        bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in CLEAN.encode()
    ).encode(),
    "read as Windows-1251": CLEAN.encode().decode("cp1251").encode(),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_of_form_is_put_right_and_said(fault):
    form = form_of(FAULTS[fault], RESOURCE, COMMITTED)
    assert form.text() == CLEAN
    assert form.mended and not form.problems
    again = form_of(form.text().encode(), RESOURCE, COMMITTED)
    assert (again.text(), again.mended) == (CLEAN, [])


@pytest.mark.parametrize(("codec", "name"), [("cp1251", "Windows-1251"), ("cp1252", "Windows-1252")])
def test_an_old_encoding_is_told_by_the_committed_text(codec, name):
    text = CLEAN.replace("«Оқу»", "«Окно»" if codec == "cp1251" else "«Núñez»")
    committed = form_of(text.encode(), RESOURCE)
    form = form_of(text.encode(codec), RESOURCE, committed)
    assert form.text() == text and form.mended == [f"encoding {name}"]


def test_an_old_encoding_that_nothing_tells_is_left_and_said():
    raw = CLEAN.replace("Оқу", "Окно").encode("cp1251")
    form = form_of(raw, RESOURCE)
    assert form.header == []
    assert "row 2" in str(form.problems[0]) and "save the file as CSV UTF-8; the file is left" in str(form.problems[0])


def test_letters_that_mean_the_same_in_both_old_encodings_need_no_telling():
    text = CLEAN.replace("«Оқу»", "“word” – ’")
    assert form_of(text.encode("cp1252"), RESOURCE).text() == text


UNREADABLE = {
    "a workbook": (b"PK\x03\x04rest", "save it from the spreadsheet as CSV UTF-8"),
    "nothing": (b" \n", "git checkout -- data/things.csv"),
    "no header": (CLEAN.partition("\n")[2].encode(), "the first row has to name the columns"),
    "an unquoted comma": (CLEAN.replace('"1,756"', "1,756").encode(), "row 2.*5 values for 4 columns"),
    "a lost comma": (CLEAN.replace("12.0,false", "12.0false").encode(), "row 3.*3 values for 4 columns"),
    "a lost last value": (CLEAN.replace(',"of «Оқу», § 3"', "").encode(), "row 2.*3 values for 4 columns"),
    "an open quote": (CLEAN.replace('"1,756"', '"1,7"56').encode(), "row 2.*stray quote"),
}


@pytest.mark.parametrize("fault", UNREADABLE)
def test_a_file_without_one_right_reading_is_left_and_named_with_what_to_do(fault):
    raw, said = UNREADABLE[fault]
    form = form_of(raw, RESOURCE, COMMITTED)
    assert form.header == [] and len(form.problems) == 1
    assert re.search(said, str(form.problems[0])) and "left as it is" in str(form.problems[0])


def test_two_columns_of_nearly_one_name_keep_their_names():
    form = form_of(CLEAN.replace("is_new", "Note").encode(), RESOURCE, COMMITTED)
    assert form.header == ["id", "as_reported", "Note", "note"] and form.problems


def test_letters_are_read_in_another_encoding_only_where_git_proves_it():
    raw = CLEAN.replace("«Оқу», § 3", "Â§ 3").encode()
    assert "Â§ 3" in form_of(raw, RESOURCE).text()
    assert "Â§ 3" in form_of(raw, RESOURCE, COMMITTED).text()


def test_a_line_break_inside_a_cell_is_kept_and_shown():
    form = form_of(CLEAN.replace("12.0", '"12\n.0"').encode(), RESOURCE, COMMITTED)
    assert '"12\n.0"' in form.text()
    assert "row 3, column as_reported" in str(form.problems[0]) and "line break" in str(form.problems[0])


def test_rows_with_one_id_are_kept_and_shown():
    form = form_of((CLEAN + "a-1,2,true,\n").encode(), RESOURCE, COMMITTED)
    assert len(form.rows) == 3
    assert "row 3, column id: 'a-1': is already used in row 2" in str(form.problems[0])


def test_a_column_lost_or_unknown_is_shown_and_no_cell_is_dropped():
    form = form_of(CLEAN.replace("note", "remark").encode(), RESOURCE, COMMITTED)
    assert form.text() == CLEAN.replace("note", "remark")
    assert any("remark" in str(problem) for problem in form.problems)
