"""How records hang together: which finding answers which question, which call rests on it, who is to act.

Two kinds of tables relate records: columns that name records of another table (``references`` and ``inverse`` in
``fields.toml``), and tables whose rows are links (``links``). Disagreements are related to the facts they are about and
to the records that repeat such a figure. Every relation can be followed from both ends.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from evidence.data import store
from evidence.data.disagreements import disputed_facts, repeated


class Relation(NamedTuple):
    """What one record has to do with another: label, and table and id of the other."""

    label: str
    table: str
    id: str


def _targets(resource: dict) -> dict[str, str]:
    """Return the table that each relating column of a table names records of; codes are no records."""
    found = {}
    for column, field in store.fields_of(resource).items():
        table = store.target_of(field)
        if table and not store.schema()[table]["codes"]:
            found[column] = table
    return found


@cache
def relations() -> dict[tuple[str, str], list[Relation]]:
    """Return the relations of every record by (table, id), in the order of the schema and of the rows."""
    found: dict[tuple[str, str], list[Relation]] = defaultdict(list)
    for name, resource in store.schema().items():
        if resource["links"]:
            _add_links(found, name, resource["links"], _targets(resource))
        elif resource["record"] and (resource["reports"] or resource["relates"]):
            _add_references(found, name, _targets(resource))
    _add_questions(found)
    _add_disagreements(found)
    return dict(found)


def _add_links(found: dict, name: str, links: dict, targets: dict[str, str]) -> None:
    first, detail = links["from"], links.get("detail")
    details = store.labels(name, detail) if detail else {}
    for row, second in _link_ends(name, links):
        label_end = f" ({details[row[detail]]})" if detail else ""
        there, back = (label + label_end for label in links["labels"][row[links["by"]]])
        found[targets[first], row[first]].append(Relation(there, targets[second], row[second]))
        found[targets[second], row[second]].append(Relation(back, targets[first], row[first]))


def _link_ends(name: str, links: dict) -> Iterator[tuple[dict, str]]:
    """Yield (row, column) of every end that a link of a table leads to; of several columns a row fills one."""
    ends = [links["to"]] if isinstance(links["to"], str) else links["to"]
    for row in store.load(name).to_dict("records"):
        yield from ((row, column) for column in ends if row[column])


@cache
def _linked() -> dict[tuple[str, str], list[tuple[str, str]]]:
    found: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for name, resource in store.schema().items():
        if resource["links"] and not resource["reports"]:
            targets, links = _targets(resource), resource["links"]
            first, by, order = links["from"], links["by"], list(store.labels(name, links["by"]))
            for row, end in sorted(_link_ends(name, links), key=lambda item: order.index(item[0][by])):
                found[targets[first], row[first]].append((targets[end], row[end]))
    return dict(found)


def linked(table: str, key: str) -> list[tuple[str, str]]:
    """Return (table, id) of the records that links of ours, which report no document, lead to from a record.

    They stand in the order of what links them: what supports a judgement comes before what qualifies it.
    """
    return _linked().get((table, key), [])


def questions_of() -> dict[str, list[str]]:
    """Return the ids of the questions that each recommendation answers: those of the findings it rests on."""
    answered = {row.id: store.items(row.questions) for row in store.rows("findings").values()}
    return {
        row.id: sorted({question for key in store.items(row.rests_on) for question in answered.get(key, [])})
        for row in store.rows("recommendations").values()
    }


def _add_questions(found: dict) -> None:
    """Relate recommendations and actions to the questions that the findings they rest on answer."""
    questions = questions_of()
    calls = [("recommendations", key, key) for key in questions]
    calls += [("actions", row.id, row.recommendation) for row in store.rows("actions").values()]
    for table, key, recommendation in calls:
        for question in questions[recommendation]:
            found[table, key].append(Relation("Answers to questions", "evaluation_questions", question))
            found["evaluation_questions", question].append(Relation(store.schema()[table]["title"], table, key))


def _add_disagreements(found: dict) -> None:
    """Relate facts, and records that repeat them, to the disagreements about them."""
    facts = {("facts", key): disagreements for key, disagreements in disputed_facts().items()}
    for label, records in (("Figures", facts), ("Repeated in", repeated())):
        for (table, key), disagreements in records.items():
            for disagreement in disagreements:
                found[table, key].append(Relation("Disagreements", "discrepancies", disagreement))
                found["discrepancies", disagreement].append(Relation(label, table, key))


def _add_references(found: dict, name: str, targets: dict[str, str]) -> None:
    fields = store.fields(name)
    for row in store.load(name).to_dict("records"):
        for column, table in targets.items():
            back = fields[column].get("inverse", store.schema()[name]["title"])
            for item in store.items(row[column]):
                found[name, row["id"]].append(Relation(column.replace("_", " ").capitalize(), table, item))
                found[table, item].append(Relation(back, name, row["id"]))


@cache
def related_tables(table: str) -> set[str]:
    """Return the tables that the relations of the records of a table rest on."""
    others = {relation.table for (name, _), found in relations().items() if name == table for relation in found}
    links = {name for name, resource in store.schema().items() if resource["links"]}
    if "evaluation_questions" in others:  # found through what recommendations rest on
        others |= {"findings", "recommendations"}
    return others | links if others else set()
