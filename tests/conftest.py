"""What tests share: the built site, a copy of the book to plant faults in, a browser, a server."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from evidence.data.store import load
from tests.progress import Progress
from tests.quick import Quick
from tests.site.small_book import write_small_book
from tests.warm import Warm

ROOT = Path(__file__).resolve().parents[1]
SITE = ROOT / "_build" / "html"
SOURCES = Path(os.environ.get("EVIDENCE_SOURCES") or ROOT.parent / "shared" / "sources")
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
BOOK = (
    "evidence",
    "data",
    "chapters",
    "index.md",
    "_config.yml",
    "_toc.yml",
    "references.bib",
    "pyproject.toml",
    "jupytext.toml",
    "requirements.in",
    "requirements.txt",
)


def site_pages() -> list[str]:
    """Return every page of the built site, relative to it."""
    return sorted(str(path.relative_to(SITE)) for path in SITE.rglob("*.html"))


def is_whole(config) -> bool:
    """Return whether a run is one of all tests."""
    given = config.args in (["tests"], [str(ROOT / "tests")])
    return given and not (config.option.keyword or config.option.collectonly or config.option.quick)


def pytest_addoption(parser):
    """Add the options of ``make quick`` and ``make thorough``."""
    parser.addoption("--quick", action="store_true", help="only tests without site, browser, build, kernel or sources")
    parser.addoption("--thorough", action="store_true", help="also the cases that are like others which always run")


def pytest_configure(config):
    """Say what is being tested instead of printing dots."""
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a run in the background ignores it, and all it starts
    config.addinivalue_line("markers", "thorough: a case like others that always run; runs with --thorough")
    config.addinivalue_line("markers", "whole: asks the finished book page by page, chapter by chapter: make whole")
    config.pluginmanager.register(Quick(config), "quick")
    if not hasattr(config, "workerinput") and config.option.verbose <= 0 and not config.option.collectonly:
        config.pluginmanager.register(Progress(config, is_whole(config)), "progress")


def is_first_of_its_part(notebook: Path) -> bool:
    """Return whether a chapter is the one of its part that ``make test`` runs by a kernel too."""
    return notebook == min(notebook.parent.glob("*.ipynb"))


@pytest.hookimpl(tryfirst=True)  # before pytest chooses by mark
def pytest_collection_modifyitems(config, items):
    """Leave out the thorough cases unless they are asked for, and mark the chapters that only ``make whole`` runs."""
    for item in items:
        if item.path.suffix == ".ipynb" and not is_first_of_its_part(item.path):
            item.add_marker("whole")
    if not config.option.thorough:
        left_out = [item for item in items if item.get_closest_marker("thorough")]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


def cases(names, few: tuple[str, ...] = ()) -> list:
    """Return the cases of a test; all but a few of them run with ``--thorough`` only."""
    assert set(few) <= set(names), set(few) - set(names)
    return [pytest.param(name, marks=() if name in few else pytest.mark.thorough) for name in names]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Give a whole file to one worker, as ``--dist loadfile`` does, and the visits of all pages to every worker."""
    if config.getvalue("dist") != "loadfile":
        return None
    from tests.sharing import ByFileAndPart

    return ByFileAndPart(config, log)


def pytest_terminal_summary(terminalreporter):
    """Say how many cells of chapters were compared with their references."""
    if not is_whole(terminalreporter.config):
        return
    passed = [r for r in terminalreporter.stats.get("passed", []) if ".ipynb::" in r.nodeid]
    cells = [r for r in passed if not r.nodeid.endswith("Cell 0")]  # the switch of the reference
    chapters = {report.nodeid.split("::")[0] for report in cells}
    terminalreporter.write_line(f"notebooks: {len(cells)} cells of {len(chapters)} chapters equal their references")


