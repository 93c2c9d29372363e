"""What never reaches a page: markup of authors, cells or data, and links that are no address of a page.

Data is text: every path to a page escapes it, and a cell that holds markup is refused, because its author meant
something else to be read. Links come out of chapters, the bibliography and the settings; those that a browser would
run are refused, with the place they stand.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging

from evidence.checks import markdown
from evidence.checks.markup import IN_CHAPTER, cell_problems
from evidence.data import store

LOGGER = logging.getLogger(__name__)
SCHEMES = {"", "http", "https", "mailto"}  # "" is a link inside the book
WEB = {"http", "https"}

IGNORED = re.compile(r"[\x00-\x20\x7f]")  # characters that browsers leave out of an address
ADDRESSES = {"html_baseurl": "baseurl", "evidence_repository": "evidence_repository"}  # names here, in _config.yml


def scheme_of(uri: str) -> str | None:
    """Return the scheme of an address as a browser reads it, "" for one inside the book, None for no address."""
    try:
        return urlsplit(IGNORED.sub("", uri)).scheme.lower()
    except ValueError:
        return None


def is_link(uri: str) -> bool:
    """Return whether a page may link to an address: another page of the book, the web or mail."""
    return scheme_of(uri) in SCHEMES


# --- markup ---------------------------------------------------------------------------------


class Markup(nodes.raw):
    """HTML that the book itself writes: every other raw piece of a page is an author's, or a cell's, and refused."""


def markup(html: str) -> Markup:
    """Return the node of HTML that the book writes."""
    return Markup("", html, format="html")


def refuse_markup(app) -> None:
    """Warn of every cell of data that holds markup (``builder-inited``)."""
    for table in store.schema():
        for problem in cell_problems(table):
            LOGGER.warning("data/%s", problem)


def refuse_raw(app, doctree) -> None:
    """Warn of every raw piece of a page and leave it out (``doctree-read``)."""
    for node in list(doctree.findall(nodes.raw)):
        if not isinstance(node, Markup):
            LOGGER.warning("%r %s", markdown.first_line(node.astext()), IN_CHAPTER, location=node)
            node.parent.remove(node)


# --- links ---------------------------------------------------------------------------------


def entry_of(node: nodes.Node, env) -> str:
    """Return the key of the entry of the bibliography that a node stands in, "" for none."""
    while node is not None and not isinstance(node, nodes.citation):
        node = node.parent
    if node is None:
        return ""
    entries = env.get_domain("cite").citations
    return next((entry.key for entry in entries if entry.citation_id in node["ids"]), "")


class RefuseLinks(SphinxPostTransform):
    """Warns of every link that is no address of a page and leaves only its words."""

    default_priority = 700  # when references and bibliography have been resolved

    def run(self, **_) -> None:
        for link in list(self.document.findall(nodes.reference)):
            uri = link.get("refuri", "")
            if is_link(uri):
                continue
            key = entry_of(link, self.env)
            LOGGER.warning(
                "link to %r%s: only http, https, mailto and pages of the book can be linked",
                uri,
                f" in the entry {key} of the bibliography" if key else "",
                location=self.env.docname if key else link,
            )
            link.replace_self(link.children)


def web_address(app, setting: str) -> str:
    """Return an address of the settings without slash at its end, "" if it is no address of the web."""
    given = getattr(app.config, setting) or ""
    return given.rstrip("/") if scheme_of(given) in WEB else ""


def refuse_settings(app, config) -> None:
    """Warn of an address in the settings that is none of the web (``config-inited``)."""
    for setting, name in ADDRESSES.items():
        given = getattr(config, setting) or ""
        if given and scheme_of(given) not in WEB:
            LOGGER.warning("_config.yml, %s: %r is no address of the web (https://…)", name, given)


def setup(app) -> None:
    """Connect the checks."""
    app.connect("config-inited", refuse_settings, priority=900)
    app.connect("builder-inited", refuse_markup, priority=900)
    app.connect("doctree-read", refuse_raw, priority=100)
    app.add_post_transform(RefuseLinks)
