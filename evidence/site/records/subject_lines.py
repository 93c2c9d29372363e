"""The lines on the page of a subject: what is known, a call, an open question, each with where it stands."""

from __future__ import annotations

from docutils import nodes

from evidence.data import bibliography, format, store
from evidence.data.addressees import brief_names, of_action, of_recommendation
from evidence.data.records import Place
from evidence.data.review_findings import KIND, SUPPORTS, evidence_of
from evidence.data.schema import kinds
from evidence.figures.cards import card, rests_on
from evidence.figures.subjects import OPEN, Record
from evidence.figures.sureness import judgement, not_rated
from evidence.site.records import sureness as sure_of
from evidence.site.records.accounts import WHY
from evidence.site.records.key_messages import page_number
from evidence.site.records.registers import Disclosure, title
from evidence.site.records.roles import PlaceReference, RecordReference, page_link, sentence
from evidence.site.records.subject_words import READING, with_terms
from evidence.site.unbroken import SPACE

DOCUMENT = "chapters/sources"  # where each document has its page
ADDRESSEES_SHOWN = 2  # layout: of a call; its own page has all
COUNTED = dict(enumerate(("two", "three", "four", "five", "six", "seven", "eight", "nine"), start=2))


def link(kind: str, key: str, words: str = "") -> RecordReference:
    """Return a link to a record, by what it says or in words of ours."""
    return RecordReference("", words or title(card(kind, key)), kind=kind, key=key, plain=True)


def full_title(source: str) -> str:
    """Return the title of a document as printed, and who published it."""
    return f"{bibliography.title_of(source) or store.row('sources', source).subject}. {publisher(source)}"


def publisher(source: str) -> str:
    """Return who published a document, the first of several first."""
    return ", ".join(store.row("sources", source).publisher.split("; "))


def document_link(source: str) -> nodes.Node:
    """Return a link to the page of a document, which says its title and publisher where it is pointed at."""
    return page_link(f"{DOCUMENT}/{source}", store.names("sources")[source], hint=full_title(source))


def page_on_one_line(page: str) -> str:
    """Return a page or a range of pages, in one word: at its space no line ends."""
    return format.page(page).replace(" ", SPACE)


def places_by_document(records: list[Record]) -> dict[str, list[Place]]:
    """Return the places of records by document, in the order of documents, each page once."""
    found = [place._replace(locator="") for record in records for place in card(*record).places]
    by_page = {(place.source, place.page): place for place in sorted(found, key=page_number)}
    return {
        source: own
        for source in store.rows("sources")
        if (own := [place for place in by_page.values() if place.source == source])
    }


def documents_line(records: list[Record]) -> list[nodes.Node]:
    """Return the documents that records stand in, each with the first of its pages; dots say that there are more."""
    line: list[nodes.Node] = []
    for source, places in places_by_document(records).items():
        line += [nodes.Text("; " if line else ""), document_link(source)]
        pages = [place for place in places if place.page]
        for place in pages[:1]:
            page = PlaceReference("", page_on_one_line(place.page), source_key=place.source, page=place.page)
            line += [nodes.Text(", "), page]
        line += [nodes.Text(f"{SPACE}…")] if len(pages) > 1 else []
    return line


def behind(kind: str, key: str) -> list[Record]:
    """Return the records that say what a record of what is known says: of a review finding those in support."""
    if kind == KIND:
        return [(item.kind, item.id) for item in evidence_of(key) if item.relation == SUPPORTS]
    return rests_on(kinds()[kind], store.row(kinds()[kind], key)) if kind == "message" else [(kind, key)]


def known_item(env, kind: str, key: str) -> nodes.list_item:
    """Return what is known as a sentence, and below it how sure it is, linked to the reasons, and its documents."""
    row = store.row(kinds()[kind], key)
    sure = nodes.paragraph("", "", classes=["brief"])
    if kind == "finding":
        sure += link(kind, key, not_rated("a single document says so"))
    else:
        why = link(kind, key, judgement(row))
        why["part"] = WHY if kind == KIND else ""
        sure += [*sure_of.mark(sure_of.level(row)), why]
    sure += [nodes.Text(" · "), *documents_line(behind(kind, key))]
    said = nodes.paragraph("", "", *sentence(env, row.statement), classes=["statement"])
    return nodes.list_item("", said, sure)


