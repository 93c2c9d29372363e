"""How much evidence there is."""

from __future__ import annotations

from evidence.data import store


def in_all() -> dict[str, int]:
    """Return how much evidence there is, by the table it stands in."""
    tables = ("sources", "facts", "findings", "recommendations", "calculations", "discrepancies")
    return {table: len(store.rows(table)) for table in tables}
