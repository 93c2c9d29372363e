"""Headings that say what the first exhibit below them says: the title of the exhibit is then not seen a second time.

It stays for those who hear the page, on the page of the exhibit alone and in its files.
"""

from __future__ import annotations

import re

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from evidence.data import own_limits
from evidence.site.figures import ExhibitNode

WORD = re.compile(r"\w{4,}")  # shorter words join others and say little
STEM = 6  # layout: letters by which forms of a word are taken as one
NEAR = 700  # layout: characters between a heading and an exhibit, about ten lines, over which both are seen at once
SAYING_LITTLE = frozenset(
    "which what that with from their they this most study docume each every synthe invent data".split()
)


def stems(text: str) -> set[str]:
    """Return the beginnings of the words that carry a heading."""
    return {word[:STEM] for word in WORD.findall(text.lower())} - SAYING_LITTLE


def say_the_same(heading: str, title: str) -> bool:
    """Return whether a heading and the title of an exhibit share as many words as our limit asks for."""
    one, other = stems(heading), stems(title)
    shorter = min(len(one), len(other))
    return bool(shorter) and 100 * len(one & other) >= own_limits.same_heading_pct() * shorter


def heading_above(node: nodes.Node) -> str:
    """Return the heading of the section whose first exhibit a node is, "" where much stands between them."""
    between: list[nodes.Node] = []
    while (parent := node.parent) is not None:
        between += parent.children[: parent.index(node)]
        if isinstance(parent, nodes.section):
            heading = next((part for part in between if isinstance(part, nodes.title)), None)
            between = [part for part in between if part is not heading]
            if heading is None or any(next(part.findall(ExhibitNode), None) for part in between):
                return ""
            return heading.astext() if sum(len(part.astext()) for part in between) <= NEAR else ""
        node = parent
    return ""


class TitledAbove(SphinxPostTransform):
    """Leaves the title of an exhibit unseen where the heading right above it says the same."""

    default_priority = 206  # when the code of a cell has left the place above its exhibit
    formats = ("html",)

    def run(self, **_) -> None:
        for figure in self.document.findall(ExhibitNode):
            title = figure.next_node(nodes.Element)
            if title is not None and say_the_same(heading_above(figure), figure["payload"]["title"]):
                title["classes"].append("visually-hidden")


def setup(app) -> None:
    """Add the transform."""
    app.add_post_transform(TitledAbove)
