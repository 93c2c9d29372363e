"""What the front page shows of the whole book: how much each document says on what, and how much evidence there is."""

from __future__ import annotations

import pandas as pd
from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from evidence.data import format, store
from evidence.exhibits.exhibit import exhibit
from evidence.figures import coverage
from evidence.site.figures import exhibit_nodes
from evidence.site.records.asked import page_link
from evidence.site.records.domain import domain_of, table_digest

SHADES = (1, 10, 30, 80, 160)  # statements from which a cell is one shade darker
SILENT = {"text": "silent", "class": "silent"}
TABLES = ("findings", "themes", "facts", "sources")
COUNTED = {  # where each kind of evidence can be read, and what the front page calls it
    "sources": ("chapters/sources/methods", "documents"),
    "facts": ("chapters/reference/facts", "facts"),
    "findings": ("chapters/reference/findings", "statements of the documents"),
    "recommendations": ("chapters/reference/recommendations", "recommendations and their parts"),
    "calculations": ("chapters/reference/calculations", "calculations of ours"),
    "discrepancies": ("chapters/reference/discrepancies", "disagreements"),
}


def shade(count: int) -> int:
    """Return how dark a cell is, from 0 to ``len(SHADES) - 1``."""
    return sum(count >= least for least in SHADES[1:])


def shown(frame: pd.DataFrame, class_of) -> list[list]:
    """Return counts as cells of a table: the label of a row, then a number with its class, or "silent" for none."""
    return [
        [label, *({"text": f"{count:,}", "class": class_of(count)} if count else SILENT for count in counts)]
        for label, counts in zip(frame.index, frame.to_numpy().tolist())
    ]


def grid() -> tuple[pd.DataFrame, list[list]]:
    """Return the counts of the exhibit as a frame with readable heads, and its cells as the page shows them."""
    subjects, unknown = coverage.statements_by_subject(), coverage.unknowns_by_document()
    subjects.index = [store.labels("themes", "subject")[code] for code in subjects.index]
    cells = shown(subjects, lambda count: f"shade-{shade(count)}")
    gaps, lost = shown(unknown, lambda count: "unknown")
    lost = [lost[0], *({**cell, "class": "lost"} if cell is not SILENT else {"text": "none"} for cell in lost[1:])]
    frame = pd.concat([subjects, unknown]).rename(columns=store.names("sources"))
    return frame.rename_axis("Subject").reset_index(), [*cells, gaps, lost]


class Coverage(SphinxDirective):
    """``{coverage} id`` shows as the exhibit with this id how much each document says on each subject."""

    required_arguments = 1

    def run(self):
        domain = domain_of(self.env)
        for table in TABLES:
            domain.rest_on(self.env.docname, table_digest(table), ("table", table))
        frame, cells = grid()
        payload = exhibit(self.arguments[0], frame).payload
        return exhibit_nodes(self.env, payload | {"rows": cells, "css": "coverage", "is_grid": True})


class EvidenceInAll(SphinxDirective):
    """``{evidence-in-all}`` counts the evidence in the data, each number with where to read it."""

    def run(self):
        domain = domain_of(self.env)
        items = nodes.bullet_list(classes=["in-all"])
        for table, count in coverage.in_all().items():
            domain.rest_on(self.env.docname, table_digest(table), ("table", table))
            page, words = COUNTED[table]
            text = nodes.paragraph("", "", nodes.strong("", format.number(count)), nodes.Text(" "))
            text += page_link(self.env, f"/{page}", words)
            items += nodes.list_item("", text)
        return [items]


def setup(app) -> None:
    """Add the directives."""
    app.add_directive("coverage", Coverage)
    app.add_directive("evidence-in-all", EvidenceInAll)
