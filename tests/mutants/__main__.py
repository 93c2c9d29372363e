"""``make mutants``: plants wrong data in a copy of the book, one fault at a time, and says what was caught.

``--number`` mutants, spread evenly over the kinds; the same ``--seed`` plants the same ones.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.conftest import ROOT, SOURCES, write_whole_book
from tests.mutants.kinds import KINDS, planted


def in_a_copy(arguments: list[str]) -> int:
    """Run this module again on a copy of the book, with the texts beside it. Returns the exit code."""
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        copy = Path(folder)
        write_whole_book(copy)
        if SOURCES.is_dir():
            (copy / "texts").symlink_to(SOURCES)
        here = {"PYTHONPATH": f"{copy}{os.pathsep}{ROOT}", "PYTHONDONTWRITEBYTECODE": "1"}
        command = [sys.executable, "-m", "tests.mutants", "--here", *arguments]
        return subprocess.run(command, cwd=ROOT / "tests", env=os.environ | here).returncode


def run(number: int, seed: int, kinds: list[str]) -> int:
    """Try mutants and print what became of them."""
    from evidence.data import schema
    from tests.mutants.trial import CHECKS, Reads, keep_answers, tried

    keep_answers()
    reads = Reads(schema.ROOT)
    problems = reads.learn(CHECKS)
    assert not problems, problems
    begun, counts = time.monotonic(), Counter()
    each, more = divmod(number, len(kinds))
    for at, kind in enumerate(kinds):
        dice = random.Random(f"{seed} {kind}")
        for _ in range(each + (at < more)):
            mutant = planted(kind, dice)
            if mutant is None:
                continue
            verdict = tried(mutant, reads)
            counts[kind, verdict.verdict, verdict.by] += 1
            if verdict.verdict != "named" or verdict.by == "reading":
                print(
                    f"{kind}\t{verdict.verdict}\t{verdict.by}\t{mutant.what[:260]}\t=> {verdict.message[:240]}",
                    flush=True,
                )
    total = Counter()
    for (_, verdict, by), count in counts.items():
        total[verdict, by] += count
    print("SUMMARY", dict(total), f"{time.monotonic() - begun:.0f} s")
    for kind in kinds:
        print(f"{kind:24}", {f"{v} {b}".strip(): c for (k, v, b), c in counts.items() if k == kind})
    return 0


def main() -> int:
    parser = argparse.ArgumentParser(prog="make mutants", description=__doc__)
    parser.add_argument("--number", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kinds", default="")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if not given.here:
        return in_a_copy(sys.argv[1:])
    return run(given.number, given.seed, given.kinds.split(",") if given.kinds else list(KINDS))


if __name__ == "__main__":
    sys.exit(main())
