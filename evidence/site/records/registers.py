"""``{register}``: every record of a kind, each on its card."""

from __future__ import annotations

import hashlib
from collections import Counter
from html import escape

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective

from evidence.data import format, store
from evidence.data.relations import related_tables
from evidence.data.schema import kinds
from evidence.figures.cards import BASES, NUMBERS, Card, card, ids, kind_names, languages, noted, related, tables_behind
from evidence.site import downloads, imprint
from evidence.site.engine.sealed import sealed
from evidence.site.languages import in_language
from evidence.site.records.domain import card_digest, domain_of, outdated_lists, site_page
from evidence.site.records.folds import visit_fold
from evidence.site.records.paged import pager_of
from evidence.site.records.roles import RecordReference, pass_through, place_node
from evidence.site.safety import markup

WHEN = ("As of", "Period", "Date", "Since")  # labels of details that say as of when
EVERYWHERE = "Kazakhstan"  # the place that goes without saying
FEW = 2  # layout: so many related records stand in a line


class Disclosure(nodes.General, nodes.Element):
    """A list under a line that opens it."""


class CardHead(nodes.General, nodes.TextElement):
    """The head of a card: a heading of ``level``, so that a screen reader can step through cards."""


class Row(nodes.General, nodes.Element):
    """A record in a register: a line that opens on all that is known of it. Its first child is that line."""


class RowLine(nodes.General, nodes.Element):
    """The line of a :class:`Row`."""


class Report(nodes.General, nodes.Element):
    """A place for the link that reports an error in a record; filled where the book has a repository."""


class UsedIn(nodes.General, nodes.Element):
    """Where a record is used; becomes a list of links when every page has been read."""


def record_node(item: Card, level: int = 2) -> Row:
    """Return a record as it stands in a register: a line that opens, its head a heading of a level.

    The place that links lead to is inside, so that a browser opens the row that a link leads to.
    """
    head = CardHead("", "", level=level)
    if item.kind in NUMBERS:
        head += [nodes.strong("", item.text), nodes.Text(" ")]
    head += nodes.Text(item.head)
    line = RowLine("", head)
    if said := in_brief(item):
        line += nodes.inline("", said, classes=["brief"])
    box = nodes.container("", classes=["record"], ids=[f"{item.kind}-{item.id}"])
    by_line = store.schema()[kinds()[item.kind]]["record"].get("lines")
    box += details_by_line(item) if by_line else details_in_a_row(item)
    box += [related_node(label, records) for label, records in related(item.kind, item.id).items()]
    foot = nodes.paragraph("", "", classes=["foot"])
    for position, place in enumerate(item.places):
        foot += [nodes.Text(" · " if position else ""), place_node(place)]
    foot += UsedIn("", kind=item.kind, key=item.id)
    box += [foot, record_details(item)]
    return Row("", line, box, classes=["card", item.kind])


def in_brief(item: Card) -> str:
    """Return what the line of a record says after its head: the page it stands on, and as of when."""
    pages = dict.fromkeys(format.page(place.page) for place in item.places if place.page)
    when = [text for label, text in item.pairs if label in WHEN]
    return " · ".join([*list(pages)[:1], *when[:1]])


def record_details(item: Card) -> Disclosure:
    """Return what only those need who check or cite a record: notes on the extraction, lines, its id."""
    said = [(label, text) for label, text in noted(item) if text != BASES["inferred"]]  # the list says it once
    line = nodes.paragraph("", "", *(nodes.Text(f"{label}: {text}; ") for label, text in said))
    line += [nodes.Text("id: "), nodes.literal("", item.id), Report("", kind=item.kind, key=item.id)]
    return Disclosure("", line, summary="Record details", classes=["details"])


def details_by_line(item: Card) -> nodes.Element:
    """Return labels and texts of a card, each pair on its line."""
    spoken = languages(item.kind)
    lines = [
        nodes.line("", "", nodes.emphasis("", f"{label}: "), in_language(text, spoken.get(label, "")))
        for label, text in item.pairs
    ]
    return nodes.line_block("", *lines, classes=["pairs"])