def addressees(kind: str, row) -> list[str]:
    """Return the keys of whom a call asks."""
    return list(of_recommendation(row) if kind == "recommendation" else of_action(row))


def others(count: int) -> str:
    """Return how many others there are, two or more: "three others", "12 others"."""
    return f"{COUNTED.get(count, count)} others"


def asked(kind: str, key: str) -> str:
    """Return whom a call asks, the first few, and whether that is our reading."""
    row, names = store.row(kinds()[kind], key), brief_names()
    found = [names[one] for one in addressees(kind, row)]
    is_long = len(found) > ADDRESSEES_SHOWN + 1  # a single other is named, not counted
    shown = ADDRESSEES_SHOWN if is_long else len(found)
    words = ", ".join(found[:shown]) + (f" and {others(len(found) - shown)}" if shown < len(found) else "")
    if not found:
        return "Without saying who"
    return f"{words} ({READING})" if getattr(row, "addressee_basis", "") == "inferred" else words


def call_item(*calls: Record) -> nodes.list_item:
    """Return calls on the same addressee: whom they ask, what for, and their documents with year and page."""
    who = nodes.strong("", "", *with_terms(asked(*calls[0])), nodes.Text(": "))
    line = nodes.paragraph("", "", who, classes=["statement"])
    for kind, key in calls:
        words = store.row(kinds()[kind], key).statement.rstrip(".")
        line += [nodes.Text("; " if (kind, key) != calls[0] else ""), link(kind, key, words)]
    return nodes.list_item("", line, nodes.paragraph("", "", *documents_line(list(calls)), classes=["brief"]))


def call_items(calls: list[Record]) -> list[nodes.list_item]:
    """Return calls with those on the same addressee in one line, in the order of the first of each."""
    together: dict[str, list[Record]] = {}
    for call in calls:
        together.setdefault(asked(*call), []).append(call)
    return [call_item(*own) for own in together.values()]


def open_item(kind: str, key: str) -> nodes.list_item:
    """Return an open question with why it is open, or a disagreement with what it changes, and where it stands."""
    row = store.row(kinds()[kind], key)
    column = "empty" if kind == OPEN else "severity"
    why = store.labels(kinds()[kind], column)[getattr(row, column)]
    line = nodes.paragraph("", "", link(kind, key), nodes.Text(f" · {why} · "), *documents_line([(kind, key)]))
    return nodes.list_item("", line)


def question_item(key: str) -> nodes.list_item:
    """Return a question with its short answer, as links to the full one."""
    row = store.row("answers", key)
    short = dict(card("answer", key).pairs)["In short"]
    return nodes.list_item("", nodes.paragraph("", "", link("answer", key, row.question), nodes.Text(f" {short}")))


def document_item(source: str, is_silent: bool) -> nodes.list_item:
    """Return a document with its title, its publisher, and whether it is silent on a subject."""
    said = f": {bibliography.title_of(source)}. {publisher(source)}."
    quiet = [nodes.Text(" "), nodes.strong("", "Says nothing on this topic.")] if is_silent else []
    return nodes.list_item("", nodes.paragraph("", "", document_link(source), nodes.Text(said), *quiet))


def listed(items: list[nodes.list_item], classes: str = "support") -> list[nodes.Node]:
    """Return items as a list; nothing where there are none."""
    return [nodes.bullet_list("", *items, classes=[classes])] if items else []


def folded(label: str, items: list[nodes.list_item]) -> list[nodes.Node]:
    """Return a list that opens under its label and length; nothing where there are none."""
    return [Disclosure("", *listed(items), summary=f"{label}: {len(items)}")] if items else []
