"""A build that fails, is stopped or meets another publishes nothing, and leaves nothing that the next one believes.

Each time the last good site stays as it was, and the next build in order writes what a build from nothing writes.
"""

from __future__ import annotations

import fcntl
import shutil
from pathlib import Path

import pytest

from tests.conftest import cases
from tests.site.edits import COUNTED, PLAIN, READ
from tests.site.edits.changes import NEW, cell, text
from tests.site.small_book import different

KILL = """
import importlib, time
module = importlib.import_module("evidence.site.{module}")
main_process, as_ever, only_in_forks = os.getpid(), module.{name}, {only_in_forks}
def stop(*given, **named):
    if only_in_forks and os.getpid() == main_process:
        return as_ever(*given, **named)
    os.kill(main_process, signal.SIG{how})
    time.sleep(9)
module.{name} = stop
"""


def killed(module: str, name: str, how: str = "KILL", only_in_forks: bool = False) -> str:
    """Return what ends a build when it comes to a function of the site."""
    return KILL.format(how=how, module=module, name=name, only_in_forks=only_in_forks)


FULL = """
import resource
resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, {size}))
"""
INTERRUPTIONS = {  # what is planted in the package for one build
    "killed before pages are read": killed("engine.execution", "forks.Runs"),
    "killed while chapters run": killed("engine.execution", "Results.put"),
    "killed while pages are read": killed("search.index", "note_page"),
    "killed while pages are written": killed("pages", "add_parts"),
    "killed while its forks write pages": killed("pages", "add_parts", only_in_forks=True),
    "interrupted while pages are written": killed("pages", "add_parts", "INT"),
    "terminated while pages are written": killed("pages", "add_parts", "TERM"),
    "killed while pictures are drawn": killed("figures", "draw_pictures"),
    "killed while the search is written": killed("search.index", "script"),
    "killed while downloads are written": killed("downloads", "csv_text"),
    "killed before it is published": killed("engine.publishing", "publish"),
    "a full disk while chapters run": FULL.format(size=200),
    "a full disk while pages are written": FULL.format(size=30_000),
    "a full disk while the search is written": FULL.format(size=120_000),
}
FEW = (
    "killed while chapters run",
    "killed while its forks write pages",
    "killed while the search is written",
    "killed before it is published",
    "a full disk while pages are written",
)


@pytest.fixture(scope="module")
def after(edited, tmp_path_factory) -> Path:
    """Return the site of a clean build after the edit that interrupted builds were to show."""
    edited.restore()
    NEW(edited.book)
    edited.build_in_order()
    assert edited.compare() == []
    return Path(shutil.copytree(edited.site, tmp_path_factory.mktemp("after") / "html"))


@pytest.mark.parametrize("how", cases(INTERRUPTIONS, FEW))
def test_after_an_interruption_nothing_is_published_and_the_next_build_is_right(edited, after, how):
    before = edited.restore()
    NEW(edited.book)
    assert edited.book.build(first=INTERRUPTIONS[how]).returncode != 0
    assert different(before, edited.site) == [], "something was published"
    edited.build_in_order()
    assert different(after, edited.site) == []


def test_publishing_that_was_stopped_is_done_again(edited, after):
    edited.restore()
    NEW(edited.book)
    stop = killed("engine.publishing", "copy")
    assert edited.book.build(first=stop).returncode != 0
    edited.build_in_order()
    assert different(after, edited.site) == []


FAULTS = {
    "a failing cell": text(f"{READ}.md", "import sys", "1 / 0"),
    "a cell that kills itself": text(f"{READ}.md", "import sys", "os.kill(os.getpid(), 9)"),
    "a warning": text(f"{PLAIN}.md", "Words,", "{nosuchrole}`x`"),
    "a fact that is not there": text(f"{COUNTED}.md", "`register-out-2012`", "`register-out-2021`"),
    "a row of an unknown document": cell("findings", "source", "nobody"),
    "a byte order mark": lambda book: (
        book.path(f"{READ}.md").write_bytes(b"\xef\xbb\xbf" + book.path(f"{READ}.md").read_bytes()) and None
    ),
    "settings that are no YAML": text("_config.yml", "html:", "html: ["),
    "a module that is no Python": text("evidence/figures/formulas.py", "\n", "\ndef f(:\n"),
}


@pytest.mark.parametrize("fault", cases(FAULTS, ("a failing cell", "a warning")))
def test_a_failed_build_publishes_nothing_and_leaves_nothing_that_the_next_believes(edited, after, fault):
    before = edited.restore()
    NEW(edited.book)
    FAULTS[fault](edited.book)
    for _ in range(2):
        run = edited.book.build()
        assert run.returncode == 1 and "Traceback" not in run.output
        assert different(before, edited.site) == [], "something was published"
    edited.restore()
    NEW(edited.book)
    edited.build_in_order()
    assert different(after, edited.site) == []


def test_of_two_builds_at_once_one_is_refused_and_the_other_is_right(edited, after):
    before = edited.restore()
    NEW(edited.book)
    with (edited.build / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        run = edited.book.build()
        assert run.returncode == 1 and "another build is writing" in run.output
        assert different(before, edited.site) == []
    edited.build_in_order()
    assert different(after, edited.site) == []


MEANWHILE = """
import pathlib
from evidence.site.engine import stale
as_ever, path = stale.names_digest, pathlib.Path("data/facts.csv")
def write(app):
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("register-out,188,,188,", "register-out,189,,189,"), encoding="utf-8")
    return as_ever(app)
stale.names_digest = write
"""


def test_a_table_that_is_written_while_the_book_is_built_makes_no_page(edited, after):
    before = edited.restore()
    run = edited.book.build(first=MEANWHILE)
    assert run.returncode == 1 and "facts.csv has changed while the book was built; build it again" in run.output
    assert different(before, edited.site) == [], "something was published"
    edited.build_in_order()
    assert different(after, edited.site) == []
