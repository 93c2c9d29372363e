"""Any other table of posts: CSV, Excel, JSON, JSONL or Parquet, whose columns are known by their names.

The names are those of :data:`evidence.listening.reading.heads.ACCEPTED`; for others ``mapping.toml`` beside the files
says which column is what: ``[columns]`` with a part of a post and the name of its column, such as ``text = "Body"``,
and ``[constants]`` for what all posts share, such as ``platform = "Instagram"``.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from evidence.listening.extras import needed
from evidence.listening.masking import masked
from evidence.listening.reading.dates import ambiguous_note, from_unix, printable, read_time, time_rule
from evidence.listening.reading.heads import PARTS, REQUIRED, accepted, columns_of
from evidence.listening.reading.platforms import platform_of, site_of
from evidence.listening.reading.posts import NO_WORDS, REPOSTS, Raw, Settings, identity, is_wordless
from evidence.listening.reading.text import decoded, heads_in, lost_note, plain_head, read_rows
from evidence.toolkit.faults import BadInput, Fault

MAPPING, SECTIONS = "mapping.toml", ("[columns]", "[constants]")
LINES, LIST = (".jsonl", ".ndjson"), ".json"
LONGEST_HEAD = 30  # letters of a name that a message repeats; a longer cell is hardly a head
NO_COPIES = "{}: neither an identifier nor an author is in it, so no row was taken for a copy of another"
SECONDS = re.compile(r"\d{9,}(?:\.\d*)?")  # since 1970
Row = tuple[int, Mapping[str, Any]]


def read_mapping(path: Path) -> tuple[dict[str, str], dict[str, str]]:
    """Return the columns and the constants of a mapping. Raises :class:`BadInput` with all that is wrong."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise BadInput([Fault(path.name, None, "", "", f"cannot be read: {error}")]) from None
    columns, constants = content.get("columns", {}), content.get("constants", {})
    faults = [
        Fault(path.name, None, "", f"[{name}]", f"is no part of a mapping; its parts are {' and '.join(SECTIONS)}")
        for name in content
        if f"[{name}]" not in SECTIONS
    ] + [
        Fault(path.name, None, name, "", f"is no part of a post; parts are: {', '.join(PARTS)}")
        for name in (*columns, *constants)
        if name not in PARTS
    ]
    if faults:
        raise BadInput(faults)
    return {name: plain_head(str(column)) for name, column in columns.items()}, {
        name: str(value) for name, value in constants.items()
    }


