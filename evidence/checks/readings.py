"""The second reading kept with the data: who has read each row, in which form, against what.

``readings.csv`` holds a digest of the row as it was read and one of what it was read against: the lines it cites, or,
for a judgement without lines, the rows it rests on. A reading counts for that form only, so that a row which changes is
to be read anew, and one that nobody has read is named. No rule knows whether a figure is of a city or of its region;
this table knows that somebody looked.

The sentences of pages are read in the same way, beside the rows that their roles name (:mod:`page_sentences`): a page
that nobody has read is counted, and once it has been read each sentence of it stays so.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path
from typing import NamedTuple

from evidence.checks import page_sentences
from evidence.checks.page_sentences import is_page
from evidence.checks.texts import pinned_texts, text_lines, texts_folder
from evidence.data import store
from evidence.data.rules import CUT, Problem
from evidence.data.schema import kinds
from evidence.figures.sentences import records_in

TABLE = "readings"
READERS = ("first", "second")
BYTES = 6  # form: of a digest: one change in some 10^14 would go unseen
LETTERS = str.maketrans("0123456789abcdef", "abcdefghijklmnop")  # a spreadsheet takes 4e12 for a number
FEW = 3  # message: changed rows of a table that are named by their ids
NOT_CELLS = ("", CUT, "order", "heading")  # keys of a row as read that are no columns, and its place in the book
Row = dict[str, str]
Beside = dict[str, dict[str, Row]]  # rows by table and id


class Reading(NamedTuple):
    """Who has read a row, and the digests of the row and of what it was read against as they read them."""

    readers: tuple[str, ...]
    row: str
    passage: str


class Counts(NamedTuple):
    """Rows that are to be read, those read twice, once and never as they stand, and those changed since."""

    rows: int
    twice: int
    once: int
    never: int
    changed: int


def digest(text: str) -> str:
    """Return the digest of a text: BLAKE2b (RFC 7693) in twelve letters, a to p for the digits 0 to f."""
    return hashlib.blake2b(text.encode("utf-8"), digest_size=BYTES).hexdigest().translate(LETTERS)


def row_digest(row: Row) -> str:
    """Return the digest of the cells of a row; neither an empty column nor another order of columns changes it."""
    cells = sorted((name, value) for name, value in row.items() if value and name not in NOT_CELLS)
    return digest("\n".join(f"{name}={value}" for name, value in cells))


@cache
def cited_tables() -> frozenset[str]:
    """Return the tables whose rows others rest on: those whose rows are read, but tables of codes."""
    return frozenset(name for name in tables() if not store.schema()[name]["codes"])


def tables() -> list[str]:
    """Return the tables whose rows are read: those that report documents, and those that judge."""
    return [name for name, resource in store.schema().items() if resource["reports"] or resource["judges"]]


@cache
def rows_of(table: str) -> dict[str, Row]:
    """Return the rows of a table as they stand in its file, or the sentences of a page, by id."""
    if is_page(table):
        return sentences_of(table)
    return {row["id"]: row for row in store.read(store.schema()[table]).rows if row.get("id")}


@cache
def sentences_of(page: str) -> dict[str, Row]:
    """Return the sentences of a page as they stand in its file, each as a row, by the digest of its words."""
    return {digest(text): {"": str(line), page_sentences.COLUMN: text} for line, text in page_sentences.of_page(page)}


def passages_of(row: Row) -> list[tuple[str, str]]:
    """Return (document, lines) of every passage that a row cites."""
    found = [(row.get(name.replace("lines", "source"), ""), row.get(name, "")) for name in store.LINE_COLUMNS]
    return [(source, lines) for source, lines in found if source and lines]


def cited_by(table: str, row: Row, beside: Beside | None = None) -> dict[tuple[str, str], Row]:
    """Return by (table, id) the rows that a judgement rests on: those its columns and its sentences name, but codes.

    ``beside`` are rows that are written with it, and stand in no file yet.
    """
    named, found = kinds(), []
    for name, field in (page_sentences.FIELDS if is_page(table) else store.fields(table)).items():
        target = store.target_of(field)
        keys = row.get(name, "").split(";") if field.get("list") else [row.get(name, "")]
        found += [(target, key) for key in keys if key and target]
        if field.get("sentence"):
            found += [(named[kind], key) for kind, key in records_in(row.get(name, "")) if kind in named]
    rows = {
        (target, key): (beside or {}).get(target, {}).get(key) or rows_of(target).get(key)
        for target, key in found
        if target in cited_tables()
    }
    return {named: row for named, row in sorted(rows.items()) if row}


def passage_digest(table: str, row: Row, texts: dict[str, Path], beside: Beside | None = None) -> str | None:
    """Return the digest of what a row is read against, None where one of the texts is not here."""
    passages = passages_of(row)
    if not passages:
        return digest("\n".join(map(row_digest, cited_by(table, row, beside).values())))
    if any(source not in texts for source, _ in passages):
        return None
    parts = []
    for source, lines in passages:
        first, last = store.line_range(lines)
        parts += [line.strip() for line in text_lines(texts[source])[first - 1 : last]]
    return digest("\n".join(parts))


def recorded() -> dict[str, Reading]:
    """Return every reading by its row, as ``table#id``."""
    if TABLE not in store.schema():
        return {}
    return {
        key: Reading(tuple(row["read_by"].split(";")), row["row_digest"], row["passage_digest"])
        for key, row in rows_of(TABLE).items()
        if CUT not in row
    }


