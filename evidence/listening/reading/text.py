"""Bytes of a table to rows: encoding, mark, separator, and lines above the head; a workbook gives the same."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import NamedTuple

from evidence.listening.reading.workbook import sheets_of
from evidence.toolkit.faults import BadInput, Fault
from evidence.toolkit.workbooks import SUFFIXES as WORKBOOKS

LONGEST = 10_000_000  # characters of a cell; the module csv stops at 131,072, and at all that follows
LOOKED_AT = 30  # lines in which the head is looked for
SEPARATORS = "\t,;"
OLD = "kz1048"  # Windows-1251 with the Kazakh letters: reads Russian of either
LETTERS = frozenset("абвгдежзийклмнопрстуфхцчшщъыьэюяёәғқңөұүһі")
LEAST_LETTERS = 0.95  # of what is no ASCII, read as KZ-1048; the wrong encoding gives signs among them
LOWER = 0.5  # of the letters: those of another encoding come out as capitals
SIGNS = "«»—–…“”„’№\xa0©®°·•"
LOST = re.compile(r"(?<![\w/?&=.])\?(?=[а-яё])|(?<=[а-яё])\?(?=[а-яё])", re.I)  # a sign in place of a letter
MANY_LOST = 0.01  # of the texts of a file
MARKS = ("\ufeff", "ï»¿", "ÿþ", "þÿ")  # a byte-order mark, and what it becomes when it is misread


class Table(NamedTuple):
    """A table as text: its heads, its rows with their line numbers, notes on how it was read, and what is not a row."""

    heads: list[str]
    rows: list[tuple[int, list[str]]]
    notes: list[str]
    faults: list[Fault]


def decoded(content: bytes, name: str, encoding: str = "") -> tuple[str, str]:
    """Return a text and its encoding: UTF-8 or UTF-16, with or without a mark, else the one given, else KZ-1048.

    KZ-1048 reads the Russian of Windows-1251, and Kazakh, which Windows-1251 does not have. It is taken only where
    nearly all that is no ASCII comes out as Russian and Kazakh letters. Raises :class:`BadInput` where nothing fits.
    """
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        choices = ["utf-16"]
    elif content[:400].count(0) > len(content[:400]) // 4:
        choices = ["utf-16-le"] if content[1:400:2].count(0) > content[0:400:2].count(0) else ["utf-16-be"]
    else:
        choices = ["utf-8-sig", encoding or OLD]
    for choice in choices:
        try:
            text = content.decode(choice)
        except (UnicodeError, LookupError):
            continue
        if choice != OLD or encoding or _is_written_in(text):
            return text, choice
    rule = "is neither UTF-8 nor UTF-16; say what it is: --encoding kz1048 (Kazakh) or cp1251 (Russian)"
    if choices[0].startswith("utf-16"):
        rule = "is UTF-16 that breaks off or is spoilt; export it again"
    raise BadInput([Fault(name, None, "", encoding, rule)])


def _is_written_in(text: str) -> bool:
    """Return whether a text that was read as KZ-1048 looks like Russian or Kazakh."""
    others = [char for char in text if not char.isascii() and char not in SIGNS]
    letters = [char for char in others if char.lower() in LETTERS]
    lower = sum(char.islower() for char in letters)
    return len(letters) >= LEAST_LETTERS * len(others) and lower >= LOWER * len(letters)


QUESTION_MARKS = "a question mark in place of a letter"


def lost_note(file: str, texts: Collection[str]) -> list[str]:
    """Return a note on texts with a question mark inside a word: an old encoding has no place for Kazakh letters."""
    count = sum(bool(LOST.search(text)) for text in texts)
    if not texts or count < MANY_LOST * len(texts):
        return []
    rule = f"{QUESTION_MARKS}, and those words are not found; export again as UTF-8"
    return [f"{file}: {count} text(s) of {len(texts)} have {rule}"]


def plain_head(head: str) -> str:
    """Return a head as names are compared."""
    for mark in MARKS:
        head = head.removeprefix(mark)
    return head.strip().strip('"').lower().replace("_", " ")


def _separator(line: str) -> str:
    return max(SEPARATORS, key=line.count)


class Rows(NamedTuple):
    """Rows as they stand, with the numbers of their lines, how they were read, and where they broke off."""

    cells: list[tuple[int, list[str]]]
    notes: list[str]
    faults: list[Fault]


def _lines(path: Path, is_head: Callable[[list[str]], bool], encoding: str) -> Rows | None:
    """Return the rows of a delimited file from its head on, None where no line is a head."""
    text, used = decoded(path.read_bytes(), path.name, encoding)
    lines = text.splitlines(keepends=True)
    heads = (next(csv.reader([line], delimiter=_separator(line)), []) for line in lines[:LOOKED_AT])
    start = next((number for number, cells in enumerate(heads) if is_head(list(map(plain_head, cells)))), None)
    if start is None:
        return None
    said = f"read as {used.upper()}"
    if used == OLD and not encoding:
        said += ", which reads the Russian of Windows-1251 too; if words look wrong, say --encoding"
    notes = [] if used == "utf-8-sig" else [f"{path.name}: {said}"]
    csv.field_size_limit(LONGEST)
    reader = csv.reader(io.StringIO("".join(lines[start:]), newline=""), delimiter=_separator(lines[start]))
    found, faults = [], []
    try:
        for cells in reader:
            found.append((start + reader.line_num, cells))
    except csv.Error as error:
        faults.append(Fault(path.name, start + reader.line_num, "", "", f"cannot be read, nor what follows: {error}"))
    return Rows(found, notes, faults)


def _sheet(path: Path, is_head: Callable[[list[str]], bool]) -> Rows | None:
    """Return the rows of the first sheet of a workbook that has a head, from it on, None where none has one."""
    sheets = sheets_of(path)
    for name, rows in sheets.items():
        for place, (_, cells) in enumerate(rows[:LOOKED_AT]):
            if is_head(list(map(plain_head, cells))):
                width = max(number for number, cell in enumerate(cells, start=1) if cell)
                found = [(number, [*row[:width], *[""] * (width - len(row))]) for number, row in rows[place:]]
                others = ", ".join(other for other in sheets if other != name and sheets[other])
                notes = [f"{path.name}: sheet {name} is read; not read: {others}"] if others else []
                return Rows(found, notes, [])
    return None


def read_table(path: Path, known: Collection[str], least: int = 2, encoding: str = "") -> Table:
    """Return the rows of a delimited file or a workbook whose head holds at least ``least`` of the ``known`` heads.

    Raises :class:`BadInput` where no head is found, and as :func:`read_rows` does.
    """
    wanted = set(known)
    table = read_rows(path, lambda heads: len(wanted & set(heads)) >= least, encoding)
    if table is None:
        rule = f"no line of the first {LOOKED_AT} is a head with {least} of: {', '.join(sorted(wanted)[:12])}"
        raise BadInput([Fault(path.name, None, "", "", rule)])
    return table


def read_rows(path: Path, is_head: Callable[[list[str]], bool], encoding: str = "") -> Table | None:
    """Return the rows of a delimited file or a workbook below the first line that is a head, None where none is.

    ``is_head`` is asked about plain names. Lines above the head are stepped over and noted. Rows are numbered by the
    line on which they end, the first line of the file being 1. Raises :class:`BadInput` where a head stands twice.
    """
    read = _sheet(path, is_head) if path.suffix.lower() in WORKBOOKS else _lines(path, is_head, encoding)
    if read is None:
        return None
    start, first = read.cells[0]
    heads = [plain_head(cell) for cell in first]
    notes = [
        *read.notes,
        *([f"{path.name}: {start - 1} line(s) above the head were stepped over"] if start > 1 else []),
    ]
    rows, faults = [], []
    for number, cells in read.cells[1:]:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(heads):
            faults.append(Fault(path.name, number, "", "", f"has {len(cells)} cells, the head has {len(heads)}"))
        else:
            rows.append((number, cells))
    twice = sorted({head for head in heads if head and heads.count(head) > 1})
    if twice:
        raise BadInput([Fault(path.name, start, head, "", "stands twice in the head") for head in twice])
    return Table(heads, rows, notes, [*faults, *read.faults])


def heads_in(path: Path, encoding: str = "") -> Iterator[list[str]]:
    """Yield the cells of the lines of a table in which a head may stand, plain, under every separator."""
    if path.suffix.lower() in WORKBOOKS:
        for rows in sheets_of(path, LOOKED_AT).values():
            yield from ([plain_head(cell) for cell in cells] for _, cells in rows)
        return
    text, _ = decoded(path.read_bytes(), path.name, encoding)
    for line in text.splitlines()[:LOOKED_AT]:
        yield [plain_head(cell) for cell in next(csv.reader([line], delimiter=_separator(line)), [])]
