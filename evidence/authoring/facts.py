"""A new fact: the figure as printed is found in the text, and read."""

from __future__ import annotations

from evidence.authoring.asking import Desk, completed, first
from evidence.authoring.reading import read
from evidence.authoring.rows import proposed_id, slug
from evidence.authoring.writing import Draft
from evidence.checks.lines import lines_of, shown
from evidence.data import format, store
from evidence.data.rules import Problem
from evidence.data.store import line_range, page_of

ASKED = ("locator", "base", "place", "period", "measured_by")  # may stay empty, and rarely do
QUANTITY = "Quantity measured: its id in indicators.csv, or the name of a new one in words."
READ = ("value", "value_high", "qualifier", "flags")  # columns that the figure as printed decides


def where(source: str, lines: str) -> str:
    """Return the page of lines of a document, for who has just named them."""
    page, basis = page_of(source, lines)
    return format.page(page) + (" (inferred)" if basis == "inferred" else "")


def lines_problem(row: dict[str, str], desk: Desk) -> Problem | None:
    """Return what is wrong with the lines of a figure, or which print it; None if they hold or no text is there."""
    path, given = desk.texts.get(row.get("source", "")), row.get("lines", "")
    if path is None or not row.get("as_reported"):
        return None
    found = lines_of(path, row["as_reported"])
    places = "\n".join(f"  {shown(path, lines)}" for lines in found)
    if not found:
        if "in_words" in row.get("flags", "") or "counted" in row.get("flags", ""):
            return None
        rule = f"the figure {row['as_reported']!r} stands nowhere in the text of {row['source']}; give it as printed"
        return Problem("--as-reported", None, None, None, rule)
    if not given:
        rule = f"{row['as_reported']!r} stands in several places; give the lines of one:\n{places}"
        return Problem("--lines", None, None, None, rule)
    try:
        start, end = line_range(given)
    except ValueError:
        return None  # the form of the cell says so
    if any(start <= line_range(lines)[0] and line_range(lines)[1] <= end for lines in found):
        return None
    rule = f"{row['as_reported']!r} does not stand there; give the lines of one of these places:\n{places}"
    return Problem("--lines", None, None, given, rule)


def found_lines(row: dict[str, str], desk: Desk) -> tuple[dict[str, str], list[Problem], list[str]]:
    """Return a row with the lines that print its figure: the only ones, or those chosen on a terminal.

    With it what stands against the lines, and what the author should know of them.
    """
    path = desk.texts.get(row.get("source", ""))
    if path is None or not row.get("as_reported"):
        return row, [], []
    found = lines_of(path, row["as_reported"])
    if len(found) == 1 and not row.get("lines"):
        return row | {"lines": found[0]}, [], [f"it stands in lines {shown(path, found[0])}"]
    problem = lines_problem(row, desk)
    if problem and desk.ask and found:
        choices = "\n".join(f"  {number}) {shown(path, lines)}" for number, lines in enumerate(found, start=1))
        question = f"{row['as_reported']!r} stands in these lines:\n{choices}\nnumber: "
        answer = ""
        while answer not in map(str, range(1, len(found) + 1)):
            answer = desk.ask(question).strip()
        return row | {"lines": found[int(answer) - 1]}, [], []
    return row, [problem] if problem else [], []


def new_fact(given: dict[str, str], desk: Desk) -> Draft:
    """Return the row of a new fact, with the rows of its indicator and its themes if ``new_indicator`` names it.

    Raises :class:`evidence.data.rules.DataError` for everything that is missing or wrong.
    """
    row = first("facts", given, desk, "source", "as_reported", "unit")
    taken = read(row["as_reported"], row.get("unit", "")) if row.get("as_reported") else {}
    row = taken | {name: value for name, value in row.items() if value or name in given}
    row, problems, notes = found_lines(row, desk)
    rows, themes, name = [], [], given.get("new_indicator", "")
    if desk.ask and not name and not row.get("indicator"):
        row["indicator"] = desk.ask(f"{QUANTITY}\nindicator: ").strip()
        if " " in row["indicator"]:
            name = row.pop("indicator")
    if name:
        row.setdefault("indicator", proposed_id(store.rows("indicators"), name))
        about = {"id": row["indicator"], "name": name, "note": given.get("indicator_note", "")}
        rows.append(("indicators", about))
        coded = {"id": row["indicator"], "indicator": row["indicator"], "themes": given.get("indicator_themes", "")}
        themes.append(("indicator_themes", coded))
    coming = [(table, cells["id"]) for table, cells in rows]
    row = completed("facts", row, desk, also=ASKED, coming=coming, problems=problems)
    shown_as = ", ".join(f"{column} {taken[column]}" for column in READ if taken.get(column) and column not in given)
    place = "" if row.get("place") == "kazakhstan" else row.get("place", "")
    row["id"] = given.get("id") or proposed_id(
        store.rows("facts"), row["indicator"].replace("-", " "), place, row.get("sex", ""), slug(row.get("period", ""))
    )
    notes += [f"read from {row['as_reported']!r}: {shown_as}"] if shown_as else []
    notes += [where(row["source"], row["lines"])]
    return Draft([*rows, ("facts", row), *themes], notes=notes, next=f"use it in a sentence as {{fact}}`{row['id']}`")
