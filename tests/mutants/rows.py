"""Faults of rows and of tables: two exchanged, one lost or doubled, sides swapped, a table saved wrongly."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from evidence.data import store
from evidence.data.rules import FIRST_ROW
from tests.mutants.book import TRIES, Mutant, Table, of_rows, tables, with_cells

SUPPORT = ("facts", "findings")
Kind = Callable[[str, random.Random], Mutant | None]


def is_link(table: Table) -> bool:
    """Return whether the rows of a table hold little but keys of others."""
    fields = list(store.fields_of(store.schema()[table.name]).values())[1:]
    keys = sum("references" in field for field in fields if field["name"] != "source")
    return keys >= 2 or keys == 1 and len(fields) <= 4


def read_tables() -> list[Table]:
    """Return the tables whose rows report documents or judge."""
    return [t for t in tables().values() if store.schema()[t.name]["reports"] or store.schema()[t.name]["judges"]]


def exchanged(kind: str, table: Table, names: tuple[str, ...], dice: random.Random) -> Mutant | None:
    """Return a fault that exchanges columns between two rows of a document."""
    for _ in range(TRIES):
        one, two = dice.randrange(len(table.rows)), dice.randrange(len(table.rows))
        first, second = table.rows[one], table.rows[two]
        same = first.get("source") == second.get("source")
        if same and any(first[name] != second[name] for name in names):
            changes = {(one, name): second[name] for name in names} | {(two, name): first[name] for name in names}
            return with_cells(kind, table, changes)
    return None


def values_exchanged(kind: str, dice: random.Random) -> Mutant | None:
    """two rows have each other's values"""
    numbers = {
        name: [column for column, field in store.fields_of(store.schema()[name]).items() if field["type"] == "number"]
        or [column for column, field in store.fields_of(store.schema()[name]).items() if field["type"] == "integer"]
        for name in tables()
    }
    table = tables()[dice.choice([name for name in numbers if numbers[name] and numbers[name] != ["order"]])]
    return exchanged(kind, table, (dice.choice([name for name in numbers[table.name] if name != "order"]),), dice)


def whole_values_exchanged(kind: str, dice: random.Random) -> Mutant | None:
    """two facts have each other's values and figures"""
    return exchanged(kind, tables()["facts"], ("value", "value_high", "as_reported", "qualifier"), dice)


def lines_exchanged(kind: str, dice: random.Random) -> Mutant | None:
    """two rows have each other's lines"""
    table = dice.choice([table for table in tables().values() if {"lines", "source"} <= set(table.columns)])
    return exchanged(kind, table, ("lines",), dice)


def statements_exchanged(kind: str, dice: random.Random) -> Mutant | None:
    """two rows have each other's statements"""
    table = dice.choice([table for table in tables().values() if "statement" in table.columns])
    return exchanged(kind, table, ("statement",), dice)


def keys_exchanged(kind: str, dice: random.Random) -> Mutant | None:
    """two rows have each other's keys"""
    found = [
        (table, name)
        for table in tables().values()
        for name, field in store.fields_of(store.schema()[table.name]).items()
        if "references" in field and name != "source"
    ]
    table, name = dice.choice(found)
    return exchanged(kind, table, (name,), dice)


def ends_exchanged(kind: str, dice: random.Random) -> Mutant | None:
    """a link goes the other way"""
    pairs = (("from", "to"), ("first", "second"), ("baseline", "later"), ("finding", "later_findings"))
    found = [(t, pair) for t in tables().values() for pair in pairs if set(pair) <= set(t.columns)]
    table, (one, two) = dice.choice(found)
    at = dice.randrange(len(table.rows))
    row = table.rows[at]
    return with_cells(kind, table, {(at, one): row[two], (at, two): row[one]})


def one_side_exchanged(names: tuple[str, ...]) -> Kind:
    """Return the kind that exchanges columns of the two sides of a disagreement."""

    def kind_of(kind: str, dice: random.Random) -> Mutant | None:
        table = tables()["discrepancies"]
        at = dice.randrange(len(table.rows))
        row = table.rows[at]
        changes = {(at, f"left_{name}"): row[f"right_{name}"] for name in names}
        return with_cells(kind, table, changes | {(at, f"right_{name}"): row[f"left_{name}"] for name in names})

    kind_of.__doc__ = f"the two sides of a disagreement have each other's {' and '.join(names)}"
    return kind_of


