"""What cells of a chapter's tables lead to."""

from __future__ import annotations


def key_of(cell: dict, kind: str = "") -> str:
    """Return the id of the record that a linked cell leads to; it is of the kind, where one is given."""
    found, _, key = cell["to"].partition(":")
    assert kind in ("", found)
    return key


def ids(cells) -> list[str]:
    """Return the ids that linked cells lead to."""
    return [key_of(cell) for cell in cells]
