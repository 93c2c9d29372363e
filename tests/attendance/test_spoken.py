"""Every command tells every kind of mistake in the reader's language: nothing stays in English but names."""

from __future__ import annotations

import errno
import os
import re
from functools import cache
from pathlib import Path

import openpyxl
import pytest

from evidence.attendance import census, commands
from evidence.attendance.commands import parser, run
from evidence.attendance.demo import write_demo
from evidence.attendance.indicator_list import INDICATORS
from evidence.attendance.language import said
from evidence.attendance.options import CHOICES
from evidence.attendance.protocol import QUESTIONS
from evidence.attendance.reading.words import LANGUAGES, words
from evidence.attendance.thresholds import THRESHOLDS
from evidence.toolkit.engines import NEEDS

OTHERS = ("ru", "kk")
Files = dict[str, str | bytes]
A_YEAR = "child,school_year,region,outcome"
PERSON = "id,family_name,given_name,birth_date,sex"
PIPES = (errno.EPIPE, errno.ESHUTDOWN)  # whoever read what is printed has seen enough
TYPED = (  # what is typed as it stands, and names of things
    "evidence attendance|Excel|CSV|XLSX|JSON|Parquet|DuckDB|Spark|Java|TMPDIR|UTF|CODE|GB|python|bin|venv|pip"
    "|install|editable|census|FILE|COLUMN|NAME|MEANING|TO|en|ru|kk|yes|partly|no|unknown|marked|skipped|absent"
)


@cache
def named() -> re.Pattern:
    """Return what finds names that stay: of commands, columns, files, words of cells, indicators, rules, engines."""
    own = words()
    found = [one for kind in ("files", "columns") for name in own[kind].values() for one in name["en"]]
    found += [*own["files"], *own["columns"], *own["values"], *NEEDS, *(rule.key for rule in THRESHOLDS)]
    found += [one for kind in own["values"].values() for value, all_ in kind.items() for one in (value, *all_["en"])]
    found += [name for one in INDICATORS for name in (one.key, *one.counts)]
    found += list(parser()._subparsers._group_actions[0].choices)
    names = "|".join(map(re.escape, sorted(found, key=len, reverse=True)))
    return re.compile(rf"(?<![A-Za-z])({TYPED}|{names})(?![A-Za-z])")


def english(text: str, paths: Path) -> list[str]:
    """Return what of a text is English and no name."""
    text = re.sub(rf"{re.escape(str(paths))}[^\s,:;]*", " ", text)
    text = re.sub(r"\{[^}]*\}", " ", text)
    text = re.sub(
        r"--?[a-z][a-z-]*( [A-Z]+)?|[\w./-]*\.(csv|tsv|txt|xlsx?|xlsm|json|html|parquet)\b|'[^']*'", " ", text
    )
    return re.findall(r"[A-Za-z]{2,}(?: [A-Za-z]+)*", named().sub(" ", text))


def test_english_is_found_where_it_is():
    assert english("a.csv, row 3: is wrong", Path("/none")) == ["row", "is wrong"]
    assert english("a.csv, строка 3, школа: не дата (all --codes)", Path("/none")) == ["all"]


def made(folder: Path, files: Files) -> None:
    """Write files into a folder: a folder where the name ends so, a link where it has an arrow, or a pipe."""
    for name, content in files.items():
        path = folder / name
        if name.endswith("/"):
            path.mkdir()
        elif "→" in name:
            (folder / name.partition("→")[0]).symlink_to(name.partition("→")[2])
        elif name.endswith("|"):
            os.mkfifo(folder / name.removesuffix("|"))
        elif isinstance(content, bytes):
            path.write_bytes(content)
        else:
            path.write_text(content, encoding="utf-8")


def book(*sheets: tuple[str, list[list]]) -> bytes:
    """Return a workbook."""
    from io import BytesIO

    made_book, stream = openpyxl.Workbook(), BytesIO()
    made_book.remove(made_book.active)
    for name, rows in sheets:
        sheet = made_book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    made_book.save(stream)
    return stream.getvalue()