def row_lost(wanted: Callable[[Table], bool], words: str) -> Kind:
    """Return the kind that takes a row out of tables of a sort."""

    def kind_of(kind: str, dice: random.Random) -> Mutant | None:
        table = dice.choice([table for table in tables().values() if wanted(table) and len(table.rows) > 1])
        at = dice.randrange(len(table.rows))
        key = table.rows[at]["id"]
        rows = [row for here, row in enumerate(table.rows) if here != at]
        of = key.partition("#")[2] or key  # of a reading the row that nobody has read then
        return of_rows(kind, f"row {at + FIRST_ROW} ({key}) taken out", table, rows, {at: of})

    kind_of.__doc__ = words
    return kind_of


def row_twice(kind: str, dice: random.Random) -> Mutant | None:
    """a row stands twice, under two ids"""
    table = dice.choice([table for table in tables().values() if table.name != "readings"])
    at = dice.randrange(len(table.rows))
    key = f"{table.rows[at]['id']}-b"
    if any(row["id"] == key for row in table.rows):
        return None
    rows = sorted([*table.rows, table.rows[at] | {"id": key}], key=lambda row: row["id"])
    here = next(place for place, row in enumerate(rows) if row["id"] == key)
    return of_rows(kind, f"row {at + FIRST_ROW} again as {key}", table, rows, {here: key, at: table.rows[at]["id"]})


def row_twice_reworded(kind: str, dice: random.Random) -> Mutant | None:
    """a row stands twice, in other words, and nobody has read the second"""
    table = dice.choice(read_tables())
    fields = store.fields_of(store.schema()[table.name])
    worded = [name for name in table.columns if fields[name]["type"] == "string" and is_free(fields[name])]
    at = dice.randrange(len(table.rows))
    key, filled = f"{table.rows[at]['id']}-b", [name for name in worded if table.rows[at][name]]
    if not filled or any(row["id"] == key for row in table.rows):
        return None
    again = table.rows[at] | {"id": key, filled[0]: f"{table.rows[at][filled[0]]} again"}
    rows = sorted([*table.rows, again], key=lambda row: row["id"])
    here = next(place for place, row in enumerate(rows) if row["id"] == key)
    return of_rows(kind, f"row {at + FIRST_ROW} reworded as {key}", table, rows, {here: key, at: table.rows[at]["id"]})


def is_free(field: dict) -> bool:
    """Return whether a column holds words that nothing else is held to."""
    limited = field.keys() & {"categories", "references", "list", "dates"} or "pattern" in field.get("constraints", {})
    return not limited and field["name"] not in ("id", "expect", "inputs", "parts", "formula")


def changed_unread(kind: str, dice: random.Random) -> Mutant | None:
    """a row is another, and the reading that would say so is gone"""
    table = tables()["facts"]
    at = dice.randrange(len(table.rows))
    key = table.rows[at]["id"]
    places = [row["id"] for row in tables()["places"].rows if row["id"] != table.rows[at]["place"]]
    changed = with_cells(kind, table, {(at, "place"): dice.choice(places)})
    readings = tables()["readings"]
    left = [row for row in readings.rows if row["id"] != f"facts#{key}"]
    if changed is None or len(left) == len(readings.rows):
        return None
    return changed._replace(files=changed.files | {readings.path: readings.saved(left)})


def reading_forged(kind: str, dice: random.Random) -> Mutant | None:
    """a reading has another digest, or no first reader"""
    table = tables()["readings"]
    at = dice.randrange(len(table.rows))
    column, value = dice.choice([("row_digest", "abcdefghijkl"), ("read_by", "second")])
    found = with_cells(kind, table, {(at, column): value})
    return found and found._replace(keys=frozenset({table.rows[at]["id"].partition("#")[2]}))


def id_twice(kind: str, dice: random.Random) -> Mutant | None:
    """a row stands twice, under one id"""
    table = dice.choice(list(tables().values()))
    at = dice.randrange(len(table.rows))
    rows = [*table.rows[: at + 1], table.rows[at], *table.rows[at + 1 :]]
    return of_rows(kind, f"row {at + FIRST_ROW} again", table, rows, {at + 1: table.rows[at]["id"]})


def out_of_order(kind: str, dice: random.Random) -> Mutant | None:
    """two rows stand in each other's place"""
    table = dice.choice([table for table in tables().values() if len(table.rows) > 1])
    at = dice.randrange(len(table.rows) - 1)
    rows = [*table.rows[:at], table.rows[at + 1], table.rows[at], *table.rows[at + 2 :]]
    return of_rows(kind, f"rows {at + FIRST_ROW} and the next exchanged", table, rows, {at + 1: rows[at + 1]["id"]})


def id_renamed(kind: str, dice: random.Random) -> Mutant | None:
    """an id is another"""
    table = dice.choice(read_tables())
    at = dice.randrange(len(table.rows))
    key = table.rows[at]["id"]
    rows = sorted((row | {"id": f"{key}x"} if row["id"] == key else row for row in table.rows), key=lambda r: r["id"])
    here = next(place for place, row in enumerate(rows) if row["id"] == f"{key}x")
    return of_rows(kind, f"{key} renamed", table, rows, {here: key})


