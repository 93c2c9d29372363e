"""What nothing uses (calculations, exhibits, code rows, bibliography entries), and tables without a row."""

from __future__ import annotations

import re
from collections import Counter

from evidence.checks.chapters import pages
from evidence.data import bibliography, store
from evidence.data.rules import Problem
from evidence.data.schema import ROOT
from evidence.figures.calculations import calculations, inputs_of


def chapters_text() -> str:
    """Return the text of every page of the book and of every sentence kept as data.

    A page that is not UTF-8 counts with what can be read of it, so that what it uses is used.
    """
    texts = [path.read_text(encoding="utf-8", errors="replace") for path in pages()]
    texts += [text for table, column in store.columns_with("sentence") for text in store.load(table)[column]]
    texts += [" ".join(row) for row in store.load("exhibits")[["title", "alt", "note"]].itertuples(index=False)]
    return "\n".join(texts)


def named_in_tables(column: str) -> set[str]:
    """Return the keys that columns of tables name of a column ("calculations.id")."""
    return {
        item
        for table, resource in store.schema().items()
        for name, field in store.fields_of(resource).items()
        if field.get("references") == column
        for cell in store.load(table)[name]
        for item in store.items(cell)
    }


def calculation_problems(text: str) -> list[Problem]:
    """Return the calculations that no sentence, exhibit, helper or other calculation uses."""
    inputs = {reference for item in calculations().values() for reference in inputs_of(item).values()}
    named = named_in_tables("calculations.id")
    code = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "evidence" / "parts").rglob("*.py"))
    parts = [
        re.sub(r"\\\{.*?\\\}", "[a-z0-9-]+", re.escape(found)) for found in re.findall(r'compute\(f?"([^"]+)"\)', code)
    ]
    return [
        Problem("calculations.csv", number, "id", item.id, "is used in no sentence, exhibit or other calculation")
        for number, item in store.numbered("calculations")
        if f"`{item.id}`" not in text
        and f"<{item.id}>`" not in text
        and f"calc:{item.id}" not in inputs
        and item.id not in named
        and not any(re.fullmatch(part, item.id) for part in parts)
    ]


def exhibit_problems(text: str) -> list[Problem]:
    """Return the exhibits that are described and shown nowhere."""
    return [
        Problem("exhibits.csv", number, "id", row.id, "is shown by no chapter; show it in a cell, or delete its row")
        for number, row in store.numbered("exhibits")
        if f'"{row.id}"' not in text and f"}} {row.id}\n" not in text  # in a cell, or the argument of a directive
    ]


def code_problems() -> list[Problem]:
    """Return the rows that describe others (indicators, themes, groups) and that no row uses.

    Documents and places may stand without: a document is new, a place lies within another.
    """
    codes = [name for name, table in store.schema().items() if table["codes"] == "all used"]
    used: Counter = Counter()
    for resource in store.schema().values():
        for name, field in store.fields_of(resource).items():
            table = store.target_of(field)
            if table in codes:
                used.update((table, item) for cell in store.load(resource["name"])[name] for item in store.items(cell))
    return [
        Problem(store.schema()[table]["path"], number, "id", row.id, "is used by no row; use it, or delete it")
        for table in codes
        for number, row in store.numbered(table)
        if (table, row.id) not in used
    ]


def unused_problems() -> list[Problem]:
    """Return calculations, exhibits, code rows and bibliography entries that nothing uses."""
    text = chapters_text()
    found = [*calculation_problems(text), *exhibit_problems(text), *code_problems()]
    return found + bibliography.unused_problems(text)


def empty_problems() -> list[Problem]:
    """Return the tables with nothing below their header; a file that cannot be read says so itself."""
    rule = "has no rows; add one, or take the table out of fields.toml"
    read = [(resource["path"], store.read(resource)) for resource in store.schema().values()]
    return [Problem(path, 1, None, None, rule) for path, table in read if not table.rows and not table.problems]
