"""``{pages-below}``: the pages that stand below a page in ``_toc.yml``, each with what it says of itself."""

from __future__ import annotations

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from evidence.data import format
from evidence.site.pages import pages_below


class PagesBelow(nodes.General, nodes.Element):
    """A place for the list; it is filled when every page has been read."""


class PagesBelowDirective(SphinxDirective):
    """``{pages-below}`` lists the pages below its own by title and description."""

    def run(self):
        for name in pages_below(self.env.app, self.env.docname):
            self.env.note_dependency(self.env.doc2path(name))
        return [PagesBelow()]


def resolve(app, doctree, docname) -> None:
    """Fill in the list (``doctree-resolved``)."""
    for place in list(doctree.findall(PagesBelow)):
        items = []
        for name in pages_below(app, docname):
            link = nodes.reference("", app.env.titles[name].astext(), internal=True)
            link["refuri"] = app.builder.get_relative_uri(docname, name)
            about = str(app.env.metadata[name].get("description", ""))
            text = nodes.Text(f": {format.lowered(about)}" if about else "")
            items.append(nodes.list_item("", nodes.paragraph("", "", link, text)))
        place.replace_self(nodes.bullet_list("", *items))


def setup(app) -> None:
    """Add the directive."""
    app.add_node(PagesBelow)
    app.add_directive("pages-below", PagesBelowDirective)
    app.connect("doctree-resolved", resolve)