def pytest_sessionfinish(session, exitstatus):
    """Fail a full run in which no cell of a chapter was compared."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter and is_whole(session.config) and not hasattr(session.config, "workerinput"):
        if not any(".ipynb::" in report.nodeid for report in reporter.stats.get("passed", [])):
            reporter.write_line("no cell of a chapter was compared: run with --nbval", red=True)
            session.exitstatus = 1


@pytest.fixture(scope="session")
def source_texts() -> Path:
    """Return the folder of the source texts; without them what needs them is skipped."""
    absent = [key for key in load("sources")["id"] if not (SOURCES / f"{key}.txt").is_file()]
    if absent:
        pytest.skip(f"the source texts are not in {SOURCES} (set EVIDENCE_SOURCES): {', '.join(absent)}")
    return SOURCES


@pytest.fixture(scope="session")
def site() -> Path:
    """Return the folder of the built site."""
    assert (SITE / "index.html").is_file(), "the book is not built: run 'make site'"
    return SITE


@pytest.fixture(scope="session")
def address(site) -> str:
    """Return the address of a local server of the site, a process of its own: no build may fork beside a thread."""
    command = [sys.executable, "-u", "-m", "http.server", "0", "--bind", "127.0.0.1", "--directory", str(site)]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    port = re.search(r"port (\d+)", server.stdout.readline())[1]
    yield f"http://127.0.0.1:{port}/"
    server.terminate()
    server.wait()


@pytest.fixture(scope="module")  # one that has died ends with its file
def browser():
    """Return Chromium; without it browser tests are skipped, or fail where EVIDENCE_BROWSER=required."""
    if CHROMIUM is None:
        if os.environ.get("EVIDENCE_BROWSER") == "required":
            pytest.fail("Chromium is not installed")
        pytest.skip("Chromium is not installed: browser tests are skipped")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        options = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
        chromium = play.chromium.launch(executable_path=CHROMIUM, args=options)
        yield chromium
        chromium.close()


def write_whole_book(folder: Path) -> None:
    """Copy the whole book into a folder."""
    for name in BOOK:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, folder / name)


class Book:
    """A copy of a book in a folder of its own, to change and build; ``home`` is its reader's."""

    def __init__(self, folder: Path, write=write_small_book):
        self.folder, self.home = folder, folder.parent / f"{folder.name}-home"
        self.warm: Warm | None = None
        for made in (self.folder, self.home):
            made.mkdir(exist_ok=True)
        write(folder)

    def path(self, name: str) -> Path:
        return self.folder / name

    def change(self, name: str, old: str, new: str) -> None:
        """Replace a text that stands in a file of the book."""
        text = self.path(name).read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {name}"
        self.path(name).write_text(text.replace(old, new), encoding="utf-8")

    @contextmanager
    def changed(self, *texts: tuple[str, str, str]) -> Iterator[None]:
        """Replace texts (file, old, new) for a while."""
        before = {file: self.path(file).read_bytes() for file, _, _ in texts}
        try:
            for file, old, new in texts:
                self.change(file, old, new)
            yield
        finally:
            for file, content in before.items():
                self.path(file).write_bytes(content)

    def environment(self) -> dict[str, str]:
        """Return the environment in which commands use the book's own copy of the package."""
        own = {"PYTHONPATH": str(self.folder), "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUNBUFFERED": "1"}
        own["GIT_OPTIONAL_LOCKS"] = "0"  # a copy may be a checkout of the repository itself
        return os.environ | own | {"HOME": str(self.home)}

    def keep_warm(self) -> Book:
        """Build in forks of one process, as long as the package is what it is now; :meth:`close` ends it."""
        self.warm = Warm(self.folder, self.environment())
        return self

    def close(self) -> None:
        """End the process that is kept warm."""
        if self.warm:
            self.warm.close()

    def run(self, *command: str) -> subprocess.CompletedProcess:
        """Run a command in the folder of the book; return exit code and output."""
        run = subprocess.run(command, cwd=self.folder, env=self.environment(), capture_output=True, text=True)
        run.output = run.stdout + run.stderr
        return run

    def build(self, *options: str, first: str = "") -> subprocess.CompletedProcess:
        """Build the book; ``first`` is Python that runs before, to plant a fault in the package."""
        return self.evidence("build", str(self.folder), *options, first=first)

    def evidence(self, *arguments: str, first: str = "") -> subprocess.CompletedProcess:
        """Run an ``evidence`` command."""
        if self.warm and self.warm.is_current():
            return self._in_warm(*arguments, first=first)
        code = f"import os, signal\n{first}\nfrom evidence.cli import main\nmain()"
        return self.run(sys.executable, "-c", code, *arguments)

    def _in_warm(self, *arguments: str, first: str) -> subprocess.CompletedProcess:
        log = self.home / "log.txt"
        code = self.warm.run(list(arguments), first, self.environment(), log)
        run = subprocess.CompletedProcess(arguments, code, log.read_text(encoding="utf-8"), "")
        run.output = run.stdout
        log.unlink()  # the home stays as its reader left it
        return run

    def start(self, *arguments: str) -> subprocess.Popen:
        """Start an ``evidence`` command of this copy; its output goes to the file ``log``."""
        log = self.folder / "log.txt"
        command = [sys.executable, "-m", "evidence", *arguments]
        run = subprocess.Popen(
            command, cwd=self.folder, env=self.environment(), stdout=log.open("w"), stderr=subprocess.STDOUT
        )
        run.log = log
        return run

    @staticmethod
    def wait_for(condition, run: subprocess.Popen, seconds: float = 300) -> None:
        """Wait until something is so; fail with the output of the command if it is not in time."""
        end = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < end and run.poll() is None, run.log.read_text()
            time.sleep(0.1)

    def page(self, name: str) -> str:
        return (self.folder / "_build" / "html" / name).read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def small_book_kept_warm(tmp_path_factory) -> Iterator[Book]:
    """Return the small book of a worker, built once."""
    copy = Book(tmp_path_factory.mktemp("small") / "book").keep_warm()
    run = copy.build()
    assert run.returncode == 0, run.output
    yield copy
    copy.close()


@pytest.fixture
def book(small_book_kept_warm) -> Book:
    """Return a small book, built once; a test that changes it puts it back."""
    return small_book_kept_warm
