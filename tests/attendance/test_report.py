"""From a folder of files to a report: right, whole or not there, without a row of a child, readable anywhere."""

from __future__ import annotations

import json
import re
from html import escape
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from evidence.attendance import report
from evidence.attendance.analysis import MAIN_RULE, STEPS, analysed
from evidence.attendance.commands import run
from evidence.attendance.demo import write_demo
from evidence.attendance.publishing import merged, published
from evidence.attendance.reading.folder import read_folder
from evidence.attendance.thresholds import HALF, THRESHOLDS
from evidence.toolkit import engines, reports
from evidence.toolkit.page import HIDDEN


@pytest.fixture(scope="module")
def demo(tmp_path_factory) -> Path:
    """Return a folder of synthetic files with a report of them inside."""
    folder = tmp_path_factory.mktemp("demo") / "attendance-demo"
    assert run(["demo", "--to", str(folder), "--pupils", "900"]) == 0
    return folder


@pytest.fixture(scope="module")
def results(demo):
    return analysed(read_folder(demo, engines.engine("duckdb")))


def table(demo: Path, name: str) -> pd.DataFrame:
    return pd.read_csv(demo / "report" / "tables" / f"{name}.csv")


def test_counts_are_those_of_a_plain_program_over_the_files(demo, results):
    absences = pd.read_csv(demo / "absences-synthetic.csv")
    unexcused = absences[absences["status"] == "unexcused"].groupby("child").size()
    counts = results.thresholds.set_index("rule")["children"]
    assert counts["over_10"] == (unexcused > 10).sum() and counts["from_10"] == (unexcused >= 10).sum()
    assert counts["days_15"] == (unexcused >= 15).sum() and counts["over_10"] > 0
    assert results.overview["days absent"] == len(absences)
    assert results.overview["children on roll"] == pd.read_csv(demo / "enrolment-synthetic.csv")["child"].nunique()


HALF_FILES = {  # ten school days, of which nobody recorded the last
    "calendar": ["school,date", *(f"A,2012-09-{day:02}" for day in range(3, 13))],
    "recorded": ["school,date", *(f"A,2012-09-{day:02}" for day in range(3, 12))],
    "enrolment": ["child,school,start,end", "c1,A,2012-09-01,", "c2,A,2012-09-01,", "c3,A,2012-09-03,2012-09-06"],
    "absences": [
        "child,school,date,status",
        *(f"c1,A,2012-09-{day:02},excused" for day in range(3, 8)),
        *(f"c2,A,2012-09-{day:02},excused" for day in range(3, 7)),
        *(f"c3,A,2012-09-{day:02},unexcused" for day in (3, 4)),
    ],
}


