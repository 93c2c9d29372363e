"""Says what is being tested and how long it took, a line per file; failures are said at once.

On a terminal the last line shows what is running now. How long a whole run takes is known from the last one.
"""

from __future__ import annotations

import ast
import re
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pytest

LONG = 2  # seconds from which a file has a line of its own
LAST = "evidence/run_seconds/"  # key in pytest's cache, of what was chosen by mark


def in_words(seconds: float) -> str:
    """Return a time as a person says it."""
    if seconds < 60:
        return f"{seconds:.1f} s" if seconds < 10 else f"{seconds:.0f} s"
    return f"{seconds // 60:.0f} min {seconds % 60:02.0f} s"


def subject_of(path: Path) -> str:
    """Return what a test file is about: the first sentence of its docstring, up to a colon."""
    if path.suffix == ".ipynb":
        return "a chapter run by a kernel and compared with its reference"
    text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) if path.is_file() else ""
    return re.split(r"[:;]|\.(?:\s|$)", text or "", maxsplit=1)[0]


def first_line(report: pytest.TestReport) -> str:
    """Return the first line of what went wrong in a test."""
    crash = getattr(report.longrepr, "reprcrash", None)
    lines = (crash.message if crash else str(report.longrepr)).strip().splitlines()
    return lines[0] if lines else ""


@dataclass
class Part:
    """A test file on its way: when it began, its tests that have ended and failed."""

    began: float = field(default_factory=time.monotonic)
    ended: int = 0
    failed: int = 0


class Progress:
    """The lines of a run, in place of pytest's dots; in the process that reports, not in its workers."""

    def __init__(self, config: pytest.Config, whole: bool):
        self.config, self.whole, self.cache = config, whole, getattr(config, "cache", None)
        self.expected: Counter = Counter()
        self.parts: dict[str, Part] = {}
        self.short: list[tuple[int, float]] = []  # (tests, seconds) of files without a line of their own
        self.last = LAST + (config.option.markexpr or "all")
        self.started = time.monotonic()

    @property
    def reporter(self):
        return self.config.pluginmanager.get_plugin("terminalreporter")

    def say(self, text: str, **markup: bool) -> None:
        """Write a line that stays."""
        if self.reporter.isatty:
            self.reporter.rewrite("", erase=True)
        self.reporter.write_line(text, **markup)

    def say_now(self) -> None:
        """Show on a terminal what is running now, in a line that goes."""
        if not self.reporter.isatty:
            return
        now = [f"{name.removeprefix('tests/')} {p.ended}/{self.expected[name]}" for name, p in self.parts.items()]
        self.reporter.rewrite("  now: " + ", ".join(now), erase=True)

    # --- hooks ---

    def pytest_sessionstart(self) -> None:
        """Say how long the last whole run took, if one is known."""
        last = self.cache.get(self.last, None) if self.cache and self.whole else None
        if last:
            self.say(f"the whole took {in_words(last)} last time")

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Count the tests of each file."""
        if session.items:
            self.expected = Counter(item.nodeid.split("::")[0] for item in session.items)

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self, node, ids: list[str]) -> None:
        """Count the tests of each file, as a worker has found them."""
        self.expected = Counter(name.split("::")[0] for name in ids)

    @pytest.hookimpl(tryfirst=True)
    def pytest_report_teststatus(self, report):
        """Count an outcome and print no sign for it."""
        if report.when == "call" or report.outcome != "passed":
            category = "error" if report.failed and report.when != "call" else report.outcome
            word = category.upper() if report.failed else ""
            return (category, "", word) if not hasattr(report, "wasxfail") else None
        return None

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        """Note that a file has begun."""
        self.parts.setdefault(nodeid.split("::")[0], Part())
        self.say_now()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Say at once what has failed."""
        if report.failed:
            self.parts.setdefault(report.nodeid.split("::")[0], Part()).failed += 1
            self.say(f"FAILED {report.nodeid}: {first_line(report)}", red=True)

    def pytest_runtest_logfinish(self, nodeid: str) -> None:
        """Say that a file is done and how long it took, if it took long."""
        name = nodeid.split("::")[0]
        part = self.parts.setdefault(name, Part())
        part.ended += 1
        if part.ended < self.expected[name]:
            return
        seconds, count = time.monotonic() - part.began, part.ended
        del self.parts[name]
        if seconds < LONG and not part.failed:
            self.short.append((count, seconds))
            return
        tests = f"{count} test{'s' if count > 1 else ''}" + (f", {part.failed} FAILED" if part.failed else "")
        about = f"{name.removeprefix('tests/')}: {tests}. {subject_of(self.config.rootpath / name)}"
        self.say(f"  {in_words(seconds):>12}  {about}", red=bool(part.failed))

    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> None:
        """Say what the short files came to; note how long a whole run took."""
        if self.short:
            count, seconds = sum(tests for tests, _ in self.short), sum(seconds for _, seconds in self.short)
            self.say(f"  {in_words(seconds):>12}  {len(self.short)} other files: {count:,} tests")
        if self.cache and self.whole and exitstatus in (0, 1):
            self.cache.set(self.last, time.monotonic() - self.started)
