"""``{key-messages}``: what a chapter says first, how sure it is, and, folded, why and what it rests on."""

from __future__ import annotations

import hashlib

import pandas as pd
from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from evidence.data import format, store
from evidence.data.disagreements import disagreements_on
from evidence.data.review_findings import EVIDENCE, KIND, parts_of
from evidence.data.review_findings import TABLE as REVIEW_FINDINGS
from evidence.figures.cards import NUMBERS, Card, card
from evidence.figures.sentences import records_in
from evidence.figures.sureness import COMPONENTS, CONCERNS, QUALITATIVE, REASON, TOOL, dated, in_words, judgement
from evidence.site.records.domain import card_digest, domain_of, outdated_lists
from evidence.site.records.folds import Fold, Line
from evidence.site.records.registers import title
from evidence.site.records.roles import PlaceReference, RecordReference, sentence_of
from evidence.site.records.sureness import level, mark, mark_of, sureness

ASKED = {  # of the four components of GRADE-CERQual, in words
    "methods": "How it was found out",
    "coherence": "Whether it all agrees",
    "adequacy": "How much there is",
    "relevance": "Whether it fits the question",
}
ANSWERS = "answers"  # table of the questions people ask; one answer of a page leads it


def messages_of(docname: str) -> pd.DataFrame:
    """Return the messages of a page in their order."""
    frame = store.load("synthesis")
    return frame[frame["page"] == docname].sort_values("order")


def lead_of(docname: str) -> pd.DataFrame:
    """Return the answer that leads a page, a frame of one row or none."""
    if ANSWERS not in store.schema():
        return pd.DataFrame()
    rows = store.load(ANSWERS)
    return rows[(rows["page"] == docname) & rows["leads"]]


def messages_digest(docname: str) -> str:
    """Return a digest of what a page shows of its lead and its messages, the cards of their records aside."""
    rows = messages_of(docname)
    beside = [(disputes_of(row), whole_of(row)) for row in rows.itertuples()]
    leading = lead_of(docname)
    behind = [(in_words(row), dated(row)) for row in leading.itertuples()]
    shown = (leading.to_csv(index=False), behind, rows.to_csv(index=False), beside)
    return hashlib.sha256(repr(shown).encode()).hexdigest()


def outdated(app, env, added, changed, removed) -> list[str]:
    """Return pages whose key messages are others now (``env-get-outdated``)."""
    return outdated_lists(env, "key-messages", messages_digest)


class KeyMessages(SphinxDirective):
    """``{key-messages}`` shows the answer that leads its page, and its messages, if any, with what is behind them."""

    def run(self):
        docname = self.env.docname
        rows, leading = messages_of(docname), lead_of(docname)
        if rows.empty and leading.empty:
            raise self.error("synthesis.csv has no message for this page, and no answer of answers.csv leads it")
        shown_from = ("synthesis", "discrepancies", ANSWERS, REVIEW_FINDINGS, EVIDENCE)
        tables = [name for name in shown_from if name in store.schema()]
        made_by = ("key-messages", docname)
        domain_of(self.env).rest_on_list(docname, messages_digest(docname), made_by, tables)
        items = nodes.bullet_list("", *map(self._message, rows.itertuples()), classes=["messages"])
        label = nodes.paragraph("", "Key messages", classes=["label"])
        leads = [part for row in leading.itertuples() for part in self._lead(row)]
        messages = [] if rows.empty else [nodes.container("", label, items, classes=["key-messages"])]
        return [*leads, *messages]

    def _lead(self, row) -> list[nodes.paragraph]:
        """Return the answer that leads the page, and the line that says how sure it is."""
        answer = nodes.paragraph("", "", *sentence_of(self.env, ANSWERS, row, "answer", self.lineno), classes=["lead"])
        sure = [nodes.strong("", "How sure?"), nodes.Text(" "), *mark_of(row)]
        line = nodes.paragraph("", "", *sure, *sureness(self.env, row, shows_messages=True), classes=["lead-sure"])
        return [answer, line]

    def _message(self, row) -> nodes.list_item:
        """Return a message: its statement, and below the line that says how sure it is what it rests on."""
        domain, docname = domain_of(self.env), self.env.docname
        support = support_of(row)
        disputes = disputes_of(row)
        shown = [("message", row.id), *support, *disputes]
        for kind, key in shown:
            domain.rest_on(docname, card_digest(kind, key), (kind, key))
        item = nodes.list_item("", ids=[domain.use(kind, key, docname) for kind, key in shown])
        item += nodes.paragraph(
            "", "", *sentence_of(self.env, "synthesis", row, "statement", self.lineno), classes=["statement"]
        )
        folded = nodes.container("", classes=["folded"])
        if row.detail:
            folded += nodes.paragraph("", "", *sentence_of(self.env, "synthesis", row, "detail", self.lineno))
        folded += reasons_of(row)
        folded += listed("Evidence", support)
        folded += listed("Where the documents disagree", disputes)
        folded += nodes.paragraph("", "", *wholes(row), classes=["whole"])
        item += Fold("", line_of(row), folded)
        return item


