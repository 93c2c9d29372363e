"""A report in Russian and Kazakh, and every message of the reader: nothing stays in English but names."""

from __future__ import annotations

import ast
import re
import tomllib
from html import unescape
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from string import Formatter

import openpyxl
import pandas as pd
import pytest

import evidence.attendance as attendance
from evidence.attendance import commands
from evidence.attendance import options as attendance_options
from evidence.attendance import page as report_page
from evidence.attendance.analysis import STEPS, TOO_MANY
from evidence.attendance.commands import run
from evidence.attendance.definitions import IMPOSSIBLE
from evidence.attendance.demo import write_demo
from evidence.attendance.language import WORDS, said, words
from evidence.attendance.reading import assumptions as reading
from evidence.attendance.reading.cells import RULES
from evidence.attendance.reading.losses import ENTRIES, Loss
from evidence.attendance.reading.notes import Kind
from evidence.attendance.reading.tables import UNREADABLE
from evidence.attendance.reading.unknown import ABSENCES_ONLY, EMPTY_PRESENT
from evidence.attendance.reading.words import words as column_names
from evidence.attendance.report import NAME, WRITING
from evidence.toolkit import commands as toolkit_commands
from evidence.toolkit import engines, faults, files, options, reports, rounding, system, workbooks
from evidence.toolkit.messages import Listed, Message, in_words
from evidence.toolkit.rounding import Counted

OTHERS = ("ru", "kk")
LEFT = (  # words that stay: options and names of files as one types them, and works
    "skipped|marked|present|absent|continue|end|apart|together|unknown|empty|sessions|tables|xlsx|Excel|Antonowicz|Wilson"
    "|Kitagawa|Journal of the American Statistical Association|synthetic[\\w.-]*|Synthetic region \\w+|district"
    "|calendar|recorded|enrolment|absences|register|ten|day|csv|k|w"
)


@pytest.fixture(scope="module", params=OTHERS)
def made(request, tmp_path_factory):
    """Return a language and the folder of a report in it, of synthetic files with a row to set aside."""
    folder = tmp_path_factory.mktemp(request.param)
    write_demo(folder / "in", 300)
    with (folder / "in" / "absences-synthetic.csv").open("a", encoding="utf-8") as stream:
        stream.write("synthetic-000001,synthetic-school-01,2012-09-99,unexcused\n")
    options = ["--to", str(folder / "out"), "--set-aside", "--language", request.param, "--title", "№"]
    assert run(["report", str(folder / "in"), *options]) == 0
    return request.param, folder / "out"


def text_of(folder) -> str:
    page = (folder / "index.html").read_text(encoding="utf-8")
    page = re.sub("<style>.*?</style>", "", page, flags=re.DOTALL)
    page = (
        page[: page.index("<h2>" + {"ru": "Что исключено", "kk": "Не алып"}[page[page.index("lang=") + 6 :][:2]])]
        + (page[page.index("<h2>" + {"ru": "Правила", "kk": "Ережелер"}[page[page.index("lang=") + 6 :][:2]]) :])
    )
    return unescape(re.sub("<[^>]+>", " ", page[page.index("<body>") :]))


def test_a_page_has_no_english_left_but_names(made):
    language, folder = made
    text = re.sub(rf"(?<![A-Za-z])({LEFT})(?![A-Za-z])", " ", text_of(folder))
    assert re.findall(r"[A-Za-z]{2,}(?: [A-Za-z]+)*", text) == []
    assert f'<html lang="{language}">' in (folder / "index.html").read_text(encoding="utf-8")


def test_numbers_of_tables_have_the_comma_of_the_language(made):
    _, folder = made
    page = (folder / "index.html").read_text(encoding="utf-8")
    assert re.search(r"<td>\d+,\d</td>", page) and not re.search(r"<td>\d+\.\d</td>", page)


def test_the_workbook_has_heads_of_the_language_and_the_numbers_of_the_files(made):
    language, folder = made
    sheet = openpyxl.load_workbook(folder / "tables.xlsx")["thresholds"]
    rows = list(sheet.iter_rows(values_only=True))
    file = pd.read_csv(folder / "tables" / "thresholds.csv")
    assert said(language)("Reached for certain") in rows[0] and len(rows) == len(file) + 1
    assert [row[2] for row in rows[1:]] == [None if pd.isna(value) else value for value in file["children"]]


def test_every_text_has_both_languages_and_the_same_parts_to_fill_in():
    entries = tomllib.loads(WORDS.read_text(encoding="utf-8"))["text"]
    assert len({one["en"] for one in entries}) == len(entries)
    for one in entries:
        assert set(one) == {"en", *OTHERS} and all(one.values()), one
        parts = [sorted(name for _, name, *_ in Formatter().parse(one[language]) if name) for language in one]
        assert parts[0] == parts[1] == parts[2], one["en"]


