"""``{review-findings}``: every review finding with the account behind it, in a section of its subject.

An account says what supports, qualifies and contradicts the finding, document by document; who is silent; what is
uncertain; why it has this confidence; how old its evidence is; what would change our mind; and what is asked of whom.
``:source: KEY`` lists instead the review findings that rest on a document, each as a link to its account.
"""

from __future__ import annotations

from functools import cache

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective

from evidence.data import format, store
from evidence.data.addressees import TABLES as ADDRESSEES
from evidence.data.addressees import of_recommendation
from evidence.data.review_findings import (
    BETWEEN,
    KIND,
    SUPPORTS,
    TABLE,
    TABLES,
    Evidence,
    by_document,
    calls_on,
    evidence_of,
    newest_year,
    parts_of,
    silent,
    supporting,
)
from evidence.data.store import UnknownId
from evidence.figures.cards import Card, card
from evidence.figures.sureness import judgement
from evidence.site import downloads
from evidence.site.engine.sealed import sealed
from evidence.site.records.domain import domain_of, table_digest
from evidence.site.records.key_messages import page_number, reasons_of, support_of
from evidence.site.records.paged import pager_of
from evidence.site.records.registers import (
    FEW,
    CardHead,
    Disclosure,
    Row,
    RowLine,
    UsedIn,
    details_by_line,
    filters,
    record_details,
    title,
)
from evidence.site.records.roles import FinderReference, PlaceReference, RecordReference
from evidence.site.records.sureness import level, mark

WHY = "why"  # part of an account that gives the reasons for its confidence, before the anchor of the account
SCOPE = ("Of whom", "Groups", "Places", "Holds for", "Themes")  # labels of a card that say where a finding holds


@cache
def messages_on() -> dict[str, list[str]]:
    """Return the key messages that share evidence with each review finding, in the order of the table."""
    found: dict[str, list[str]] = {}
    for row in store.rows("synthesis").values():
        for key in parts_of(support_of(row)):
            found.setdefault(key, []).append(row.id)
    return found


def in_brief(row) -> str:
    """Return the line under a review finding: how sure it is, on how many documents it rests, its newest year."""
    count = len(supporting(row.id))
    documents = "one document" if count == 1 else f"{count} documents"
    year, is_named = newest_year(row.id)
    return f"{judgement(row)} · {documents} · newest year {year}{'' if is_named else ', that of its document'}"


def heading(text: str) -> nodes.paragraph:
    """Return the label of a part of an account."""
    return nodes.paragraph("", "", nodes.strong("", text), classes=["label"])


def said(label: str, text: str) -> list[nodes.Node]:
    """Return a part of an account that is a sentence of ours; nothing where there is none."""
    return [heading(label), nodes.paragraph("", text)] if text else []


def evidence_line(item: Evidence) -> nodes.list_item:
    """Return a record that bears on a review finding: what it does to it, unless it supports it, its page and why."""
    shown = card(item.kind, item.id)
    line = nodes.paragraph()
    if item.relation != SUPPORTS:
        line += nodes.emphasis("", f"{item.relation.capitalize()}: ")
    line += RecordReference("", title(shown), kind=item.kind, key=item.id, plain=True)
    for place in sorted(dict.fromkeys(place._replace(locator="") for place in shown.places), key=page_number):
        label = format.page(place.page) if len(item.sources) == 1 else format.place(place)
        line += [nodes.Text(" · "), PlaceReference("", label, source_key=place.source, page=place.page)]
    if item.reason:
        line += nodes.Text(f" · {item.reason}")
    return nodes.list_item("", line)


def evidence_nodes(row) -> list[nodes.Node]:
    """Return the evidence of a review finding, document by document, and the documents that are silent."""
    names = store.names("sources")
    found: list[nodes.Node] = [heading("Evidence, document by document")]
    for source, items in by_document(row.id).items():
        name = "Between documents" if source == BETWEEN else names[source]
        found.append(nodes.paragraph("", name))
        found.append(nodes.bullet_list("", *map(evidence_line, items), classes=["support"]))
    if len(supporting(row.id)) == 1:
        found.append(nodes.paragraph("", f"One document supports it: {names[supporting(row.id)[0]]}."))
    quiet = ", ".join(names[source] for source in silent(row.id))
    found.append(nodes.paragraph("", f"Say nothing on it: {quiet or 'none of the documents'}."))
    return found


def age(row) -> str:
    """Return how old the evidence of a review finding is, as a sentence."""
    year, is_named = newest_year(row.id)
    documents = ", ".join(store.names("sources")[source] for source in supporting(row.id))
    newest = f"The newest year is {year}"
    whose = "named by a record" if is_named else "that of its document, as the record names none"
    return f"{newest}, {whose}. In support of it: {documents}."


def asked_of(row) -> str:
    """Return whom a recommendation asks, under the names of today's list, "" where nobody is; says what we inferred."""
    names = store.names("addressees")
    asked = ", ".join(names[key] for key in of_recommendation(row))
    return f"{asked}, by our reading" if asked and row.addressee_basis == "inferred" else asked


def calls(keys: list[str]) -> nodes.Element:
    """Return links to recommendations, each with whom it asks where it asks someone; a long list opens."""
    items = []
    for key in keys:
        head = RecordReference("", card("recommendation", key).head, kind="recommendation", key=key, plain=True)
        line = nodes.paragraph("", "", head)
        if asked := asked_of(store.row("recommendations", key)):
            line += nodes.Text(f" Asked of: {asked}.")
        items.append(nodes.list_item("", line))
    return opening(items)


