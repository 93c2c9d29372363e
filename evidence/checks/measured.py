"""What was measured and counted once, against itself: rows that nobody reads again, since no document gives them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import Any

from evidence.data import store
from evidence.data.rules import Problem

RUNS = {"toolkit_runs": "percent", "listening_runs": "posts"}  # tables of runs, and what says how much was read
ONCE = {  # columns that tell apart what a table measures or counts
    "toolkit_runs": ("percent", "layout", "memory_limit", "way", "measured_on", "machine"),
    "toolkit_matches": ("way", "kind"),
    "listening_runs": ("posts", "way", "measured_on", "machine"),
    "guard_results": ("guard", "what"),
}
CORES = re.compile(r"(\d+) cores?\b")
NO_MORE = "no"  # of a third reading: the message says no more than its rows
DIFFERENT = "other"  # pairs of different children, of which no number was planted
Fault = tuple[str, int, str, object, str]  # table, row, column, value, rule


def _usual(values: Iterable[tuple[Hashable, int]]) -> dict[Hashable, int]:
    """Return the number that most rows of a group give, by group."""
    by_group: dict[Hashable, Counter] = defaultdict(Counter)
    for group, value in values:
        by_group[group][value] += 1
    return {group: counts.most_common(1)[0][0] for group, counts in by_group.items()}


def _rows(table: str) -> list[tuple[int, Any]]:
    """Return (number in the file, row) of every row of a table, none where a book has no such table."""
    return list(store.numbered(table)) if table in store.schema() else []


def _of_runs() -> Iterator[Fault]:
    """Yield the runs with more CPU seconds than their cores can give, and those over as much with other rows."""
    for table, amount in RUNS.items():
        has_rows = "rows" in store.fields(table) if table in store.schema() else False
        usual = _usual((getattr(row, amount), int(row.rows)) for _, row in _rows(table)) if has_rows else {}
        for number, row in _rows(table):
            cores = CORES.match(row.machine)
            if cores and row.cpu_s > int(cores[1]) * row.wall_s:
                rule = (
                    f"is more than {cores[1]} cores give in {row.wall_s:g} s; measure again, or give what was measured"
                )
                yield table, number, "cpu_s", row.cpu_s, rule
            if has_rows and row.rows != (wanted := usual[getattr(row, amount)]):
                yield table, number, "rows", row.rows, f"other runs over the same {amount} read {wanted} rows"


def _of_matches() -> Iterator[Fault]:
    """Yield the ways of matching that found more or fewer of the planted pairs of a kind than there are."""

    def pairs(row) -> int:
        return int(row.probable + row.review + row.missed)

    rows = [(number, row) for number, row in _rows("toolkit_matches") if row.kind != DIFFERENT]
    planted = _usual((row.kind, pairs(row)) for _, row in rows)
    for number, row in rows:
        if pairs(row) != planted[row.kind]:
            rule = f"found, to review and missed make {pairs(row)} pairs, and {planted[row.kind]} were planted"
            yield "toolkit_matches", number, "missed", row.missed, rule


def _twice() -> Iterator[Fault]:
    """Yield the rows of what was measured or planted already, under another id."""
    for table, columns in ONCE.items():
        seen: dict[tuple, str] = {}
        for number, row in _rows(table):
            what = tuple(getattr(row, name) for name in columns)
            if (first := seen.setdefault(what, row.id)) != row.id:
                yield table, number, "id", row.id, f"tells of what {first} tells of; keep one of the two rows"


def _of_message_readings() -> Iterator[Fault]:
    """Yield the third readings that contradict themselves, and those of a message that has one already."""
    seen: dict[str, str] = {}
    for number, row in _rows("message_readings"):
        says_more = row.says_more != NO_MORE
        for column in ("fault", "mended"):
            if bool(getattr(row, column)) is not says_more:
                rule = "is empty exactly where the message says no more than its rows"
                yield "message_readings", number, column, getattr(row, column), rule
        if (first := seen.setdefault(row.message, row.id)) != row.id:
            rule = f"is read in {first} already; each message was read by one of the two readers"
            yield "message_readings", number, "message", row.message, rule
        if not row.id.endswith(f"-{row.message}"):
            yield "message_readings", number, "message", row.message, "is not the message that the id names"


PARTS: tuple[Callable[[], Iterator[Fault]], ...] = (_of_runs, _of_matches, _of_message_readings, _twice)


def problems() -> list[Problem]:
    """Return the measured and counted rows that contradict themselves or each other."""
    return [
        Problem(store.schema()[table]["path"], number, column, str(value) or None, rule)
        for part in PARTS
        for table, number, column, value, rule in part()
    ]
