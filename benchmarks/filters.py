"""``python -m benchmarks.filters``: how long a filter over many records takes until the page shows it.

The pages are that of all records and the evidence map, with made-up (synthetic) records in place of the book's: as many
as asked, themes, groups, places and years each. Measured in Chromium, from the change of a filter, or of what stands
across the map, to the second frame after it, which is when the new list or table has been painted. Each page is opened
several times; the median of the changes counts, of the round least disturbed by other work.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from pathlib import Path
from random import Random
from statistics import median

from evidence.data import store

ROOT = Path(__file__).resolve().parents[1]
FINDER = ROOT / "_build/html/chapters/reference/finder.html"
MAP = ROOT / "_build/html/chapters/synthesis/evidence-map.html"
GOAL_MS = 100
ROUNDS = 3  # the least disturbed of them decides
TITLE = "Synthetic record {} on something that a document says"
OWN = {"theme": "themes", "document": "sources"}  # facets with the codes of the book: lines and columns of the map
MADE_UP = {"group": 24, "place": 34, "evidence": 10}  # facets with so many made-up codes
YEARS = range(2004, 2024)
FACETS = (*OWN, *MADE_UP, "year")
CHANGES = [("theme", 3), ("theme", 5), ("theme", 5), ("theme", 3), ("document", 1), ("year", 4), ("document", 1)]
ON_MAP = [("group", "group-3"), ("across", "place"), ("evidence", "evidence-1"), ("group", ""), ("across", "group")]
ON_MAP += [("place", "place-4"), ("across", "document")]
MEASURE = """async ([facet, at]) => {
  const box = [...document.querySelectorAll('.facet')].find((one) => one.dataset.facet === facet);
  box.open = true;
  while (!box.querySelector('input')) await new Promise((done) => setTimeout(done, 20));
  const input = [...box.querySelectorAll('input')].find((one) => one.value === at);
  const start = performance.now();
  input.click();
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  return performance.now() - start;
}"""
MEASURE_ON_MAP = """async ([facet, code]) => {
  const select = document.querySelector(`.choices select[data-facet=${facet}]`);
  const start = performance.now();
  select.value = code;
  select.dispatchEvent(new Event('change'));
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  return performance.now() - start;
}"""


def codes_of(facet: str) -> list[str]:
    """Return the codes of a facet of the made-up records."""
    if facet in OWN:
        return list(store.rows(OWN[facet]))
    return [f"{facet}-{at}" for at in range(MADE_UP[facet])] if facet in MADE_UP else list(map(str, YEARS))


def synthetic(count: int) -> str:
    """Return a script with so many made-up records, as the finder loads them."""
    facets = [
        {"id": name, "name": name.capitalize(), "codes": [[code, code] for code in codes_of(name)]} for name in FACETS
    ]
    sizes = [len(facet["codes"]) for facet in facets]
    chance = Random(1)  # the same records in every run
    rows = [
        [f"r{at}", TITLE.format(at), 0, f"fact-r{at}", "p. 1", [chance.sample(range(size), 2) for size in sizes]]
        for at in range(count)
    ]
    shown = {"name": "Synthetic", "pages": ["x.html"], "facets": facets, "rows": rows}
    empty = {"name": "None", "pages": [], "facets": [], "rows": []}
    return (
        "window.evidenceRecords = new Proxy({}, { set: () => true, "
        f"get: (_, kind) => kind === 'fact' ? {json.dumps(shown)} : {json.dumps(empty)} }});"
    )


def opened(page: Path, count: int, play):
    """Return the browser and the tab of a page with made-up records in place of the book's."""
    browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
    tab = browser.new_page()
    tab.add_init_script(synthetic(count))
    tab.goto(page.as_uri())
    return browser, tab


def measure_finder(count: int, play) -> list[float]:
    """Return the milliseconds of each change of a filter of the finder, with the options panel open."""
    browser, tab = opened(FINDER, count, play)
    tab.locator(".found details.card").first.wait_for()
    tab.locator(".options").evaluate("node => { node.open = true }")
    changes = [[facet, codes_of(facet)[at]] for facet, at in CHANGES]
    found = [tab.evaluate(MEASURE, change) for change in changes]
    browser.close()
    return found


def measure_map(count: int, play) -> list[float]:
    """Return the milliseconds of each change of the evidence map."""
    browser, tab = opened(MAP, count, play)
    tab.get_by_role("button", name="Choose what the map shows").click()
    tab.locator(".choices select[data-facet=place]").wait_for()
    tab.locator(".map table").evaluate("table => table.scrollIntoView()")  # lines in view are written first
    found = [tab.evaluate(MEASURE_ON_MAP, list(change)) for change in ON_MAP]
    browser.close()
    return found


def main() -> int:
    """Measure, print, and return 1 with ``--check`` where a median is above the goal."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.filters", description=__doc__)
    parser.add_argument("--records", type=int, default=10_000)
    parser.add_argument("--check", action="store_true", help="exit with 1 if a goal is missed")
    chosen = parser.parse_args()
    if not (FINDER.is_file() and MAP.is_file() and shutil.which("chromium")):
        print("filters: needs the built book and Chromium")
        return 0
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        measured = {
            name: [measure(chosen.records, play) for _ in range(ROUNDS)]
            for name, measure in (
                ("filter to paint, all records", measure_finder),
                ("filter to paint, evidence map", measure_map),
            )
        }
    best = {name: min(rounds, key=median) for name, rounds in measured.items()}
    for name, found in best.items():
        print(f"{name}, {chosen.records:,}: {median(found):.0f} ms ({min(found):.0f} to {max(found):.0f})")
    return 1 if chosen.check and any(median(found) > GOAL_MS for found in best.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