ABSENT = "child,school,date,status\n"
ROWS = ABSENT + "a1,s,2024-09-02,u\na2,s,2024-09-03,u\n"
ONE_TABLE: dict[str, tuple[list[str], Files]] = {
    "no such file": (["x.csv"], {}),
    "a folder": (["x"], {"x/": ""}),
    "empty": (["x.csv"], {"x.csv": ""}),
    "no head": (["x.csv"], {"x.csv": "цвет,размер\nred,3\n"}),
    "one head twice": (["x.csv"], {"x.csv": "child,ребенок,age,id,код\na,b,3,1,2\n"}),
    "no workbook": (["x.xlsx"], {"x.xlsx": b"nothing of the kind"}),
    "a password": (["x.xlsx"], {"x.xlsx": b"\xd0\xcf\x11\xe0" + bytes(600)}),
    "two such sheets": (
        ["x.xlsx"],
        {"x.xlsx": book(("A", [["child", "id"], ["a", "a"]]), ("B", [["child", "id"], ["b", "b"]]))},
    ),
    "no sheet": (["x.xlsx"], {"x.xlsx": book(("A", [["красный"], [3]]), ("B", [["синий"], [4]]))}),
    "an empty book": (["x.xlsx"], {"x.xlsx": book(("A", []))}),
    "a book of no bytes": (["x.xlsx"], {"x.xlsx": b""}),
    "half a book": (["x.xlsx"], {"x.xlsx": book(("A", [["child", "id"], ["a", "a"]]))[:900]}),
    "a link to nothing": (["x.csv"], {"x.csv→nowhere.csv": ""}),
    "a link to itself": (["x.csv"], {"x.csv→x.csv": ""}),
    "a pipe": (["x.csv"], {"x.csv|": ""}),
    "another kind": (["x.xls"], {"x.xls": "x"}),
    "no JSON": (["x.json"], {"x.json": "[{"}),
    "no list": (["x.json"], {"x.json": "{}"}),
    "no place to write": (["x.csv", "--to", "нет/out.csv"], {"x.csv": "child,id\na,a\n"}),
}
TWO = {"disappeared", "match"}
OWN: list[tuple[list[str], Files]] = [
    (["classify", "x.csv"], {"x.csv": "child,age,enrolled\na,eight,7\n,3,0\nb,200,1\n"}),
    (
        ["classify", "x.csv"],
        {
            "x.csv": "child,age,enrolled,attending,ever_enrolled,last_grade,completed_grade\n"
            "a,200,0,1,0,8,9\nb,9,1,1,0,,\n"
        },
    ),
    (["risk", "x.csv"], {"x.csv": "child,low_income,school_changes\na,maybe,2.5\nb,2,-1\n"}),
    (["warning", "x.csv"], {"x.csv": "child,incidents\na,many\n"}),
    (["disappeared", "x.csv"], {"x.csv": "child\na\n"}),
    (["disappeared", "x.csv", "x.csv"], {"x.csv": "child,age_after,completed\na,ten,perhaps\n"}),
    (["match", "x.csv", "y.csv"], {"x.csv": f"{PERSON}\n1,A,B,2012-13-01,q\n1,A,B,,f\n", "y.csv": f"{PERSON}\n"}),
    (["indicator", "цвет", "x.csv"], {"x.csv": "sex\nf\n"}),
    (["indicator", "цвет"], {}),
    (["indicator", "drop_out", "x.csv"], {"x.csv": "enrolled,in_next_grade\n200,199\n"}),
    (["indicator", "drop_out", "x.csv"], {"x.csv": "enrolled,in_next_grade,repeaters\n200,199,8\n"}),
    (["indicator", "drop_out", "x.csv"], {"x.csv": "enrolled,in_next_grade,repeaters\n200,-3,many\n,1,1\n"}),
    (["indicator", "out_of_school", "x.csv"], {"x.csv": "population,enrolled,not_attending\n10,11,12\n"}),
    (
        ["indicator", "drop_out", "x.csv", "--by", "sex"],
        {"x.csv": "sex,enrolled,in_next_grade,repeaters\nf,200,199,8\nm,9,9,9\n"},
    ),
    (["assess", "x.csv"], {"x.csv": "key,answer\nцвет,yes\nstage_identify,maybe\nstage_identify,no\n"}),
    (["assess", "x.csv"], {"x.csv": "key,слова\nstage_identify,yes\n"}),
    (["assess", "x.csv"], {"x.csv": "вопрос\n"}),
    (["assess", "нет/x.csv"], {}),
    (["sheet", "--to", "нет/x.html"], {}),
    (["demo", "--to", "."], {"x.csv": "mine"}),
    (["children", "вход", "--rule", "цвет"], {"вход/": "", "вход/absences.csv": ROWS}),
    (["children", "вход"], {"вход/": "", "вход/absences.csv": ABSENT + "Иванов Иван,s,2024-09-02,u\n"}),
    (["report", "вход", "--unrecorded", "absent"], {"вход/": "", "вход/absences.csv": ROWS}),
    (["report", "вход"], {"вход/": "", "вход/absences.csv": ROWS, "attendance-report": "a file of mine"}),
    (
        ["report", "вход"],
        {"вход/": "", "вход/absences.csv": ROWS, "attendance-report/": "", "attendance-report/x": "mine"},
    ),
    (["report", "вход"], {"вход/": "", "вход/register.csv": "child,school,date,status\na,s,2024-09-02,Ю\n"}),
    (["report", "вход"], {"вход/": "", "вход/register.csv": "ребёнок,школа,1,2\na,s,н,н\n"}),
    (["report", "вход"], {"вход/": "", "вход/absences.xls": "x"}),
    (["report", "вход"], {"вход/": "", "вход/absences.parquet": "x"}),
    (["report", "вход"], {"вход/": "", "вход/absences.csv/": "", "вход/calendar.csv→нет.csv": ""}),
    (["report", "вход"], {"вход/": "", "вход/absences.csv": ROWS, "вход/дни.xlsx": b"\xd0\xcf\x11\xe0" + bytes(600)}),
    (["report", "вход"], {"вход": "a file of mine"}),
    (["report", "вход→нет"], {}),
    (["report", "вход"], {"вход/": "", "вход/absences.json": "[{]"}),
    (
        ["report", "вход"],
        {"вход/": "", "вход/absences.csv": ABSENT + "a,s,2024-09-02,u,too,many\n", "вход/внутри/": ""},
    ),
    (["report", "вход"], {"вход/": "", "вход/внутри/": ""}),
    (["report", "вход"], {"вход/": "", "вход/enrolment.csv": "child,school,start\na,s,2024-09-01\n"}),
    (["report", "вход", "--set-aside"], {"вход/": "", "вход/absences.csv": ABSENT + "a,s,99,u\n"}),
    (
        ["report", "вход"],
        {
            "вход/": "",
            "вход/absences.csv": ROWS + "a3,T,2024-09-02,u\na1,s,2024-09-08,u\na9,s,2024-09-02,u\nA2,s,2024-09-02,u\n",
            "вход/calendar.csv": "school,date,quarter\ns,2024-09-02,1\ns,2024-09-03,2\ns,2024-09-03,1\n"
            "s,2024-09-04,9\n",
            "вход/recorded.csv": "school,date\ns,2024-10-02\n",
            "вход/enrolment.csv": "child,school,start,end,sex,birth_date,grade,region\n"
            "a1,s,2024-09-01,2024-08-01,q,2030-01-01,99z,x\na2,s,2024-09-01,,f,,5,x\na2,r,2024-09-05,,f,,5,y\n",
        },
    ),
    (
        ["report", "вход"],
        {
            "вход/": "",
            "вход/ten_day_register.csv": f"{A_YEAR},first_day,return_day,birth_date,days_missed\n"
            "a,2011-12,x,out,2011-10-01,2011-11-01,2012-01-01,9\na,2011/12,y,gone,2011-10-05,2011-10-01,,many\n"
            "b,2011-13,x,out,,,,11\n,2011-12,,out,,,,12\nc,2011-12,x,out,,,,12\nc,2011-12,x,out,,,,12\n",
        },
    ),
]
WRONG_OPTIONS = [
    [],
    ["цвет"],
    ["report"],
    ["report", "вход", "--codes", "н=", "--sessions", "0"],
    ["report", "вход", "--codes", "н=excused", "н=unexcused"],
    ["report", "вход", "--codes", "н"],
    ["report", "вход", "--sessions", "0"],
    ["report", "вход", "--counts-from", "много"],
    ["report", "вход", "--under", "-1"],
    ["report", "вход", "--memory", "много"],
    ["report", "вход", "--transfers", "perhaps"],
    ["report", "вход", "--to"],
    ["report", "вход", "--цвет"],
    ["report", "вход", "--s", "1"],
    ["report", "вход", "--set-aside=yes"],
    ["classify"],
    ["indicator", "drop_out", "x.csv", "--by"],
    ["demo", "--pupils", "3"],
]


