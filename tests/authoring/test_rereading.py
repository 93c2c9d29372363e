"""``evidence read`` shows a row beside its lines and records who has read it."""

import csv
import re
import shutil

import pytest

from evidence.authoring import rereading
from evidence.authoring.rereading import Wanted, run
from evidence.authoring.writing import Draft
from evidence.checks import readings
from evidence.checks.texts import pinned_texts
from evidence.data import store
from evidence.data.rules import DataError, Problem
from tests.conftest import ROOT

FACT = "register-out-2012"
ONE = Wanted("facts", (FACT,), (), "first")
SMALL = "cecchetti2021vac_components"


@pytest.fixture
def root(tmp_path):
    """A folder with the table of readings, to be written to."""
    (tmp_path / "data").mkdir()
    shutil.copy(ROOT / "data" / "readings.csv", tmp_path / "data")
    return tmp_path


@pytest.fixture
def changed(monkeypatch):
    """The fact with another place than was read."""
    rows = {table: dict(readings.rows_of(table)) for table in (*readings.tables(), readings.TABLE)}
    rows["facts"][FACT] = rows["facts"][FACT] | {"place": "almaty-city"}
    monkeypatch.setattr(readings, "rows_of", rows.__getitem__)


@pytest.fixture
def once(root, monkeypatch):
    """A small table as one reader has read it."""
    rows = {
        key: row | {"read_by": "first"} if key.startswith(f"{SMALL}#") else row
        for key, row in readings.rows_of(readings.TABLE).items()
    }
    rows_of = readings.rows_of
    monkeypatch.setattr(readings, "rows_of", lambda table: rows if table == readings.TABLE else rows_of(table))
    path = root / "data" / "readings.csv"
    path.write_text(re.sub(rf"^({SMALL}#[^,]*),first;second,", r"\1,first,", path.read_text(), flags=re.MULTILINE))


