"""Sheets of an Excel workbook as rows of text."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path

from evidence.toolkit.faults import BadInput, Fault
from evidence.toolkit.messages import Message
from evidence.toolkit.workbooks import NO_ROWS, opened, rows_of

Row = tuple[int, list[str]]


def sheets_of(path: Path, most: int | None = None) -> Mapping[str, list[Row]]:
    """Return the rows of each sheet by its name, with their numbers; ``most`` of each where only the first count.

    Raises :class:`BadInput` where the file is not a workbook that can be opened, or has no row.
    """
    book = opened(path)
    found = {
        sheet.title: [
            (number, cells)
            for number, values in enumerate(rows_of(path, sheet, most), start=1)
            if any(cells := [text_of(value) for value in values])
        ]
        for sheet in book.worksheets
    }
    if not any(found.values()):
        raise BadInput([Fault(path.name, None, "", "", Message.of(NO_ROWS))])
    return found


def text_of(value: object) -> str:
    """Return a cell as text: moments as ISO has them, a whole number without a point."""
    if value is None:
        return ""
    if isinstance(value, datetime.datetime):
        return value.isoformat(timespec="seconds") if value.time() != datetime.time() else f"{value:%Y-%m-%d}"
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
