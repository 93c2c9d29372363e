"""``make mutants``: plants wrong data in a copy of the book, one fault at a time, and says what was caught.

``--number`` mutants, spread evenly over the kinds; the same ``--seed`` plants the same ones. What the checks said of
each kind is written to ``data/guard_results.csv`` with ``--write``, and those not caught to ``--survivors FILE``.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from pathlib import Path

from tests.conftest import ROOT, SOURCES, write_whole_book
from tests.mutants.book import Mutant
from tests.mutants.kinds import KINDS, planted
from tests.mutants.results import Result, write

GUARD = "data"
NAMED, BY_READING = "named", "reading"


def in_a_copy(module: str, arguments: list[str]) -> int:
    """Run a module again on a copy of the book, with the texts beside it. Returns the exit code."""
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        copy = Path(folder)
        write_whole_book(copy)
        if SOURCES.is_dir():
            (copy / "texts").symlink_to(SOURCES)
        here = {"PYTHONPATH": f"{copy}{os.pathsep}{ROOT}", "PYTHONDONTWRITEBYTECODE": "1"}
        command = [sys.executable, "-m", module, "--here", *arguments]
        return ended(subprocess.Popen(command, cwd=ROOT / "tests", env=os.environ | here))


def ended(run: subprocess.Popen) -> int:
    """Return the exit code of a command; an interrupt is the command's to answer, which a terminal sends to both."""
    while True:
        try:
            return run.wait()
        except KeyboardInterrupt:
            continue


def drawn(number: int, seed: int, kinds: list[str]) -> list[Mutant]:
    """Return mutants, as many of each kind as go, in an order in which kinds take turns."""
    dice = {kind: random.Random(f"{seed} {kind}") for kind in kinds}
    turns = [kinds[at % len(kinds)] for at in range(number)]
    return [mutant for kind in turns if (mutant := planted(kind, dice[kind]))]


def tried(mutants: list[Mutant], survivors: Path | None) -> list[Result]:
    """Return how many mutants of each kind were caught and how, and list those that no message names."""
    from evidence.data import schema
    from tests.mutants.trial import CHECKS, Reads, keep_answers, verdicts

    keep_answers()
    reads = Reads(schema.ROOT)
    assert not reads.learn(CHECKS), "the book has problems of its own"
    counts: dict[str, Counter] = defaultdict(Counter)
    lines, begun = [], time.monotonic()
    for done, (mutant, verdict) in enumerate(verdicts(mutants, reads), start=1):
        counts[mutant.kind][BY_READING if verdict[:2] == (NAMED, BY_READING) else verdict.verdict] += 1
        if verdict.verdict != NAMED:
            print(f"{verdict.verdict}: {mutant.kind}, {mutant.what[:200]} => {verdict.message[:200]}", flush=True)
            lines.append(f"{mutant.kind}\t{verdict.verdict}\t{mutant.what[:300]}\t{verdict.message[:300]}\n")
        if sys.stdout.isatty() or done % 20 == 0:
            print(f"{done} of {len(mutants)}, {time.monotonic() - begun:.0f} s", flush=True)
    if survivors:
        survivors.write_text("".join(sorted(lines)), encoding="utf-8")
    return [Result(GUARD, kind, KINDS[kind], count) for kind, count in counts.items()]


def main() -> int:
    """Run the command. Returns the exit code."""
    parser = argparse.ArgumentParser(prog="make mutants", description=__doc__)
    parser.add_argument("--number", type=int, default=2000, help="how many (2000)")
    parser.add_argument("--seed", type=int, default=1, help="of the dice (1)")
    parser.add_argument("--kinds", default="", help="some kinds, separated by commas")
    parser.add_argument("--survivors", type=Path, help="file for those that no message names")
    parser.add_argument("--write", action="store_true", help="keep the counts in the table of the certificate")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if not given.here:
        return in_a_copy("tests.mutants", sys.argv[1:])
    kinds = given.kinds.split(",") if given.kinds else list(KINDS)
    results = tried(drawn(given.number, given.seed, kinds), given.survivors)
    for result in results:
        print(f"{result.kind:24} {dict(result.counts)}")
    print("all", dict(sum((result.counts for result in results), Counter())))
    if given.write:
        write(GUARD, results)
    return 0


if __name__ == "__main__":
    sys.exit(main())