def test_what_is_assumed_and_lost_has_words_in_every_language():
    texts = [value for name, value in vars(reading).items() if name.isupper()] + [ABSENCES_ONLY, EMPTY_PRESENT]
    constants = [value for name, value in vars(report_page).items() if name.isupper() and isinstance(value, str)]
    texts += [*report_page.HEADS.values(), *(text for text in constants if " " in text)]
    assert [text for text in texts if text not in words()] == []
    assert Loss(3, "x", ENTRIES).published(5, said("ru")) == "меньше 5 записей реестра длительных пропусков"


def test_a_text_without_words_stays_and_pages_are_those_of_the_language():
    assert said("ru")("p. 7, no such text") == "с. 7, no such text" and said("en")("Rule") == "Rule"
    assert said("kk")("p. 7-8, no such text") == "7-8-б., no such text"


def test_a_text_that_begins_like_a_formula_is_none(tmp_path):
    lines = [
        "child,school,date,status",
        *(f'c{number},"=1+1",2024-09-0{day},u' for number in range(9) for day in (2, 3)),
    ]
    (tmp_path / "absences.csv").write_text("\n".join(lines), encoding="utf-8")
    roll = ["child,school,start", *(f'c{number},"=1+1",2024-09-01' for number in range(9))]
    (tmp_path / "enrolment.csv").write_text("\n".join(roll), encoding="utf-8")
    assert run(["report", str(tmp_path), "--to", str(tmp_path / NAME)]) == 0
    cell = openpyxl.load_workbook(tmp_path / NAME / "tables.xlsx")["by_school"]["A2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def templates(module) -> set[str]:
    """Return the texts that a module makes messages of, and those of its kinds of notes: literals and its names."""
    tree, found = ast.parse(Path(module.__file__).read_text(encoding="utf-8")), set()
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call) and node.args):
        if ast.unparse(call.func) in ("Message.of", "Counted.rows", "say", "_sentence"):
            made = [
                inner
                for part in ast.walk(call.args[0])
                if isinstance(part, ast.JoinedStr | ast.Subscript | ast.Compare)  # no text by itself
                for inner in ast.walk(part)
            ]
            for part in (part for part in ast.walk(call.args[0]) if part not in made):
                if isinstance(part, ast.Constant) and isinstance(part.value, str):
                    found.add(part.value)
                elif isinstance(part, ast.Name) and isinstance(getattr(module, part.id, None), str):
                    found.add(getattr(module, part.id))
    return found | {value.text for value in vars(module).values() if isinstance(value, Kind)}


def modules_of(package) -> list:
    """Return the modules of a package, with those of its rooms."""
    names = [one.name for one in walk_packages(package.__path__, f"{package.__name__}.") if not one.ispkg]
    return [import_module(name) for name in names]


def test_every_message_of_the_toolkit_has_words_in_every_language():
    shared = (faults, rounding, toolkit_commands, engines, reports, options, system, files, workbooks)
    found = set().union(*map(templates, [*modules_of(attendance), *shared])) | set(RULES.values()) - {""}
    found |= {commands.PROTECT, commands.MADE, commands.LISTED, TOO_MANY, attendance_options.NO_FOLDER}
    found |= {*UNREADABLE.values(), *system.REASONS.values(), *system.OF_DUCKDB.values(), *options.MISTAKES}
    found |= {*STEPS, WRITING, *attendance_options.MISTAKES, *(words_ for *_, words_ in IMPOSSIBLE)}
    assert len(found) > 130, "the texts are looked for where they no longer are"
    assert sorted(found - set(words()) - set(column_names()["columns"])) == []


def test_no_fault_has_a_text_that_only_english_can_tell():
    """A rule is a message of a template, or one text as a whole: no text is put together before it is told."""
    made = [
        f"{module.__name__}: {ast.unparse(call)}"
        for module in modules_of(attendance)
        for call in ast.walk(ast.parse(Path(module.__file__).read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and ast.unparse(call.func) in ("Fault", "Unavailable")
        for given in call.args[4:5] or call.args[:1]
        if isinstance(given, ast.JoinedStr | ast.BinOp) or (isinstance(given, ast.Constant) and given.value)
    ]
    assert made == []


def test_a_message_is_told_from_its_parts():
    inner = Message.of("row {row}", row=3)
    text = Message.of("{file}, row {row}", file="a.csv", row=Listed.joined([inner, "x"], " and "))
    assert text == "a.csv, row row 3 and x" and text.said(said("ru")) == "a.csv, строка строка 3 и x"
    assert in_words("Rule", said("ru")) == "Правило"
    rows = Message.of("{what}: {where}", what="a", where=Listed.joined([Counted.rows("{number} rows", 13)], "; "))
    assert rows == "a: 13 rows" and rounding.published(rows, 5) == "a: at least 10 rows"
    assert rounding.published(rows, 0) == rows and rounding.published(rows, 20) == "a: fewer than 20 rows"
    assert rounding.published(rows, 5).said(said("ru")) == "a: строк: не менее 10"
