"""``{finder}``: every record by document, theme, group, place, year and more; the same filters stand above registers.

Each kind has two scripts in ``finder/`` of the site, which also load where the book is opened from a folder: what is
filtered and shown in a line, and what opens below it. A page loads those of its kinds when a reader first filters.
"""

from __future__ import annotations

import json
from html import escape
from pathlib import Path

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective

from evidence.data import format, store
from evidence.data.export import raw
from evidence.data.schema import kinds
from evidence.figures.calculations import compute
from evidence.figures.cards import card, ids, kind_names
from evidence.figures.facets import NAMES, coder, facet_name, facets_of, label, parts_of
from evidence.figures.subjects import TABLE as SUBJECTS
from evidence.figures.subjects import subjects_of
from evidence.site import public
from evidence.site.records import gallery, printed_tables
from evidence.site.records.domain import domain_of
from evidence.site.records.registers import in_brief, title
from evidence.site.safety import markup

FOLDER = "finder"
PAGE = "chapter"  # facet of records that belong to a page of the book


def number_of(kind: str, key: str) -> tuple[float | None, str]:
    """Return the value of a fact or a calculation and its unit, None and "" for any other record."""
    if kind not in ("fact", "calc"):
        return None, ""
    row = store.row(kinds()[kind], key)
    return raw(row.value if kind == "fact" else compute(key)), row.unit


def coded(kind: str, records: list[dict[str, list[str]]]) -> tuple[list[dict], list[list[list[int]]]]:
    """Return the facets that records have, each with its codes and labels, and of each record its places among them."""
    used = {facet for record in records for facet in record}
    order = [*(facet for facet in NAMES if facet in used), *sorted(used - NAMES.keys())]
    facets = []
    for facet in order:
        codes = sorted({code for record in records for code in record.get(facet, [])})
        labels = {code: code if facet == PAGE else label(kind, facet, code) for code in codes}
        name = "Page" if facet == PAGE else facet_name(kind, facet)
        facets.append({"id": facet, "name": name, "codes": list(labels.items())})
    return facets, list(map(coder(facets), records))


def row_of(kind: str, key: str, place: tuple[int, str], codes: list[list[int]]) -> list:
    """Return a record as the finder lists it, at a place: the number of its page, and its anchor."""
    item = card(kind, key)
    row = [key, title(item), *place, in_brief(item), codes]
    value, unit = number_of(kind, key)
    return row if value is None else [*row, value, unit]


def below(kind: str, key: str) -> list:
    """Return what opens below a record: its pairs, but for what its head says, and its places."""
    item = card(kind, key)
    return [[pair for pair in item.pairs if pair[1] != item.head], [format.place(one) for one in item.places]]


def listing(app, kind: str) -> tuple[dict, dict]:
    """Return what the two scripts of a kind hold."""
    objects = domain_of(app.env).data["objects"]
    known = [key for key in ids(kind) if (kind, key) in objects]
    facets, codes = coded(kind, [facets_of(kind, key) | on_page(kind, key) | on_subjects(kind, key) for key in known])
    for facet in facets:
        if facet["id"] == PAGE:
            facet["codes"] = [(code, title_of(app.env, pages_of(kind)[code])) for code, _ in facet["codes"]]
    pages = sorted({objects[kind, key][0] for key in known})
    number = {page: at for at, page in enumerate(pages)}
    places = [(number[page], anchor) for page, anchor, _ in (objects[kind, key] for key in known)]
    shown: dict = {
        "name": kind_names()[kind],
        "pages": [app.builder.get_target_uri(page) for page in pages],
        "facets": facets,
        "rows": [row_of(kind, *record) for record in zip(known, places, codes)],
    }
    if parts := coded_parts(kind, known, facets):
        shown["parts"] = parts
    return shown, {key: below(kind, key) for key in known}


def coded_parts(kind: str, known: list[str], facets: list[dict]) -> dict[str, list[list[list[int]]]]:
    """Return, by id, the codes of each record that a message or an answer rests on, as places among those of facets."""
    places = coder(facets)
    found = {key: list(map(places, parts_of(kind, key))) for key in known}
    return {key: parts for key, parts in found.items() if parts}


