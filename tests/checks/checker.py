"""Runs all checks on a copy of the book again and again: a warm process that forks once for each question.

``python -m tests.checks.checker``, in the folder of the copy: a line on its input asks, a line of JSON answers.
"""

from __future__ import annotations

import json
import os
import sys

KEPT = ("_read", "_of_text")  # kept by content, so that a changed file is read anew


def forget(kept: tuple[str, ...] = KEPT) -> None:
    """Drop what the package keeps of files by name, but for functions of these names."""
    for name, module in list(sys.modules.items()):
        if name.startswith("evidence."):
            for key, value in vars(module).items():
                if callable(getattr(value, "cache_clear", None)) and key not in kept:
                    value.cache_clear()


def answer() -> None:
    """Run the checks in a fork and print their messages as one line of JSON."""
    child = os.fork()
    if child == 0:
        from evidence.checks.book import problems, waiting

        forget()
        found = problems()
        print(json.dumps([[str(problem) for problem in found], waiting(found)]), flush=True)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if status:
        print(json.dumps([["the checks crashed"], ""]), flush=True)


if __name__ == "__main__":
    from evidence.checks import book

    book.problems()
    for _ in sys.stdin:
        answer()
