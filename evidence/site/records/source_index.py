"""``{source-index}``: everything the book draws from a document, page by page, and what its page numbers are worth."""

from __future__ import annotations

import hashlib
from collections import defaultdict

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from evidence.data import format, store
from evidence.data.records import place_of_lines
from evidence.data.schema import kinds
from evidence.figures.cards import SIDES, card, kind_names, sides_of
from evidence.site.engine.sealed import sealed
from evidence.site.records.domain import domain_of, outdated_lists
from evidence.site.records.paged import pager_of
from evidence.site.records.printed_tables import row_name
from evidence.site.records.registers import UsedIn, basis_of_pages, title
from evidence.site.records.roles import record_link

UNKNOWN = "Pages that are not known"
MOST = 220  # layout: records of a page that stand in one list; a longer one would not fit a page of the site


class RecordLine(nodes.General, nodes.Element):
    """A record in the index of a document; becomes a link to its card."""


class SourceIndex(SphinxDirective):
    """``{source-index} key`` lists, page by page, everything the book draws from a document.

    It says first what a page number leads to, and how the pages are known. Each page has a heading.
    """

    required_arguments = 1

    def run(self):
        source = self.arguments[0]
        domain, pager = domain_of(self.env), pager_of(self.env)
        tables = ["pages", *kinds().values(), *printed_tables(source)]
        domain.rest_on_list(self.env.docname, index_digest(source), ("source-index", source), tables)
        found = records_by_page(source)
        document = store.names("sources")[source]
        sections: list[nodes.Node] = [nodes.paragraph("", "", *page_numbers(source))]
        for page in [*(page for page, _ in store.pages_of(source)), ""]:
            if not found.get(page):
                continue
            anchor = f"page-{page or 'unknown'}"
            for start in range(0, len(found[page]), MOST):
                heading = nodes.title("", page_title(page) + (", continued" if start else ""))
                section = nodes.section("", heading, ids=[f"{anchor}-{start}" if start else anchor], classes=["page"])
                section += sealed(self._list(found[page][start : start + MOST]), self.state.document)
                sections += pager.add(section)
                if not start:
                    name = f"{document}, {format.page(page)}"
                    domain.note("page", f"{source}:{page}", self.env.docname, anchor, name, pager.page)
        return sections

    def _list(self, records: list[tuple[str, str]]) -> nodes.bullet_list:
        """Return a list of records, each with where it is used."""
        items = nodes.bullet_list()
        for kind, name in records:
            line = nodes.paragraph("", "", RecordLine("", kind=kind, key=name))
            if kind != "row":
                line += UsedIn("", kind=kind, key=name)
                domain_of(self.env).show_uses(self.env.docname, kind, name)
            items += nodes.list_item("", line)
        return items


def page_title(page: str) -> str:
    """Return the heading of a page of a document: "Page 22", "Pages 6–10"."""
    if not page:
        return UNKNOWN
    return f"Pages {page.replace('-', '–')}" if "-" in page else f"Page {page}"


def page_numbers(source: str) -> list[nodes.Node]:
    """Return sentences on the page numbers of a document: where they lead, whether it is public, how they are known."""
    row = store.row("sources", source)
    leads = "A page number of this document, here or elsewhere in the book, leads to this list, not to the document"
    if not row.address:
        unknown = f"{leads} itself: we know of no public address at which its publisher offers it. "
        return [nodes.Text(unknown + basis_of_pages(source))]
    link = nodes.reference("", "the publisher’s page", refuri=row.address)
    return [nodes.Text(f"{leads} itself, which stands on "), link, nodes.Text(f". {basis_of_pages(source)}")]


def records_by_page(source: str) -> dict[str, list[tuple[str, str]]]:
    """Return (kind, id) of every record drawn from each page of a document, in its order."""
    found: dict[str, list] = defaultdict(list)
    for kind, table in kinds().items():
        if kind in SIDES:
            for row in store.rows(table).values():
                for key, lines in sides_of(kind, row):
                    if key == source:
                        found[place_of_lines(key, lines).page].append((store.line_range(lines)[0], kind, row.id))
        elif store.schema()[table]["reports"]:
            for row in store.rows_of(table, source):
                found[row.page].append((store.line_range(row.lines)[0], kind, row.id))
    for table in printed_tables(source):
        for row in store.load(table).itertuples():
            found[row.page].append((store.line_range(row.lines)[0], "row", f"{table}#{row.id}"))
    ordered = {}
    for page, items in found.items():
        ordered[page] = list(dict.fromkeys((kind, key) for _, kind, key in sorted(items, key=lambda item: item[0])))
    return ordered


def index_digest(source: str) -> str:
    """Return a digest of everything the index of a document shows; raises KeyError for a document that is gone."""
    found = records_by_page(source)
    lines = [(page, [line_text(*record) for record in records], records) for page, records in found.items()]
    shown = (store.names("sources")[source], store.pages_of(source), lines)
    return hashlib.sha256(repr(shown).encode()).hexdigest()


def outdated(app, env, added, changed, removed) -> list[str]:
    """Return pages whose index of a document is another now (``env-get-outdated``)."""
    return outdated_lists(env, "source-index", index_digest)


def printed_tables(source: str) -> list[str]:
    """Return the names of the tables of a document that are kept whole."""
    return [name for name, resource in store.schema().items() if resource["path"].startswith(f"tables/{source}_")]


def line_text(kind: str, key: str) -> str:
    """Return how a record reads in the index of a document."""
    if kind == "row":
        table, row = key.split("#")
        return f"Table row: {store.schema()[table]['title']}, {row_name(table, store.row(table, row))}"
    return f"{kind_names()[kind]}: {title(card(kind, key))}"


def resolve(app, doctree, docname) -> None:
    """Link every record of an index to its card (``doctree-resolved``)."""
    for node in list(doctree.findall(RecordLine)):
        text, uri = line_text(node["kind"], node["key"]), record_link(app, docname, node["kind"], node["key"])
        shown = nodes.reference("", text, refuri=uri, internal=True) if uri else nodes.inline("", text)
        node.replace_self(shown)


def setup(app) -> None:
    """Add the directive."""
    app.add_node(RecordLine)
    app.add_directive("source-index", SourceIndex)
    app.connect("env-get-outdated", outdated)
    app.connect("doctree-resolved", resolve, priority=490)
