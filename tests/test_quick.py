"""What is slow is known by what it uses, and a quick test that does it all the same is refused."""

from __future__ import annotations

import subprocess
import sys
from types import SimpleNamespace

import pytest

from tests.conftest import ROOT, SITE, SOURCES
from tests.quick import Quick, is_slow_to_import, slow_names

FIXTURE = """import subprocess
import pytest

@pytest.fixture
def made():
    subprocess.run([])

"""
USES = {
    "a module of the library": "import subprocess\n\ndef test_it():\n    subprocess.run(['true'])",
    "an import inside": "def test_it():\n    from playwright.sync_api import sync_playwright\n    sync_playwright()",
    "a constant of ours": "from tests.conftest import SITE\n\ndef test_it():\n    assert SITE",
    "a helper of another module": "from tests.references import run\n\ndef test_it():\n    run(1)",
    "a helper of its own": "import nbclient as nb\n\ndef run():\n    nb.run()\n\ndef test_it():\n    run()",
    "a fixture of its own": FIXTURE + "def test_it(made):\n    pass",
    "a fixture of a fixture": FIXTURE
    + "@pytest.fixture\ndef more(made):\n    return 1\n\ndef test_it(more):\n    pass",
    "a class": "import subprocess\n\nclass Runs:\n    go = subprocess.run\n\ndef test_it():\n    Runs()",
    "a constant made of it": "from tests.conftest import site_pages\nPAGES = site_pages()\n\ndef test_it():\n    PAGES",
}
QUICK = {
    "nothing": "def test_it():\n    assert 1",
    "a name of its own": "import subprocess\nother = subprocess.run\n\ndef test_it():\n    other = 1\n    other",
    "an argument of a helper": "import subprocess\nmade = subprocess.run\n\ndef help(made):\n    return made\n\n"
    "def test_it():\n    help(1)",
    "a quick helper beside slow ones": "from tests.references import code_of\n\ndef test_it():\n    code_of(1)",
}


@pytest.mark.parametrize("use", USES)
def test_a_test_is_slow_by_what_it_uses(tmp_path, use):
    (tmp_path / "test_it.py").write_text(USES[use])
    assert "test_it" in slow_names(tmp_path / "test_it.py")


@pytest.mark.parametrize("use", QUICK)
def test_a_test_that_uses_nothing_slow_is_quick(tmp_path, use):
    (tmp_path / "test_it.py").write_text(QUICK[use])
    assert "test_it" not in slow_names(tmp_path / "test_it.py")


@pytest.mark.parametrize("name", ["site", "address", "browser", "book", "source_texts"])
def test_a_fixture_all_tests_share_is_slow(name):
    assert name in slow_names(ROOT / "tests/conftest.py")


def test_a_file_is_left_out_unread_only_if_importing_it_is_slow():
    assert is_slow_to_import(ROOT / "tests/site/test_pages.py")
    assert not is_slow_to_import(ROOT / "tests/site/test_build.py")


@pytest.fixture
def guard(monkeypatch):
    found = Quick(SimpleNamespace(option=SimpleNamespace(quick=False)))
    found.test = "test_it"
    return found


@pytest.mark.parametrize(
    ("event", "arguments"),
    [
        ("subprocess.Popen", ("chromium", [], None, None)),
        ("os.fork", ()),
        ("open", (str(SITE / "index.html"), "r", 0)),
        ("open", (SOURCES / "x.txt", "r", 0)),
    ],
)
def test_what_a_quick_test_must_not_do_is_refused_with_what_to_do(guard, event, arguments):
    with pytest.raises(RuntimeError, match=r"a quick test must not .*add to SLOW in tests/quick.py"):
        guard.refuse(event, arguments)
    guard.test = ""
    guard.refuse(event, arguments)  # between tests


def test_a_quick_test_may_read_what_is_kept(guard):
    guard.refuse("open", (str(ROOT / "data/facts.csv"), "r", 0))
    guard.refuse("import", ("subprocess",))


def test_a_quick_run_leaves_slow_tests_out():
    command = [sys.executable, "-m", "pytest", "tests/site/engine/test_runner.py", "--quick", "--collect-only"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert "test_a_cell_gives_what_a_kernel_gives" not in run.stdout and "deselected" in run.stdout, run.stdout
    assert "test_the_first_cell_that_fails" in run.stdout
