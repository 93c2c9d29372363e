"""``evidence read``: rows side by side with what they rest on, and the record that somebody has read them."""

from __future__ import annotations

import csv
import io
import shutil
import sys
import textwrap
from collections.abc import Callable, Iterable
from itertools import zip_longest
from pathlib import Path
from typing import NamedTuple

from evidence.authoring.facts import where
from evidence.authoring.writing import Draft, put_in_place
from evidence.checks import page_sentences, readings
from evidence.checks.page_sentences import is_page, page_called
from evidence.checks.readings import READERS, TABLE, Reading, Row
from evidence.checks.texts import TEXTS, pinned_texts, text_lines, texts_folder
from evidence.data import store
from evidence.data.rules import DataError, Problem, nearest
from evidence.data.schema import ROOT, kinds
from evidence.figures.sentences import ROLE, reads

Key = tuple[str, str]  # table and id of a row
Ask = Callable[[str], str]
NARROWEST, WIDEST = 60, 160  # layout: columns of a terminal that the two sides share
CHANGED = ("changed", "moved")
WORDS = {
    "new": "not read yet",
    "unread": "not read yet",
    "changed": "changed since it was read",
    "moved": "rests on what has changed since",
}


class Wanted(NamedTuple):
    """Which rows are to be read: of a table or all, named by id or by their state, and by which reader."""

    table: str
    ids: tuple[str, ...]
    states: tuple[str, ...]
    reader: str


# --- what is read --------------------------------------------------------------------------


def _is_open(now: str, readers: tuple[str, ...], wanted: Wanted) -> bool:
    """Return whether a row in a state is among those wanted; without a state those this reader has not read."""
    if wanted.states:
        return now in wanted.states
    return now != "read" or wanted.reader not in readers


def chosen(wanted: Wanted, texts: dict[str, Path]) -> list[Key]:
    """Return the rows that are wanted, in the order of tables and rows.

    Raises :class:`DataError` for a table or an id that does not exist, a table whose rows are not read, and one with
    faults of its own: rows that a merge left twice, say.
    """
    known, by_table = readings.recorded(), readings.states(texts) | readings.page_states()
    if wanted.table and wanted.table not in by_table:
        rule = f"is no page, and no table whose rows are read{nearest(wanted.table, by_table)}"
        raise DataError([Problem("TABLE", None, None, wanted.table, rule)])
    if faults := unreadable([wanted.table] if wanted.table else list(by_table)):
        raise DataError(faults)
    unknown = [key for key in wanted.ids if key not in by_table[wanted.table]]
    if unknown:
        path = f"{wanted.table}.md" if is_page(wanted.table) else store.schema()[wanted.table]["path"]
        raise DataError(
            [Problem(path, None, "id", key, f"is no row{nearest(key, by_table[wanted.table])}") for key in unknown]
        )
    if wanted.ids:
        return [(wanted.table, key) for key in wanted.ids]
    return [
        (table, key)
        for table, by_id in by_table.items()
        for key, now in by_id.items()
        if wanted.table in ("", table)
        and _is_open(now, known[f"{table}#{key}"].readers if f"{table}#{key}" in known else (), wanted)
    ]


def unreadable(tables: list[str]) -> list[Problem]:
    """Return what is wrong with tables whose rows are to be read, and with the table of readings.

    Of a row that a merge has left twice, or cut, only a part would be shown, and all of it recorded as read.
    """
    named = (table for table in (*tables, TABLE) if not is_page(table))
    return [problem for table in named for problem in store.read(store.schema()[table]).problems]


def _passage(row: Row, texts: dict[str, Path]) -> list[str]:
    """Return the lines that a row cites, each with its number, below document and page."""
    shown = []
    for source, lines in readings.passages_of(row):
        first, last = store.line_range(lines)
        shown.append(f"{store.names('sources')[source]}, {where(source, lines) or 'no page'}")
        shown += [
            f"{number}  {line.strip()}"
            for number, line in enumerate(text_lines(texts[source])[first - 1 : last], start=first)
        ]
    return shown


