"""The text of a file in whatever encoding and with whatever separator a program saved it, as UTF-8."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from evidence.attendance.reading import notes as note
from evidence.attendance.reading.heads import LEAST, Known, nobody, place_of_head, with_days
from evidence.toolkit.faults import BadInput, Fault
from evidence.toolkit.files import NOTHING
from evidence.toolkit.messages import Message

MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
OLD = "kz1048"  # reads Russian as Windows-1251 does, and Kazakh letters, which Windows-1251 does not have
SAID = {
    OLD: note.OLD_ENCODING,
    "mixed": note.MIXED,
    **dict.fromkeys(("utf-16", "utf-16-le", "utf-16-be"), note.UTF_16),
}
NO_ENCODING = "is in no encoding that can be told; save it as CSV UTF-8"
OTHER_ENCODING = "is in another encoding than the rest; save the file as UTF-8"
NO_JSON, NO_LIST = "is not JSON; export it again, or as CSV", "is not a list of records; export one, or CSV"
NO_JSON_HERE = "is not JSON from line {line}, character {column} on; export it again, or as CSV"
SEPARATORS = (",", ";", "\t", "|")
CHUNK = 1 << 24
MOST_ABOVE = 12  # lines at the beginning of a file among which its head is looked for; ours


class Text(NamedTuple):
    """A file, or a sheet of a workbook, as UTF-8: where it is, its separator, its heads, faults of rows, notes.

    ``rejected`` are the rows that are not in it, or are empty lines, which nobody counts; ``skipped`` is how many lines
    stand before the last row of the heads, ``titles`` are their cells. ``place`` is what messages call it, ``sheet``
    the name of a sheet.
    """

    path: Path
    separator: str
    heads: list[str]
    faults: list[Fault]
    notes: list[note.Note]
    rejected: list[int]
    skipped: int = 0
    titles: tuple[tuple[str, ...], ...] = ()
    place: str = ""
    sheet: str = ""

    @property
    def head_row(self) -> int:
        """Return the row of the heads, as a spreadsheet counts it."""
        return self.skipped + 1


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


def as_utf8(path: Path, folder: Path, known: Known = nobody) -> Text:
    """Return a text file as UTF-8; one that is not is written anew into ``folder``. ``known`` counts heads in a row.

    Raises :class:`BadInput` for an empty file.
    """
    name = path.name
    if not path.stat().st_size:
        raise BadInput([Fault(name, None, "", "", Message.of(NOTHING))])
    encoding = encoding_of(path)
    faults: list[Fault] = []
    notes = [note.Note(SAID[encoding], name)] if encoding in SAID else []
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
                raise BadInput([Fault(name, None, "", "", Message.of(NO_ENCODING))]) from None
    with plain.open(encoding="utf-8", newline="") as stream:
        lines = list(islice(stream, MOST_ABOVE))
    lines[0] = lines[0].lstrip("\ufeff")
    told = re.fullmatch(r"sep=(.)\s*", lines[0], re.IGNORECASE)  # what some spreadsheets write above the head
    below = lines[1:] if told else lines
    separator = told[1] if told else _separator(below, known)
    rows = list(csv.reader(below, delimiter=separator))
    is_whole = len(rows) == len(below) > 0  # else a cell has several lines, and rows are no lines
    at = place_of_head(rows, known) if is_whole else 0
    heads, more = with_days(rows, at) if is_whole else (rows[0] if rows else [], 0)
    skipped = bool(told) + at + more
    titles = tuple(tuple(filter(str.strip, row)) for row in rows[: at + more])
    notes += said_above(name, bool(told) + at) if at else []
    rejected = [line for line in (*(fault.row or 0 for fault in faults), *empty_lines(plain)) if line > skipped]
    return Text(plain, separator, heads, faults, notes, rejected, skipped, titles, name)


def _separator(lines: list[str], known: Known) -> str:
    """Return the separator of lines: the one that parts most heads that are known, else the one of the first heads."""
    heads = {one: max(map(known, csv.reader(lines, delimiter=one)), default=0) for one in SEPARATORS}
    best = max(SEPARATORS, key=lambda one: heads[one])
    if heads[best] >= LEAST or not lines:
        return best
    widest = separator_of(max(lines, key=lambda line: max(map(line.count, SEPARATORS))))
    rows = list(csv.reader(lines, delimiter=widest))
    return separator_of(lines[place_of_head(rows, known) if len(rows) == len(lines) else 0])


def said_above(place: str, above: int) -> list[note.Note]:
    """Return a note on the lines above the heads; what they say is not repeated, as it may name a person."""
    return [note.Note(note.TITLES, place, note.rows_told(range(1, above + 1)))]


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
                faults.append(Fault(path.name, number, "", "", Message.of(OTHER_ENCODING)))
    return copy, faults


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
    except UnicodeDecodeError:
        raise BadInput([Fault(path.name, None, "", "", Message.of(NO_ENCODING))]) from None
    except json.JSONDecodeError as error:
        rule = Message.of(NO_JSON_HERE, line=error.lineno, column=error.colno)
        raise BadInput([Fault(path.name, None, "", "", rule)]) from None
    except RecursionError:
        raise BadInput([Fault(path.name, None, "", "", Message.of(NO_JSON))]) from None
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items) or not items:
        raise BadInput([Fault(path.name, None, "", "", Message.of(NO_LIST))])
    rows = list(map(_flat, items))
    names = list(dict.fromkeys(name for row in rows for name in row))
    plain = folder / f"{path.stem}.flat.csv"
    with plain.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, names, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return Text(plain, ",", names, [], [], [], place=path.name)
