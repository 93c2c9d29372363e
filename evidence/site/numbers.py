"""Numbers and records in sentences: the roles, where records live, and where they are used."""

from __future__ import annotations

import hashlib
import re

from docutils import nodes
from sphinx.domains import Domain, ObjType
from sphinx.util import logging
from sphinx.util.docutils import SphinxRole
from sphinx.util.nodes import make_refnode

from evidence import store
from evidence.provenance import UnknownId
from evidence.site.cards import NAMES, Card, Place, card

LOGGER = logging.getLogger(__name__)
EXPLICIT = re.compile(r"^(.+?)\s*<([^<>]+)>$", re.DOTALL)


class RecordReference(nodes.Inline, nodes.TextElement):
    """A record named in a sentence; becomes a link to its card."""


class PlaceReference(nodes.Inline, nodes.TextElement):
    """A page of a document; becomes a link to what the book draws from that page."""


class EvidenceDomain(Domain):
    """Knows on which page each record is listed and on which pages it is used."""

    name = "evidence"
    label = "Evidence"
    object_types = {kind: ObjType(name.lower(), kind) for kind, name in NAMES.items()} | {
        "exhibit": ObjType("exhibit", "exhibit"),
        "page": ObjType("page of a document", "page"),
        "row": ObjType("table row", "row"),
    }
    initial_data = {"objects": {}, "listed": {}, "uses": {}, "digests": {}}
    data_version = 3

    def note(self, kind: str, key: str, docname: str, anchor: str, title: str) -> None:
        """Note where a record is listed; :func:`check_listed` refuses a second page."""
        self.data["objects"][kind, key] = (docname, anchor, title)
        self.data["listed"].setdefault(docname, set()).add((kind, key))

    def use(self, kind: str, key: str, docname: str) -> str:
        """Note that a page uses a record; return the anchor of this use."""
        uses = self.data["uses"].setdefault(docname, [])
        count = sum(1 for used in uses if used[:2] == (kind, key))
        anchor = f"use-{kind}-{key}" + (f"-{count + 1}" if count else "")
        uses.append((kind, key, anchor))
        return anchor

    def used_in(self, kind: str, key: str) -> list[tuple[str, str]]:
        """Return (page, anchor of the first use) of every page that uses a record."""
        found = []
        for docname, uses in sorted(self.data["uses"].items()):
            anchors = [anchor for used, name, anchor in uses if (used, name) == (kind, key)]
            if anchors:
                found.append((docname, anchors[0]))
        return found

    def rest_on(self, docname: str, digest: str, key: tuple) -> None:
        """Note what a page's text depends on: a record or a table, with its digest now."""
        self.data["digests"].setdefault(docname, {})[key] = digest

    def clear_doc(self, docname: str) -> None:
        self.data["objects"] = {key: value for key, value in self.data["objects"].items() if value[0] != docname}
        self.data["listed"].pop(docname, None)
        self.data["uses"].pop(docname, None)
        self.data["digests"].pop(docname, None)

    def merge_domaindata(self, docnames, otherdata) -> None:
        self.data["objects"].update({k: v for k, v in otherdata["objects"].items() if v[0] in docnames})
        for part in ("listed", "uses", "digests"):
            self.data[part].update({k: v for k, v in otherdata[part].items() if k in docnames})

    def get_objects(self):
        for (kind, key), (docname, anchor, title) in sorted(self.data["objects"].items()):
            yield key, title, kind, docname, anchor, -1 if kind == "page" else 1


# --- digests: what makes a page outdated ---------------------------------------------------


def card_digest(kind: str, key: str) -> str:
    """Return a digest of everything a page shows of a record, "" if it is gone."""
    try:
        return hashlib.sha256(repr(card(kind, key)).encode()).hexdigest()
    except UnknownId:
        return ""


def table_digest(name: str) -> str:
    """Return a digest of the file of a table."""
    path = store.DATA / store.schema()[name]["path"]
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def current_digest(key: tuple) -> str:
    """Return the digest now of what :meth:`EvidenceDomain.rest_on` noted."""
    return table_digest(key[1]) if key[0] == "table" else card_digest(*key)


def outdated(app, env, added, changed, removed) -> list[str]:
    """Return pages whose records or tables have changed since they were read (``env-get-outdated``)."""
    noted = env.get_domain("evidence").data["digests"]
    now: dict[tuple, str] = {}
    stale = []
    for docname, digests in noted.items():
        for key, digest in digests.items():
            if key not in now:
                now[key] = current_digest(key)
            if now[key] != digest:
                stale.append(docname)
                break
    return [docname for docname in stale if docname in env.found_docs]


