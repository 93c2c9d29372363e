"""What the loop knows, and what each page is told of it."""

from __future__ import annotations

import hashlib
import threading
from pathlib import Path

from evidence.live.notes import Note, page_of, together

SHOWN = 20  # message: problems of data and book that a page lists; the terminal has all


class State:
    """What the loop knows: written by the supervisor, waited for by the threads that serve pages."""

    def __init__(self, site: Path):
        self.site = site
        self.phase, self.said = "starting", "starting"
        self.checked: list[Note] = []
        self.built: list[Note] = []
        self.number = 0
        self._changed = threading.Condition()

    def update(self, **values) -> None:
        """Set values and tell everyone who waits."""
        with self._changed:
            for name, value in values.items():
                setattr(self, name, value)
            self.number += 1
            self._changed.notify_all()

    def wait(self, number: int, seconds: float) -> int:
        """Wait until something has changed since ``number``, or the time is over; return the number now."""
        with self._changed:
            self._changed.wait_for(lambda: self.number != number, seconds)
            return self.number

    def notes(self) -> list[Note]:
        """Return everything that is wrong, each thing once."""
        return together(self.checked, self.built)

    def file_of(self, page: str) -> Path:
        """Return where a page of the site is."""
        return self.site / f"{page}.html"

    def version(self, page: str) -> str:
        """Return a digest of a page as it is on disk, "" if it is not there."""
        try:
            return hashlib.sha256(self.file_of(page).read_bytes()).hexdigest()[:16]
        except OSError:
            return ""

    def view(self, page: str) -> dict:
        """Return what a page is told: its own problems in order, those of no page, and how many other pages have.

        ``version`` is that of the page once a build is over: before, it may be half written.
        """
        notes = self.notes()
        here = [one for one in notes if page_of(one.file) == page]
        book = sorted(
            (one for one in notes if not page_of(one.file)), key=lambda one: one.file != ""
        )  # the build first
        others: dict[str, int] = {}
        for one in notes:
            if (other := page_of(one.file)) not in ("", page):
                others[other] = others.get(other, 0) + 1
        return {
            "phase": self.phase,
            "said": self.said,
            "here": [one._asdict() for one in sorted(here, key=lambda one: one.row or 0)],
            "book": [one._asdict() for one in book[:SHOWN]],
            "more": max(0, len(book) - SHOWN),
            "pages": [{"page": other, "count": count} for other, count in others.items()],
            "version": self.version(page) if self.phase == "built" else None,
        }
