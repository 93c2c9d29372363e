"""A district's workbooks: a sheet a month, merged cells, totals, signatures, a school named above the heads."""

from __future__ import annotations

import datetime
from pathlib import Path

import openpyxl
import pytest

from evidence.attendance.commands import run
from evidence.attendance.language import said
from evidence.attendance.reading.files import school_in
from evidence.attendance.reading.folder import read_folder
from evidence.attendance.reading.forms import PLAIN
from evidence.attendance.reading.heads import known_heads, place_of_head, school_above, with_days
from evidence.toolkit.engines import engine
from evidence.toolkit.faults import BadInput, told

CODES = {"н": "unexcused", "б": "excused"}
HEADS = ["№", "Код ребёнка", "Школа", 2, 3, 4, 5, 6, "Всего"]
ROWS = [[1, "007", "A", "н", "б", "+", "+", "+", 2], [2, "008", "A", "+", "+", "+", "+", "+", 0]]
REGISTER = next(form for form in PLAIN if form.table == "register")
Sheets = dict[str, list[list]]


def book(folder: Path, name: str, sheets: Sheets, merged: dict[str, list[str]] | None = None) -> Path:
    """Write a workbook of sheets, with some cells merged, and return its folder."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for title, rows in sheets.items():
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(row)
        for cells in (merged or {}).get(title, []):
            sheet.merge_cells(cells)
    made.save(folder / name)
    return folder


def read(folder: Path, **options):
    return read_folder(folder, engine("duckdb"), **{"codes": CODES, **options})


def refused(folder: Path, **options) -> BadInput:
    with pytest.raises(BadInput) as caught:
        read(folder, **options)
    return caught.value


def absences(tables) -> list[tuple]:
    day = "(DATE '1970-01-01' + day::INT)::VARCHAR"
    return sorted(tables.absences.project(f"child, school, {day}, unexcused").fetchall())


SEPTEMBER = [("007", "A", "2024-09-02", 1), ("007", "A", "2024-09-03", 0)]
OCTOBER = [("007", "A", "2024-10-02", 1), ("007", "A", "2024-10-03", 0)]
NAMES = {
    "words": ("Журнал 5А 2024-2025.xlsx", "Сентябрь", "Октябрь"),
    "short words": ("Журнал 2024.xlsx", "сент.", "окт"),
    "words and year": ("Журнал.xlsx", "Сентябрь 2024", "Октябрь 2024"),
    "year and number": ("register.xlsx", "2024-09", "2024-10"),
    "number and year": ("register.xlsx", "09.2024", "10.2024"),
    "Kazakh": ("Қатысу 2024-25.xlsx", "Қыркүйек", "Қазан"),
}


@pytest.mark.parametrize("name", NAMES)
def test_every_sheet_is_read_and_its_name_is_its_month(name, tmp_path):
    file, one, other = NAMES[name]
    tables = read(book(tmp_path, file, {one: [HEADS, *ROWS], other: [HEADS, *ROWS]}))
    assert absences(tables) == sorted(SEPTEMBER + OCTOBER) and tables.files == [file]


def test_sheets_that_are_no_tables_are_named_in_one_line(tmp_path):
    sheets = {"Инструкция": [["Ставьте н"]], "Пусто": [], "Сентябрь": [HEADS, *ROWS], "Октябрь": [HEADS, *ROWS]}
    (line,) = read(book(tmp_path, "Журнал 2024.xlsx", sheets)).unread
    assert "sheet Инструкция" in line and "empty (Журнал 2024.xlsx, sheet Пусто)" in line and "Сентябрь" not in line


def test_a_row_of_a_sheet_is_named_with_file_sheet_and_row(tmp_path):
    bad = [["Журнал"], [], HEADS, ROWS[0], [2, "008", "A", "+", "x", "+", "+", "+", 0]]
    error = refused(book(tmp_path, "Журнал 2024.xlsx", {"Сентябрь": [HEADS, *ROWS], "Октябрь": bad}))
    (line,) = told(error.faults)
    assert line.startswith("Журнал 2024.xlsx, sheet Октябрь, row 5 (under 3), status: 'x' is not a code")
    (line,) = told(error.faults, said("ru"))
    assert line.startswith("Журнал 2024.xlsx, лист Октябрь, строка 5 (под 3), статус: 'x' неизвестный код")


def test_sheets_that_differ_in_form_are_an_error_that_names_them(tmp_path):
    other = [["№", "Класс", "Школа", 2, 3, 4, 5, 6], [1, "5А", "A", "н", "", "", "", ""]]
    error = refused(book(tmp_path, "Журнал 2024.xlsx", {"Сентябрь": [HEADS, *ROWS], "Октябрь": other}))
    text = " ".join(told(error.faults))
    assert "“Сентябрь” can be read, “Октябрь” cannot" in text and "sheet Октябрь, row 1, child" in text
    assert not error.can_set_aside
    long = [["ребёнок", "школа", "дата", "статус"], ["007", "A", "02.10.2024", "н"]]
    error = refused(book(tmp_path, "Журнал 2024.xlsx", {"Сентябрь": [HEADS, *ROWS], "Список": long}))
    assert "“Сентябрь” have one column per day, “Список” have one row per day" in str(error)


def test_a_sheet_whose_title_says_another_month_than_its_name_is_refused(tmp_path):
    sheet = [["Журнал за сентябрь 2024"], HEADS, *ROWS]
    error = refused(book(tmp_path, "Журнал 2024.xlsx", {"Сентябрь": sheet, "Октябрь": sheet}))
    assert any("says one month (Октябрь)" in fault.rule for fault in error.faults)


def test_a_workbook_may_have_a_sheet_a_table(tmp_path):
    roll = [["Ребёнок", "Школа", "Дата зачисления"], ["007", "A", "01.09.2024"], ["008", "A", "01.09.2024"]]
    sheets = {"Журнал сентябрь 2024": [HEADS, *ROWS], "Контингент": roll, "Заметки": [["x"]]}
    tables = read(book(tmp_path, "СШ 5.xlsx", sheets))
    assert absences(tables) == SEPTEMBER and tables.roll == "given" and len(tables.enrolment) == 2


def test_a_sheet_a_class_gives_the_grade_of_spells_on_roll(tmp_path):
    roll = [["Ребёнок", "Школа", "Дата зачисления"], ["007", "A", "01.09.2024"]]
    other = [roll[0], ["008", "A", "01.09.2024"]]
    book(tmp_path, "Контингент.xlsx", {"5А": roll, "7-сынып": other})
    book(tmp_path, "Журнал 2024.xlsx", {"Сентябрь": [HEADS, *ROWS]})
    tables = read(tmp_path)
    assert sorted(tables.enrolment.project("child, grade").fetchall()) == [("007", 5), ("008", 7)]
    assert any("grade is taken from the name of the sheet" in text for text in tables.assumptions)


# merged cells and heads of two rows


def test_merged_cells_have_their_value_in_every_row_and_under_every_day(tmp_path):
    rows = [
        ["Код ребёнка", "Школа", "Сентябрь", None, None, None, None],
        [None, None, 2, 3, 4, 5, 6],
        [None, None, "пн", "вт", "ср", "чт", "пт"],
        ["007", "A", "н", None, "+", "+", "+"],
        ["008", None, None, None, None, None, None],
        ["009", None, "+", "+", "+", "+", "+"],
    ]
    merged = {"Сентябрь": ["A1:A2", "B1:B2", "C1:G1", "B4:B6", "C4:D4"]}
    tables = read(book(tmp_path, "Журнал 2024.xlsx", {"Сентябрь": rows}, merged), empty="present")
    assert absences(tables) == [("007", "A", "2024-09-02", 1), ("007", "A", "2024-09-03", 1)]
    assert len(tables.enrolment) == 3, "a child without a mark is a child"


def test_heads_of_two_rows_in_a_file_without_merged_cells(tmp_path):
    lines = ["Код ребёнка;Школа;Сентябрь 2024;;;;", ";;2;3;4;5;6", "007;A;н;б;+;+;+", "008;A;+;+;+;+;+"]
    (tmp_path / "Журнал.csv").write_text("\n".join(lines), encoding="utf-8")
    assert absences(read(tmp_path)) == SEPTEMBER


def test_a_row_of_numbers_below_heads_is_no_row_of_days():
    rows = [["student_id", "institution_id", "date", "n"], ["7", "3", "2024-09-02", "1"]]
    assert with_days(rows, 0) == (rows[0], 0)
    assert place_of_head([["Школа:", "A", "5"], ["Код", "Школа", "1", "2"]], known_heads([REGISTER])) == 1


def test_dates_as_numbers_of_a_workbook_are_days(tmp_path):
    serials = [(datetime.date(2024, 9, day) - datetime.date(1899, 12, 30)).days for day in (2, 3, 4)]
    sheet = [["Код ребёнка", "Школа", *serials], *(row[1:6] for row in ROWS)]
    assert absences(read(book(tmp_path, "Журнал.xlsx", {"А": sheet, "Б": []}))) == SEPTEMBER


# lines that are not rowss

TOTALS = {
    "in the first column": ["Итого:", None, None, 1, 1, 0, 0, 0, 2],
    "in the column of the child": [None, "ВСЕГО", None, 1, 1, 0, 0, 0, 2],
    "with more words": [None, None, "Всего пропусков за месяц", 1, 1, 0, 0, 0, 2],
    "in Kazakh": ["Барлығы", None, None, 1, 1, 0, 0, 0, 2],
    "another word": [None, "Жиыны", None, 1, None, None, None],
    "in English": ["Total", None, None, None, None, None, 2],
    "a signature": [None, "Классный руководитель: ____", None, None, None, "Иванова А.", None],
    "of a school": ["Директор", None, None, None, None, None, None],
}


@pytest.mark.parametrize("name", TOTALS)
def test_totals_and_signatures_are_known_wherever_their_text_stands(name, tmp_path):
    sheet = [HEADS, ROWS[0], TOTALS[name], ROWS[1], [], TOTALS[name]]
    tables = read(book(tmp_path, "Журнал 2024.xlsx", {"Сентябрь": sheet}))
    assert absences(tables) == SEPTEMBER and len(tables.enrolment) == 2
    assert any("rows 3, 6" in line for line in tables.unread)


REAL = {
    "a surname that is such a word": ["Жиыны", "009", "A", "+", "+", "+", "+", "+"],
    "a name that begins with one": [3, "Барлығы Асан", "A", "н", "+", "+", "+", "+"],
    "a child that is never absent": ["Итого", "009", "A", None, None, None],
}


@pytest.mark.parametrize("name", REAL)
def test_a_child_is_never_taken_for_a_line_of_totals(name, tmp_path):
    sheet = [HEADS, *ROWS, REAL[name]]
    assert len(read(book(tmp_path, "Журнал 2024.xlsx", {"Сентябрь": sheet})).enrolment) == 3


def test_totals_below_a_list_are_no_row(tmp_path):
    lines = ["№;Ребёнок;Школа;Дата;Статус", "1;007;A;02.09.2024;н", "Итого;;;;1", ";Директор школы ____;;;"]
    (tmp_path / "Пропуски.csv").write_text("\n".join(lines), encoding="utf-8")
    tables = read(tmp_path)
    assert len(tables.absences) == 1 and any("rows 3, 4" in line for line in tables.unread)


# the school


def test_a_school_above_the_heads_is_used_and_said(tmp_path):
    sheet = [["Школа:", "СШ №5"], ["Журнал"], [1, 2], [HEADS[1], *HEADS[3:]], *([row[1], *row[3:]] for row in ROWS)]
    tables = read(book(tmp_path, "Журнал.xlsx", {"Сентябрь 2024": sheet}), school="B")
    assert {row[1] for row in absences(tables)} == {"СШ №5"}
    assert any("named above the heads: СШ №5" in text for text in tables.assumptions)


TITLES = {
    (("Школа: №5",),): "№5",
    (("Мектеп: Абай",),): "Абай",
    (("School:", "5"), ("5А",)): "5",
    (("Школа №5",),): "",
    (("Школа: 5",), ("Школа: 6",)): "",
    (("Школа:",),): "",
}


@pytest.mark.parametrize("titles", TITLES)
def test_only_a_line_with_the_word_and_a_colon_names_the_school(titles):
    assert school_above(titles) == TITLES[titles]


FILES = {
    "Журнал СШ №5 2024-2025": "СШ №5",
    "Журнал 5А класса СШ №5 сентябрь 2024": "СШ №5",
    "Қатысу №12 мектеп қыркүйек 2024": "№12 мектеп",
    "register_Abai_2024-09": "Abai",
    "Журнал сентябрь 2024": "",
    "Журнал Школа №5 2024": "Школа №5",
}


@pytest.mark.parametrize("name", FILES)
def test_the_name_of_a_file_without_table_month_and_class_is_the_school(name):
    assert school_in(name, REGISTER) == FILES[name]


def test_schools_are_taken_from_names_only_when_asked(tmp_path):
    sheet = [[HEADS[1], *HEADS[3:]], *([row[1], *row[3:]] for row in ROWS)]
    book(tmp_path, "Журнал СШ №5 2024.xlsx", {"Сентябрь": sheet})
    error = refused(tmp_path)
    assert "--school-from files" in str(error) and "they are: Код ребёнка, Всего" in str(error)
    assert {row[1] for row in absences(read(tmp_path, school_from="files"))} == {"СШ №5"}


def test_a_sheet_a_school_has_its_name_and_one_that_nobody_named_has_none(tmp_path):
    sheet = [[HEADS[1], *HEADS[3:]], *([row[1], *row[3:]] for row in ROWS)]
    other = [sheet[0], *([f"1{row[0]}", *row[1:]] for row in sheet[1:])]
    book(tmp_path, "Журнал сентябрь 2024.xlsx", {"СШ №5": sheet, "Лист2": other})
    assert "sheet Лист2" in str(refused(tmp_path, school_from="sheets"))
    assert {row[1] for row in absences(read(tmp_path, school_from="sheets", school="B"))} == {"СШ №5", "B"}


def test_a_fault_of_the_heads_has_their_row(tmp_path):
    (tmp_path / "absences.csv").write_text("Отчёт\n\nchild,school,date\n1,A,2024-09-02\n", encoding="utf-8")
    assert [(fault.row, fault.column) for fault in refused(tmp_path).faults] == [(3, "status")]


# codes, and rows beside others


def test_all_unknown_codes_are_counted_in_a_line_to_fill_in(tmp_path, capsys):
    rows = [[1, "007", "A", "н", "У", "б", "+", "+", 3], [2, "008", "A", "Н", "н.п", "+", "+", "+", 2]]
    book(tmp_path, "Журнал 2024.xlsx", {"Сентябрь": [HEADS, *rows], "Октябрь": [HEADS, *rows]})
    assert run(["report", str(tmp_path), "--to", str(tmp_path / "out")]) == 1
    told_ = capsys.readouterr().err
    assert "н (4 times), б (2 times), н.п (2 times), у (2 times)" in told_
    assert "--codes н=? б=? 'н.п'=? у=?" in told_
    with pytest.raises(SystemExit):
        run(["report", str(tmp_path), "--codes", "н"])


def test_spells_that_overlap_name_both_rows_with_their_schools(tmp_path):
    rolls = {"Контингент А.csv": "A;2024-09-01", "Контингент Б.csv": "B;2024-10-01"}
    for name, text in rolls.items():
        (tmp_path / name).write_text(f"Ребёнок;Школа;Дата зачисления\n007;{text}\n", encoding="utf-8")
    book(tmp_path, "Журнал 2024.xlsx", {"Сентябрь": [HEADS, ROWS[0]]})
    (line,) = told(refused(tmp_path).faults)
    assert line.startswith("Контингент Б.csv, row 2, start: '2024-10-01' the spell overlaps an earlier one")
    assert line.endswith("'B' here, 'A' in Контингент А.csv, row 2")


def test_a_child_absent_from_two_schools_is_named_with_both_cells(tmp_path):
    book(tmp_path, "Журнал А 2024.xlsx", {"Сентябрь": [HEADS, ROWS[0]]})
    book(tmp_path, "Журнал Б 2024.xlsx", {"Сентябрь": [HEADS, ["1", "007", "B", "н", "+", "+", "+", "+", 1]]})
    (line,) = told(refused(tmp_path).faults)
    assert "row 2 (under 2)" in line and "'B' here, 'A' in Журнал А 2024.xlsx, row 2 (under 2)" in line


# many files, three languages


def test_notes_of_many_files_are_a_line_a_kind_and_what_is_lost_stands_first(tmp_path, capsys):
    for number in range(8):
        rows = [[row[0], f"{number}{row[1]}", f"СШ №{number}", *row[3:]] for row in ROWS]
        sheets = {"Сентябрь": [["Журнал"], HEADS, *rows, ["Итого", "", "", 1]], "Инструкция": [["x"]]}
        book(tmp_path, f"Журнал {number} 2024.xlsx", sheets)
    options = ["--to", str(tmp_path / "out"), "--codes", "н=unexcused", "б=excused"]
    assert run(["report", str(tmp_path), *options]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) < 16 and lines[0] == "Not in the report:" and "(in 8 files or sheets)" in lines[1]
    assert lines.index("Assumed:") < lines.index("Read:") and "and 6 more" in lines[1]


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_errors_and_notes_are_told_in_the_language_asked_for(language, tmp_path, capsys):
    sheets = {"Сентябрь": [["Журнал"], HEADS, *ROWS], "Инструкция": [["x"]]}
    book(tmp_path, "Журнал 2024.xlsx", sheets)
    options = ["--to", str(tmp_path / "out"), "--language", language]
    assert run(["report", str(tmp_path), *options]) == 1
    errors = capsys.readouterr().err
    assert said(language)("Mend these rows, or go on without them: --set-aside") in errors
    assert run(["report", str(tmp_path), *options, "--codes", "н=unexcused", "б=excused"]) == 0
    output = capsys.readouterr().out
    for english in ("sheet", "row", "more", "files", "Sheets", "is not a code", "Assumed"):
        assert f" {english} " not in f" {errors} {output} ", english
    page = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    assert said(language)("What was not read") in page and "Инструкция" in page


def test_what_lies_in_a_folder_and_is_not_read_is_told(tmp_path):
    (tmp_path / "absences.csv").write_text("child,school,date,status\na,s,2024-09-02,u\n", encoding="utf-8")
    (tmp_path / "СОШ 7").mkdir()
    (tmp_path / "5А.xls").write_text("x")
    lines = "\n".join(map(str, read_folder(tmp_path, engine("duckdb")).unread))
    assert "not looked into; put their files beside the others: СОШ 7" in lines and "CSV or XLSX: 5А.xls" in lines
