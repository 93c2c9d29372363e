"""How much work a page makes a browser do until it rests: counts, and processor time beside a page of known size.

Neither depends on how fast a machine is or what else it does: what is counted is what the browser was made to do, and
time is that of the processor on the main thread, over the time the same browser takes for the yardstick.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from statistics import median
from typing import NamedTuple

PHONE = {"width": 412, "height": 823}  # that of Lighthouse
TRACED = ["devtools.timeline", "disabled-by-default-devtools.timeline"]
YARDSTICK = "yardstick.html"
WORDS = "Every number of this page leads to the page on which it is printed, and each of them is a link. "
BLOCKS = 1000  # paragraphs of the yardstick: about as long to lay out as a long page of the book
# Idle twice, a while after nothing has been fetched: its letters have arrived and its last part is laid out.
RESTED = """() => new Promise((done) => setTimeout(
  () => requestIdleCallback(() => requestIdleCallback(() => setTimeout(done, 150))), 300))"""


class Work(NamedTuple):
    """What a page made the browser do.

    ``styled`` is how often the style of an element was worked out, on average of all elements of the page; ``layouts``
    is the number of layouts, whole or in part; ``longest`` and ``total`` are the longest task and all tasks of the main
    thread, in yardsticks.
    """

    styled: float
    layouts: int
    longest: float
    total: float


# Some half more than the page that needs most of each: a page may grow, and letters that arrive late style it twice.
BUDGET = Work(styled=3, layouts=100, longest=1.5, total=5)


def yardstick() -> str:
    """Return a page of plain paragraphs with links, which has nothing of the book."""
    blocks = "".join(f'<p>{at}. {WORDS}<a href="#">{at}</a></p>' for at in range(BLOCKS))
    return f"<!doctype html><html lang=en><title>Yardstick</title><body>{blocks}</body></html>"


def events_of_main_thread(events: list[dict]) -> list[dict]:
    """Return the whole events of the thread that laid out the page."""
    whole = [event for event in events if event.get("ph") == "X"]
    thread = next((event["pid"], event["tid"]) for event in whole if event["name"] == "Layout")
    return [event for event in whole if (event["pid"], event["tid"]) == thread]


def traced(browser, address: str, prepare: Callable) -> tuple[list[dict], int]:
    """Open a page as a phone would; return the events of its main thread until it rests, and its number of elements."""
    context = browser.new_context(viewport=PHONE, is_mobile=True, has_touch=True)
    context.route(f"**/{YARDSTICK}", lambda route: route.fulfill(body=yardstick(), content_type="text/html"))
    page = context.new_page()
    prepare(page)
    browser.start_tracing(page=page, categories=TRACED)
    page.goto(address, wait_until="networkidle")
    page.evaluate(RESTED)
    events = json.loads(browser.stop_tracing())["traceEvents"]
    elements = page.evaluate("document.querySelectorAll('*').length")
    context.close()
    return events_of_main_thread(events), elements


def processor_ms(events: list[dict]) -> list[float]:
    """Return the processor time of each task."""
    return [event.get("tdur", 0) / 1000 for event in events if event["name"] == "RunTask"]


def yardstick_ms(browser, address: str) -> float:
    """Return the processor time of all tasks of the yardstick."""
    events, _ = traced(browser, address + YARDSTICK, lambda page: None)
    return sum(processor_ms(events))


def work_of(browser, address: str, path: str, prepare: Callable = lambda page: None) -> Work:
    """Return the work of a page of the site; ``prepare`` may plant something into the tab before it is opened."""
    unit = yardstick_ms(browser, address)
    events, elements = traced(browser, address + path, prepare)
    styled = sum(event["args"].get("elementCount", 0) for event in events if event["name"] == "UpdateLayoutTree")
    layouts = sum(event["name"] == "Layout" for event in events)
    tasks = processor_ms(events)
    return Work(styled / elements, layouts, max(tasks) / unit, sum(tasks) / unit)


def middle_work(measured: list[Work]) -> Work:
    """Return the median of each measure."""
    return Work(*(median(values) for values in zip(*measured, strict=True)))


def over_budget(work: Work, budget: Work = BUDGET) -> dict[str, float]:
    """Return the measures of a page that are over their budget."""
    return {name: round(value, 2) for name, value in work._asdict().items() if value > getattr(budget, name)}
