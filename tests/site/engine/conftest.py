"""Tests of forks run beside the server and the browser of other tests, whose threads are none of theirs."""

from __future__ import annotations

import threading

import pytest

from evidence.site.engine import forks


@pytest.fixture(autouse=True)
def no_thread_of_other_tests(monkeypatch):
    before = {thread.name for thread in threading.enumerate()}
    alive = forks.other_threads
    monkeypatch.setattr(forks, "other_threads", lambda: [name for name in alive() if name not in before])
