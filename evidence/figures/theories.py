"""Theories of change as graphs: their elements, their links, and what hangs on which kind of link."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import NamedTuple

from evidence.data import store

NODES, EDGES = "theory_nodes", "theory_edges"
ANSWERED = "answered-by"  # from a bottleneck to what answers it
READINGS = {  # which bases of a link a reading lets count
    "Every link": ("stated", "wording", "layout", "analyst"),
    "Words only": ("stated", "wording"),
    "Layout only": ("layout",),
    "All but ours": ("stated", "wording", "layout"),
}


class Link(NamedTuple):
    """A link of a theory: its id, the elements it joins, what the first is to the second, on what it rests, where."""

    id: str
    start: str
    end: str
    relation: str
    basis: str
    lines: str


@cache
def elements(source: str) -> dict:
    """Return the elements of the theory of change of a document by id, in the order of its text (``theory_nodes``)."""
    rows = sorted(store.rows_of(NODES, source), key=lambda row: (store.line_range(row.lines)[0], row.id))
    return {row.id: row for row in rows}


@cache
def links(source: str) -> list[Link]:
    """Return the links of the theory of change of a document by what they lead to, then whence (``theory_edges``)."""
    order = {key: at for at, key in enumerate(elements(source))}
    rows = store.of_document(EDGES, source).to_dict("records")
    names = ("id", "from", "to", "relation", "basis", "lines")  # of the fields of a link
    found = [Link(*(row[name] for name in names)) for row in rows]
    return sorted(found, key=lambda link: (order[link.end], order[link.start]))


@cache
def neighbours(source: str) -> tuple[dict[str, list[Link]], dict[str, list[Link]]]:
    """Return the links that lead to each element, and those that go out from it, by its id."""
    there, out = defaultdict(list), defaultdict(list)
    for link in links(source):
        there[link.end].append(link)
        out[link.start].append(link)
    return dict(there), dict(out)


def of_kind(source: str, *kinds: str) -> list:
    """Return the elements of some kinds, in the order of the text."""
    return [row for row in elements(source).values() if row.kind in kinds]


def answers(source: str, bottleneck: str) -> list[Link]:
    """Return the links by which elements answer a bottleneck."""
    _, out = neighbours(source)
    return [link for link in out.get(bottleneck, []) if link.relation == ANSWERED]


def answered(source: str, key: str) -> list[Link]:
    """Return the links by which an element answers a bottleneck."""
    there, _ = neighbours(source)
    return [link for link in there.get(key, []) if link.relation == ANSWERED]


def aims(source: str, key: str) -> list[str]:
    """Return the ids of the outcomes that an element leads to at once."""
    known = elements(source)
    _, out = neighbours(source)
    return [link.end for link in out.get(key, []) if known[link.end].kind == "outcome"]


def leading(source: str, bases: tuple[str, ...]) -> set[str]:
    """Return the ids of the elements from which the vision is reached by links of some bases, itself included."""
    there: dict[str, set[str]] = defaultdict(set)
    for link in links(source):
        if link.basis in bases:
            there[link.end].add(link.start)
    found: set[str] = set()
    ahead = {row.id for row in of_kind(source, "vision")}
    while ahead:
        found |= ahead
        ahead = {before for key in ahead for before in there[key]} - found
    return found


def bases_of(source: str, key: str) -> list[str]:
    """Return the distinct bases of the links from and to an element, in the order of the definition."""
    there, out = neighbours(source)
    found = {link.basis for link in (*there.get(key, []), *out.get(key, []))}
    return [basis for basis in store.labels(EDGES, "basis") if basis in found]


@cache
def calls_by_action(source: str) -> dict[str, list[str]]:
    """Return the recommendations whose actions serve an outcome, by the id of the outcome (``actions.outcomes``)."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in sorted(store.rows("actions").values(), key=lambda row: row.number):
        for outcome in store.items(row.outcomes) if row.source == source else []:
            if row.recommendation not in found[outcome]:
                found[outcome].append(row.recommendation)
    return dict(found)


@cache
def calls_by_bottleneck(source: str) -> dict[str, list[str]]:
    """Return the recommendations that answer a bottleneck, by the id of the element that answers it too.

    A recommendation answers a bottleneck if a finding it rests on (our reading) stands in the lines of the bottleneck.
    """
    findings = store.rows("findings")
    on_lines: dict[str, list[str]] = defaultdict(list)
    for row in sorted(store.rows_of("recommendations", source), key=lambda row: (row.number, row.part)):
        for key in store.items(row.rests_on):
            on_lines[findings[key].lines].append(row.id)
    found: dict[str, list[str]] = defaultdict(list)
    for bottleneck in of_kind(source, "bottleneck"):
        for link in answers(source, bottleneck.id):
            found[link.end] += [key for key in on_lines.get(bottleneck.lines, []) if key not in found[link.end]]
    return {key: keys for key, keys in found.items() if keys}
