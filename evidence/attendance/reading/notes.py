"""How files were read, as notes: those of one kind stand in one line, what is lost first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from evidence.toolkit.messages import Listed, Message

LOST, ASSUMED, READ = 0, 1, 2  # what is not in the report, what was taken for granted, what is good to know
FEW, PLACES = 3, 2  # details that a line names, and places of each; ours


class Kind(NamedTuple):
    """A kind of note: how much it matters, and its words."""

    rank: int
    text: str


class Note(NamedTuple):
    """A note on a file or a sheet: its kind, the place, and what differs from place to place."""

    kind: Kind
    place: str
    detail: str = ""


OTHER_NAME = Kind(LOST, "Not read, as the name of the file begins with none of the names of tables")
OTHER_KIND = Kind(LOST, "Not read, as of a kind that is not read; save tables as CSV or XLSX")
FOLDERS = Kind(LOST, "Folders inside the folder, which are not looked into; put their files beside the others")
NO_TABLE = Kind(LOST, "Sheets left out, as they hold no such table")
BELOW = Kind(LOST, "Lines left out as totals, signatures or lines below the table")
SLIPS = Kind(LOST, "Columns not read that may be slips")
OLD_ENCODING = Kind(
    ASSUMED,
    "Read in the old Windows encoding of Russian and Kazakh letters, not as UTF-8; look whether names are right",
)
TITLE_SCHOOL = Kind(ASSUMED, "The school is the one named above the heads")
NAME_SCHOOL = Kind(ASSUMED, "The school is taken from the name, as --school-from says")
GIVEN_SCHOOL = Kind(ASSUMED, "The school is the one given by --school")
SHEET_GRADE = Kind(ASSUMED, "The grade is taken from the name of the sheet")
REPEATED = Kind(
    ASSUMED,
    "Rows that repeat a child, school, day and session count once: the longer counts, and unexcused before excused. "
    "Where children of two classes have one code, give each child a code of its own",
)
NO_CALENDAR_DAYS = Kind(ASSUMED, "Schools that stand in no calendar, and so have no school day")
MIXED = Kind(LOST, "In two encodings at once, part of it in UTF-8; only that part was read")
UTF_16 = Kind(READ, "Read in the encoding UTF-16, as Excel saves Unicode text")
TITLES = Kind(READ, "Lines above the heads, taken as titles")
DAYS = Kind(READ, "One row per child and one column per day")
CLASSES = Kind(READ, "Names of classes read as the grade alone")
EMPTY_ROWS = Kind(READ, "Empty rows")
UNREAD = Kind(READ, "Columns not read")


def rows_told(rows: Sequence[int], most: int = 5) -> Message:
    """Return numbers of rows in words, the first of them and how many more."""
    numbers = ", ".join(map(str, rows[:most]))
    if len(rows) > most:
        return Message.of("rows {rows} and {more} more", rows=numbers, more=len(rows) - most)
    return Message.of("row {row}", row=numbers) if len(rows) == 1 else Message.of("rows {rows}", rows=numbers)


def grouped(notes: Iterable[Note]) -> dict[int, list[Message]]:
    """Return notes as lines by how much they matter, a line a kind."""
    kinds: dict[Kind, dict[str, list[str]]] = {}
    for note in notes:
        kinds.setdefault(note.kind, {}).setdefault(note.detail, []).append(note.place)
    lines: dict[int, list[Message]] = {LOST: [], ASSUMED: [], READ: []}
    for kind, details in kinds.items():
        lines[kind.rank].append(_line(kind, details))
    return lines


def in_order(notes: Iterable[Note]) -> list[Message]:
    """Return notes as lines, what is lost first, then what is assumed, then what is good to know."""
    return [line for lines in grouped(notes).values() for line in lines]


def _line(kind: Kind, details: dict[str, list[str]]) -> Message:
    """Return the notes of a kind as a line: how many, and the first of them, each detail with its places."""
    items = [
        Message.of("{detail} ({places})", detail=detail, places=_first(places)) if detail else _first(places)
        for detail, places in list(details.items())[:FEW]
    ]
    more = sum(len(places) for places in list(details.values())[FEW:])
    items += [Message.of("and {more} more", more=more)] if more else []
    count = sum(map(len, details.values()))
    what = Message.of(kind.text)
    where = Listed.joined(items, "; ")
    if count > FEW:
        return Message.of("{what} (in {count} files or sheets): {where}", what=what, count=count, where=where)
    return Message.of("{what}: {where}", what=what, where=where)


def _first(places: Sequence[str]) -> str:
    """Return the first places, and how many more there are."""
    named = Listed.joined(places[:PLACES], "; ")
    if len(places) <= PLACES:
        return named
    return Message.of("{places} and {more} more", places=named, more=len(places) - PLACES)
