"""A process that imports the package of a book once and builds in a fork each time: half of a small build is imports.

It is told by lines of JSON and answers each with the exit code. What is planted in the package for one build is gone
with its fork. Run as a program, in the folder of a book, by :class:`Warm`.
"""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

CODE = ("evidence/**/*.py", "data/fields.toml")  # what a process that has imported the package does not read again


def code_digest(folder: Path) -> str:
    """Return a digest of what the process has read when it was started."""
    digest = hashlib.sha256()
    for path in sorted(path for pattern in CODE for path in folder.glob(pattern)):
        digest.update(f"{path}\0".encode() + path.read_bytes())
    return digest.hexdigest()


class Warm:
    """The process of one book; right as long as the package of the book is what it was at the start."""

    def __init__(self, folder: Path, environment: dict[str, str]):
        self.folder, self.digest = folder, code_digest(folder)
        command = [sys.executable, str(Path(__file__).resolve())]
        self.process = subprocess.Popen(
            command, cwd=folder, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def is_current(self) -> bool:
        """Return whether the package is as it was."""
        return code_digest(self.folder) == self.digest

    def run(self, arguments: list[str], first: str, environment: dict[str, str], log: Path) -> int:
        """Run an ``evidence`` command in a fork, after the Python ``first``, its output in a file; return its exit."""
        order = {"arguments": arguments, "first": first, "environment": environment, "log": str(log)}
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def close(self) -> None:
        """End the process."""
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()


def begin(order: dict) -> None:
    """In a fork: become the command that an order asks for."""
    log, nothing = os.open(order["log"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC), os.open(os.devnull, os.O_RDONLY)
    for target, file in ((nothing, 0), (log, 1), (log, 2)):
        os.dup2(target, file)
    os.environ.clear()
    os.environ.update(order["environment"])
    sys.argv = ["evidence", *order["arguments"]]
    exec(order["first"], {"os": os, "signal": signal})


def main() -> None:
    """Import, and build when told to."""
    sys.path.pop(0)  # the folder of this file: the package is the book's own

    import jupyter_book.sphinx  # noqa: F401

    from evidence.cli import main as command
    from evidence.site.engine import forks

    forks.warm()
    for line in sys.stdin:
        if fork := os.fork():
            print(json.dumps(os.waitstatus_to_exitcode(os.waitpid(fork, 0)[1])), flush=True)
            continue
        begin(json.loads(line))
        command()  # ends the fork


if __name__ == "__main__":
    main()
