"""Limits that no document gives and that we set ourselves (``own_limits.csv``); its rows say what each decides."""

from __future__ import annotations

from evidence.data import store

TABLE = "own_limits"


def _value(key: str) -> int:
    return int(store.row(TABLE, key).value)


def few_documents() -> int:
    """Return up to how many documents on a theme are few."""
    return _value("few-documents")


def messages_on_top() -> int:
    """Return how many key messages stand on top of an answer at most."""
    return _value("messages-on-top")


def old_data_years() -> int:
    """Return how many years before the newest document data may end that are not called old."""
    return _value("old-data")


def old_share_pct() -> int:
    """Return above what share of dated records, in per cent, a theme rests on old data."""
    return _value("old-share")


def same_message_pct() -> int:
    """Return from what share of shared words, in per cent, two key messages on one finding say the same."""
    return _value("same-message")


def small_register() -> int:
    """Return below how many children a register is small."""
    return _value("small-register")
