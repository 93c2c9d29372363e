"""A new exhibit: its description, its rows and the cell that shows it in its chapter."""

from __future__ import annotations

import re

from evidence.authoring.asking import Desk, completed
from evidence.authoring.cells import CHARTS, cell_of, printed_cell, table_cell, with_cell
from evidence.authoring.chapters import page_named
from evidence.authoring.writing import Draft
from evidence.checks.prose import quantities
from evidence.data import format, store
from evidence.data.records import fact
from evidence.data.rules import DataError, Problem, nearest
from evidence.data.schema import REPORTING, ROOT
from evidence.figures.calculations import compute
from evidence.figures.sentences import ROLE

NEEDED = {
    "facts": "Facts, and calculations as calc:id, that it shows; or --table NAME for a whole table.",
    "chapter": "Chapter that shows it, as in education/register.",
}
DESCRIBED_BY = {"place": "Place", "period": "When", "indicator": "Measure", "base": "Of whom", "sex": "Sex"}


def figure(reference: str) -> float:
    """Return the value of a fact or, as ``calc:id``, of a calculation; raises UnknownId."""
    if reference.startswith("calc:"):
        return compute(reference.removeprefix("calc:"))
    return float(fact(reference).value)


def described(references: list[str]) -> tuple[str, list[str]] | None:
    """Return what tells facts apart (head, labels), None if nothing does or one of them is a calculation."""
    if any(reference.startswith("calc:") for reference in references):
        return None
    for column, head in DESCRIBED_BY.items():
        fields = store.fields("facts")
        names = store.names(column + "s") if column in ("place", "indicator") else {}
        labels = [
            names.get(value) or format.value(value, fields[column]) if value else ""
            for value in (getattr(fact(reference), column) for reference in references)
        ]
        if all(labels) and len(set(labels)) == len(labels):
            return head, labels
    return None


def typed(given: dict[str, str], references: list[str]) -> list[Problem]:
    """Return the quantities typed in the sentences of an exhibit, each with the role to write if a figure is this."""
    found = []
    for name in ("title", "alt", "note", "calculated"):
        for _, value in quantities(ROLE.sub("", given.get(name, ""))):
            plain = value.rstrip("%").replace(",", "")
            roles = [role(key) for key in references if f"{figure(key):.15g}" == plain]
            rule = f"a quantity typed by hand; write {' or '.join(roles) or '{fact}`id` or {calc}`id`, or no number'}"
            found.append(Problem(f"--{name}", None, None, value, rule))
    return found


def role(reference: str) -> str:
    """Return the role that prints a fact or a calculation in a sentence."""
    kind, _, key = reference.rpartition(":")
    return f"{{{kind or 'fact'}}}`{key}`"