def term_twice(kind: str, dice: random.Random) -> Mutant | None:
    """a word of the thesaurus stands in two rows"""
    table = tables()["thesaurus"]
    one, two = dice.sample(range(len(table.rows)), 2)
    name = dice.choice(["english", "russian", "kazakh"])
    word = dice.choice(table.rows[one][name].split(";"))
    if not word or word in table.rows[two][name]:
        return None
    return with_cells(kind, table, {(two, name): f"{table.rows[two][name]};{word}".removeprefix(";")})


def support_emptied(kind: str, dice: random.Random) -> Mutant | None:
    """what a conclusion rests on is empty"""
    table = tables()[dice.choice(["synthesis", "answers", "threads", "evidence_gaps", "reader_tasks"])]
    at = dice.randrange(len(table.rows))
    names = [name for name in table.columns if name in (*SUPPORT, "recommendations", "later_findings", "discrepancies")]
    return with_cells(kind, table, {(at, name): "" for name in names if table.rows[at][name]} or {(at, "id"): ""})


def bytes_of(table: Table) -> bytes:
    """Return a table as it is saved."""
    return table.saved(table.rows)


def saved(words: str, change: Callable[[random.Random, bytes], bytes]) -> Kind:
    """Return the kind that saves a whole table wrongly."""

    def kind_of(kind: str, dice: random.Random) -> Mutant | None:
        table = dice.choice(list(tables().values()))
        places = frozenset({(table.file, None)})
        return Mutant(kind, f"{table.file}: {words}", {table.path: change(dice, bytes_of(table))}, places)

    kind_of.__doc__ = words
    return kind_of


def with_conflict(dice: random.Random, raw: bytes) -> bytes:
    """Return a table with the marks of a merge around a row."""
    lines = raw.split(b"\n")
    at = dice.randrange(1, len(lines) - 1)
    mine, theirs = lines[at], lines[at] + b"x"
    both = [b"<<<<<<< HEAD", mine, b"=======", theirs, b">>>>>>> branch"]
    return b"\n".join([*lines[:at], *both, *lines[at + 1 :]])


def columns_exchanged(dice: random.Random, raw: bytes) -> bytes:
    """Return a table with two names of its header exchanged."""
    head, _, rest = raw.partition(b"\n")
    names = head.split(b",")
    names[0], names[1] = names[1], names[0]
    return b",".join(names) + b"\n" + rest


KINDS: dict[str, Kind] = {
    "values-exchanged": values_exchanged,
    "figures-exchanged": whole_values_exchanged,
    "lines-exchanged": lines_exchanged,
    "statements-exchanged": statements_exchanged,
    "keys-exchanged": keys_exchanged,
    "ends-exchanged": ends_exchanged,
    "sides-say": one_side_exchanged(("says",)),
    "sides-lines": one_side_exchanged(("lines",)),
    "sides-source": one_side_exchanged(("source",)),
    "link-lost": row_lost(is_link, "a row of a table of links is gone"),
    "row-lost": row_lost(lambda table: not is_link(table) and table.name != "readings", "a row is gone"),
    "reading-lost": row_lost(lambda table: table.name == "readings", "the reading of a row is gone"),
    "row-twice": row_twice,
    "row-twice-reworded": row_twice_reworded,
    "changed-unread": changed_unread,
    "reading-forged": reading_forged,
    "id-twice": id_twice,
    "out-of-order": out_of_order,
    "id-renamed": id_renamed,
    "term-twice": term_twice,
    "support-empty": support_emptied,
    "conflict": saved("marks of a merge stand in a table", with_conflict),
    "header-only": saved("a table has nothing but its header", lambda dice, raw: raw.partition(b"\n")[0] + b"\n"),
    "utf-16": saved("a table is saved as UTF-16", lambda dice, raw: raw.decode().encode("utf-16")),
    "windows-1251": saved(
        "a table is saved as Windows-1251", lambda dice, raw: (raw.decode() + "Казахстан\n").encode("cp1251", "replace")
    ),
    "cut": saved("a table is cut off", lambda dice, raw: raw[: dice.randrange(len(raw) // 2, len(raw) - 2)]),
    "columns-exchanged": saved("two names of a header are exchanged", columns_exchanged),
    "semicolons": saved("a table is separated by semicolons", lambda dice, raw: raw.replace(b",", b";")),
    "quote": saved("a quote is left open", lambda dice, raw: re.sub(rb"\n([^,\n]+),", rb'\n\1,"', raw, count=1)),
}
