"""How tests are shared among workers."""

from __future__ import annotations

import subprocess
import sys

from tests import sharing
from tests.conftest import ROOT


def test_tests_of_a_file_stay_together_and_visits_of_pages_are_spread():
    assert sharing.scope_of("tests/notebooks/a.ipynb::Cell 1") == "tests/notebooks/a.ipynb"
    visits = {sharing.scope_of(f"{sharing.IN_PARTS}::test_page[{number}.html]") for number in range(200)}
    assert len(visits) == sharing.PARTS


def test_visits_of_pages_come_behind_every_file(tmp_path):
    """A run of made tests: more visits than other tests, which xdist alone would give out first."""
    visits = tmp_path / sharing.IN_PARTS
    visits.parent.mkdir(parents=True)
    marked = "import pytest\n@pytest.mark.parametrize('page', range({many}))\ndef test_page(page): pass\n"
    visits.write_text(marked.format(many=100), encoding="utf-8")
    for name in ("a", "b", "c"):
        (tmp_path / f"tests/test_{name}.py").write_text(marked.format(many=2), encoding="utf-8")
    hook = "from tests.sharing import ByFileAndPart\ndef pytest_xdist_make_scheduler(config, log):\n"
    (tmp_path / "conftest.py").write_text(f"{hook}    return ByFileAndPart(config, log)\n", encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "--rootdir", str(tmp_path), "-n", "1", "-v", "tests"]
    run = subprocess.run(command, cwd=tmp_path, env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True)
    done = [line.split("::")[0].rpartition(" ")[2] for line in run.stdout.splitlines() if "PASSED" in line]
    assert len(done) == 106, run.stdout + run.stderr
    assert set(done[:6]) == {f"tests/test_{name}.py" for name in ("a", "b", "c")}
