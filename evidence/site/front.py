"""What the front page shows of the whole book: where to ask, and how much evidence there is.

Its small map is :mod:`evidence_map`'s.
"""

from __future__ import annotations

from html import escape
from urllib.parse import quote

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from evidence.data import format
from evidence.figures import coverage
from evidence.site.records.domain import domain_of, table_digest
from evidence.site.records.roles import page_link
from evidence.site.safety import markup

COUNTED = {  # where each kind of evidence can be read, and what the front page calls it
    "sources": ("chapters/sources/methods", "documents"),
    "facts": ("chapters/reference/facts", "facts"),
    "findings": ("chapters/reference/findings", "findings of the documents"),
    "recommendations": ("chapters/reference/recommendations", "recommendations and their parts"),
    "calculations": ("chapters/reference/calculations", "calculations of ours"),
    "discrepancies": ("chapters/reference/discrepancies", "disagreements"),
}


SEARCH = "search.html"


def search_box(action: str) -> str:
    """Return the large box of a page on which readers ask the search (HTML); the header of that page has none."""
    return (
        f'<form class="front" id="find" role="search" action="{action}" method="get">'
        '<label for="q">What do you want to know?</label>'
        '<span><input id="q" type="search" name="q" placeholder="In English, Russian or Kazakh" autocomplete="off">'
        '<button type="submit">Search</button></span></form>'
    )


class Ask(SphinxDirective):
    """``{ask}`` is a box in which readers ask the search; its lines are questions to try, each a link."""

    has_content = True

    def run(self):
        search = "../" * self.env.docname.count("/") + SEARCH
        tried = [
            f'<a href="{search}?q={quote(line)}">{escape(line)}</a>' for line in map(str.strip, self.content) if line
        ]
        return [markup(search_box(search)), markup(f'<p class="try">Try {" ".join(tried)}</p>' if tried else "")]


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
    """Add the directives."""
    app.add_directive("ask", Ask)
    app.add_directive("evidence-in-all", EvidenceInAll)
