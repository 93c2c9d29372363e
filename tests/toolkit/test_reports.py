"""A report is whole or not there, whenever the run is stopped, killed or out of room."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest

from evidence.toolkit import reports
from evidence.toolkit.faults import BadInput
from evidence.toolkit.reports import check_place, write_report

NAME = "made-report"
ABOUT = {"counts": "Counts"}


def written(folder: Path, number: int) -> None:
    tables = {"counts": pd.DataFrame({"of": ["a", "b"], "number": [number, number]})}
    write_report(folder, NAME, "Made", {"index.html": f"<p>{number}</p>"}, tables, ABOUT)


def whole(folder: Path) -> int:
    """Return the number of a report of which every file is there and of one run."""
    page = (folder / "index.html").read_text().removeprefix("<p>").removesuffix("</p>")
    assert pd.read_csv(folder / "tables" / "counts.csv")["number"].tolist() == [int(page)] * 2
    assert reports.is_report(folder, NAME)
    return int(page)


def process_that_is_gone() -> int:
    return subprocess.run(["sh", "-c", "echo $$"], capture_output=True, text=True, check=True).stdout.strip()


@pytest.mark.parametrize("step", range(12))
def test_a_report_is_the_old_or_the_new_one_whatever_step_is_broken_off(step, tmp_path, monkeypatch):
    """Every call that touches the disk is counted; the one of this step fails, as on a disk that is full."""
    to, calls = tmp_path / "out", []
    written(to, 1)

    def failing(function):
        def run(*arguments, **named):
            calls.append(function.__name__)
            if len(calls) == step + 1:
                raise OSError(28, "No space left on device")
            return function(*arguments, **named)

        return run

    monkeypatch.setattr(reports.os, "replace", failing(os.replace))
    monkeypatch.setattr(reports.Path, "write_text", failing(Path.write_text))
    monkeypatch.setattr(reports.Path, "mkdir", failing(Path.mkdir))
    monkeypatch.setattr(reports.tempfile, "mkdtemp", failing(reports.tempfile.mkdtemp))
    monkeypatch.setattr(pd.DataFrame, "to_csv", failing(pd.DataFrame.to_csv))
    try:
        written(to, 2)
        done = 2
    except OSError:
        done = 1
    monkeypatch.undo()
    assert whole(to) == done
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_run_that_was_killed_between_two_reports_is_put_in_order(tmp_path):
    """Killed after the old report was moved away: it comes back, and the half-written one goes."""
    to = tmp_path / "out"
    written(to, 1)
    gone = process_that_is_gone()
    os.replace(to, tmp_path / f".out-{gone}-x-old")
    (tmp_path / f".out-{gone}-x").mkdir()
    (tmp_path / f".out-{os.getpid()}-y").mkdir()  # of a run that still works
    check_place(to, NAME)
    assert whole(to) == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == [f".out-{os.getpid()}-y", "out"]


def test_a_folder_of_something_else_is_refused_and_left(tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(BadInput, match="not a report"):
        written(tmp_path, 1)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


REPEATED = """
import sys
from pathlib import Path
from evidence.toolkit.commands import guarded
from tests.toolkit.test_reports import written
def run():
    number = 2
    print("begun", flush=True)
    while True:
        written(Path(sys.argv[1]), number)
        number += 1
try:
    sys.exit(guarded(run))
except KeyboardInterrupt:
    sys.exit(130)
"""


@pytest.mark.parametrize(
    ("how", "wait_ms"), [(signal.SIGKILL, 15), (signal.SIGKILL, 33), (signal.SIGTERM, 21), (signal.SIGINT, 27)]
)
def test_a_process_killed_at_any_moment_leaves_a_whole_report(how, wait_ms, tmp_path):
    to = tmp_path / "out"
    written(to, 1)
    process = subprocess.Popen([sys.executable, "-c", REPEATED, str(to)], stdout=subprocess.PIPE)
    assert process.stdout.readline() == b"begun\n"
    time.sleep(wait_ms / 1000)
    process.send_signal(how)
    code = process.wait()
    process.stdout.close()
    if how != signal.SIGKILL:
        assert code == 130 and [path.name for path in tmp_path.iterdir()] == ["out"]
    check_place(to, NAME)
    assert whole(to) >= 1
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
