"""With little memory the rules spill to disk, which is seen here, give the same result, and leave nothing behind."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from benchmarks import attendance as bench
from evidence.attendance.demo import write_demo


def watched(folder: Path, run) -> tuple[object, int]:
    """Return what a function returns, and the most bytes that stood in DuckDB's files for spilling meanwhile."""
    most, done = [0], threading.Event()

    def watch() -> None:
        while not done.is_set():
            sizes = []
            for path in folder.rglob("*.tmp"):
                try:
                    sizes.append(path.stat().st_size)
                except FileNotFoundError:
                    continue
            most.append(sum(sizes))
            time.sleep(0.005)

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        return run(), max(most)
    finally:
        done.set()
        thread.join()


def test_little_memory_spills_and_gives_the_same_result(tmp_path):
    bench.write_country(tmp_path, 0.2)
    whole = bench.ours(tmp_path, "")
    little, spilled = watched(tmp_path, lambda: bench.ours(tmp_path, "24MB"))
    assert little == whole
    assert spilled > 1_000_000, "nothing was spilled: the limit is too high for this test"


@pytest.mark.parametrize("after_s", [0.2, 0.9, 1.6])
def test_a_report_that_is_ended_leaves_no_row_of_a_child_and_no_half_report(after_s, tmp_path, monkeypatch):
    write_demo(tmp_path / "files", 200)
    (tmp_path / "room").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "room"))
    command = [sys.executable, "-m", "evidence", "attendance", "report", str(tmp_path / "files")]
    process = subprocess.Popen(
        [*command, "--to", str(tmp_path / "out")], stderr=subprocess.PIPE, stdout=subprocess.PIPE
    )
    time.sleep(after_s)
    process.terminate()
    _, told = process.communicate()
    assert b"Traceback" not in told
    assert list((tmp_path / "room").iterdir()) == []
    assert {path.name for path in tmp_path.iterdir()} <= {"files", "room", "out"}
    assert not (tmp_path / "out").exists() or (tmp_path / "out" / "index.html").exists()
