"""Notes of the bibliography: where a document lists or cites a work, as its page and not as a line of our text."""

from __future__ import annotations

from docutils import nodes

from evidence.figures.notes import paged_note


def resolve(app, doctree, docname) -> None:
    """Name pages in the notes of entries of the bibliography (``doctree-resolved``)."""
    for entry in doctree.findall(nodes.citation):
        source = ""
        for node in list(entry.findall(nodes.Text)):
            said, source = paged_note(str(node), source)
            if said != str(node):
                node.parent.replace(node, nodes.Text(said))


def setup(app) -> None:
    """Connect to the build."""
    app.connect("doctree-resolved", resolve, priority=480)