def state(table: str, row: Row, reading: Reading | None, texts: dict[str, Path]) -> str:
    """Return whether a row is ``new``, ``changed`` since it was read, rests on what was (``moved``), or is ``read``."""
    if reading is None:
        return "new"
    if reading.row != row_digest(row):
        return "changed"
    against = passage_digest(table, row, texts)
    return "moved" if against is not None and against != reading.passage else "read"


def texts_here() -> dict[str, Path]:
    """Return the texts of documents that lie in ``texts/`` and are the pinned ones."""
    folder = texts_folder()
    return pinned_texts(folder)[0] if folder else {}


def states(texts: dict[str, Path]) -> dict[str, dict[str, str]]:
    """Return the state of every row that is to be read, by table and id."""
    known = recorded()
    return {
        table: {key: state(table, row, known.get(f"{table}#{key}"), texts) for key, row in rows_of(table).items()}
        for table in tables()
    }


def page_states() -> dict[str, dict[str, str]]:
    """Return the state of every sentence, by page and digest; on a page that nobody has read they are ``unread``.

    One without a reading on a page that has been read has ``changed``, or has come since.
    """
    known = recorded()
    begun = {key.partition("#")[0] for key in known}

    def now(page: str, key: str, row: Row) -> str:
        reading = known.get(f"{page}#{key}")
        return state(page, row, reading, {}) if reading else "changed" if page in begun else "unread"

    return {
        page: {key: now(page, key, row) for key, row in sentences_of(page).items()} for page in page_sentences.pages()
    }


def counts(texts: dict[str, Path] | None = None) -> dict[str, Counts]:
    """Return how often the rows of each table have been read as they stand; without texts the digests of rows tell."""
    return {table: _count(table, by_id) for table, by_id in states(texts or {}).items()}


def page_counts() -> dict[str, Counts]:
    """Return how often the sentences of each page have been read as they stand."""
    return {page: _count(page, by_id) for page, by_id in page_states().items()}


def _count(table: str, by_id: dict[str, str]) -> Counts:
    known, now = recorded(), Counter(by_id.values())
    times = Counter(len(known[f"{table}#{key}"].readers) for key, one in by_id.items() if one == "read")
    never = now["unread"] if is_page(table) else now["new"]
    return Counts(len(by_id), times[2], times[1], never, len(by_id) - never - now["read"])


def total(by_table: dict[str, Counts]) -> Counts:
    """Return the sum of counts over all tables."""
    return Counts(*map(sum, zip(*by_table.values()))) if by_table else Counts(0, 0, 0, 0, 0)


