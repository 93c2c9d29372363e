"""The heads of a table: where they stand, which column is which, what the lines above them say."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence

from evidence.attendance.reading import notes as note
from evidence.attendance.reading.forms import Column, Form
from evidence.attendance.reading.wide import TABLES, is_day, is_weekday, months_in
from evidence.attendance.reading.words import MORE, accepted, names_of, nearest, plain
from evidence.toolkit.faults import BadInput, Fault
from evidence.toolkit.messages import Listed, Message

Rows = Sequence[Sequence[str]]
Known = Callable[[Sequence[str]], int]
UNREAD = 8  # columns that are not read, named; the rest are counted
LEAST = 2  # known heads by which a row is taken for the heads; ours
ONE_SCHOOL = (
    "Where the files are those of one school, name it: --school NAME. Where each file or sheet has the name of its "
    "school: --school-from files, or sheets. A line “School: NAME” above the heads is read too"
)
NO_COLUMN = "the heads have no such column; they are: {heads}. Names that are read: {names} ({more})"
NO_SCHOOL = NO_COLUMN + ". {one_school}"
NO_HEADS = "the row has none of the heads that are needed: {needed} ({more})"
TWO_COLUMNS = "two columns hold this; keep one of them"
SCHOOL_NAMES = "|".join(sorted((re.escape(name) for name in names_of("columns", "school")), key=len, reverse=True))
SCHOOL_LINE = re.compile(rf"\s*(?:{SCHOOL_NAMES})\s*:\s*(.*)", re.IGNORECASE | re.DOTALL)


def nobody(_: Sequence[str]) -> int:
    """Return that a row has no known heads: for files of which no heads are known."""
    return 0


def known_heads(forms: Collection[Form]) -> Known:
    """Return what counts the heads of a row that some forms know; days count beside another head."""
    named = [({plain(name) for one in form.columns for name in (one.name, *one.names)}, form) for form in forms]

    def known(row: Sequence[str]) -> int:
        cells = [cell for cell in row if cell.strip()]
        return max((_known(cells, names, form.table in TABLES) for names, form in named), default=0)

    return known


def _known(cells: Sequence[str], names: Collection[str], may_be_wide: bool) -> int:
    """Return how many cells are names, and with any of them days."""
    found = sum(plain(cell) in names or ("." in cell and plain(cell.rpartition(".")[2]) in names) for cell in cells)
    return found + (sum(map(is_day, cells)) if found and may_be_wide else 0)


def place_of_head(rows: Rows, known: Known) -> int:
    """Return the place of the heads among the first rows of a file.

    It is the row with most heads that are known; where none has two, the first with several cells below titles.
    """
    scores = list(map(known, rows))
    if scores and max(scores) >= LEAST:
        return scores.index(max(scores))
    filled = [sum(1 for cell in row if cell.strip()) for row in rows]
    place = next((place for place, cells in enumerate(filled) if cells > 1), 0)
    return place if place and filled[place] > 2 else 0


def with_days(rows: Rows, place: int) -> tuple[list[str], int]:
    """Return the heads at a place, with the days of a row below them, and how many rows below belong to the heads.

    Schools write the month above and the days below, and the days of the week in a row of their own.
    """
    heads, more = list(rows[place]), 0
    for row in rows[place + 1 : place + 3]:
        filled = [cell for cell in row if cell.strip()]
        if not filled or not (all(map(is_day, filled)) or all(map(is_weekday, filled))):
            break
        if all(map(is_day, filled)):
            heads += [""] * (len(row) - len(heads))
            above = [head for cell, head in zip(row, heads) if cell.strip() and head.strip()]
            is_month = len(above) == 1 and bool(
                months_in(above[0])
            )  # it may stand above the first day, or the only one
            if len(above) > 1 or (len(filled) < LEAST and not is_month):
                break
            heads = [below if below.strip() else head for below, head in zip([*row, *[""] * len(heads)], heads)]
        more += 1
    return heads, more


def school_above(titles: Rows) -> str:
    """Return the school that a line above the heads names, as in “School: X”; "" where none or several do.

    The word must be one that a column of schools may have as its head, with a colon after it.
    """
    found = set()
    for row in titles:
        cells = [cell.strip() for cell in row if cell.strip()]
        for place, cell in enumerate(cells):
            if line := SCHOOL_LINE.fullmatch(cell):
                found.add(line[1].strip() or (cells[place + 1] if place + 1 < len(cells) else ""))
    return found.pop() if len(found) == 1 else ""


def matched(form: Form, heads: Sequence[str], file: str, row: int, made: Collection[str] = ()) -> dict[str, str]:
    """Return which column of a file holds each column of a form.

    ``row`` is that of the heads; ``made`` are heads that the file does not have itself. Raises :class:`BadInput` with
    all that is wrong.
    """
    found, faults = {}, []
    for column in form.columns:
        names = {plain(name) for name in (column.name, *column.names)}
        fits = [head for head in heads if plain(head) in names]
        fits = fits or [head for head in heads if "." in head and plain(head.rpartition(".")[2]) in names]
        if all("." in head for head in fits):
            fits = fits[:1]  # references inside a record repeat the identifier of its own object
        if len(fits) > 1:
            faults.append(Fault(file, row, column.name, ", ".join(fits), Message.of(TWO_COLUMNS)))
        elif fits:
            found[column.name] = fits[0]
        elif column.required:
            own = [head for head in heads if head.strip() and head not in made]
            has = ", ".join(own[:12]) + (f" … ({len(own)})" if len(own) > 12 else "")
            parts = {"heads": has or "–", "names": _names(column), "more": Message.of(MORE)}
            one_school = {"one_school": Message.of(ONE_SCHOOL)} if column.name == "school" else {}
            rule = Message.of(NO_SCHOOL if one_school else NO_COLUMN, **parts, **one_school)
            faults.append(Fault(file, row, column.name, "", rule))
    if not set(found.values()) - set(made) and not any(fault.value for fault in faults):
        needed = "; ".join(f"{column.name} ({_names(column)})" for column in form.columns if column.required)
        rule = Message.of(NO_HEADS, needed=needed, more=Message.of(MORE))
        raise BadInput([Fault(file, row, "", "", rule)], unread(form, heads, found, file, made))
    if faults:
        raise BadInput(faults, unread(form, heads, found, file, made))
    return found


def _names(column: Column) -> str:
    """Return the names of a column as a message shows them: in three languages, or those of an export."""
    return accepted(column.name) if column.name in map(plain, column.names) else ", ".join(column.names)


def unread(
    form: Form, heads: Sequence[str], found: dict[str, str], file: str, made: Collection[str] = ()
) -> list[note.Note]:
    """Return notes on the columns of a file that are not read: those that may be slips, each with its name, and others.

    Heads without words, and those that the file does not have itself, are none.
    """
    left = [column for column in form.columns if column.name not in found]
    names = {plain(name): name for column in left for name in (column.name, *column.names)}
    others = [head for head in heads if head.strip() and head not in found.values() and head not in made]
    others = [head for head in others if plain(head) not in names]  # two of a column: that is a fault of its own
    told = {head: near for head in others if (near := nearest(head, names))}
    slips = [Message.of("{head} (is it {near}?)", head=head, near=near) for head, near in told.items()]
    words: list[str] = [head for head in others if head not in told]
    more = len(words) - UNREAD
    words = [*words[:UNREAD], *([Message.of("and {more} more", more=more)] if more > 0 else [])]
    return [
        note.Note(kind, file, Listed.joined(some, ", "))
        for kind, some in ((note.SLIPS, slips), (note.UNREAD, words))
        if some
    ]