def _flat(item: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """Return an object with the parts of its objects by dotted names; lists are left out."""
    found: dict[str, Any] = {}
    for name, value in item.items():
        if isinstance(value, dict):
            found |= _flat(value, f"{prefix}{plain_head(name)}.")
        elif not isinstance(value, list):
            found[f"{prefix}{plain_head(name)}"] = value
    return found


def _objects(items: Iterator[tuple[int, Any]], name: str) -> tuple[list[str], list[Row], list[Fault]]:
    """Return the heads of objects, the objects with their numbers, and what is wrong with others."""
    rows: list[Row] = []
    faults: list[Fault] = []
    for number, item in items:
        if isinstance(item, Fault):
            faults.append(item)
        elif isinstance(item, dict):
            rows.append((number, _flat(item)))
        else:
            faults.append(Fault(name, number, "", "", "is not an object with names and values"))
    return list(dict.fromkeys(head for _, cells in rows for head in cells)), rows, faults


def _lines(path: Path, settings: Settings) -> Iterator[tuple[int, Any]]:
    """Yield the values of a JSONL file with their lines, or what is wrong with a line."""
    text, _ = decoded(path.read_bytes(), path.name, settings.encoding)
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            yield number, json.loads(line)
        except ValueError:
            yield number, Fault(path.name, number, "", "", "is not JSON; is the line cut off?")


def _items(path: Path, settings: Settings) -> Iterator[tuple[int, Any]]:
    """Yield the values of a list in a JSON file, numbered from 1. Raises :class:`BadInput` where it is none."""
    text, _ = decoded(path.read_bytes(), path.name, settings.encoding)
    try:
        items = json.loads(text)
    except ValueError:
        raise BadInput([Fault(path.name, None, "", "", "is not JSON; is the file cut off?")]) from None
    yield from enumerate(items if isinstance(items, list) else [items], start=1)


def _parquet(path: Path) -> tuple[list[str], list[Row]]:
    """Return the heads of a Parquet file and its rows, numbered from 1; nothing of it but these is read."""
    duckdb = needed("duckdb")
    connection = duckdb.connect()
    connection.execute("SET TimeZone = 'UTC'")
    try:
        relation = connection.read_parquet(str(path))
        heads = [plain_head(name) for name in relation.columns]
        return heads, [(number, dict(zip(heads, row))) for number, row in enumerate(relation.fetchall(), start=1)]
    except duckdb.Error:
        raise BadInput([Fault(path.name, None, "", "", "cannot be read as Parquet")]) from None


def _unknown(name: str, heads: Sequence[str], mapping: Mapping[str, str]) -> BadInput:
    """Return what is missing in the head of a file, with the names that would be known and where to say others."""
    columns = columns_of(heads, mapping)
    plain = [head for head in heads if head and len(head) <= LONGEST_HEAD and masked(head) == head]
    has = f"; its columns: {', '.join(plain[:12])}" if columns and plain else ""
    faults = []
    for part in REQUIRED:
        if part in mapping and mapping[part] not in heads and part not in columns:
            faults.append(Fault(name, None, part, mapping[part], f"is not a column of the file{has}"))
        elif part not in columns:
            rule = (
                f"no column is named as one of: {accepted(part)}{has}. Rename one, or write {MAPPING} beside the file"
            )
            faults.append(Fault(name, None, part, "", f'{rule}, with [columns] and, below it, {part} = "its name"'))
    return BadInput(faults)


def _table(path: Path, settings: Settings) -> tuple[list[str], list[Row], list[Fault], list[str]]:
    """Return heads, rows, faults and notes of a file. Raises :class:`BadInput` where text or time is not found."""
    suffix = path.suffix.lower()
    faults: list[Fault] = []
    notes: list[str] = []
    if suffix in LINES:
        heads, rows, faults = _objects(_lines(path, settings), path.name)
    elif suffix == LIST:
        heads, rows, faults = _objects(_items(path, settings), path.name)
    elif suffix == ".parquet":
        heads, rows = _parquet(path)
    else:
        table = read_rows(path, lambda some: _is_head(some, settings.columns), settings.encoding)
        if table is None:
            lines = heads_in(path, settings.encoding)
            likely = max(lines, key=lambda one: len(columns_of(one, settings.columns)), default=[])
            raise _unknown(path.name, likely, settings.columns)
        heads, faults, notes = table.heads, table.faults, table.notes
        rows = [(number, dict(zip(heads, cells))) for number, cells in table.rows]
    if not _is_head(heads, settings.columns):
        raise _unknown(path.name, heads, settings.columns)
    return heads, rows, faults, notes


def _is_head(heads: Sequence[str], mapping: Mapping[str, str]) -> bool:
    columns = columns_of(heads, mapping)
    return all(part in columns for part in REQUIRED)


def told(name: str, heads: Sequence[str], columns: Mapping[str, str], constants: Mapping[str, str]) -> list[str]:
    """Return notes on which column was taken as what, which were not read, and what would have to be said."""
    taken = ", ".join(f"{part} from “{masked(column)}”" for part, column in columns.items())
    left = [masked(head) for head in heads if head and head not in columns.values()]
    more = f" and {len(left) - 8} more" if len(left) > 8 else ""
    notes = [f"{name}: {taken}" + (f"; columns not read: {', '.join(left[:8])}{more}" if left else "")]
    if "platform" not in {*columns, *constants}:
        told_by = f", so links in “{masked(columns['identifier'])}” tell it" if "identifier" in columns else ""
        how = f'{MAPPING} can name it: [constants] and, below it, platform = "its name"'
        notes.append(f"{name}: names no platform{told_by}; {how}")
    if "identifier" not in columns and "author" not in columns:
        notes.append(NO_COPIES.format(name))
    return notes


def read_generic(path: Path, settings: Settings) -> tuple[list[Raw], list[Fault], list[str]]:
    """Return the posts of a table, what is wrong with its other rows, and notes.

    Raises :class:`BadInput` where no column holds the text or the time, and where no row has a text.
    """
    heads, rows, faults, notes = _table(path, settings)
    columns = columns_of(heads, settings.columns)
    found: list[Raw] = []
    days = 0
    for number, cells in rows:
        one, has_clock = _post(path.name, number, cells, columns, settings)
        days += not has_clock
        if isinstance(one, Fault):
            faults.append(one)
        else:
            found.append(one)
    if rows and not found and all(fault.rule == NO_WORDS for fault in faults):
        raise BadInput([Fault(path.name, None, columns["text"], "", "is empty in every row; is it the right column?")])
    if days:
        notes.append(f"{path.name}: {days} time(s) of day in “{columns['clock']}” were no time; the day counts")
    notes += ambiguous_note(path.name, (str(cells.get(columns["time"], "")) for _, cells in rows), settings)
    notes += lost_note(path.name, [one.text for one in found])
    return found, faults, [*notes, *told(path.name, heads, columns, settings.constants)]


def _moment(part: Mapping[str, str], settings: Settings) -> tuple[datetime | None, bool]:
    """Return the moment of a row, and whether its time of day, where it has one apart, could be read."""
    time, clock = part.get("time", ""), part.get("clock", "")
    if SECONDS.fullmatch(time):
        return from_unix(time), True
    whole = read_time(time, clock, settings)
    return (whole, True) if whole or not clock else (read_time(time, "", settings), False)


def own_identifier(part: Mapping[str, str], moment: datetime, is_mapped: bool) -> str:
    """Return what a post is known by, "" where nothing tells it from another.

    Of a column that the mapping does not name only an address counts by itself: a number may count the rows of a file.
    Otherwise rows of the same number, author, time, platform and text are one post.
    """
    own, author = part.get("identifier", ""), part.get("author", "")
    if own and (is_mapped or "/" in own):
        return own
    return identity(moment, own, part.get("platform", ""), author, part["text"]) if own or author else ""


def _post(
    file: str, number: int, cells: Mapping[str, Any], columns: Mapping[str, str], settings: Settings
) -> tuple[Raw | Fault, bool]:
    """Return the post of a row, or its fault, and whether a time of day could be read."""
    part = dict(settings.constants)
    for name, column in columns.items():
        value = cells.get(column)
        if value not in (None, ""):
            part[name] = str(value).strip()
    moment, has_clock = _moment(part, settings)
    if moment is None:
        time = part.get("time", "")
        return Fault(file, number, columns["time"], printable(time), time_rule(time, settings)), True
    text = part.get("text", "")
    if is_wordless(text):
        return Fault(file, number, columns["text"], "", NO_WORDS), True
    named = part.get("platform", "") or site_of(part.get("identifier", ""))
    part["platform"] = platform_of(named, settings.constants.get("platform", ""))
    own = own_identifier(part, moment, "identifier" in settings.columns)
    kind = part.get("kind", "").casefold()
    raw = Raw(
        number,
        own,
        moment,
        text,
        part.get("author", ""),
        part["platform"],
        part.get("region", ""),
        part.get("country", ""),
        part.get("query", ""),
        kind in REPOSTS or text.startswith(("RT @", "QT @")),
    )
    return raw, has_clock
