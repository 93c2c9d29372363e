"""Limits that no document gives and that we set ourselves (``own_limits.csv``); its rows say what each decides.

What changes what a reader sees stands there, not in code. A number that only bears on layout, speed or form stays in
its module, where a comment says so.
"""

from __future__ import annotations

from evidence.data import store

TABLE = "own_limits"


def _values(key: str) -> tuple[int, ...]:
    return tuple(map(int, store.items(store.row(TABLE, key).value)))


def _value(key: str) -> int:
    (value,) = _values(key)
    return value


def about_pct() -> int:
    """Return by how much of itself, in per cent, a printed figure said to be about may miss what its parts make."""
    return _value("about")


def few_documents() -> int:
    """Return up to how many documents on a theme are few."""
    return _value("few-documents")


def in_words_pct() -> int:
    """Return by how much of itself, in per cent, a figure printed in words may miss what its parts make."""
    return _value("in-words")


def interval_confidence_pct() -> int:
    """Return the level of confidence of intervals around shares, in per cent."""
    return _value("interval-confidence")


def kappa_pairs() -> int:
    """Return for fewer than how many judgements of both readers kappa is not given."""
    return _value("kappa-pairs")


def large_departure() -> int:
    """Return from how many levels below what its concerns allow a confidence needs a reason of its own."""
    return _value("large-departure")


def map_periods() -> tuple[int, ...]:
    """Return the first years of the periods of the evidence map, in their order; one more period lies before them."""
    return _values("map-periods")


def map_shades() -> tuple[int, ...]:
    """Return from how many records on a cell of the evidence map is one shade darker, in their order."""
    return _values("map-shades")


def messages_on_top() -> int:
    """Return how many key messages stand on top of an answer at most."""
    return _value("messages-on-top")


def old_data_years() -> int:
    """Return how many years before the newest document data may end that are not called old."""
    return _value("old-data")


def old_share_pct() -> int:
    """Return above what share of dated records, in per cent, a theme rests on old data."""
    return _value("old-share")


def same_heading_pct() -> int:
    """Return from what share of shared words, in per cent, a heading and the title below it say the same."""
    return _value("same-heading")


def same_message_pct() -> int:
    """Return from what share of shared words, in per cent, two key messages on one finding say the same."""
    return _value("same-message")


def search_least_pct() -> int:
    """Return what share of the best score, in per cent, a result of the search has at least."""
    return _value("search-least")


def search_weak_pct() -> int:
    """Return below what share of what is asked, in per cent, the first results of the search are called weak."""
    return _value("search-weak")


def several_actions() -> int:
    """Return from how many actions on a body is shown among those that lead several."""
    return _value("several-actions")


def small_register() -> int:
    """Return below how many children a register is small."""
    return _value("small-register")


def telling_number() -> int:
    """Return below which a whole number does not tell what a text counts."""
    return _value("telling-number")


def timeline_begins() -> int:
    """Return the first year of the timeline."""
    return _value("timeline-begins")
