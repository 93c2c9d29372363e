"""Faults can be planted of every kind, a message is held to its place, and no random change stops a check."""

import os
import random
import signal
import subprocess
import sys
from collections import Counter

import pytest

from evidence.data.rules import Problem
from tests.conftest import ROOT
from tests.mutants import fuzz, trial
from tests.mutants.book import Mutant, tables
from tests.mutants.code import SUITES
from tests.mutants.kinds import KINDS, planted
from tests.mutants.results import Result, write

MUTANT = Mutant("digit", "", {"data/facts.csv": b""}, frozenset({("facts.csv", 7)}), frozenset({"a-fact"}))


@pytest.mark.parametrize("kind", KINDS)
def test_a_fault_of_every_kind_finds_a_place_and_changes_a_file(kind):
    dice = random.Random(kind)
    mutant = next(filter(None, (planted(kind, dice) for _ in range(5))))
    assert len(KINDS[kind]) > 10 and mutant.places
    assert all((ROOT / file).read_bytes() != raw for file, raw in mutant.files.items())


def test_modules_that_changes_are_planted_in_and_their_tests_are_there():
    named = [*SUITES, *(f"tests/{test}" for tests in SUITES.values() for test in tests)]
    assert [name for name in named if not (ROOT / name).is_file()] == []


def test_the_same_seed_plants_the_same_fault():
    assert planted("digit", random.Random(3)) == planted("digit", random.Random(3))


def test_tables_are_saved_as_they_are():
    assert [
        name for name, table in tables().items() if table.saved(table.rows) != (ROOT / table.path).read_bytes()
    ] == []


@pytest.mark.parametrize(
    ("problem", "named"),
    [
        (Problem("facts.csv", 7, "value", "3", "is wrong"), True),
        (Problem("facts.csv", 8, "value", "3", "is wrong"), False),
        (Problem("findings.csv", 7, "value", "3", "is wrong"), False),
        (Problem("readings.csv", 2, "id", "facts#a-fact", "is not there any more"), True),
    ],
)
def test_a_message_counts_where_it_names_file_and_row_or_the_id(problem, named):
    assert trial.is_named(MUTANT, problem) == named


def test_a_check_that_stops_names_nothing():
    stopped = Problem("facts.csv", 7, None, None, f"this check stopped. {trial.STOPPED}")
    assert trial.named_by(MUTANT, [stopped], "rule") is None


def test_faults_that_are_tried_at_once_are_in_different_files():
    others = [MUTANT._replace(files={f"data/{name}.csv": b""}) for name in ("a", "facts", "b", "a")]
    found = trial.batches([MUTANT, *others], most=3)
    assert [[next(iter(one.files)) for one in batch] for batch in found] == [
        ["data/facts.csv", "data/a.csv", "data/b.csv"],
        ["data/facts.csv", "data/a.csv"],
    ]


def test_a_fault_is_taken_out_again_even_if_its_trial_fails(tmp_path):
    (tmp_path / "data").mkdir()
    for name in ("facts.csv", "datapackage.json"):
        (tmp_path / "data" / name).write_bytes(b"as it was")
    with pytest.raises(RuntimeError), trial.planted([MUTANT], tmp_path):
        assert (tmp_path / "data" / "facts.csv").read_bytes() == b""
        raise RuntimeError
    assert (tmp_path / "data" / "facts.csv").read_bytes() == b"as it was"


def test_results_of_a_guard_stand_in_the_place_of_its_former_ones(tmp_path):
    path = tmp_path / "results.csv"
    write("data", [Result("data", "sign", "A sign", Counter(named=3, passed=1))], path)
    write("code", [Result("code", "x", "Code", Counter(named=1))], path)
    write("data", [Result("data", "digit", "A digit", Counter(reading=2, elsewhere=1, stopped=1))], path)
    assert path.read_text().split("\n")[1:3] == ["code-x,code,Code,1,0,0,0,0,", "data-digit,data,A digit,0,2,1,1,0,"]


def test_no_check_stops_at_a_hundred_random_changes():
    command = [sys.executable, "-m", "tests.mutants.fuzz", "--number", "100", "--together", "8", "--seed", "7"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr
    assert "100 of 100, " in run.stdout


def test_a_run_of_random_changes_says_how_far_it_is_and_an_interrupt_ends_it_with_what_it_found(capsys):
    def answers(number: int):
        for at in range(number):
            yield (
                Mutant("cells", f"change {at}", {}, frozenset()),
                trial.Verdict("stopped" if at == 7 else "named", "", ""),
            )
        raise KeyboardInterrupt

    found = fuzz.Found(2000)
    found.count(answers(250))
    said = capsys.readouterr().out.splitlines()
    assert [line.partition(", ")[0] for line in said[2:]] == ["100 of 2000", "200 of 2000", "interrupted: 250 of 2000"]
    assert said[1] == "change 7 => " and said[-1].endswith("refused 249, let pass 0, a check stopped at 1")
    assert not found.is_whole and found.stopped == 1


def test_an_interrupt_from_the_terminal_ends_random_changes_without_a_traceback():
    command = [sys.executable, "-m", "tests.mutants.fuzz", "--number", "2000", "--together", "8"]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    with subprocess.Popen(command, cwd=ROOT, start_new_session=True, **pipes) as run:
        said = run.stdout.readline()
        os.killpg(run.pid, signal.SIGINT)
        said += run.stdout.read()
    assert run.returncode == 130 and "interrupted: " in said and "Traceback" not in said, said
