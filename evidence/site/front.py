"""What the front page shows of the whole book: how much evidence there is. Its small map is :mod:`evidence_map`'s."""

from __future__ import annotations

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from evidence.data import format
from evidence.figures import coverage
from evidence.site.records.domain import domain_of, table_digest
from evidence.site.records.roles import page_link

COUNTED = {  # where each kind of evidence can be read, and what the front page calls it
    "sources": ("chapters/sources/methods", "documents"),
    "facts": ("chapters/reference/facts", "facts"),
    "findings": ("chapters/reference/findings", "statements of the documents"),
    "recommendations": ("chapters/reference/recommendations", "recommendations and their parts"),
    "calculations": ("chapters/reference/calculations", "calculations of ours"),
    "discrepancies": ("chapters/reference/discrepancies", "disagreements"),
}


class EvidenceInAll(SphinxDirective):
    """``{evidence-in-all}`` counts the evidence in the data, each number with where to read it."""

    def run(self):
        domain = domain_of(self.env)
        items = nodes.bullet_list(classes=["in-all"])
        for table, count in coverage.in_all().items():
            domain.rest_on(self.env.docname, table_digest(table), ("table", table))
            page, words = COUNTED[table]
            text = nodes.paragraph("", "", nodes.strong("", format.number(count)), nodes.Text(" "))
            text += page_link(page, words)
            items += nodes.list_item("", text)
        return [items]


def setup(app) -> None:
    """Add the directive."""
    app.add_directive("evidence-in-all", EvidenceInAll)