def rewritten(app, env) -> list[str]:
    """Return the register pages to write anew because uses of records changed (``env-updated``)."""
    domain = env.get_domain("evidence")
    digest = hashlib.sha256(repr(sorted(domain.data["uses"].items())).encode()).hexdigest()
    places = hashlib.sha256(repr(sorted(domain.data["objects"].items())).encode()).hexdigest()
    before = getattr(env, "evidence_uses_digest", None)
    env.evidence_uses_digest = (digest, places)
    if before is None or before == (digest, places):
        return []
    return sorted({docname for docname, _, _ in domain.data["objects"].values()})


def check_listed(app, env) -> None:
    """Refuse a record or exhibit that stands on two pages (``env-check-consistency``)."""
    first: dict[tuple, str] = {}
    for docname, keys in sorted(env.get_domain("evidence").data["listed"].items()):
        for kind, key in sorted(keys):
            if (kind, key) in first:
                LOGGER.warning("%s %r is already on page %s", kind, key, first[kind, key], location=docname)
            first.setdefault((kind, key), docname)


# --- roles ---------------------------------------------------------------------------------


class RecordRole(SphinxRole):
    """``{fact}`register-out-2012` ``: prints a record's text as a link to its card."""

    def run(self):
        explicit = EXPLICIT.match(self.text)
        key = explicit[2] if explicit else self.text
        domain = self.env.get_domain("evidence")
        try:
            item = card(self.name, key)
        except UnknownId as error:
            LOGGER.warning("%s", error, location=(self.env.docname, self.lineno))
            return [nodes.problematic(self.rawtext, self.rawtext)], []
        domain.rest_on(self.env.docname, card_digest(self.name, key), (self.name, key))
        text = explicit[1] if explicit else item.text
        anchor = domain.use(self.name, key, self.env.docname)
        node = RecordReference(self.rawtext, text, kind=self.name, key=key, ids=[anchor])
        node.source, node.line = self.get_source_info()
        return [node], []


def place_node(place: Place) -> PlaceReference:
    """Return the node of a link to a page of a document."""
    return PlaceReference(place.label, place.label, source_key=place.source, page=place.page)


# --- resolving -----------------------------------------------------------------------------


def resolve(app, doctree, docname) -> None:
    """Turn records and places into links (``doctree-resolved``)."""
    domain = app.env.get_domain("evidence")
    for node in list(doctree.findall(RecordReference)):
        target = domain.data["objects"].get((node["kind"], node["key"]))
        classes = [] if node.get("plain") else ["number", node["kind"]]
        content = nodes.inline("", node.astext(), classes=classes)
        if target is None:
            LOGGER.warning("%s %r is on no register page", node["kind"], node["key"], location=node)
            node.replace_self(content)
            continue
        link = make_refnode(app.builder, docname, target[0], target[1], [content], NAMES[node["kind"]])
        link["ids"] = node["ids"]
        link["classes"] = [*link["classes"], "record"]
        node.replace_self(link)
    for node in list(doctree.findall(PlaceReference)):
        target = domain.data["objects"].get(("page", f"{node['source_key']}:{node['page']}"))
        content = nodes.inline("", node.astext(), classes=["place"])
        if target is None:
            node.replace_self(content)
            continue
        node.replace_self(make_refnode(app.builder, docname, target[0], target[1], [content], None))


def record_link(app, docname: str, kind: str, key: str) -> str:
    """Return the link from a page of the book to a record or page of a document, "" if it is not listed."""
    target = app.env.get_domain("evidence").data["objects"].get((kind, key))
    return app.builder.get_relative_uri(docname, target[0]) + f"#{target[1]}" if target else ""


def cards_on_page(app, docname: str) -> list[tuple[Card, str]]:
    """Return the cards of the records used in the sentences of a page, each with its link."""
    domain = app.env.get_domain("evidence")
    found = []
    for kind, key in dict.fromkeys(used[:2] for used in domain.data["uses"].get(docname, [])):
        link = record_link(app, docname, kind, key)
        if link:
            found.append((card(kind, key), link))
    return found


def setup(app) -> None:
    """Add domain, nodes, roles and events."""
    app.add_domain(EvidenceDomain)
    for name in NAMES:
        app.add_role(name, RecordRole())
    app.connect("env-get-outdated", outdated)
    app.connect("env-updated", rewritten)
    app.connect("env-check-consistency", check_listed)
    app.connect("doctree-resolved", resolve)
