"""A district's files as an officer has them, tried with the README alone: three languages, slips, no enrolment."""

from __future__ import annotations

import socket
from pathlib import Path

import pandas as pd
import pytest

from evidence.attendance.analysis import NEEDS, NEEDS_DAYS, analysed
from evidence.attendance.commands import parser, run
from evidence.attendance.page import NO_ROLL, REGISTER_ALONE
from evidence.attendance.reading import words
from evidence.attendance.reading.folder import UNKNOWN, read_folder
from evidence.attendance.reading.forms import EXCUSED, FORMS, PLAIN, TEN_DAY, UNEXCUSED
from evidence.attendance.reading.words import LANGUAGES, codes_of, listed_names, listed_values, plain
from evidence.toolkit import engines
from evidence.toolkit.faults import BadInput, counted, told
from evidence.toolkit.page import HERE

ROOT = Path(__file__).resolve().parents[2]
DAYS = [f"2024-09-{day:02}" for day in range(2, 7)]


def written(folder: Path, **files: list[str]) -> Path:
    """Write lines into CSV files of a folder and return it."""
    folder.mkdir(exist_ok=True)
    for name, lines in files.items():
        (folder / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def read(folder: Path, **options):
    return read_folder(folder, engines.engine("duckdb"), **options)


def refused(folder: Path, **options) -> BadInput:
    with pytest.raises(BadInput) as caught:
        read(folder, **options)
    return caught.value


def school(folder: Path, roll: list[str] | None = None, absences: list[str] | None = None) -> Path:
    """Write a school of twelve children and a week; the first two children missed Monday to Wednesday."""
    children = [f"c{number:02}" for number in range(12)]
    missed = [f"{child},A,{day},u" for child in children[:2] for day in DAYS[:3]]
    spells = [f"{child},A,2024-09-01,5,{'f' if number % 2 else 'm'}" for number, child in enumerate(children)]
    return written(
        folder,
        absences=["child,school,date,status", *(absences or missed)],
        calendar=["school,date,quarter", *(f"A,{day},1" for day in DAYS)],
        enrolment=["child,school,start,grade,sex", *(roll or spells)],
    )


# what cannot be known without a roll


def without(folder: Path, *names: str) -> Path:
    for name in names:
        (folder / f"{name}.csv").unlink()
    return folder


def test_without_enrolment_nothing_is_said_that_needs_it(tmp_path):
    tables = read(without(school(tmp_path), "enrolment"))
    found = analysed(tables)
    rows = found.thresholds.set_index("rule")
    assert tables.roll == UNKNOWN and found.overview["children on roll"] is None and found.groups == {}
    assert rows.loc["quarter_3", "children"] == 2 and rows.loc["quarter_3", "certain"] == 2
    assert rows[["share_pct", "not_reached"]].isna().all(axis=None)
    assert rows.loc["half_of_period", ["children", "certain", "undetermined", "not_reached"]].isna().all()
    assert rows["note"].str.startswith(NEEDS).all()
    assert "transfers" not in found.parameters


def test_with_enrolment_the_same_children_are_two_of_twelve(tmp_path):
    rows = analysed(read(school(tmp_path))).thresholds.set_index("rule")
    assert rows.loc["half_of_period", "children"] == 2 and rows.loc["half_of_period", "not_reached"] == 10
    assert (rows["note"] == "").all()


def test_the_page_says_needs_enrolment_in_words(tmp_path):
    folder = without(school(tmp_path / "in"), "enrolment")
    assert run(["report", str(folder), "--to", str(tmp_path / "out"), "--under", "0"]) == 0
    page = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    half = page[page.index(">Half of a survey period missed</th>") :].partition("</tr>")[0]
    assert half.count(NEEDS) == 3 and "2 children. How many" not in half
    assert f"by region, area, sex or grade, {NEEDS}" in page and NO_ROLL in page
    for head in ("Share, %", "Not reached", "On roll", "children on roll"):
        assert f">{head}</th>" not in page, "no head stands over what no roll could fill"
    assert "How many are on roll is not known" in page
    assert "Wilson" not in page, "no interval is promised where none is shown"
    overview = pd.read_csv(tmp_path / "out" / "tables" / "overview.csv").set_index("what")
    assert overview.loc["children on roll", "note"] == NEEDS and pd.isna(overview.loc["children on roll", "number"])


def test_days_nobody_recorded_leave_open_what_a_roll_would_decide(tmp_path):
    folder = without(school(tmp_path), "enrolment")
    written(folder, recorded=["school,date", *(f"A,{day}" for day in DAYS[:4])])
    rows = analysed(read(folder)).thresholds.set_index("rule")
    assert rows.loc["quarter_3", "certain"] == 2 and rows["undetermined"].isna().all()
    with pytest.raises(BadInput, match=NEEDS):
        analysed(read(folder), unrecorded="absent")


def test_without_enrolment_days_at_two_schools_are_no_run(tmp_path):
    days = [f"2024-09-{day:02}" for day in range(2, 21) if day not in (7, 8, 14, 15)]
    rows = [f"c,A,{day},u" for day in days[:6]] + [f"c,B,{day},u" for day in days[8:14]]
    folder = written(tmp_path, absences=["child,school,date,status", *rows])
    written(folder, calendar=["school,date", *(f"{name},{day}" for name in "AB" for day in days)])
    found = analysed(read(folder)).thresholds.set_index("rule")["children"]
    assert found["from_10"] == 1 and found["run_from_10"] == 0


def test_a_full_register_is_a_roll_and_one_of_absences_is_none(tmp_path):
    rows = [f"c{number},A,{day},{'u' if number == 0 else 'p'}" for number in range(4) for day in DAYS]
    folder = written(tmp_path / "full", register=["child,school,date,status", *rows])
    found = analysed(read(folder))
    assert found.overview["children on roll"] == 4
    assert found.thresholds.set_index("rule").loc["half_of_period", "children"] == 1
    only = written(tmp_path / "only", register=["child,school,date,status", *rows[:5]])
    assert read(only).roll == UNKNOWN


def test_half_of_a_period_needs_school_days_on_which_nobody_was_absent(tmp_path):
    row = analysed(read(without(school(tmp_path), "calendar"))).thresholds.set_index("rule").loc["half_of_period"]
    assert pd.isna(row["children"]) and row["note"].startswith(NEEDS_DAYS)


# one cell, or the row


CELLS = {"grade": "c00,A,2024-09-01,ninth,m", "sex": "c00,A,2024-09-01,5,x"}


@pytest.mark.parametrize("column", CELLS)
def test_an_unreadable_optional_cell_is_set_aside_alone(column, tmp_path):
    spells = [CELLS[column], "c01,A,2024-09-01,5,f"]
    folder = school(tmp_path, spells)
    assert [fault.column for fault in refused(folder).faults] == [column]
    tables = read(folder, set_aside=True)
    assert len(tables.enrolment) == 2 and len(tables.absences) == 6 and tables.lost == []
    assert counted(tables.faults)[["column", "left_out", "rows"]].values.tolist() == [[column, "cell", 1]]
    assert analysed(tables).groups[column].set_index(column).loc["not given", "on_roll"] == 1


def test_a_row_that_matters_is_lost_with_its_absences_and_that_is_one_line(tmp_path, capsys):
    folder = school(tmp_path / "in", ["c00,A,2024-09-31,5,m", "c01,A,2024-09-01,5,f"])
    assert [fault.column for fault in refused(folder).faults] == ["start"], "what follows from it is not told beside it"
    tables = read(folder, set_aside=True)
    assert list(map(str, tables.lost)) == ["1 child", "3 absences", "1 spell on roll"]
    assert run(["report", str(folder), "--to", str(tmp_path / "out"), "--set-aside"]) == 0
    out = capsys.readouterr()
    assert "Lost with it: 1 child, 3 absences, 1 spell on roll." in out.out and "--set-aside" not in out.out + out.err
    assert out.out.count("absences.csv") == 1
    page = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    lost = "fewer than 5 children, fewer than 5 absences, fewer than 5 spells on roll"
    assert f"Lost with them: {lost}." in page, "the page may be published"
    first = f"Lost with the rows that were set aside: {lost}."
    assert 0 < page.index(first) < page.index("<table"), "before any number"


def test_an_option_that_is_in_use_is_not_advised(tmp_path, capsys):
    folder = written(tmp_path, absences=["child,school,date,status", "c,A,2024-09-99,u"])
    assert run(["report", str(folder), "--to", str(tmp_path / "out"), "--set-aside"]) == 1
    assert "--set-aside" not in capsys.readouterr().err
    assert run(["report", str(folder), "--to", str(tmp_path / "out")]) == 1
    assert "--set-aside" in capsys.readouterr().err


CLASSES = {
    "11А": 11,
    "11A": 11,
    '5 "Б"': 5,
    "5 «б»": 5,
    "7-сынып": 7,
    "9 класс": 9,
    "3-В": 3,
    "8": 8,
    "10 Ә": 10,
    "4.0": 4,
}


@pytest.mark.parametrize("name", CLASSES)
def test_the_name_of_a_class_is_its_grade(name, tmp_path):
    cell = '"' + name.replace('"', '""') + '"'
    tables = read(school(tmp_path, [f"c00,A,2024-09-01,{cell},m", "c01,A,2024-09-01,8,f"]))
    grades = dict(tables.enrolment.project("child, grade").fetchall())
    assert grades["c00"] == CLASSES[name]
    assert any("Names of classes" in note for note in tables.notes) is (name not in ("8", "4.0"))


@pytest.mark.parametrize("name", ["115", "А11", "5 Б класс 2", "-3", "5БВ"])
def test_what_is_no_class_is_no_grade(name, tmp_path):
    folder = school(tmp_path, [f'c00,A,2024-09-01,"{name}",m', "c01,A,2024-09-01,8,f"])
    assert [(fault.column, fault.value) for fault in refused(folder).faults] == [("grade", name)]


def test_a_quarter_that_cannot_be_read_leaves_the_school_day(tmp_path):
    folder = school(tmp_path)
    written(folder, calendar=["school,date,quarter", *(f"A,{day},{'I' if day != DAYS[2] else 'x'}" for day in DAYS)])
    tables = read(folder, set_aside=True)
    assert len(tables.calendar) == 5 and "quarter" not in tables.calendar.columns
    assert any("quarter of 1 school days" in text for text in tables.assumptions)


# three languages


HEADS = {"ru": "Ребёнок,Школа,Дата,Статус", "kk": "Оқушы,Мектеп,Күні,Мәртебе"}
STATUSES = {"ru": ("неуважительная", "уважительная"), "kk": ("себепсіз", "себепті")}
ROLL = {
    "ru": ["Ученик,Школа,Дата зачисления,Пол,Дата рождения,Класс,Область,Район,Тип местности", "c,A,01.09.2024,Ж,"],
    "kk": ["Бала,Мектеп,Басы,Жынысы,Туған күні,Сынып,Облыс,Аудан,Елді мекен түрі", "c,A,01.09.2024,қыз,"],
}
REST = {"ru": "05.02.2013,5Б,Область,Район,село", "kk": "05.02.2013,5-сынып,Облыс,Аудан,ауыл"}
FILES = {"ru": ("Пропуски_2024", "Контингент"), "kk": ("Сабақ босату", "Оқушылар")}


@pytest.mark.parametrize("language", ["ru", "kk"])
@pytest.mark.parametrize("encoding", ["utf-8", "kz1048", "utf-16"])
def test_files_in_russian_and_kazakh_are_read(language, encoding, tmp_path):
    one, other = STATUSES[language]
    absences = f"{HEADS[language]}\nc,A,02.09.2024,{one}\nc,A,03.09.2024,{other.capitalize()}\n"
    head, row = ROLL[language]
    for name, text in zip(FILES[language], (absences, f"{head}\n{row}{REST[language]}\n")):
        (tmp_path / f"{name}.csv").write_bytes(text.replace(",", ";").encode(encoding))
    tables = read(tmp_path)
    assert sorted(tables.absences.project("unexcused").fetchall()) == [(0,), (1,)]
    (spell,) = tables.enrolment.project("sex, grade, area, birth_date IS NOT NULL, region <> district").fetchall()
    assert spell == ("female", 5, "rural", True, True)


def test_the_register_of_long_absences_is_read_in_russian(tmp_path):
    rows = [
        "Ребёнок,Область,Учебный год,Исход,Местность,Пол,Малообеспеченная",
        "1,Акмолинская,2011-12,не вернулся,село,М,да",
    ]
    entry = read(written(tmp_path, **{"Реестр 10 дней": rows})).ten_day.iloc[0]
    assert entry[["outcome", "area", "sex", "low_income"]].tolist() == ["out", "rural", "male", "1"]


def test_yes_and_no_are_read_under_a_head_that_asks_and_not_under_one_that_does_not(tmp_path):
    rows = ["c,A,2024-09-02,да", "c,A,2024-09-03,нет"]
    asked = written(tmp_path / "asked", absences=["child,school,date,Без уважительной причины", *rows])
    assert sorted(read(asked).absences.project("unexcused").fetchall()) == [(0,), (1,)]
    status = written(tmp_path / "status", absences=["child,school,date,status", *rows])
    assert [fault.value for fault in refused(status).faults] == ["да", "нет"]


@pytest.mark.parametrize("form", [*PLAIN, TEN_DAY], ids=lambda form: form.table)
def test_no_name_stands_for_two_columns_of_a_file(form):
    meant: dict[str, str] = {}
    for column in form.columns:
        for name in {plain(name) for name in (column.name, *column.names)}:
            assert meant.setdefault(name, column.name) == column.name, name


def test_no_name_stands_for_two_tables_and_no_word_for_two_values():
    files = [plain(name) for names in words.words()["files"].values() for some in names.values() for name in some]
    assert len(files) == len(set(files))
    for kind, values in words.words()["values"].items():
        names = [plain(name) for some in values.values() for one in some.values() for name in one]
        assert len(names) == len(set(names)), kind


def test_every_form_of_ours_has_its_columns_and_words_in_three_languages():
    every = words.words()
    for form in (*PLAIN, TEN_DAY):
        for column in form.columns:
            assert set(every["columns"][column.name]) == set(LANGUAGES), column.name
            if column.kind == "code":
                values = every["values"][column.values]
                assert set(column.codes.values()) == set(values)
                assert all(set(names) == set(LANGUAGES) and all(names.values()) for names in values.values())


def test_what_an_error_lists_is_accepted(tmp_path):
    folder = written(tmp_path, absences=["child,school,когда,status", "c,A,2024-09-02,Н"])
    (fault,) = refused(folder).faults
    named = fault.rule.partition("Names that are read: ")[2].partition(" (all:")[0]
    names = [name for some in named.split(" | ") for name in some.split(", ")]
    day = next(column for column in PLAIN[0].columns if column.name == "day")
    assert {"date", "дата", "күні"} <= set(names) <= set(day.names)
    folder = written(tmp_path, absences=["child,school,дата,status", "c,A,2024-09-02,Н"])
    (fault,) = refused(folder).faults
    assert all(word in fault.rule for word in ("уважительная", "неуважительная", "себепсіз", "--codes"))


def test_the_page_of_names_is_made_from_the_names(capsys):
    page = (ROOT / "evidence" / "attendance" / "NAMES.md").read_text(encoding="utf-8")
    assert run(["names"]) == 0
    assert capsys.readouterr().out == page, "run: evidence attendance names > evidence/attendance/NAMES.md"
    assert "evidence/attendance/NAMES.md" in (ROOT / "README.md").read_text(encoding="utf-8")
    cells = {name for row in [*listed_names(), *listed_values()] for cell in row[1:] for name in cell.split(", ")}
    assert {"ребёнок", "оқушы", "жынысы", "ұл", "село", "себепсіз"} <= cells
    assert set(codes_of("sex")) >= {"ж", "м", "қыз", "ұл"} and {EXCUSED, UNEXCUSED} < set(codes_of("status").values())


def test_english_words_are_asked_first():
    """A register of a country has English codes in millions of rows: each word before them costs time."""
    assert list(codes_of("status"))[:2] == ["p", "present"]
    assert all(word.isascii() for word in list(codes_of("status"))[:15])


# slips, and one line a cause


def test_a_column_that_is_not_read_is_named_with_the_name_it_is_a_slip_for(tmp_path):
    folder = school(tmp_path, ["c00,A,2024-09-01,5,m", "c01,A,2024-09-01,5,f"])
    text = (
        (folder / "enrolment.csv").read_text(encoding="utf-8").replace("start,grade", "start,ends").replace(",5,", ",,")
    )
    (folder / "enrolment.csv").write_text(text, encoding="utf-8")
    note = "Columns not read that may be slips: ends (is it end?) (enrolment.csv)"
    assert note in read(folder).unread
    written(folder, absences=["child,school,date,status", "c00,A,2024-09-02,zz"])
    assert note in refused(folder).notes, "beside errors too"


def test_a_slip_in_a_head_that_is_needed_is_told_with_the_name(tmp_path, capsys):
    folder = written(tmp_path, absences=["child,school,Датта,status", "c,A,2024-09-02,u"])
    assert run(["report", str(folder), "--to", str(tmp_path / "out")]) == 1
    assert "Датта (is it дата?)" in capsys.readouterr().err


def test_a_school_written_otherwise_in_another_file_is_one_line(tmp_path, capsys):
    rows = [f"c{number:02},School A,{day},u" for number in range(12) for day in DAYS]
    folder = school(tmp_path / "in", absences=rows)
    assert run(["report", str(folder), "--to", str(tmp_path / "out")]) == 1
    lines = [line for line in capsys.readouterr().err.splitlines() if line.startswith("absences.csv")]
    assert len(lines) == 1 and "rows 2, 3, 4 and 57 more, school: 'School A'" in lines[0] and "'A'" in lines[0]


CAUSES = {
    "a child in no enrolment": ("c99,A,2024-09-02,u", "child", ""),
    "a child of another school": ("c00,B,2024-09-02,u", "school", "B"),
    "a day before the spell": ("c00,A,2024-09-02,u", "day", "02.09.2024"),
}


@pytest.mark.parametrize("name", CAUSES)
def test_each_cause_of_a_child_not_on_roll_is_told_apart(name, tmp_path):
    row, column, value = CAUSES[name]
    folder = written(
        tmp_path,
        absences=["child,school,date,status", row.replace("2024-09-02", "02.09.2024")],
        enrolment=["child,school,start", "c00,A,2024-09-03", "c01,B,2024-09-01"],
    )
    assert [(fault.column, fault.value) for fault in refused(folder).faults] == [(column, value)]


def test_a_thousand_faults_of_three_causes_are_three_lines(tmp_path):
    rows = [f"c{number},A,2024-09-0{number % 3},{'u' if number % 2 else f'z{number}'}" for number in range(3000)]
    error = refused(written(tmp_path, absences=["child,school,date,status", *rows]))
    lines = told(error.faults)
    assert (
        len(lines) == 2
        and "and 1497 more, status: 'z0', 'z2', 'z4', 'z6', 'z8' and 995 others is not a code" in lines[1]
    )
    assert lines[0].startswith("absences.csv, rows 2, 5, 8 and 997 more, day: '2024-09-00' is not a date")


def test_a_date_in_an_error_is_as_it_stands_in_the_file(tmp_path):
    folder = written(
        tmp_path,
        absences=["child,school,date,status", "c,A,8.9.2024,u"],
        calendar=["school,date", "A,2024-09-02"],
        enrolment=["child,school,start,end", "c,A,1.9.2024,31.8.2024"],
    )
    assert {fault.value for fault in refused(folder).faults} == {"8.9.2024", "31.8.2024"}


def test_a_register_of_long_absences_alone_has_no_number_of_children_found(tmp_path):
    rows = ["child,region,school_year,outcome", *(f"{at},R,2011-12,out" for at in range(9))]
    folder = written(tmp_path / "files", ten_day_register=rows)
    assert run(["report", str(folder), "--to", str(tmp_path / "out")]) == 0
    text = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    assert REGISTER_ALONE in text and "0 children" not in text


def test_no_report_is_made_where_every_absence_is_set_aside(tmp_path):
    roll = ["child,school,start", *(f"{at},A,2024-09-01" for at in range(10, 20))]
    absences = ["child,school,date,status", *(f"0{at},A,2024-09-02,u" for at in range(10, 20))]
    faults = refused(written(tmp_path, enrolment=roll, absences=absences), set_aside=True).faults
    assert "every absence would be set aside" in faults[-1].rule
    assert any("leading zeros" in fault.rule for fault in faults)


def test_an_entry_of_the_register_that_is_set_aside_leaves_no_date_in_the_report(tmp_path):
    rows = ["child,region,school_year,outcome,first_day,return_day", "1,A,2011-12,out,2011-10-03,2011-11-01"]
    faults = refused(written(tmp_path, ten_day_register=rows)).faults
    assert faults and not any("2011" in fault.rule for fault in faults)


def test_lessons_without_their_number_a_day_are_told(tmp_path):
    rows = ["Ученик,Школа,Дата,Статус,Урок", "c,A,2024-09-02,прогул,1", "c,A,2024-09-02,прогул,2"]
    folder = written(tmp_path, Журнал=rows)
    assert any("--sessions" in text for text in read(folder).assumptions)
    assert not any("--sessions" in text for text in read(folder, sessions=6).assumptions)


# the command and the page


FOLDER_ANYWHERE = (
    "--codes Н=unexcused Б=excused IN",
    "IN --codes Н=unexcused Б=excused",
    "--codes Н=unexcused --codes Б=excused --to OUT IN",
)


@pytest.mark.parametrize("options", FOLDER_ANYWHERE)
def test_codes_do_not_swallow_the_folder(options, tmp_path):
    folder = written(tmp_path / "in", absences=["child,school,date,status", "c,A,2024-09-02,Н", "d,A,2024-09-02,Б"])
    given = [{"IN": str(folder), "OUT": str(tmp_path / "out")}.get(option, option) for option in options.split()]
    given += [] if "--to" in given else ["--to", str(tmp_path / "out")]
    assert run(["report", *given]) == 0 and (tmp_path / "out" / "index.html").is_file()


@pytest.mark.parametrize("options", [["--codes", "Н=unexcused"], ["--codes", "a", "b"], ["x", "--codes", "y"], []])
def test_no_folder_or_two_are_told(options, capsys):
    with pytest.raises(SystemExit):
        run(["report", *options])
    assert "report FOLDER" in (said := capsys.readouterr().err) or "write CODE=" in said


def test_the_encoding_is_told_in_words(tmp_path):
    (tmp_path / "absences.csv").write_bytes("child,school,date,status\nc,Қала,2024-09-02,u\n".encode("kz1048"))
    (note,) = [text for text in read(tmp_path).assumptions if "encoding" in text]
    assert "kz1048" not in note and "old Windows encoding" in note


def test_nothing_leaves_the_machine_and_the_page_says_so(tmp_path, monkeypatch):
    def refuse(*_, **__):
        raise AssertionError("a connection was asked for")

    for name in ("socket", "create_connection", "getaddrinfo"):
        monkeypatch.setattr(socket, name, refuse)
    assert run(["report", str(school(tmp_path / "in")), "--to", str(tmp_path / "out")]) == 0
    page = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    assert HERE in page and "default-src &#x27;none&#x27;" in page.replace("'", "&#x27;")
    assert "Nothing leaves your machine" in (ROOT / "README.md").read_text(encoding="utf-8")
    session = engines.engine("duckdb").session
    setting = "SELECT current_setting('autoinstall_known_extensions')"
    assert session.execute(setting).fetchall() == [(False,)], "DuckDB would fetch what it lacks"


def test_the_first_sentence_says_in_words_why_no_number_is_given(tmp_path):
    rows = [f"c00,A,2024-{month:02}-{day:02},u" for month in (9,) for day in range(2, 14)]
    folder = school(tmp_path / "in", absences=rows)
    written(folder, calendar=["school,date", *(f"A,2024-09-{day:02}" for day in range(2, 28))])
    assert run(["report", str(folder), "--to", str(tmp_path / "out")]) == 0
    page = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    lead = page[page.index("<p><strong>") :].partition("</strong>")[0]
    assert "the number of children is not shown" in lead and "under 5" in lead and "–" not in lead
    assert page.index("The sign – stands for") < page.index("<table")


def test_shares_stand_with_their_interval(tmp_path):
    assert run(["report", str(school(tmp_path / "in")), "--to", str(tmp_path / "out"), "--under", "0"]) == 0
    table = pd.read_csv(tmp_path / "out" / "tables" / "thresholds.csv").set_index("rule")
    low, high = table.loc["quarter_3", ["low_pct", "high_pct"]]
    assert (low, high) == pytest.approx((4.70, 44.80), abs=0.01)  # 2 of 12, by hand
    page = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    assert "44.8" in page and "Wilson score interval" in page
    assert pd.read_csv(tmp_path / "out" / "tables" / "by_school.csv")["high_pct"].notna().all()


def test_the_list_of_children_has_their_school_of_today(tmp_path):
    folder = school(tmp_path / "in", ["c00,A,2024-09-01,5,m", "c01,A,2024-09-01,5,f"])
    with (folder / "enrolment.csv").open("a", encoding="utf-8") as stream:
        stream.write("c02,A,2024-08-01,5,m\n")
    text = (
        (folder / "enrolment.csv")
        .read_text(encoding="utf-8")
        .replace("start,grade,sex", "start,end,sex")
        .replace(",5,", ",,")
    )
    text = text.replace("c01,A,2024-09-01,,f", "c01,A,2024-09-01,2024-09-05,f") + "c01,B,2024-09-06,,f\n"
    (folder / "enrolment.csv").write_text(text, encoding="utf-8")
    to = tmp_path / "children.csv"
    assert run(["children", str(folder), "--to", str(to)]) == 0
    found = pd.read_csv(to, encoding="utf-8-sig").set_index("child")["school"]
    assert found.to_dict() == {"c00": "A", "c01": "B"}
    assert run(["children", str(without(folder, "enrolment")), "--to", str(to)]) == 0
    assert pd.read_csv(to, encoding="utf-8-sig").set_index("child")["school"].to_dict() == {"c00": "A", "c01": "A"}


def test_tables_open_in_a_spreadsheet_with_their_letters(tmp_path):
    folder = school(tmp_path / "in", ["c00,A,2024-09-01,5,m", "c01,A,2024-09-01,5,f"])
    for path in folder.glob("*.csv"):
        path.write_text(path.read_text(encoding="utf-8").replace(",A,", ",Мектеп №5,").replace("A,2", "Мектеп №5,2"))
    assert run(["report", str(folder), "--to", str(tmp_path / "out"), "--under", "0"]) == 0
    assert run(["children", str(folder), "--to", str(tmp_path / "children.csv")]) == 0
    for path in [*(tmp_path / "out" / "tables").glob("*.csv"), tmp_path / "children.csv"]:
        assert path.read_bytes().startswith(b"\xef\xbb\xbf"), path.name
    assert "Мектеп №5" in (tmp_path / "out" / "tables" / "by_school.csv").read_text(encoding="utf-8")


def test_too_many_schools_are_told_and_not_listed(tmp_path, monkeypatch):
    monkeypatch.setattr("evidence.attendance.analysis.MOST_SCHOOLS", 0)
    found = analysed(read(school(tmp_path)))
    assert "school" not in found.groups and "1 schools" in found.no_schools


def test_every_command_says_what_it_does(capsys):
    with pytest.raises(SystemExit):
        parser().parse_args(["--help"])
    assert "what files, columns and values may be called" in " ".join(capsys.readouterr().out.split())


def test_the_names_of_exports_stay_those_of_their_makers():
    assert any("attendanceeventcategorydescriptor" in column.names for form in FORMS for column in form.columns)


def test_a_file_that_is_named_otherwise_is_told_with_the_name_it_may_be_a_slip_for(tmp_path):
    folder = school(tmp_path)
    written(folder, **{"2024_absense": ["a", "1"]})
    assert any("2024_absense.csv" in note and "is it absence" in note for note in read(folder).unread)


def test_a_time_after_a_date_is_left_out(tmp_path):
    rows = ["child,school,date,status", "c,A,02.09.2024 00:00:00,u", "c,A,2024-09-03 08:00,u"]
    assert len(read(written(tmp_path, absences=rows)).absences) == 2


NAMES = {"Ахметов Асан": True, "Қожахметова Әлия Н.": True, "c01": False, "Class 5 17": False, "child a": False}


@pytest.mark.parametrize("name", NAMES)
def test_names_of_children_are_never_written_out(name, tmp_path, capsys):
    folder = written(tmp_path, absences=["child,school,date,status", *(f"{name},A,{day},u" for day in DAYS)])
    to = tmp_path / "children.csv"
    assert run(["children", str(folder), "--to", str(to)]) == int(NAMES[name])
    assert to.exists() is not NAMES[name] and name not in capsys.readouterr().err


def test_lines_that_are_no_rows_and_entries_are_counted_as_lost(tmp_path):
    text = b"child,school,date,status\nc1,A,2024-09-02,u\nc2,A,2024-09-02,u,x,y\n"
    folder = written(
        tmp_path, ten_day_register=["child,region,school_year,outcome", "1,R,2011-12,out", "2,R,2011-12,x"]
    )
    (folder / "absences.csv").write_bytes(
        text + "c3,Город,2024-09-02,u\n".encode("cp1251") + "c4,Қала,2024-09-02,u\n".encode()
    )
    lost = [str(loss) for loss in read(folder, set_aside=True).lost]
    assert lost == ["1 entry of the register of long absences", "2 lines that are not rows"]


def test_a_title_above_the_heads_is_said_and_rows_keep_their_numbers(tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    heads = ["Дата", "Ученик", "Школа", "Статус"]
    for row in (["Отчёт о пропусках"], heads, ["02.09.2024", 1, "A", "прогул"], ["32.09.2024", 2, "A", "прогул"]):
        book.active.append(row)
    book.save(tmp_path / "Пропуски.xlsx")
    (fault,) = refused(tmp_path).faults
    assert (fault.row, fault.value) == (4, "32.09.2024")
    tables = read(tmp_path, set_aside=True)
    assert "Lines above the heads, taken as titles: row 1 (Пропуски.xlsx)" in tables.notes


def test_a_sheet_without_the_heads_is_told_which_are_needed(tmp_path):
    written(tmp_path, absences=["Отчёт о пропусках", "а,б,в"])
    (fault,) = refused(tmp_path).faults
    assert "none of the heads that are needed" in fault.rule and "ученик" in fault.rule
