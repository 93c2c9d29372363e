"""Questions people ask and their answers: ``{questions}`` lists all by topic, ``{front-answers}`` a few in short."""

from __future__ import annotations

from html import escape

from docutils import nodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from evidence.data import store
from evidence.data.review_findings import KIND, calls_on, parts_of
from evidence.data.review_findings import TABLE as REVIEW_FINDINGS
from evidence.data.rules import FIRST_ROW, Problem
from evidence.data.store import UnknownId
from evidence.figures import sentences, sureness
from evidence.figures.cards import card
from evidence.site import downloads
from evidence.site.languages import in_language
from evidence.site.records.domain import card_digest, domain_of, table_digest
from evidence.site.records.key_messages import NOT_KNOWN, judgement, mark_of
from evidence.site.records.paged import pager_of
from evidence.site.records.registers import UsedIn, filters
from evidence.site.records.roles import RecordReference, page_link, place_node, sentence

LOGGER = logging.getLogger(__name__)
TABLE = "answers"
PAGE = "/chapters/reference/answers"  # where every answer stands


class Asked(nodes.General, nodes.Element):
    """A question that opens on its answer: attributes ``question`` and ``short``, the answer as children."""


def sentence_nodes(env, row, column: str) -> list[nodes.Node]:
    """Return the nodes of a sentence of an answer; warns, with its place, of a record that does not exist."""
    try:
        return sentence(env, getattr(row, column))
    except UnknownId as error:
        position = list(store.rows(TABLE)).index(row.id)
        LOGGER.warning("data/%s", Problem(f"{TABLE}.csv", position + FIRST_ROW, column, None, str(error)))
        return [nodes.problematic(getattr(row, column), getattr(row, column))]


def how_sure(env, row) -> list[nodes.Node]:
    """Return how sure an answer is: the confidence of its messages, a link where it names one, and its own words."""
    said: list[nodes.Node] = []
    if row.state in NOT_KNOWN:
        said += [nodes.inline("", NOT_KNOWN[row.state], classes=["state", row.state]), nodes.Text(" · ")]
    if row.message and (message := store.row("synthesis", row.message)).kind == "qualitative":
        said += [linked(env, "message", row.message, judgement(message)), nodes.Text(" · ")]
    elif words := sureness.in_words(row):
        said += [nodes.Text(f"{words.removesuffix(sureness.SEE_EACH)} · ")]
    return [*said, nodes.Text(f"{row.how_sure.rstrip('.')} · as of {row.as_of.replace('/', ' to ')}")]


def linked(env, kind: str, key: str, text: str) -> RecordReference:
    """Return a link to a record in words of ours; its card stays where it is listed, so that pages stay small."""
    domain_of(env).rest_on(env.docname, card_digest(kind, key), (kind, key))
    return RecordReference(text, text, kind=kind, key=key, plain=True)


def account(env, row) -> list[nodes.Node]:
    """Return the link to the review finding that shares most evidence with an answer, which says who is asked too."""
    rests = {"fact": row.facts, "finding": row.findings}
    records = [(kind, key) for kind, keys in rests.items() for key in store.items(keys)]
    records += sentences.records_in(row.answer)
    found = parts_of(records) if REVIEW_FINDINGS in store.schema() else []
    if not found:
        return []
    judged = judgement(store.row(REVIEW_FINDINGS, found[0]))
    what = "Across documents, and who is asked" if calls_on(found[0]) else "Across documents"
    words = f"{what} ({judged[:1].lower()}{judged[1:]})"
    return [nodes.Text(" · "), linked(env, KIND, found[0], words)]


def capitalised(text: str) -> str:
    """Return a sentence with a capital at its start, where a figure in words may stand."""
    return text[:1].upper() + text[1:]


def rest_on_answers(env) -> None:
    """Note that a page is made from the table of answers."""
    domain_of(env).rest_on(env.docname, table_digest(TABLE), ("table", TABLE))


