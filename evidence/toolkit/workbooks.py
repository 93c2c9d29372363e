"""Workbooks that are opened, and their rows; one that cannot be is told in a sentence."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from evidence.toolkit.faults import BadInput, Fault
from evidence.toolkit.files import NOTHING
from evidence.toolkit.messages import Message

SUFFIXES = (".xlsx", ".xlsm")
MOST = 1 << 32  # speed: bytes that a workbook may unpack to: more than a million rows of any table that is read here
GIGABYTE = 1 << 30  # message: the unit in which a size is told
warnings.filterwarnings("ignore", module="openpyxl")  # on formats and extensions that no cell's value needs
OLD_START = b"\xd0\xcf\x11\xe0"  # how files of the old kind begin, and those with a password
NO_ROWS = "has no rows in any sheet; fill it in, or take it away"
NO_WORKBOOK = "is not a workbook that can be opened; open it in a spreadsheet and save it as XLSX"
LOCKED = (
    "is protected by a password, or a workbook of an old kind under a new name; save it without a password, as XLSX"
)
TOO_LARGE = (
    "unpacks to {size} GB, more than any table needs; in a spreadsheet delete the columns and rows that hold nothing, "
    "or save the table as CSV UTF-8"
)


def unpacked(path: Path) -> int:
    """Return how many bytes a workbook unpacks to, as it says itself; no more of it is ever read.

    Raises :class:`BadInput` where it is not a workbook, and where it is more than ``MOST``.
    """
    with _told(path), zipfile.ZipFile(path) as packed:
        size = sum(part.file_size for part in packed.infolist())
    if size > MOST:
        rule = Message.of(TOO_LARGE, size=size // GIGABYTE)
        raise BadInput([Fault(path.name, None, "", "", rule)])
    return size


def opened(path: Path, at_once: int = 0) -> Any:
    """Return a workbook of openpyxl with its values; one that unpacks to more than ``at_once`` bytes gives row by row.

    Rows are then as long as what is filled in them: how many columns a sheet claims to have does not count. Raises
    :class:`BadInput` where it cannot be opened, and OSError where the system refuses it.
    """
    import openpyxl

    is_large = unpacked(path) > at_once
    with _told(path):
        book = openpyxl.load_workbook(path, read_only=is_large, data_only=True)
    for sheet in book.worksheets if is_large else ():
        sheet.reset_dimensions()
    return book


def rows_of(path: Path, sheet: Any, most: int | None = None) -> Iterator[tuple]:
    """Yield the cells of each row of a sheet, or of its first ``most`` rows; errors are those of :func:`opened`."""
    with _told(path):
        yield from sheet.iter_rows(values_only=True, max_row=most)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Tell whatever a broken workbook raises as one sentence; what the system refuses is no fault of the workbook."""
    try:
        yield
    except (BadInput, MemoryError):
        raise
    except Exception as error:
        if isinstance(error, OSError) and error.errno:
            raise
        raise BadInput([Fault(path.name, None, "", "", _why(path))]) from None


def _why(path: Path) -> Message:
    """Return what is wrong with a workbook that cannot be opened."""
    with path.open("rb") as stream:
        start = stream.read(len(OLD_START))
    return Message.of(LOCKED if start == OLD_START else NO_WORKBOOK if start else NOTHING)