def cases() -> list[tuple[list[str], Files]]:
    """Return every command with every mistake that its files can have, and its own."""
    tables = [
        ([job, *files[:1], *(files[:1] if job in TWO else []), *files[1:]], given)
        for job in commands.JOBS
        for files, given in ONE_TABLE.values()
    ]
    forms = [(["assess", *files], given) for name, (files, given) in ONE_TABLE.items() if "--to" not in files and given]
    counts = [(["indicator", "drop_out", *files], given) for files, given in ONE_TABLE.values()]
    return [*tables, *forms, *counts, *OWN]


def spoken() -> list:
    """Return every case with a language: its own mistakes of a command in both, those of any file in turn."""
    turns = [(case, OTHERS[place % 2]) for place, case in enumerate(cases()[: -len(OWN)])]
    every = turns + [(case, language) for case in OWN for language in OTHERS]
    return [pytest.param(*one, id=f"{'-'.join(one[0][0])}-{one[1]}".replace("/", "_")) for one in every]


@pytest.mark.parametrize(("case", "language"), spoken())
def test_what_is_wrong_with_files_is_told_in_the_language(case, language, tmp_path, monkeypatch, capsys):
    options, files = case
    if options[0] == "match" and not census.available() and not files:
        pytest.skip("splink is not installed: make engines")
    made(tmp_path, files)
    monkeypatch.chdir(tmp_path)
    assert run([*options, "--language", language]) == 1, "a case that is no mistake tests nothing"
    told = capsys.readouterr()
    assert told.err and english(told.err + told.out, tmp_path) == []
    there = {re.split("[/→|]", name)[0] for name in files}
    assert {path.name for path in tmp_path.iterdir()} == there, "something is written"


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("options", WRONG_OPTIONS, ids=lambda options: "-".join(options) or "nothing")
def test_what_is_wrong_with_options_is_told_in_the_language(options, language, tmp_path, capsys):
    with pytest.raises(SystemExit) as ended:
        run([*options, "--language", language])
    how, _, told = capsys.readouterr().err.rpartition("evidence attendance")
    assert ended.value.code == 2 and said(language)("usage: ") in how and english(told, tmp_path) == []


