"""An exhibit in words: its caption, its sources, its cells, and all of it as plain text."""

from __future__ import annotations

from evidence.data import format, store


def as_text(payload: dict) -> str:
    """Return an exhibit as plain text: title, alternative, table, caption."""
    rows = [payload["columns"], *([cell_text(cell) for cell in row] for row in payload["rows"])]
    table = "\n".join(" | ".join(row) for row in rows)
    return "\n\n".join(filter(None, [payload["title"], payload["alt"], table, caption(payload)]))


def cell_text(cell) -> str:
    """Return a cell of the payload as text, that of a link and of several links (``{"text": …}``) too."""
    return str(cell["text"]) if isinstance(cell, dict) else str(cell)


def caption(payload: dict) -> str:
    """Return the line under an exhibit: unit, what is counted, period, note and how far it is ours."""
    parts = [
        payload["unit"],
        payload["base"] and f"counted: {payload['base']}",
        payload["period"] and f"as of {payload['period']}",
    ]
    text = "; ".join(filter(None, parts))
    text = f"{format.capitalised(text)}."
    if payload["calculated"]:
        text += f" Our calculation: {payload['calculated']}."
    return f"{text} {payload['note']}".strip()


def source_line(payload: dict) -> str:
    """Return the sources of an exhibit as text."""
    labels = [f"{store.names('sources')[place['source']]}, {place['label']}" for place in payload["places"]]
    return f"Source: {'; '.join(labels) or 'this book'}."
