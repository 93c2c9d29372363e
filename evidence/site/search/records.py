"""What the search finds: each question, chapter, document, exhibit, record and printed row once, at its own place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from docutils import nodes

from evidence.data import bibliography, format, store
from evidence.data.schema import REPORTING, kinds
from evidence.exhibits.text import caption
from evidence.figures.cards import Card, card, ids, kind_names
from evidence.figures.facets import facets_of
from evidence.figures.sentences import plain
from evidence.figures.subjects import TABLE as SUBJECTS
from evidence.figures.sureness import COMPONENTS, judgement, named_behind
from evidence.site.figures import ExhibitNode
from evidence.site.pages import page_kind
from evidence.site.records.accounts import asked_of
from evidence.site.records.domain import domain_of
from evidence.site.records.roles import FINDER
from evidence.site.records.subjects import SAYS, sureness, who_is_asked
from evidence.site.search.result import Record, Wording, shortened, weights

NOT_CELLS = {*REPORTING, "place"}  # columns of a printed table that are none of its cells
SUMMED_UP = {  # labels of a card that say what its record is, where its title does not
    "answer": ("In short", "Answer"),
    "message": ("In detail",),
    "review-finding": ("Of whom", "Holds for"),
    "term": ("Definition", "In Russian", "In Kazakh"),
    "body": ("Role",),
    "system": ("Covers", "Holder"),
    "instrument": ("Subject",),
    "service": ("Eligibility", "Coverage"),
    "fact": ("Of whom",),
    "calc": ("Of whom",),
    "discrepancy": ("Our reading",),
    "mechanism": ("Description",),
    "practice": ("What",),
    "method": ("What",),
    "measurement": ("Measures",),
    "question": ("Question",),
    "prohibition": ("Note",),
    "event": ("What",),
}
NOT_SEARCHED = {  # labels of a card that say how a record was judged: codes and reasons alike on many cards
    *("Kind", "Stance", "Answered", "Confidence", "Says nothing on it", "Newest year", "Evidence note"),
    "Addressee basis",
    *(f"Concerns about {name}" for name in COMPONENTS),
    *(name.capitalize() for name in COMPONENTS),
}
PHRASINGS = {  # how people ask: tables, and their columns that name a record, each called as its kind
    "phrasings": ("answer",),
    "record_phrasings": ("finding", "recommendation", "term", "fact", "method"),
}
LANGUAGES = ("english", "russian", "kazakh")  # columns of those tables
CALLS = ("recommendation", "action")  # kinds of records that ask somebody to act
LEAD = 1_500  # search: characters of a chapter that are looked through; exhibits and messages are records of their own
HEADS_NOBODY_SEARCHES = {"What the evidence cannot say", "Where to read on", "Who is asked to do what", "Source"}


# --- pages and their sections --------------------------------------------------------------------


def words_of(node) -> str:
    """Return the words of a node without code and without the sections inside it."""
    if isinstance(node, nodes.literal_block | nodes.section | nodes.title):
        return ""
    if isinstance(node, nodes.Text | ExhibitNode):
        return node.astext()
    return " ".join(filter(None, map(words_of, node.children)))


def sections_of(doctree) -> list[tuple[str, str, str]]:
    """Return (heading, anchor, text) of every section of a page, each without the sections inside it."""
    found = []
    for section in doctree.findall(nodes.section):
        heading = section.next_node(nodes.title)
        text = " ".join(" ".join(map(words_of, section.children)).split())
        found.append((heading.astext() if heading else "", section["ids"][0], text))
    return found


def exhibits_of(doctree) -> dict[str, str]:
    """Return what is said of every exhibit of a page, by its id."""
    payloads = [node["payload"] for node in doctree.findall(ExhibitNode)]
    return {item["id"]: " ".join(f"{item['alt']} {caption(item)}".split()) for item in payloads}


class Page(NamedTuple):
    """What is kept of a page as it is read: (heading, anchor, text) of its sections, and what its exhibits say."""

    sections: list[tuple[str, str, str]]
    exhibits: dict[str, str]


def note_page(app, doctree) -> None:
    """Keep what the search needs of a page as it is read (``doctree-read``)."""
    env = app.env
    if not hasattr(env, "evidence_pages"):
        env.evidence_pages = {}
    sections = sections_of(doctree) if page_kind(env.docname) == "chapter" else []
    env.evidence_pages[env.docname] = Page(sections, exhibits_of(doctree))


def forget_page(app, env, docname) -> None:
    """Drop what was kept of a page that is read anew or gone (``env-purge-doc``)."""
    getattr(env, "evidence_pages", {}).pop(docname, None)


def pages(app) -> list[tuple[str, Page]]:
    """Return what was kept of each page, by name."""
    return sorted(getattr(app.env, "evidence_pages", {}).items())


def section_records(app, taken: set[str]) -> list[Record]:
    """Return a record for each section of every chapter; those at an address that is ``taken`` are records already."""
    found = []
    for docname, kept in pages(app):
        page, stands = kept.sections[0][0] if kept.sections else "", docname
        for number, (heading, anchor, text) in enumerate(kept.sections):
            own = domain_of(app.env).page_of(docname, anchor)
            stands = stands if own == docname else own  # a page that continues the list does not go back
            url = f"{app.builder.get_target_uri(stands)}#{anchor}"
            is_plain = not number or heading not in HEADS_NOBODY_SEARCHES
            if url not in taken:
                title = heading if is_plain else f"{heading}: {page}"
                found.append(
                    Record(
                        title,
                        url,
                        "section" if number else "chapter",
                        page if number else "",
                        shortened(text),
                        "",
                        text if number else text[:LEAD],
                    )
                )
    return found


def subject_record(row, url: str) -> Record:
    """Return the record of the page of a subject: its question with the answer, or who is asked, and how sure."""
    names = wordings_of(row, store.fields(SUBJECTS), ("names", "name_ru", "name_kk"))
    if row.answer:
        answer = store.row("answers", row.answer)
        said = f"{answer.question} {plain(answer.short)}"
    else:
        said = f"Asked: {who_is_asked(row.id) or 'nobody by name'}."
    about = f"{said} {sureness(row.id)}."
    return Record(row.name, url, "topic", SAYS, shortened(about), spoken=names, titles=names)


def page_records(app) -> list[Record]:
    """Return a record for each document, and for each page of reference, by title and description."""
    found = []
    documents = store.rows("sources")
    known = store.rows(SUBJECTS) if SUBJECTS in store.schema() else {}
    for docname, metadata in sorted(app.env.metadata.items()):
        about, title = str(metadata.get("description", "")), app.env.titles[docname].astext()
        url, kind = app.builder.get_target_uri(docname), page_kind(docname)
        row = documents.get(docname.rpartition("/")[2]) if kind == "source" else None
        if row is not None:
            names = f"{bibliography.title_of(row.id)} {row.short_name} {row.kind} {row.publisher} {row.authors}"
            found.append(Record(title, url, "document", row.short_name, shortened(about), names, row.subject))
        elif kind == "topic" and (subject := known.get(docname.rpartition("/")[2])):
            found.append(subject_record(subject, url))
        elif kind != "chapter" and about:
            found.append(Record(title, url, "page", "", shortened(about), "", about))
    return found


def selection_records(app) -> list[Record]:
    """Return a record for all that is asked of each addressee, whichever names it had: a selection of the finder."""
    if FINDER not in app.env.titles:
        return []
    asked = Counter(who for kind in CALLS for key in ids(kind) for who in facets_of(kind, key).get("addressee", []))
    found = []
    for row in store.rows("addressees").values():
        if count := asked[row.id]:
            bodies = [store.row("bodies", key) for key in store.items(row.bodies)]
            names = [*store.items(row.names), *(body.name for body in bodies), *(body.abbreviation for body in bodies)]
            known = "; ".join(dict.fromkeys(filter(None, names)))
            calls = f"{count} recommendations and actions" if count > 1 else "One recommendation or action"
            url = f"{app.builder.get_target_uri(FINDER)}?addressee={row.id}"
            summary = shortened(f"{calls} of all documents. Named: {known or row.name}.")
            found.append(Record(f"All recommendations to: {row.name}", url, "selection", "", summary, known, ""))
    return found


# --- records and printed rows --------------------------------------------------------------------


def where(item: Card) -> str:
    """Return the document and page of a record: the first, where it rests on several."""
    named = (
        (store.names("sources")[place.source], format.page(place.page) if place.page else "") for place in item.places
    )
    places = list(dict.fromkeys(", ".join(filter(None, parts)) for parts in named))
    return "".join(places[:1]) + (" …" if len(places) > 1 else "")


def summary_of(item: Card) -> str:
    """Return what is shown under the title of a record."""
    said = dict(item.pairs)
    texts = [said[label] for label in SUMMED_UP.get(item.kind, ()) if label in said]
    return shortened(" ".join(text if text.endswith((".", "?", ";")) else f"{text}." for text in texts))


def wordings_of(row, fields: dict, columns: Iterable[str]) -> tuple[Wording, ...]:
    """Return what stands in columns of a row, each item of a list apart, so that no name runs over two."""
    cells = ((getattr(row, name), fields[name]) for name in columns)
    items = ((store.items(cell) if field.get("list") else [cell], field.get("lang", "")) for cell, field in cells)
    return tuple(Wording(text, language) for texts, language in items for text in texts if text)


def spoken_in(table: str, row) -> tuple[Wording, ...]:
    """Return the cells of a row that are in another language."""
    fields = store.fields(table)
    return wordings_of(row, fields, (name for name, field in fields.items() if "lang" in field))


@cache
def phrasings() -> dict[tuple[str, str], tuple[Wording, ...]]:
    """Return how people ask for each question of the book, and for single records, by kind and id."""
    found = {}
    for table, asked_for in PHRASINGS.items():
        fields = store.fields(table)
        for row in store.rows(table).values():
            kind = next(kind for kind in asked_for if getattr(row, kind))
            found[kind, getattr(row, kind)] = wordings_of(row, fields, LANGUAGES)
    return found


def said_of(item: Card) -> str:
    """Return what the card of a record says, as far as somebody may look for it."""
    return " ".join(
        text for label, text in item.pairs if label not in NOT_SEARCHED and text not in ("yes", "Kazakhstan")
    )


def record_of(kind: str, key: str, title: str, url: str) -> Record:
    """Return the record of a card."""
    table = kinds()[kind]
    item, row = card(kind, key), store.row(table, key)
    return Record(
        f"What the law says: {title}" if kind == "prohibition" else title,
        url,
        kind_names()[kind].lower(),
        " · ".join(filter(None, [where(item), judged_or_asked(kind, row)])),
        summary_of(item),
        " ".join(filter(None, (getattr(row, "short_name", ""), getattr(row, "abbreviation", "")))),
        said_of(item),
        spoken_in(table, row),
        phrasings().get((kind, key), ()),
    )


def judged_or_asked(kind: str, row) -> str:
    """Return how sure a judgement of ours is, or whom a recommendation asks; "" for other records."""
    if kind == "answer":
        named = named_behind(row)
        behind = store.row(kinds()[named[0]], named[1]) if named else None
        return judgement(behind) if behind is not None and behind.confidence else ""
    if kind in ("message", "review-finding"):
        return judgement(row)
    asked = asked_of(row) if kind == "recommendation" else ""
    return f"asked: {asked}" if asked else ""


@cache
def _by_id(table: str) -> dict[str, dict]:
    return {row["id"]: row for row in store.load(table).to_dict("records")}


def row_text(table: str, key: str) -> str:
    """Return the cells of a row of a printed table as text, without its place."""
    row, said = _by_id(table)[key], []
    for name, field in store.fields(table).items():
        if name not in NOT_CELLS and row[name] != "" and not field.get("fold"):
            said.append(f"{format.column(name, field)}: {format.cell(row[name])}")
    return "; ".join(said)


def row_record(table: str, key: str, title: str, url: str) -> Record:
    """Return the record of a row of a printed table, found by every name of its place and what its table is about."""
    row = _by_id(table)[key]
    place = _by_id("places").get(row.get("place", ""), {})
    names = " ".join(place[name] for name in ("name", "name_ru", "name_kk") if place.get(name))
    cells, about = row_text(table, key), store.schema()[table]["description"]
    document = store.names("sources")[row["source"]]
    return Record(title, url, "table row", document, shortened(cells), names, f"{about} {cells}")


def domain_records(app) -> list[Record]:
    """Return the records of every card, exhibit and printed row that stands on a page."""
    found, domain = [], domain_of(app.env)
    said = {key: text for _, kept in pages(app) for key, text in kept.exhibits.items()}
    for (kind, key), (page, anchor, title) in sorted(domain.data["objects"].items()):
        url = f"{app.builder.get_target_uri(page)}#{anchor}"
        if kind in kind_names():
            found.append(record_of(kind, key, title, url))
        elif kind == "row":
            table, row = key.split("#")
            found.append(row_record(table, row, title, url))
        elif kind == "exhibit":
            text = said.get(key, "")
            stands = app.env.titles[domain.document_of(page)].astext()
            found.append(Record(title, url, "exhibit", stands, shortened(text), "", text))
    return found


# --- all of them ---------------------------------------------------------------------------------


def told_apart(records: list[Record]) -> list[Record]:
    """Return records whose titles are told apart: several of a kind with one title say where they stand."""
    counts: dict[tuple[str, str], int] = {}
    for record in records:
        counts[record.kind, record.title] = counts.get((record.kind, record.title), 0) + 1
    return [
        record._replace(title=f"{record.title} ({record.where})")
        if counts[record.kind, record.title] > 1 and record.where
        else record
        for record in records
    ]


def all_records(app) -> list[Record]:
    """Return everything the search finds, the weightiest kinds first, equals in the order of their places."""
    found = domain_records(app) + page_records(app) + selection_records(app)
    found += section_records(app, {record.url for record in found})
    return sorted(told_apart(found), key=lambda record: -weights()[record.kind])
