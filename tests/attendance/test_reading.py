"""Files as people send them: every row that cannot be used is named with file, row and reason, none goes silently."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest

from evidence.attendance.reading.crossing import LOST
from evidence.attendance.reading.folder import (
    CUT_QUARTERS,
    EMPTY_CELLS,
    EVERY_DAY,
    NO_ENROLMENT,
    ONLY_ABSENCES,
    ROLL_OF_REGISTER,
    Tables,
    read_folder,
)
from evidence.attendance.reading.forms import FORMS, form_of
from evidence.attendance.reading.text import encoding_of
from evidence.toolkit.engines import engine
from evidence.toolkit.faults import BadInput

HEAD = "child,school,date,status\n"
CALENDAR = "school,date\n" + "".join(f"A,2012-09-{day:02}\n" for day in range(3, 8))


def folder(tmp_path: Path, **files: str | bytes) -> Path:
    """Return a folder with files; names have ``__`` for the dot before the suffix."""
    for name, content in files.items():
        path = tmp_path / name.replace("__", ".")
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return tmp_path


def read(path: Path, **options) -> Tables:
    return read_folder(path, engine("duckdb"), **options)


def refused(path: Path, **options) -> list[tuple]:
    """Return (file, row, column, value) of each fault, and hold that each says a rule."""
    with pytest.raises(BadInput) as caught:
        read(path, **options)
    assert all(fault.rule for fault in caught.value.faults)
    assert str(caught.value).count("\n") + 1 == len(caught.value.faults), "one line each, all at once"
    return [fault[:4] for fault in caught.value.faults]


def rows(frame) -> list[tuple]:
    return sorted(frame.fetchall())


BAD_ROWS = {
    "an impossible date": ("c1,A,2012-02-31,u", ("absences.csv", 3, "day", "2012-02-31")),
    "a date of another century": ("c1,A,0212-09-03,u", ("absences.csv", 3, "day", "0212-09-03")),
    "a date that may be two": ("c1,A,03/04/2012,u", ("absences.csv", 3, "day", "03/04/2012")),
    "an unknown code": ("c1,A,2012-09-04,zz", ("absences.csv", 3, "status", "zz")),
    "no child": (",A,2012-09-04,u", ("absences.csv", 3, "child", "")),
    "no school": ("c1,,2012-09-04,u", ("absences.csv", 3, "school", "")),
    "a short row": ("c1,A", ("absences.csv", 3, "day", "")),
    "a day without school": ("c1,A,2012-09-08,u", ("absences.csv", 3, "day", "2012-09-08")),
}


@pytest.mark.parametrize("name", BAD_ROWS)
def test_a_bad_row_is_named_and_the_others_go_on_only_when_asked(name, tmp_path):
    row, expected = BAD_ROWS[name]
    text = f"{HEAD}c1,A,2012-09-03,u\n{row}\nc2,A,2012-09-05,e\n"
    path = folder(tmp_path, absences__csv=text, calendar__csv=CALENDAR)
    assert expected in refused(path)
    kept = read(path, set_aside=True)
    assert [line[:2] for line in rows(kept.absences)] == [("c1", "A"), ("c2", "A")]
    assert expected in [fault[:4] for fault in kept.faults]


@pytest.mark.parametrize("number", [11, 12, 13, 30])
def test_a_workbook_gives_every_row_that_it_has(tmp_path, number):
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in (["child", "school", "date", "status"], *([f"c{at}", "A", "2024-09-02", "u"] for at in range(number))):
        book.active.append(row)
    book.save(tmp_path / "absences.xlsx")
    assert len(read_folder(tmp_path, engine("duckdb")).absences) == number


def test_a_row_with_too_many_cells_is_named_and_later_rows_keep_their_numbers(tmp_path):
    text = f"{HEAD}c1,A,2012-09-03,u\nc1,A,2012-09-04,u,x,y,z\nc2,A,2012-09-05,zz\n"
    found = refused(folder(tmp_path, absences__csv=text))
    assert [(file, row) for file, row, *_ in found] == [("absences.csv", 3), ("absences.csv", 4)]


SPELLS = {
    "an end before the start": ("c1,A,2012-09-03,2012-09-01,x", ("enrolment.csv", 2, "end", "2012-09-01")),
    "overlapping spells": ("c1,A,2012-09-03,,x\nc1,B,2012-09-10,,x", ("enrolment.csv", 3, "start", "2012-09-10")),
    "two regions at once": ("c1,A,2012-09-03,,x\nc1,B,2012-09-10,,y", ("enrolment.csv", 3, "region", "y")),
    "a child not on roll": ("c1,A,2012-09-10,,x", ("absences.csv", 2, "day", "2012-09-03")),
}


@pytest.mark.parametrize("name", SPELLS)
def test_rows_that_are_wrong_beside_others_are_named(name, tmp_path):
    spells, expected = SPELLS[name]
    path = folder(
        tmp_path,
        absences__csv=f"{HEAD}c1,A,2012-09-03,u\n",
        enrolment__csv=f"child,school,start,end,region\n{spells}\n",
    )
    assert expected in refused(path)


def test_a_spell_that_ends_the_day_before_the_next_begins_is_no_overlap(tmp_path):
    spells = "child,school,start,end\nc1,A,2012-09-03,2012-09-09\nc1,B,2012-09-10,\n"
    found = read(folder(tmp_path, absences__csv=f"{HEAD}c1,A,2012-09-03,u\n", enrolment__csv=spells))
    assert len(rows(found.enrolment)) == 2


ENCODINGS = {
    "utf-8": "utf-8",
    "utf-8 with a mark": "utf-8-sig",
    "utf-16": "utf-16",
    "utf-16 without a mark": "utf-16-le",
    "kz1048": "kz1048",
    "windows-1251": "cp1251",
}


@pytest.mark.parametrize("name", ENCODINGS)
def test_letters_survive_every_encoding(name, tmp_path):
    school = "Школа" if name == "windows-1251" else "Ақтөбе қаласы, №5"
    text = f'{HEAD}c1,"{school}",2012-09-03,u\n'
    found = read(folder(tmp_path, absences__csv=text.encode(ENCODINGS[name])))
    assert rows(found.absences)[0][1] == school


def test_rows_in_another_encoding_than_the_rest_are_named(tmp_path):
    text = f"{HEAD}c1,Қала,2012-09-03,u\n".encode() + "c2,Город,2012-09-03,u\n".encode("cp1251")
    path = folder(tmp_path, absences__csv=text)
    assert encoding_of(path / "absences.csv") == "mixed"
    assert refused(path) == [("absences.csv", 3, "", "")]
    assert [row[0] for row in rows(read(path, set_aside=True).absences)] == ["c1"]


@pytest.mark.parametrize("separator", [";", "\t", "|", ","])
def test_every_separator_is_read(separator, tmp_path):
    text = f"{HEAD}c1,A,2012-09-03,u\n".replace(",", separator)
    assert len(rows(read(folder(tmp_path, absences__csv=text)).absences)) == 1


def test_dates_of_every_kind_are_the_same_day(tmp_path):
    text = f"{HEAD}a,A,2012-09-03,u\nb,A,03.09.2012,u\nc,A,3.9.2012,u\nd,A,41155,u\ne,A,2012-09-03T08:00:00,u\n"
    found = rows(read(folder(tmp_path, absences__csv=text)).absences)
    expected = (datetime.date(2012, 9, 3) - datetime.date(1970, 1, 1)).days
    assert {row[2] for row in found} == {expected} and len(found) == 5


def test_a_workbook_with_a_thousand_columns_and_dates_is_read(tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.append(["child", "school", "date", "status", *(f"x{number}" for number in range(1000))])
    book.active.append(["c1", 5, datetime.datetime(2012, 9, 3), "u"])
    book.save(tmp_path / "absences.xlsx")
    found = read(tmp_path)
    assert [row[:2] for row in rows(found.absences)] == [("c1", "5")]
    assert "and 992 more" in found.notes[0]


def test_parquet_is_read_like_csv(tmp_path):
    session = engine("duckdb").session
    path = tmp_path / "absences.parquet"
    rows_ = "VALUES (7, 1, DATE '2012-09-03', 'u'), (8, 1, DATE '2012-09-03', 'zz')"
    session.execute(f"COPY (SELECT * FROM ({rows_}) t(child, school, date, status)) TO '{path}'")
    assert refused(tmp_path) == [("absences.parquet", 3, "status", "zz")]
    assert [row[0] for row in rows(read(tmp_path, set_aside=True).absences)] == [7]
    folder(tmp_path, enrolment__csv="child,school,start\n7,1,2012-09-01\n")
    assert [row[0] for row in rows(read(tmp_path, set_aside=True).absences)] == ["7"]  # a text in one file, in all


@pytest.mark.parametrize("text", ["", "   "], ids=["empty", "blank"])
def test_an_empty_file_is_refused(text, tmp_path):
    assert refused(folder(tmp_path, absences__csv=text))[0][0] == "absences.csv"


def test_empty_rows_and_lines_are_counted_and_rows_keep_the_numbers_of_a_spreadsheet(tmp_path):
    text = f"{HEAD}c1,A,2012-09-03,u\n\n,,,\nc2,A,2012-99-04,u\nc3,A,2012-09-05,u\n,,,\n"
    path = folder(tmp_path, absences__csv=text)
    assert refused(path) == [("absences.csv", 5, "day", "2012-99-04")]
    kept = read(path, set_aside=True)
    assert [row[0] for row in rows(kept.absences)] == ["c1", "c3"] and "Empty rows: 2 (absences.csv)" in kept.notes


def test_the_line_that_names_a_separator_is_no_head(tmp_path):
    text = "sep=;\n" + f"{HEAD}c1,A,2012-09-03,u\nc2,A,2012-09-04,zz\n".replace(",", ";")
    assert refused(folder(tmp_path, absences__csv=text)) == [("absences.csv", 4, "status", "zz")]


@pytest.mark.parametrize("kind", ["xls", "ods", "zip"])
def test_a_table_of_a_kind_that_is_not_read_is_not_passed_over(kind, tmp_path):
    path = folder(tmp_path, absences__csv=f"{HEAD}c1,A,2012-09-03,u\n", **{f"enrolment__{kind}": b"x"})
    assert refused(path) == [(f"enrolment.{kind}", None, "", "")]


def test_a_broken_parquet_file_is_named(tmp_path):
    assert refused(folder(tmp_path, absences__parquet=b"no parquet")) == [("absences.parquet", None, "", "")]


def test_files_without_a_row_are_no_report_of_nobody(tmp_path):
    assert refused(folder(tmp_path, absences__csv=HEAD)) == [(str(tmp_path), None, "", "")]


def test_what_follows_from_a_fault_is_not_said_beside_it(tmp_path):
    path = folder(
        tmp_path,
        absences__csv=f"{HEAD}c1,A,2012-09-03,u\nc3,A,2012-09-04,u\n",
        calendar__csv="school,date,quarter\nA,2012-09-03,5\nA,2012-09-04,1\nA,2012-09-04,2\n",
        enrolment__csv="child,school,start,end,grade,birth_date\nc1,A,2012-09-01,2012-08-01,-3,2004-01-01\n"
        "c2,A,2012-09-01,,3,2013-01-01\nc3,A,2012-09-01,,3,2003-01-01\n",
    )
    assert sorted(refused(path)) == [
        ("calendar.csv", 2, "quarter", "5"),
        ("calendar.csv", 4, "quarter", "2"),
        ("enrolment.csv", 2, "end", "2012-08-01"),
        ("enrolment.csv", 2, "grade", "-3"),
        ("enrolment.csv", 3, "birth_date", ""),
    ]
    kept = read(path, set_aside=True)
    assert sorted(row[0] for row in rows(kept.enrolment)) == ["c2", "c3"]
    assert list(map(str, kept.lost)) == ["1 child", "1 absence", "1 spell on roll"]
    assert (LOST, False) in {(fault.rule, fault.is_cell) for fault in kept.faults}, "nothing goes without a word"


def test_an_empty_folder_and_no_folder_are_refused(tmp_path):
    assert refused(tmp_path) == [(str(tmp_path), None, "", "")]
    assert refused(tmp_path / "none") == [(str(tmp_path / "none"), None, "", "")]


def test_a_column_that_is_missing_or_there_twice_is_named_with_what_the_file_has(tmp_path):
    path = folder(tmp_path, absences__csv="child,date,date,status\nc1,2012-09-03,x,u\n")
    with pytest.raises(BadInput, match="child, date") as caught:
        read(path)
    assert [fault.column for fault in caught.value.faults] == ["school", "day"]
    path = folder(tmp_path, absences__csv="child,pupil,school,date,status\nc1,c1,A,2012-09-03,u\n")
    assert refused(path) == [("absences.csv", 1, "child", "child, pupil")]


def test_a_child_is_in_no_message(tmp_path):
    text = f"{HEAD}Aigerim,A,2012-99-03,u\n"
    with pytest.raises(BadInput) as caught:
        read(folder(tmp_path, absences__csv=text))
    assert "Aigerim" not in str(caught.value)


def test_a_day_nobody_recorded_is_not_taken_as_present(tmp_path):
    register = f"{HEAD}c1,A,2012-09-03,p\nc1,A,2012-09-04,\nc1,A,2012-09-05,u\n"
    found = read(folder(tmp_path, register__csv=register, calendar__csv=CALENDAR))
    assert len(rows(found.recorded)) == 2 and len(rows(found.calendar)) == 5 and len(rows(found.absences)) == 1
    assert found.assumptions == [CUT_QUARTERS, ROLL_OF_REGISTER]


def test_an_empty_cell_of_one_child_on_a_day_its_school_recorded_is_said(tmp_path):
    register = f"{HEAD}c1,A,2012-09-03,p\nc2,A,2012-09-03,\nc1,A,2012-09-04,u\n"
    assert EMPTY_CELLS in read(folder(tmp_path, register__csv=register, calendar__csv=CALENDAR)).assumptions


def test_no_cut_is_said_where_the_calendar_has_quarters(tmp_path):
    quarters = "school,date,quarter\nA,2012-09-03,1\nA,2012-11-12,2\n"
    found = read(folder(tmp_path, absences__csv=f"{HEAD}c1,A,2012-09-03,u\n", calendar__csv=quarters))
    assert CUT_QUARTERS not in found.assumptions


def test_what_had_to_be_assumed_is_said(tmp_path):
    found = read(folder(tmp_path, absences__csv=f"{HEAD}c1,A,2012-09-03,u\n"))
    assert found.assumptions == [ONLY_ABSENCES, CUT_QUARTERS, EVERY_DAY, NO_ENROLMENT]


def test_codes_of_a_school_are_given_by_what_they_mean(tmp_path):
    path = folder(tmp_path, absences__csv=f"{HEAD}c1,A,2012-09-03,Н\nc2,A,2012-09-03,б\n")
    assert [fault[3] for fault in refused(path)] == ["Н", "б"]
    found = read(path, codes={"Н": "unexcused", "Б": "excused"})
    assert [row[3] for row in rows(found.absences)] == [1, 0]
    assert refused(path, codes={"Н": "gone"}) == [("--codes", None, "", "Н=gone")]


def test_an_export_of_ed_fi_is_read(tmp_path):
    def event(child: str, day: str, category: str) -> dict:
        return {
            "schoolReference": {"schoolId": 255901107},
            "sessionReference": {"schoolId": 255901107, "schoolYear": 2011, "sessionName": "Fall"},
            "studentReference": {"studentUniqueId": child},
            "attendanceEventCategoryDescriptor": f"uri://ed-fi.org/AttendanceEventCategoryDescriptor#{category}",
            "eventDate": day,
            "eventDuration": 0.5,
        }

    events = [
        event("604877", "2010-08-25", "Unexcused Absence"),
        event("604878", "2010-08-25", "Excused Absence"),
        event("604879", "2010-08-26", "In Attendance"),
    ]
    found = read(folder(tmp_path, studentSchoolAttendanceEvents__json=json.dumps(events)))
    assert [(row[0], row[1], row[3], row[4]) for row in rows(found.absences)] == [
        ("604877", "255901107", 1, 0.5),
        ("604878", "255901107", 0, 0.5),
    ]


def test_an_export_of_openemis_is_read(tmp_path):
    details = (
        "student_id,institution_id,academic_period_id,date,period,absence_type_id,student_absence_reason_id\n"
        "7,3,29,2024-09-02,1,2,\n7,3,29,2024-09-02,2,2,\n8,3,29,2024-09-02,1,1,4\n9,3,29,2024-09-02,1,3,\n"
    )
    marked = "institution_id,academic_period_id,date,period\n3,29,2024-09-02,1\n3,29,2024-09-03,1\n"
    roll = "student_id,institution_id,start_date,end_date\n7,3,2024-09-01,2025-05-31\n8,3,2024-09-01,2025-05-31\n"
    path = folder(
        tmp_path,
        institution_student_absence_details__csv=details,
        student_attendance_marked_records__csv=marked,
        institution_students__csv=roll,
    )
    found = read(path)
    assert [(row[0], row[3], row[5]) for row in rows(found.absences)] == [("7", 1, "1"), ("7", 1, "2"), ("8", 0, "1")]
    assert len(rows(found.recorded)) == 2
    assert {row[4] for row in rows(found.absences)} == {1.0}
    assert {row[4] for row in rows(read(path, sessions=2).absences)} == {0.5}


def test_the_register_of_long_absences_is_read_in_its_own_form(tmp_path):
    text = (
        "child,region,area,school_year,first_day,return_day,days_missed,outcome,sex,name\n"
        "1,Akmola,rural,2011-12,2011-10-03,2011-11-01,20,returned_mainstream,female,Somebody\n"
        "2,Akmola,suburb,2011-12,2011-10-03,,12,out,male,Somebody\n"
    )
    path = folder(tmp_path, ten_day_register__csv=text)
    assert refused(path) == [("ten_day_register.csv", 3, "area", "suburb")]
    found = read(path, set_aside=True)
    assert "name" not in found.ten_day.columns and found.ten_day["area"].isna().tolist() == [False, True]


def test_entries_of_the_register_that_cannot_be_are_named_with_their_rows(tmp_path):
    text = (
        "child,region,school_year,first_day,return_day,days_missed,outcome\n"
        "1,Akmola,2011-12,2011-10-03,2011-11-01,20,returned_mainstream\n"
        "2,Akmola,2011-12,2011-10-03,2011-09-01,20,returned_mainstream\n"
        "3,Akmola,2011-12,2011-10-03,,10,out\n"
        "4,Akmola,2011-12,2011-10-03,2011-11-01,20,out\n"
        "5,Akmola,2011-12,2011-10-03,,20,out\n"
        "5,Aktobe,2011-12,2011-10-03,,20,out\n"
    )
    path = folder(tmp_path, ten_day_register__csv=text)
    assert sorted(fault[1:3] for fault in refused(path)) == [
        (3, "return_day"),
        (4, "days_missed"),
        (5, "outcome"),
        (6, "region"),
        (7, "region"),
    ]
    assert read(path, set_aside=True).ten_day["child"].tolist() == ["1"]


def test_a_child_is_registered_once_a_year_and_years_have_one_form(tmp_path):
    text = (
        "child,region,school_year,outcome\n"
        "1,Akmola,2011-12,out\n1,Akmola,2011/2012,out\n1,Akmola,2012/13,out\n2,Akmola,2012-14,out\n"
    )
    path = folder(tmp_path, ten_day_register__csv=text)
    assert sorted(refused(path)) == [
        ("ten_day_register.csv", 3, "child", ""),
        ("ten_day_register.csv", 5, "school_year", "2012-14"),
    ]
    assert read(path, set_aside=True).ten_day["school_year"].tolist() == ["2011-12", "2012-13"]


def test_a_file_of_no_form_is_said_not_to_be_read(tmp_path):
    found = read(folder(tmp_path, absences__csv=f"{HEAD}c1,A,2012-09-03,u\n", notes__csv="a\n1\n"))
    assert any("Not read" in note and "notes.csv" in note for note in found.unread)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: f"{form.table} {form.stems[0]}")
def test_a_form_is_found_by_the_name_of_a_file(form):
    assert all(form_of(f"{stem}-2012") is form for stem in form.stems)


def test_rows_of_a_workbook_keep_their_numbers_where_some_are_empty(tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    head, day = ["child", "school", "date", "status"], datetime.datetime(2012, 9, 3)
    for row in ([], head, ["c1", "A", day, "u"], [], [], ["c2", "A", day, "zz"], ["c3", "A", day, "u"]):
        book.active.append(row)
    book.save(tmp_path / "absences.xlsx")
    numbers = dict(enumerate(book.active.iter_rows(max_col=1, values_only=True), start=1))
    (fault,) = refused(tmp_path)
    assert fault == ("absences.xlsx", next(row for row, cell in numbers.items() if cell == ("c2",)), "status", "zz")
    assert [row[0] for row in rows(read(tmp_path, set_aside=True).absences)] == ["c1", "c3"]
