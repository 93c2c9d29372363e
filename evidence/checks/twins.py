"""What is there twice under two names: rows that say the same, keys that differ by case."""

from __future__ import annotations

from collections import defaultdict

from evidence.data import bibliography, store
from evidence.data.rules import Problem

SAME_FIGURE = ("source", "lines", "as_reported", "indicator", "place", "period", "sex", "age", "residence", "base")
TOLD_APART = {"facts": SAME_FIGURE, "findings": ("source", "statement"), "recommendations": ("source", "statement")}
NOT_COMPARED = {"", "id", "note", "evidence_note", "locator"}  # what two rows on one thing may word differently


def _said(table: str, row: dict[str, str]) -> tuple:
    """Return what a row says, however it is spelled: the columns that tell its table's rows apart, or all."""
    columns = TOLD_APART.get(table) or sorted(row.keys() - NOT_COMPARED)
    return tuple(" ".join(row.get(name, "").casefold().split()) for name in columns)


def row_problems() -> list[Problem]:
    """Return the rows that say what another row of their table says already, under another id."""
    found = []
    for table, resource in store.schema().items():
        if not (resource["reports"] or resource["judges"]):
            continue
        store.load(table)  # one with a fault of its own is not compared
        seen: dict[tuple, str] = {}
        for row in store.read(resource).rows:
            if (first := seen.setdefault(_said(table, row), row.get("id", ""))) != row.get("id", ""):
                rule = f"says what {first} says; keep one of the two rows, and use its id"
                found.append(Problem(resource["path"], int(row[""]), "id", row["id"], rule))
    return found


def key_problems() -> list[Problem]:
    """Return the entries of the bibliography whose keys differ from another one by case only."""
    alike: dict[str, list[str]] = defaultdict(list)
    for key in bibliography.entries():
        alike[key.casefold()].append(key)
    return [
        Problem(
            bibliography.FILE.name,
            bibliography.line_of(key),
            None,
            key,
            f"differs from {first} by case only; rename it",
        )
        for first, *others in alike.values()
        for key in others
    ]
