"""The one way by which data leave the book: CSV for spreadsheets, JSON beside it, and the whole package as one file.

Values are raw: numbers with all their digits, nothing where there is nothing. CSV begins with a byte order mark;
without it Excel garbles Cyrillic. A text that a spreadsheet would run as a formula gets an apostrophe before it (of
OWASP's "CSV Injection"); numbers never do.
"""

from __future__ import annotations

import csv
import io
import json
import math
import zipfile
from typing import NamedTuple

from evidence.data import format, store
from evidence.data.schema import DATA, PACKAGE, ROOT, definition, descriptor

BYTE_ORDER_MARK = "\ufeff"
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
LICENCE = "CC BY 4.0; the documents remain their publishers'"
WHEN = (1980, 1, 1, 0, 0, 0)  # form: of every file in the archive: the same data make the same bytes
BESIDE = ("LICENSE", "references.bib")  # files of the repository that go with the data, where it has them
MODE = 0o644 << 16  # form: whoever unpacks a file may read it
MADE_ON = 3  # form: Unix, whatever machine makes it
PLACE_COLUMNS = {  # that reporting tables gain on loading
    "page": "Page of the document; empty where it cannot be told.",
    "page_basis": "How the page is known: printed, inferred or none.",
}
READ_ME = """{title}

{about}

Each table is a file here, described in datapackage.json: columns, types, codes and what refers to what (Frictionless
Data). Text is UTF-8 with a byte order mark; columns are separated by commas, items of a list in a cell by semicolons.
An empty cell is one of which the document says nothing. Numbers have a point and no separators. A text that begins with
= + - @ has an apostrophe before it, so that no spreadsheet runs it.

pandas: pandas.read_csv("facts.csv", encoding="utf-8-sig")
R: read.csv("facts.csv", fileEncoding = "UTF-8-BOM")

How to cite: CITATION.cff for the data, references.bib for the documents. Licence: LICENSE.
"""


class Sheet(NamedTuple):
    """Data to take away: names of columns, whether each holds numbers, and rows of raw values."""

    columns: list[str]
    numeric: list[bool]
    rows: list[list]


def raw(value):
    """Return a value as files hold it: text, a number, true or false, or None for what is not there."""
    if format.is_empty(value):
        return None
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or type(value).__name__ == "bool":
        return bool(value)
    number = float(value)
    return int(number) if math.isfinite(number) and number.is_integer() else number


def harmless(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text


def cell(value) -> str:
    """Return a raw value as a cell of a CSV file."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return harmless(value) if isinstance(value, str) else repr(value)


def csv_text(sheet: Sheet) -> str:
    """Return a sheet as CSV with a byte order mark; lines end with a line feed."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(map(harmless, sheet.columns))
    writer.writerows([cell(value) for value in row] for row in sheet.rows)
    return BYTE_ORDER_MARK + stream.getvalue()


def json_text(sheet: Sheet, about: dict) -> str:
    """Return a sheet as JSON: what is said about it, its columns, and a list of its rows, each by column."""
    rows = [dict(zip(sheet.columns, row)) for row in sheet.rows]
    return json.dumps(about | {"columns": sheet.columns, "rows": rows}, ensure_ascii=False, indent=1) + "\n"


# --- tables of the data package ----------------------------------------------------------


def table_sheet(name: str, keys: list[str] | None = None) -> Sheet:
    """Return a table of the data package, whole or the rows with these ids in their order, each row with its page."""
    frame = store.load(name)
    if keys is not None:
        frame = frame.set_index("id", drop=False).loc[keys]
    return _sheet(name, frame)


def _sheet(name: str, frame) -> Sheet:
    fields = store.fields(name)
    numeric = [fields.get(column, {}).get("type") in ("number", "integer") for column in frame.columns]
    rows = [[raw(value) for value in row] for row in store.plain_rows(frame)]
    return Sheet(list(frame.columns), numeric, rows)


def described_columns(name: str) -> dict[str, str]:
    """Return what each column of a table as exported holds, as a sentence."""
    fields = store.fields(name)
    return {
        column: fields[column]["description"] if column in fields else PLACE_COLUMNS[column]
        for column in store.load(name).columns
    }


# --- the whole package ---------------------------------------------------------------------


def package_files(citation: str) -> dict[str, bytes]:
    """Return every file of the archive by name; ``citation`` is the text of ``CITATION.cff``."""
    about = descriptor(DATA)
    files = {}
    for resource in about["resources"]:
        path = resource["path"]
        if resource["name"] in store.schema():
            columns = list(store.fields(resource["name"]))
            files[path] = csv_text(_sheet(resource["name"], store.load(resource["name"])[columns])).encode()
        else:
            files[path] = (DATA / path).read_bytes()
    package = definition(DATA)["package"]
    files[PACKAGE] = (DATA / PACKAGE).read_bytes()
    files["README.md"] = READ_ME.format(title=f"# {package['title']}", about=package["about"]).encode()
    files |= {"CITATION.cff": citation.encode()} if citation else {}
    for name in BESIDE:
        if (ROOT / name).is_file():
            files[name] = (ROOT / name).read_bytes()
    return files


def archive(files: dict[str, bytes]) -> bytes:
    """Return files as one ZIP archive, the same bytes for the same files."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as whole:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, WHEN)
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, MADE_ON, MODE
            whole.writestr(entry, files[name], compresslevel=9)
    return stream.getvalue()


# --- exhibits ------------------------------------------------------------------------------


def exhibit_sheet(payload: dict) -> Sheet:
    """Return the data of an exhibit: the raw values of its payload, not the words and digits it shows."""
    return Sheet(**payload["values"])
