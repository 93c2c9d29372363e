"""What stands folded under a line, and marks that say without colour how sure something is."""

from __future__ import annotations

from docutils import nodes

DOTS, APART, RADIUS = 4, 13, 4.5  # layout: of a mark of confidence, in pixels
SIZE = f'width="{DOTS * APART - 2}" height="12" viewBox="0 0 {DOTS * APART - 2} 12"'


class Fold(nodes.General, nodes.Element):
    """Something that opens under a line; its first child is that line, a :class:`Line`."""


class Line(nodes.General, nodes.TextElement):
    """The line that opens a :class:`Fold`."""


class Mark(nodes.Inline, nodes.Element):
    """A mark before words: of four dots, ``level`` filled."""


def dots(level: int) -> str:
    """Return the drawing of a confidence: so many of four dots filled, and the same as its accessible name."""
    drawn = [
        f'<circle cx="{6 + APART * position}" cy="6" r="{RADIUS}" stroke="currentColor" stroke-width="1.5" '
        f'fill="{"currentColor" if position < level else "none"}"/>'
        for position in range(DOTS)
    ]
    return f'<svg class="mark" {SIZE} role="img" aria-label="{level} of {DOTS}">{"".join(drawn)}</svg>'


def visit_fold(self, node) -> None:
    self.body.append(self.starttag(node, "details"))


def depart_fold(self, node) -> None:
    self.body.append("</details>\n")


def visit_line(self, node) -> None:
    self.body.append("<summary>")


def depart_line(self, node) -> None:
    self.body.append("</summary>\n")


def visit_mark(self, node) -> None:
    self.body.append(dots(node["level"]))
    raise nodes.SkipNode


def resolve(app, doctree, docname) -> None:
    """Where nothing opens, let what is folded stand under its line, without marks (``doctree-resolved``)."""
    if app.builder.format == "html":
        return
    for mark in list(doctree.findall(Mark)):
        mark.parent.remove(mark)
    for fold in list(doctree.findall(Fold)):
        line, *rest = fold.children
        fold.replace_self([nodes.paragraph("", "", *line.children), *rest])


def setup(app) -> None:
    """Add the nodes."""
    app.add_node(Fold, html=(visit_fold, depart_fold))
    app.add_node(Line, html=(visit_line, depart_line))
    app.add_node(Mark, html=(visit_mark, None))
    app.connect("doctree-resolved", resolve, priority=490)
