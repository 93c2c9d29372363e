"""Waiting for a page: it is asked from outside, because the policy of pages lets no text be evaluated in them."""

from __future__ import annotations

import time

PAUSE_MS = 50
HANGS_S = 300  # what is waited for comes in a moment, later on a busy machine; after this it never does


def holds(tab, condition: str) -> bool:
    """Return whether an expression holds on a page; it does not on one that is just being left."""
    from playwright.sync_api import Error

    try:
        return bool(tab.evaluate(condition))
    except Error as error:
        if "navigation" in str(error):
            return False
        raise


def wait_until_idle(tab) -> None:
    """Wait until what the scripts of a page have begun is done: twice, as what is done may begin something more."""
    tab.evaluate("() => new Promise((done) => requestIdleCallback(() => requestIdleCallback(done)))")


def wait_until(tab, condition: str, seconds: float = HANGS_S) -> None:
    """Wait until an expression holds on a page, which may be loaded anew meanwhile; fail when it is not in time."""
    end = time.monotonic() + seconds
    while not holds(tab, condition):
        assert time.monotonic() < end, condition
        tab.wait_for_timeout(PAUSE_MS)
