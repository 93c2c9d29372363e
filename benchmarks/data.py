"""A small data set that holds together: what the book has of one document, and one row of every other table."""

import csv
import re
from collections.abc import Collection
from pathlib import Path

from evidence.data.schema import fields_of, kinds, schema

DOCUMENT = "antonowicz2013oosc"
# Tables that others, or the package, name: kept as they are.
WHOLE = {"sources", "pages", "places", "indicators", "groups", "themes", "own_limits"}
ROLE = re.compile(r"\{(\w+)\}`(?:[^`<]*<)?([^`<>]+)>?`")
INPUT = re.compile(r"=(?:calc:)?([^;]+)")

Rows = dict[str, list[dict[str, str]]]


def read(data: Path) -> Rows:
    """Return the rows of every table of a data package."""
    return {
        name: list(csv.DictReader((data / resource["path"]).read_text(encoding="utf-8").splitlines()))
        for name, resource in schema().items()
    }


def write(data: Path, table: str, rows: list[dict[str, str]]) -> None:
    """Write the rows of a table, in the order of their ids."""
    path = data / schema()[table]["path"]
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(fields_of(schema()[table])), lineterminator="\n")
        writer.writeheader()
        writer.writerows(sorted(rows, key=lambda row: row["id"]))


def names(table: str, row: dict[str, str], known: dict[str, set[str]]) -> list[bool]:
    """Return, for each record that a row names by a role or as an input of a calculation, whether it is there."""
    found = [
        key in known[kinds()[kind]] for cell in row.values() for kind, key in ROLE.findall(cell) if kind in kinds()
    ]
    if table == "calculations":
        for name in INPUT.findall(row["inputs"]):
            other, _, rest = name.partition("#")
            key = rest.partition("/")[0]
            found.append(key in known[other] if rest else name in known["facts"] | known["calculations"])
    return found


def mended(table: str, row: dict[str, str], known: dict[str, set[str]]) -> dict[str, str] | None:
    """Return a row without the keys of rows that are gone, or None where it cannot be without them."""
    row = dict(row)
    for name, field in fields_of(schema()[table]).items():
        if "references" not in field or not row[name]:
            continue
        target = field["references"].partition(".")[0]
        items = row[name].split(";") if field.get("list") else [row[name]]
        row[name] = ";".join(item for item in items if item in known[target])
        if not row[name]:
            return None
    return row if all(names(table, row, known)) else None


def of_document(table: str, row: dict[str, str], document: str) -> bool:
    """Return whether a row may stay: it reports the document, or none; tables that others name stay whole."""
    sources = [cell for column, cell in row.items() if column.endswith("source") and column != "cited_source"]
    return table in WHOLE or not sources or document in sources[:2]


def keep_document(data: Path, document: str = DOCUMENT, only: dict[str, Collection[str]] | None = None) -> None:
    """Reduce a copy of ``data/`` to the rows of one document and those they name; no table is left empty if it can.

    With ``only`` these rows (ids by table), the tables kept whole and one row of each other table stay.
    """
    every = read(data)
    kept = {name: [row for row in rows if of_document(name, row, document)] for name, rows in every.items()}
    if only is not None:
        kept = {name: rows if name in WHOLE or name.startswith(document) else [] for name, rows in kept.items()}
        kept |= {name: [row for row in every[name] if row["id"] in ids] for name, ids in only.items()}
    for name in ("exhibits", "exhibit_rows"):  # each book describes its own
        kept[name] = []
    while True:
        known = {name: {row["id"] for row in rows} for name, rows in kept.items()}
        less = {
            name: rows if name in WHOLE else [new for row in rows if (new := mended(name, row, known))]
            for name, rows in kept.items()
        }
        supported = {row["review_finding"] for row in less["review_finding_evidence"] if row["relation"] == "supports"}
        less["review_findings"] = [row for row in less["review_findings"] if row["id"] in supported]
        if less == kept:
            break
        kept = less
    for name, rows in kept.items():
        first = (new for row in every[name] if (new := mended(name, row, known)))
        may_be_empty = name.startswith(("exhibit", "review_finding"))
        write(data, name, rows or ([] if may_be_empty else [row for row in [next(first, None)] if row]))


def register_page(data: Path) -> str:
    """Return the text of one page that lists every record of a data package, kind by kind."""
    rows = read(data)
    registers = [f"## {kind}\n\n```{{register}} {kind}\n```\n" for kind, table in kinds().items() if rows[table]]
    return "\n".join(["# Records\n", *registers])