def details_in_a_row(item: Card) -> nodes.Element:
    """Return labels and texts of a card, one after the other."""
    row, spoken = nodes.paragraph("", "", classes=["pairs"]), languages(item.kind)
    for position, (label, text) in enumerate(item.pairs):
        words = in_language(text, spoken.get(label, ""))
        row += [nodes.Text("; " if position else ""), nodes.emphasis("", f"{label}: "), words]
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


def items(kind: str, source: str | None, is_between: bool) -> list[Card]:
    """Return the cards of a register: of all records of a kind, of one document, or of those between documents."""
    found = [card(kind, key) for key in ids(kind)]
    if source:
        found = [item for item in found if documents_of(item) == {source}]
    return [item for item in found if len(documents_of(item)) > 1] if is_between else found


def register_digest(kind: str, source: str | None, is_between: bool) -> str:
    """Return a digest of everything a register shows; raises KeyError for a kind that is gone."""
    shown = [
        (
            item,
            noted(item),
            [
                (label, [(*other, title(card(*other))) for other in others])
                for label, others in related(*item[:2]).items()
            ],
        )
        for item in items(kind, source, is_between)
    ]
    return hashlib.sha256(repr(shown).encode()).hexdigest()


def outdated(app, env, added, changed, removed) -> list[str]:
    """Return pages whose register is another now (``env-get-outdated``)."""
    return outdated_lists(env, "register", register_digest)


def basis_of_pages(source: str) -> str:
    """Return how the pages of a document are known, as a sentence."""
    rows = store.of_document("pages", source)
    count = Counter(rows["page_basis"])
    if not count["inferred"]:
        return "The page numbers are those printed in the text."
    if count["printed"]:
        return "Where no page number is printed, we inferred it from the nearest printed ones or the table of contents."
    doubt = "; where these leave a doubt we give a range, or none" if rows["page"].str.contains("-").any() else ""
    return f"The text prints no page numbers: we inferred each from the table of contents and page breaks{doubt}."


def filters(kind: str, source: str | None = None, listed: str = "") -> nodes.raw:
    """Return the place of the filters over a register; ``listed`` selects what else the page lists of the records."""
    document = f' data-document="{escape(source)}"' if source else ""
    parts = f' data-list="{escape(listed)}"' if listed else ""
    return markup(f'<div class="finder" data-kinds="{escape(kind)}"{document}{parts}></div>')


class Register(SphinxDirective):
    """``{register} finding`` lists records of a kind.

    All; those of one document (``:source:``), which may have none yet; those ``:between:`` documents; or, in a section
    each, those between documents and those of every document that has some (``:by-document:``).
    """

    required_arguments = 1
    option_spec = {"source": directives.unchanged, "between": directives.flag, "by-document": directives.flag}

    def run(self):
        kind, source = self.arguments[0], self.options.get("source")
        if kind not in kinds():
            raise self.error(f"no kind of record is called {kind!r}; there are {', '.join(kinds())}")
        if source and source not in store.rows("sources"):
            raise self.error(str(store.UnknownId("document", source, store.rows("sources"))))
        made_of = (kind, source, "between" in self.options)
        tables = sorted(tables_behind(kind) | related_tables(kinds()[kind]))
        key = ("register", *made_of)
        domain_of(self.env).rest_on_list(self.env.docname, register_digest(*made_of), key, tables)
        found = items(*made_of)
        above = self._above(kind, source)
        if "by-document" in self.options:
            return [*above, *self._sections(found)]
        if not found and source:
            return [nodes.paragraph("", f"No {kind_names()[kind].lower()} has been taken from this document yet.")]
        if not found:
            raise self.error(f"the register of {kind} has no record")
        return [*above, self._box(found)]

    def _above(self, kind: str, source: str | None) -> list[nodes.Node]:
        """Return what stands above a register: the filters, its files, and how its page numbers are known."""
        has_files = source is None or store.schema()[kinds()[kind]]["reports"]
        found: list[nodes.Node] = [filters(kind, source)]
        if has_files:
            found.append(downloads.of_register(self.env.docname, kinds()[kind], source or ""))
        if source:
            found.append(nodes.paragraph("", basis_of_pages(source), classes=["basis"]))
        return found

    def _box(self, items: list[Card], level: int = 2) -> nodes.Node:
        """Return cards as they stand on the page, noted as listed here."""
        domain, pager = domain_of(self.env), pager_of(self.env)
        box = nodes.container("", classes=["register"])
        for item in items:
            shown = pager.add(record_node(item, level))
            domain.note(item.kind, item.id, self.env.docname, f"{item.kind}-{item.id}", title(item), pager.page)
            domain.show_uses(self.env.docname, item.kind, item.id)
            if item.kind == "calc":
                key = (item.kind, item.id)
                domain.rest_on(self.env.docname, card_digest(*key), key)
            box += shown
        return sealed(box, self.state.document)

    def _sections(self, items: list[Card]) -> list[nodes.Node]:
        """Return a section of the cards between documents, and one of those of each document, where there are some."""
        groups = {"Between documents": [item for item in items if len(documents_of(item)) > 1]}
        for key, name in store.names("sources").items():
            groups[name] = [item for item in items if documents_of(item) == {key}]
        found: list[nodes.Node] = []
        for name, group in groups.items():
            if group:
                marks = pager_of(self.env).marks(record_node(group[0], 3))
                section = nodes.section("", nodes.title("", name), self._box(group, 3), names=[name.lower()])
                self.state.document.note_implicit_target(section, section)
                found += [*marks, section]
        return found


