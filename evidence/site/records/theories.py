"""``{theory-graph}`` draws a theory of change, ``{theory-list}`` says it in words: each element with all its links."""

from __future__ import annotations

import pandas as pd
from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from evidence.data import format, store
from evidence.data.records import PLACE, place_of_lines, place_of_row
from evidence.exhibits.exhibit import exhibit, link
from evidence.exhibits.graph import ANCHOR, PLURALS, drawing
from evidence.figures.theories import EDGES, NODES, Link, elements, links, neighbours
from evidence.site.figures import exhibit_nodes
from evidence.site.records.domain import domain_of, table_digest
from evidence.site.records.roles import RecordReference, pass_through

DIRECTIONS = ("What leads here", "What follows")
FEW_CELLS = 60  # layout: of the table of links beside a list that says them all


class LinkLine(nodes.General, nodes.TextElement):
    """A line of a list, without a paragraph of its own: a page has hundreds of them."""


def table(source: str) -> pd.DataFrame:
    """Return the links of a theory, one row each: from, kind of link, to, basis, then the columns of its place."""
    rows, kinds, bases = elements(source), store.labels(EDGES, "relation"), store.labels(EDGES, "basis")
    found = [
        (
            link(rows[one.start].label, "theory", one.start),
            kinds[one.relation],
            link(rows[one.end].label, "theory", one.end),
            bases[one.basis],
            *(getattr(rows[one.start], name) for name in PLACE),
        )
        for one in links(source)
    ]
    frame = pd.DataFrame(found, columns=["From", "Link", "To", "On what it rests", *PLACE])
    frame["lines"] = [one.lines for one in links(source)]
    pages = [place_of_lines(source, one.lines) for one in links(source)]
    frame["page"], frame["page_basis"] = [place.page for place in pages], [place.basis for place in pages]
    return frame


def rest_on_theory(env) -> None:
    """Note that a page is made from the tables of theories."""
    for name in (NODES, EDGES):
        domain_of(env).rest_on(env.docname, table_digest(name), ("table", name))


class TheoryGraph(SphinxDirective):
    """``{theory-graph} EXHIBIT`` draws the theory of the document of an exhibit, with its links as the table."""

    required_arguments = 1

    def run(self):
        key = self.arguments[0]
        source = store.row("exhibits", key).document
        if not source or not elements(source):
            raise self.error(f"the document of exhibit {key!r} in exhibits.csv has no theory of change")
        rest_on_theory(self.env)
        payload = exhibit(key, table(source)).payload
        drawn = {"chart": {}, "svg": {"wide": drawing(source)}, "css": "graph-exhibit", "most_cells": FEW_CELLS}
        return exhibit_nodes(self.env, payload | drawn)


def said_of(links_: list[Link], other: str, rows: dict) -> nodes.bullet_list:
    """Return the links of an element on one side: how, with what, on what basis."""
    relations = {row["value"]: row for row in _relations()}
    bases = store.labels(EDGES, "basis")
    found = nodes.bullet_list()
    for one in links_:
        key = getattr(one, other)
        words = relations[one.relation]["out" if other == "end" else "in"]
        reference = nodes.reference("", rows[key].label, refid=f"{ANCHOR}{key}", internal=True)
        line = LinkLine("", "", nodes.Text(f"{words} "), reference, nodes.Text(f" ({bases[one.basis]})"))
        found += nodes.list_item("", line)
    return found


def _relations() -> list[dict[str, str]]:
    """Return each kind of link with what it is called from either end."""
    labels = store.schema()[EDGES]["links"]["labels"]
    return [{"value": code, "out": there, "in": back} for code, (there, back) in labels.items()]


class TheoryList(SphinxDirective):
    """``{theory-list} DOCUMENT`` lists the elements of a theory by kind, what leads to each and what follows."""

    required_arguments = 1

    def run(self):
        source = self.arguments[0]
        rows = elements(source)
        if not rows:
            raise self.error(f"no theory of change of {source!r}; see theory_nodes.csv")
        rest_on_theory(self.env)
        box = nodes.container("", classes=["elements"])
        for kind, plural in reversed(PLURALS.items()):
            some = [row for row in rows.values() if row.kind == kind]
            if some:
                box += nodes.rubric("", f"{plural} ({len(some)})")
                box += nodes.bullet_list("", *(self._item(source, row) for row in some))
        return [box]

    def _item(self, source: str, row) -> nodes.list_item:
        """Return what is said of an element."""
        there, out = neighbours(source)
        card = RecordReference("", row.statement, kind="theory", key=row.id, plain=True)
        kind = store.labels(NODES, "kind")[row.kind]
        where = format.place(place_of_row(row), with_document=False)
        head = nodes.paragraph("", "", nodes.strong("", row.label), nodes.Text(f", {kind}. "), card)
        head += nodes.Text(f" ({where}).")
        item = nodes.list_item("", head, ids=[f"{ANCHOR}{row.id}"])
        for side, found, other in zip(DIRECTIONS, (there.get(row.id), out.get(row.id)), ("start", "end")):
            if found:
                item += [nodes.paragraph("", f"{side}:"), said_of(found, other, elements(source))]
        if row.unlinked:
            item += nodes.paragraph("", f"No link. {row.unlinked}")
        return item


def setup(app) -> None:
    """Add the directives."""
    app.add_node(LinkLine, **dict.fromkeys(("html", "latex", "text"), (pass_through, pass_through)))
    app.add_directive("theory-graph", TheoryGraph)
    app.add_directive("theory-list", TheoryList)
