"""The text of a file in whatever encoding and with whatever separator a program saved it, as UTF-8."""

from __future__ import annotations

import csv
import datetime
import json
import re
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple

from evidence.toolkit.faults import BadInput, Fault

MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
OLD = "kz1048"  # reads Russian as Windows-1251 does, and Kazakh letters, which Windows-1251 does not have
UTF_16 = "is in the encoding UTF-16, as Excel saves Unicode text; it was read so"
SAID = {
    OLD: "is in the old Windows encoding of Russian and Kazakh letters, not UTF-8; look whether names are right",
    "mixed": "is in two encodings at once, part of it in UTF-8; only that part was read",
    **dict.fromkeys(("utf-16", "utf-16-le", "utf-16-be"), UTF_16),
}
SEPARATORS = (",", ";", "\t", "|")
CHUNK = 1 << 24
MOST_ABOVE = 12  # lines at the beginning of a file among which its head is looked for; ours


class Text(NamedTuple):
    """A file as UTF-8: where it is, its separator, its heads, faults of rows, what was done to it.

    ``rejected`` are the rows that are not in it, or are empty lines, which nobody counts; ``skipped`` is how many lines
    stand before the head, ``titles`` what they say, and the name of the sheet.
    """

    path: Path
    separator: str
    heads: list[str]
    faults: list[Fault]
    notes: list[str]
    rejected: list[int]
    skipped: int = 0
    titles: tuple[str, ...] = ()


def _is_utf8(path: Path) -> bool:
    """Return whether a whole file is UTF-8, read piece by piece."""
    import codecs

    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with path.open("rb") as stream:
            while piece := stream.read(CHUNK):
                decoder.decode(piece)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def encoding_of(path: Path) -> str:
    """Return the encoding of a file: by its mark, by its zeros, UTF-8 where all of it is, KZ-1048, or ``mixed``."""
    with path.open("rb") as stream:
        start = stream.read(4096)
    for mark, name in MARKS:
        if start.startswith(mark):
            return name
    if start.count(0) > len(start) // 4:
        return "utf-16-le" if start[1:2] == b"\x00" else "utf-16-be"
    if _is_utf8(path):
        return "utf-8"
    kinds = {_line_is_utf8(line) for line in _lines(path) if not line.isascii()}
    return "mixed" if kinds == {True, False} else OLD


