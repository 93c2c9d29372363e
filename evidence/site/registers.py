"""Register pages: every record of a kind, everything drawn from a document, every calculation."""

from __future__ import annotations

import re
from collections import defaultdict

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective

from evidence import store
from evidence.exhibits import cell_value
from evidence.provenance import names, page_label
from evidence.site.cards import KINDS, NAMES, Card, card, ids, pages, place_of_lines
from evidence.site.exhibit_pages import exhibit_nodes
from evidence.site.numbers import PlaceReference, RecordReference, card_digest, place_node, table_digest

LISTED = {"discrepancy", "calc", "message", "recommendation"}  # kinds whose details stand line by line


class UsedIn(nodes.General, nodes.Element):
    """Where a record is used; becomes a list of links when every page has been read."""


class RecordLine(nodes.General, nodes.Element):
    """A record in the index of a document; becomes a link to its card."""


def record_node(item: Card) -> nodes.container:
    """Return the card of a record as it stands in a register."""
    box = nodes.container("", classes=["card", item.kind], ids=[f"{item.kind}-{item.id}"])
    head = nodes.paragraph("", "", classes=["head"])
    if item.kind in ("fact", "calc"):
        head += [nodes.strong("", item.text), nodes.Text(" ")]
    head += nodes.Text(item.head)
    box += head
    if item.kind in LISTED:
        pairs = nodes.line_block("", classes=["pairs"])
        pairs += [nodes.line("", "", nodes.emphasis("", f"{label}: "), nodes.Text(text)) for label, text in item.pairs]
    else:
        pairs = nodes.paragraph("", "", classes=["pairs"])
        for position, (label, text) in enumerate(item.pairs):
            pairs += [nodes.Text("; " if position else ""), nodes.emphasis("", f"{label}: "), nodes.Text(text)]
    box += pairs
    foot = nodes.paragraph("", "", classes=["foot"])
    for place in item.places:
        foot += [place_node(place), nodes.Text(" · ")]
    foot += nodes.literal("", item.id)
    foot += UsedIn("", kind=item.kind, key=item.id)
    box += foot
    return box


class Register(SphinxDirective):
    """``{register} finding`` lists every record of a kind, of one document with ``:source:``."""

    required_arguments = 1
    option_spec = {"source": directives.unchanged}

    def run(self):
        kind, source = self.arguments[0], self.options.get("source")
        if kind not in NAMES:
            raise self.error(f"no kind of record is called {kind!r}; there are {', '.join(NAMES)}")
        domain = self.env.get_domain("evidence")
        for table in self._tables(kind):
            domain.rest_on(self.env.docname, table_digest(table), ("table", table))
        box = nodes.container("", classes=["register"])
        for key in ids(kind):
            item = card(kind, key)
            if source and all(place.source != source for place in item.places):
                continue
            domain.note(kind, key, self.env.docname, f"{kind}-{key}", title(item))
            if kind == "calc":
                domain.rest_on(self.env.docname, card_digest(kind, key), (kind, key))
            box += record_node(item)
        if not box.children:
            raise self.error(f"the register of {kind} has no record" + (f" of {source}" if source else ""))
        return [box]

    @staticmethod
    def _tables(kind: str) -> list[str]:
        tables = [KINDS[kind].table] if kind in KINDS else ["facts"]
        return [*tables, "pages", "sources"]


def title(item: Card) -> str:
    """Return what the search shows of a record."""
    if item.kind not in ("fact", "calc"):
        return item.head
    detail = [text for label, text in item.pairs if label in ("Place", "As of")]
    return ", ".join([f"{item.head}: {item.text}", *detail])


class SourceIndex(SphinxDirective):
    """``{source-index} key`` lists, page by page, everything the book draws from a document."""

    required_arguments = 1

    def run(self):
        source = self.arguments[0]
        domain = self.env.get_domain("evidence")
        for table in ["pages", "facts", "discrepancies", *(kind.table for kind in KINDS.values())]:
            domain.rest_on(self.env.docname, table_digest(table), ("table", table))
        found = records_by_page(source)
        box = nodes.container("", classes=["source-index"])
        known = [(page, page_label(page, basis)) for key, _, _, page, basis in sorted_pages() if key == source]
        for page, label in [*known, ("", "On pages that are not known")]:
            if not found.get(page):
                continue
            anchor = f"page-{page or 'unknown'}"
            domain.note("page", f"{source}:{page}", self.env.docname, anchor, f"{names('sources')[source]}, p. {page}")
            entry = nodes.container("", classes=["page"], ids=[anchor])
            entry += nodes.paragraph("", "", nodes.strong("", label[0].upper() + label[1:]), classes=["head"])
            items = nodes.bullet_list()
            for kind, name in found[page]:
                line = nodes.paragraph("", "", RecordLine("", kind=kind, key=name))
                if kind != "row":
                    line += UsedIn("", kind=kind, key=name)
                items += nodes.list_item("", line)
            entry += items
            box += entry
        return [box]


