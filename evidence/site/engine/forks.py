"""Forks of the warm build process: one per chapter, none outlives the build, none is made while a thread runs."""

from __future__ import annotations

import atexit
import ctypes
import gc
import os
import signal
import sys
import tempfile
import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from multiprocessing import connection, get_context
from pathlib import Path
from typing import Any

import nbformat

from evidence.data import store
from evidence.site.engine import guard, steady
from evidence.site.engine.reads import Watch
from evidence.site.engine.results import modules_read
from evidence.site.engine.runner import Failure, run_cells

TIMEOUT_S = 120  # speed: for a chapter
WORKERS = 2  # speed: chapters at a time
PINNED = {  # what libraries ask of the environment, so that no terminal, place or language shows in an output
    "COLUMNS": "80",
    "LINES": "24",
    "LANGUAGE": "en",
    "LC_ALL": "C.UTF-8",
    "TZ": "UTC",
}
KEPT = ("evidence.data.store", "evidence.data.schema")  # what they keep is noted at each call, or is the definition
DIE_WITH_PARENT = 1  # form: PR_SET_PDEATHSIG of prctl(2)
ADOPT_ORPHANS = 36  # form: PR_SET_CHILD_SUBREAPER of prctl(2)


class ChapterFailed(Exception):
    """A cell raised; the message names the error."""


def die_with_parent() -> None:
    """In a fork: end when its parent does, however that ends."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGKILL)


def _live(parent: int, target: Callable, arguments: tuple) -> None:
    """Run a function in a fork that dies with its parent and that reads no keyboard."""
    die_with_parent()
    if os.getppid() != parent:
        os._exit(1)
    target(*arguments)
    os._exit(0)  # there is nothing to tear down; it would cost as much as a chapter


def other_threads() -> list[str]:
    """Return the names of the threads that are alive beside the main one."""
    return sorted(thread.name for thread in threading.enumerate() if thread is not threading.main_thread())


def fork(target: Callable, *arguments, daemon: bool = True):
    """Start a function in a fork of this process and return it; one that is no ``daemon`` may start processes.

    Raises RuntimeError while another thread is alive: a lock it holds would stay locked in the fork for ever.
    """
    if names := other_threads():
        raise RuntimeError(f"a chapter cannot run in a fork while a thread is alive: {', '.join(names)}")
    process = get_context("fork").Process(target=_live, args=(os.getpid(), target, arguments), daemon=daemon)
    process.start()
    return process


def descendants(process: int) -> list[int]:
    """Return the processes that a process and its own have started; none where the system does not say."""
    try:
        text = Path(f"/proc/{process}/task/{process}/children").read_text()
    except OSError:
        return []
    return [one for child in map(int, text.split()) for one in (child, *descendants(child))]


# --- in the fork ---------------------------------------------------------------------------


def _forget_derived() -> None:
    """Drop what helper code keeps of the data, tables aside: a chapter must be seen to ask for them."""
    for name, module in list(sys.modules.items()):
        if name.startswith("evidence.") and name not in KEPT:
            for value in vars(module).values():
                if callable(getattr(value, "cache_clear", None)):
                    value.cache_clear()
    store.READ.clear()


def _chapter(pipe, text: str, folder: str, temporary: str) -> None:
    """Run a notebook (as JSON); send the index of each cell that begins, at last (outputs by cell, reads, failure)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(ADOPT_ORPHANS, 1)
    os.setpgid(0, 0)  # what a cell starts can be ended with it
    tempfile.tempdir = temporary  # and what it leaves there goes with it
    sys.dont_write_bytecode = True  # beside a chapter; it would be taken for current by its date
    os.environ.update(PINNED)
    time.tzset()
    _forget_derived()
    wrong = guard.checker(temporary)  # it looks at the data itself, which is no reading of the chapter
    watch = Watch()
    notebook = nbformat.reads(text, as_version=4)
    failure = run_cells(notebook, Path(folder), pipe.send, wrong)
    if failure is None and (changed := watch.changed()):
        failure = Failure(0, steady.RULE.format(changed[0].partition(":")[2]))
    cells = [(cell.get("execution_count"), cell.get("outputs", [])) for cell in notebook.cells]
    pipe.send((cells, sorted(watch.read() | store.READ | set(modules_read())), failure))
    for process in descendants(os.getpid()):
        os.kill(process, signal.SIGKILL)


# --- in the build --------------------------------------------------------------------------

WARM_UP = """
from evidence.book import *
frame = pd.DataFrame({"a": ["x", "y"], "b": ["x", "y"], "c": [1.0, 2.0]})
frame.pivot(index="a", columns="b", values="c").to_string()
x = alt.X("a:N", title=None, axis=alt.Axis(labelAngle=0), sort=["x", "y"])
alt.Chart(frame).mark_bar().encode(x=x, y=alt.Y("c:Q", scale=alt.Scale(zero=True)), color=alt.Color("b:N")).to_json()
"""


