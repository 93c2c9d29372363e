"""Tables of the chapter that holds the theories of change against themselves and against the recommendations."""

from __future__ import annotations

import pandas as pd

from evidence.data import store
from evidence.data.records import PLACE
from evidence.exhibits.exhibit import link
from evidence.figures import theories
from evidence.figures.theories import EDGES, NODES, READINGS

GOALS = ("output", "outcome")
NOTHING = "nothing"
BY_ACTIONS, BY_BOTTLENECK = "its actions serve it", "both answer one bottleneck"
MISSING = {  # what a loose element lacks, in the order shown
    "unanswered": "nothing answers it",
    "outcome only": "an outcome answers it, no output does",
    "no bottleneck": "neither it nor an outcome it leads to answers a bottleneck",
    "beside": "touches no output and no outcome",
}


def documents() -> list[str]:
    """Return the documents that have a theory of change, in their order."""
    return [key for key in store.rows("sources") if theories.elements(key)]


def composition() -> pd.DataFrame:
    """Return of how many elements and links each theory is made: a row per kind or basis, a column per document.

    Columns: ``Part`` (elements, links), ``Kind``, then a number per document. Source: both documents, as coded in
    ``theory_nodes.csv`` and ``theory_edges.csv``.
    """
    names = store.names("sources")
    rows = []
    for kind, label in store.labels(NODES, "kind").items():
        rows.append(("Elements", label, *(len(theories.of_kind(key, kind)) for key in documents())))
    for column in ("relation", "basis"):
        for code, label in store.labels(EDGES, column).items():
            found = [sum(getattr(one, column) == code for one in theories.links(key)) for key in documents()]
            rows.append(("Links, by kind" if column == "relation" else "Links, by what they rest on", label, *found))
    return pd.DataFrame(rows, columns=["Part", "Kind", *(names[key] for key in documents())])


def lacking(source: str, row) -> str:
    """Return what an element lacks, as a key of ``MISSING``; "" if it lacks nothing."""
    kind = {key: one.kind for key, one in theories.elements(source).items()}
    if row.kind == "bottleneck":
        found = {kind[one.end] for one in theories.answers(source, row.id)}
        return "" if "output" in found else "outcome only" if found else "unanswered"
    if row.kind == "output":
        ahead = [row.id, *theories.aims(source, row.id)]
        return "" if any(theories.answered(source, key) for key in ahead) else "no bottleneck"
    if row.kind in ("risk", "assumption"):
        there, out = theories.neighbours(source)
        touched = {kind[one.end] for one in out.get(row.id, [])} | {kind[one.start] for one in there.get(row.id, [])}
        return "" if touched & set(GOALS) else "beside"
    return ""


def loose_ends() -> pd.DataFrame:
    """Return the elements of both theories that lack a link, one row each, by document and by what they lack.

    Columns: ``Document``, ``What is missing`` (:data:`MISSING`), ``Kind``, ``Element`` (to its card), then ``PLACE``.
    """
    names, kinds = store.names("sources"), store.labels(NODES, "kind")
    found = []
    for at, source in enumerate(documents()):
        for row in theories.elements(source).values():
            if lack := lacking(source, row):
                place = (getattr(row, name) for name in PLACE)
                element = link(row.statement, "theory", row.id)
                found.append(
                    (at, list(MISSING).index(lack), names[source], MISSING[lack], kinds[row.kind], element, *place)
                )
    found.sort(key=lambda row: row[:2])
    columns = ["Document", "What is missing", "Kind", "Element", *PLACE]
    return pd.DataFrame([row[2:] for row in found], columns=columns)


def checks() -> pd.DataFrame:
    """Return how many elements lack which link, a row per check, two columns per document: how many, of how many."""
    names = store.names("sources")
    asked = {
        "unanswered": ("bottleneck",),
        "outcome only": ("bottleneck",),
        "no bottleneck": ("output",),
        "beside": ("risk", "assumption"),
    }
    rows: list[list[str | int]] = []
    for lack, kinds in asked.items():
        named = ", ".join(store.labels(NODES, "kind")[kind] for kind in kinds)
        row: list[str | int] = [f"{named}: {MISSING[lack]}".capitalize()]
        for source in documents():
            some = theories.of_kind(source, *kinds)
            row += [sum(lacking(source, one) == lack for one in some), len(some)]
        rows.append(row)
    heads = [head for key in documents() for head in (names[key], f"of, {names[key]}")]
    return pd.DataFrame(rows, columns=["Check", *heads])