def about(row) -> str:
    """Return what opens below a message without confidence: how a tool was tried, or what its numbers are."""
    if row.kind == TOOL:
        return "How we know"
    count = sum(kind in NUMBERS for kind, _ in records_in(row.statement))
    return {0: "About the data", 1: "About this number"}.get(count, "About these numbers")


def line_of(row) -> Line:
    """Return the line under a message: mark, how sure it is, and what opens."""
    opens = f"Why {row.confidence}, and what it rests on" if row.kind == QUALITATIVE else about(row)
    sure = nodes.inline("", judgement(row), classes=["sure"])
    return Line("", "", *mark(level(row)), sure, nodes.Text(" "), nodes.inline("", opens, classes=["opens"]))


def reasons_of(row) -> list[nodes.Node]:
    """Return why a confidence is what it is, component by component, or what to know of the data of a statistic."""
    if row.kind != QUALITATIVE:
        return [nodes.paragraph("", row.data_quality)]
    pairs = [
        (ASKED[name], f"{getattr(row, name + CONCERNS)} concerns.".replace("none", "no").capitalize(), reason)
        for name in COMPONENTS
        for reason in [getattr(row, name + REASON)]
    ]
    found = [
        nodes.definition_list_item("", nodes.term("", asked), nodes.definition("", nodes.paragraph("", f"{how} {why}")))
        for asked, how, why in pairs
    ]
    departure = [nodes.paragraph("", row.departure)] if row.departure else []
    return [nodes.definition_list("", *found, classes=["reasons"]), *departure]


def support_of(row) -> list[tuple[str, str]]:
    """Return (kind, id) of the records that a message rests on: those of its columns, else those it names."""
    found = [("finding", key) for key in store.items(row.findings)] + [("fact", key) for key in store.items(row.facts)]
    return found or list(dict.fromkeys(records_in(f"{row.statement} {row.detail}")))


def disputes_of(row) -> list[tuple[str, str]]:
    """Return (kind, id) of the disagreements about the facts of a message, after those its sentences name."""
    named = records_in(f"{row.statement} {row.detail}")
    facts = {*store.items(row.facts), *(key for kind, key in named if kind == "fact")}
    stated = [(kind, key) for kind, key in named if kind == "discrepancy"]
    found = [*stated, *(("discrepancy", key) for key in disagreements_on(facts))]
    return [record for record in dict.fromkeys(found) if record not in support_of(row)]


def whole_of(row) -> str | None:
    """Return the review finding that shares most evidence with a message, None where none shares any."""
    found = parts_of(support_of(row)) if REVIEW_FINDINGS in store.schema() else []
    return found[0] if found else None


def wholes(row) -> list[nodes.Node]:
    """Return the line that leads from a message to the register, and to the review finding it is part of."""
    line: list[nodes.Node] = [RecordReference("", "Record", kind="message", key=row.id, plain=True)]
    if key := whole_of(row):
        head = card(KIND, key).head
        line += [nodes.Text(" · Across documents: "), RecordReference("", head, kind=KIND, key=key, plain=True)]
    return line


def listed(label: str, records: list[tuple[str, str]]) -> list[nodes.Node]:
    """Return a labelled list of records, each a link to its card and to the pages it stands on."""
    items = [nodes.list_item("", nodes.paragraph("", "", *record_line(card(*record)))) for record in records]
    heading = nodes.paragraph("", label, classes=["label"])
    return [heading, nodes.bullet_list("", *items, classes=["support"])] if items else []


def record_line(item: Card) -> list[nodes.Node]:
    """Return a record by what it says, with the pages it stands on."""
    line: list[nodes.Node] = [RecordReference("", title(item), kind=item.kind, key=item.id, plain=True)]
    pages = {(place.source, place.page): place for place in sorted(item.places, key=page_number)}
    for place in pages.values():
        label = format.page(place.page)
        line += [nodes.Text(" · "), PlaceReference("", label, source_key=place.source, page=place.page)]
    return line


def page_number(place) -> tuple[str, int]:
    """Return what sorts places by document and page; pages with Roman numbers stand before page 1."""
    first = place.page.partition("-")[0]
    return place.source, int(first) if first.isdecimal() else 0


def raise_leads(app, doctree) -> None:
    """Put the answer of a page right below its title, before who says so and as of when (``doctree-read``)."""
    section = next((node for node in doctree.findall(nodes.section)), None)
    if section is None:
        return
    raised = [
        node
        for node in doctree.findall(nodes.paragraph)
        if {"lead", "lead-sure"} & set(node["classes"]) and node.parent is section
    ]
    for node in reversed(raised):
        section.remove(node)
        section.insert(1, node)


def setup(app) -> None:
    """Add the directive."""
    app.add_directive("key-messages", KeyMessages)
    app.connect("env-get-outdated", outdated)
    app.connect("doctree-read", raise_leads)
