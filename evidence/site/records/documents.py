"""``{documents}``: the documents of the book, each with a link to one of its pages."""

from __future__ import annotations

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.addnodes import pending_xref
from sphinx.util.docutils import SphinxDirective

from evidence.data import format, store
from evidence.site import downloads
from evidence.site.records.domain import domain_of, table_digest


class Documents(SphinxDirective):
    """``{documents} chapters/reference/facts-`` lists every document with a link to the page of this name and its key.

    With ``:subjects:`` each says what it is about; with ``:files: facts`` the files of a table of all of them follow.
    """

    required_arguments = 1
    option_spec = {"subjects": directives.flag, "files": directives.unchanged_required}

    def run(self):
        domain = domain_of(self.env)
        domain.rest_on(self.env.docname, table_digest("sources"), ("table", "sources"))
        items = nodes.bullet_list()
        for row in store.rows("sources").values():
            link = pending_xref(
                "",
                nodes.inline("", row.short_name),
                refdomain="std",
                reftype="doc",
                reftarget=f"/{self.arguments[0]}{row.id}",
                refexplicit=True,
                refwarn=True,
                refdoc=self.env.docname,
            )
            text = nodes.Text(f": {format.lowered(row.subject)}" if "subjects" in self.options else "")
            items += nodes.list_item("", nodes.paragraph("", "", link, text))
        table = self.options.get("files")
        return [items, downloads.links(self.env.docname, table, "Of all documents:")] if table else [items]


def setup(app) -> None:
    """Add the directive."""
    app.add_directive("documents", Documents)
