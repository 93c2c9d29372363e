"""A first folder is wrong in many ways: everything is said in one run, in lines that say what to do."""

from __future__ import annotations

import json

import pytest

from evidence.listening import commands
from tests.listening.test_reading import NEW, message, new_row, table, telegram

pytest.importorskip("lark", reason="lark is not installed: make listening")
pytest.importorskip("pymorphy3", reason="pymorphy3 is not installed: make listening")

WRONG = {  # file, what it holds, and what is said of it
    "public/cut.csv": (table(NEW, [new_row(1, "инклюзия")]).encode("utf-16")[:-5], "UTF-16 that breaks off"),
    "public/empty.csv": (b"", "empty.csv: is empty: nothing was saved in it; export it again"),
    "public/sheet.ods": (b"PK", "sheet.ods: is of a kind that is not read; save it as XLSX or CSV UTF-8"),
    "public/list.json": (b'[{"date":', "list.json: is not JSON"),
    "public/dates.csv": (
        "date,text\n31.02.2022,инклюзия\n".encode(),
        "dates.csv, row 2, date: '31.02.2022' is not a time",
    ),
    "public/more/mapping.toml": (
        b'[columns]\ntxet = "a"\n[constant]\n',
        "more/mapping.toml, txet: is no part of a post",
    ),
    "public/more/a.csv": (b"a,b\n1,2\n", "more/mapping.toml: '[constant]' is no part of a mapping"),
    "public/more/b.csv": (b"a,b\n1,2\n", ""),
    "organisations/result.json": (
        json.dumps(telegram(message(1, "инклюзия"))).encode()[:-9],
        ": is not JSON from this message on",
    ),
    "queries.csv": (
        "code,title,language,query\na,A,ru,школа автобус\na,B,ru,сад\nb,B,ru,\n".encode(),
        "queries.csv, row 3, title: 'B' is not 'A', as an earlier row calls a",
    ),
    "gender.csv": ("code,title,query\nb,B,сын\n".encode(), "gender.csv, row 1, language: no such column"),
    "places.csv": (
        "region,names,base\nА,а,много\n".encode(),
        "places.csv, row 2, base: 'много' is not a number above 0",
    ),
    "labels.csv": (b"post,about,coder,label\n,topic,x,1\n", "labels.csv, row 2, post: is empty"),
    "organisations.csv": (b"name\nx\n", "organisations.csv: no line of the first 30 is a head"),
}


@pytest.mark.parametrize("options", [[], ["--set-aside"]])
def test_every_fault_of_every_file_is_told_in_one_run_and_nothing_is_written(tmp_path, capsys, options):
    folder = tmp_path / "exports"
    for name, (content, _) in WRONG.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    key = tmp_path / "team.key"
    commands.run(["key", str(key)])
    before = sorted(tmp_path.rglob("*"))
    code = commands.run(["report", str(folder), "--key", str(key), "--to", str(tmp_path / "out"), *options])
    said = capsys.readouterr().err
    assert code == 1 and sorted(tmp_path.rglob("*")) == before
    assert [words for _, words in WRONG.values() if words not in said] == []
    assert said.count("txet") == 1, "a mapping beside two files is told once"
    assert "queries.csv, row 4, query: is empty" in said and "--set-aside" not in said and "Traceback" not in said


def test_labels_about_what_is_no_code_are_refused_and_those_of_other_posts_are_named(tmp_path, capsys):
    (tmp_path / "exports/public").mkdir(parents=True)
    rows = [new_row(number, "инклюзия в школе") for number in range(9)]
    (tmp_path / "exports/public/a.csv").write_text(table(NEW, rows), encoding="utf-8")
    labels = tmp_path / "exports/labels.csv"
    labels.write_text("post,about,coder,label\np,barriers/voilence,x,1\n", encoding="utf-8")
    commands.run(["key", str(tmp_path / "team.key")])
    options = ["report", str(tmp_path / "exports"), "--key", str(tmp_path / "team.key"), "--to", str(tmp_path / "out")]
    assert commands.run(options) == 1
    assert "labels.csv, about: 'barriers/voilence' is nothing that labels are about" in capsys.readouterr().err
    labels.write_text("post,about,coder,label\np,topic,x,1\nq,topic,x,0\n", encoding="utf-8")
    assert commands.run(options) == 0
    assert "labels.csv: 2 posts labelled are in no export" in (tmp_path / "out/index.html").read_text(encoding="utf-8")
