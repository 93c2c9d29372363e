"""A workbook as one text a sheet: empty rows and merged cells included, so that rows keep their numbers."""

from __future__ import annotations

import csv
import datetime
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path
from typing import Any

from evidence.attendance.reading import notes as note
from evidence.attendance.reading.heads import Known, place_of_head, with_days
from evidence.attendance.reading.text import MOST_ABOVE, Text, empty_lines, said_above
from evidence.attendance.reading.wide import is_day
from evidence.toolkit.faults import BadInput, Fault
from evidence.toolkit.messages import Message
from evidence.toolkit.workbooks import NO_ROWS, opened, rows_of

LARGE = (
    1 << 26
)  # bytes, unpacked; of a larger workbook merged cells stay as they are: all of it would be in memory; ours

Row = tuple[int, list[str]]


def sheet_of(file: str, sheet: str, is_only: bool) -> str:
    """Return the place of a sheet as messages name it: that of the file, where it is the only one."""
    return file if is_only else Message.of("{file}, sheet {sheet}", file=file, sheet=sheet)


def sheets_as_csv(path: Path, folder: Path, known: Known) -> tuple[list[Text], list[note.Note]]:
    """Return the sheets of a workbook that hold any row, each as a CSV file in ``folder``, and notes on empty ones.

    ``known`` counts the heads in a row. Raises :class:`BadInput` where the workbook cannot be opened or is empty.
    """
    book = opened(path, LARGE)
    texts, empty = [], []
    for number, sheet in enumerate(book.worksheets):
        place = sheet_of(path.name, sheet.title, len(book.worksheets) == 1)
        plain = folder / f"{path.stem}.{number}.sheet.csv"
        text = _as_csv(sheet, rows_of(path, sheet), plain, place, known)
        if text:
            texts.append(text)
        else:
            empty.append(note.Note(note.NO_TABLE, place, Message.of("empty")))
    if not texts:
        raise BadInput([Fault(path.name, None, "", "", Message.of(NO_ROWS))])
    return texts, empty


def _as_csv(sheet: Any, cells_of: Iterator[tuple], plain: Path, place: str, known: Known) -> Text | None:
    """Return a sheet as a CSV file, None where it is empty; ``cells_of`` gives the cells of its rows."""
    rows = ((number, list(map(_cell, row))) for number, row in enumerate(cells_of))
    filled = ((number, row) for number, row in _filled_down(rows, sheet) if any(row))
    start = list(islice(filled, MOST_ABOVE))
    if not start:
        return None
    cells = [row for _, row in start]
    at = place_of_head(cells, known)
    heads, more = with_days(cells, at)
    width = max(number for number, cell in enumerate(heads, start=1) if cell)
    across = _across(sheet, [column for column, head in enumerate(heads[:width]) if is_day(head)])
    last = start[at + more][0]
    titles = tuple(tuple(filter(None, row)) for row in cells[:at])
    above = last
    with plain.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        stream.write("\n" * above)
        writer.writerow(heads[:width])
        for number, row in chain(start[at + more + 1 :], filled):
            stream.write("\n" * (number - last - 1))  # empty rows stay, so that the others keep their numbers
            for column, anchor in across.get(number, {}).items():
                row[column] = row[anchor]
            writer.writerow([*row[:width], *[""] * (width - len(row))])
            last = number
    rejected = [line for line in empty_lines(plain) if line > above]
    said = said_above(place, above) if at else []
    month = tuple(tuple(filter(None, row)) for row in cells[at : at + more])
    return Text(plain, ",", heads[:width], [], said, rejected, above, (*titles, *month), place, sheet.title)


def _cell(value: object) -> str:
    """Return a cell of a workbook as text: dates as ISO, whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, datetime.datetime | datetime.date):
        return value.isoformat()[:10]
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _merged(sheet: Any) -> list[Any]:
    """Return the merged cells of a sheet; of a large workbook none are known."""
    return list(sheet.merged_cells.ranges) if hasattr(sheet, "merged_cells") else []


def _filled_down(rows: Iterator[Row], sheet: Any) -> Iterator[Row]:
    """Give rows with the value of cells that are merged downwards in each of their rows, as one sees it."""
    down: dict[int, dict[int, int]] = {}
    for merged in _merged(sheet):
        for number in range(merged.min_row, merged.max_row):
            down.setdefault(number, {})[merged.min_col - 1] = merged.min_row - 1
    kept: dict[tuple[int, int], str] = {}
    anchors = {(anchor, column) for row in down.values() for column, anchor in row.items()}
    for number, row in rows:
        kept |= {(number, column): row[column] for column in range(len(row)) if (number, column) in anchors}
        for column, anchor in down.get(number, {}).items():
            row[column] = kept.get((anchor, column), "")
        yield number, row


def _across(sheet: Any, days: list[int]) -> dict[int, dict[int, int]]:
    """Return which cells of a row are merged with one to their left, of those that begin under a day."""
    found: dict[int, dict[int, int]] = {}
    for merged in _merged(sheet):
        first = merged.min_col - 1
        if merged.max_col > merged.min_col and first in days:
            for number in range(merged.min_row - 1, merged.max_row):
                columns = [column for column in range(first + 1, merged.max_col) if column in days]
                found.setdefault(number, {}).update(dict.fromkeys(columns, first))
    return found
