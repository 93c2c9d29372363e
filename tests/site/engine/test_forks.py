"""Chapters run apart from each other, within their time, and never outlive the build."""

from __future__ import annotations

import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import pytest

from evidence.site.engine import forks
from tests.site.engine.notebooks import notebook_of


def text_of(result: dict) -> str:
    """Return what the cells of a result printed."""
    return "".join(output.get("text", "") for _, outputs in result["cells"] for output in outputs)


def results_of(folder: Path, *notebooks) -> list[dict]:
    """Return the results of notebooks that run in forks, in their order."""
    runs, found = forks.Runs({str(n): (notebook, folder) for n, notebook in enumerate(notebooks)}), {}
    while len(found) < len(notebooks):
        found |= runs.wait()
    assert runs.wait() == {}, "nothing is on its way any more"
    return [found[str(n)] for n in range(len(notebooks))]


TIMES_S = (1, 4, 16, 64)  # given to a chapter until it comes, on a busy machine too, to where it is to be ended


def ended_where(monkeypatch, run, is_there):
    """Return what a run gives that is ended only when its chapter has come to where ``is_there`` says that it is."""
    for seconds in TIMES_S:
        monkeypatch.setattr(forks, "TIMEOUT_S", seconds)
        found = run()
        if is_there(found):
            return found
    raise AssertionError(f"not there in {TIMES_S[-1]} s: {found}")


def test_chapters_share_neither_variables_nor_modules_nor_options(tmp_path, monkeypatch):
    monkeypatch.setattr(forks, "WORKERS", 1)
    leave = "import builtins, pandas\nLEAK = 1\nbuiltins.leak = 1\npandas.LEAK = 1\n"
    leave += "pandas.set_option('display.precision', 1)"
    look = "import pandas\nprint('LEAK' in globals(), 'leak' in dir(__builtins__), hasattr(pandas, 'LEAK'))\n"
    look += "print(pandas.get_option('display.precision'))"
    found = results_of(tmp_path, notebook_of(leave, look), notebook_of(look))
    assert text_of(found[0]) == "True True True\n1\n", "the cell sees what it looks for"
    assert text_of(found[1]) == "False False False\n6\n"


def test_a_result_says_which_tables_its_chapter_read(tmp_path):
    slow, quick = (
        "import time\ntime.sleep(0.5)\nprint('slow')",
        "from evidence.data import schema\nschema.definition.cache_clear()\nschema.schema.cache_clear()\n"
        "from evidence.book import *\nload('themes')\nprint('quick')",
    )
    found = results_of(tmp_path, notebook_of(slow), notebook_of(quick))
    assert [text_of(result) for result in found] == ["slow\n", "quick\n"]
    read = [[name for name in result["reads"] if not name.startswith("evidence/")] for result in found]
    assert read == [[], ["themes.csv"]]
    assert [result["failure"] for result in found] == [None, None]


def test_the_build_goes_on_while_chapters_run(tmp_path):
    waits = notebook_of("import time\ntime.sleep(600)")
    runs = forks.Runs(dict.fromkeys("abc", (waits, tmp_path)))
    started = time.monotonic()
    assert runs.poll() == {} and time.monotonic() - started < 300, "nothing is waited for"
    assert all(map(runs.is_pending, "abc")) and not runs.is_pending("d")
    assert len(runs.jobs) == forks.WORKERS
    runs.end()
    assert not any(map(runs.is_pending, "abc"))


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("import time\ntime.sleep(600)", "did not finish in"),
        ("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)", "ended in this cell (SIGKILL)"),
        ("import os\nos._exit(3)", "ended in this cell (exit code 3)"),
        ("import os\npid = os.fork()\nimport time\ntime.sleep(600)", "did not finish in"),
        ("input()", "EOFError"),
    ],
    ids=["too slow", "killed", "gone", "too slow with a fork of its own", "waits for the keyboard"],
)
def test_a_chapter_without_a_result_names_its_cell_and_holds_nobody_up(tmp_path, monkeypatch, source, said):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    def fails_as_said(found) -> bool:
        failure = found[0]["failure"]
        return failure is not None and failure[0] == 1 and said in failure[1]

    ended_where(monkeypatch, lambda: results_of(tmp_path, notebook_of("1", source)), fails_as_said)
    assert list(tmp_path.iterdir()) == [], "nothing is left behind"


def test_a_fork_is_refused_while_a_thread_is_alive():
    stop = threading.Event()
    thread = threading.Thread(target=stop.wait, name="planted")
    thread.start()
    try:
        with pytest.raises(RuntimeError, match="while a thread is alive: planted"):
            forks.fork(print)
    finally:
        stop.set()
        thread.join()


ENDLESS = """
import nbformat, pathlib, sys
from evidence.site.engine import forks
cell = "import os, time\\nos.system(f'echo {os.getpid()} > pid')\\ntime.sleep(60)"
notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell)])
forks.Runs({"endless": (notebook, pathlib.Path(sys.argv[1]))}).wait()
"""


def is_running(process: int) -> bool:
    """Return whether a process is there and no zombie."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_no_chapter_outlives_the_build(tmp_path, how):
    build = subprocess.Popen([sys.executable, "-c", ENDLESS, str(tmp_path)], stderr=subprocess.DEVNULL)
    end = time.monotonic() + 300
    while not (tmp_path / "pid").is_file() or not (tmp_path / "pid").read_text():
        assert time.monotonic() < end and build.poll() is None
        time.sleep(0.05)
    chapter = int((tmp_path / "pid").read_text())
    build.send_signal(how)
    build.wait()
    while is_running(chapter):
        assert time.monotonic() < end, "the chapter is still running"
        time.sleep(0.05)
