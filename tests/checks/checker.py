"""Runs the checks on a copy of the book again and again: a warm process that forks once for each question.

``python -m tests.checks.checker``, in the folder of the copy: a line of JSON on its input says which files have been
changed, a line of JSON answers. A check that has read none of them says what it has said of the book as it is.
"""

from __future__ import annotations

import gc
import json
import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from time import process_time

from evidence.checks import book
from evidence.data import schema
from evidence.data.rules import Problem

KEPT = ("_read", "_of_text", "_of_code")  # kept by content, so that a changed file is read anew
DEFINITION = f"data/{schema.FIELDS}"
Check = Callable[[], list[Problem]]


def forget(kept: tuple[str, ...] = KEPT) -> None:
    """Drop what the package keeps of files by name, but for functions of these names."""
    for name, module in list(sys.modules.items()):
        if name.startswith("evidence."):
            for key, value in vars(module).items():
                if callable(getattr(value, "cache_clear", None)) and key not in kept:
                    value.cache_clear()


def name_of(check: Check) -> str:
    """Return a check by module and name."""
    return f"{check.__module__}.{check.__qualname__}"


class Reads:
    """Which files of the book each check reads, heard from the interpreter while it checks the book as it is."""

    def __init__(self, root: Path):
        self.root, self.now = f"{root}{os.sep}", set()
        self.by_check: dict[str, set[str]] = {}
        self.cpu_s = 0.0  # of a processor, that the checks took one by one: the yardstick of what takes too long
        sys.addaudithook(self.hear)

    def hear(self, event: str, arguments: tuple) -> None:
        """Note a file of the book that is opened (an audit hook)."""
        if event == "open" and isinstance(arguments[0], str | os.PathLike):
            path = os.path.abspath(os.fspath(arguments[0]))
            if path.startswith(self.root):
                self.now.add(path.removeprefix(self.root))

    def learn(self, checks: Iterable[Check]) -> list[Problem]:
        """Run checks, each on files read anew; return what they find."""
        found, begun = [], process_time()
        for check in checks:
            forget()
            self.now = set()
            found += book.run(check)
            self.by_check[name_of(check)] = self.now
        self.cpu_s = process_time() - begun
        return found

    def concerned(self, checks: Iterable[Check], files: set[str]) -> tuple[Check, ...]:
        """Return the checks that read one of some files; a definition concerns all."""
        return tuple(check for check in checks if files & (self.by_check[name_of(check)] | {DEFINITION}))

    def is_read(self, file: str) -> bool:
        """Return whether a check reads a file, which is still there."""
        return os.path.isfile(self.root + file) and any(file in read for read in self.by_check.values())


def answer(reads: Reads, changed: set[str]) -> None:
    """In a fork, run the checks that changed files concern and print their messages as one line of JSON.

    A file that has come or gone may concern those that only look for it: then all checks run.
    """
    child = os.fork()
    if child == 0:
        if all(map(reads.is_read, changed)):
            run_all = book.run_all
            book.run_all = lambda checks: run_all(reads.concerned(checks, changed))
        forget()
        found = book.problems()
        print(json.dumps([[str(problem) for problem in found], book.waiting(found)]), flush=True)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if status:
        print(json.dumps([["the checks crashed"], ""]), flush=True)


def main() -> None:
    """Say what is wrong with the book as it is, then answer."""
    gc.disable()  # to look through all that is kept takes a fifth of each answer
    reads = Reads(Path.cwd())
    found = reads.learn((*book.FILES, *book.NAMES, *book.RULES, *book.REMAINS, *book.USE, *book.FINISHED))
    print(json.dumps([[str(problem) for problem in found], book.waiting(found)]), flush=True)
    for line in sys.stdin:
        answer(reads, set(json.loads(line)))


if __name__ == "__main__":
    main()
