"""How records hang together: which finding answers which question, which call rests on it, who is to act.

Two kinds of tables relate records: columns that name records of another table (``references``
in the schema; ``inverse`` names the way back), and tables whose rows are links (:data:`LINKS`).
Every relation can be followed from both ends.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from evidence import store

CODE_TABLES = {"sources", "places", "themes", "groups", "indicators"}  # they describe records, they are none
ROLES = {"lead": ("Led by", "Leads"), "involved": ("With", "Takes part in")}
LINES = {
    "reports-to": ("Reports to", "Receives reports of"),
    "chairs": ("Chairs", "Chaired by"),
    "coordinates": ("Coordinates", "Coordinated by"),
    "part-of": ("Part of", "Has as part"),
    "supervises": ("Supervises", "Supervised by"),
    "advises": ("Advises", "Advised by"),
}


class Link(NamedTuple):
    """A table whose rows link two records: their columns, and a label for each direction of a row."""

    first: str
    second: str
    labels: Callable


class Relation(NamedTuple):
    """What one record has to do with another: label, and table and id of the other."""

    label: str
    table: str
    id: str


def _responsibility(row: dict) -> tuple[str, str]:
    where = "in the text" if row["stated_in"] == "text" else "in the table of responsibilities"
    return tuple(f"{label} ({where})" for label in ROLES[row["role"]])


def _line(row: dict) -> tuple[str, str]:
    proposed = " (as proposed)" if row["kind"].startswith("proposed-") else ""
    return tuple(label + proposed for label in LINES[row["kind"].removeprefix("proposed-")])


def _edge(row: dict) -> tuple[str, str]:
    return f"Leads to ({row['basis']})", f"Follows from ({row['basis']})"


LINKS = {
    "responsibilities": Link("action", "body", _responsibility),
    "coordination": Link("from", "to", _line),
    "theory_edges": Link("from", "to", _edge),
}


@cache
def relations() -> dict[tuple[str, str], list[Relation]]:
    """Return the relations of every record by (table, id), in the order of the schema and of the rows."""
    found: dict[tuple[str, str], list[Relation]] = defaultdict(list)
    for name, resource in store.schema().items():
        targets = {
            column: field["references"].split(".")[0]
            for column, field in store.fields(resource).items()
            if "references" in field and field["references"].split(".")[0] not in CODE_TABLES
        }
        if name in LINKS:
            _add_links(found, name, targets)
        elif resource.get("perSource"):
            _add_references(found, name, targets)
    _add_questions(found)
    return dict(found)


def _add_links(found: dict, name: str, targets: dict[str, str]) -> None:
    first, second, labels = LINKS[name]
    for row in store.load(name).to_dict("records"):
        there, back = labels(row)
        found[targets[first], row[first]].append(Relation(there, targets[second], row[second]))
        found[targets[second], row[second]].append(Relation(back, targets[first], row[first]))


def _add_questions(found: dict) -> None:
    """Relate recommendations and actions to the questions that the findings they rest on answer."""
    answered = {row.id: row.questions.split(";") for row in store.load("findings").itertuples() if row.questions}
    questions = {
        row.id: sorted({question for key in row.rests_on.split(";") for question in answered.get(key, [])})
        for row in store.load("recommendations").itertuples()
    }
    calls = [("recommendations", key, key) for key in questions]
    calls += [("actions", row.id, row.recommendation) for row in store.load("actions").itertuples()]
    for table, key, recommendation in calls:
        for question in questions[recommendation]:
            found[table, key].append(Relation("Answers to questions", "evaluation_questions", question))
            found["evaluation_questions", question].append(Relation(store.schema()[table]["title"], table, key))


def _add_references(found: dict, name: str, targets: dict[str, str]) -> None:
    fields = store.fields(store.schema()[name])
    for row in store.load(name).to_dict("records"):
        for column, table in targets.items():
            back = fields[column].get("inverse", store.schema()[name]["title"])
            for item in filter(None, row[column].split(";")):
                found[name, row["id"]].append(Relation(column.replace("_", " ").capitalize(), table, item))
                found[table, item].append(Relation(back, name, row["id"]))


@cache
def related_tables(table: str) -> set[str]:
    """Return the tables that the relations of the records of a table rest on."""
    others = {relation.table for (name, _), found in relations().items() if name == table for relation in found}
    if "evaluation_questions" in others:  # found through what recommendations rest on
        others |= {"findings", "recommendations"}
    return others | set(LINKS) if others else set()
