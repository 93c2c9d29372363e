"""What tests of the loop share: the real loop on a small book, asked as a browser asks it."""

from __future__ import annotations

import json
import re
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator

import pytest

from tests.conftest import Book

TIMEOUT_S = 10  # for a chapter: one that is in order takes less, on a busy machine too


class Live:
    """A running loop: its book, its address, what it tells pages."""

    def __init__(self, book: Book):
        self.book = book
        self.run = book.start("live", "--port", "0", "--timeout", str(TIMEOUT_S))
        book.wait_for(lambda: "http://" in self.log(), self.run)
        self.address = re.search(r"http://[\d.:]+/", self.log())[0]
        self.known: set[str] = set()

    def log(self) -> str:
        """Return what the terminal shows."""
        return self.run.log.read_text(encoding="utf-8")

    def get(self, path: str, host: str = "127.0.0.1") -> tuple[int, str]:
        """Return status and text of an address."""
        request = urllib.request.Request(self.address + path, headers={"Host": host})
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def told(self, page: str = "index") -> dict:
        """Return what a page is told now."""
        with urllib.request.urlopen(f"{self.address}-live/events?page={page}", timeout=60) as answer:
            return json.loads(answer.readline().decode().removeprefix("data: "))

    def wait(self, page: str, condition: Callable[[dict], bool], seconds: float = 600) -> dict:
        """Wait until what a page is told meets a condition, and return it."""
        end = time.monotonic() + seconds
        while not condition(told := self.told(page)):
            assert time.monotonic() < end and self.run.poll() is None, f"{told}\n{self.log()}"
            time.sleep(0.1)
        return told

    def begin(self) -> None:
        """Wait for the first build, and note what the checks say of a book that is a part of the whole one."""
        self.wait("index", lambda told: told["phase"] == "built" and told["book"])
        self.known = set(problems_in(self.told()))

    def new(self, told: dict) -> list[str]:
        """Return the problems that a page is told and that were not there at the beginning."""
        return [text for text in problems_in(told) if text not in self.known]

    def well(self, page: str = "index") -> dict:
        """Wait until a build is over and nothing is wrong but what was at the beginning."""
        self.wait("index", lambda told: told["phase"] == "built" and set(problems_in(told)) == self.known)
        return self.told(page)


def problems_in(told: dict) -> list[str]:
    """Return everything wrong that a page is told, as text."""
    notes = [note["text"] for note in told["here"] + told["book"]]
    return notes + [f"{other['count']} on {other['page']}" for other in told["pages"]]


@pytest.fixture(scope="module")
def live(tmp_path_factory) -> Iterator[Live]:
    """Return the loop on a small book that has been built once."""
    loop = Live(Book(tmp_path_factory.mktemp("live") / "book"))
    try:
        loop.begin()
        yield loop
    finally:
        loop.run.terminate()
        loop.run.wait(120)