def sorted_pages() -> list[tuple]:
    """Return every known page in the order of its lines."""
    return sorted(pages(), key=lambda row: row[:2])


def records_by_page(source: str) -> dict[str, list[tuple[str, str]]]:
    """Return (kind, id) of every record drawn from each page of a document, in its order."""
    found: dict[str, list] = defaultdict(list)
    for kind in ("fact", *(kind for kind in KINDS if kind != "message")):
        if kind == "discrepancy":
            for row in store.load("discrepancies").itertuples():
                for key, lines in ((row.left_source, row.left_lines), (row.right_source, row.right_lines)):
                    if key == source:
                        found[place_of_lines(key, lines).page].append((store.line_range(lines)[0], kind, row.id))
            continue
        table = "facts" if kind == "fact" else KINDS[kind].table
        frame = store.load(table)
        for row in frame[frame["source"] == source].itertuples():
            found[row.page].append((store.line_range(row.lines)[0], kind, row.id))
    for table in printed_tables(source):
        for row in store.load(table).itertuples():
            found[row.page].append((store.line_range(row.lines)[0], "row", f"{table}#{row.id}"))
    ordered = {}
    for page, items in found.items():
        ordered[page] = list(dict.fromkeys((kind, key) for _, kind, key in sorted(items, key=lambda item: item[0])))
    return ordered


def printed_tables(source: str) -> list[str]:
    """Return the names of the tables of a document that are kept whole."""
    return [name for name, resource in store.schema().items() if resource["path"].startswith(f"tables/{source}_")]


class KeyMessages(SphinxDirective):
    """``{key-messages}`` shows the messages of its page, each with its confidence and support."""

    def run(self):
        frame = store.load("synthesis")
        rows = frame[frame["page"] == self.env.docname].sort_values("order")
        if rows.empty:
            raise self.error("synthesis.csv has no message for this page")
        domain = self.env.get_domain("evidence")
        domain.rest_on(self.env.docname, table_digest("synthesis"), ("table", "synthesis"))
        items = nodes.bullet_list(classes=["messages"])
        for row in rows.itertuples():
            content, faults = self.state.inline_text(row.statement, self.lineno)
            item = nodes.list_item("", nodes.paragraph("", "", *content), *faults)
            foot = nodes.paragraph("", "", classes=["confidence"])
            foot += self._link("message", row.id, judgement(row))
            support = [("finding", key) for key in row.findings.split(";") if key]
            support += [("fact", key) for key in row.facts.split(";") if key]
            for kind, key in support:
                foot += nodes.inline("", "", ids=[domain.use(kind, key, self.env.docname)])
                domain.rest_on(self.env.docname, card_digest(kind, key), (kind, key))
            pages = sorted(card("message", row.id).places, key=page_number)
            for position, place in enumerate({(place.source, place.page): place for place in pages}.values()):
                foot += nodes.Text(", " if position else " · rests on ")
                foot += PlaceReference("", f"p. {place.page}", source_key=place.source, page=place.page)
            items += nodes.list_item("", *item.children, foot)
        box = nodes.container(
            "", nodes.paragraph("", "", nodes.strong("", "Key messages")), items, classes=["admonition"]
        )
        return [box]

    def _link(self, kind: str, key: str, text: str) -> nodes.Node:
        domain = self.env.get_domain("evidence")
        domain.rest_on(self.env.docname, card_digest(kind, key), (kind, key))
        anchor = domain.use(kind, key, self.env.docname)
        return RecordReference(text, text, kind=kind, key=key, ids=[anchor], plain=True)


def judgement(row) -> str:
    """Return how sure a key message is, in a few words."""
    if row.kind == "qualitative":
        return f"{row.confidence.capitalize()} confidence"
    return "Statistic: about its data"


def page_number(place) -> tuple[str, int]:
    """Return what sorts places by document and page."""
    return place.source, int(re.match(r"\d*", place.page)[0] or 0)