def written(root) -> dict[str, dict[str, str]]:
    with (root / "data" / "readings.csv").open(newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


def asking(*answers: str):
    given = iter(answers)
    return lambda question: next(given)


def test_a_row_stands_beside_its_lines(source_texts, capsys):
    assert run(ONE, False, str(source_texts), None) == 0
    shown = capsys.readouterr().out
    [row] = [line for line in shown.splitlines() if line.startswith("locator")]
    assert re.search(r" \| 96\d  ", row) and " | 969  " in shown and "188" in shown
    assert "nothing recorded" in shown


def test_a_message_stands_beside_the_rows_it_rests_on(source_texts, capsys):
    texts, _ = pinned_texts(source_texts)
    key = next(key for key, row in readings.rows_of("synthesis").items() if row["facts"])
    fact = readings.rows_of("synthesis")[key]["facts"].split(";")[0]
    assert f"| facts#{fact}" in rereading.shown(("synthesis", key), texts, 160)


def test_a_changed_row_is_recorded_as_read_by_who_has_read_it_and_by_nobody_else(changed, root, source_texts, capsys):
    assert run(ONE, False, str(source_texts), asking("y"), root) == 0
    row = written(root)[f"facts#{FACT}"]
    assert row["read_by"] == "first", "the second reader has not read it in this form"
    assert row["row_digest"] == readings.row_digest(readings.rows_of("facts")[FACT])
    assert "1 row(s) recorded as read by the first reader" in capsys.readouterr().out


@pytest.mark.parametrize("answers", [("n",), ("q",)])
def test_what_a_reader_does_not_confirm_is_not_recorded(changed, root, source_texts, answers):
    run(ONE, False, str(source_texts), asking(*answers), root)
    assert written(root)[f"facts#{FACT}"]["read_by"] == "first;second"
    assert written(root)[f"facts#{FACT}"]["row_digest"] != readings.row_digest(readings.rows_of("facts")[FACT])


def test_a_second_reader_adds_to_the_first(root, once, source_texts):
    wanted = Wanted(SMALL, (), (), "second")
    assert run(wanted, True, str(source_texts), None, root) == 0
    rows = [row for key, row in written(root).items() if key.startswith(f"{SMALL}#")]
    assert rows and {row["read_by"] for row in rows} == {"first;second"}


def test_what_changes_is_one_line_a_row(root, once, source_texts):
    before = (root / "data" / "readings.csv").read_text().splitlines()
    run(Wanted(SMALL, (), (), "second"), True, str(source_texts), None, root)
    after = (root / "data" / "readings.csv").read_text().splitlines()
    assert len(set(after) - set(before)) == len(readings.rows_of(SMALL))
    assert [line.split(",")[0] for line in after] == [line.split(",")[0] for line in before]


def test_without_its_text_a_row_cannot_be_read(changed, root, tmp_path, capsys):
    empty = tmp_path / "texts"
    empty.mkdir()
    assert run(ONE, True, str(empty), None, root) == 1
    assert "not recorded, since their texts are not here" in capsys.readouterr().err
    assert written(root)[f"facts#{FACT}"]["read_by"] == "first;second"


@pytest.mark.parametrize("table", ["facts", readings.TABLE])
@pytest.mark.parametrize(
    "wanted", [ONE, Wanted("", (), ("changed", "moved"), "first")], ids=["one row", "all that changed"]
)
def test_rows_that_a_merge_left_twice_are_shown_and_recorded_for_nobody(
    changed, root, source_texts, monkeypatch, table, wanted
):
    """Of two rows with one id one would be shown, and the id recorded as read."""
    real = store.read

    def merged(resource, *data):
        found = real(resource, *data)
        if resource["name"] != table:
            return found
        twice = Problem(resource["path"], 3, "id", found.rows[0]["id"], "is already used in row 2")
        return found._replace(rows=[found.rows[0], *found.rows], problems=[twice])

    monkeypatch.setattr(store, "read", merged)
    before = written(root)
    with pytest.raises(DataError, match="already used"):
        run(wanted, True, str(source_texts), None, root)
    assert written(root) == before


def test_tables_and_rows_that_are_not_there_are_named_with_the_nearest():
    with pytest.raises(DataError, match="did you mean facts"):
        rereading.chosen(Wanted("fact", (), (), "first"), {})
    with pytest.raises(DataError, match=f"did you mean {FACT}"):
        rereading.chosen(Wanted("facts", (f"{FACT}x",), (), "first"), {})


def test_nothing_left_to_read_is_said(source_texts, capsys):
    assert run(Wanted("facts", (), ("new",), "first"), True, str(source_texts), None) == 0
    assert "Nothing is left to read here." in capsys.readouterr().out


def test_without_a_table_every_table_is_counted(source_texts, capsys):
    assert run(Wanted("", (), (), "first"), False, str(source_texts), None) == 0
    lines = capsys.readouterr().out.splitlines()
    counted = [line.split()[0] for line in lines[1:-1]]
    assert counted[: len(readings.tables())] == readings.tables()


def test_who_writes_a_row_has_read_its_lines(source_texts):
    texts, _ = pinned_texts(source_texts)
    row = {name: value for name, value in readings.rows_of("facts")[FACT].items() if name} | {"id": "made-up"}
    read = rereading.as_read(Draft([("facts", row)]), texts).rows
    assert [table for table, _ in read] == ["facts", "readings"]
    assert read[1][1]["read_by"] == "first" and read[1][1]["row_digest"] == readings.row_digest(row)
    assert rereading.as_read(Draft([("facts", row)]), {}).rows == [("facts", row)], "no text, no reading"


def test_a_reading_of_a_row_that_is_gone_is_forgotten(monkeypatch, root):
    rows = {table: dict(readings.rows_of(table)) for table in (*readings.tables(), readings.TABLE)}
    del rows["facts"][FACT]
    monkeypatch.setattr(readings, "rows_of", rows.__getitem__)
    assert rereading.forget_gone(root) == 1
    assert f"facts#{FACT}" not in written(root) and len(written(root)) == len(rows["readings"]) - 1
