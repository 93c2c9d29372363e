"""What the commands of the toolkits share: a bar, folders of their own, and every failure told in a sentence."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from evidence.toolkit.faults import BadInput, Unavailable, told
from evidence.toolkit.messages import Say, in_words
from evidence.toolkit.reports import is_alive
from evidence.toolkit.system import of_duckdb, of_system

WIDTH = 24  # layout: characters of the bar
MOST = 200  # message: causes printed one by one
MEND = "Mend these rows, or go on without them: --set-aside"
STOPS = ("SIGTERM", "SIGHUP")  # a machine that shuts down, a terminal that closes: the work is put away as after Ctrl-C


class Progress:
    """A bar on the terminal, nothing where there is none; it says what is done, by ``say``, and names no person."""

    def __init__(self, steps: int, say: Say = str):
        self.steps, self.done, self.say = steps, 0, say

    def __call__(self, what: str) -> None:
        """Say what is done now."""
        if sys.stderr.isatty():
            filled = min(WIDTH, WIDTH * self.done // max(1, self.steps))
            print(
                f"\r\033[K[{'#' * filled}{'.' * (WIDTH - filled)}] {self.say(what)}",
                end="",
                file=sys.stderr,
                flush=True,
            )
        self.done += 1

    def end(self) -> None:
        """Take the bar away."""
        if sys.stderr.isatty():
            print("\r\033[K", end="", file=sys.stderr, flush=True)


@contextmanager
def own_folder(prefix: str) -> Iterator[Path]:
    """Give a folder for what is put aside while working, gone afterwards: it may hold rows of persons.

    Folders that killed runs of the same user left behind go first.
    """
    place = Path(tempfile.gettempdir())
    for left in place.glob(f"{prefix}-*"):
        if not is_alive(left.name.removeprefix(f"{prefix}-").partition("-")[0]):
            shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=f"{prefix}-{os.getpid()}-") as folder:
        yield Path(folder)


def _stop(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


@contextmanager
def stoppable() -> Iterator[None]:
    """Let signals that end a program end it as Ctrl-C does, so that nothing half-written or unprotected stays."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    signals = [getattr(signal, name) for name in STOPS if hasattr(signal, name)]
    before = [signal.signal(one, _stop) for one in signals]
    try:
        yield
    finally:
        for one, handler in zip(signals, before):
            signal.signal(one, handler)


def guarded(run: Callable[[], int], can_set_aside: bool = False, say: Say = str) -> int:
    """Run a command and return its exit code; what fails is told in a sentence, never as a traceback.

    ``can_set_aside`` says whether the command has that option and was not given it, ``say`` gives the words of a
    language. Raises KeyboardInterrupt where it is stopped.
    """
    try:
        with stoppable():
            return run()
    except BadInput as error:
        lines = told(error.faults, say)
        print(*lines[:MOST], sep="\n", file=sys.stderr)
        if len(lines) > MOST:
            print(say("and {more} more").format(more=len(lines) - MOST), file=sys.stderr)
        for note in error.notes:
            print(in_words(note, say), file=sys.stderr)
        if can_set_aside and error.can_set_aside:
            print(say(MEND), file=sys.stderr)
    except Unavailable as error:
        print(in_words(error.args[0], say), file=sys.stderr)
    except BrokenPipeError:
        raise
    except OSError as error:
        print(of_system(error).said(say), file=sys.stderr)
    except Exception as error:
        if "interrupted" in str(error).lower():  # what DuckDB says when it is stopped
            raise KeyboardInterrupt from None
        lacking = of_duckdb(error)
        if lacking is None:
            raise
        print(lacking.said(say), file=sys.stderr)
    return 1
