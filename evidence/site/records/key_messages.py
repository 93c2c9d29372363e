"""``{key-messages}``: what a chapter says first, how sure it is, and what it rests on."""

from __future__ import annotations

import hashlib

from docutils import nodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from evidence.data import format, store
from evidence.data.rules import FIRST_ROW, Problem
from evidence.data.store import UnknownId
from evidence.figures.cards import card
from evidence.site.records.domain import card_digest, domain_of, outdated_lists
from evidence.site.records.roles import PlaceReference, RecordReference, sentence

LOGGER = logging.getLogger(__name__)


def messages_of(docname: str):
    """Return the messages of a page, as a frame in their order."""
    frame = store.load("synthesis")
    return frame[frame["page"] == docname].sort_values("order")


def messages_digest(docname: str) -> str:
    """Return a digest of the rows of the messages of a page."""
    return hashlib.sha256(messages_of(docname).to_csv(index=False).encode()).hexdigest()


def outdated(app, env, added, changed, removed) -> list[str]:
    """Return pages whose key messages are others now (``env-get-outdated``)."""
    return outdated_lists(env, "key-messages", messages_digest)


class KeyMessages(SphinxDirective):
    """``{key-messages}`` shows the messages of its page, each with its confidence and support."""

    def run(self):
        rows = messages_of(self.env.docname)
        if rows.empty:
            raise self.error("synthesis.csv has no message for this page")
        domain = domain_of(self.env)
        made_by = ("key-messages", self.env.docname)
        domain.rest_on_list(self.env.docname, messages_digest(self.env.docname), made_by, ["synthesis"])
        items = nodes.bullet_list(classes=["messages"])
        for row in rows.itertuples():
            statement = nodes.paragraph("", "", *self._statement(row))
            foot = nodes.paragraph("", "", classes=["confidence"])
            foot += self._link("message", row.id, judgement(row))
            support = [("finding", key) for key in store.items(row.findings)]
            support += [("fact", key) for key in store.items(row.facts)]
            for kind, key in support:
                foot += nodes.inline("", "", ids=[domain.use(kind, key, self.env.docname)])
                domain.rest_on(self.env.docname, card_digest(kind, key), (kind, key))
            pages = sorted(card("message", row.id).places, key=page_number)
            for position, place in enumerate({(place.source, place.page): place for place in pages}.values()):
                foot += nodes.Text(", " if position else " · rests on ")
                label = format.page(place.page)
                foot += PlaceReference("", label, source_key=place.source, page=place.page)
            items += nodes.list_item("", statement, foot)
        box = nodes.container(
            "", nodes.paragraph("", "", nodes.strong("", "Key messages")), items, classes=["admonition"]
        )
        return [box]

    def _statement(self, row) -> list[nodes.Node]:
        """Return the nodes of a statement; warns, with its place in the file, of a record that does not exist."""
        try:
            return sentence(self.env, row.statement)
        except UnknownId as error:
            position = list(store.rows("synthesis")).index(row.id)
            problem = Problem("synthesis.csv", position + FIRST_ROW, "statement", None, str(error))
            LOGGER.warning("data/%s", problem, location=(self.env.docname, self.lineno))
            return [nodes.problematic(row.statement, row.statement)]

    def _link(self, kind: str, key: str, text: str) -> nodes.Node:
        domain = domain_of(self.env)
        domain.rest_on(self.env.docname, card_digest(kind, key), (kind, key))
        anchor = domain.use(kind, key, self.env.docname)
        return RecordReference(text, text, kind=kind, key=key, ids=[anchor], plain=True)


def judgement(row) -> str:
    """Return how sure a key message is, in a few words."""
    if row.kind == "qualitative":
        return f"{row.confidence.capitalize()} confidence"
    return "Statistic: about its data"


def page_number(place) -> tuple[str, int]:
    """Return what sorts places by document and page."""
    return place.source, int(place.page.partition("-")[0] or 0)


def setup(app) -> None:
    """Add the directive."""
    app.add_directive("key-messages", KeyMessages)
    app.connect("env-get-outdated", outdated)
