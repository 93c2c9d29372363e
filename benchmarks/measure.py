"""Times whole build commands and weighs pages."""

import gzip
import shutil
import subprocess
import sys
import time
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple

from benchmarks.books import EDITS, PAGE, make_edit

COLD = "cold build"
STEPS = [COLD, "rebuild, no change", *EDITS]
COMMANDS = {
    "ours": [sys.executable, "-c", "from evidence.cli import main; main()", "build", "."],
    "stock": [str(Path(sys.executable).parent / "jupyter-book"), "build", "-q", "."],
}


class Timing(NamedTuple):
    """Wall seconds of one command, and whether the page then showed what it had to."""

    seconds: float
    right: bool


def page(folder: Path, number: int) -> Path:
    """Return the built page of a chapter."""
    return folder / f"_build/html/{PAGE.format(number)}.html"


def time_step(form: str, folder: Path, step: str, number: int, run: int) -> Timing:
    """Make the edit of a step, then time the build; raises RuntimeError with its output if it fails."""
    expected = make_edit(step, folder, number, run) if step in EDITS else ""
    if step == COLD:
        shutil.rmtree(folder / "_build", ignore_errors=True)
    started = time.perf_counter()
    done = subprocess.run(COMMANDS[form], cwd=folder, capture_output=True, text=True)
    seconds = time.perf_counter() - started
    if done.returncode:
        raise RuntimeError(f"the build of {form} failed:\n{(done.stdout + done.stderr)[-3000:]}")
    return Timing(seconds, expected in page(folder, number).read_text(encoding="utf-8"))


def measure(
    folders: dict[str, Path], size: int, runs: dict[str, int], steps: list[str]
) -> dict[tuple[str, str], list[Timing]]:
    """Return the timings by (form, step); the forms take turns at being first."""
    found: dict[tuple[str, str], list[Timing]] = {}
    for run in range(max(runs.values())):
        for position, step in enumerate(steps):
            for form in sorted(folders, reverse=bool((run + position) % 2)):
                if run < runs[form]:
                    timing = time_step(form, folders[form], step, (size + 1) // 2, run)
                    found.setdefault((form, step), []).append(timing)
                    print(f"{size} chapters, run {run + 1}, {form}, {step}: {timing.seconds:.1f} s", file=sys.stderr)
    return found


class _References(HTMLParser):
    """Collects the addresses of the style sheets and scripts of a page."""

    def __init__(self):
        super().__init__()
        self.addresses: set[str] = set()

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        address = given.get("src") if tag == "script" else given.get("href")
        if address and (tag == "script" or (tag == "link" and "stylesheet" in given.get("rel", ""))):
            self.addresses.add(address)


def weigh(path: Path) -> tuple[float, float, int]:
    """Return kB (gzip) of a page's HTML, kB of the style sheets and scripts it names, and their number."""
    parser = _References()
    parser.feed(path.read_text(encoding="utf-8"))
    local = {address.partition("?")[0] for address in parser.addresses if "//" not in address}
    sizes = [len(gzip.compress(file.read_bytes())) / 1000 for file in (path, *(path.parent / name for name in local))]
    return sizes[0], sum(sizes[1:]), len(local)
