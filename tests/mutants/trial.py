"""Tries mutants: a warm process that has checked the book as it is, and forks once for each mutant.

A check is run on a mutant only if it reads a file that the mutant changes; what each reads is heard from the
interpreter while it checks the book as it is.
"""

from __future__ import annotations

import gc
import json
import os
import signal
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import NamedTuple

from evidence.checks import book, characters, forms, passages, readings, sources, texts
from evidence.data import schema, store
from evidence.data.rules import DataError, Problem
from tests.checks.checker import DEFINITION, KEPT, Check, Reads, forget
from tests.data.test_strictness import KNOWN, strictness
from tests.mutants.book import Mutant

TIMES = 3  # of what the checks of the book as it is take of a processor, after which a check has stopped
WAIT = 900  # seconds, which only a check that waits for nothing takes, however busy the machine
STOPPED = "It is a fault of the check"  # what the message of a check that raised says
OF_TEXTS = ("text_lines", "_printed_in", "contents")  # kept, because no mutant changes the text of a document
VERDICTS = ("named", "elsewhere", "stopped", "passed")
PURE = ((passages, "missing_numbers"), (passages, "passage"), (forms, "fault"), (characters, "fault"))


class Verdict(NamedTuple):
    """What became of a mutant: one of :data:`VERDICTS`, by a ``rule`` or a ``reading``, and the first message."""

    verdict: str
    by: str
    message: str


def looser() -> list[Problem]:
    """Return the tables whose limits are not those that the house's test knows."""
    now = {name: strictness(resource) for name, resource in store.schema().items()}
    rule = "has other limits than tests/data/strictness.csv says"
    return [Problem(schema.FIELDS, None, name, None, rule) for name, known in KNOWN.items() if now.get(name) != known]


def against_texts() -> list[Problem]:
    """Return what `evidence verify` says beside `evidence check`."""
    folder = texts.texts_folder()
    if not folder:
        return []
    here = texts.pinned_texts(folder)[0]
    return sources.table_problems(here) + sources.discrepancy_problems(here)


Judge = Callable[[list[Mutant], Reads], list["Verdict | None"]]
CHECKS: tuple[Check, ...] = (*book.FILES, *book.NAMES, *book.RULES, *book.REMAINS, against_texts, looser)


def keep_answers() -> None:
    """Keep what functions of texts alone answer, so that it is worked out once for all mutants.

    What is kept is not looked through for garbage either: each fork would do so, and copy it.
    """
    gc.disable()
    for module, name in PURE:
        kept = cache(getattr(module, name))
        setattr(module, name, lambda *arguments, kept=kept: kept(*arguments))


def run(check: Check) -> list[Problem]:
    """Return what a check finds, as the command would say it."""
    return book.run(check)


def is_named(mutant: Mutant, problem: Problem) -> bool:
    """Return whether a message names the place of a fault, or the id of its row."""
    if any(problem.file == file and row in (None, problem.row) for file, row in mutant.places):
        return True
    said = f"{problem.value} {problem.rule}"
    return any(key and key in said for key in mutant.keys)


# --- in the fork: the faults are in the files ---------------------------------------------------------


def by_files(mutants: list[Mutant], reads: Reads) -> list[Verdict | None]:
    """Return the verdict on each of several mutants that reading the files already tells, None on the others."""
    found = found_by(reads.concerned(book.FILES, files_of(mutants)))
    return [named_by(mutant, found, "rule") for mutant in mutants]


def together(mutants: list[Mutant], reads: Reads) -> list[Verdict | None]:
    """Return the verdict on each of several mutants in different files, None where no message names its place."""
    found = found_by((*reads.concerned(CHECKS, files_of(mutants)), book.usage.unused_problems))
    read = found_by((readings.problems,))
    return [named_by(mutant, found, "rule") or named_by(mutant, read, "reading") for mutant in mutants]


def alone(mutants: list[Mutant], reads: Reads) -> list[Verdict | None]:
    """Return the verdict on a single mutant."""
    (mutant,) = mutants
    try:
        if DEFINITION in mutant.files:
            schema.write_package(schema.DATA)  # as `make schema` does
        store.schema()
    except DataError as error:
        return [Verdict("named", "rule", str(error.problems[0]))]
    found: list[Problem] = []
    for check in (*reads.concerned(CHECKS, files_of(mutants)), book.usage.unused_problems):
        found += run(check)
        if verdict := named_by(mutant, found, "rule"):
            return [verdict]
    by = "rule" if found else "reading"
    found = found or run(readings.problems)
    if stopped := [str(problem) for problem in found if STOPPED in problem.rule]:
        return [Verdict("stopped", by, stopped[0])]
    other = Verdict("elsewhere", by, str(found[0])) if found else Verdict("passed", "", "")
    return [named_by(mutant, found, by) or other]