def _lines(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        yield from stream


def _line_is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def separator_of(head: str) -> str:
    """Return the separator of a head: the one that stands most often in it outside quotes."""
    bare = "".join(part for position, part in enumerate(head.split('"')) if position % 2 == 0)
    return max(SEPARATORS, key=bare.count)


def as_utf8(path: Path, folder: Path) -> Text:
    """Return a text file as UTF-8; one that is not is written anew into ``folder``.

    Raises :class:`BadInput` for an empty file.
    """
    name = path.name
    if not path.stat().st_size:
        raise BadInput([Fault(name, None, "", "", "is empty")])
    encoding = encoding_of(path)
    faults: list[Fault] = []
    notes = [f"{name}: {SAID[encoding]}"] if encoding in SAID else []
    plain = path
    if encoding == "mixed":
        plain, faults = _without_broken_rows(path, folder)
    elif encoding != "utf-8":
        plain = folder / f"{path.stem}.utf8.csv"
        with (
            path.open(encoding=encoding, errors="strict", newline="") as old,
            plain.open("w", encoding="utf-8", newline="") as new,
        ):
            try:
                while piece := old.read(CHUNK):
                    new.write(piece)
            except UnicodeError:
                raise BadInput(
                    [Fault(name, None, "", "", "is in no encoding that can be told; save it as CSV UTF-8")]
                ) from None
    with plain.open(encoding="utf-8", newline="") as stream:
        lines = list(islice(stream, MOST_ABOVE))
    lines[0] = lines[0].lstrip("\ufeff")
    told = re.fullmatch(r"sep=(.)\s*", lines[0], re.IGNORECASE)  # what some spreadsheets write above the head
    above = [] if told else _above(lines)
    skipped = 1 if told else len(above)
    head = lines[skipped] if skipped < len(lines) else ""
    separator = told[1] if told else separator_of(head)
    heads = next(csv.reader([head], delimiter=separator), [])
    titles = tuple(filter(None, (line.strip(" \t\r\n;,|") for line in above)))
    notes += _said_above(name, titles)
    rejected = [line for line in (*(fault.row or 0 for fault in faults), *empty_lines(plain)) if line > skipped]
    return Text(plain, separator, heads, faults, notes, rejected, skipped, titles)


def _above(lines: list[str]) -> list[str]:
    """Return the lines that stand as titles above a head: with one cell at most, where a line with several follows."""
    separator = separator_of(max(lines, key=lambda line: max(map(line.count, SEPARATORS))))
    filled = [sum(1 for cell in row if cell.strip()) for row in csv.reader(lines, delimiter=separator)]
    return lines[: _place_of_head(filled)] if len(filled) == len(lines) else []


def _place_of_head(filled: list[int]) -> int:
    """Return the place of the head among rows of so many filled cells: the first, or the one below titles."""
    place = next((place for place, cells in enumerate(filled) if cells > 1), 0)
    return place if place and filled[place] > 2 else 0


def _said_above(name: str, titles: tuple[str, ...]) -> list[str]:
    """Return a note on what stands above the head of a file."""
    return [f"{name}: read as a title above the heads: {' / '.join(titles)}"] if titles else []


def empty_lines(path: Path) -> list[int]:
    """Return the numbers of the lines without a sign: a spreadsheet counts them, a reader of rows does not."""
    end, has_any = b"", False
    with path.open("rb") as stream:
        while not has_any and (piece := stream.read(CHUNK)):
            both = end + piece
            has_any = b"\n\n" in both or b"\n\r\n" in both
            end = both[-2:]
    lines = enumerate(_lines(path), start=1) if has_any else ()
    return [number for number, line in lines if line in (b"\n", b"\r\n")]


def _without_broken_rows(path: Path, folder: Path) -> tuple[Path, list[Fault]]:
    """Return a copy of a file of mixed encodings without the rows that are not UTF-8, and those rows as faults."""
    copy, faults = folder / f"{path.stem}.utf8.csv", []
    with copy.open("wb") as stream:
        for number, line in enumerate(_lines(path), start=1):
            if _line_is_utf8(line):
                stream.write(line)
            else:
                faults.append(
                    Fault(path.name, number, "", "", "is in another encoding than the rest; save the file as UTF-8")
                )
    return copy, faults


def _cell(value: object) -> str:
    """Return a cell of a workbook as text: dates as ISO, whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, datetime.datetime | datetime.date):
        return value.isoformat()[:10]
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def workbook_as_csv(path: Path, folder: Path) -> Text:
    """Return the first sheet of a workbook that holds anything as a CSV file in ``folder``.

    Raises :class:`BadInput` where it cannot be opened or is empty.
    """
    import openpyxl

    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except Exception as error:  # whatever a broken workbook raises is told as one sentence
        raise BadInput([Fault(path.name, None, "", "", f"is no workbook that can be opened: {error}")]) from None
    notes = [f"{path.name}: only its first sheet with rows is read"] if len(book.sheetnames) > 1 else []
    plain = folder / f"{path.stem}.sheet.csv"
    for sheet in book.worksheets:
        rows = (list(map(_cell, row)) for row in sheet.iter_rows(values_only=True))
        filled = ((number, row) for number, row in enumerate(rows) if any(row))
        start = list(islice(filled, MOST_ABOVE))
        if not start:
            continue
        place = _place_of_head([sum(map(bool, row)) for _, row in start])
        titles = tuple(" ".join(filter(None, row)) for _, row in start[:place])
        above, first = start[place]
        width = max(number for number, cell in enumerate(first, start=1) if cell)
        with plain.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream, lineterminator="\n")
            stream.write("\n" * above)
            writer.writerow(first[:width])
            last = above
            for number, row in chain(start[place + 1 :], filled):
                stream.write("\n" * (number - last - 1))  # empty rows stay, so that the others keep their numbers
                writer.writerow(row[:width])
                last = number
        rejected = [line for line in empty_lines(plain) if line > above]
        notes += _said_above(path.name, titles)
        return Text(plain, ",", first[:width], [], notes, rejected, above, (*titles, sheet.title))
    raise BadInput([Fault(path.name, None, "", "", "has no rows in any sheet")])


def _flat(item: dict, prefix: str = "") -> dict[str, str]:
    """Return a JSON object with the fields of its objects by dotted names; lists are left out."""
    found: dict[str, str] = {}
    for name, value in item.items():
        if isinstance(value, dict):
            found |= _flat(value, f"{prefix}{name}.")
        elif not isinstance(value, list):
            found[f"{prefix}{name}"] = "" if value is None else str(value)
    return found


def json_as_csv(path: Path, folder: Path) -> Text:
    """Return a JSON list of objects as a CSV file in ``folder``. Raises :class:`BadInput` where it is none."""
    try:
        items = json.loads(path.read_text(encoding="utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise BadInput([Fault(path.name, None, "", "", f"is no JSON: {error}")]) from None
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items) or not items:
        raise BadInput([Fault(path.name, None, "", "", "is no list of records")])
    rows = list(map(_flat, items))
    names = list(dict.fromkeys(name for row in rows for name in row))
    plain = folder / f"{path.stem}.flat.csv"
    with plain.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, names, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return Text(plain, ",", names, [], [], [])
