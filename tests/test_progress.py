"""A run says what is tested, how long it takes and what has failed, and says it once."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.conftest import ROOT
from tests.progress import in_words, subject_of

CONFTEST = """
import tests.progress

tests.progress.LONG = 0.3


def pytest_configure(config):
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(tests.progress.Progress(config, whole=True), "progress")
"""
TESTS = {
    "test_slow.py": '"""Slow things: and more."""\nimport time\n\ndef test_it():\n    time.sleep(0.5)\n',
    "test_bad.py": "import time\n\ndef test_it():\n    assert 1 == 2, 'one is not two'\n\ndef test_b():\n    pass\n",
    "test_quick.py": "import pytest\n\n@pytest.mark.parametrize('n', range(5))\ndef test_it(n):\n    pass\n",
}


@pytest.fixture
def run(tmp_path):
    """Return a function that runs planted tests and returns what is said, without what differs between runs."""
    for name, text in {"conftest.py": CONFTEST, **TESTS}.items():
        (tmp_path / name).write_text(text)
    (tmp_path / "pytest.ini").write_text("[pytest]\nconsole_output_style = classic\n")

    def of(*options: str) -> list[str]:
        command = [sys.executable, "-m", "pytest", "-q", *options]
        environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
        return subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True
        ).stdout.splitlines()

    return of


@pytest.mark.parametrize("options", [(), ("-n", "2", "--dist", "loadfile")], ids=["one process", "workers"])
def test_a_run_names_long_files_and_failures_and_counts_the_rest(run, options):
    lines = run(*options)
    said = "\n".join(lines)
    assert "FAILED test_bad.py::test_it: AssertionError: one is not two" in lines
    assert "test_bad.py: 2 tests, 1 FAILED." in said
    assert [line for line in lines if line.endswith(" s  test_slow.py: 1 test. Slow things")], said
    assert [line for line in lines if line.endswith(" s  1 other files: 5 tests")], said
    assert not [line for line in lines if set(line.strip()) and set(line.strip()) <= set(".F")], "no dots"
    assert "FAILED test_bad.py::test_it - AssertionError: one is not two" in lines, "in the summary too"
    assert "1 failed, 7 passed" in lines[-1]


def test_how_long_the_whole_takes_is_known_from_the_last_run_only(run):
    assert not [line for line in run() if "last time" in line]
    assert [line for line in run() if line.startswith("the whole took ") and line.endswith(" s last time")]


@pytest.mark.parametrize(("seconds", "words"), [(0.04, "0.0 s"), (9.94, "9.9 s"), (41.2, "41 s"), (125, "2 min 05 s")])
def test_a_time_reads_as_a_person_says_it(seconds, words):
    assert in_words(seconds) == words


def test_a_file_is_named_by_the_first_words_of_its_docstring():
    assert subject_of(ROOT / "tests/site/test_every_page.py") == "Every page as a browser meets it, in one visit"
    assert subject_of(ROOT / "tests/notebooks/a.ipynb").startswith("a chapter run by a kernel")
    assert subject_of(ROOT / "tests/none.py") == ""
