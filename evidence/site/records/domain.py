"""Where records live, where they are used, and what makes a page outdated."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable

from sphinx.domains import Domain, ObjType
from sphinx.util import logging

from evidence.checks.chapters import named, pages
from evidence.data import store
from evidence.data.schema import DATA, kinds
from evidence.data.store import UnknownId
from evidence.figures.cards import card, kind_names

LOGGER = logging.getLogger(__name__)
PAGES = ("pages", "")  # what a page rests on that says something of all pages
BY_PAGE = (
    "listed",
    "uses",
    "digests",
    "lists",
    "shown",
    "parts",
    "anchors",
    "exhibits",
)  # parts of what the domain knows that have a page as key


class EvidenceDomain(Domain):
    """Knows on which page each record is listed and on which pages it is used."""

    name = "evidence"
    label = "Evidence"
    object_types = {kind: ObjType(name.lower(), kind) for kind, name in kind_names().items()} | {
        "exhibit": ObjType("exhibit", "exhibit"),
        "page": ObjType("page of a document", "page"),
        "row": ObjType("table row", "row"),
    }
    initial_data = {
        "objects": {},
        "listed": {},
        "uses": {},
        "digests": {},
        "lists": {},
        "shown": {},
        "parts": {},
        "anchors": {},
        "exhibits": {},
    }
    data_version = 7

    def note(self, kind: str, key: str, docname: str, anchor: str, title: str, page: str = "") -> None:
        """Note where a record is listed; :func:`check_listed` refuses a second page.

        ``page`` is the page of the site, where the list of a document goes over several.
        """
        self.data["objects"][kind, key] = (page or docname, anchor, title)
        self.data["parts"].setdefault(docname, {docname}).add(page or docname)
        self.data["listed"].setdefault(docname, set()).add((kind, key))

    def use(self, kind: str, key: str, docname: str) -> str:
        """Note that a page uses a record; return the anchor of this use."""
        uses = self.data["uses"].setdefault(docname, [])
        count = sum(1 for used in uses if used[:2] == (kind, key))
        anchor = f"use-{kind}-{key}" + (f"-{count + 1}" if count else "")
        uses.append((kind, key, anchor))
        return anchor

    def users(self) -> dict[tuple[str, str], dict[str, str]]:
        """Return the anchor of the first use on every page that uses a record, by (kind, id) and page."""
        found: dict[tuple[str, str], dict[str, str]] = {}
        for docname, uses in sorted(self.data["uses"].items()):
            for kind, key, anchor in uses:
                found.setdefault((kind, key), {}).setdefault(docname, anchor)
        return found

    def rest_on(self, docname: str, digest: str, key: tuple) -> None:
        """Note what a page's text depends on: a record or a table, with its digest now."""
        self.data["digests"].setdefault(docname, {})[key] = digest

    def rest_on_list(self, docname: str, digest: str, key: tuple, tables: Iterable[str]) -> None:
        """Note a generated list of a page: what it is made by and of (``key``), its digest and its tables' now."""
        self.data["lists"].setdefault(docname, {})[key] = (digest, {name: table_digest(name) for name in tables})

    def show_uses(self, docname: str, kind: str, key: str) -> None:
        """Note that a page shows where a record is used."""
        self.data["shown"].setdefault(docname, set()).add((kind, key))

    def show_exhibit(self, docname: str, key: str, about: dict) -> None:
        """Note that a page shows an exhibit, and what the list of exhibits says of it."""
        self.data["exhibits"].setdefault(docname, {})[key] = about

    def stand(self, docname: str, page: str, anchors: Iterable[str]) -> None:
        """Note that places of a document stand on a page of the site that continues its list."""
        self.data["parts"].setdefault(docname, {docname}).add(page)
        self.data["anchors"].setdefault(docname, {}).update(dict.fromkeys(anchors, page))

    def page_of(self, docname: str, anchor: str) -> str:
        """Return the page of the site on which a place of a document stands."""
        return self.data["anchors"].get(docname, {}).get(anchor, docname)

    def document_of(self, page: str) -> str:
        """Return the document that a page of the site belongs to."""
        return next((docname for docname, pages in self.data["parts"].items() if page in pages), page)

    def clear_doc(self, docname: str) -> None:
        if docname in self.data["listed"]:  # few pages list records, and all records are looked through
            gone = self.data["parts"].get(docname, {docname})
            self.data["objects"] = {key: value for key, value in self.data["objects"].items() if value[0] not in gone}
        for part in BY_PAGE:
            self.data[part].pop(docname, None)

    def merge_domaindata(self, docnames, otherdata) -> None:
        pages = {page for docname in docnames for page in otherdata.get("parts", {}).get(docname, {docname})}
        self.data["objects"].update({k: v for k, v in otherdata["objects"].items() if v[0] in pages})
        for part in BY_PAGE:
            self.data[part].update({k: v for k, v in otherdata.get(part, {}).items() if k in docnames})

    def get_objects(self):
        for (kind, key), (docname, anchor, title) in sorted(self.data["objects"].items()):
            yield key, title, kind, docname, anchor, -1 if kind == "page" else 1