def readings() -> pd.DataFrame:
    """Return from how many elements the vision is reached, by which links count: a row per document and kind.

    Columns: ``Document``, ``Kind``, ``Elements``, then a number per reading of ``theories.READINGS``.
    """
    names = store.names("sources")
    rows = []
    for source in documents():
        reached = {name: theories.leading(source, bases) for name, bases in READINGS.items()}
        for kind, label in store.labels(NODES, "kind").items():
            some = {row.id for row in theories.of_kind(source, kind)}
            if some and kind != "vision":
                rows.append((names[source], label, len(some), *(len(some & found) for found in reached.values())))
    return pd.DataFrame(rows, columns=["Document", "Kind", "Elements", *READINGS])


def two_readings() -> pd.DataFrame:
    """Return the elements that layout leads to one element and wording to another, one row each.

    Columns: ``Element`` (to its card), ``By the layout it leads to``, ``By the wording it leads to``, then ``PLACE``.
    """
    rows = []
    for source in documents():
        known = theories.elements(source)
        _, out = theories.neighbours(source)
        for row in known.values():
            ends = {basis: [known[one.end] for one in out.get(row.id, []) if one.basis == basis] for basis in BASES}
            if all(ends.values()):
                said = ("; ".join(f"{end.label} ({end.kind})" for end in some) for some in ends.values())
                rows.append((link(row.statement, "theory", row.id), *said, *(getattr(row, name) for name in PLACE)))
    return pd.DataFrame(rows, columns=["Element", *BASES.values(), *PLACE])


BASES = {"layout": "By the layout it leads to", "wording": "By the wording it leads to"}


def calls_on(source: str) -> tuple[dict[str, list[str]], str]:
    """Return the recommendations that touch each element of a theory, and by way of what we know it."""
    if by_action := theories.calls_by_action(source):
        return by_action, BY_ACTIONS
    return theories.calls_by_bottleneck(source), BY_BOTTLENECK


def coverage() -> pd.DataFrame:
    """Return the outputs and outcomes of both theories with the recommendations that touch them, one row each.

    Outputs stand only where data tie recommendations to them. Columns: ``Document``, ``Kind``, ``Element`` (to its
    card), ``Recommendations`` (number), ``Which``, ``Known because``, then ``PLACE``.
    """
    names, recommendations = store.names("sources"), store.rows("recommendations")
    rows = []
    for source in documents():
        touched, way = calls_on(source)
        kinds = GOALS if way == BY_BOTTLENECK else ("outcome",)
        for row in theories.of_kind(source, *kinds):
            numbers = sorted({int(recommendations[key].number) for key in touched.get(row.id, [])})
            which = ", ".join(f"Rec. {number}" for number in numbers) or NOTHING
            element = link(row.label, "theory", row.id)
            place = (getattr(row, name) for name in PLACE)
            rows.append((names[source], row.kind, element, len(numbers), which, way if numbers else "", *place))
    columns = ["Document", "Kind", "Element", "Recommendations", "Which", "Known because", *PLACE]
    return pd.DataFrame(rows, columns=columns)


def apart() -> pd.DataFrame:
    """Return the recommendations that touch no element of the theory of their document, one row each, whole ones only.

    Columns: ``Document``, ``Recommendation`` (to its card), then ``PLACE``.
    """
    names = store.names("sources")
    rows = []
    for source in documents():
        touched = {key for keys in calls_on(source)[0].values() for key in keys}
        calls = store.rows_of("recommendations", source)
        numbers = {int(row.number) for row in calls if row.id in touched}
        wholes = [row for row in calls if not row.parent and row.kind == "recommendation"]
        for row in sorted(wholes, key=lambda row: int(row.number)):
            if int(row.number) not in numbers:
                text = f"{int(row.number)}. {row.statement}"
                place = (getattr(row, name) for name in PLACE)
                rows.append((names[source], link(text, "recommendation", row.id), *place))
    return pd.DataFrame(rows, columns=["Document", "Recommendation", *PLACE])