@pytest.mark.parametrize("language", OTHERS)
def test_what_the_system_refuses_is_told_in_the_language(language, tmp_path, monkeypatch, capsys):
    import duckdb

    errors: list[Exception] = [OSError(number, "English", "x.csv") for number in errno.errorcode if number not in PIPES]
    errors += [OSError(errno.ENOSPC, "English"), MemoryError(), duckdb.OutOfMemoryException("out of memory")]
    errors += [duckdb.IOException('IO Error: Could not write file "x.csv": No space left on device')]
    for error in errors:

        def failing(*_: object, error: Exception = error) -> None:
            raise error

        monkeypatch.setattr(commands, "write_text", failing)
        assert run(["sheet", "--language", language]) == 1
        told = capsys.readouterr().err
        assert told and english(told, tmp_path) == [], error


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("options", [["rules"], ["indicator"], ["indicator", "drop_out"], ["sheet", "--to", "x.html"]])
def test_what_rules_indicators_and_the_sheet_list_is_in_the_language(options, language, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert run([*options, "--language", language]) == 0
    page = tmp_path / "x.html"
    text = page.read_text(encoding="utf-8").partition("<body>")[2] if page.exists() else capsys.readouterr().out
    assert len(text) > 200 or options == ["indicator", "drop_out"]
    typed = "|".join(value for values in CHOICES.values() for value in values)
    works = "Antonowicz|Wilson|Kitagawa|Journal of the[ \\w]*|Education Indicators[: \\w]*"
    assert english(re.sub(rf"<[^>]*>|\b({works}|{typed}|[kw])\b", " ", text), tmp_path) == []


def ends_well(folder: Path) -> list[list[str]]:
    """Write files that every command takes, and return its options."""
    write_demo(folder / "вход", 60)
    made(
        folder,
        {
            "x.csv": "child,age,enrolled,attending,school_changes,incidents\na,8,1,1,3,1\n",
            "gone.csv": "child,age_after\na,10\n",
            "after.csv": "child\nb\n",
            "counts.csv": "enrolled,in_next_grade,repeaters\n200,188,8\n",
            "answers.csv": "\n".join(["key,answer", *(f"{one.key},partly" for one in QUESTIONS[:9])]),
        },
    )
    return [
        ["report", "вход", "--title", "№"],
        ["demo", "--to", "demo", "--pupils", "60"],
        ["children", "вход"],
        *([job, "x.csv"] for job in ("classify", "risk", "warning")),
        ["disappeared", "gone.csv", "after.csv"],
        ["indicator", "drop_out", "counts.csv"],
        ["assess", "form.csv"],
        ["assess", "answers.csv"],
        ["sheet"],
    ]


@pytest.mark.parametrize("language", OTHERS)
def test_what_a_command_says_when_all_is_well_is_in_the_language(language, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    for options in ends_well(tmp_path):
        assert run([*options, "--language", language]) == 0
        told = capsys.readouterr()
        text = re.sub(r"demo/\S*", " ", told.out + told.err)
        assert told.out and english(text, tmp_path) == [], options


def test_every_command_has_the_option():
    every = parser()._subparsers._group_actions[0].choices
    tried = {options[0] for options, _ in cases()} | {"rules", "names"}  # which print rules and names, and nothing else
    assert set(every) == tried
    for name, one in every.items():
        assert "--language" in one._option_string_actions, name
    assert list(LANGUAGES) == ["en", *OTHERS]
