"""Tables of the chapter on who is asked to do what, over all documents."""

from __future__ import annotations

import pandas as pd

from evidence.data import addressees, store
from evidence.data.store import items
from evidence.exhibits.exhibit import link, linked, several
from evidence.parts.action import CALLS, by_document, documents, found
from evidence.parts.child_protection import conclusions

NOBODY = "Nobody is named"
STANDING = {"proposed": "only proposed", "unclear": "unclear", "existing": "exists"}  # the first that holds
NOT_SAID = "not said"
BASES = {"stated": "Says who is asked", "inferred": "Who is asked, in our reading", "none": "Nobody asked"}
PLACES = {"text": "Lead named in the text", "table": "Lead named in the table"}


def by_subject() -> pd.DataFrame:
    """Return how many calls each document makes on each subject, one row per subject on which any is made.

    Columns: ``Subject``, then the documents. A call counts once on each subject of its themes: rows do not add up.
    """
    labels = store.labels("themes", "subject")
    themes: dict[str, list[str]] = {code: [] for code in labels}
    for row in store.rows("themes").values():
        themes[row.subject].append(row.id)
    counts = by_document(themes, lambda subject: (CALLS, f"theme={','.join(themes[subject])}"))
    counts.insert(0, "Subject", list(labels.values()))
    return counts[(counts[list(documents().values())] != 0).any(axis=1)].reset_index(drop=True)


def standing(bodies: list[str]) -> str:
    """Return whether a body exists, by what the documents say of it under any of its names."""
    said = {store.row("bodies", body).status for body in bodies}
    return next((words for code, words in STANDING.items() if code in said), NOT_SAID)


def leading() -> dict[str, set[str]]:
    """Return the ids of the actions that each addressee is to lead, in the text or in the table of responsibilities."""
    led: dict[str, set[str]] = {}
    for row in store.load("responsibilities").query("role == 'lead'").itertuples():
        if row.body in addressees.by_body():
            led.setdefault(addressees.by_body()[row.body], set()).add(row.action)
    return led


def by_addressee() -> pd.DataFrame:
    """Return who is asked, one row per addressee that is asked or is to lead, those asked most first.

    Columns: ``Who``, a column per document (recommendations, parts and lessons), ``Inferred`` (how many of them name
    nobody, so that the addressee is our reading), ``Actions to lead`` (by text or table), ``Body`` (:func:`standing`).
    The last row counts the calls that name nobody and for which we inferred nobody.
    """
    rows = store.load("recommendations")
    asked = [addressees.of_recommendation(row) or [""] for row in rows.itertuples()]
    frame = rows.assign(who=asked).explode("who")
    led = leading()
    names = store.names("addressees")
    total = frame["who"].value_counts()
    keys = sorted(set(frame["who"]) - {""} | led.keys(), key=lambda key: (-total.get(key, 0), names[key]))
    table = []
    for key in [*keys, ""]:
        own, who = frame[frame["who"] == key], f"addressee={key}"
        row: dict = {"Who": names.get(key, NOBODY)}
        for source, name in documents().items():
            count = int((own["source"] == source).sum())
            row[name] = found(count, "kind=recommendation", who, f"document={source}") if key else count
        row["Inferred"] = int((own["addressee_basis"] == "inferred").sum())
        row["Actions to lead"] = len(led.get(key, ()))
        row["Body"] = standing(items(store.row("addressees", key).bodies)) if key else "–"
        table.append(row)
    return pd.DataFrame(table, dtype=object)


def stated() -> pd.DataFrame:
    """Return what each document says of its calls, one row per document, in numbers of recommendations and parts.

    Columns: ``Document``, ``Recommendations and parts``, then ``BASES``, ``Priority given`` and ``Term given`` (by a
    recommendation or an action), ``Actions``.
    """
    rows, actions = store.load("recommendations"), store.load("actions")
    table = []
    for source, name in documents().items():
        own, under = rows[rows["source"] == source], actions[actions["source"] == source]
        row = {"Document": name, "Recommendations and parts": len(own)}
        row |= {label: int((own["addressee_basis"] == code).sum()) for code, label in BASES.items()}
        row["Priority or emphasis"] = int((own["priority"] != "").sum())
        row["Actions"] = len(under)
        row["Term given"] = int((own["term"] != "").sum() + (under["term"] != "").sum())
        table.append(row)
    return pd.DataFrame(table)


def proposed(bodies: list[str]) -> list[str]:
    """Return those of some bodies that are only proposed."""
    return [body for body in bodies if store.row("bodies", body).status == "proposed"]


def waiting() -> pd.DataFrame:
    """Return the actions that a body is to lead which is only proposed, one row each, in their order.

    Columns: ``Action`` (linked), ``Term``, the proposed leads by text and by table (``PLACES``), ``Existing lead``
    (those of both that exist), then those of ``actions.csv``. Source: ``responsibilities.csv`` and the status of
    bodies in ``bodies.csv``.
    """
    rows = store.load("actions").sort_values("number", ignore_index=True)
    leads = {place: conclusions.leads_named(place) for place in PLACES}
    frame = pd.DataFrame(
        {"Action": linked([f"A{row.number}. {row.statement}" for row in rows.itertuples()], "action", rows["id"])}
    )
    frame["Term"] = rows["term"].str.capitalize()
    for place, head in PLACES.items():
        frame[head] = [body_cell(proposed(bodies)) for bodies in leads[place]]
    both = [list(dict.fromkeys([*text, *table])) for text, table in zip(leads["text"], leads["table"])]
    frame["Existing lead"] = [body_cell([body for body in bodies if standing([body]) == "exists"]) for bodies in both]
    held = [bool(proposed(bodies)) for bodies in both]
    return pd.concat([frame, rows], axis=1)[held].reset_index(drop=True)


def body_cell(bodies: list[str]) -> dict | str:
    """Return bodies as links in one cell, a dash for none."""
    if not bodies:
        return "–"
    names = [store.row("bodies", body) for body in bodies]
    return several([link(row.short_name or row.name, "body", row.id) for row in names])
