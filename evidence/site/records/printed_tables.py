"""``{printed-table}``: a table of a document whole, with the place of each row."""

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
from evidence.site.figures import exhibit_nodes
from evidence.site.records.domain import domain_of, table_digest
from evidence.site.records.paged import pager_of

NAME_CELLS, NAME_LENGTH = 3, 60  # cells that name a row, and characters of each
CODE = re.compile(r"[a-z;-]+")


def row_name(table: str, row) -> str:
    """Return what readers call a row of a printed table: its first cells in words ("2011-12, Akmola Region, rural")."""
    fields = store.fields_of(store.schema()[table])
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
    table = field.get("references", "").partition(".")[0]
    record = store.schema()[table]["record"] if value and table else None
    if record:
        return {"text": sentences.reads(record["kind"], value), "to": f"{record['kind']}:{value}"}
    if CODE.fullmatch(value) and "categories" not in field and "references" not in field:
        return value.replace(";", ", ").replace("-", " ")
    return format.value(value, field) if value else ""


class PrintedTable(SphinxDirective):
    """``{printed-table} name`` shows a table of a document whole, with the place of each row."""

    required_arguments = 1

    def run(self):
        name = self.arguments[0]
        resource = store.schema().get(name)
        if resource is None:
            raise self.error(f"no table is called {name!r}")
        domain = domain_of(self.env)
        domain.rest_on(self.env.docname, table_digest(name), ("table", name))
        fields, frame = store.fields_of(resource), store.load(name)
        shown = [column for column in fields if column not in PLACE and column != "id"]
        heads = {column: format.column(column, fields[column]) for column in shown}
        titles: dict[str, str] = {}
        rows = []
        for row in frame.itertuples():
            titles[row.id] = f"{row_name(name, row)}: {resource['title']}"
            cells = [shown_cell(getattr(row, column), fields[column]) for column in shown]
            cells = [paged(cell, row.source) if isinstance(cell, str) else cell for cell in cells]
            rows.append([*cells, place_cell(place_of_row(row))])
        found = dict.fromkeys(place_of_row(row) for row in frame.itertuples())
        payload = {
            "id": name.replace("_", "-"),
            "title": resource["title"],
            "heading": resource["title"],
            "alt": resource["description"],
            "unit": "as printed",
            "base": "",
            "period": "",
            "calculated": "",
            "note": " ".join(f"{heads[column]}: {fields[column]['description']}" for column in shown),
            "places": [
                {"source": place.source, "page": place.page, "label": format.place(place, with_document=False)}
                for place in found
            ],
            "columns": [*heads.values(), "Where"],
            "rows": rows,
            "anchors": [row_anchor(name, key) for key in frame["id"]],
            "is_whole": True,
            "numeric": [*(fields[column]["type"] == "integer" for column in shown), False],
            "values": table_sheet(name)._asdict(),
        }
        pager = pager_of(self.env)
        listed = pager.add(exhibit_nodes(self.env, payload)[0])
        anchor = f"exhibit-{payload['id']}"
        domain.note("exhibit", payload["id"], self.env.docname, anchor, payload["title"], pager.page)
        for key, title in titles.items():
            domain.note("row", f"{name}#{key}", self.env.docname, row_anchor(name, key), title, pager.page)
        return listed


def setup(app) -> None:
    """Add the directive."""
    app.add_directive("printed-table", PrintedTable)
