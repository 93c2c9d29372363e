"""Tables of the pages on what each reader can do: one table a reader, and all readers side by side."""

from __future__ import annotations

from collections import Counter

import pandas as pd

from evidence.data import addressees, format, store
from evidence.data.records import PLACE
from evidence.data.store import items
from evidence.exhibits.exhibit import link, several
from evidence.figures.sureness import judgement
from evidence.parts.action import CALLS, found

UNGRADED = "not rated: the document’s own request"
ORDINALS = dict(enumerate(("second", "third", "fourth", "fifth", "sixth", "seventh"), start=2))  # records of one place
OURS = "our proposal, from "
SURE = "How sure of the problem"  # head of a column: whether a task would help is not judged


def readers() -> dict[str, str]:
    """Return the readers that have a page, by their ids, in the order of the menu: those asked most first."""
    known = store.rows("readers")
    return {key: known[key].name for key in sorted(known, key=lambda key: (-len(asked_of(key)), key))}


def asked_of(reader: str) -> list[str]:
    """Return the ids of the recommendations and actions that are addressed to a reader, under whichever name."""
    own = set(items(store.row("readers", reader).addressees))
    calls = [row.id for row in store.rows("recommendations").values() if own & set(addressees.of_recommendation(row))]
    return calls + [row.id for row in store.rows("actions").values() if own & set(addressees.of_action(row))]


def of_reader(reader: str) -> list:
    """Return the tasks of a reader, in their order."""
    return sorted(
        (row for row in store.rows("reader_tasks").values() if row.reader == reader), key=lambda row: row.order
    )


def on_page(row) -> str:
    """Return the page on which a record stands; the numbers of the register stay on its card."""
    return format.page(row.page)


def source_of(row) -> str:
    """Return the document of a record, of a disagreement that of the first passage."""
    return row.left_source if hasattr(row, "left_source") else row.source


def differs(row) -> str:
    """Return where the passages of a disagreement stand, in a few words."""
    passages = ((row.left_source, row.left_lines), (row.right_source, row.right_lines))
    pages = dict.fromkeys(page for page, _ in (store.page_of(*passage) for passage in passages) if page)
    return " against ".join(map(format.page, pages)) or "a disagreement"


BEHIND = {  # what a task rests on: the table of each kind of record, and what is said of where one stands
    "recommendation": ("recommendations", on_page),
    "action": ("actions", lambda row: f"action, {on_page(row)}"),
    "finding": ("findings", on_page),
    "discrepancy": ("discrepancies", differs),
}


def by_document(records: dict[str, list[str]]) -> list[dict]:
    """Return records, ids by kind, as links, document by document: its name before the first, then where each stands.

    What the place before has is not said again: of several records in one place the others are "a second" and so
    on.
    """
    rows = [(kind, store.row(BEHIND[kind][0], key)) for kind in BEHIND for key in records[kind]]
    names, cells = store.names("sources"), []
    seen: Counter = Counter()
    for kind, row in sorted(rows, key=lambda one: (source_of(one[1]), [*BEHIND].index(one[0]), number_of(one[1]))):
        source, place = source_of(row), BEHIND[kind][1](row)
        named = "" if seen[source] else f"{names[source]}, "
        seen.update([source, (source, place)])
        again = seen[source, place]
        cells.append(link(f"a {ORDINALS[again]}" if again in ORDINALS else f"{named}{place}", kind, row.id))
    return cells


def number_of(row) -> int:
    """Return the number that a document gives a record, or zero."""
    return getattr(row, "number", 0)


def who_asks(task) -> dict:
    """Return which calls ask for a task; of a task that we propose, the findings and disagreements behind it."""
    cells = by_document({kind: items(getattr(task, table)) for kind, (table, _) in BEHIND.items()})
    if task.basis == "ours":
        cells[0] = {**cells[0], "text": f"{OURS}{cells[0]['text']}"}
    return several(cells)


def how_sure(task) -> dict | str:
    """Return how sure the problem of a task is: the confidence or the data of the finding or message that states it."""
    if task.review_finding:
        table, kind, key = "review_findings", "review-finding", task.review_finding
    elif task.message:
        table, kind, key = "synthesis", "message", task.message
    else:
        return UNGRADED
    row = store.row(table, key)
    return link(format.lowered(judgement(row)), kind, key)


def tasks(reader: str) -> pd.DataFrame:
    """Return what a reader can do, one row per task, in its order.

    Columns: ``What you can do``, ``Who asks`` (calls, or what our proposal rests on), ``How sure of the problem``
    (:func:`how_sure`), ``Read on`` (page). Source: ``reader_tasks.csv``.
    """
    rows = of_reader(reader)
    columns = {
        "What you can do": [row.task for row in rows],
        "Who asks": [who_asks(row) for row in rows],
        SURE: [how_sure(row) for row in rows],
        "Read on": [link(menu_title(row.page), "chapter", row.page) for row in rows],
    }
    return pd.DataFrame(columns)


def rests_on(reader: str) -> pd.DataFrame:
    """Return the rows that the tasks of a reader rest on, with their place: calls, actions, findings."""
    tables = ("recommendations", "actions", "findings")
    keys = {key for task in of_reader(reader) for table in tables for key in items(getattr(task, table))}
    frames = [store.load(table) for table in tables]
    return pd.concat([frame[frame["id"].isin(keys)][PLACE] for frame in frames], ignore_index=True)


def menu_title(page: str) -> str:
    """Return a page in a few words, for files: the last part of its path. The site has its name in the menu."""
    return page.rpartition("/")[2].replace("-", " ").capitalize()


def all_readers() -> pd.DataFrame:
    """Return the readers side by side, one row each.

    Columns: ``For``, ``Tasks asked by documents`` and ``Tasks we propose`` (numbers), ``Requests addressed to them``
    (with their way to the finder) and ``Who that is`` (our reading).
    """
    table = []
    for key, name in readers().items():
        row, own = store.row("readers", key), of_reader(key)
        bases = [task.basis for task in own]
        chosen = (CALLS, f"addressee={','.join(items(row.addressees))}")
        table.append(
            {
                "For": link(name, "chapter", row.page),
                "Tasks asked by documents": bases.count("asked"),
                "Tasks we propose": bases.count("ours"),
                "Requests addressed to them": found(len(asked_of(key)), *chosen),
                "Who that is": row.why,
            }
        )
    return pd.DataFrame(table)
