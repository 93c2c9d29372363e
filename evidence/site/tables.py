"""``{printed-table}`` and ``{data-dictionary}``: a table of a document whole, and every table described."""

from __future__ import annotations

import re

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from evidence import store
from evidence.exhibits import cell_value
from evidence.provenance import names, page_label
from evidence.site.exhibit_pages import exhibit_nodes
from evidence.site.numbers import table_digest

CODE = re.compile(r"[a-z;-]+")


def shown_cell(value):
    """Return a cell as readers see it: a code without its hyphens, a list with commas."""
    if isinstance(value, str) and CODE.fullmatch(value):
        return value.replace(";", ", ").replace("-", " ")
    return cell_value(value)


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
            cells = [places[row.place] if column == "place" else shown_cell(getattr(row, column)) for column in shown]
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


def setup(app) -> None:
    """Add the directives."""
    app.add_directive("printed-table", PrintedTable)
    app.add_directive("data-dictionary", DataDictionary)
