"""Numbers and records in sentences: roles that become links to cards."""

from __future__ import annotations

from collections.abc import Callable

from docutils import nodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxRole
from sphinx.util.nodes import make_refnode

from evidence.data import format, store
from evidence.data.records import Place
from evidence.data.rules import Problem
from evidence.data.store import UnknownId
from evidence.figures import sentences
from evidence.figures.cards import Card, card, kind_names
from evidence.figures.sentences import ROLE
from evidence.site.records.domain import card_digest, domain_of, site_page

LOGGER = logging.getLogger(__name__)
FINDER = "chapters/reference/finder"  # page on which every record can be found


class RecordReference(nodes.Inline, nodes.TextElement):
    """A record named in a sentence; becomes a link to its card, or to a ``part`` of it with an anchor of its own."""


class PlaceReference(nodes.Inline, nodes.TextElement):
    """A page of a document; becomes a link to what the book draws from that page."""


# --- roles ---------------------------------------------------------------------------------


class PageReference(nodes.Inline, nodes.TextElement):
    """A link to a page of the book, ``page``, to one of its headings, ``section``, and what it says when pointed at."""


class FinderReference(nodes.Inline, nodes.TextElement):
    """A link to the finder with what is chosen there, ``choice``, as its address says it."""


class RecordRole(SphinxRole):
    """``{fact}`register-out-2012` ``: prints a record's text as a link to its card."""

    def run(self):
        explicit = sentences.EXPLICIT.fullmatch(self.text)
        key, text = (explicit[2], explicit[1]) if explicit else (self.text, "")
        try:
            node = reference(self.env, self.name, key, text)
        except UnknownId as error:
            LOGGER.warning("%s", error, location=(self.env.docname, self.lineno))
            return [nodes.problematic(self.rawtext, self.rawtext)], []
        node.source, node.line = self.get_source_info()
        return [node], []


def reference(env, kind: str, key: str, text: str = "") -> RecordReference:
    """Return the node of a record in a sentence, in its own words or in ``text``, and note its use.

    Raises :class:`evidence.data.store.UnknownId`.
    """
    item = card(kind, key)
    domain = domain_of(env)
    domain.rest_on(env.docname, card_digest(kind, key), (kind, key))
    anchor = domain.use(kind, key, env.docname)
    return RecordReference("", text or item.text, kind=kind, key=key, ids=[anchor])


def sentence(env, text: str) -> list[nodes.Node]:
    """Return the nodes of a sentence kept as data: its records as links, all else as the text it is.

    Nothing in it is read as Markdown or HTML. Raises :class:`evidence.data.store.UnknownId` for a role that names
    no kind of record or no record.
    """
    found: list[nodes.Node] = []
    end = 0
    for role in ROLE.finditer(text):
        kind, words, key = role.groups()
        if kind not in kind_names():
            raise UnknownId("kind of record", kind, kind_names())
        found += [nodes.Text(text[end : role.start()]), reference(env, kind, key, words or "")]
        end = role.end()
    return [node for node in (*found, nodes.Text(text[end:])) if node.astext()]


def sentence_of(env, table: str, row, column: str, line: int | None = None) -> list[nodes.Node]:
    """Return the nodes of a sentence of a row; warns of a record that does not exist, with the place of the cell.

    ``line`` is that of the directive which shows it, where one line shows one row.
    """
    text = getattr(row, column)
    try:
        return sentence(env, text)
    except UnknownId as error:
        number = next(number for number, other in store.numbered(table) if other.id == row.id)
        location = (env.docname, line) if line else None
        LOGGER.warning("data/%s", Problem(f"{table}.csv", number, column, None, str(error)), location=location)
        return [nodes.problematic(text, text)]


def place_node(place: Place) -> PlaceReference:
    """Return the node of a link to a page of a document."""
    label = format.place(place)
    return PlaceReference(label, label, source_key=place.source, page=place.page)


def page_link(page: str, text: str, section: str = "", hint: str = "") -> PageReference:
    """Return a link to a page of the book by its path, at the heading ``section`` if one is given.

    A ``hint`` describes the link where it is pointed at, and to screen readers.
    """
    return PageReference(text, text, page=page, section=section, hint=hint)


# --- resolving -----------------------------------------------------------------------------


