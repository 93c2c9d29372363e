"""Any other table of posts: CSV, JSONL or Parquet, with a file that says which column is what.

``mapping.toml`` beside the files: ``[columns]`` with ``text`` and ``time`` (a column each), and ``identifier``,
``author``, ``platform``, ``region``, ``country``, ``query`` where there are such; ``[constants]`` for what all posts
share, such as ``platform = "Instagram"``.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from evidence.listening.extras import needed
from evidence.listening.reading.dates import RULE, ambiguous_note, from_unix, printable, read_time
from evidence.listening.reading.posts import Raw, Settings
from evidence.listening.reading.text import decoded, plain_head, read_table
from evidence.toolkit.faults import BadInput, Fault

MAPPING = "mapping.toml"
REQUIRED = ("text", "time")
OPTIONAL = ("identifier", "author", "platform", "region", "country", "query")


def read_mapping(path: Path) -> tuple[dict[str, str], dict[str, str]]:
    """Return the columns and the constants of a mapping. Raises :class:`BadInput` with all that is wrong."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BadInput([Fault(path.name, None, "", "", f"cannot be read: {error}")]) from None
    columns, constants = content.get("columns", {}), content.get("constants", {})
    known = (*REQUIRED, *OPTIONAL)
    faults = [
        Fault(path.name, None, name, "", f"is no part of a post; parts are: {', '.join(known)}")
        for name in (*columns, *constants)
        if name not in known
    ]
    faults += [
        Fault(path.name, None, name, "", "has no column under [columns]") for name in REQUIRED if name not in columns
    ]
    if faults:
        raise BadInput(faults)
    return {name: plain_head(str(column)) for name, column in columns.items()}, {
        name: str(value) for name, value in constants.items()
    }


def _lines(path: Path, settings: Settings) -> Iterator[tuple[int, Mapping[str, Any] | Fault]]:
    """Yield the objects of a JSONL file with their lines, or what is wrong with a line."""
    text, _ = decoded(path.read_bytes(), path.name, settings.encoding)
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            content = json.loads(line)
        except ValueError:
            yield number, Fault(path.name, number, "", "", "is no JSON")
            continue
        if isinstance(content, dict):
            yield number, {plain_head(name): value for name, value in content.items()}
        else:
            yield number, Fault(path.name, number, "", "", "is no object with names and values")


def _parquet(path: Path) -> tuple[list[str], list[tuple[int, Mapping[str, Any]]]]:
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


def _absent(path: Path, columns: Mapping[str, str], heads: Sequence[str]) -> None:
    """Raise :class:`BadInput` where a column of the mapping is not in the file."""
    absent = [(name, column) for name, column in columns.items() if column not in heads]
    if absent:
        raise BadInput([Fault(path.name, None, name, column, "is no column of the file") for name, column in absent])


def read_generic(path: Path, settings: Settings) -> tuple[list[Raw], list[Fault], list[str]]:
    """Return the posts of a CSV, JSONL or Parquet file, what is wrong with its other rows, and notes.

    Raises :class:`BadInput` where no mapping was given, or a column of it is not there.
    """
    columns = settings.columns
    if not columns:
        rule = f"is no export of Meltwater; say which column is what in {MAPPING} beside it"
        raise BadInput([Fault(path.name, None, "", "", rule)])
    faults: list[Fault] = []
    notes: list[str] = []
    rows: list[tuple[int, Mapping[str, Any]]] = []
    if path.suffix.lower() in (".jsonl", ".ndjson"):
        for number, content in _lines(path, settings):
            if isinstance(content, Fault):
                faults.append(content)
            else:
                rows.append((number, content))
    elif path.suffix.lower() == ".parquet":
        heads, rows = _parquet(path)
        _absent(path, columns, heads)
    else:
        table = read_table(path, set(columns.values()), len({columns[name] for name in REQUIRED}), settings.encoding)
        _absent(path, columns, table.heads)
        faults, notes = list(table.faults), list(table.notes)
        rows = [(number, dict(zip(table.heads, cells))) for number, cells in table.rows]
    found = []
    for number, cells in rows:
        one = _post(path.name, number, cells, settings)
        if isinstance(one, Fault):
            faults.append(one)
        else:
            found.append(one)
    notes += ambiguous_note(path.name, (str(cells.get(columns["time"], "")) for _, cells in rows), settings)
    return found, faults, [*notes, f"{path.name}: read by {MAPPING}"]


def _post(file: str, number: int, cells: Mapping[str, Any], settings: Settings) -> Raw | Fault:
    """Return the post of a row, or its fault. Without an identifier of its own a post is known by file and row."""
    part = dict(settings.constants)
    for name, column in settings.columns.items():
        value = cells.get(column)
        if value not in (None, ""):
            part[name] = str(value).strip()
    time = part.get("time", "")
    moment = from_unix(time) if time.isdigit() and len(time) > 8 else read_time(time, "", settings)
    if moment is None:
        return Fault(file, number, "time", printable(time), RULE)
    if not part.get("text", ""):
        return Fault(file, number, "text", "", "is empty")
    return Raw(
        number,
        part.get("identifier") or f"{file}/{number}",
        moment,
        part["text"],
        part.get("author", ""),
        part.get("platform", ""),
        part.get("region", ""),
        part.get("country", ""),
        part.get("query", ""),
    )
