"""Whatever a chapter reads is noted, by its content: files, folders, variables, modules, versions of packages."""

from __future__ import annotations

import os
import sysconfig
import time
from pathlib import Path

import nbformat
import pytest

from evidence.data.schema import ROOT
from evidence.site.engine import forks, reads, results, steady
from evidence.site.engine.results import Results, digests_of, is_current

OUTSIDE = """
import os, sys
from pathlib import Path
sys.path.insert(0, os.getcwd())
import beside
Path("a.txt").read_text()
os.listdir("folder")
os.environ.get("PLANTED"), os.getenv("ABSENT"), "ASKED" in os.environ
import tempfile
Path(tempfile.gettempdir(), "own.txt").write_text("mine")
Path(tempfile.gettempdir(), "own.txt").read_text()
with tempfile.TemporaryFile() as stream:
    stream.write(b"x")
"""


def ran(folder: Path, code: str) -> list[str]:
    """Return what a chapter of one cell has read."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code)])
    (result,) = forks.Runs({"one": (notebook, folder)}).wait().values()
    assert result["failure"] is None, result["failure"]
    return [name for name in result["reads"] if name.startswith(reads.KINDS)]


@pytest.fixture
def beside():
    """Return a folder of the repository, as that of a chapter is, with what a cell may read."""
    folder = ROOT / "_build" / "planted-reads"
    made = reads.MADE
    reads.MADE = f"{ROOT / '_build' / 'html'}{os.sep}"  # so that this folder counts
    for name, text in {"beside.py": "WORD = 1\n", "a.txt": "a", "folder/one": ""}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    yield folder
    reads.MADE = made
    for path in sorted(folder.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    folder.rmdir()


def test_files_folders_variables_and_modules_are_noted_and_what_a_cell_wrote_itself_is_not(beside):
    folder = beside.relative_to(ROOT)
    assert ran(beside, OUTSIDE) == [
        f"file:{folder}/a.txt",
        f"file:{folder}/beside.py",
        f"folder:{folder}",
        f"folder:{folder}/folder",
        "variable:ABSENT",
        "variable:ASKED",
        "variable:PLANTED",
    ]


def test_what_libraries_ask_for_is_not_noted(tmp_path):
    assert ran(tmp_path, "from evidence.book import *\npd.DataFrame({'a': [1]}).to_html()") == []


def change_file(folder: Path) -> None:
    (folder / "a.txt").write_text("b")


def change_folder(folder: Path) -> None:
    (folder / "folder/two").write_text("")


def change_variable(folder: Path) -> None:
    os.environ["PLANTED"] = "set"


def change_module(folder: Path) -> None:
    (folder / "beside.py").write_text("WORD = 2\n")


CHANGES = {change_file: "file_digest", change_folder: "folder_digest", change_variable: "variable_digest"}


@pytest.mark.parametrize("change", [*CHANGES, change_module])
def test_a_result_is_valid_until_what_it_read_is_another(beside, change, monkeypatch):
    monkeypatch.setenv("PLANTED", "before")
    kept = digests_of(ran(beside, OUTSIDE))
    assert is_current(kept)
    change(beside)
    assert not is_current(kept)


@pytest.mark.parametrize("change", CHANGES)
def test_without_the_digest_of_what_it_read_a_result_would_stay_valid(beside, change, monkeypatch):
    monkeypatch.setenv("PLANTED", "before")
    monkeypatch.setattr(reads, CHANGES[change], lambda _: "the same")
    monkeypatch.setattr(results, "file_digest", lambda _: "the same")
    kept = digests_of(ran(beside, OUTSIDE))
    change(beside)
    assert is_current(kept)


def test_another_version_of_a_package_makes_every_result_invalid(tmp_path, monkeypatch):
    monkeypatch.setattr(sysconfig, "get_path", lambda name: str(tmp_path))
    (tmp_path / "pandas-2.0.dist-info").mkdir()
    before = results.installed.__wrapped__()
    (tmp_path / "pandas-2.0.dist-info").rename(tmp_path / "pandas-2.1.dist-info")
    after = results.installed.__wrapped__()
    assert before != after
    keys = []
    for digest in (before, after):
        monkeypatch.setattr(results, "installed", lambda digest=digest: digest)
        keys.append(results.code_digest.__wrapped__())
    assert keys[0] != keys[1]


def test_a_kept_result_names_what_it_read(tmp_path):
    kept = Results(tmp_path).put("key", {"cells": [], "reads": ["variable:HOME"], "failure": None, "seconds": 0})
    assert kept["reads"] == {"variable:HOME": reads.variable_digest("HOME")}


def test_whether_a_file_is_there_is_noted(beside):
    (name,) = ran(beside, "import os\nfrom pathlib import Path\nPath('flag').exists(), os.path.isfile('flag')")
    assert name == f"there:{beside.relative_to(ROOT)}/flag"
    kept = digests_of([name])
    (beside / "flag").write_text("x")
    assert not is_current(kept)


@pytest.mark.parametrize(
    "code", ["os.environb.get(b'PLANTED')", "os.getenvb(b'PLANTED')", "os.path.expandvars('$PLANTED')"]
)
def test_a_variable_is_noted_however_it_is_asked_for(tmp_path, code):
    assert ran(tmp_path, f"import os\n{code}") == ["variable:PLANTED"]


def test_a_terminal_a_place_and_a_language_show_in_no_output(tmp_path, monkeypatch):
    code = "import shutil, time\nprint(shutil.get_terminal_size().columns, time.localtime(0).tm_hour)"
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code)])
    shown = set()
    for columns, zone in (("40", "UTC"), ("200", "Asia/Almaty")):
        monkeypatch.setenv("COLUMNS", columns)
        monkeypatch.setenv("TZ", zone)
        (result,) = forks.Runs({"one": (notebook, tmp_path)}).wait().values()
        shown.add(result["cells"][0][1][0]["text"])
    assert shown == {"80 0\n"}


def test_a_file_that_is_written_while_a_chapter_runs_fails_it(beside):
    code = """from pathlib import Path
first = Path("a.txt").read_text()
while Path("a.txt").read_text() == first:
    pass"""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code)])
    runs, found, written = forks.Runs({"one": (notebook, beside)}), {}, 0
    while not (found := runs.poll()):
        written += 1
        (beside / "a.txt").write_text(f"written {written} times")
        time.sleep(0.1)
    assert "a.txt has changed while the book was built; build it again" in found["one"]["failure"].error


def test_a_table_that_has_changed_since_the_build_began_fails_the_chapters_that_read_it(tmp_path):
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell("from evidence.book import *\nrows = load('practices')")]
    )
    before = steady.inputs()
    for file, expected in (("practices.csv", True), ("facts.csv", False)):
        runs = forks.Runs({"one": (notebook, tmp_path)}, inputs=before | {file: (0, 0)})
        (result,) = runs.wait().values()
        said = "practices.csv has changed while the book was built"
        assert said in result["failure"].error if expected else result["failure"] is None
