"""What was measured and counted once, against itself: rows that nobody reads again, since no document gives them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from evidence.data import store
from evidence.data.rules import Problem

RUNS = {"toolkit_runs": "percent", "listening_runs": "posts"}  # tables of runs, and what says how much was read
CORES = re.compile(r"(\d+) cores?\b")
NO_MORE = "no"  # of a third reading: the message says no more than its rows
DIFFERENT = "other"  # pairs of different children, of which no number was planted
Fault = tuple[str, int, str, object, str]  # table, row, column, value, rule


def _of_runs() -> Iterator[Fault]:
    """Yield the runs with more CPU seconds than their cores can give, and those over as much with other rows."""
    for table, amount in RUNS.items():
        seen: dict = {}
        for number, row in store.numbered(table) if table in store.schema() else ():
            cores = CORES.match(row.machine)
            if cores and row.cpu_s > int(cores[1]) * row.wall_s:
                rule = (
                    f"is more than {cores[1]} cores give in {row.wall_s:g} s; measure again, or give what was measured"
                )
                yield table, number, "cpu_s", row.cpu_s, rule
            rows = getattr(row, "rows", None)
            first = seen.setdefault(getattr(row, amount), (row.id, rows))
            if first[1] != rows:
                rule = f"{first[0]} has {first[1]} rows for the same {amount}; both read the same register"
                yield table, number, "rows", rows, rule


def _of_matches() -> Iterator[Fault]:
    """Yield the ways of matching that found more or fewer of the planted pairs of a kind than there are."""
    planted: dict[str, tuple[str, int]] = {}
    for number, row in store.numbered("toolkit_matches") if "toolkit_matches" in store.schema() else ():
        if row.kind == DIFFERENT:
            continue
        pairs = int(row.probable + row.review + row.missed)
        first, wanted = planted.setdefault(row.kind, (row.id, pairs))
        if pairs != wanted:
            rule = f"found, to review and missed make {pairs} pairs, {wanted} in {first}; as many were planted for both"
            yield "toolkit_matches", number, "missed", row.missed, rule


def _of_message_readings() -> Iterator[Fault]:
    """Yield the third readings that contradict themselves, and those of a message that has one already."""
    seen: dict[str, str] = {}
    for number, row in store.numbered("message_readings") if "message_readings" in store.schema() else ():
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


PARTS: tuple[Callable[[], Iterator[Fault]], ...] = (_of_runs, _of_matches, _of_message_readings)


def problems() -> list[Problem]:
    """Return the measured and counted rows that contradict themselves or each other."""
    return [
        Problem(store.schema()[table]["path"], number, column, str(value) or None, rule)
        for part in PARTS
        for table, number, column, value, rule in part()
    ]
