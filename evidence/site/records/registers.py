"""``{register}``: every record of a kind, each on its card."""

from __future__ import annotations

from html import escape

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective

from evidence.data import store
from evidence.data.relations import related_tables
from evidence.data.schema import kinds
from evidence.site.engine.sealed import sealed
from evidence.site.records.cards import Card, card, ids, related, tables_behind
from evidence.site.records.domain import card_digest, domain_of, table_digest
from evidence.site.records.roles import RecordReference, place_node

FEW = 2  # so many related records stand in a line


class Disclosure(nodes.General, nodes.Element):
    """A list under a line that opens it."""


class UsedIn(nodes.General, nodes.Element):
    """Where a record is used; becomes a list of links when every page has been read."""


def record_node(item: Card) -> nodes.container:
    """Return the card of a record as it stands in a register."""
    box = nodes.container("", classes=["card", item.kind], ids=[f"{item.kind}-{item.id}"])
    head = nodes.paragraph("", "", classes=["head"])
    if item.kind in ("fact", "calc"):
        head += [nodes.strong("", item.text), nodes.Text(" ")]
    head += nodes.Text(item.head)
    box += head
    by_line = store.schema()[kinds()[item.kind]]["record"].get("lines")
    box += details_by_line(item) if by_line else details_in_a_row(item)
    box += [related_node(label, records) for label, records in related(item.kind, item.id).items()]
    foot = nodes.paragraph("", "", classes=["foot"])
    for place in item.places:
        foot += [place_node(place), nodes.Text(" · ")]
    foot += nodes.literal("", item.id)
    foot += UsedIn("", kind=item.kind, key=item.id)
    box += foot
    return box


def details_by_line(item: Card) -> nodes.Element:
    """Return labels and texts of a card, each pair on its line."""
    lines = [nodes.line("", "", nodes.emphasis("", f"{label}: "), nodes.Text(text)) for label, text in item.pairs]
    return nodes.line_block("", *lines, classes=["pairs"])


def details_in_a_row(item: Card) -> nodes.Element:
    """Return labels and texts of a card, one after the other."""
    row = nodes.paragraph("", "", classes=["pairs"])
    for position, (label, text) in enumerate(item.pairs):
        row += [nodes.Text("; " if position else ""), nodes.emphasis("", f"{label}: "), nodes.Text(text)]
    return row


def related_node(label: str, records: list[tuple[str, str]]) -> nodes.Element:
    """Return links to related records: in a line if they are few, else in a list that opens."""
    links = [RecordReference("", title(card(*record)), kind=record[0], key=record[1], plain=True) for record in records]
    if len(links) <= FEW:
        line = nodes.paragraph("", "", nodes.emphasis("", f"{label}: "), classes=["pairs"])
        for position, link in enumerate(links):
            line += [nodes.Text("; " if position else ""), link]
        return line
    items = [nodes.list_item("", nodes.paragraph("", "", link)) for link in links]
    return Disclosure("", nodes.bullet_list("", *items), summary=f"{label}: {len(links)}", classes=["pairs"])


class Register(SphinxDirective):
    """``{register} finding`` lists records of a kind: all, of one document (``:source:``), ``:between:`` documents."""

    required_arguments = 1
    option_spec = {"source": directives.unchanged, "between": directives.flag}

    def run(self):
        kind, source = self.arguments[0], self.options.get("source")
        if kind not in kinds():
            raise self.error(f"no kind of record is called {kind!r}; there are {', '.join(kinds())}")
        domain = domain_of(self.env)
        for table in sorted(tables_behind(kind) | related_tables(kinds()[kind])):
            domain.rest_on(self.env.docname, table_digest(table), ("table", table))
        box = nodes.container("", classes=["register"])
        for key in ids(kind):
            item = card(kind, key)
            sources = {place.source for place in item.places}
            if (source and sources != {source}) or ("between" in self.options and len(sources) < 2):
                continue
            domain.note(kind, key, self.env.docname, f"{kind}-{key}", title(item))
            if kind == "calc":
                domain.rest_on(self.env.docname, card_digest(kind, key), (kind, key))
            box += record_node(item)
        if not box.children:
            raise self.error(f"the register of {kind} has no record" + (f" of {source}" if source else ""))
        return [sealed(box, self.state.document)]


def title(item: Card) -> str:
    """Return what the search shows of a record."""
    if item.kind not in ("fact", "calc"):
        return item.head
    detail = [text for label, text in item.pairs if label in ("Place", "As of")]
    return ", ".join([f"{item.head}: {item.text}", *detail])


def visit_disclosure(self, node) -> None:
    self.body.append(self.starttag(node, "details") + f"<summary>{escape(node['summary'])}</summary>")


def depart_disclosure(self, node) -> None:
    self.body.append("</details>")


def resolve(app, doctree, docname) -> None:
    """Fill in where records are used (``doctree-resolved``)."""
    users = domain_of(app.env).users() if next(doctree.findall(UsedIn), None) else {}
    if app.builder.format != "html":  # where nothing opens, lists stand under their line
        for node in list(doctree.findall(Disclosure)):
            node.replace_self([nodes.paragraph("", node["summary"]), *node.children])
    for node in list(doctree.findall(UsedIn)):
        links: list[nodes.Node] = []
        for page, anchor in users.get((node["kind"], node["key"]), {}).items():
            if page == docname:
                continue
            uri = app.builder.get_relative_uri(docname, page) + f"#{anchor}"
            links += [
                nodes.Text(", " if links else " · used in "),
                nodes.reference("", app.env.titles[page].astext(), refuri=uri),
            ]
        node.replace_self(nodes.inline("", "", *links, classes=["used"]) if links else [])


def setup(app) -> None:
    """Add the directive."""
    app.add_node(UsedIn)
    app.add_node(Disclosure, html=(visit_disclosure, depart_disclosure))
    app.add_directive("register", Register)
    app.connect("doctree-resolved", resolve, priority=490)
