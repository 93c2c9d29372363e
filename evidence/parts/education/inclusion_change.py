"""Tables of the chapter on what should change in inclusive education."""

from __future__ import annotations

from collections import defaultdict

import pandas as pd

from evidence.data import store
from evidence.data.order import in_order
from evidence.data.records import PLACE
from evidence.data.store import items, of_document
from evidence.exhibits.exhibit import link, linked
from evidence.exhibits.frames import labelled
from evidence.parts.education import INCLUSION
from evidence.parts.education.recommendations import addressee

BASES = ["worded alike or placed together", "our reading"]
SECTION = "Recommendations, "  # before the heading of a recommendation in its locator
NO_ANSWER = "nothing"  # what answers a bottleneck that no output or outcome takes up


def nodes(*kinds: str) -> pd.DataFrame:
    """Return the elements of the theory of change of some kinds: kind by kind, each in the order of the text."""
    rows = of_document("theory_nodes", INCLUSION)
    rows = rows[rows["kind"].isin(kinds)]
    return in_order(rows, "kind", "lines", kind=kinds)


def basis_of(code: str) -> str:
    """Return on what a link of the theory rests, as one of ``BASES``."""
    return BASES[code == "analyst"]


def theory() -> pd.DataFrame:
    """Return vision, outcomes and outputs as a tree: each output below the outcome it is to lead to.

    Columns: ``Element``, ``Leads to`` (an ``Element``, "" for the vision), ``Kind``, ``Link`` (one of ``BASES``), then
    ``PLACE``. An output with several outcomes stands below one whose link is no reading of ours, if it has one.
    Source: gurin2023tale, Theory of Change.
    """
    edges = of_document("theory_edges", INCLUSION)
    edges = edges.assign(ours=edges["basis"] == "analyst").sort_values("ours", kind="stable")
    first = edges.drop_duplicates("from").set_index("from")
    rows = nodes("vision", "outcome", "output")
    name = dict(zip(rows["id"], rows["statement"]))
    found = [
        (
            row.statement,
            name.get(first["to"].get(row.id), ""),
            basis_of(first["basis"].get(row.id, "layout")),
        )
        for row in rows.itertuples()
    ]
    frame = pd.DataFrame(found, columns=["Element", "Leads to", "Link"])
    frame["Kind"] = labelled(rows, "theory_nodes", "kind")["kind"].str.capitalize()
    return frame[["Element", "Leads to", "Kind", "Link"]].join(rows[PLACE])


def heading(row) -> str:
    """Return how the document heads a recommendation, with our letter of a part: "Strategic 1 (a)"."""
    head = row.locator.removeprefix(SECTION)
    return f"{head} ({row.part})" if row.part else head


def calls_on_lines() -> dict[str, list[str]]:
    """Return the headings of the recommendations that answer what stands in some lines, by these lines.

    A recommendation counts with its parts; what it answers is our reading (``rests_on``).
    """
    findings, found = store.rows("findings"), defaultdict(list)
    for row in of_document("recommendations", INCLUSION).sort_values("number").itertuples():
        for key in items(row.rests_on):
            found[findings[key].lines].append(row.locator.removeprefix(SECTION))
    return {lines: list(dict.fromkeys(headings)) for lines, headings in found.items()}


def bottlenecks() -> pd.DataFrame:
    """Return the bottlenecks of the theory of change, a row for each that nothing answers and for each answer.

    Columns: ``Bottleneck``, ``Level`` (as headed), ``Answered by`` (cards, like the bottlenecks; ``NO_ANSWER`` where no
    output or outcome takes it up), ``Link`` (one of ``BASES``, "" for no answer), ``Recommendations`` (headings of
    those that answer it, by our reading), then ``PLACE``. Source: gurin2023tale, Theory of Change.
    """
    rows = nodes("bottleneck")
    answers = nodes("output", "outcome").set_index("id")["statement"]
    edges = of_document("theory_edges", INCLUSION)
    edges = edges.query("relation == 'answered-by'")[["from", "to", "basis"]]
    rows = rows.merge(edges, how="left", left_on="id", right_on="from")
    calls = calls_on_lines()
    frame = pd.DataFrame({"Bottleneck": linked(rows["statement"], "theory", rows["id"])})
    frame["Level"] = rows["locator"].str.rpartition(": ")[2]
    frame["Answered by"] = [link(answers[key], "theory", key) if key in answers else NO_ANSWER for key in rows["to"]]
    frame["Link"] = ["" if pd.isna(basis) else basis_of(basis) for basis in rows["basis"]]
    frame["Recommendations"] = [", ".join(calls.get(lines, ["none"])) for lines in rows["lines"]]
    return frame.join(rows[PLACE])


def calls() -> pd.DataFrame:
    """Return the single calls of the recommendations, one row each, in printed order: parts, or wholes without parts.

    Columns: ``Request`` (heading, letters ours), ``What is asked`` (linked), ``Of whom``, ``Level``, ``Findings it
    answers`` (number), then ``PLACE``. Source: gurin2023tale, Conclusion and Recommendations.
    """
    rows = of_document("recommendations", INCLUSION)
    rows = rows[~rows["id"].isin(rows["parent"])].sort_values(["number", "part"], ignore_index=True)
    frame = pd.DataFrame({"Request": [heading(row) for row in rows.itertuples()]})
    frame["What is asked"] = linked(rows["statement"], "recommendation", rows["id"])
    frame["Of whom"] = [addressee(*pair) for pair in zip(rows["addressee"], rows["addressee_basis"])]
    frame["Level"] = labelled(rows, "recommendations", "level")["level"]
    frame["Findings it answers"] = [len(items(cell)) for cell in rows["rests_on"]]
    return frame.join(rows[PLACE])
