"""Rules over a reader's own table, and the list of children, from the command line."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from evidence.attendance import census
from evidence.attendance.commands import parser, run
from evidence.attendance.days import PARAMETERS
from evidence.attendance.demo import write_demo
from evidence.attendance.indicator_list import ASKED, INDICATORS
from evidence.attendance.one_table import JOBS, read
from evidence.attendance.reading.words import LANGUAGES, names_of, plain, words
from evidence.attendance.written_dates import as_dates
from evidence.toolkit.faults import BadInput


def made(path: Path, text: str) -> str:
    path.write_text(text, encoding="utf-8")
    return str(path)


def out(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, dtype="string", keep_default_na=False)


def test_classify_reads_a_table_with_what_is_known(tmp_path):
    file = made(tmp_path / "in.csv", "child;age;enrolled;ever_enrolled;last_grade\na;5;0;;\nb;8;0;0;\nc;13;0;1;7\n")
    assert run(["classify", file, "--to", str(tmp_path / "out.csv")]) == 0
    assert out(tmp_path / "out.csv")["category"].tolist() == ["1", "2 or 3", "4"]


def test_risk_gives_the_traits_and_the_factors(tmp_path):
    file = made(tmp_path / "in.csv", "child,low_income,dysfunctional,school_changes,working\na,1,1,0,1\nb,0,0,3,0\n")
    assert run(["risk", file, "--to", str(tmp_path / "out.csv")]) == 0
    table = out(tmp_path / "out.csv").set_index("child")
    assert table.loc["a", "at_risk"] == "yes" and table.loc["b", "at_risk"] == "undetermined"
    assert table.loc["a", "factors"].count(";") == 2 and table.loc["b", "factors"] == ""


def test_warning_and_disappeared(tmp_path):
    file = made(tmp_path / "in.csv", "child,course_failures,unexcused_in_quarter,incidents\na,0,3,0\nb,0,2,0\n")
    assert run(["warning", file, "--to", str(tmp_path / "out.csv")]) == 0
    assert out(tmp_path / "out.csv")["flagged"].tolist() == ["yes", "no"]
    one = made(tmp_path / "one.csv", "child,age_after,reason\na,10,\nb,10,migration\nc,10,\n")
    two = made(tmp_path / "two.csv", "child\nc\n")
    assert run(["disappeared", one, two, "--to", str(tmp_path / "gone.csv")]) == 0
    found = out(tmp_path / "gone.csv").sort_values("child")
    assert list(zip(found["child"], found["status"])) == [("a", "disappeared"), ("b", "check by hand")]
    assert run(["disappeared", one, "--to", str(tmp_path / "gone.csv")]) == 1


@pytest.mark.skipif(not census.available(), reason="splink is not installed: make engines")
def test_match_writes_pairs_and_the_rest(tmp_path):
    head = "id,family_name,given_name,birth_date,sex\n"
    people = [(f"Кожахмет{letter}", f"2001-0{n}-1{n}") for n, letter in enumerate("абвгде", start=1)]
    left = head + "".join(f"a{n},{name}ов,Алия,{born},f\n" for n, (name, born) in enumerate(people))
    right = head + "".join(f"b{n},{name}ов,Алия,{born},f\n" for n, (name, born) in enumerate(people[:4]))
    files = [made(tmp_path / "one.csv", left), made(tmp_path / "two.csv", right)]
    assert run(["match", *files, "--to", str(tmp_path / "out.csv")]) == 0
    pairs, alone = out(tmp_path / "out.csv"), out(tmp_path / "out-alone.csv")
    assert set(zip(pairs["left"], pairs["right"])) >= {(f"a{n}", f"b{n}") for n in range(4)}
    assert {"a4", "a5"} >= set(alone["id"])
    assert "Кожахмет" not in (tmp_path / "out.csv").read_text(encoding="utf-8")


def test_an_indicator_of_a_table_of_counts(tmp_path, capsys):
    file = made(tmp_path / "in.csv", "sex,enrolled,in_next_grade,repeaters\nf,200,188,8\nm,0,0,0\n")
    assert run(["indicator", "drop_out", file, "--by", "sex", "--to", str(tmp_path / "out.csv")]) == 0
    assert out(tmp_path / "out.csv")["value_pct"].tolist() == ["2.0", ""]
    wrong = made(tmp_path / "wrong.csv", "sex,enrolled,in_next_grade,repeaters\nf,200,199,8\n")
    assert run(["indicator", "drop_out", wrong, "--by", "sex", "--to", str(tmp_path / "no.csv")]) == 1
    assert run(["indicator", "colour", wrong]) == 1
    told = capsys.readouterr().err
    assert "cannot be" in told and "is not an indicator" in told and not (tmp_path / "no.csv").exists()
    assert run(["indicator"]) == 0
    assert capsys.readouterr().out.count("Formula:") == 20


def test_what_is_no_number_is_named_with_its_row(tmp_path, capsys):
    file = made(tmp_path / "in.csv", "child,age,enrolled,attending\na,8,0,yes\nb,eight,2,\nc,8.5,,\n,7,,\nd,-3,,\n")
    assert run(["classify", file, "--to", str(tmp_path / "out.csv")]) == 1
    told = capsys.readouterr().err
    for line in ("rows 3, 4, 6, age: 'eight', '8.5', '-3'", "row 3, enrolled: '2'", "row 5, child: is"):
        assert f"in.csv, {line}" in told
    made(tmp_path / "in.csv", "child,age,enrolled,attending\na,8,no,yes\n")
    assert run(["classify", file, "--to", str(tmp_path / "out.csv")]) == 1
    assert "row 2, attending: '1' attends without being enrolled" in capsys.readouterr().err
    assert not (tmp_path / "out.csv").exists()
    assert run(["sheet", "--to", str(tmp_path / "none" / "sheet.html")]) == 1
    assert "is not a folder" in capsys.readouterr().err
    assert run(["classify", made(tmp_path / "no.csv", "name\nx\n")]) == 1
    assert "no such column" in capsys.readouterr().err


def test_the_list_of_children_is_that_of_the_rule(tmp_path, capsys):
    write_demo(tmp_path / "demo", 300)
    to = tmp_path / "children.csv"
    assert run(["children", str(tmp_path / "demo"), "--rule", "from_10", "--to", str(to)]) == 0
    absences = pd.read_csv(tmp_path / "demo" / "absences-synthetic.csv")
    unexcused = absences[absences["status"] == "unexcused"]
    expected = unexcused.groupby("child").size().loc[lambda counts: counts >= 10].index
    table = out(to)
    assert sorted(table["child"]) == sorted(expected) and len(table) > 0
    tenth = unexcused.sort_values("date").groupby("child").nth(9).set_index("child")["date"]
    assert all(tenth[row.child] == row.from_10 for row in table.itertuples())
    assert "keep it where they are protected" in capsys.readouterr().out
    assert run(["children", str(tmp_path / "demo"), "--rule", "colour"]) == 1


def test_every_parameter_of_a_rule_is_an_option_with_its_text(capsys):
    with pytest.raises(SystemExit):
        parser().parse_args(["report", "--help"])
    told = " ".join(capsys.readouterr().out.split())
    for parameter in PARAMETERS:
        assert f"--{parameter.name.replace('_', '-')}" in told and parameter.about.split(" (")[0] in told


BAD_OPTIONS = {"--counts-from": "2", "--sessions": "0", "--under": "-1", "--memory": "lots", "--years": "some"}


@pytest.mark.parametrize("option", BAD_OPTIONS)
def test_a_value_that_an_option_cannot_have_is_refused(option, tmp_path, capsys):
    with pytest.raises(SystemExit):
        run(["report", str(tmp_path), option, BAD_OPTIONS[option]])
    assert option in capsys.readouterr().err


def test_every_job_says_what_it_does():
    assert all(job.about and len(job.texts) == len(job.numbers) for job in JOBS.values())


def test_lists_have_their_heads_and_words_in_three_languages(tmp_path):
    file = made(tmp_path / "in.csv", "Ребёнок;Возраст;Зачислен;Посещает\na;8;да;нет\n")
    assert run(["classify", file, "--to", str(tmp_path / "out.csv")]) == 0
    english = made(tmp_path / "en.csv", "child,age,enrolled,attending\na,8,1,0\n")
    assert run(["classify", english, "--to", str(tmp_path / "other.csv")]) == 0
    assert out(tmp_path / "out.csv").equals(out(tmp_path / "other.csv"))
    one = made(tmp_path / "one.csv", "Оқушы,Бір жылдан кейінгі жасы,Себебі\na,10,\nb,10,Көшу\n")
    two = made(tmp_path / "two.csv", "Оқушы\nc\n")
    assert run(["disappeared", one, two, "--to", str(tmp_path / "gone.csv")]) == 0
    assert out(tmp_path / "gone.csv").set_index("child")["status"].to_dict() == {
        "a": "disappeared",
        "b": "check by hand",
    }


def test_a_list_of_names_has_one_form_of_dates_and_sexes(tmp_path):
    lines = "Код,Фамилия,Имя,Дата рождения,Пол\n1,Ахметов,Асан,05.02.2013,М\n2,Ахметова,Айгүл,2013-02-05,қыз\n"
    table = read(Path(made(tmp_path / "in.csv", lines)), census.COLUMNS, ())
    assert table["birth_date"].tolist() == ["2013-02-05", "2013-02-05"] and table["sex"].tolist() == ["male", "female"]
    assert census.prepared(table)["birth_date"].tolist() == ["2013-02-05", "2013-02-05"]
    wrong = made(
        tmp_path / "no.csv", "id,family_name,given_name,birth_date,sex\n1,a,b,05/02/2013,f\n2,a,b,2013-02-05,x\n"
    )
    with pytest.raises(BadInput) as caught:
        read(Path(wrong), census.COLUMNS, ())
    assert [(fault.row, fault.column) for fault in caught.value.faults] == [(3, "sex"), (2, "birth_date")]


def test_the_day_stands_before_the_month_whatever_the_first_row_is():
    written = pd.Series(["05.02.2013", "25.02.2013", "2013-02-05", "5.2.2013 08:00", "02/05/2013", "31.02.2013", None])
    found = as_dates(written).dt.strftime("%Y-%m-%d")
    assert found.tolist()[:4] == ["2013-02-05", "2013-02-25", "2013-02-05", "2013-02-05"]
    assert found.isna().tolist()[4:] == [True, True, True]


HEADS = {
    "en": "child,low_income,far_from_school,school_changes,bullied",
    "ru": "Ребёнок,Малообеспеченная семья,Далеко от школы,Число смен школы,Травля",
    "kk": "Бала,Аз қамтылған отбасы,Мектептен алыс,Мектеп ауыстыру саны,Буллинг көрген",
}
COUNTS = {
    "en": "region,enrolled,in_next_grade,repeaters,girls",
    "ru": "Область,Зачислено,Перешли в следующий класс,Второгодники,Девочки",
    "kk": "Облыс,Қабылданғандар,Келесі сыныпқа көшкендер,Екінші жылға қалғандар,Қыздар",
}


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_risk_and_indicators_have_their_heads_in_three_languages(language, tmp_path):
    answers = "a,да,да,0,да\nb,нет,да,3,нет\nc,,,,\n"
    for name in ("en", language):
        file = made(tmp_path / f"{name}.csv", f"{HEADS[name]}\n{answers}")
        assert run(["risk", file, "--to", str(tmp_path / f"{name}-out.csv")]) == 0
        counts = made(tmp_path / f"{name}-n.csv", f"{COUNTS[name]}\nA,200,188,8,90\nB,100,90,5,50\n")
        to = str(tmp_path / f"{name}-n-out.csv")
        assert run(["indicator", "drop_out", counts, "--by", "region", "--to", to]) == 0
    for file in ("out", "n-out"):
        assert out(tmp_path / f"{language}-{file}.csv").equals(out(tmp_path / f"en-{file}.csv"))
    assert out(tmp_path / f"{language}-out.csv")["at_risk"].tolist() == ["yes", "yes", "undetermined"]
    assert out(tmp_path / f"{language}-n-out.csv")["value_pct"].tolist()[0] == "2.0"


def test_no_name_stands_for_two_columns_of_a_job_or_an_indicator_and_each_has_three_languages():
    jobs = [{name for columns in (*job.texts, *job.numbers) for name in columns} for job in JOBS.values()] + [
        {*one.counts, *ASKED} for one in INDICATORS
    ]
    for columns in jobs:
        names = [plain(name) for column in columns for name in {plain(one) for one in names_of("columns", column)}]
        assert len(names) == len(set(names)), columns
        assert all(set(words()["columns"][column]) == set(LANGUAGES) for column in columns)


def test_a_count_that_is_missing_is_told_with_its_names(tmp_path, capsys):
    file = made(tmp_path / "n.csv", "Область,Зачислено\nA,200\n")
    assert run(["indicator", "drop_out", file]) == 1
    assert "второгодники" in capsys.readouterr().err


def test_a_result_may_be_a_workbook_that_only_its_owner_may_read(tmp_path):
    file = made(tmp_path / "in.csv", "child,age,enrolled,attending\nб,8,1,0\n")
    assert run(["classify", file, "--to", str(tmp_path / "out.csv")]) == 0
    assert run(["classify", file, "--to", str(tmp_path / "out.xlsx")]) == 0
    table = pd.read_excel(tmp_path / "out.xlsx", dtype="string", keep_default_na=False)
    assert table.equals(out(tmp_path / "out.csv"))
    assert (tmp_path / "out.xlsx").stat().st_mode & 0o077 == 0