class FrontAnswers(SphinxDirective):
    """``{front-answers} id id`` shows the answers with these ids: question, headline, answer, how sure."""

    required_arguments = 1
    final_argument_whitespace = True

    def run(self):
        rest_on_answers(self.env)
        items = nodes.bullet_list(classes=["answers"])
        for key in self.arguments[0].split():
            try:
                row = store.row(TABLE, key)
            except UnknownId as error:
                raise self.error(str(error)) from None
            lines = [
                nodes.paragraph("", row.question, classes=["question"]),
                nodes.paragraph("", "", *sentence_nodes(self.env, row, "short"), classes=["short"]),
                nodes.paragraph("", "", *sentence_nodes(self.env, row, "answer")),
                nodes.paragraph("", "", mark_of(row), nodes.Text(" "), *how_sure(self.env, row), classes=["sure"]),
            ]
            lines[-1] += [nodes.Text(" · "), page_link(row.page, "Read on", row.heading), *account(self.env, row)]
            items += nodes.list_item("", *lines)
        return [items]


class Questions(SphinxDirective):
    """``{questions}`` lists every answer of the book in a section of its topic; each opens, and has its own anchor."""

    def run(self):
        rest_on_answers(self.env)
        rows = sorted(store.rows(TABLE).values(), key=lambda row: (row.order, row.id))
        files = downloads.links(self.env.docname, downloads.name_of(TABLE), "All of this register:")
        found: list[nodes.Node] = [filters("answer", listed="details.answer"), files]
        domain, pager = domain_of(self.env), pager_of(self.env)
        for topic, name in store.labels(TABLE, "topic").items():
            inside = [row for row in rows if row.topic == topic]
            if inside:
                section = nodes.section("", nodes.title("", name), ids=[f"topic-{topic}"])
                section += [self._asked(row) for row in inside]
                found += pager.add(section)
                for row in inside:
                    name = card("answer", row.id).head
                    domain.note("answer", row.id, self.env.docname, f"answer-{row.id}", name, pager.page)
        return found

    def _asked(self, row) -> Asked:
        """Return a question that opens on its answer, noted as listed here."""
        anchor = f"answer-{row.id}"
        foot = nodes.paragraph("", "", *how_sure(self.env, row), classes=["sure"])
        places = nodes.paragraph("", "", classes=["foot"])
        for place in dict.fromkeys(card("answer", row.id).places):
            places += [place_node(place), nodes.Text(" · ")]
        places += [page_link(row.page, "Read on", row.heading), *account(self.env, row)]
        places += UsedIn("", kind="answer", key=row.id)
        body = nodes.container(
            "", nodes.paragraph("", "", *sentence_nodes(self.env, row, "answer")), foot, places, ids=[anchor]
        )
        for column, field in store.fields_of(store.schema()[TABLE]).items():
            if field.get("lang") and (text := getattr(row, column)):
                body.insert(-1, nodes.paragraph("", "", in_language(text, field["lang"]), classes=["asked"]))
        return Asked("", body, question=row.question, short=capitalised(sentences.plain(row.short)))


def visit_html(translator, node: Asked) -> None:
    """Open a question: its words are a heading, so that a screen reader can step through them."""
    head = f"<h3>{escape(node['question'])}</h3> <span class=short>{escape(node['short'])}</span>"
    translator.body.append(f"<details class=answer><summary>{head}</summary>\n")


def depart_html(translator, node: Asked) -> None:
    """Close a question."""
    translator.body.append("</details>\n")


def unfold(app, doctree, docname) -> None:
    """Put question and headline above the answer where nothing opens (``doctree-resolved``)."""
    if app.builder.format == "html":
        return
    for node in list(doctree.findall(Asked)):
        head = nodes.paragraph("", "", nodes.strong("", node["question"]), nodes.Text(f" {node['short']}"))
        node.replace_self([head, *node.children])


def setup(app) -> None:
    """Add nodes and directives."""
    app.add_node(Asked, html=(visit_html, depart_html))
    app.add_directive("front-answers", FrontAnswers)
    app.add_directive("questions", Questions)
    app.connect("doctree-resolved", unfold, priority=480)
