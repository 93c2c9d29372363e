"""Questions people ask and their answers: ``{questions}`` lists all by topic, ``{front-answers}`` a few in short."""

from __future__ import annotations

from html import escape

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from evidence.data import format, store
from evidence.data.review_findings import KIND, calls_on, parts_of
from evidence.data.review_findings import TABLE as REVIEW_FINDINGS
from evidence.data.store import UnknownId
from evidence.figures import sentences
from evidence.figures.cards import card
from evidence.figures.subjects import TABLE as SUBJECTS
from evidence.figures.subjects import on, page_of, subjects_of
from evidence.figures.sureness import judgement
from evidence.site import downloads
from evidence.site.languages import in_language
from evidence.site.records.domain import card_digest, domain_of, table_digest
from evidence.site.records.paged import pager_of
from evidence.site.records.registers import Disclosure, UsedIn, filters, title
from evidence.site.records.roles import RecordReference, page_link, place_node, sentence_of
from evidence.site.records.sureness import line, linked, state, sureness

TABLE = "answers"
PAGE = "/chapters/reference/answers"  # where every answer stands


class Asked(nodes.General, nodes.Element):
    """A question that opens on its answer: attributes ``question`` and ``short``, the answer as children."""


def records_of(row) -> list[tuple[str, str]]:
    """Return (kind, id) of every record an answer rests on: those of its columns, then those its sentence names."""
    columns = {"fact": row.facts, "finding": row.findings}
    named = [(kind, key) for kind, keys in columns.items() for key in store.items(keys)]
    return list(dict.fromkeys([*named, *sentences.records_in(row.answer)]))


def statements(env, row) -> list[nodes.Node]:
    """Return, folded, all that the records behind an answer say: a short answer leaves out some of it."""
    items = []
    for kind, key in records_of(row):
        domain_of(env).rest_on(env.docname, card_digest(kind, key), (kind, key))
        link = RecordReference("", format.capitalised(title(card(kind, key))), kind=kind, key=key, plain=True)
        items.append(nodes.list_item("", nodes.paragraph("", "", link)))
    return [Disclosure("", nodes.bullet_list("", *items), summary=f"In more detail: {len(items)}")] if items else []


def account(env, row) -> list[nodes.Node]:
    """Return the link to the review finding that shares most evidence with an answer, which says who is asked too."""
    found = parts_of(records_of(row)) if REVIEW_FINDINGS in store.schema() else []
    if not found:
        return subject_link(row)
    judged = judgement(store.row(REVIEW_FINDINGS, found[0]))
    what = "Across documents, and who is asked" if calls_on(found[0]) else "Across documents"
    words = f"{what} ({format.lowered(judged)})"
    return [nodes.Text(" · "), linked(env, KIND, found[0], words), *subject_link(row)]


def subject_link(row) -> list[nodes.Node]:
    """Return the link to the page of the narrowest subject that a question is on, if it is on any."""
    found = subjects_of("answer", row.id) if SUBJECTS in store.schema() else ()
    if not found:
        return []
    nearest = min(found, key=lambda subject: (len(on(subject, "answer")), subject))
    words = f"All on: {store.row(SUBJECTS, nearest).name}"
    return [nodes.Text(" · "), page_link(page_of(nearest), words)]


def rest_on_answers(env) -> None:
    """Note that a page is made from the table of answers, and from the subjects that they lead to."""
    for table in (TABLE, SUBJECTS):
        domain_of(env).rest_on(env.docname, table_digest(table), ("table", table))


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
            sure = line(self.env, row)
            lines = [
                nodes.paragraph("", row.question, classes=["question"]),
                nodes.paragraph("", "", *sentence_of(self.env, TABLE, row, "short"), classes=["short"]),
                nodes.paragraph("", "", *sentence_of(self.env, TABLE, row, "answer")),
                nodes.paragraph("", "", *sure, classes=["sure"]),
            ]
            further = subject_link(row) or account(self.env, row)
            lines[-1] += [nodes.Text(" · "), page_link(row.page, "Read on", row.heading), *further]
            items += nodes.list_item("", *lines)
        return [items]


class Questions(SphinxDirective):
    """``{questions}`` lists every answer of the book in a section of its topic; each opens, and has its own anchor."""

    def run(self):
        rest_on_answers(self.env)
        rows = sorted(store.rows(TABLE).values(), key=lambda row: (row.order, row.id))
        files = downloads.of_register(self.env.docname, TABLE)
        found: list[nodes.Node] = [filters("answer", listed="details.answer"), files]
        domain, pager = domain_of(self.env), pager_of(self.env)
        for topic, name in store.labels(TABLE, "topic").items():
            inside = [row for row in rows if row.topic == topic]
            if inside:
                items = [self._asked(row) for row in inside]
                found += pager.marks(items[0])
                section = nodes.section("", nodes.title("", name), ids=[f"topic-{topic}"])
                for row, item in zip(inside, items):
                    section += pager.add(item)
                    asked = card("answer", row.id).head
                    domain.note("answer", row.id, self.env.docname, f"answer-{row.id}", asked, pager.page)
                found.append(section)
        return found

    def _asked(self, row) -> Asked:
        """Return a question that opens on its answer, noted as listed here."""
        anchor = f"answer-{row.id}"
        foot = nodes.paragraph("", "", *state(row), *sureness(self.env, row), classes=["sure"])
        places = nodes.paragraph("", "", classes=["foot"])
        for place in dict.fromkeys(card("answer", row.id).places):
            places += [place_node(place), nodes.Text(" · ")]
        places += [page_link(row.page, "Read on", row.heading), *account(self.env, row)]
        places += UsedIn("", kind="answer", key=row.id)
        said = nodes.paragraph("", "", *sentence_of(self.env, TABLE, row, "answer"))
        body = nodes.container("", said, foot, *statements(self.env, row), places, ids=[anchor])
        for column, field in store.fields(TABLE).items():
            if field.get("lang") and (text := getattr(row, column)):
                body.insert(-1, nodes.paragraph("", "", in_language(text, field["lang"]), classes=["asked"]))
        return Asked("", body, question=row.question, short=format.capitalised(sentences.plain(row.short)))


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