def stops(mutants: list[Mutant], reads: Reads) -> list[Verdict | None]:
    """Return whether a check stops at mutants, one verdict for all of them."""
    try:
        if DEFINITION in files_of(mutants):
            schema.write_package(schema.DATA)
        store.schema()
    except DataError as error:
        return [Verdict("named", "rule", str(error.problems[0]))] * len(mutants)
    checks = (*reads.concerned(CHECKS, files_of(mutants)), book.usage.unused_problems, readings.problems)
    said = list(map(str, found_by(checks)))
    stopped = [message for message in said if STOPPED in message]
    verdict = Verdict("stopped", "rule", stopped[0]) if stopped else Verdict("named" if said else "passed", "", "")
    return [verdict] * len(mutants)


def files_of(mutants: list[Mutant]) -> set[str]:
    """Return the files that mutants change."""
    return {file for mutant in mutants for file in mutant.files}


def found_by(checks: Iterable[Check]) -> list[Problem]:
    """Return what some checks find."""
    return [problem for check in checks for problem in run(check)]


def named_by(mutant: Mutant, found: list[Problem], by: str) -> Verdict | None:
    """Return the verdict of messages that name the place of a mutant, None where none does."""
    said = [problem for problem in found if is_named(mutant, problem) and STOPPED not in problem.rule]
    return Verdict("named", by, str(said[0])) if said else None


# --- outside ------------------------------------------------------------------------------------------


@contextmanager
def planted(mutants: list[Mutant], root: Path) -> Iterator[None]:
    """Plant mutants in the files of a copy of the book for a while."""
    before = {file: (root / file).read_bytes() for file in (*files_of(mutants), f"data/{schema.PACKAGE}")}
    try:
        for mutant in mutants:
            for file, raw in mutant.files.items():
                (root / file).write_bytes(raw)
        yield
    finally:
        for file, raw in before.items():
            (root / file).write_bytes(raw)


def in_fork(judge: Judge, mutants: list[Mutant], reads: Reads) -> list[Verdict | None] | None:
    """Return what a fork of this process answers on mutants, None if it ends without an answer."""
    here, there = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(here)
        signal.setitimer(signal.ITIMER_PROF, TIMES * reads.cpu_s)
        signal.alarm(WAIT)
        try:
            forget(OF_TEXTS if DEFINITION in files_of(mutants) else (*KEPT, *OF_TEXTS))
            with os.fdopen(there, "w") as stream:
                json.dump(judge(mutants, reads), stream)
        finally:
            os._exit(0)
    os.close(there)
    with os.fdopen(here) as stream:
        raw = stream.read()
    os.waitpid(child, 0)
    return [Verdict(*one) if one else None for one in json.loads(raw)] if raw else None


def batches(mutants: list[Mutant], most: int = 20) -> list[list[Mutant]]:
    """Return mutants in batches whose files are all different, so that a message belongs to one of them."""
    found: list[list[Mutant]] = []
    for mutant in mutants:
        fits = (one for one in found if len(one) < most and not files_of(one) & mutant.files.keys())
        batch = next(fits, None)
        if batch is None:
            found.append([mutant])
        else:
            batch.append(mutant)
    return found


def verdicts(mutants: list[Mutant], reads: Reads, root: Path = schema.ROOT) -> Iterator[tuple[Mutant, Verdict]]:
    """Yield each mutant with its verdict: what reading files tells, then all checks on many, then on one alone."""
    left = mutants
    for judge in (by_files, together):
        apart = [mutant for mutant in left if DEFINITION in mutant.files]
        batched = batches([mutant for mutant in left if DEFINITION not in mutant.files])
        left = apart
        for batch in batched:
            with planted(batch, root):
                answers = in_fork(judge, batch, reads) or [None] * len(batch)
            left += [mutant for mutant, verdict in zip(batch, answers) if verdict is None]
            yield from ((mutant, verdict) for mutant, verdict in zip(batch, answers) if verdict)
    for mutant in left:
        with planted([mutant], root):
            (verdict,) = in_fork(alone, [mutant], reads) or [Verdict("stopped", "rule", "ended without an answer")]
        assert verdict is not None
        yield mutant, verdict


def answered(mutants: list[Mutant], most: int, root: Path = schema.ROOT) -> Iterator[tuple[Mutant, Verdict]]:
    """Yield random changes with whether a check stops at them; ``most`` are tried at once."""
    keep_answers()
    reads = Reads(root)
    assert not reads.learn(CHECKS), "the book has problems of its own"
    for batch in batches(mutants, most):
        with planted(batch, root):
            answers = in_fork(stops, batch, reads)
        if len(batch) == 1 or answers and answers[0] and answers[0].verdict != "stopped":
            ended = Verdict("stopped", "rule", "ended without an answer")
            yield from ((mutant, verdict or ended) for mutant, verdict in zip(batch, answers or [None]))
            continue
        for mutant in batch:
            with planted([mutant], root):
                (verdict,) = in_fork(stops, [mutant], reads) or [None]
            yield mutant, verdict or Verdict("stopped", "rule", "ended without an answer")
