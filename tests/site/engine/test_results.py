"""A kept result is taken only while the cells, the code and the data it rests on are the same."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest

from evidence.site.engine import results
from evidence.site.engine.results import Results, cells_digest

RAN = {"cells": [[1, []]], "reads": ["a.csv"], "failure": None, "seconds": 0.1}


@pytest.fixture
def kept(tmp_path, monkeypatch) -> Results:
    monkeypatch.setattr(results, "DATA", tmp_path)
    (tmp_path / "a.csv").write_text("id\n1\n")
    found = Results(tmp_path / "kept")
    found.put("key", RAN)
    return found


def test_a_result_is_valid_while_the_data_it_read_are_the_same(kept, tmp_path):
    assert kept.get("key")["cells"] == RAN["cells"]
    (tmp_path / "a.csv").write_text("id\n2\n")
    assert kept.get("key") is None
    (tmp_path / "a.csv").write_text("id\n1\n")
    assert kept.get("key") is not None
    (tmp_path / "a.csv").unlink()
    assert kept.get("key") is None


def test_a_file_that_was_missing_and_is_there_now_makes_a_result_invalid(kept, tmp_path):
    kept.put("other", RAN | {"reads": ["b.csv"]})
    assert kept.get("other") is not None
    (tmp_path / "b.csv").write_text("id\n")
    assert kept.get("other") is None


@pytest.fixture
def table(kept, tmp_path, monkeypatch) -> dict:
    """Return the rows of a table of which a kept result has read one, to change with the files behind them."""
    rows = {"x": ("x", 1), "y": ("y", 2)}
    monkeypatch.setattr(results.store, "schema", lambda: {"facts": {"path": "f.csv"}, "pages": {"path": "p.csv"}})
    monkeypatch.setattr(results.store, "rows", lambda name: rows)
    for name in ("f.csv", "p.csv"):
        (tmp_path / name).write_text("before")
    kept.put("one row", RAN | {"reads": ["f.csv#x"]})
    return rows


@pytest.mark.parametrize("file", ["f.csv", "p.csv"])
def test_a_result_that_read_one_row_is_valid_while_that_row_is_the_same(kept, table, tmp_path, file):
    (tmp_path / file).write_text("after")
    table["y"] = ("y", 3)
    assert kept.get("one row") is not None
    table["x"] = ("x", 3)
    assert kept.get("one row") is None
    del table["x"]
    assert kept.get("one row") is None


def test_rows_are_not_looked_at_while_their_files_are_the_same(kept, table):
    table["x"] = ("x", 3)
    assert kept.get("one row") is not None


def test_a_result_is_valid_while_the_modules_it_imported_are_the_same(kept, tmp_path, monkeypatch):
    monkeypatch.setattr(results, "ROOT", tmp_path)
    module = tmp_path / results.PARTS / "a.py"
    module.parent.mkdir(parents=True)
    module.write_text("A = 1")
    kept.put("chapter", RAN | {"reads": [f"{results.PARTS}a.py"]})
    assert kept.get("chapter") is not None
    module.write_text("A = 2")
    assert kept.get("chapter") is None


@pytest.mark.parametrize("content", ["", "{", '{"cells": ['])
def test_a_broken_file_is_no_result(kept, content):
    (kept.folder / "key.json").write_text(content)
    assert kept.get("key") is None


def test_a_failed_result_is_never_kept(kept):
    with pytest.raises(ValueError, match="a failed result is not kept"):
        kept.put("bad", RAN | {"failure": (0, "ZeroDivisionError")})
    assert kept.get("bad") is None and {path.name for path in kept.folder.iterdir()} == {"key.json"}


def test_only_what_is_used_is_kept(kept):
    kept.put("old", RAN)
    (kept.folder / "half.tmp").write_text("")
    kept.keep_only({"key"})
    assert {path.name for path in kept.folder.iterdir()} == {"key.json"}


def notebook_of(source: str, tags: list[str], text: str = "words"):
    cells = [nbformat.v4.new_markdown_cell(text), nbformat.v4.new_code_cell(source, metadata={"tags": tags})]
    return nbformat.v4.new_notebook(cells=cells)


def test_the_key_changes_with_code_tags_and_folder_and_not_with_prose(monkeypatch):
    one = cells_digest(notebook_of("1", []), Path("/a"))
    assert cells_digest(notebook_of("1", [], text="other words"), Path("/a")) == one
    assert cells_digest(notebook_of("2", []), Path("/a")) != one
    assert cells_digest(notebook_of("1", ["raises-exception"]), Path("/a")) != one
    assert cells_digest(notebook_of("1", []), Path("/b")) != one
    monkeypatch.setattr(results, "code_digest", lambda: "another")
    assert cells_digest(notebook_of("1", []), Path("/a")) != one


def test_the_code_that_counts_is_what_chapters_import_and_what_runs_them(tmp_path, monkeypatch):
    package = tmp_path / "evidence"
    for name in ("figures/formulas.py", "site/pages.py", "site/engine/runner.py", "checks/prose.py", "cli.py"):
        (package / name).parent.mkdir(parents=True, exist_ok=True)
        (package / name).write_text("1")
    monkeypatch.setattr(results, "ROOT", tmp_path)
    before = results.code_digest.__wrapped__()
    for name, counts in (
        ("site/pages.py", False),
        ("checks/prose.py", False),
        ("cli.py", False),
        ("figures/formulas.py", True),
        ("site/engine/runner.py", True),
    ):
        (package / name).write_text("2")
        assert (results.code_digest.__wrapped__() != before) == counts, name
        (package / name).write_text("1")
