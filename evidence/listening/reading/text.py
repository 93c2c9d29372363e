"""Bytes of a table to rows: encoding, mark, separator, and lines above the head."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import NamedTuple

from evidence.toolkit.faults import BadInput, Fault

LONGEST = 10_000_000  # characters of a cell; the module csv stops at 131,072, and at all that follows
LOOKED_AT = 30  # lines in which the head is looked for
SEPARATORS = "\t,;"
MARKS = ("\ufeff", "ï»¿", "ÿþ", "þÿ")  # a byte-order mark, and what it becomes when it is misread


class Table(NamedTuple):
    """A table as text: its heads, its rows with their line numbers, notes on how it was read, and what is no row."""

    heads: list[str]
    rows: list[tuple[int, list[str]]]
    notes: list[str]
    faults: list[Fault]


def decoded(content: bytes, name: str, encoding: str = "") -> tuple[str, str]:
    """Return a text and its encoding: UTF-8 or UTF-16, with or without a mark, or the one given.

    An eight-bit encoding is not guessed: Windows-1251 and the Kazakh KZ-1048 read each other's bytes without an error
    and differ in the Kazakh letters. Raises :class:`BadInput`.
    """
    if encoding:
        choices: Sequence[str] = (encoding,)
    elif content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        choices = ("utf-16",)
    elif content[:400].count(0) > len(content[:400]) // 4:
        choices = ("utf-16-le",) if content[1:400:2].count(0) > content[0:400:2].count(0) else ("utf-16-be",)
    else:
        choices = ("utf-8-sig",)
    try:
        return content.decode(choices[0]), choices[0]
    except (UnicodeError, LookupError):
        rule = "is neither UTF-8 nor UTF-16; say what it is: --encoding kz1048 (Kazakh) or cp1251 (Russian)"
        raise BadInput([Fault(name, None, "", encoding, rule)]) from None


def plain_head(head: str) -> str:
    """Return a head as names are compared."""
    for mark in MARKS:
        head = head.removeprefix(mark)
    return head.strip().strip('"').lower().replace("_", " ")


def _separator(line: str) -> str:
    return max(SEPARATORS, key=line.count)


def read_table(path: Path, known: Collection[str], least: int = 2, encoding: str = "") -> Table:
    """Return the rows of a delimited file whose head holds at least ``least`` of the ``known`` heads.

    Lines above the head are stepped over and noted. Rows are numbered by the line on which they end, the first line
    of the file being 1. Raises :class:`BadInput` where no head is found.
    """
    text, used = decoded(path.read_bytes(), path.name, encoding)
    lines = text.splitlines(keepends=True)
    wanted = set(known)
    start = next(
        (
            number
            for number, line in enumerate(lines[:LOOKED_AT])
            if len(wanted & {plain_head(cell) for cell in next(csv.reader([line], delimiter=_separator(line)), [])})
            >= least
        ),
        None,
    )
    if start is None:
        rule = f"no line of the first {LOOKED_AT} is a head with {least} of: {', '.join(sorted(wanted)[:12])}"
        raise BadInput([Fault(path.name, None, "", "", rule)])
    notes = [] if used == "utf-8-sig" else [f"{path.name}: read as {used.upper()}"]
    if start:
        notes.append(f"{path.name}: {start} line(s) above the head were stepped over")
    separator = _separator(lines[start])
    csv.field_size_limit(LONGEST)
    reader = csv.reader(io.StringIO("".join(lines[start:]), newline=""), delimiter=separator)
    heads = [plain_head(cell) for cell in next(reader)]
    rows, faults = [], []
    try:
        for cells in reader:
            number = start + reader.line_num
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(heads):
                faults.append(Fault(path.name, number, "", "", f"has {len(cells)} cells, the head has {len(heads)}"))
            else:
                rows.append((number, cells))
    except csv.Error as error:
        faults.append(Fault(path.name, start + reader.line_num, "", "", f"cannot be read, nor what follows: {error}"))
    twice = sorted({head for head in heads if head and heads.count(head) > 1})
    if twice:
        raise BadInput([Fault(path.name, start + 1, head, "", "stands twice in the head") for head in twice])
    return Table(heads, rows, notes, faults)
