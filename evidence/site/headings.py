"""Headings that say what the exhibit right below them says: the title of the exhibit is then not seen a second time.

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
    """Return the heading of the section that begins with a node, "" where something stands between them."""
    while (parent := node.parent) is not None:
        before = parent.children[: parent.index(node)]
        if isinstance(parent, nodes.section):
            heading, *between = before or [nodes.comment()]
            is_first = isinstance(heading, nodes.title) and not any(part.astext().strip() for part in between)
            return heading.astext() if is_first else ""
        if any(part.astext().strip() for part in before):
            return ""
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