@cache
def warm() -> None:
    """Import and do once what chapters do, so that forks need not; reads no data. Raises ChapterFailed if it fails."""
    folder = os.getcwd()
    failure = run_cells(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(WARM_UP)]), Path(folder))
    if failure:
        raise ChapterFailed(failure.error)
    gc.freeze()  # forks then share the memory of what is loaded


class Job:
    """One notebook on its way through a fork."""

    def __init__(self, notebook: nbformat.NotebookNode, folder: Path, timeout_s: float):
        self.started, self.cell, self.timeout_s = time.monotonic(), 0, timeout_s
        self.found: Any = None  # (outputs by cell, reads, failure), or a sentence that says why there is none
        self.pipe, sender = get_context("fork").Pipe(duplex=False)
        self.temporary = tempfile.TemporaryDirectory(prefix="evidence-")
        task = nbformat.writes(notebook), str(folder), self.temporary.name
        self.process = fork(_chapter, sender, *task, daemon=False)
        sender.close()

    def poll(self) -> bool:
        """Take note of what the fork has sent; return whether it has ended, or is out of time."""
        while self.found is None and self.pipe.poll():
            try:
                message = self.pipe.recv()
            except EOFError:
                self.found = self._death()
            else:
                if isinstance(message, int):
                    self.cell = message
                else:
                    self.found = message
        if self.found is None and not self.process.is_alive() and not self.pipe.poll():
            self.found = self._death()
        if self.found is None and time.monotonic() > self.started + self.timeout_s:
            self.found = f"the chapter did not finish in {self.timeout_s} s; this cell was running"
        return self.found is not None

    def _death(self) -> str:
        """Return how the process ended that sent no result."""
        self.process.join(1)
        code = self.process.exitcode
        how = signal.Signals(-code).name if code and code < 0 else f"exit code {code}"
        return f"the process of the chapter ended in this cell ({how})"

    def result(self) -> dict:
        """Return the result of a fork that has ended: cells, files read, failure, seconds."""
        found = self.found
        cells, reads, failure = ([], [], Failure(self.cell, found)) if isinstance(found, str) else found
        return {"cells": cells, "reads": reads, "failure": failure, "seconds": time.monotonic() - self.started}

    def end(self) -> None:
        """End the fork with everything it started, in a session of its own too."""
        for process in descendants(self.process.pid):
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            self.process.kill()
        self.process.join()
        self.pipe.close()
        self.temporary.cleanup()


class Runs:
    """Notebooks on their way through forks, ``WORKERS`` at a time, while the build goes on with something else.

    Chapters share the data as they were read at the start: one that read a file which has changed since has failed.
    """

    def __init__(
        self,
        notebooks: dict[str, tuple[nbformat.NotebookNode, Path]],
        timeout_s: float | None = None,
        inputs: steady.Inputs | None = None,
    ):
        self.waiting = deque(notebooks.items())
        self.timeout_s = TIMEOUT_S if timeout_s is None else timeout_s
        self.jobs: dict[str, Job] = {}
        self.inputs = steady.inputs() if inputs is None else inputs
        if notebooks:
            atexit.register(self.end)  # before Python would wait for every process
            warm()
            store.preload()
            self._start()

    def _start(self) -> None:
        while self.waiting and len(self.jobs) < WORKERS:
            key, (notebook, folder) = self.waiting.popleft()
            self.jobs[key] = Job(notebook, folder, self.timeout_s)

    def poll(self) -> dict[str, dict]:
        """Return the results that have come since, by key, and start what waits; does not wait itself."""
        done = [key for key, job in self.jobs.items() if job.poll()]
        found = {}
        for key in done:
            job = self.jobs.pop(key)
            job.end()
            found[key] = job.result()
            if changed := self._changed(found[key]):
                found[key]["failure"] = Failure(0, steady.RULE.format(changed))
        self._start()
        return found

    def _changed(self, result: dict) -> str:
        """Return the first file that a chapter read and that is another than when the build began, "" for none."""
        if result["failure"]:
            return ""
        read = {name.partition("#")[0] for name in result["reads"]}
        return next((name for name in steady.changed(self.inputs) if name in read), "")

    def is_pending(self, key: str) -> bool:
        """Return whether the result of a notebook is still to come."""
        return key in self.jobs or any(name == key for name, _ in self.waiting)

    def wait(self) -> dict[str, dict]:
        """Return the results that come next, by key, waiting for one; none if nothing is on its way."""
        found = self.poll()
        while self.jobs and not found:
            ends = [end for job in self.jobs.values() for end in (job.pipe, job.process.sentinel)]
            connection.wait(ends, timeout=1)
            found = self.poll()
        return found

    def end(self) -> None:
        """End what is on its way."""
        self.waiting.clear()
        for job in self.jobs.values():
            job.end()
        self.jobs.clear()