def rows_of(id: str, references: list[str], labels: list[str], parts: list[str]) -> list[dict[str, str]]:
    """Return the rows of ``exhibit_rows.csv``: figures label by label, each label with all its parts."""
    width = len(str(len(references)))
    rows = []
    for position, reference in enumerate(references):
        kind = "calculation" if reference.startswith("calc:") else "fact"
        cells = {"id": f"{id}-{position + 1:0{max(2, width)}}", "exhibit": id, "order": str(position + 1)}
        cells |= {"label": labels[position // len(parts)], "part": parts[position % len(parts)]}
        rows.append(cells | {kind: reference.removeprefix("calc:")})
    return rows


def items(text: str) -> list[str]:
    """Return the items of an option: separated by ; or, where there is none, by commas."""
    return [item.strip() for item in re.split(";" if ";" in text else ",", text) if item.strip()]


def _problems(given: dict[str, str], references: list[str], labels: list[str], parts: list[str]) -> list[Problem]:
    """Return what is wrong with what an exhibit is to show."""
    chart = given["chart"]
    if chart not in CHARTS:
        return [Problem("--chart", None, None, chart, f"is none; there are {', '.join(CHARTS)}")]
    if CHARTS[chart][0] and not given.get("parts"):
        return [Problem("--parts", None, None, None, f"is missing: {chart} shows {CHARTS[chart][1]}; name its columns")]
    if chart == "dumbbell" and len(parts) != 2:
        return [Problem("--parts", None, None, ";".join(parts), "a dumbbell has two; name them, the earlier first")]
    if len(labels) * len(parts) != len(references):
        rule = f"{len(labels)} labels and {len(parts)} parts for {len(references)} figures; give a label for each row"
        return [Problem("--labels", None, None, None, rule)]
    return []


def facts_exhibit(id: str, given: dict[str, str]) -> tuple[list[dict[str, str]], str]:
    """Return the rows of ``exhibit_rows.csv`` and the cell of an exhibit of facts and calculations.

    Raises :class:`DataError` for ids that are none, labels that are missing, and charts that need more.
    """
    references, parts = items(given["facts"]), items(given.get("parts", ""))
    problems = []
    for reference in references:
        try:
            figure(reference)
        except store.UnknownId as error:
            problems.append(Problem("--facts", None, None, reference, str(error)))
    if problems or (problems := typed(given, references)):
        raise DataError(problems)
    head, axis = given.get("head") or format.capitalised(given["unit"]), given["unit"]
    name, labels = described(references[:: len(parts) or 1]) or ("", [])
    labels = (
        items(given["labels"].replace(",", ";") if ";" not in given["labels"] else given["labels"])
        if given.get("labels")
        else labels
    )
    if not labels:
        rule = "is missing: nothing tells the figures apart; give a label for each row, separated by ;"
        raise DataError([Problem("--labels", None, None, None, rule)])
    if problems := _problems(given, references, labels, parts or [head]):
        raise DataError(problems)
    name = given.get("rows") or name or "Measure"
    plain = given["chart"] == "table" and not parts and not any(":" in reference for reference in references)
    rows = rows_of(id, references, labels, [""] if plain else parts or [head])
    values = [figure(reference) for reference in references]
    return rows, printed_cell(id, name) if plain else cell_of(id, given["chart"], name, parts or [head], values, axis)


def table_exhibit(id: str, given: dict[str, str]) -> str:
    """Return the cell of an exhibit of a whole table.

    Raises :class:`DataError` for a table or columns that are not there, or that report no document.
    """
    tables = {name: resource for name, resource in store.schema().items() if resource["reports"]}
    table = given["table"]
    if table not in tables:
        rule = f"is no table that reports a document{nearest(table, tables)}"
        raise DataError([Problem("--table", None, None, table, rule)])
    known = [name for name in store.fields_of(tables[table]) if name not in REPORTING]
    columns = items(given.get("columns", ""))
    if unknown := [name for name in columns if name not in known]:
        rule = f"is no column of {table}; there are {', '.join(known)}"
        raise DataError([Problem("--columns", None, None, ", ".join(unknown), rule)])
    return table_cell(id, table, columns, given.get("document", ""))


def new_exhibit(given: dict[str, str], desk: Desk) -> Draft:
    """Return the description and the rows of a new exhibit, and its chapter with the cell that shows it.

    Raises :class:`DataError` for what is missing or wrong.
    """
    id, given = given["id"], {"chart": "table"} | {name: value for name, value in given.items() if value}
    problems = []
    for name, what in NEEDED.items():
        if name in given or (name == "facts" and "table" in given):
            continue
        if desk.ask:
            given[name] = desk.ask(f"{what}\n{name}: ").strip()
        else:
            problems.append(Problem(f"--{name}", None, None, None, f"is missing. {what}"))
    about = {"about_book": "false"} | given | {"facts": "", "tables": given.get("table", "")}
    row = completed("exhibits", about, desk, problems=problems) | {"id": id}
    if given.get("table"):
        cell, rows = table_exhibit(id, given), list[dict[str, str]]()
    else:
        rows, cell = facts_exhibit(id, given | row | {"facts": given["facts"]})
    page = page_named(given["chapter"])
    text = with_cell((ROOT / f"{page}.md").read_text(encoding="utf-8"), cell, given.get("after", ""))
    written = [("exhibits", row), *(("exhibit_rows", cells) for cells in rows)]
    todo = f"see it with make live, write the sentence that leads to it in {page}.md; then make references"
    return Draft(written, {f"{page}.md": text}, [cell], [f"its cell in {page}.md:\n{cell}"], todo)
