"""``python -m benchmarks``: measures, prints a Markdown report and writes it to ``_build/bench.md``."""

import argparse
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.books import FORMS, ROOT, write_book
from benchmarks.measure import COLD, STEPS, Timing, measure, page, weigh

LARGE = 100  # chapters: above, a stock build takes minutes and runs once
GOALS = {  # (chapters, step): (at most so many seconds, at least so many times as fast as stock)
    (12, COLD): (None, 2),
    (50, COLD): (None, 8),
    (200, COLD): (None, 10),
    (50, "one chapter's prose edited"): (2, None),
    (50, "one chapter's code edited"): (3, None),
}
NOTES = """Wall seconds of whole build commands: median (smallest to largest); the two forms take turns. Every
chapter reads the one data file; ours has the registers of its few records besides. Where a rebuild leaves the old value
on the page, the ratio counts the cold build that replaces it. Weights are gzip; what scripts fetch later (Vega, in the
stock form) is not counted.
"""
TIMES = ["| | ours | stock | stock / ours | goal |", "|---|---|---|---|---|"]
WEIGHTS = ["", "| one chapter's page | HTML | style sheets and scripts | files |", "|---|---|---|---|"]


def options() -> argparse.Namespace:
    """Return the options of the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[50, 200], help="numbers of chapters")
    parser.add_argument("--quick", action="store_true", help="12 chapters, cold, once: shows that the measure works")
    parser.add_argument("--runs", type=int, default=3, help=f"runs of each form (stock above {LARGE} chapters: one)")
    parser.set_defaults(steps=STEPS)
    parser.add_argument("--only", choices=FORMS, help="measure one form only")
    parser.add_argument("--check", action="store_true", help="exit with 1 if a goal is missed")
    chosen = parser.parse_args()
    if chosen.quick:
        chosen.sizes, chosen.runs, chosen.steps = [12], 1, [COLD]
    return chosen


def spread(timings: list[Timing]) -> str:
    """Return median and range in seconds, marked where a page did not show the edit."""
    if not timings:
        return "–"
    seconds, right = zip(*timings)
    text = f"{median(seconds):.1f} s ({min(seconds):.1f} to {max(seconds):.1f})"
    return text if all(right) else f"{text}, page not updated"


def seconds_to_right_page(found: dict, form: str, step: str) -> float | None:
    """Return median seconds of a step, of the cold build where the step leaves a page wrong; None if not measured."""
    timings = found.get((form, step), [])
    if not all(timing.right for timing in timings):
        timings = found[form, COLD]
    return median(timing.seconds for timing in timings) if timings else None


def time_row(size: int, step: str, found: dict) -> tuple[str, bool]:
    """Return the Markdown row of a step, and whether its goal was missed."""
    ours, stock = (seconds_to_right_page(found, form, step) for form in FORMS)
    ratio = stock / ours if ours and stock else None
    most, least = GOALS.get((size, step), (None, None))
    missed = bool(most and ours and ours > most) or bool(least and ratio and ratio < least)
    asked = ", ".join(filter(None, [f"{most} s" if most else "", f"{least}×" if least else ""]))
    known = (not most or ours) and (not least or ratio)
    goal = asked + (": missed" if missed else ": met") if asked and known else asked
    cells = [step, *(spread(found.get((form, step), [])) for form in FORMS), f"{ratio:.1f}×" if ratio else "–", goal]
    return f"| {' | '.join(cells)} |", missed


def size_report(size: int, chosen: argparse.Namespace) -> tuple[list[str], bool]:
    """Generate and measure the books of one size; return Markdown lines and whether a goal was missed."""
    forms = [chosen.only] if chosen.only else FORMS
    runs = {form: 1 if form == "stock" and size > LARGE else chosen.runs for form in forms}
    with TemporaryDirectory() as folder:
        folders = {form: Path(folder, form) for form in forms}
        for form, path in folders.items():
            write_book(form, size, path)
        found = measure(folders, size, runs, chosen.steps)
        weighed = [(form, weigh(page(path, 1))) for form, path in folders.items()]
    rows = [time_row(size, step, found) for step in chosen.steps]
    lines = [f"## {size} chapters", "", *TIMES, *(row for row, _ in rows), *WEIGHTS]
    lines += [f"| {form} | {html:.1f} kB | {files:.1f} kB | {count} |" for form, (html, files, count) in weighed]
    return [*lines, ""], any(missed for _, missed in rows)


def main() -> int:
    """Measure every size; print and write the report. Returns the exit code."""
    chosen = options()
    reports = [size_report(size, chosen) for size in chosen.sizes]
    text = "\n".join(["# Build times and page weight", "", NOTES, *(line for lines, _ in reports for line in lines)])
    print(text)
    (ROOT / "_build").mkdir(exist_ok=True)
    (ROOT / "_build/bench.md").write_text(text, encoding="utf-8")
    return 1 if chosen.check and any(missed for _, missed in reports) else 0


if __name__ == "__main__":
    sys.exit(main())
