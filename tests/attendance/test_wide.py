"""A register of a month as schools have it, a row a child and a column a day, is read like a row a child and day."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from evidence.attendance.commands import run
from evidence.attendance.reading.folder import read_folder
from evidence.attendance.reading.wide import SAY, Period, days_of, period_of
from evidence.toolkit.engines import engine
from evidence.toolkit.faults import BadInput, told

CODES = {"н": "unexcused", "б": "excused"}
SHEET = [
    "Журнал посещаемости 5Б класса;;;;;;;",
    "№;Код ребёнка;Школа;2;3;4;5;6;Итого",
    "1;007;A;н;б;;;н;3",
    "2;008;A;+;+;+;+;+;0",
]


def written(folder: Path, name: str, lines: list[str]) -> Path:
    (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def read(folder: Path, **options):
    return read_folder(folder, engine("duckdb"), **{"codes": CODES, **options})


def absences(tables) -> list[tuple]:
    day = "(DATE '1970-01-01' + day::INT)::VARCHAR"
    return sorted(tables.absences.project(f"child, school, {day}, unexcused, session").fetchall())


EXPECTED = [
    ("007", "A", "2024-09-02", 1, "day"),
    ("007", "A", "2024-09-03", 0, "day"),
    ("007", "A", "2024-09-06", 1, "day"),
]
HEADS = {
    "days of the month that the file names": ("Журнал сентябрь 2024.csv", "2;3;4;5;6"),
    "a month of a school year": ("Журнал за сентябрь 2024-2025.csv", "2;3;4;5;6"),
    "a number of the month": ("register-2024-09.csv", "2;3;4;5;6"),
    "the month before the year": ("register_09.2024.csv", "02;03;04;05;06"),
    "in Kazakh": ("Қатысу қыркүйек 2024.csv", "2;3;4;5;6"),
    "day and month": ("Журнал 2024-25.csv", "02.09;03.09;04.09;05.09;06.09"),
    "with the day of the week": ("Журнал 2024.csv", "пн 2.09;вт 3.09;ср 4.09;Чт, 5.09;6.09 (пт)"),
    "with the name of the month": ("Журнал 2024.csv", "2 сентября;3 сентября;4 сентября;5 сентября;6 сентября"),
    "whole dates": ("register.csv", "02.09.2024;03.09.2024;04.09.2024;05.09.2024;06.09.2024"),
    "dates of other programs": ("register.csv", "2024-09-02;2024-09-03;2024-09-04;05.09.24;2024-09-06 00:00:00"),
}


@pytest.mark.parametrize("name", HEADS)
def test_a_column_a_day_is_read(name, tmp_path):
    file, heads = HEADS[name]
    tables = read(written(tmp_path, file, [SHEET[0], SHEET[1].replace("2;3;4;5;6", heads), *SHEET[2:]]))
    assert absences(tables) == EXPECTED
    assert tables.roll == "register" and len(tables.unknown) == 2 and len(tables.enrolment) == 2
    assert any("5 columns are days" in note for note in tables.notes)
    assert any("as titles" in note and "row 1" in note for note in tables.notes), "a title above the heads is said"


def test_a_workbook_of_a_month_is_read_with_its_title(tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in (
        ["Сентябрь 2024"],
        [],
        ["Код ребёнка", "Школа", 2, 3, 4, 5, 6],
        ["007", "A", "н", "б", None, None, "н"],
    ):
        book.active.append(row)
    book.active.append(["008", "A", "+", "+", "+", "+", "+"])
    book.save(tmp_path / "Журнал.xlsx")
    assert absences(read(tmp_path)) == EXPECTED


def test_heads_that_a_workbook_keeps_as_dates_are_days(tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    dates = [datetime.datetime(2024, 9, day) for day in range(2, 7)]
    book.active.append(["Код ребёнка", "Школа", *dates])
    book.active.append(["007", "A", "н", "б", None, None, "н"])
    book.active.append(["008", "A", "+", "+", "+", "+", "+"])
    book.save(tmp_path / "register.xlsx")
    assert absences(read(tmp_path)) == EXPECTED


def test_parquet_may_have_a_column_a_day(tmp_path):
    session = engine("duckdb").session
    columns = 't(child, school, "2024-09-02", "2024-09-03")'
    session.execute(
        f"COPY (FROM (VALUES (7, 'A', 'н', 'б'), (8, 'A', '+', '+')) {columns}) TO '{tmp_path}/register.parquet'"
    )
    assert [row[:3] for row in absences(read(tmp_path))] == [("7", "A", "2024-09-02"), ("7", "A", "2024-09-03")]


def test_an_unknown_mark_is_named_with_its_row_and_its_day(tmp_path):
    folder = written(tmp_path, "register-2024-09.csv", SHEET)
    with pytest.raises(BadInput) as caught:
        read(folder, codes={})
    assert [(fault.row, fault.at, fault.value) for fault in caught.value.faults] == [
        (3, "2", "н"),
        (3, "3", "б"),
        (3, "6", "н"),
    ]
    assert "rows 3 (under 2), 3 (under 3), 3 (under 6), status: 'н', 'б' is not a code" in told(caught.value.faults)[0]
    tables = read(folder, codes={"б": "excused"}, set_aside=True)
    assert [row[2] for row in absences(tables)] == ["2024-09-03"] and str(tables.lost[0]) == "2 absences"


def test_a_row_that_is_wrong_beside_others_loses_only_its_days(tmp_path):
    folder = written(tmp_path, "register-2024-09.csv", SHEET)
    written(folder, "calendar.csv", ["school,date", *(f"A,2024-09-0{day}" for day in range(2, 6))])
    with pytest.raises(BadInput) as caught:
        read(folder)
    assert [(fault.row, fault.at, fault.value) for fault in caught.value.faults] == [(3, "6", "2024-09-06")]
    assert absences(read(folder, set_aside=True)) == EXPECTED[:2]


def test_a_month_that_nothing_names_is_asked_for(tmp_path):
    with pytest.raises(BadInput, match="such as register-2024-09") as caught:
        read(written(tmp_path, "Журнал.csv", SHEET))
    assert caught.value.faults[0].rule == SAY and "one row per child and one column per day" in SAY


def test_a_day_that_its_month_does_not_have_may_be_empty_and_nothing_else(tmp_path):
    lines = [
        row + ";" for row in (SHEET[0], SHEET[1].replace("Итого", "31"), SHEET[2].replace(";3", ";"), SHEET[3][:-1])
    ]
    assert len(absences(read(written(tmp_path, "register-2024-09.csv", lines)))) == 3
    lines[2] = lines[2][:-1] + "н;"
    with pytest.raises(BadInput) as caught:
        read(written(tmp_path, "register-2024-09.csv", lines))
    assert [(fault.row, fault.at, fault.column) for fault in caught.value.faults] == [(3, "31", "day")]


def test_files_of_one_school_need_no_column_for_it(tmp_path):
    lines = [";".join(cell for place, cell in enumerate(row.split(";")) if place != 2) for row in SHEET]
    folder = written(tmp_path, "register-2024-09.csv", lines)
    with pytest.raises(BadInput, match="--school NAME"):
        read(folder)
    assert {row[1] for row in absences(read(folder, school="Школа №5"))} == {"Школа №5"}
    options = ["--school", "A", "--codes", "н=unexcused", "б=excused"]
    assert run(["report", str(folder), "--to", str(tmp_path / "out"), *options]) == 0


def test_a_day_that_stands_twice_has_two_sessions(tmp_path):
    lines = ["child;school;02.09.2024;02.09.2024;03.09.2024", "7;A;н;;н", "8;A;+;+;+"]
    tables = read(written(tmp_path, "register.csv", lines), sessions=2)
    assert [(row[2], row[4]) for row in absences(tables)] == [("2024-09-02", "1"), ("2024-09-03", "1")]


def test_a_list_of_absences_may_have_a_column_a_day_and_an_empty_cell_is_none(tmp_path):
    lines = ["child;school;02.09.2024;03.09.2024", "7;A;н;", "8;A;;б"]
    tables = read(written(tmp_path, "absences.csv", lines))
    assert [(row[0], row[3]) for row in absences(tables)] == [("7", 1), ("8", 0)] and tables.unknown is None


def test_a_register_of_days_as_rows_with_numbers_as_other_heads_stays_what_it_is():
    assert days_of("register", ["child", "school", "date", "status", "1", "2", "3", "4", "5"], ["x-2024-09"], "f") == []
    assert days_of("register", ["child", "school", "status", "1", "2"], ["x-2024-09"], "f") == []
    assert days_of("enrolment", ["child", "02.09.2024"], ["x"], "f") == []


@pytest.mark.parametrize("days", [["2"], ["2", "3"], ["2", "4", "5", "6"], ["30", "31"], ["2", "2", "3", "3"]])
def test_a_few_bare_numbers_are_days_of_a_month_that_is_named(days):
    found = days_of(
        "register", ["ребёнок", "школа", *days], ["Журнал сентябрь 2024" if "31" not in days else "10.2024"], "f"
    )
    assert [one.head for one in found] == days and found[0].text.endswith(f"-{int(days[0]):02}")


@pytest.mark.parametrize(
    ("days", "names"), [(["1", "2"], ["absences"]), (["1"], ["Журнал 2024"]), (["3", "1", "2"], ["x-2024-09"])]
)
def test_a_few_bare_numbers_that_may_be_anything_are_asked_about(days, names):
    with pytest.raises(BadInput) as caught:
        days_of("register", ["child", "school", *days], names, "f.csv", 3)
    line = str(caught.value)
    assert line.startswith(f"f.csv, row 3: the heads {', '.join(days)} may be days, or not") and "02.09.2024" in line


def test_a_sheet_of_one_day_below_its_month_is_read(tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in (["Код ребёнка", "Школа", "Сентябрь 2024"], [None, None, 2], ["007", "A", "н"], ["008", "A", "+"]):
        book.active.append(row)
    book.save(tmp_path / "Журнал.xlsx")
    assert [row[:3] for row in absences(read(tmp_path))] == [("007", "A", "2024-09-02")]


def test_names_of_files_say_year_and_month():
    assert period_of("Журнал 5Б", "сентябрь 2024") == Period(2024, 9)
    assert period_of("журнал_мая_2024-25") == Period(2024, 5, True) and Period(2024, 5, True).year_of(5) == 2025
    assert period_of("register-2011-12") == Period(2011, 12)
    assert period_of("register") == Period()
    assert period_of("СШ №5 2024") == period_of("СШ 5 2024") == period_of("СШ-5-2024") == Period(2024)
    assert period_of("9.2024") == period_of("Сентябрь", "Журнал 2024") == Period(2024, 9)
    assert period_of("Октябрь", "сентябрь 2024") == Period(2024, 10)


def test_totals_and_lines_below_a_sheet_are_no_children_and_are_said(tmp_path):
    lines = [*SHEET, ";ИТОГО:;;1;1;0;0;1;3", "", ";Классный руководитель;;;;;;;"]
    tables = read(written(tmp_path, "register-2024-09.csv", lines))
    assert absences(tables) == EXPECTED and len(tables.enrolment) == 2
    assert any("lines below the table: rows 5, 7" in line for line in tables.unread)
    lines = [*SHEET, ";;A;н;;;;;"]
    with pytest.raises(BadInput, match="child: is empty"):
        read(written(tmp_path, "register-2024-09.csv", lines))


def test_an_example_of_identifiers_alike_has_the_row_of_the_sheet(tmp_path):
    folder = written(tmp_path, "register-2024-09.csv", SHEET)
    written(folder, "enrolment.csv", ["child,school,start", "7,A,2024-09-01", "8,A,2024-09-01"])
    with pytest.raises(BadInput) as caught:
        read(folder)
    (line,) = told(caught.value.faults)
    assert "register-2024-09.csv, row 3 (under 2) and enrolment.csv, row 2" in line
