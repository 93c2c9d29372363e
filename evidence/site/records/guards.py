"""Faults planted on purpose, as the certificate shows them: how many, and what noticed them (``guard_results.csv``)."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pandas as pd
from docutils import nodes

from evidence.data import store

TABLE = "guard_results"
RANDOM = "fuzz"  # changes that may leave a right file: what counts is that no check stops
NOTICED = ["by_rule", "by_reading"]
OUTCOMES = [*NOTICED, "elsewhere", "stopped", "passed"]
HEAD = (
    "Planted",
    "Faults",
    "Named by a rule or a test",
    "As changed since read",
    "Elsewhere",
    "Stopped",
    "Passed",
    "Share",
)
KINDS_HEAD = ("Kind of fault", "Faults", "Noticed", "Elsewhere", "Stopped", "Passed")
Table = Callable[[Iterable[str], Iterable[Iterable[nodes.Node | str]], str], list[nodes.Node]]


def results() -> pd.DataFrame:
    """Return the kinds of faults with ``tried`` (faults) and ``noticed`` (by a rule, a test or a reading)."""
    frame = store.load(TABLE)
    return frame.assign(tried=frame[OUTCOMES].sum(axis=1), noticed=frame[NOTICED].sum(axis=1))


def by_guard(frame: pd.DataFrame) -> list[tuple[str, ...]]:
    """Return a row of texts for each guard: faults, how they were noticed or not, and the share that was."""
    found = []
    for guard, name in store.labels(TABLE, "guard").items():
        part = frame[frame["guard"] == guard]
        tried = int(part["tried"].sum())
        if tried:
            counts = (f"{int(part[outcome].sum()):,}" for outcome in OUTCOMES)
            share = "" if guard == RANDOM else f"{100 * part['noticed'].sum() / tried:.1f}%"
            found.append((name, f"{tried:,}", *counts, share))
    return found


def not_all_noticed(frame: pd.DataFrame) -> list[tuple[str, ...]]:
    """Return a row of texts for each kind of fault of which a message names another place, or none came."""
    columns = ["tried", "noticed", "elsewhere", "stopped", "passed"]
    part = frame[(frame["noticed"] < frame["tried"]) & (frame["guard"] != RANDOM)].sort_values(
        ["passed", "elsewhere"], ascending=False, kind="stable"
    )
    return [(row.what, *(f"{getattr(row, name):,}" for name in columns)) for row in part.itertuples()]


def guard_tables(table: Table) -> list[nodes.Node]:
    """Return tables of what was planted and noticed, and of the kinds not all noticed; nothing without a run."""
    frame = results()
    if frame.empty:
        return []
    found = table(HEAD, by_guard(frame), "Faults planted on purpose, as of the last run")
    rows = not_all_noticed(frame)
    return [*found, *table(KINDS_HEAD, rows, "Kinds of fault that were not all noticed")] if rows else found
