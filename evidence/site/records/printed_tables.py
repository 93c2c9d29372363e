"""``{printed-table}``: a table of a document, each row with its place; ``{printed-rows}``: filters over all rows."""

from __future__ import annotations

import re
from textwrap import shorten

from sphinx.util.docutils import SphinxDirective

from evidence.data import format, store
from evidence.data.export import table_sheet
from evidence.data.records import PLACE, place_of_row
from evidence.data.schema import REPORTING
from evidence.exhibits.exhibit import place_cell
from evidence.figures import sentences
from evidence.figures.cards import paged
from evidence.figures.facets import coder
from evidence.site.figures import exhibit_nodes
from evidence.site.records.domain import domain_of, table_digest
from evidence.site.records.paged import pager_of
from evidence.site.records.registers import filters

KIND = "row"  # what the finder calls a row of a printed table
FACETS = {"document": "Document", "table": "Table", "place": "Place"}
NAME_CELLS, NAME_LENGTH = 3, 60  # layout: cells that name a row, and characters of each
CODE = re.compile(r"[a-z;-]+")


def row_name(table: str, row) -> str:
    """Return what readers call a row of a printed table: its first cells in words ("2011-12, Akmola Region, rural")."""
    fields = store.fields(table)
    words = [
        format.value(getattr(row, name), field)
        for name, field in fields.items()
        if name not in REPORTING and field["type"] == "string" and not field.get("fold") and getattr(row, name)
    ]
    return ", ".join(shorten(word, NAME_LENGTH, placeholder="…") for word in words[:NAME_CELLS]) or "row"


def row_anchor(table: str, key: str) -> str:
    """Return the anchor of a row of a printed table on its page."""
    return f"row-{table.replace('_', '-')}-{key}"


def shown_cell(value, field: dict):
    """Return a cell as readers see it: labels and names for codes, a list with commas, a link for a record."""
    if not isinstance(value, str):
        return format.cell(value)
    table = store.target_of(field)
    record = store.schema()[table]["record"] if value and table else None
    if record:
        return {"text": sentences.reads(record["kind"], value), "to": f"{record['kind']}:{value}"}
    if CODE.fullmatch(value) and "categories" not in field and "references" not in field:
        return value.replace(";", ", ").replace("-", " ")
    return format.value(value, field) if value else ""


def columns_of(table: str) -> dict[str, str]:
    """Return the columns of a printed table that are shown, with their heads."""
    fields = store.fields(table)
    return {name: format.column(name, field) for name, field in fields.items() if name not in (*PLACE, "id")}


def cells_of(table: str, row) -> list:
    """Return the shown cells of a row as readers see them."""
    fields = store.fields(table)
    cells = [shown_cell(getattr(row, column), fields[column]) for column in columns_of(table)]
    return [paged(cell, row.source) if isinstance(cell, str) else cell for cell in cells]


def payload_of(name: str) -> dict:
    """Return a printed table as an exhibit of all its rows, each with its place and its anchor."""
    resource, frame, heads = store.schema()[name], store.load(name), columns_of(name)
    fields, rows = store.fields_of(resource), list(frame.itertuples())
    places = dict.fromkeys(map(place_of_row, rows))
    return {
        "id": name.replace("_", "-"),
        "title": resource["title"],
        "heading": resource["title"],
        "alt": resource["description"],
        "unit": "as printed",
        "base": "",
        "period": "",
        "calculated": "",
        "note": " ".join(f"{head}: {fields[column]['description']}" for column, head in heads.items()),
        "places": [
            {"source": place.source, "page": place.page, "label": format.place(place, with_document=False)}
            for place in places
        ],
        "columns": [*heads.values(), "Where"],
        "rows": [[*cells_of(name, row), place_cell(place_of_row(row))] for row in rows],
        "anchors": [row_anchor(name, row.id) for row in rows],
        "is_whole": True,
        "numeric": [*(fields[column]["type"] == "integer" for column in heads), False],
        "values": table_sheet(name)._asdict(),
    }


class PrintedRows(SphinxDirective):
    """``{printed-rows}`` shows filters over the rows of all printed tables of the book."""

    def run(self):
        domain_of(self.env).rest_on_list(self.env.docname, "", ("printed-rows",), ())
        return [filters(KIND, listed="figure.exhibit")]


class PrintedTable(SphinxDirective):
    """``{printed-table} name`` shows a table of a document whole, with the place of each row."""

    required_arguments = 1

    def run(self):
        name = self.arguments[0]
        resource = store.schema().get(name)
        if resource is None:
            raise self.error(f"no table is called {name!r}")
        domain, pager, payload = domain_of(self.env), pager_of(self.env), payload_of(name)
        domain.rest_on(self.env.docname, table_digest(name), ("table", name))
        listed = pager.add(exhibit_nodes(self.env, payload)[0])
        anchor = f"exhibit-{payload['id']}"
        domain.note("exhibit", payload["id"], self.env.docname, anchor, payload["title"], pager.page)
        for row in store.load(name).itertuples():
            title = f"{row_name(name, row)}: {resource['title']}"
            domain.note("row", f"{name}#{row.id}", self.env.docname, row_anchor(name, row.id), title, pager.page)
        return listed


def _codes(table: str, row) -> dict[str, tuple[str, str]]:
    """Return the code and label of a row by facet; rows of some tables have no place."""
    place = getattr(row, "place", "")
    found = {
        "document": (row.source, store.names("sources")[row.source]),
        "table": (table, store.schema()[table]["title"]),
        "place": (place, store.names("places").get(place, "")),
    }
    return {facet: pair for facet, pair in found.items() if pair[0]}


def listing(app) -> tuple[dict, dict]:
    """Return what the two scripts of the filters hold for rows, as :func:`finder.listing` does for records."""
    objects = domain_of(app.env).data["objects"]
    tables = sorted({key.partition("#")[0] for kind, key in objects if kind == KIND})
    rows = {f"{table}#{row.id}": (table, row) for table in tables for row in store.load(table).itertuples()}
    shown = {key: found for key, found in rows.items() if (KIND, key) in objects}
    codes = {key: _codes(*found) for key, found in shown.items()}
    facets = [
        {"id": facet, "name": name, "codes": sorted({own[facet] for own in codes.values() if facet in own})}
        for facet, name in FACETS.items()
    ]
    places = coder(facets)
    pages = sorted({objects[KIND, key][0] for key in shown})
    listed = []
    for key, (_, row) in shown.items():
        page, anchor, title = objects[KIND, key]
        at = places({facet: [code] for facet, (code, _) in codes[key].items()})
        listed.append([key, title, pages.index(page), anchor, format.page(row.page) if row.page else "", at])
    targets = [app.builder.get_target_uri(page) for page in pages]
    more = {key: _details(*found) for key, found in shown.items()}
    return {"name": "Table row", "pages": targets, "facets": facets, "rows": listed}, more


def _details(table: str, row) -> list[list]:
    """Return what the filters show of a row on request: its filled cells under their heads, and where it stands."""
    cells = [cell["text"] if isinstance(cell, dict) else cell for cell in cells_of(table, row)]
    filled = [[head, cell] for head, cell in zip(columns_of(table).values(), cells) if cell != ""]
    return [filled, [format.place(place_of_row(row))]]


def setup(app) -> None:
    """Add the directives."""
    app.add_directive("printed-table", PrintedTable)
    app.add_directive("printed-rows", PrintedRows)
