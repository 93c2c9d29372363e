"""``make fuzz``: random changes of bytes and of structure, and whether a check stops at one instead of answering.

What a check says is of no interest here: a letter more may be a right sentence. That it says something in words, or
nothing, in time, is. ``--number`` changes, as many in each kind of file.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable

from tests.mutants.__main__ import in_a_copy
from tests.mutants.book import ROOT, Cell, Mutant, cells, tables
from tests.mutants.files import BIBLIOGRAPHY, SCHEMA, SETTINGS, TOC, chapters
from tests.mutants.results import Result, write

GUARD = "fuzz"
TOKENS = [
    "",
    "\0",
    "\ufeff",
    '"',
    '""',
    ",",
    ";",
    ";;",
    "\n",
    "\r",
    "\t",
    "---",
    "```",
    "{",
    "}",
    "[",
    "]",
    "*a",
    "&a",
    "<<: 1",
]
TOKENS += [
    "#",
    "/",
    "calc:",
    "%s",
    "{0}",
    "\\",
    "`",
    "{fact}`",
    "{x}`y`",
    "=1+1",
    "é",
    "e\u0301",
    "\ud800",
    "😀",
    "ﬁ",
    "٣",
]
TOKENS += ["NaN", "inf", "-0", "1e999", "0-0", "9" * 400, "-1", "0", "99999999999999999999", "1.", ".5", "true", "null"]
TOKENS += ["2012-02-30", "9999-99", "0000", "a=b", "a=b;c", "x#y/z", "facts#x/value", "calc:x", "x" * 5000, "(" * 300]
TOKENS += [
    "fact(",
    "fact()",
    "1/0",
    "9**9**9",
    "[x for x in 1]",
    "says(1,2,3,4)",
    "lambda: 0",
    "__import__('os')",
    "'a'*9**9",
]
VALUES = [
    "null",
    "[]",
    "{}",
    "1",
    "-1",
    "3.5",
    '"x"',
    "''",
    "true",
    "2012-01-01",
    "[1, {a: 1}]",
    "[[]]",
    "nan",
    "!!set {a}",
    "*x",
]
Change = Callable[[random.Random, bytes], bytes]


def encoded(text: str) -> bytes:
    """Return a text as bytes, halves of characters too."""
    return text.encode("utf-8", "surrogatepass")


def span(dice: random.Random, raw: bytes) -> tuple[int, int]:
    """Return the ends of a piece of a file."""
    start = dice.randrange(len(raw) or 1)
    return start, min(len(raw), start + dice.choice((1, 2, 5, 40, 400)))


def byte_changed(dice: random.Random, raw: bytes) -> bytes:
    """a byte is another"""
    at = dice.randrange(len(raw) or 1)
    return raw[:at] + bytes([dice.randrange(256)]) + raw[at + 1 :]


def piece_lost(dice: random.Random, raw: bytes) -> bytes:
    """a piece is gone"""
    start, end = span(dice, raw)
    return raw[:start] + raw[end:]


def piece_twice(dice: random.Random, raw: bytes) -> bytes:
    """a piece stands twice"""
    start, end = span(dice, raw)
    return raw[:end] + raw[start:]


def piece_moved(dice: random.Random, raw: bytes) -> bytes:
    """a piece stands elsewhere"""
    start, end = span(dice, raw)
    rest, at = raw[:start] + raw[end:], dice.randrange(len(raw) or 1)
    return rest[:at] + raw[start:end] + rest[at:]


def cut(dice: random.Random, raw: bytes) -> bytes:
    """a file ends early"""
    return raw[: dice.randrange(len(raw) or 1)]


def token_put(dice: random.Random, raw: bytes) -> bytes:
    """a sign that means something stands in a file"""
    at = dice.randrange(len(raw) or 1)
    return raw[:at] + encoded(dice.choice(TOKENS)) + raw[at:]


def lines_changed(dice: random.Random, raw: bytes) -> bytes:
    """lines are lost, doubled, exchanged or indented"""
    lines = raw.split(b"\n")
    one, two = dice.randrange(len(lines)), dice.randrange(len(lines))
    way = dice.randrange(4)
    if way == 0:
        del lines[one]
    elif way == 1:
        lines.insert(two, lines[one])
    elif way == 2:
        lines[one], lines[two] = lines[two], lines[one]
    else:
        lines[one] = b"  " + lines[one]
    return b"\n".join(lines)


def value_changed(dice: random.Random, raw: bytes) -> bytes:
    """a value is of another type"""
    found = list(re.finditer(rb"(?m)(?<=[:=] )[^\n,{}]+", raw))
    if not found:
        return raw
    match = dice.choice(found)
    return raw[: match.start()] + encoded(dice.choice(VALUES)) + raw[match.end() :]


CHANGES: tuple[Change, ...] = (
    byte_changed,
    piece_lost,
    piece_twice,
    piece_moved,
    cut,
    token_put,
    lines_changed,
    value_changed,
)
FILES: dict[str, tuple[str, Callable[[], list[str]]]] = {
    "tables": ("Random changes of the bytes of a table", lambda: [table.path for table in tables().values()]),
    "definition": ("Random changes of the definition of the tables", lambda: [SCHEMA]),
    "bibliography": ("Random changes of the bibliography", lambda: [BIBLIOGRAPHY]),
    "chapters": ("Random changes of chapters", chapters),
    "settings": ("Random changes of settings and contents", lambda: [SETTINGS, TOC]),
}
CELLS = ("cells", "Signs that mean something in cells of tables")
WORDS = {kind: text for kind, (text, _) in FILES.items()} | dict([CELLS])
EVERY = 100  # changes, after which a run says how far it is
SAID = {"named": "refused", "passed": "let pass", "stopped": "a check stopped at"}


def in_file(kind: str, dice: random.Random) -> Mutant:
    """Return a random change of a file of a kind."""
    file = dice.choice(FILES[kind][1]())
    change = dice.choice(CHANGES)
    raw = (ROOT / file).read_bytes()
    return Mutant(kind, f"{file}: {change.__doc__}", {file: change(dice, raw)}, frozenset({(file, None)}))


def in_some_cell(dice: random.Random, known: list[Cell]) -> Mutant:
    """Return a random sign in a cell, beside what it holds or instead of it."""
    cell = dice.choice(known)
    token = dice.choice(TOKENS)
    value = dice.choice([token, cell.value + token, token + cell.value])
    rows = [row | {cell.name: value} if at == cell.at else row for at, row in enumerate(cell.table.rows)]
    what = f"{cell.table.file}, row {cell.at + 2}, {cell.name}: {value[:60]!r}"
    return Mutant(CELLS[0], what, {cell.table.path: cell.table.saved(rows)}, frozenset({(cell.table.file, None)}))


def drawn(number: int, seed: int) -> list[Mutant]:
    """Return random changes, as many of each kind of file; those of cells fall on each column alike."""
    dice = random.Random(seed)
    columns: dict[tuple[str, str], list[Cell]] = {}
    for cell in cells():
        columns.setdefault((cell.table.name, cell.name), []).append(cell)
    kinds = [*FILES, CELLS[0], CELLS[0]]
    turns = [kinds[at % len(kinds)] for at in range(number)]
    by_column = list(columns.values())
    return [in_some_cell(dice, dice.choice(by_column)) if kind == CELLS[0] else in_file(kind, dice) for kind in turns]


class Found:
    """What the checks said of random changes so far, by kind of file."""

    def __init__(self, number: int):
        self.number, self.tried, self.begun = number, 0, time.monotonic()
        self.counts: dict[str, Counter] = {kind: Counter() for kind in WORDS}
        self.is_whole = False

    def count(self, answers: Iterable) -> None:
        """Count answers as they come, and say every hundred how far; an interrupt ends it where it is."""
        try:
            print(f"{self.number} random changes; Ctrl-C ends with what is found", flush=True)
            for mutant, verdict in answers:
                self.counts[mutant.kind][verdict.verdict] += 1
                self.tried += 1
                if verdict.verdict == "stopped":
                    print(f"{mutant.what} => {verdict.message}", flush=True)
                if self.tried % EVERY == 0:
                    print(self.so_far(), flush=True)
            self.is_whole = True
        except KeyboardInterrupt:
            print(f"interrupted: {self.so_far()}", flush=True)

    def so_far(self) -> str:
        """Return how many changes have been tried, in what time, and what became of them."""
        total = sum(self.counts.values(), Counter())
        said = ", ".join(f"{SAID[verdict]} {total[verdict]}" for verdict in SAID)
        return f"{self.tried} of {self.number}, {time.monotonic() - self.begun:.0f} s: {said}"

    @property
    def stopped(self) -> int:
        """Return at how many changes a check stopped."""
        return sum(count["stopped"] for count in self.counts.values())


def main() -> int:
    """Run the command; returns 1 if a check stopped, 130 if it was interrupted."""
    parser = argparse.ArgumentParser(prog="make fuzz", description=__doc__)
    parser.add_argument("--number", type=int, default=2000, help="how many (2000)")
    parser.add_argument("--seed", type=int, default=1, help="of the dice (1)")
    parser.add_argument("--together", type=int, default=1, help="changes of different files tried at once (1)")
    parser.add_argument("--write", action="store_true", help="keep the counts in the table of the certificate")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if not given.here:
        return in_a_copy("tests.mutants.fuzz", sys.argv[1:])
    from tests.mutants.trial import answered

    found, changes = Found(given.number), drawn(given.number, given.seed)
    found.count(answered(changes, given.together))
    for kind, count in found.counts.items():
        print(f"{WORDS[kind]}: {dict(count)}")
    if not found.is_whole:
        return 130
    if given.write:
        harmless = "What counts here is that no check stops; a random change may leave a right file."
        write(GUARD, [Result(GUARD, kind, WORDS[kind], count, harmless) for kind, count in found.counts.items()])
    return 1 if found.stopped else 0


if __name__ == "__main__":
    sys.exit(main())
