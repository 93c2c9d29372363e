"""Exports to parts: a Parquet file of masked posts for each file, kept in a folder so that a run can be taken up again.

A Parquet file whose times are times is read by DuckDB, and Python sees only texts that may hold an identifier and
distinct names; any other file is read row by row as in memory. Either way nothing that is written holds an identifier.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import narwhals.stable.v2 as nw
import pandas as pd

from evidence.listening.large.texts import may_hold
from evidence.listening.masking import masked
from evidence.listening.pseudonyms import SHOWN, plain, pseudonym
from evidence.listening.reading import folder as reading
from evidence.listening.reading import kept
from evidence.listening.reading.dates import FIRST_YEAR, LAST_YEAR, RULE
from evidence.listening.reading.generic import MAPPING, read_mapping, told
from evidence.listening.reading.heads import OPTIONAL, REQUIRED, columns_of
from evidence.listening.reading.platforms import HOST, platform_of
from evidence.listening.reading.posts import AROUND, DELETED, NO_WORDS, Post, Settings, plain_region, protected
from evidence.listening.reading.text import plain_head
from evidence.toolkit.engines import duckdb_engine
from evidence.toolkit.faults import Fault

MANY = 300_000  # posts from which a corpus is kept on disk (ours: what a common machine holds in memory with ease)
ROW_BYTES = 1_000  # of a post in a file of text, roughly
CHUNK = 50_000  # texts that are masked at a time
MEMORY = "4GB"
KINDS = ("TIMESTAMP", "DATE", "BIGINT", "INTEGER", "UBIGINT", "UINTEGER")  # of a column of times
COLUMNS = [name for name in Post._fields if name not in ("time", "same_text")]
ROW_BY_ROW = {"clock", "kind"}  # parts of a post that SQL does not read
BLOCK = 64  # bytes of a block of SHA-256


class Parts(NamedTuple):
    """The parts of a folder in the order of its files, what is wrong, notes, and names of files."""

    paths: list[Path]
    faults: list[Fault]
    notes: list[str]
    files: list[str]


def is_large(folder: Path, many: int = MANY) -> bool:
    """Return whether a folder holds more posts than are kept in memory, told from the sizes of its files."""
    return sum(_rows(path) for _, path in reading.files_of(folder)) > many


def _rows(path: Path) -> int:
    if path.suffix.lower() != ".parquet":
        return path.stat().st_size // ROW_BYTES
    try:
        counted = duckdb.execute("SELECT sum(num_rows) FROM parquet_file_metadata(?)", [str(path)]).fetchall()
    except duckdb.Error:
        return 0  # reading it will say what is wrong
    return int(counted[0][0] or 0)


def parts_of(
    folder: Path, settings: Settings, work: Path, set_aside: bool = False, tell: Callable[[str], None] = lambda _: None
) -> Parts:
    """Return the parts of a folder; those that are in the work folder already are taken from there.

    Raises :class:`BadInput` with every fault unless ``set_aside``.
    """
    settings, unlisted = reading.listed(settings, folder)
    files = reading.files_of(folder)
    work.mkdir(mode=0o700, parents=True, exist_ok=True)

    def read(corpus: str, path: Path, name: str) -> tuple[Path, list[Fault], list[str]]:
        return _part(path, corpus, name, settings, work)

    found = reading.every_file(folder, files, set_aside, read, tell, unlisted)
    paths, faults, notes = found
    return Parts(paths, faults, [*notes, *reading.not_read(folder)], reading.named(folder, files))


def _part(path: Path, corpus: str, file: str, settings: Settings, work: Path) -> tuple[Path, list[Fault], list[str]]:
    """Return the part of a file with its faults and notes; the note of a part is written last, and makes it whole."""
    part = work / Path(kept.name_of(path, corpus, file, settings)).with_suffix(".parquet").name
    beside = part.with_suffix(".json")
    if not (part.exists() and beside.exists()):
        new = part.with_name(f".{part.name}")
        write = written_by_duckdb if is_for_duckdb(path) else written_by_rows
        faults, notes = write(path, corpus, file, settings, new)
        os.replace(new, part)
        beside.with_name(f".{beside.name}").write_text(json.dumps([faults, notes], ensure_ascii=False), "utf-8")
        os.replace(beside.with_name(f".{beside.name}"), beside)
    faults, notes = json.loads(beside.read_text(encoding="utf-8"))
    return part, [Fault(*one) for one in faults], notes


def written_by_rows(path: Path, corpus: str, file: str, settings: Settings, new: Path) -> tuple[list[Fault], list[str]]:
    """Write the part of a file that is read row by row. Returns its faults and notes."""
    raw, faults, notes = reading.read_file(path, settings)
    posts = pd.DataFrame([protected(one, corpus, file, settings) for one in raw], columns=list(Post._fields))
    posts = posts[COLUMNS].astype({"is_organisation": bool, "is_repost": bool, "row": "int64"})
    text = {name: object for name in posts if posts[name].dtype.kind not in "bi"}
    duckdb_engine().session.from_df(posts.astype(text)).write_parquet(str(new))
    return faults, notes


def _mapping(path: Path) -> tuple[dict[str, str], dict[str, str]]:
    mapping = path.with_name(MAPPING)
    return read_mapping(mapping) if mapping.exists() else ({}, {})


def is_for_duckdb(path: Path) -> bool:
    """Return whether a file is Parquet in which the column of times holds times or seconds, with nothing beside it."""
    if path.suffix.lower() != ".parquet":
        return False
    try:
        given = duckdb_engine().session.read_parquet(str(path))
    except duckdb.Error:  # reading it row by row says what is wrong
        return False
    kinds = {plain_head(name): str(kind) for name, kind in zip(given.columns, given.types)}
    columns = columns_of(list(kinds), _mapping(path)[0])
    if not set(REQUIRED) <= set(columns) or ROW_BY_ROW & set(columns):
        return False
    return kinds[columns["time"]].startswith(KINDS)


def _moment(column: str, kind: str, zone: str) -> str:
    """Return SQL of a moment; times without a zone are those of the settings."""
    if kind.startswith("TIMESTAMP WITH"):
        return column
    if kind.startswith(("TIMESTAMP", "DATE")):
        return f"timezone('{zone}', {column}::TIMESTAMP)"
    return f"to_timestamp({column})"


def _keyed(value: str, kind: str, key: bytes) -> str:
    """Return SQL of a pseudonym of letters, digits and signs of ASCII: HMAC-SHA-256 (RFC 2104) written out."""
    block = (hashlib.sha256(key).digest() if len(key) > BLOCK else key).ljust(BLOCK, b"\0")
    inner, outer = ("".join(f"\\x{byte ^ pad:02X}" for byte in block) for pad in (0x36, 0x5C))
    said = "".join(f"\\x{byte:02X}" for byte in f"{kind}\0".encode())
    name = f"lower(ltrim(trim({value}), '@'))"
    hashed = f"sha256('{outer}'::BLOB || unhex(sha256('{inner}{said}'::BLOB || encode({name}))))"
    return f"'{kind}-' || substr({hashed}, 1, {SHOWN})"


def _told(session: Any, name: str, sql: str, said: Callable[[str], str]) -> None:
    """Make a table of distinct values and what Python says of each: ``value``, ``instead``."""
    values = [value for (value,) in session.execute(sql).fetchall()]
    table = pd.DataFrame({"value": values, "instead": [said(value) for value in values]}, dtype=object)
    session.from_df(table if len(table) else pd.DataFrame({"value": [""], "instead": [""]}, dtype=object)).create(name)


def written_by_duckdb(
    path: Path, corpus: str, file: str, settings: Settings, new: Path
) -> tuple[list[Fault], list[str]]:
    """Write the part of a Parquet file with times. Returns its faults and notes."""
    mapping, constants = _mapping(path)
    session = duckdb_engine(MEMORY).session
    session.execute("SET temp_directory = ''")  # a text that is not masked yet is written nowhere
    session.read_parquet(str(path), file_row_number=True).create_view("file")
    given = session.table("file")
    heads = {plain_head(name): f'"{name}"' for name in given.columns}
    columns = columns_of(list(heads), mapping)
    kind = {plain_head(name): str(one) for name, one in zip(given.columns, given.types)}[columns["time"]]
    cells = {name: _cell(name, columns, constants, heads) for name in ("text", *OPTIONAL) if name not in ROW_BY_ROW}
    named, link = cells["platform"], cells["identifier"]
    cells["platform"] = f"CASE WHEN {named} = '' THEN lower(regexp_extract({link}, '{HOST}', 1)) ELSE {named} END"
    moment = _moment(heads[columns["time"]], kind, settings.zone)
    session.execute(f"""CREATE VIEW rows AS SELECT file_row_number + 1 AS row, try({moment}) AS moment,
        {", ".join(f"{sql} AS {name}" for name, sql in cells.items())} FROM file""")
    is_time = f"coalesce(year(moment) BETWEEN {FIRST_YEAR} AND {LAST_YEAR}, false)"
    has_words = f"text <> '' AND lower(trim(text, {_literal(AROUND)})) NOT IN ({', '.join(map(_literal, DELETED))})"
    session.execute(f"CREATE VIEW good AS SELECT * FROM rows WHERE {has_words} AND {is_time}")
    bad = session.execute(f"SELECT row, {is_time} FROM rows WHERE NOT ({has_words} AND {is_time}) ORDER BY row")
    faults = [
        Fault(path.name, row, columns["text"], "", NO_WORDS)
        if timed
        else Fault(path.name, row, columns["time"], "", RULE)
        for row, timed in bad.fetchall()
    ]
    _masked(session, settings.organisations)
    shared = constants.get("platform", "")
    _told(
        session, "authors", "SELECT DISTINCT author FROM rows WHERE author <> ''", lambda name: _author(name, settings)
    )
    _told(session, "platforms", "SELECT DISTINCT platform FROM rows", lambda name: platform_of(name, shared))
    _told(session, "regions", "SELECT DISTINCT region FROM rows", plain_region)
    _told(session, "countries", "SELECT DISTINCT country FROM rows", plain_region)
    other = "SELECT DISTINCT identifier FROM rows WHERE NOT regexp_full_match(identifier, '[ -~]*')"
    _told(session, "identifiers", other, lambda name: pseudonym(settings.key, "post", name))
    handles = pd.DataFrame({"handle": [*settings.organisations, ""]}, dtype=object)
    session.from_df(handles).create_view("handles")
    name = file.replace("'", "''")
    identifier = _identifier(f"{corpus}/{name}", "identifier" in mapping)
    session.execute(f"""COPY (SELECT coalesce(i.instead, {_keyed(identifier, "post", settings.key)}) AS post,
            '{corpus}' AS corpus, p.instead AS platform, coalesce(a.instead, '') AS author,
            author <> '' AND coalesce(a.instead IN (SELECT handle FROM handles), false) AS is_organisation,
            strftime(timezone('{settings.zone}', moment), '%Y-%m') AS month,
            strftime(timezone('{settings.zone}', moment), '%Y-%m-%d') AS day,
            coalesce(m.instead, g.text) AS text, r.instead AS region, c.instead AS country, false AS is_repost,
            '{name}' AS file, g.row AS row
        FROM good g LEFT JOIN masked m ON m.row = g.row LEFT JOIN authors a ON a.value = author
            LEFT JOIN identifiers i ON i.value = identifier AND identifier <> ''
            JOIN platforms p ON p.value = platform JOIN regions r ON r.value = region
            JOIN countries c ON c.value = country)
        TO '{new}' (FORMAT parquet)""")
    return faults, told(path.name, [head for head in heads if head != "file row number"], columns, constants)


def _literal(text: str) -> str:
    """Return a text as SQL has it."""
    return "'" + text.replace("'", "''") + "'"


def _identifier(file: str, is_mapped: bool) -> str:
    """Return SQL of what a post is known by, as :func:`evidence.listening.reading.generic.own_identifier` has it."""
    parts = "floor(epoch(moment))::BIGINT, identifier, p.instead, author, g.text"
    same = f"'same/' || sha256(concat_ws('|', {parts}))"
    is_own = "identifier <> ''" if is_mapped else "contains(identifier, '/')"
    return f"""CASE WHEN {is_own} THEN identifier WHEN identifier <> '' OR author <> '' THEN {same}
        ELSE '{file}/' || g.row END"""


def _cell(name: str, columns: Mapping[str, str], constants: Mapping[str, str], heads: Mapping[str, str]) -> str:
    """Return SQL of a part of a post: its column, else what all posts share, else nothing."""
    shared = _literal(constants.get(name, ""))
    if name not in columns:
        return shared
    return rf"coalesce(nullif(trim({heads[columns[name]]}::VARCHAR, E' \t\n\r'), ''), {shared})"


def _author(name: str, settings: Settings) -> str:
    handle = plain(name)
    return handle if handle in settings.organisations else pseudonym(settings.key, "person", name) if handle else ""


def _masked(session: Any, organisations: Iterable[str]) -> None:
    """Make the table of texts that masking changes: ``row``, ``instead``; other texts are never copied."""
    session.execute("CREATE TABLE masked (row BIGINT, instead VARCHAR)")
    looked_at = nw.from_native(session.table("good")).filter(may_hold(nw.col("text"))).select("row", "text").to_native()
    reader = session.cursor().execute(looked_at.sql_query())
    handles = frozenset(organisations)
    while rows := reader.fetchmany(CHUNK):
        changed = [(row, masked(text, handles)) for row, text in rows]
        frame = pd.DataFrame(changed, columns=["row", "instead"]).astype({"instead": object})
        session.from_df(frame).insert_into("masked")