def asks(row) -> list[nodes.Node]:
    """Return what is asked of whom on a review finding: the calls that rest on its records, and those on its themes."""
    asked, themes = calls_on(row.id), store.items(row.themes)
    found: list[nodes.Node] = [heading("What is asked of whom")]
    found.append(calls(asked) if asked else nodes.paragraph("", "No recommendation rests on these records."))
    choice = f"kind=recommendation,action&theme={','.join(themes)}"
    names = store.names("themes")
    words = f"All requests with these themes: {'; '.join(names[theme] for theme in themes)}"
    return [*found, nodes.paragraph("", "", FinderReference(words, words, choice=choice))]


def differing(row, message) -> str:
    """Return what a key message says of how sure it is where a review finding says otherwise, and what it rests on.

    Each is judged on the records it cites, so that the two may differ; "" where they do not.
    """
    if (judged := judgement(message)) == judgement(row):
        return ""
    own, here = set(support_of(message)), {(item.kind, item.id) for item in evidence_of(row.id)}
    cited = "its one record is" if len(own) == 1 else f"of its {len(own)} records {len(own & here)} are"
    return f"{judged}; {cited} among the {len(here)} here, and each is judged on its own."


def messages_with(row, keys: list[str]) -> nodes.Element:
    """Return links to the key messages that share evidence with a review finding, each with where its level differs."""
    items = []
    for key in keys:
        line = nodes.paragraph(
            "", "", RecordReference("", card("message", key).head, kind="message", key=key, plain=True)
        )
        if said := differing(row, store.row("synthesis", key)):
            line += nodes.Text(f" · {said}")
        items.append(nodes.list_item("", line))
    return opening(items)


def opening(items: list[nodes.list_item]) -> nodes.Element:
    """Return a list that opens if it is long."""
    box = nodes.bullet_list("", *items, classes=["support"])
    return box if len(items) <= FEW else Disclosure("", box, summary=f"{len(items)} in all")


def account(row) -> Row:
    """Return a review finding as a line that opens on its account."""
    item = card(KIND, row.id)
    sure = nodes.inline("", "", *mark(level(row)), nodes.Text(in_brief(row)), classes=["brief"])
    line = RowLine("", CardHead("", "", nodes.Text(item.head), level=3), sure)
    box = nodes.container("", classes=["record"], ids=[f"{KIND}-{row.id}"])
    box += details_by_line(scope(item))
    box += asks(row)
    box += evidence_nodes(row)
    why = heading(f"Why {format.lowered(judgement(row))}")
    why["ids"] = [f"{WHY}-{KIND}-{row.id}"]
    box += [why, *reasons_of(row)]
    box += said("What is uncertain or missing", row.uncertain)
    box += said("Age of the evidence", age(row))
    box += said("What would change our mind", row.what_would_change)
    if messages := messages_on().get(row.id):
        box += [heading("Key messages with the same evidence"), messages_with(row, messages)]
    box += [nodes.paragraph("", "", UsedIn("", kind=KIND, key=row.id), classes=["foot"]), record_details(item)]
    return Row("", line, box, classes=["card", KIND])


def scope(item: Card) -> Card:
    """Return a card with only what says of whom, where and when its finding holds."""
    return item._replace(pairs=[pair for pair in item.pairs if pair[0] in SCOPE])


class ReviewFindings(SphinxDirective):
    """``{review-findings}`` lists review findings by subject with their accounts, or as links those of a document."""

    option_spec = {"source": directives.unchanged}

    def run(self):
        domain = domain_of(self.env)
        for table in dict.fromkeys((*TABLES, *ADDRESSEES, "themes")):
            domain.rest_on(self.env.docname, table_digest(table), ("table", table))
        source = self.options.get("source")
        if source and source not in store.rows("sources"):
            raise self.error(str(UnknownId("document", source, store.rows("sources"))))
        return self._of_document(source) if source else [*self._above(), *self._sections()]

    def _above(self) -> list[nodes.Node]:
        """Return what stands above the list: the filters and its files."""
        return [filters(KIND, None), downloads.of_register(self.env.docname, TABLE)]

    def _sections(self) -> list[nodes.Node]:
        """Return a section a subject, each review finding noted as listed on the page that it stands on."""
        domain, pager, found = domain_of(self.env), pager_of(self.env), []
        for subject, name in store.labels(TABLE, "subject").items():
            rows = [row for row in store.rows(TABLE).values() if row.subject == subject]
            if not rows:
                continue
            marks = pager.marks(account(rows[0]))
            section = nodes.section("", nodes.title("", name), ids=[f"subject-{subject}"])
            box = nodes.container("", classes=["register"])
            for row in rows:
                box += pager.add(account(row))
                domain.note(KIND, row.id, self.env.docname, f"{KIND}-{row.id}", title(card(KIND, row.id)), pager.page)
                domain.show_uses(self.env.docname, KIND, row.id)
            section += sealed(box, self.state.document)
            found += [*marks, section]
        return found

    def _of_document(self, source: str) -> list[nodes.Node]:
        """Return links to the review findings that rest on a document, each with how many of its records."""
        items = []
        for row in store.rows(TABLE).values():
            count = sum(source in item.sources for item in evidence_of(row.id))
            if count:
                head = RecordReference("", card(KIND, row.id).head, kind=KIND, key=row.id, plain=True)
                records = "a record" if count == 1 else f"{count} records"
                items.append(nodes.list_item("", nodes.paragraph("", "", head, nodes.Text(f" · {records}"))))
        return [nodes.bullet_list("", *items)] if items else [nodes.paragraph("", "No review finding rests on it yet.")]


def setup(app) -> None:
    """Add the directive."""
    app.add_directive("review-findings", ReviewFindings)