def said(found: Counts) -> str:
    """Return how often rows have been read, as a sentence."""
    text = f"{found.rows} rows that report or judge: {found.twice} read twice, {found.once} once"
    if found.never:
        text += f", {found.never} not yet; `evidence read --new` shows them beside their lines"
    return text + "."


def said_of_pages(found: Counts) -> str:
    """Return how often the sentences of pages have been read, as a sentence."""
    text = f"{found.rows} sentences of pages: {found.twice} read twice, {found.once} once"
    if found.never:
        text += f", {found.never} not yet; `evidence read PAGE` shows them beside the rows they name"
    return text + "."


RULES = {
    "new": "has been read by nobody",
    "changed": "has changed since it was read",
    "moved": "rests on what has changed since it was read",
}


def _without_first() -> list[Problem]:
    """Return the readings of a second reader alone: second is who reads what another has read."""
    rule = "names no first reader, whom a second one follows; `evidence read` records both, in their order"
    return [
        Problem(store.schema()[TABLE]["path"], int(row[""]), "read_by", row["read_by"], f"{key}: {rule}")
        for key, row in rows_of(TABLE).items()
        if CUT not in row and not row["read_by"].startswith(READERS[0])
    ]


def changed() -> set[tuple[str, int]]:
    """Return (file, row) of every row that has changed since it was read."""
    return {
        (store.schema()[table]["path"], int(rows_of(table)[key][""]))
        for table, by_id in states({}).items()
        for key, now in by_id.items()
        if now == "changed"
    }


def problems() -> list[Problem]:
    """Return the rows that nobody has read as they stand, and the readings of rows that are gone."""
    if TABLE not in store.schema():
        return []
    found = _without_first()
    by_table = states(texts_here())
    for table, by_id in by_table.items():
        wrong: dict[str, list[str]] = defaultdict(list)
        for key, now in by_id.items():
            if now in RULES:
                wrong[now].append(key)
        for now, keys in wrong.items():
            for key in keys:
                what = f"{table} {key}" if len(keys) <= FEW else f"{table} --{'new' if now == 'new' else 'changed'}"
                records = (
                    "it, and records that it has been read"
                    if now == "new"
                    else "both, and records that it has been read again"
                )
                rule = f"{RULES[now]}; `evidence read {what}` shows {records}"
                number = int(rows_of(table)[key][""])
                value = key if len(keys) <= FEW else None
                found.append(Problem(store.schema()[table]["path"], number, "id", value, rule))
    for key, row in rows_of(TABLE).items():
        table, _, name = key.partition("#")
        if name not in by_table.get(table, {}) and table not in page_sentences.pages():
            rule = "was read, and is not there any more; put the row back, or `evidence read --gone` forgets it"
            found.append(Problem(store.schema()[TABLE]["path"], int(row[""]), "id", key, rule))
    return found


def page_problems() -> list[Problem]:
    """Return the sentences that are not as they were when their page was read, or rest on what has changed since."""
    if TABLE not in store.schema():
        return []
    found, gone = [], Counter(key.partition("#")[0] for key in gone_sentences())
    for page, by_id in page_states().items():
        show = f"`evidence read {page}` shows it beside the rows it names, and records that it has been read"
        rules = {"changed": f"is not as it was when the page was read; {show}", "moved": f"{RULES['moved']}; {show}"}
        found += [
            Problem(f"{page}.md", int(row[""]), None, row[page_sentences.COLUMN], rules[now])
            for key, now in by_id.items()
            if now in rules and (row := sentences_of(page)[key])
        ]
        if (lost := gone[page] - list(by_id.values()).count("changed")) > 0:
            rule = f"{lost} sentence(s) that were read here are gone; put them back, or `evidence read --gone` forgets"
            found.append(Problem(f"{page}.md", None, None, None, rule))
    return found


def gone_sentences() -> list[str]:
    """Return the readings of sentences that their pages do not have any more, as ``page#digest``."""
    pages = set(page_sentences.pages())
    split = {key: key.partition("#") for key in recorded()}
    return [key for key, (page, _, name) in split.items() if page in pages and name not in sentences_of(page)]
