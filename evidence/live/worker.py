"""The warm process: imports Sphinx and the book once, then checks and builds in a fork each as often as it is told.

It is told, and tells, by lines of JSON; what is printed meanwhile goes to a log. When the supervisor is gone, so is
its pipe, and the worker ends with its forks.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from evidence.live.notes import ROOT, Note, note, note_of, notes_of_error, relative

LOG = ROOT / "_build" / "live.log"
GRACE_S = 60  # speed: what a build may take beside its slowest chapter

Tell = Callable[[dict], None]


# --- in a fork ---------------------------------------------------------------------------------


def check(tell: Tell) -> None:
    """Run the checks and tell what they find."""
    try:
        from evidence.checks.book import problems

        found = [note_of(problem) for problem in problems(at_work=True)]
    except Exception as error:
        found = notes_of_error(error, "the checks could not run: ")
    tell({"checked": found})


def _note_of_warning(record) -> Note:
    """Return a warning of Sphinx as a note; its location is "path:line", a path or nothing."""
    import logging

    from evidence.data.rules import Problem

    path, _, line = str(record.location or "").rpartition(":")
    if not line.isdigit():
        path, line = str(record.location or "").rstrip(":"), ""
    said = logging.LogRecord.getMessage(record).strip()
    found = note_of(Problem(relative(path), int(line) if line else None, None, None, said))
    return found if path else found._replace(text=said)


def collect_warnings(tell: Tell) -> None:
    """Have every warning of the next build told as it is said."""
    import io

    from sphinx.util import logging

    class Collector(logging.WarningStreamHandler):
        """Beside the handler that prints: Sphinx holds both back, and lets both go, at the same times."""

        def emit(self, record):
            tell({"warned": _note_of_warning(record)})

    def with_collector(app, status, warning, setup=logging.setup):
        setup(app, status, warning)
        collector = Collector(io.StringIO())
        collector.setLevel("WARNING")
        collector.addFilter(logging.WarningLogRecordTranslator(app))
        collector.addFilter(
            lambda record: (
                not logging.is_suppressed_warning(
                    getattr(record, "type", ""), getattr(record, "subtype", ""), app.config.suppress_warnings
                )
            )
        )
        logging.logging.getLogger(logging.NAMESPACE).addHandler(collector)

    logging.setup = with_collector


def build(tell: Tell, timeout: int) -> None:
    """Build the book, telling warnings as they come and at last how it ended."""
    from evidence.site.building import run

    found: list[Note] = []
    collect_warnings(tell)
    try:
        result = run(ROOT, with_search=False, timeout_s=timeout)
        if isinstance(result, BaseException):
            found = notes_of_error(result, "the build ended: ")
    except Exception as error:
        found = notes_of_error(error, "the build ended: ")
    sys.stdout.flush()
    tell({"ended": found})


# --- the worker ----------------------------------------------------------------------------------


class Task:
    """A fork that tells what it finds."""

    def __init__(self, name: str, target: Callable, *arguments):
        from multiprocessing import get_context

        from evidence.site.engine.forks import fork

        self.name, self.started, self.has_ended = name, time.monotonic(), False
        self.pipe, sender = get_context("fork").Pipe(duplex=False)
        self.process = fork(target, sender.send, *arguments, daemon=False)
        sender.close()

    def messages(self) -> list[dict]:
        """Return what the fork has told since; how it died if it did."""
        found = []
        try:
            while self.pipe.poll():
                found.append(self.pipe.recv())
        except (EOFError, OSError):
            self.has_ended = True
            self.process.join()
            code = self.process.exitcode or 0
            if code:
                how = signal.Signals(-code).name if code < 0 else f"exit code {code}"
                found.append({"died": how})
        return found

    def end(self) -> None:
        """End the fork; what it has started dies with it."""
        self.process.kill()
        self.process.join()
        self.pipe.close()


class Worker:
    """Checks and builds when it is told to; a newer order ends what an older one started."""

    def __init__(self, orders: int, tell: Tell, timeout: int):
        self.orders, self.tell, self.timeout = orders, tell, timeout
        self.tasks: list[Task] = []
        self.number = 0

    def obey(self, number: int) -> None:
        """Begin to check and build."""
        self.end()
        self.number = number
        LOG.write_text("", encoding="utf-8")
        self.tasks = [Task("check", check), Task("build", build, self.timeout)]

    def pass_on(self, task: Task) -> None:
        """Tell what a task has told, and how it ended."""
        limit = self.timeout + GRACE_S
        messages = task.messages()
        if not task.has_ended and time.monotonic() > task.started + limit:
            task.end()
            task.has_ended = True
            messages.append({"died": f"it did not end in {limit} s"})
        for message in messages:
            if how := message.pop("died", None):
                message["checked" if task.name == "check" else "ended"] = [
                    note("", None, f"the process of the {task.name} was ended: {how}; save again to run it again")
                ]
            self.tell(message | {"number": self.number, "seconds": time.monotonic() - task.started})

    def run(self) -> None:
        """Work until the supervisor is gone."""
        from multiprocessing import connection

        waiting = b""
        while True:
            ready = connection.wait([self.orders, *(task.pipe for task in self.tasks)], timeout=1)
            if self.orders in ready:
                received = os.read(self.orders, 4096)
                if not received:
                    return self.end()
                *lines, waiting = (waiting + received).split(b"\n")
                if lines:
                    self.obey(json.loads(lines[-1])["build"])
                    continue
            for task in self.tasks:
                self.pass_on(task)
            self.tasks = [task for task in self.tasks if not task.has_ended]

    def end(self) -> None:
        """End what is running."""
        for task in self.tasks:
            task.end()
        self.tasks = []


def faults_of(folder: Path) -> list[Note]:
    """Return the modules of a folder that are no Python: all at once, whoever imports them."""
    found = []
    for path in sorted(folder.rglob("*.py")):
        try:
            compile(path.read_bytes(), str(path), "exec", dont_inherit=True)
        except (SyntaxError, ValueError) as error:
            found += notes_of_error(error)
    return found


def start() -> list[Note]:
    """Import what every build needs; return why that failed."""
    try:
        if found := faults_of(ROOT / "evidence"):
            return found
        import jupyter_book.sphinx  # noqa: F401

        import evidence.checks.book
        import evidence.site  # noqa: F401
        from evidence.site.engine import forks

        forks.warm()
    except BaseException as error:  # a module may also exit
        return notes_of_error(error)
    return []


def main() -> None:
    """Start, say so, and work."""
    orders, answers = os.dup(0), os.dup(1)  # these are not inherited by what a cell starts
    LOG.parent.mkdir(exist_ok=True)
    log, nothing = os.open(LOG, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_TRUNC), os.open(os.devnull, os.O_RDONLY)
    for target, file in ((nothing, 0), (log, 1), (log, 2)):
        os.dup2(target, file)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the supervisor ends the worker

    def tell(message: dict[str, Any]) -> None:
        with contextlib.suppress(BrokenPipeError):
            os.write(answers, (json.dumps(message) + "\n").encode())

    found = start()
    tell({"started": found})
    sys.dont_write_bytecode = True  # of modules saved twice in a second, the second would be taken for the first
    if not found:
        Worker(orders, tell, int(sys.argv[1])).run()
    os._exit(0)


if __name__ == "__main__":
    main()
