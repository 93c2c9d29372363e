"""``make mutants-code``: plants changes in the code that holds rules, and runs the tests of its module on each.

The changes are those of Cosmic Ray (https://cosmic-ray.readthedocs.io): another operator, another comparison, a number
one off, a condition the other way round. ``--number`` of them are drawn over all modules alike; tests run in a fork of
a process that has imported what never changes. A change is killed when a test fails or does not end.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import shutil
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from tests.mutants.results import Result, write

ROOT = Path(__file__).resolve().parents[2]
GUARD = "code"
SECONDS = 120  # of a processor, for the tests of a module
COPIED = (
    "evidence",
    "data",
    "tests",
    "chapters",
    "pyproject.toml",
    "index.md",
    "_config.yml",
    "_toc.yml",
    "references.bib",
)
LEFT_OUT = ("Variable", "Decorator", "BitOr")  # those that want a name, and what would undo caches and types (``|``)
SUITES = {  # module: the tests that hold its rules
    "evidence/figures/formulas.py": ("figures/test_formulas.py",),
    "evidence/figures/arithmetic.py": ("figures/test_arithmetic.py",),
    "evidence/figures/calculations.py": ("figures/test_calculations.py",),
    "evidence/checks/facts.py": ("checks/test_facts.py",),
    "evidence/checks/passages.py": ("checks/test_passages.py",),
    "evidence/checks/folios.py": ("checks/test_folios.py",),
    "evidence/checks/ranges.py": ("checks/test_ranges.py",),
    "evidence/checks/twins.py": ("checks/test_twins.py",),
    "evidence/checks/sides.py": ("checks/test_sides.py",),
    "evidence/checks/expect.py": ("checks/test_expect.py", "checks/test_sides.py"),
    "evidence/checks/judgement.py": ("checks/test_messages.py", "checks/test_review_findings.py"),
    "evidence/checks/messages.py": ("checks/test_messages.py",),
    "evidence/checks/readings.py": ("checks/test_readings.py",),
    "evidence/checks/coding.py": ("checks/test_coding.py",),
    "evidence/checks/characters.py": ("checks/test_characters.py",),
    "evidence/checks/settings.py": ("checks/test_settings.py",),
    "evidence/data/wellformed.py": ("data/test_wellformed.py",),
    "evidence/data/rules.py": ("data/test_store.py",),
    "evidence/attendance/rules.py": ("attendance/test_worked_cases.py", "attendance/test_study.py"),
    "evidence/attendance/thresholds.py": ("attendance/test_worked_cases.py", "attendance/test_study.py"),
    "evidence/attendance/indicators.py": ("attendance/test_indicators.py",),
    "evidence/attendance/suppression.py": ("attendance/test_attack.py",),
    "evidence/toolkit/suppression.py": ("toolkit/test_suppression.py",),
    "evidence/listening/masking.py": ("listening/test_privacy.py",),
    "evidence/listening/pseudonyms.py": ("listening/test_privacy.py",),
}


class Change(NamedTuple):
    """A change of a module: the operator of Cosmic Ray, which of the places it fits, and the code with it."""

    module: str
    operator: str
    occurrence: int
    code: str

    def __str__(self) -> str:
        before = (ROOT / self.module).read_text(encoding="utf-8").split("\n")
        pairs = zip(before, self.code.split("\n"))
        line, (old, new) = next(
            ((at, pair) for at, pair in enumerate(pairs, start=1) if pair[0] != pair[1]), (0, ("", ""))
        )
        return f"{self.module}, line {line} ({self.operator.partition('/')[2]}): {old.strip()} -> {new.strip()}"


def changes(module: str) -> list[Change]:
    """Return every change of a module that Cosmic Ray knows, but for those of decorators and of types."""
    from cosmic_ray.ast import ast_nodes, get_ast_from_path
    from cosmic_ray.mutating import mutate_code
    from cosmic_ray.plugins import get_operator, operator_names

    source, tree, found = (ROOT / module).read_text(encoding="utf-8"), get_ast_from_path(ROOT / module), []
    for name in operator_names():
        if any(part in name for part in LEFT_OUT):
            continue
        operator = get_operator(name)()
        places = sum(1 for node in ast_nodes(tree) for _ in operator.mutation_positions(node))
        for at in range(places):
            try:
                code = mutate_code(source, operator, at)
            except AttributeError:  # its change of exceptions knows no dotted names (``csv.Error``)
                continue
            if code and code != source:
                found.append(Change(module, name, at, code))
    return found


def drawn(number: int, seed: int, modules: list[str]) -> list[Change]:
    """Return changes, as many of each module."""
    dice = random.Random(seed)
    each, more = divmod(number, len(modules))
    found = []
    for at, module in enumerate(modules):
        known = changes(module)
        found += dice.sample(known, min(len(known), each + (at < more)))
    return found


def is_killed(change: Change | None, tests: tuple[str, ...], folder: Path) -> bool:
    """Return whether a test fails, or does not end, in a fork that finds the change in a copy of the book."""
    if change:
        (folder / change.module).write_text(change.code, encoding="utf-8")
    child = os.fork()
    if child == 0:
        import pytest

        os.chdir(folder)
        sys.path.insert(0, str(folder))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        with open(os.devnull, "w") as nothing:
            os.dup2(nothing.fileno(), 1)
            os.dup2(nothing.fileno(), 2)
        options = ["-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", f"--rootdir={folder}"]
        os._exit(int(pytest.main([*options, *(f"tests/{test}" for test in tests)]) != 0))
    _, status = os.waitpid(child, 0)
    if change:
        shutil.copy(ROOT / change.module, folder / change.module)
    return status != 0


def main() -> int:
    """Run the command. Returns the exit code."""
    parser = argparse.ArgumentParser(prog="make mutants-code", description=__doc__)
    parser.add_argument("--number", type=int, default=300, help="how many (300)")
    parser.add_argument("--seed", type=int, default=1, help="of the dice (1)")
    parser.add_argument("--modules", default="", help="some modules, separated by commas")
    parser.add_argument("--write", action="store_true", help="keep the counts in the table of the certificate")
    given = parser.parse_args()
    modules = given.modules.split(",") if given.modules else list(SUITES)
    planted = drawn(given.number, given.seed, modules)
    import narwhals  # noqa: F401, what never changes is imported once
    import pandas  # noqa: F401

    sys.dont_write_bytecode = True
    for name in [name for name in sys.modules if name.partition(".")[0] in ("evidence", "tests")]:
        del sys.modules[name]
    counts: dict[str, Counter] = {module: Counter() for module in modules}
    with tempfile.TemporaryDirectory(prefix="mutants-") as place:
        folder = Path(place)
        for name in COPIED:
            copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
            copy(ROOT / name, folder / name)
        for module in modules:
            assert not is_killed(None, SUITES[module], folder), f"the tests of {module} fail as it is"
        for change in planted:
            killed = is_killed(change, SUITES[change.module], folder)
            counts[change.module]["named" if killed else "passed"] += 1
            if not killed:
                print(f"survives: {change}", flush=True)
    for module, count in counts.items():
        print(f"{module}: {dict(count)}")
    if given.write:
        results = [
            Result(GUARD, Path(module).with_suffix("").as_posix().replace("/", "-"), f"Changes of {module}", count)
            for module, count in counts.items()
        ]
        write(GUARD, results)
    return 0


if __name__ == "__main__":
    sys.exit(main())