def _rested_on(table: str, row: Row) -> list[str]:
    """Return the rows that a judgement rests on, cell by cell, without what only files need."""
    shown = []
    for (target, key), cited in readings.cited_by(table, row).items():
        shown.append(f"{target}#{key}")
        shown += [f"  {name}: {value}" for name, value in cited.items() if value and name not in ("", "id", "source")]
    return shown or ["(rests on no other row)"]


def _as_seen(sentence: str) -> str:
    """Return a sentence of a page with its records as they read in it."""
    return ROLE.sub(lambda role: role[2] or (reads(role[1], role[3]) if role[1] in kinds() else role[0]), sentence)


def side_by_side(left: Iterable[str], right: Iterable[str], width: int) -> str:
    """Return two columns of lines, each folded to its half of ``width`` characters."""
    half = (width - 3) // 2

    def folded(lines: Iterable[str]) -> list[str]:
        return [part for line in lines for part in textwrap.wrap(line, half, subsequent_indent="    ") or [""]]

    pairs = zip_longest(folded(left), folded(right), fillvalue="")
    return "\n".join(f"{one:<{half}} | {other}".rstrip() for one, other in pairs)


def shown(key: Key, texts: dict[str, Path], width: int, reading: Reading | None = None) -> str:
    """Return a row beside the lines it cites or the rows it rests on; says so where a text is not here."""
    table, name = key
    row = readings.rows_of(table)[name]
    now = readings.state(table, row, reading, texts)
    state = WORDS.get(now) or f"read by {' and '.join(reading.readers)}" if reading else WORDS["new"]
    cells = [f"{column}: {value}" for column, value in row.items() if value and column not in ("", "id")]
    absent = sorted({source for source, _ in readings.passages_of(row)} - texts.keys())
    if absent:
        against = [f"(the text of {', '.join(absent)} is not here)"]
    else:
        against = _passage(row, texts) or _rested_on(table, row)
    if is_page(table):
        cells.append(f"as readers see it: {_as_seen(row[page_sentences.COLUMN])}")
        return f"{table}.md, line {row['']}: {state}\n{side_by_side(cells, against, width)}\n"
    return f"{table}#{name}: {state}\n{side_by_side(cells, against, width)}\n"


# --- what is recorded ----------------------------------------------------------------------


def reading_of(
    table: str,
    row: Row,
    reader: str,
    before: Reading | None,
    texts: dict[str, Path],
    beside: readings.Beside | None = None,
) -> Reading | None:
    """Return a row's reading once a reader has read it, None where one of its texts is not here.

    Who read it before stays only where neither the row nor what it rests on has changed since. ``beside`` are rows that
    are written with it.
    """
    passage = readings.passage_digest(table, row, texts, beside)
    if passage is None:
        return None
    digest = readings.row_digest(row)
    kept = before.readers if before and (before.row, before.passage) == (digest, passage) else ()
    return Reading(tuple(name for name in READERS if name in (*kept, reader)), digest, passage)


def as_read(draft: Draft, texts: dict[str, Path]) -> Draft:
    """Return a draft with the first reading of each of its rows: who writes a row reads what it rests on.

    A row whose text is not here is left for ``evidence read --new``.
    """
    if TABLE not in store.schema():
        return draft
    read = []
    beside: readings.Beside = {}
    for table, row in draft.rows:
        beside.setdefault(table, {})[row["id"]] = row
    for table, row in draft.rows:
        reading = reading_of(table, row, READERS[0], None, texts, beside) if table in readings.tables() else None
        if reading:
            read.append((TABLE, _cells(f"{table}#{row['id']}", reading)))
    return draft._replace(rows=[*draft.rows, *read])


def _cells(key: str, one: Reading) -> dict[str, str]:
    """Return a reading as the row of its table."""
    return dict(zip(store.fields(TABLE), (key, ";".join(one.readers), one.row, one.passage)))