class PrintedTable(SphinxDirective):
    """``{printed-table} name`` shows a table of a document whole, with the place of each row."""

    required_arguments = 1

    def run(self):
        name = self.arguments[0]
        resource = store.schema().get(name)
        if resource is None:
            raise self.error(f"no table is called {name!r}")
        domain = self.env.get_domain("evidence")
        domain.rest_on(self.env.docname, table_digest(name), ("table", name))
        fields, frame = store.fields(resource), store.load(name)
        shown = [column for column in fields if column not in ("id", "source", "lines", "locator")]
        places = names("places")
        rows, anchor = [], f"exhibit-{name.replace('_', '-')}"
        for row in frame.itertuples():
            domain.note("row", f"{name}#{row.id}", self.env.docname, anchor, f"{resource['title']}: {row.id}")
            cells = [places[row.place] if column == "place" else cell_value(getattr(row, column)) for column in shown]
            label = f"{page_label(row.page, row.page_basis)}, {row.locator}"
            rows.append([*cells, {"text": label, "to": f"page:{row.source}:{row.page}"}])
        found = {(row.page, row.locator): row for row in frame.itertuples()}
        payload = {
            "id": name.replace("_", "-"),
            "title": resource["title"],
            "alt": resource["description"],
            "unit": "as printed",
            "base": "",
            "period": "",
            "calculated": "",
            "note": " ".join(f"{column.replace('_', ' ')}: {fields[column]['description']}" for column in shown),
            "places": [
                {
                    "source": row.source,
                    "page": row.page,
                    "label": f"{page_label(row.page, row.page_basis)}, {row.locator}",
                }
                for row in found.values()
            ],
            "columns": [*(column.replace("_", " ") for column in shown), "where"],
            "rows": rows,
            "numeric": [*(fields[column]["type"] == "integer" for column in shown), False],
        }
        return exhibit_nodes(self.env, payload)


class DataDictionary(SphinxDirective):
    """``{data-dictionary}`` describes every table and column, from the schema."""

    def run(self):
        self.env.note_dependency(str(store.DATA / store.SCHEMA))
        found = []
        for name, resource in store.schema().items():
            section = nodes.section("", nodes.title("", resource["title"]), ids=[f"table-{name.replace('_', '-')}"])
            count = len(store.load(name))
            self.env.get_domain("evidence").rest_on(self.env.docname, table_digest(name), ("table", name))
            text = f"{resource['description']} File: data/{resource['path']}; rows: {count:,}."
            section += nodes.paragraph("", text)
            columns = nodes.bullet_list()
            for column, field in store.fields(resource).items():
                rule = rules(field)
                columns += nodes.list_item(
                    "",
                    nodes.paragraph("", "", nodes.literal("", column), nodes.Text(f": {field['description']}{rule}")),
                )
            section += columns
            found.append(section)
        return found


def rules(field: dict) -> str:
    """Return the rules of a column in words."""
    limits = field.get("constraints", {})
    parts = [
        "required" if limits.get("required") else "",
        {"number": "number", "integer": "whole number", "boolean": "true or false"}.get(field["type"], ""),
        "list, separated by ;" if field.get("list") else "",
        f"an {field['references'].replace('.', ' of ')}" if "references" in field else "",
        f"one of {', '.join(limits['enum'])}" if limits.get("enum") else "",
        f"codes {', '.join(field['codes'])}" if field.get("codes") else "",
    ]
    text = "; ".join(filter(None, parts))
    return f" ({text})" if text else ""


# --- resolving -----------------------------------------------------------------------------


def _page_title(env, docname: str) -> str:
    return env.titles[docname].astext()


def resolve(app, doctree, docname) -> None:
    """Fill in where records are used and what a document's pages hold (``doctree-resolved``)."""
    domain = app.env.get_domain("evidence")
    for node in list(doctree.findall(UsedIn)):
        links: list[nodes.Node] = []
        for page, anchor in domain.used_in(node["kind"], node["key"]):
            if page == docname:
                continue
            uri = app.builder.get_relative_uri(docname, page) + f"#{anchor}"
            links += [
                nodes.Text(", " if links else " · used in "),
                nodes.reference("", _page_title(app.env, page), refuri=uri),
            ]
        node.replace_self(nodes.inline("", "", *links, classes=["used"]) if links else [])
    for node in list(doctree.findall(RecordLine)):
        target = domain.data["objects"].get((node["kind"], node["key"]))
        text = line_text(node["kind"], node["key"])
        if target is None:
            node.replace_self(nodes.inline("", text))
            continue
        uri = app.builder.get_relative_uri(docname, target[0]) + f"#{target[1]}"
        node.replace_self(nodes.reference("", text, refuri=uri, internal=True))


def line_text(kind: str, key: str) -> str:
    """Return how a record reads in the index of a document."""
    if kind == "row":
        table, row = key.split("#")
        return f"Table row: {store.schema()[table]['title']}, {row}"
    return f"{NAMES[kind]}: {title(card(kind, key))}"


def setup(app) -> None:
    """Add the directives."""
    app.add_node(UsedIn)
    app.add_node(RecordLine)
    app.add_node(PlaceReference)
    app.add_directive("register", Register)
    app.add_directive("source-index", SourceIndex)
    app.add_directive("key-messages", KeyMessages)
    app.add_directive("printed-table", PrintedTable)
    app.add_directive("data-dictionary", DataDictionary)
    app.connect("doctree-resolved", resolve, priority=490)