def documents_of(item: Card) -> set[str]:
    """Return the documents that a record rests on."""
    return {place.source for place in item.places}


def title(item: Card) -> str:
    """Return what the search shows of a record."""
    if item.kind not in NUMBERS:
        return item.head
    detail = [text for label, text in item.pairs if label in ("Place", "As of") and text != EVERYWHERE]
    return ", ".join([f"{item.head}: {item.text}", *detail])


def visit_head(self, node) -> None:
    self.body.append(f'<h{node["level"]} class="head">')


def depart_head(self, node) -> None:
    self.body.append(f"</h{node['level']}>\n")


def visit_line(self, node) -> None:
    self.body.append("<summary>")


def depart_line(self, node) -> None:
    self.body.append("</summary>")


def visit_text(self, node) -> None:
    self.new_state(0)


def depart_text(self, node) -> None:
    self.end_state()


def visit_disclosure(self, node) -> None:
    self.body.append(self.starttag(node, "details") + f"<summary>{escape(node['summary'])}</summary>")


def depart_disclosure(self, node) -> None:
    self.body.append("</details>")


def resolve(app, doctree, docname) -> None:
    """Fill in where records are used (``doctree-resolved``)."""
    domain = domain_of(app.env)
    users = domain.users() if next(doctree.findall(UsedIn), None) else {}
    if app.builder.format != "html":  # where nothing opens, lists stand under their line
        for node in list(doctree.findall(Disclosure)):
            node.replace_self([nodes.paragraph("", node["summary"]), *node.children])
    for node in list(doctree.findall(Report)):
        link = imprint.report_address(app, f"{node['kind']} {node['key']}")
        report = [nodes.Text(" · "), nodes.reference("", "report an error", refuri=link)] if link else []
        node.replace_self(report)
    for node in list(doctree.findall(UsedIn)):
        links: list[nodes.Node] = []
        for page, anchor in users.get((node["kind"], node["key"]), {}).items():
            if page == docname:
                continue
            uri = app.builder.get_relative_uri(docname, site_page(app, domain.page_of(page, anchor))) + f"#{anchor}"
            links += [
                nodes.Text(", " if links else " · used in "),
                nodes.reference("", app.env.titles[page].astext(), refuri=uri),
            ]
        node.replace_self(nodes.inline("", "", *links, classes=["used"]) if links else [])


def setup(app) -> None:
    """Add the directive."""
    app.add_node(UsedIn)
    app.add_node(Report)
    plain = (pass_through, pass_through)
    app.add_node(CardHead, html=(visit_head, depart_head), latex=plain, text=(visit_text, depart_text))
    app.add_node(Row, html=(visit_fold, depart_disclosure), latex=plain, text=plain)
    app.add_node(RowLine, html=(visit_line, depart_line), latex=plain, text=plain)
    app.add_node(Disclosure, html=(visit_disclosure, depart_disclosure))
    app.add_directive("register", Register)
    app.connect("env-get-outdated", outdated)
    app.connect("doctree-resolved", resolve, priority=490)