def title_of(env, docname: str) -> str:
    """Return the title of a page, its name where the book has no such page."""
    return env.titles[docname].astext() if docname in env.titles else docname


def pages_of(kind: str) -> dict[str, str]:
    """Return the pages of the book that records of a kind belong to, by their codes in the facet."""
    table = kinds()[kind]
    if "page" not in store.fields(table) or store.schema()[table]["reports"]:
        return {}
    return {code_of(row.page): row.page for row in store.rows(table).values()}


def on_page(kind: str, key: str) -> dict[str, list[str]]:
    """Return the facet of a record that belongs to a page of the book."""
    return {PAGE: [code_of(store.row(kinds()[kind], key).page)]} if pages_of(kind) else {}


def on_subjects(kind: str, key: str) -> dict[str, list[str]]:
    """Return the facet of the subjects that a record is on."""
    found = subjects_of(kind, key) if SUBJECTS in store.schema() else ()
    return {"subject": list(found)} if found else {}


def code_of(page: str) -> str:
    """Return the code of a page in addresses: its name below ``chapters/``, which no other page has."""
    return page.removeprefix("chapters/")


def script(name: str, kind: str, content: dict) -> bytes:
    """Return a script that leaves content under a name for the one that asked for it."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return f"(window.{name}??={{}})[{json.dumps(kind)}]={text};\n".encode()


def write(app, exception) -> None:
    """Write the scripts of every kind (``build-finished``)."""
    if exception or app.builder.name != "html":
        return
    others = {gallery.KIND: gallery.listing, printed_tables.KIND: printed_tables.listing}
    for kind in (*kinds(), *others):
        shown, more = others[kind](app) if kind in others else listing(app, kind)
        public.write(Path(app.outdir) / FOLDER / f"{kind}.js", script("evidenceRecords", kind, shown))
        public.write(Path(app.outdir) / FOLDER / f"{kind}-more.js", script("evidenceMore", kind, more))


def by_weight() -> list[str]:
    """Return the kinds of records, those that answer most of what is asked first, as in the search."""
    return sorted(kinds(), key=lambda kind: -store.schema()[kinds()[kind]]["record"].get("weight", 1))


class Finder(SphinxDirective):
    """``{finder}`` shows the filters over every record of the book, or over some kinds (``:kinds: fact finding``).

    Without script the page lists the kinds, each with the number of its records and a link to its register.
    """

    option_spec = {"kinds": directives.unchanged}

    def run(self):
        chosen = self.options.get("kinds", "").split() or by_weight()
        unknown = sorted(set(chosen) - set(kinds()))
        if unknown:
            raise self.error(f"no kind of record is called {unknown[0]!r}; there are {', '.join(kinds())}")
        domain_of(self.env).rest_on_list(self.env.docname, "", ("finder",), ())
        place = f'<div class="finder" data-kinds="{escape(" ".join(chosen))}" data-whole></div>'
        return [markup(place), KindList("", kinds=chosen)]


class KindList(nodes.General, nodes.Element):
    """A place for the list of kinds of records, filled when every page has been read."""


def resolve(app, doctree, docname) -> None:
    """List each kind with the page it begins on, for browsers without script (``doctree-resolved``)."""
    domain = domain_of(app.env)
    for node in list(doctree.findall(KindList)):
        items = nodes.bullet_list()
        for kind in node["kinds"]:
            known = [domain.data["objects"][kind, key] for key in ids(kind) if (kind, key) in domain.data["objects"]]
            if known:
                uri = app.builder.get_relative_uri(docname, domain.document_of(known[0][0]))
                link = nodes.reference("", kind_names()[kind], refuri=uri, internal=True)
                items += nodes.list_item("", nodes.paragraph("", "", link, nodes.Text(f": {len(known):,}")))
        before, after = (markup(tag) for tag in ("<noscript>", "</noscript>"))
        node.replace_self([before, items, after])


def setup(app) -> None:
    """Add the directive and the files."""
    app.add_node(KindList)
    app.add_directive("finder", Finder)
    app.connect("doctree-resolved", resolve, priority=490)
    app.connect("build-finished", write)
