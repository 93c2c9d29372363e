"""What a cell must not do or show, found while a chapter runs: each fault is a :class:`Refused` with its sentence.

A chapter reads the data of the book and shows exhibits. It writes no file but below the temporary folder of its run,
asks no other machine and draws nothing at random without a seed: what it shows would be another thing next time. A
program that a cell starts is seen only by what it leaves in the data. What it shows is an exhibit or plain text.
"""

from __future__ import annotations

import os
import random
import re
import sys
import warnings
from collections.abc import Callable

from evidence.data.schema import DATA
from evidence.exhibits.exhibit import MIME

MOST_CHARACTERS = 20_000  # speed: of text that a cell may show
NO_NUMBER = re.compile(r"(?<![\w-])(?:nan|NaN|NaT|<NA>|[-+]?inf)(?![\w-])")
NOT_SHOWN = {"remove-output", "remove-cell"}  # tags of cells whose outputs no page shows
WRITES = os.O_WRONLY | os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_TRUNC
CHANGES = {  # events of Python that change files: which of their arguments are paths, and which a folder's descriptor
    "os.mkdir": ((0,), 2),
    "os.remove": ((0,), 1),
    "os.rmdir": ((0,), 1),
    "os.rename": ((0, 1), 2),
    "os.link": ((0, 1), 2),
    "os.symlink": ((1,), 2),
    "os.truncate": ((0,), None),
    "os.chmod": ((0,), 2),
    "os.utime": ((0,), 3),
}
ASKS = {"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "urllib.Request"}
STARTS = {"subprocess.Popen", "os.system", "os.posix_spawn", "os.fork", "os.forkpty", "os.exec", "pty.spawn"}
SEED = "draws at random without a seed; give one, or each build shows something else"


class Refused(Exception):
    """What a chapter must not do or show."""


# --- what a cell does ------------------------------------------------------------------------------


def _path(given, folder_descriptor: int | None) -> str | None:
    """Return the path that an event names, None for one that names an open file."""
    if not isinstance(given, (str, bytes, os.PathLike)):
        return None
    path = os.fsdecode(given)
    if folder_descriptor is not None and folder_descriptor >= 0 and not os.path.isabs(path):
        path = os.path.join(os.readlink(f"/proc/self/fd/{folder_descriptor}"), path)
    return os.path.abspath(path)


def written(event: str, arguments: tuple) -> list[str]:
    """Return the paths that an event of Python (PEP 578) writes to or takes away."""
    if event == "open":
        path, mode, flags = arguments
        is_written = set("wax+") & set(mode) if isinstance(mode, str) else (flags or 0) & WRITES
        found = [_path(path, None)] if is_written else []
    elif event in CHANGES:
        places, folder = CHANGES[event]
        descriptor = arguments[folder] if folder is not None and len(arguments) > folder else None
        found = [_path(arguments[place], descriptor if isinstance(descriptor, int) else None) for place in places]
    else:
        found = []
    return [path for path in found if path]


def asked(event: str, arguments: tuple) -> str:
    """Return the machine that an event asks for, "" for none; sockets of this machine's files are none."""
    if event not in ASKS:
        return ""
    target = arguments[0] if event in ("socket.getaddrinfo", "socket.gethostbyname", "urllib.Request") else arguments[1]
    if event == "socket.connect" and isinstance(target, (str, bytes)):
        return ""
    return str(target[0] if isinstance(target, tuple) else target)


def _state_of_data() -> dict[str, tuple[int, int]]:
    """Return size and time of every file of the data."""
    stats = [(path, path.stat()) for path in DATA.rglob("*") if path.is_file()]
    return {path.relative_to(DATA.parent).as_posix(): (stat.st_size, stat.st_mtime_ns) for path, stat in stats}


class Guard:
    """Watches what the cells of this process do from now on; it belongs into a fork, for it cannot be taken off."""

    def __init__(self, temporary: str):
        self.temporary = os.path.realpath(temporary)
        self.faults: list[str] = []
        self.has_started = self.is_seeded = False
        self.data, self.drawn = _state_of_data(), random.getstate()
        self._note_seeds()
        warnings.showwarning = self._note_warning
        sys.addaudithook(self._hook)

    def _hook(self, event: str, arguments: tuple) -> None:
        if event in STARTS:
            self.has_started = True
        elif machine := asked(event, arguments):
            self._refuse(f"asks {machine} over the network; a chapter reads the data of the book only")
        else:
            for path in written(event, arguments):
                if not self._may_write(path):
                    self._refuse(f"writes to {path}; a chapter writes no file, what it makes is what it shows")

    def _may_write(self, path: str) -> bool:
        """Return whether a cell may write to a path: below its own folder, a device, a module as Python keeps it."""
        inside = f"{path}{os.sep}".startswith(
            (f"{self.temporary}{os.sep}", "/dev/")
        )  # a nameless file opens the folder
        return inside or "__pycache__" in path

    def _refuse(self, fault: str) -> None:
        self.faults.append(fault)
        raise Refused(fault)

    def _note_warning(self, message, category, filename, lineno, file=None, line=None) -> None:
        self.faults.append(f"warns: {category.__name__}: {message}; mend what it warns of")

    def _note_seeds(self) -> None:
        """Note when a seed is given, and generators that are made without one."""
        import numpy

        def noting(seed: Callable) -> Callable:
            def seeded(*arguments, **named):
                self.is_seeded = self.is_seeded or bool(arguments or named)
                return seed(*arguments, **named)

            return seeded

        def checked(make: Callable) -> Callable:
            def made(seed=None):
                if seed is None:
                    self.faults.append(SEED)
                return make(seed)

            return made

        random.seed, numpy.random.seed = noting(random.seed), noting(numpy.random.seed)
        numpy.random.default_rng = checked(numpy.random.default_rng)
        self.numpy_state = numpy.random.get_state
        self.drawn_numpy = repr(self.numpy_state())

    def done(self) -> str:
        """Return the first fault in what a cell has done, "" for none."""
        if self.faults:
            return self.faults.pop(0)
        if self.has_started and (now := _state_of_data()) != self.data:
            changed = sorted(name for name in now.keys() | self.data.keys() if now.get(name) != self.data.get(name))
            self.data = now
            return f"changes {changed[0]}; a chapter changes no data"
        if not self.is_seeded and (random.getstate() != self.drawn or repr(self.numpy_state()) != self.drawn_numpy):
            return SEED
        return ""


# --- what a cell shows -----------------------------------------------------------------------------


def _no_numbers(payload: dict) -> str:
    """Return the first cell of an exhibit that is no number where one is meant, "" for none."""
    shown = [cell for row in payload["rows"] for cell in row]
    held = [value for row in payload["values"]["rows"] for value in row if isinstance(value, float)]
    texts = [str(cell.get("text") if isinstance(cell, dict) else cell) for cell in [*shown, *held]]
    return next(filter(NO_NUMBER.fullmatch, texts), "")


def shown(output: dict) -> str:
    """Return what is wrong with an output of a cell, "" for an exhibit, plain text or an error that is expected."""
    if output["output_type"] == "error":
        return ""
    if output.get("name") == "stderr":
        return f"writes to stderr: {' '.join(output['text'].split())[:200]!r}; mend what it says"
    data = output.get("data", {"text/plain": output.get("text", "")})
    if MIME in data:
        cell = _no_numbers(data[MIME])
        return f"shows {cell} in the exhibit {data[MIME]['id']!r}; leave empty what is not there" if cell else ""
    kinds = sorted(set(data) - {"text/plain"})
    if kinds:
        named = data.get("text/plain", "").split("\n")[0][:60]
        return f"shows {kinds[0]} ({named}) as it is; exhibit(…) shows a chart or a frame with what readers need"
    found = NO_NUMBER.search(data.get("text/plain", ""))
    return f"shows {found[0]}; leave out what is no number" if found else ""


def outcome(outputs: list[dict], tags: list[str]) -> str:
    """Return what is wrong with the outputs of a cell, "" for nothing."""
    size = sum(
        len(output.get("text", "") or output.get("data", {}).get("text/plain", ""))
        for output in outputs
        if MIME not in output.get("data", {})
    )
    if size > MOST_CHARACTERS:
        return f"prints {size:,} characters; at most {MOST_CHARACTERS:,}"
    if NOT_SHOWN & set(tags):
        return ""
    return next(filter(None, map(shown, outputs)), "")


def checker(temporary: str) -> Callable[[list[dict], list[str]], str]:
    """Watch this process, and return the function that says what is wrong after a cell: with its outputs and tags."""
    guard = Guard(temporary)
    return lambda outputs, tags: guard.done() or outcome(outputs, tags)
