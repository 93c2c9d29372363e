"""``python -m benchmarks.filters``: how long a filter over many records takes until the page shows it.

The page is that of all records, with made-up (synthetic) records in place of the book's: as many as asked, a theme, a
group, places and a year each. Measured in Chromium, from the change of a filter to the second frame after it, which
is when the new list has been painted.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from pathlib import Path
from random import Random
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "_build/html/chapters/reference/finder.html"
GOAL_MS = 100
TITLE = "Synthetic record {} on something that a document says"
SIZES = {"theme": 60, "group": 24, "place": 34, "year": 20, "document": 5}
CHANGES = [("theme", 3), ("theme", 5), ("theme", 5), ("theme", 3), ("document", 1), ("year", 4), ("document", 1)]
MEASURE = """async ([facet, at]) => {
  const box = [...document.querySelectorAll('.facet')].find((one) => one.dataset.facet === facet);
  box.open = true;
  while (!box.querySelector('input')) await new Promise((done) => setTimeout(done, 20));
  const input = [...box.querySelectorAll('input')].find((one) => one.value === `${facet}-${at}`);
  const start = performance.now();
  input.click();
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  return performance.now() - start;
}"""


def synthetic(count: int) -> str:
    """Return a script with so many made-up records, as the finder loads them."""
    facets = [
        {"id": name, "name": name.capitalize(), "codes": [[f"{name}-{at}", f"{name} {at}"] for at in range(size)]}
        for name, size in SIZES.items()
    ]
    chance = Random(1)  # the same records in every run
    rows = [
        [f"r{at}", TITLE.format(at), 0, f"fact-r{at}", "p. 1", [chance.sample(range(n), 2) for n in SIZES.values()]]
        for at in range(count)
    ]
    shown = {"name": "Synthetic", "pages": ["x.html"], "facets": facets, "rows": rows}
    empty = {"name": "None", "pages": [], "facets": [], "rows": []}
    return (
        "window.evidenceRecords = new Proxy({}, { set: () => true, "
        f"get: (_, kind) => kind === 'fact' ? {json.dumps(shown)} : {json.dumps(empty)} }});"
    )


def measure(count: int) -> list[float]:
    """Return the milliseconds of each change of a filter, with the options panel open."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        tab = browser.new_page()
        tab.add_init_script(synthetic(count))
        tab.goto(PAGE.as_uri())
        tab.locator(".found details.card").first.wait_for()
        tab.locator(".options").evaluate("node => { node.open = true }")
        found = [tab.evaluate(MEASURE, list(change)) for change in CHANGES]
        browser.close()
    return found


def main() -> int:
    """Measure, print, and return 1 with ``--check`` where the median is above the goal."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.filters", description=__doc__)
    parser.add_argument("--records", type=int, default=10_000)
    parser.add_argument("--check", action="store_true", help="exit with 1 if the goal is missed")
    chosen = parser.parse_args()
    if not PAGE.is_file() or not shutil.which("chromium"):
        print("filters: needs the built book and Chromium")
        return 0
    found = measure(chosen.records)
    middle = median(found)
    print(f"filter to paint, {chosen.records:,} records: {middle:.0f} ms ({min(found):.0f} to {max(found):.0f})")
    return 1 if chosen.check and middle > GOAL_MS else 0


if __name__ == "__main__":
    sys.exit(main())
