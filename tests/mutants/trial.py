"""Tries mutants: a warm process that has checked the book as it is, and forks once for each mutant.

A check is run on a mutant only if it reads a file that the mutant changes; what each reads is heard from the
interpreter while it checks the book as it is.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import NamedTuple

from evidence.checks import book, characters, forms, passages, readings, sources, texts
from evidence.data import schema, store
from evidence.data.rules import DataError, Problem
from tests.checks.checker import KEPT, forget
from tests.data.test_strictness import KNOWN, strictness
from tests.mutants.book import Mutant

SECONDS = 20  # of a processor, after which a check has stopped
WAIT = 180  # seconds, however busy the machine
STOPPED = "It is a fault of the check"  # what the message of a check that raised says
OF_TEXTS = ("text_lines", "_printed_in", "contents")  # kept, because no mutant changes the text of a document
VERDICTS = ("named", "elsewhere", "stopped", "passed")
PURE = ((passages, "missing_numbers"), (passages, "passage"), (forms, "fault"), (characters, "fault"))
Check = Callable[[], list[Problem]]


class Verdict(NamedTuple):
    """What became of a mutant: one of :data:`VERDICTS`, by a ``rule`` or a ``reading``, and the first message."""

    verdict: str
    by: str
    message: str


def looser() -> list[Problem]:
    """Return the tables that are defined less strictly than they were: a test of the house."""
    found = []
    for table, before in KNOWN.items():
        now = strictness(store.schema()[table]) if table in store.schema() else {}
        if less := [name for name, count in before.items() if now.get(name, 0) < count]:
            found.append(Problem(schema.FIELDS, None, table, None, f"is looser than it was: {', '.join(less)}"))
    return found


def against_texts() -> list[Problem]:
    """Return what `evidence verify` says beside `evidence check`."""
    folder = texts.texts_folder()
    if not folder:
        return []
    here = texts.pinned_texts(folder)[0]
    return sources.table_problems(here) + sources.discrepancy_problems(here)


CHECKS: tuple[Check, ...] = (*book.FILES, *book.NAMES, *book.RULES, *book.REMAINS, against_texts, looser)


class Reads:
    """Which files of the book each check reads."""

    def __init__(self, root: Path):
        self.root, self.now = f"{root}{os.sep}", set()
        self.by_check: dict[str, set[str]] = {}
        sys.addaudithook(self.hear)

    def hear(self, event: str, arguments: tuple) -> None:
        """Note a file of the book that is opened (an audit hook)."""
        if event == "open" and isinstance(arguments[0], str | os.PathLike):
            path = os.path.abspath(os.fspath(arguments[0]))
            if path.startswith(self.root):
                self.now.add(path.removeprefix(self.root))

    def learn(self, checks: tuple[Check, ...]) -> list[Problem]:
        """Run checks, each on files read anew; return what they find."""
        found = []
        for check in checks:
            forget()
            self.now = set()
            found += run(check)
            self.by_check[name_of(check)] = self.now
        return found

    def concerned(self, checks: tuple[Check, ...], files: set[str]) -> list[Check]:
        """Return the checks that read one of some files; a definition concerns all."""
        return [check for check in checks if files & (self.by_check[name_of(check)] | {"data/fields.toml"})]


def keep_answers() -> None:
    """Keep what functions of texts alone answer, so that it is worked out once for all mutants."""
    for module, name in PURE:
        kept = cache(getattr(module, name))
        setattr(module, name, lambda *arguments, kept=kept: kept(*arguments))


def name_of(check: Check) -> str:
    """Return a check by module and name."""
    return f"{check.__module__}.{check.__qualname__}"


def run(check: Check) -> list[Problem]:
    """Return what a check finds, as the command would say it."""
    return book._run(check)


def is_named(mutant: Mutant, problem: Problem) -> bool:
    """Return whether a message names the place of a fault, or the id of its row."""
    if any(problem.file == file and row in (None, problem.row) for file, row in mutant.places):
        return True
    said = f"{problem.value} {problem.rule}"
    return any(key and key in said for key in mutant.keys)


def judged(mutant: Mutant, reads: Reads) -> Verdict:
    """Return what the checks say of the book with a mutant in it, which is in its files already."""
    files = set(mutant.files)
    try:
        if "data/fields.toml" in files:
            schema.write_package(schema.DATA)  # as `make schema` does
        store.schema()
    except DataError as error:
        return Verdict("named", "rule", str(error.problems[0]))
    found: list[Problem] = []
    for check in reads.concerned(CHECKS, files):
        found += run(check)
        if any(is_named(mutant, problem) for problem in found):
            break  # the others would add nothing
    if not found:
        found = run(book.usage.unused_problems)
    by = "rule"
    if not found:
        by, found = "reading", run(readings.problems)
    if any(STOPPED in problem.rule for problem in found):
        return Verdict("stopped", by, next(str(problem) for problem in found if STOPPED in problem.rule))
    if named := [problem for problem in found if is_named(mutant, problem)]:
        return Verdict("named", by, str(named[0]))
    return Verdict("elsewhere", by, str(found[0])) if found else Verdict("passed", "", "")


def tried(mutant: Mutant, reads: Reads, root: Path = schema.ROOT) -> Verdict:
    """Return what becomes of a mutant, planted in a copy of the book for as long as a fork checks it."""
    before = {file: (root / file).read_bytes() for file in mutant.files}
    package = (root / "data" / schema.PACKAGE).read_bytes()
    for file, raw in mutant.files.items():
        (root / file).write_bytes(raw) if raw is not None else (root / file).unlink()
    here, there = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(here)
        signal.setitimer(signal.ITIMER_PROF, SECONDS)
        signal.alarm(WAIT)
        verdict = Verdict("stopped", "rule", "the process ended")
        try:
            forget(OF_TEXTS if f"data/{schema.FIELDS}" in mutant.files else (*KEPT, *OF_TEXTS))
            verdict = judged(mutant, reads)
        except BaseException as error:
            verdict = Verdict("stopped", "rule", f"{type(error).__name__}: {error}")
        finally:
            os.write(there, json.dumps(verdict).encode())
            os._exit(0)
    os.close(there)
    with os.fdopen(here, "rb") as stream:
        raw = stream.read()
    os.waitpid(child, 0)
    for file, content in before.items():
        (root / file).write_bytes(content)
    (root / "data" / schema.PACKAGE).write_bytes(package)
    return Verdict(*json.loads(raw)) if raw else Verdict("stopped", "rule", f"no answer in {SECONDS} s")
