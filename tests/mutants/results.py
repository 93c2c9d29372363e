"""What the guards caught, kept as a table of the book: ``data/guard_results.csv``, written here and never by hand."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path
from typing import NamedTuple

TABLE = Path(__file__).resolve().parents[2] / "data" / "guard_results.csv"
COLUMNS = ("id", "guard", "what", "by_rule", "by_reading", "elsewhere", "stopped", "passed", "harmless")
COUNTED = {"named": "by_rule", "reading": "by_reading", "elsewhere": "elsewhere", "stopped": "stopped"}


class Result(NamedTuple):
    """How many faults of a kind a guard caught, by how it did."""

    guard: str
    kind: str
    words: str
    counts: Counter
    harmless: str = ""  # why one that passes does no harm


def as_row(result: Result) -> dict[str, str]:
    """Return a result as a row of the table."""
    counts = {column: result.counts[name] for name, column in (COUNTED | {"passed": "passed"}).items()}
    row = {"id": f"{result.guard}-{result.kind}", "guard": result.guard, "what": result.words}
    return {
        **row,
        **{name: str(n) for name, n in counts.items()},
        "harmless": result.harmless,
    }


def write(guard: str, results: list[Result], path: Path = TABLE) -> None:
    """Put the results of one guard in the place of its former ones."""
    kept = []
    if path.is_file():
        with path.open(encoding="utf-8", newline="") as file:
            kept = [row for row in csv.DictReader(file) if row["guard"] != guard]
    rows = sorted([*kept, *map(as_row, results)], key=lambda row: row["id"])
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