def table_text(known: dict[str, Reading]) -> str:
    """Return the text of ``readings.csv``, sorted by id."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(store.fields(TABLE))
    writer.writerows(_cells(key, one).values() for key, one in sorted(known.items()))
    return text.getvalue()


def record(keys: list[Key], reader: str, texts: dict[str, Path], root: Path = ROOT) -> list[str]:
    """Write that a reader has read rows; return those that could not be read, since a text is not here."""
    known, unread = readings.recorded(), []
    for table, name in keys:
        key = f"{table}#{name}"
        reading = reading_of(table, readings.rows_of(table)[name], reader, known.get(key), texts)
        if reading is None:
            unread.append(key)
        else:
            known[key] = reading
    for key in readings.gone_sentences():  # of a page that is read anew, in their form of before
        if key.partition("#")[0] in {table for table, _ in keys}:
            known.pop(key, None)
    put_in_place({_file(): table_text(known)}, root)
    return unread


def forget_gone(root: Path = ROOT) -> int:
    """Take the readings of rows that are gone out of the table; return how many there were."""
    known, there = readings.recorded(), (*readings.tables(), *page_sentences.pages())
    kept = {
        key: one
        for key, one in known.items()
        if (table := key.partition("#")[0]) in there
        and key.partition("#")[2] in (readings.sentences_of if is_page(table) else readings.rows_of)(table)
    }
    if len(kept) < len(known):
        put_in_place({_file(): table_text(kept)}, root)
    return len(known) - len(kept)


def _file() -> str:
    return f"data/{store.schema()[TABLE]['path']}"


# --- the command ---------------------------------------------------------------------------


def summary(texts: dict[str, Path]) -> str:
    """Return how often the rows of each table have been read, and what to do."""
    by_table = readings.counts(texts)
    width = max(map(len, by_table))
    lines = [f"{'':<{width}}  {'rows':>6} {'twice':>6} {'once':>6} {'never':>6} {'changed':>8}"]
    lines += [
        f"{table:<{width}}  {one.rows:>6} {one.twice:>6} {one.once:>6} {one.never:>6} {one.changed:>8}"
        for table, one in by_table.items()
    ]
    of_pages = readings.said_of_pages(readings.total(readings.page_counts()))
    return "\n".join([*lines, readings.said(readings.total(by_table)), of_pages])


def _asked(keys: list[Key], texts: dict[str, Path], width: int, ask: Ask) -> list[Key]:
    """Return the rows that the person at the terminal has read, up to the one at which the person left."""
    read, known = [], readings.recorded()
    for number, key in enumerate(keys, start=1):
        print(shown(key, texts, width, known.get("#".join(key))))
        answer = ask(f"{number} of {len(keys)}: does the row say what stands beside it (y, n, q)? ").strip().lower()
        if answer.startswith("q"):
            break
        if answer.startswith("y"):
            read.append(key)
    return read


def run(wanted: Wanted, is_confirmed: bool, sources: str | None, ask: Ask | None, root: Path = ROOT) -> int:
    """Show the rows that are wanted beside what they rest on, and record those that were read. Returns the exit code.

    Without a terminal nothing is recorded unless ``is_confirmed`` says that what is shown has been read.
    """
    folder = texts_folder(sources)
    texts = pinned_texts(folder)[0] if folder else {}
    wanted = wanted._replace(table=page_called(wanted.table))
    if not (wanted.table or wanted.states):
        print(summary(texts))
        return 0
    keys = chosen(wanted, texts)
    if not keys:
        print("Nothing is left to read here.")
        return 0
    width = min(max(shutil.get_terminal_size((140, 40)).columns, NARROWEST), WIDEST)
    if ask is not None and not is_confirmed:
        keys = _asked(keys, texts, width, ask)
    else:
        known = readings.recorded()
        for key in keys:
            print(shown(key, texts, width, known.get("#".join(key))))
        if not is_confirmed:
            print(f"{len(keys)} row(s) shown, nothing recorded; `--yes` records that they have been read.")
            return 0
    unread = record(keys, wanted.reader, texts, root) if keys else []
    print(f"{len(keys) - len(unread)} row(s) recorded as read by the {wanted.reader} reader.")
    if unread:
        more = f" and {len(unread) - 3} more" if len(unread) > 3 else ""
        rule = f"not recorded, since their texts are not here: {', '.join(unread[:3])}{more}; link their folder as "
        print(f"{len(unread)} row(s) {rule}{TEXTS.name}, or give it: --sources FOLDER", file=sys.stderr)
    return 1 if unread else 0
