"""Sheets of an Excel workbook as rows of text."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path

from evidence.listening.extras import needed
from evidence.toolkit.faults import BadInput, Fault

SUFFIXES = (".xlsx", ".xlsm")
Row = tuple[int, list[str]]


def sheets_of(path: Path, most: int | None = None) -> Mapping[str, list[Row]]:
    """Return the rows of each sheet by its name, with their numbers; ``most`` of each where only the first count.

    Raises :class:`BadInput` where the file is no workbook.
    """
    openpyxl = needed("openpyxl")
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        return {
            sheet.title: [
                (number, cells)
                for number, values in enumerate(sheet.iter_rows(values_only=True, max_row=most), start=1)
                if any(cells := [text_of(value) for value in values])
            ]
            for sheet in book.worksheets
        }
    except Exception as error:  # whatever a broken workbook raises is told as one sentence
        rule = f"is no workbook that can be opened ({type(error).__name__}); save it as XLSX or CSV UTF-8"
        raise BadInput([Fault(path.name, None, "", "", rule)]) from None


def text_of(value: object) -> str:
    """Return a cell as text: moments as ISO has them, a whole number without a point."""
    if value is None:
        return ""
    if isinstance(value, datetime.datetime):
        return value.isoformat(timespec="seconds") if value.time() != datetime.time() else f"{value:%Y-%m-%d}"
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
