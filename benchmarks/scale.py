"""``python -m benchmarks.scale``: what the whole book costs with ten times its records, and with 200 chapters more.

The records are those of the book, repeated under other ids; the chapters are those of :mod:`benchmarks.books`. Each is
built from nothing at half the size and at the whole. What grows in proportion takes twice as long for twice as much, or
less; quadratic parts would take four times as long. The quick form takes the median of three builds. Processor seconds
are of all processes of the build, so that they hold on a busy machine too; on two idle cores a build takes about half
of them, as far as it is done by both.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import subprocess
import sys
import time
from html.parser import HTMLParser
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from benchmarks import books
from benchmarks.books import PAGE, ROOT, ROW, SHOWN, chapter, exhibit_id
from benchmarks.data import read
from benchmarks.data import write as write_table

RECORDS = ("facts", "findings")
SIZES = {"records": (5_000, 10_000), "chapters": (100, 200)}  # of each table; beside those of the book
QUICK = {"records": (1_000, 2_000), "chapters": (15, 30)}
SMALL = 2  # chapters of the small book of the quick form
BUDGET_KB, BUDGET_ELEMENTS = 300, 3_000  # of a page
GOAL_S = 60  # for a build of the whole size on two idle cores
GROWTH = (
    2.8  # at most so many times as much for what is added twice: nearer to the two of a line than to a square's four
)
RUNS = {
    "whole": 1,
    "quick": 3,
}  # seconds are few in the quick form, so that one busy moment of the machine would decide
COPIED = ("evidence", "data", "chapters")
FILES = ("index.md", "_config.yml", "_toc.yml", "references.bib", "requirements.in", "requirements.txt")
COMMAND = [sys.executable, "-c", "from evidence.cli import main; main()", "build", "."]
HEAD = ["| what is added | processor time | wall time | search index | largest page | most elements |"]
HEAD += ["|---|---|---|---|---|---|"]


class Cost(NamedTuple):
    """What a build took, and the largest page it wrote."""

    processor_s: float
    wall_s: float
    search_kb: float
    page_kb: float
    elements: int
    largest: str


def write_book(folder: Path) -> None:
    """Copy the whole book into a folder."""
    for name in COPIED:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in FILES:
        shutil.copy(ROOT / name, folder)


def repeated(rows: list[dict[str, str]], size: int) -> list[dict[str, str]]:
    """Return as many rows as asked: those given, then again under other ids."""
    return [
        row | {"id": f"{row['id']}-again-{number // len(rows)}" if number >= len(rows) else row["id"]}
        for number in range(max(size, len(rows)))
        for row in [rows[number % len(rows)]]
    ]


def add_records(folder: Path, size: int) -> None:
    """Make so many facts, and so many findings, of those of a book."""
    for table in RECORDS:
        write_table(folder / "data", table, repeated(read(folder / "data")[table], size))


def add_chapters(folder: Path, size: int) -> None:
    """Add so many chapters to a book, in a part of their own."""
    described = [
        {"id": exhibit_id(number, what)} | ROW | {"about_book": ""} for number in range(1, size + 1) for what in SHOWN
    ]
    write_table(folder / "data", "exhibits", [*read(folder / "data")["exhibits"], *described])
    names = [PAGE.format(number) for number in range(1, size + 1)]
    for number, name in enumerate(names, start=1):
        path = folder / f"{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(chapter("ours", number), encoding="utf-8")
    contents = (folder / "_toc.yml").read_text(encoding="utf-8").rstrip()
    part = "".join(f"\n      - file: {name}" for name in names)
    (folder / "_toc.yml").write_text(f"{contents}\n  - caption: Generated\n    chapters:{part}\n", encoding="utf-8")


ADD = {"records": add_records, "chapters": add_chapters}
SAID = {"records": "{:,} facts and {:,} findings in all", "chapters": "{:,} chapters more"}


class _Elements(HTMLParser):
    """Counts the elements of a page, but for what stands in templates: a browser makes no nodes of it at load."""

    count, templates = 0, 0

    def handle_starttag(self, tag, attributes):
        self.count += not self.templates
        self.templates += tag == "template"

    def handle_endtag(self, tag):
        self.templates -= tag == "template"


def elements(page: str) -> int:
    """Return how many elements a page has at load."""
    parser = _Elements()
    parser.feed(page)
    return parser.count


def build(folder: Path) -> Cost:
    """Build a book from nothing; raises RuntimeError with its output if that fails."""
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(COMMAND, cwd=folder, capture_output=True, text=True)
    wall, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        raise RuntimeError(f"the build failed:\n{(done.stdout + done.stderr)[-3000:]}")
    site = folder / "_build/html"
    pages = {path: path.read_text(encoding="utf-8") for path in site.rglob("*.html")}
    largest = max(pages, key=lambda path: len(pages[path].encode()))
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    index = sum(path.stat().st_size for path in (site / "search").glob("*.js"))
    most = max(map(elements, pages.values()))
    size = len(pages[largest].encode()) / 1000
    return Cost(used, wall, index / 1000, size, most, largest.relative_to(site).as_posix())


def write(kind: str, size: int, folder: Path, is_small: bool) -> None:
    """Write a book with so much added: the whole one, or the small one of the other benchmark."""
    if is_small:
        books.write_book("ours", SMALL + (size if kind == "chapters" else 0), folder)
    else:
        write_book(folder)
    if size and not (is_small and kind == "chapters"):
        ADD[kind](folder, size)


def cost_of(kind: str, size: int, is_small: bool = False) -> Cost:
    """Return what a book costs with so much added: of several builds, the one with the median of processor time."""
    costs = []
    for _ in range(RUNS["quick" if is_small else "whole"]):
        with TemporaryDirectory() as folder:
            write(kind, size, Path(folder), is_small)
            costs.append(build(Path(folder)))
    return sorted(costs)[len(costs) // 2]


def row(said: str, cost: Cost) -> str:
    """Return the Markdown row of a build."""
    page = f"{cost.page_kb:.0f} kB ({cost.largest})"
    cells = [said, f"{cost.processor_s:.0f} s", f"{cost.wall_s:.0f} s", f"{cost.search_kb / 1000:.1f} MB", page]
    return f"| {' | '.join([*cells, f'{cost.elements:,}'])} |"


def missed(kind: str, plain: Cost, half: Cost, whole: Cost) -> list[str]:
    """Return which goals a kind of growth misses."""
    found = []
    growth = (whole.processor_s - plain.processor_s) / max(half.processor_s - plain.processor_s, 1)
    if growth > GROWTH:
        found.append(f"{kind}: twice as much takes {growth:.1f} times as long")
    if whole.processor_s > 2 * GOAL_S:
        found.append(f"{kind}: {whole.processor_s:.0f} s of processor time, more than two cores have in {GOAL_S} s")
    if whole.page_kb > BUDGET_KB:
        found.append(f"{kind}: {whole.largest} has {whole.page_kb:.0f} kB")
    if whole.elements > BUDGET_ELEMENTS:
        found.append(f"{kind}: a page has {whole.elements:,} elements")
    return found


def main() -> int:
    """Measure, print and write the report. Returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scale", description=__doc__)
    parser.add_argument(
        "--quick", action="store_true", help="a small book and less of all: shows that the measure works"
    )
    parser.add_argument("--only", choices=SIZES, help="one kind of growth only")
    parser.add_argument("--check", action="store_true", help="exit with 1 if a goal is missed")
    chosen = parser.parse_args()
    plain = cost_of("", 0, chosen.quick)
    lines, faults = ["# Growth", "", *HEAD, row("nothing", plain)], []
    for kind, sizes in (QUICK if chosen.quick else SIZES).items():
        if chosen.only in (None, kind):
            costs = [cost_of(kind, size, chosen.quick) for size in sizes]
            lines += [row(SAID[kind].format(size, size), cost) for size, cost in zip(sizes, costs)]
            faults += missed(kind, plain, *costs)
    text = "\n".join([*lines, "", *(faults or ["Every goal is met."]), ""])
    print(text)
    (ROOT / "_build").mkdir(exist_ok=True)
    (ROOT / "_build/bench-scale.md").write_text(text, encoding="utf-8")
    return 1 if chosen.check and faults else 0


if __name__ == "__main__":
    sys.exit(main())
