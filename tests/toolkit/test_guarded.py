"""A command that fails says why in a sentence, and leaves nothing of a person on the disk."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import duckdb
import pytest

from evidence.toolkit.commands import guarded, own_folder
from evidence.toolkit.faults import BadInput, Fault, Unavailable, together


def failing(error: Exception):
    def run() -> int:
        raise error

    return run


TOLD = {
    "bad input": (BadInput([Fault("a.csv", 3, "day", "x", "is not a date")]), "a.csv, row 3, day: 'x' is not a date"),
    "a library": (Unavailable("Splink is not installed: run this"), "run this"),
    "a full disk": (OSError(28, "No space left on device", "out.csv"), "out.csv: there is no room left on the disk"),
    "a folder of another": (PermissionError(13, "Permission denied", "/x"), "/x: may not be read or written"),
    "no room to spill": (duckdb.OutOfMemoryException("failed to offload data block\nmore"), "Free space on the disk"),
}


@pytest.mark.parametrize("name", TOLD)
def test_what_fails_is_told_in_a_sentence(name, capsys):
    error, words = TOLD[name]
    assert guarded(failing(error), can_set_aside=True) == 1
    told = capsys.readouterr().err
    assert words in told and "Traceback" not in told


def test_faults_of_one_cause_are_told_once_with_their_number_and_first_rows(capsys):
    alike = [Fault("a.csv", row, "status", f"z{row % 7}", "is not a code") for row in range(2, 900)]
    alike.append(Fault("a.csv", None, "status", "", "is not a code", 100))
    empty = [Fault("a.csv", row, "day", "", "is empty") for row in (7, 9)]
    guarded(failing(BadInput([*alike, *empty], ["a.csv: columns not read: dey (is it day?)"])))
    assert capsys.readouterr().err.splitlines() == [
        "a.csv, rows 2, 3, 4 and 995 more, status: 'z2', 'z3', 'z4', 'z5', 'z6' and 2 others is not a code",
        "a.csv, rows 7, 9, day: is empty",
        "a.csv: columns not read: dey (is it day?)",
    ]


def test_another_error_is_not_hidden_and_a_stopped_query_stops():
    with pytest.raises(ZeroDivisionError):
        guarded(failing(ZeroDivisionError()))
    with pytest.raises(KeyboardInterrupt):
        guarded(failing(RuntimeError("Query interrupted")))


KILLED = """
import os, signal
from evidence.toolkit.commands import own_folder
with own_folder("evidence-made") as folder:
    (folder / "rows.csv").write_text("of a child")
    print(folder, flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_folder_of_its_own_is_gone_afterwards_and_the_next_run_takes_away_that_of_a_killed_one(tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    killed = subprocess.run([sys.executable, "-c", KILLED], capture_output=True, text=True, check=False)
    assert Path(killed.stdout.strip()).is_dir()
    with own_folder("evidence-made") as folder:
        assert list(tmp_path.iterdir()) == [folder] and folder.stat().st_mode & 0o077 == 0
    assert list(tmp_path.iterdir()) == []


def test_faults_of_all_steps_are_told_and_going_on_needs_all_of_them():
    def wrong(name: str, row: int | None) -> BadInput:
        return BadInput([Fault(name, row, "", "", "is wrong")])

    assert together(lambda: 1, lambda: 2) == [1, 2]
    for rows, can_go_on in (((3, 4), True), ((3, None), False)):
        with pytest.raises(BadInput) as refused:
            together(failing(wrong("a", rows[0])), lambda: 1, failing(wrong("b", rows[1])))
        assert [fault.file for fault in refused.value.faults] == ["a", "b"]
        assert refused.value.can_set_aside == can_go_on