def test_half_of_the_period_counts_recorded_days_on_roll(tmp_path):
    """Of nine recorded days c1 missed five and c2 four; c3 left after four days and missed two. The day that nobody
    recorded would be the fifth of ten for c2, and does not save c1."""
    for name, lines in HALF_FILES.items():
        (tmp_path / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    row = analysed(read_folder(tmp_path, engines.engine("duckdb"))).thresholds.set_index("rule").loc["half_of_period"]
    assert row["title"] == HALF.title
    assert row[["children", "certain", "undetermined", "not_reached"]].tolist() == [2, 2, 1, 0]


def test_the_words_on_the_page_are_those_of_the_rules(demo):
    text = (demo / "report" / "index.html").read_text(encoding="utf-8")
    assert f"<strong>{MAIN_RULE.title}:" in text and f"<h2>{MAIN_RULE.title}, by region</h2>" in text
    assert all(escape(threshold.rule.brief()) in text for threshold in THRESHOLDS) and escape(HALF.text()) in text


def test_results_are_the_same_on_every_engine(demo, results, engine):
    if engine is None:
        pytest.skip("a report is made on DuckDB, pandas, Polars or Spark")
    again = analysed(read_folder(demo, engines.engine("duckdb")), engine)
    assert again.overview == results.overview
    for name in ("thresholds", "moves", "lengths"):
        pd.testing.assert_frame_equal(getattr(again, name), getattr(results, name), obj=name)
    for name, group in results.groups.items():
        assert again.groups[name].astype(str).equals(group.astype(str)), name


def test_states_add_up_to_the_children_on_roll(results):
    rows = results.thresholds
    assert (rows[["certain", "undetermined", "not_reached"]].sum(axis=1) == results.overview["children on roll"]).all()
    assert (rows["certain"] <= rows["children"]).all() and rows["undetermined"].sum() > 0
    assert (rows["children"] <= rows["certain"] + rows["undetermined"]).all()


def test_groups_add_up(results):
    found = results.thresholds.set_index("rule").loc["over_10", "children"]
    assert list(results.groups) == ["region", "district", "area", "school", "sex", "grade"]
    for name, group in results.groups.items():
        assert group["on_roll"].sum() == results.overview["children on roll"], name
        assert group["children"].sum() == found, name
    assert results.groups["grade"]["grade"].tolist() == [str(grade) for grade in range(1, 12)]


def test_a_report_holds_no_child(demo):
    files = [path for path in (demo / "report").rglob("*.*") if path.is_file()]
    book = openpyxl.load_workbook(demo / "report" / "tables.xlsx")
    cells = [str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row]
    texts = [path.read_text(encoding="utf-8") for path in files if path.suffix != ".xlsx"] + [" ".join(cells)]
    assert len(texts) > 8 and len(book.sheetnames) == len(list((demo / "report" / "tables").iterdir()))
    for text in texts:
        assert not re.search(r"synthetic-\d{6}", text)


def test_small_cells_are_shown_nowhere(demo, results):
    assert published(results, 5)[1] > 0
    names = [path.stem for path in (demo / "report" / "tables").glob("*.csv") if path.stem != "set_aside"]
    assert {"thresholds", "moves", "by_grade", "register_by_region", "register_by_area"} <= set(names)
    for name in names:
        rows = table(demo, name).drop(columns=["from_days", "to_days", "grade"], errors="ignore")
        counts = rows.select_dtypes("number").drop(columns=[one for one in rows if one.endswith("_pct")])
        if name != "decomposition":
            assert not ((counts > 0) & (counts < 5)).any(axis=None), name


def test_bands_of_few_episodes_go_into_the_next_and_none_is_lost():
    bands = pd.DataFrame({"from_days": [1, 2, 4, 6], "to_days": [1, 3, 5, None], "episodes": [3, 9, 4, 2]})
    found = merged(bands.astype({"to_days": "Int64"}), 5)
    assert found["episodes"].tolist() == [12, 6] and found["from_days"].tolist() == [1, 4]
    assert found["to_days"].tolist()[0] == 3 and found["to_days"].isna().tolist() == [False, True]


def test_sums_of_days_are_left_out_where_they_are_those_of_few_children(tmp_path):
    rows = [
        f"c{child},A,2012-09-0{day},{status}" for child, status in ((1, "excused"), (2, "unexcused")) for day in (3, 4)
    ]
    (tmp_path / "absences.csv").write_text("\n".join(["child,school,date,status", *rows]), encoding="utf-8")
    assert run(["report", str(tmp_path), "--to", str(tmp_path / "out")]) == 0
    overview = pd.read_csv(tmp_path / "out" / "tables" / "overview.csv", keep_default_na=False).set_index("what")
    hidden = ["children absent on any day", "days absent", "of them without a valid reason"]
    assert overview.index.tolist()[-3:] == hidden, "what is left out has its row, and says so"
    assert (
        overview.loc[hidden, "number"].eq("").all() and overview.loc[hidden, "note"].str.startswith("not shown").all()
    )
    page = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    assert f'<th scope="row">days absent</th><td>{HIDDEN}</td>' in page
    assert "The sign – stands for a number that is under 5" in page


def test_a_share_is_missing_where_its_count_is(results):
    shown, _ = published(results, 5)
    for frame in (shown.thresholds, *shown.groups.values()):
        assert frame.loc[frame["children"].isna(), "share_pct"].isna().all()


def test_the_page_needs_no_network_prints_and_says_what_it_is(demo):
    page = (demo / "report" / "index.html").read_text(encoding="utf-8")
    assert not re.search("https?:", page) and "<script" not in page and "<link" not in page and "@media print" in page
    assert "Synthetic data." in page and "No row of a child" in page
    for rule in THRESHOLDS:
        assert rule.title in page and rule.where.replace("'", "&#x27;") in page
    assert page.count("<th scope=") > 20 and 'lang="en"' in page


def test_the_data_package_is_valid(demo):
    import frictionless

    checked = frictionless.validate(str(demo / "report" / "datapackage.json"))
    assert checked.valid, checked.flatten(["message"])


def test_a_report_takes_the_place_of_a_report_and_of_nothing_else(demo, tmp_path):
    to = tmp_path / "out"
    assert run(["report", str(demo), "--to", str(to)]) == 0
    assert "end (set by the user)" not in (to / "index.html").read_text(encoding="utf-8")
    assert run(["report", str(demo), "--to", str(to), "--transfers", "end"]) == 0
    assert "end (set by the user)" in (to / "index.html").read_text(encoding="utf-8")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("mine")
    assert run(["report", str(demo), "--to", str(tmp_path / "mine")]) == 1
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["notes.txt"]


@pytest.mark.parametrize("stage", ["writing", "computing"])
def test_what_stops_half_way_leaves_what_was_there(stage, demo, tmp_path, monkeypatch):
    to = tmp_path / "out"
    assert run(["report", str(demo), "--to", str(to)]) == 0
    before = {path: path.read_bytes() for path in to.rglob("*") if path.is_file()}

    def stop(*_, **__):
        raise KeyboardInterrupt

    where, name = (reports.json, "dumps") if stage == "writing" else (report, "published")
    monkeypatch.setattr(where, name, stop)
    with pytest.raises(KeyboardInterrupt):
        run(["report", str(demo), "--to", str(to)])
    assert {path: path.read_bytes() for path in to.rglob("*") if path.is_file()} == before
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_query_that_is_stopped_stops_the_command_and_another_error_is_not_hidden(demo, tmp_path, monkeypatch):
    def stopped(*_, **__):
        raise RuntimeError("Query interrupted")

    def broken(*_, **__):
        raise RuntimeError("something else")

    for fault, expected in ((stopped, KeyboardInterrupt), (broken, RuntimeError)):
        monkeypatch.setattr(report, "read_folder", fault)
        with pytest.raises(expected):
            run(["report", str(demo), "--to", str(tmp_path / "out")])
    assert list(tmp_path.iterdir()) == []


def test_bad_rows_are_told_all_at_once_and_nothing_is_written(demo, tmp_path, capsys):
    for path in demo.glob("*.csv"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    with (tmp_path / "absences-synthetic.csv").open("a") as stream:
        stream.write("synthetic-000001,nowhere,2012-09-99,unexcused\nsynthetic-000001,,2012-09-03,zz\n")
    to = tmp_path / "out"
    assert run(["report", str(tmp_path), "--to", str(to)]) == 1
    told = capsys.readouterr().err
    assert "2012-09-99" in told and "'zz'" in told and "--set-aside" in told and "Traceback" not in told
    assert not to.exists()
    assert run(["report", str(tmp_path), "--to", str(to), "--set-aside"]) == 0
    aside = pd.read_csv(to / "tables" / "set_aside.csv")
    assert set(aside["rule"].str[:13]) >= {"is not a date"} and "value" not in aside.columns
    assert report.list_beside(to).is_file()
    assert run(["report", str(demo), "--to", str(to)]) == 0
    assert not report.list_beside(to).exists(), "a list of an earlier run tells nothing of this one"


def test_each_step_is_told(demo):
    heard: list[str] = []
    analysed(read_folder(demo, engines.engine("duckdb"), tell=heard.append), tell=heard.append)
    assert heard[-len(STEPS) :] == list(STEPS) and "absences-synthetic.csv" in heard


def test_the_demo_is_the_same_every_time(tmp_path):
    one, two = (write_demo(tmp_path / name, 50) for name in ("a", "b"))
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in two]
    assert all("synthetic" in path.name for path in one)


def test_a_package_names_what_it_holds(demo):
    package = json.loads((demo / "report" / "datapackage.json").read_text())
    files = {path.name for path in (demo / "report" / "tables").iterdir()}
    assert {Path(one["path"]).name for one in package["resources"]} == files
    assert all(one["description"] for one in package["resources"])


def test_the_self_assessment_writes_its_form_and_lists_gaps(tmp_path, capsys):
    path = tmp_path / "assessment.csv"
    assert run(["assess", str(path)]) == 0
    form = pd.read_csv(path, keep_default_na=False)
    form["answer"] = "yes"
    form.loc[form["key"] == "protocol_moves", "answer"] = "no"
    form.to_csv(path, index=False)
    capsys.readouterr()
    assert run(["assess", str(path)]) == 0
    told = capsys.readouterr().out
    assert "between regions" in told and "recommendations 8, 11" in told and f"1 of {len(form)} questions" in told
    form.loc[0, "answer"] = "perhaps"
    form.to_csv(path, index=False)
    assert run(["assess", str(path)]) == 1


def test_every_rule_and_the_sheet_are_printed(tmp_path, capsys):
    assert run(["rules"]) == 0
    assert capsys.readouterr().out.count("\n- ") > 30
    assert run(["sheet", "--to", str(tmp_path / "sheet.html")]) == 0
    assert (tmp_path / "sheet.html").read_text(encoding="utf-8").count("<h2>") == 5


def with_faults(demo: Path, folder: Path, rows: int, cells: int) -> Path:
    """Write synthetic files with so many absences and so many cells of sex that cannot be used, and return a report."""
    folder.mkdir()
    for path in demo.glob("*.csv"):
        (folder / path.name).write_bytes(path.read_bytes())
    with (folder / "absences-synthetic.csv").open("a") as stream:
        stream.write("synthetic-000001,synthetic-school-01,2012-09-99,unexcused\n" * rows)
    roll = folder / "enrolment-synthetic.csv"
    table = pd.read_csv(roll, dtype="string", keep_default_na=False)
    table.loc[: cells - 1, "sex"] = "?"
    table.to_csv(roll, index=False)
    assert run(["report", str(folder), "--to", str(folder / "out"), "--set-aside", "--title", "x"]) == 0
    return folder / "out"


def test_of_rows_set_aside_a_report_tells_no_exact_number_and_of_cells_none(demo, tmp_path, capsys):
    one, other = (with_faults(demo, tmp_path / f"{rows}", rows, cells) for rows, cells in ((6, 2), (9, 7)))
    told = capsys.readouterr().out
    assert "Lost with it: 6 absences." in told and "Lost with it: 9 absences." in told, "those who have the files know"
    aside = [(folder / "tables" / "set_aside.csv").read_text() for folder in (one, other)]
    pages = [(folder / "index.html").read_text(encoding="utf-8") for folder in (one, other)]
    parts = [page[page.index("<h2>What was set aside") : page.index("<h2>The rules")] for page in pages]
    assert aside[0] == aside[1] and parts[0] == parts[1]
    assert "at least 5 absences" in pages[0] and "5 or more" in parts[0] and "at least 5 absences" in pages[1]
    lists = [pd.read_csv(tmp_path / f"{rows}" / "out-set-aside.csv") for rows in (6, 9)]
    assert [len(rows) for rows in lists] == [8, 16] and all("value" not in rows for rows in lists)