def domain_of(env) -> EvidenceDomain:
    """Return the domain of a build's environment."""
    return env.get_domain(EvidenceDomain.name)


def site_page(app, page: str) -> str:
    """Return the page of the site that is linked: other formats have one page a document, however long its list."""
    is_html = getattr(app.builder, "format", "html") == "html"
    return page if is_html else domain_of(app.env).document_of(page)


# --- digests: what makes a page outdated ---------------------------------------------------


def card_digest(kind: str, key: str) -> str:
    """Return a digest of everything a page shows of a record, "" if it or its kind is gone."""
    if kind not in kinds():
        return ""
    try:
        return hashlib.sha256(repr(card(kind, key)).encode()).hexdigest()
    except UnknownId:
        return ""


def table_digest(name: str) -> str:
    """Return a digest of the file of a table, "" if it is gone from the definition or the folder."""
    if name not in store.schema():
        return ""
    path = DATA / store.schema()[name]["path"]
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def pages_digest() -> str:
    """Return a digest of the files of all pages and their names."""
    digest = hashlib.sha256()
    for path in pages():
        digest.update(f"{named(path)}\0".encode() + path.read_bytes())
    return digest.hexdigest()


def current_digest(key: tuple) -> str:
    """Return the digest now of what :meth:`EvidenceDomain.rest_on` noted."""
    if key == PAGES:
        return pages_digest()
    return table_digest(key[1]) if key[0] == "table" else card_digest(*key)


def outdated(app, env, added, changed, removed) -> list[str]:
    """Return pages whose records or tables have changed since they were read (``env-get-outdated``)."""
    noted = domain_of(env).data["digests"]
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


def outdated_lists(env, maker: str, digest: Callable[..., str]) -> list[str]:
    """Return pages with a list of a maker that is another now, whose digest ``digest`` gives for what it is made of.

    Only a list whose tables have changed is looked at: most rows of a table are in no list of a page.
    """
    now: dict[str, str] = {}
    stale = []
    for docname, lists in domain_of(env).data["lists"].items():
        for key, (before, tables) in lists.items():
            now |= {name: table_digest(name) for name in tables if name not in now}
            current = {name: now[name] for name in tables}
            if key[0] != maker or current == tables:
                continue
            try:
                is_same = digest(*key[1:]) == before
            except KeyError:  # a kind, a document or a record is gone
                is_same = False
            if is_same:
                lists[key] = (before, current)
            else:
                stale.append(docname)
    return [docname for docname in stale if docname in env.found_docs]


def _uses_digests(domain: EvidenceDomain) -> dict[str, str]:
    """Return by page a digest of where the records are used of which it shows that."""
    users = domain.users()
    found = {}
    for docname, keys in domain.data["shown"].items():
        used = [
            (key, [(page, anchor, domain.page_of(page, anchor)) for page, anchor in users[key].items()])
            for key in sorted(keys)
            if key in users
        ]
        found[docname] = hashlib.sha256(repr(used).encode()).hexdigest()
    return found


def rewritten(app, env) -> list[str]:
    """Return the pages to write anew because uses or places of records changed (``env-updated``).

    Where a record is used is shown by the pages that list it; its place is in the links of any page.
    """
    domain = domain_of(env)
    objects = sorted((key, place[:2]) for key, place in domain.data["objects"].items())
    places = hashlib.sha256(repr(objects).encode()).hexdigest()
    before, uses = getattr(env, "evidence_uses_digest", None), _uses_digests(domain)
    env.evidence_uses_digest = (uses, places)
    if before is None:
        return []
    if before[1] != places:
        return sorted({domain.document_of(page) for page, _, _ in domain.data["objects"].values()})
    return sorted(docname for docname, digest in uses.items() if before[0].get(docname) != digest)


def check_listed(app, env) -> None:
    """Refuse a record or exhibit that stands on two pages (``env-check-consistency``)."""
    first: dict[tuple, str] = {}
    for docname, keys in sorted(domain_of(env).data["listed"].items()):
        for kind, key in sorted(keys):
            if (kind, key) in first:
                LOGGER.warning("%s %r is already on page %s", kind, key, first[kind, key], location=docname)
            first.setdefault((kind, key), docname)


def setup(app) -> None:
    """Add the domain and its events."""
    app.add_domain(EvidenceDomain)
    app.connect("env-get-outdated", outdated)
    app.connect("env-updated", rewritten)
    app.connect("env-check-consistency", check_listed)
