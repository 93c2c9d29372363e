"""Getting what a row needs: from arguments, by asking on a terminal, or by naming at once all that is missing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from evidence.checks.prose import RULE, quantities
from evidence.checks.roles import fault as role_fault
from evidence.data import store
from evidence.data.rules import DataError, Problem, cell_problems, nearest
from evidence.data.schema import FIELDS, definition
from evidence.figures.sentences import ROLE, records_in

FEW = 12  # message: codes that a message lists; of more it names the nearest, and where the list stands
Ask = Callable[[str], str]  # asks on a terminal and returns the answer


class Desk(NamedTuple):
    """What a command works with: how to ask (None without a terminal) and the source texts that are there."""

    ask: Ask | None = None
    texts: dict = {}


def option(column: str) -> str:
    """Return the option that gives a column."""
    return f"--{column.replace('_', '-')}"


def vocabulary(table: str, column: str) -> str:
    """Return where the codes of a column stand in the definition."""
    package = definition()
    given = package["tables"][table]["columns"][column]
    given = package["shared"][column] if given == "shared" else given
    named = given["categories"]
    return f"{FIELDS}, [categories.{named}]" if isinstance(named, str) else f"{FIELDS}, [tables.{table}.columns]"


def sentence_fault(table: str, column: str, text: str) -> str:
    """Return what is wrong with a sentence kept as data: a role that names nothing, a number typed by hand.

    Asked on a terminal at once; without one the checks of the whole draft say it.
    """
    if not store.fields(table)[column].get("sentence"):
        return ""
    for kind, key in records_in(text):
        if rule := role_fault(kind, key):
            return rule
    typed = [value for _, value in quantities(ROLE.sub("", text))]
    return f"{typed[0]!r} is {RULE}" if typed else ""


def fault(table: str, column: str, value: str, coming: Iterable[tuple[str, str]] = ()) -> str:
    """Return what is wrong with a cell, and what is possible there; "" if nothing is.

    ``coming`` are (table, id) of rows that the same command writes.
    """
    resource = store.schema()[table]
    field = store.fields_of(resource)[column]
    items = [item for item in (value.split(";") if field.get("list") else [value]) if item]
    codes = [category["value"] for category in field.get("categories", ())]
    for item in items:
        named = f"{item} " if len(items) > 1 else ""
        if codes and item not in codes:
            if len(codes) <= FEW:
                return f"is not one of {', '.join(codes)}"
            return f"{named}is no code{nearest(item, codes)} (the list: {vocabulary(table, column)})"
        if "references" in field:
            target, _, key = field["references"].partition(".")
            known = {getattr(row, key) for row in store.rows(target).values()}
            if item not in known | {name for other, name in coming if other == target}:
                path = store.schema()[target]["path"]
                return f"{named}is no {key} of {path}{nearest(item, known) or '; the list is data/' + path}"
    one = {"path": resource["path"], "schema": {"fields": [field]}}
    problems = cell_problems([{column: value, "": "0"}], one) if column != "id" else []
    return problems[0].rule if problems else ""


def described(table: str, column: str) -> str:
    """Return what a column holds, with its codes if they are few: for help and questions."""
    field = store.fields(table)[column]
    codes = [category["value"] for category in field.get("categories", ())]
    text = field["description"]
    if codes:
        text += f" One of {', '.join(codes)}." if len(codes) <= FEW else f" Codes: {vocabulary(table, column)}."
    return text + (" Several are separated by ;" if field.get("list") else "")


def asked(ask: Ask, table: str, column: str, is_required: bool, coming=(), wrong: str = "") -> str:
    """Return the answer to one question, asked again while it is wrong; ``wrong`` says what the last answer was."""
    end = "" if is_required else " (Enter leaves it empty)"
    question = f"{wrong}{described(table, column)}{end}\n{column}: "
    while True:
        answer = ask(question).strip()
        if not answer and not is_required:
            return ""
        rule = (fault(table, column, answer, coming) if answer else "is needed") or sentence_fault(
            table, column, answer
        )
        if not rule:
            return answer
        question = f"  {answer!r}: {rule}\n{column}: "


def first(table: str, given: dict[str, str], desk: Desk, *columns: str) -> dict[str, str]:
    """Return what is given with the columns asked for that others follow from; without a terminal as it is."""
    row = dict(given)
    for name in columns:
        rule = fault(table, name, row[name]) if row.get(name) else ""
        if desk.ask is not None and (rule or not row.get(name)):
            row[name] = asked(desk.ask, table, name, True, (), f"{row[name]!r}: {rule}\n" if rule else "")
    return row


def completed(
    table: str, given: dict[str, str], desk: Desk, needed=(), also=(), coming=(), problems=()
) -> dict[str, str]:
    """Return the cells of a row: those given, and on a terminal those asked for.

    Asked for are the required columns, the ``needed`` ones of this kind of row and those of ``also``, which may stay
    empty. Without a terminal raises :class:`DataError` with everything that is missing or wrong, after ``problems``,
    which speak for their columns.
    """
    fields = store.fields(table)
    required = {name for name, field in fields.items() if field.get("constraints", {}).get("required")}
    required = (required | set(needed)) - {"id"}
    row = {name: value.strip() for name, value in given.items() if name in fields}
    problems, said = list(problems), {problem.file for problem in problems}
    for name in fields:
        value = row.get(name, "")
        rule = fault(table, name, value, coming) if value else ""
        is_open = not value and (name in required or (name in also and name not in given))
        if desk.ask is not None and ((rule := rule or sentence_fault(table, name, value)) or is_open):
            wrong = f"{value!r}: {rule}\n" if rule else ""
            row[name] = asked(desk.ask, table, name, name in required, coming, wrong)
        elif option(name) in said:
            continue
        elif rule:
            problems.append(Problem(option(name), None, None, value, rule))
        elif not value and name in required:
            problems.append(Problem(option(name), None, None, None, f"is missing. {described(table, name)}"))
    if problems:
        raise DataError(problems)
    return {name: row[name] for name in ("id", *fields) if name in row}