def resolve(app, doctree, docname) -> None:
    """Turn records, places, pages and choices of the finder into links (``doctree-resolved``)."""
    for reference, linked in LINKED.items():
        for node in list(doctree.findall(reference)):
            node.replace_self(linked(app, docname, node))


def _record_linked(app, docname: str, node: RecordReference) -> nodes.Node:
    """Return the link to where a record is listed; its words alone, and a warning, where no page lists it."""
    kind, words = node["kind"], node.astext()
    content = nodes.Text(words) if node.get("plain") else nodes.inline("", words, classes=["number", kind])
    target = domain_of(app.env).data["objects"].get((kind, node["key"]))
    if target is None:
        LOGGER.warning("%s %r is on no register page", kind, node["key"], location=node)
        return content
    page, anchor, _ = target
    anchor = f"{node['part']}-{anchor}" if node.get("part") else anchor
    link = make_refnode(app.builder, docname, site_page(app, page), anchor, [content], kind_names()[kind])
    link["ids"] = node["ids"]
    link["classes"] = [*link["classes"], "record"]
    return link


def _place_linked(app, docname: str, node: PlaceReference) -> nodes.Node:
    """Return the link to a page of a document in its index; its words alone where nothing is drawn from that page."""
    target = domain_of(app.env).data["objects"].get(("page", f"{node['source_key']}:{node['page']}"))
    content = nodes.inline("", node.astext(), classes=["place"])
    if target is None:
        return content
    return make_refnode(app.builder, docname, site_page(app, target[0]), target[1], [content], None)


def _page_linked(app, docname: str, node: PageReference) -> nodes.Node:
    """Return the link to a page of the book; its words alone, and a warning, where there is none."""
    content = nodes.inline("", node.astext())
    if node["page"] not in app.env.found_docs:
        LOGGER.warning("there is no page %r", node["page"], location=docname)
        return content
    anchor = nodes.make_id(node["section"])
    page = site_page(app, domain_of(app.env).page_of(node["page"], anchor))
    return make_refnode(app.builder, docname, page, anchor, [content], node.get("hint") or None)


def _finder_linked(app, docname: str, node: FinderReference) -> nodes.Node:
    """Return the link to a choice in the finder; its words alone in a book without one."""
    uri, words = record_link(app, docname, "finder", node["choice"]), nodes.Text(node.astext())
    return nodes.reference("", "", words, refuri=uri, internal=True) if uri else words


LINKED: dict[type[nodes.Node], Callable] = {  # what each kind of reference becomes
    RecordReference: _record_linked,
    PlaceReference: _place_linked,
    PageReference: _page_linked,
    FinderReference: _finder_linked,
}


def record_link(app, docname: str, kind: str, key: str) -> str:
    """Return the link from a page of the book to a record or page of a document, "" if it is not listed.

    The kind "chapter" leads to a page of the book by its path, "finder" to the finder by what is chosen there.
    """
    if kind == "chapter":
        return app.builder.get_relative_uri(docname, key) if key in app.env.found_docs else ""
    if kind == "finder":
        return f"{app.builder.get_relative_uri(docname, FINDER)}?{key}" if FINDER in app.env.found_docs else ""
    target = domain_of(app.env).data["objects"].get((kind, key))
    return app.builder.get_relative_uri(docname, site_page(app, target[0])) + f"#{target[1]}" if target else ""


def cards_on_page(app, docname: str) -> list[tuple[Card, str]]:
    """Return the cards of the records used in the sentences of a page, each with its link."""
    domain = domain_of(app.env)
    found = []
    for kind, key in dict.fromkeys(used[:2] for used in domain.data["uses"].get(docname, [])):
        link = record_link(app, docname, kind, key)
        if link:
            found.append((card(kind, key), link))
    return found


def pass_through(translator, node) -> None:
    """Write the words of a node: of a heading in the contents of a page, which is no place for links to records."""


def setup(app) -> None:
    """Add roles and event."""
    for node in (RecordReference, PlaceReference, PageReference, FinderReference):
        app.add_node(node, **dict.fromkeys(("html", "latex", "text"), (pass_through, pass_through)))
    for name in kind_names():
        app.add_role(name, RecordRole())
    app.connect("doctree-resolved", resolve)
