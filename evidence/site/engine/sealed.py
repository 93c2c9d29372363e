"""Long generated lists as one node: nothing looks through them before they are written.

A register has tens of thousands of nodes, and a build looks through each page some seventy times: for images, for
references, for words to translate. What the book generates has none of these. Only its quotes are set when a page is
read, and only the book's own handlers resolve it, when it is written.
"""

from __future__ import annotations

import re
from operator import attrgetter

from docutils import nodes
from sphinx.transforms import SphinxSmartQuotes
from sphinx.transforms.post_transforms import SphinxPostTransform

EDUCATED = re.compile(r"""['"`\\]|--|\.\.\.|\. \. \.""")  # what smart quotes change in English


class Sealed(nodes.General, nodes.Element):
    """A generated list, kept in the attribute ``content``."""

    def astext(self) -> str:
        """Return the words of the list."""
        return self["content"].astext()


class _Blocks:
    """The part of a document that smart quotes look through: the blocks of text they would change."""

    def __init__(self, document, content: nodes.Element):
        self.settings, self.reporter = document.settings, document.reporter
        self.blocks = [block for block in content.findall(nodes.TextElement) if EDUCATED.search(block.astext())]

    def findall(self, kind):
        return iter(self.blocks)


def sealed(content: nodes.Element, document) -> Sealed:
    """Return generated content of a page as one node; its quotes are those of the page."""
    transform = SphinxSmartQuotes(document, startnode=None)
    transform.document = _Blocks(document, content)  # type: ignore[assignment]  # all it asks of a document
    transform.apply()
    return Sealed("", content=content)


class Unsealing(SphinxPostTransform):
    """Puts the content back where it is no web page: there everything is resolved as usual."""

    default_priority = 1

    def is_supported(self) -> bool:
        return self.app.builder.format != "html"

    def run(self, **_) -> None:
        for node in list(self.document.findall(Sealed)):
            node.replace_self(node["content"])


def visit_html(translator, node: Sealed) -> None:
    """Resolve the content by the book's own handlers and write it."""
    app, content = translator.builder.app, node["content"]
    content.parent = node.parent
    for listener in sorted(app.events.listeners["doctree-resolved"], key=attrgetter("priority")):
        if listener.handler.__module__.startswith("evidence."):
            listener.handler(app, content, translator.builder.current_docname)
    content.walkabout(translator)
    raise nodes.SkipNode


def setup(app) -> None:
    """Add the node and its form in other formats."""
    app.add_node(Sealed, html=(visit_html, None))
    app.add_post_transform(Unsealing)
