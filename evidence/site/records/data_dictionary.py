"""``{data-dictionary}``: every table and column described, from their definition."""

from __future__ import annotations

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from evidence.data import store
from evidence.data.schema import DATA, FIELDS
from evidence.site import downloads
from evidence.site.records.domain import domain_of, table_digest
from evidence.site.records.paged import pager_of


class DataDictionary(SphinxDirective):
    """``{data-dictionary}`` describes every table and column, from the schema."""

    def run(self):
        self.env.note_dependency(str(DATA / FIELDS))
        pager = pager_of(self.env)
        found: list[nodes.Node] = [downloads.package_line(self.env.docname)]
        for name, resource in store.schema().items():
            section = nodes.section("", nodes.title("", resource["title"]), ids=[f"table-{name.replace('_', '-')}"])
            count = len(store.load(name))
            domain_of(self.env).rest_on(self.env.docname, table_digest(name), ("table", name))
            text = f"{resource['description']} File: data/{resource['path']}; rows: {count:,}."
            section += nodes.paragraph("", text)
            section += downloads.links(self.env.docname, name, "Take it away:")
            columns = nodes.bullet_list()
            for column, field in store.fields_of(resource).items():
                rule = rules(field)
                columns += nodes.list_item(
                    "",
                    nodes.paragraph("", "", nodes.literal("", column), nodes.Text(f": {field['description']}{rule}")),
                )
            section += columns
            found += pager.add(section)
        return found


def rules(field: dict) -> str:
    """Return the rules of a column in words."""
    table, _, column = field.get("references", "").partition(".")
    codes = [category["value"] for category in field.get("categories", ())]
    parts = [
        "required" if field.get("constraints", {}).get("required") else "",
        {"number": "number", "integer": "whole number", "boolean": "true or false"}.get(field["type"], ""),
        "list, separated by ;" if field.get("list") else "",
        f"an {column} of {table}" if table else "",
        f"one of {', '.join(codes)}" if codes else "",
    ]
    text = "; ".join(filter(None, parts))
    return f" ({text})" if text else ""


def setup(app) -> None:
    """Add the directive."""
    app.add_directive("data-dictionary", DataDictionary)
