"""``{subject} bullying``: what is known on a subject, how sure, from where, what is asked of whom, and what is open.

``{subjects}`` lists the pages of all subjects. What stands first is chosen in ``subjects.csv``; all else is found by
the rule of a subject (:mod:`evidence.figures.subjects`) and opens below it.
"""

from __future__ import annotations

import hashlib

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from evidence.data import format, store
from evidence.data.addressees import TABLES as ADDRESSEES
from evidence.data.addressees import of_action, of_recommendation
from evidence.data.records import Place
from evidence.data.review_findings import KIND, SUPPORTS, evidence_of, newest_year
from evidence.data.review_findings import TABLES as REVIEW_TABLES
from evidence.data.schema import kinds
from evidence.data.store import UnknownId
from evidence.figures import subjects
from evidence.figures.cards import card, rests_on
from evidence.figures.subjects import APART, OPEN, TABLE, Record
from evidence.figures.sureness import in_words
from evidence.site.records import sureness as sure_of
from evidence.site.records.accounts import WHY, messages_on
from evidence.site.records.domain import card_digest, domain_of, outdated_lists, table_digest
from evidence.site.records.folds import Mark
from evidence.site.records.key_messages import page_number
from evidence.site.records.registers import Disclosure, title
from evidence.site.records.roles import FinderReference, PlaceReference, RecordReference, page_link, sentence
from evidence.site.records.sureness import judgement, level

TABLES = tuple(dict.fromkeys((TABLE, "themes", *REVIEW_TABLES, *ADDRESSEES, "evidence_gaps", "answers", "indicators")))
PAGES_SHOWN = 2  # of a document behind a sentence; the account has all
OURS = "Our synthesis, with how sure we are, the documents and their pages."
THEIRS = "The documents’ calls, in our words; whether they were followed is not said here."
LEFT = "What the documents leave open, and passages that differ."
SAYS = "what is known, how sure, from where, and who is asked"  # of its page, for the search


def link(kind: str, key: str, words: str = "") -> RecordReference:
    """Return a link to a record, by what it says or in words of ours."""
    return RecordReference("", words or title(card(kind, key)), kind=kind, key=key, plain=True)


def places_by_document(records: list[Record]) -> dict[str, list[Place]]:
    """Return the places of records by document, in the order of documents, each page once."""
    found = [place._replace(locator="") for record in records for place in card(*record).places]
    by_page = {(place.source, place.page): place for place in sorted(found, key=page_number)}
    return {
        source: own
        for source in store.rows("sources")
        if (own := [place for place in by_page.values() if place.source == source])
    }


def unbroken(page: str) -> str:
    """Return a page or a range of pages, on one line."""
    return format.page(page).replace(" ", "\N{NO-BREAK SPACE}")


def documents_line(records: list[Record]) -> list[nodes.Node]:
    """Return the documents that records stand in, each with its first pages, which lead to the list of that page."""
    line: list[nodes.Node] = []
    for source, places in places_by_document(records).items():
        line.append(nodes.Text(f"{'; ' if line else ''}{store.names('sources')[source]}"))
        for place in [place for place in places if place.page][:PAGES_SHOWN]:
            page = PlaceReference("", unbroken(place.page), source_key=place.source, page=place.page)
            line += [nodes.Text(", "), page]
        line += [nodes.Text(" …")] if len(places) > PAGES_SHOWN else []
    return line


def behind(kind: str, key: str) -> list[Record]:
    """Return the records that say what a record of what is known says: of a review finding those in support."""
    if kind == KIND:
        return [(item.kind, item.id) for item in evidence_of(key) if item.relation == SUPPORTS]
    return rests_on(kinds()[kind], store.row(kinds()[kind], key)) if kind == "message" else [(kind, key)]


def newest(kind: str, key: str) -> str:
    """Return the newest year behind what is known, as words: that of its documents where no record names one."""
    if kind == KIND and newest_year(key)[1]:
        return f"newest year {newest_year(key)[0]}"
    years = [store.row("sources", place.source).year for record in behind(kind, key) for place in card(*record).places]
    return f"document of {max(years)}" if years else ""


def levels_apart(subject: str, key: str) -> str:
    """Return how sure key messages of a subject are that share records with a review finding, where they say otherwise.

    A statistic has no level that could differ.
    """
    row = store.row("review_findings", key)
    shared = [message for message in messages_on().get(key, []) if message in subjects.on(subject, "message")]
    levels = {
        judgement(store.row("synthesis", message)) for message in shared if level(store.row("synthesis", message))
    }
    apart = sorted(f"{name[:1].lower()}{name[1:]}" for name in levels - {judgement(row)})
    return f"a key message on some of these records: {', '.join(apart)}" if apart and level(row) else ""


def rated(row) -> str:
    """Return how sure what is known is: its confidence; of figures, which have none, what they are."""
    words = judgement(row)
    return words if level(row) else f"Figures, not rated ({words[:1].lower()}{words[1:]})"


def surest_first(found: list[Record]) -> list[Record]:
    """Return what is known with what has a level of confidence first, the rest in its order."""
    rows = {record: store.row(kinds()[record[0]], record[1]) for record in found}
    return sorted(found, key=lambda record: record[0] == "finding" or not level(rows[record]))


def known_item(env, subject: str, kind: str, key: str) -> nodes.list_item:
    """Return what is known as a sentence; below it how sure it is, its documents with pages, and the newest year."""
    row = store.row(kinds()[kind], key)
    said = sentence(env, row.statement)
    sure = nodes.paragraph("", "", classes=["brief"])
    if kind == "finding":
        sure += link(kind, key, "One document’s finding, not rated by us")
    else:
        why = link(kind, key, f"{rated(row)}: why")
        why["part"] = WHY if kind == KIND else ""
        sure += [Mark("", level=level(row)), nodes.Text(" "), why]
    if kind == KIND and (apart := levels_apart(subject, key)):
        sure += nodes.Text(f" ({apart})")
    sure += [nodes.Text(" · "), *documents_line(behind(kind, key)), nodes.Text(f" · {newest(kind, key)}")]
    return nodes.list_item("", nodes.paragraph("", "", *said, classes=["statement"]), sure)


def asked(kind: str, key: str) -> str:
    """Return whom a call asks, and whether that is our reading."""
    row, names = store.row(kinds()[kind], key), store.names("addressees")
    found = of_recommendation(row) if kind == "recommendation" else of_action(row)
    words = ", ".join(names[one] for one in found) or "Nobody is named"
    return f"{words} (by our reading)" if found and getattr(row, "addressee_basis", "") == "inferred" else words


def call_item(subject: str, kind: str, key: str) -> nodes.list_item:
    """Return a call: whom it asks, what for, and its document with year and page."""
    row = store.row(kinds()[kind], key)
    line = nodes.paragraph(
        "", "", nodes.strong("", f"{asked(kind, key)}: "), link(kind, key, row.statement.rstrip("."))
    )
    line += [nodes.Text(f". {name_of(kind, row)}, {store.names('sources')[row.source]}")]
    if row.page:
        page = PlaceReference("", unbroken(row.page), source_key=row.source, page=row.page)
        line += [nodes.Text(", "), page]
    if key in subjects.resting(subject):
        line += nodes.Text("; it rests on what was found here, by our reading")
    return nodes.list_item("", line)


def name_of(kind: str, row) -> str:
    """Return what a call is and its number, with its term where one is given."""
    what = f"{getattr(row, 'kind', 'action').capitalize()} {row.number}"
    part = f" ({row.part})" if getattr(row, "part", "") else ""
    return f"{what}{part}{f', {row.term} term' if row.term else ''}"


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


def listed(items: list[nodes.list_item], classes: str = "support") -> list[nodes.Node]:
    """Return items as a list; nothing where there are none."""
    return [nodes.bullet_list("", *items, classes=[classes])] if items else []


def folded(label: str, items: list[nodes.list_item]) -> list[nodes.Node]:
    """Return a list that opens under its label and length; nothing where there are none."""
    return [Disclosure("", *listed(items), summary=f"{label}: {len(items)}")] if items else []


def part(name: str, about: str, *content: nodes.Node) -> nodes.section:
    """Return a part of the page under its heading, with whose words it holds."""
    anchor = nodes.make_id(name)
    said = nodes.paragraph("", about, classes=["basis"])
    return nodes.section("", nodes.title("", name), said, *content, ids=[anchor], classes=["subject"])


def shown_on(subject: str) -> list[tuple]:
    """Return everything that the page of a subject shows, for its digest."""
    records = [
        record for lists in (subjects.known(subject), subjects.calls(subject)) for part in lists for record in part
    ]
    for kind in (OPEN, APART):
        records += [record for part in subjects.unsettled(subject, kind) for record in part]
    records += [("recommendation", key) for key in subjects.resting(subject)]
    records += [("answer", key) for key in subjects.on(subject, "answer")]
    return [(*record, card_digest(*record)) for record in records]


def led_by(subject: str) -> tuple[str, ...]:
    """Return what the answer that opens the page of a subject says, and how sure it is; nothing where there is none."""
    key = store.row(TABLE, subject).answer
    return (card_digest("answer", key), in_words(store.row("answers", key))) if key else ()


def subject_digest(subject: str) -> str:
    """Return a digest of what the page of a subject shows; raises KeyError for one that is gone."""
    shown = (
        store.rows(TABLE)[subject],
        shown_on(subject),
        subjects.silent(subject),
        sureness(subject),
        led_by(subject),
    )
    return hashlib.sha256(repr(shown).encode()).hexdigest()


def sureness(subject: str) -> str:
    """Return how sure what stands first on a subject is, the surest first, for the search."""
    first, _ = subjects.known(subject)
    rows = [store.row(kinds()[kind], key) for kind, key in first if kind != "finding"]
    levels = list(dict.fromkeys(judgement(row) for row in sorted(rows, key=level, reverse=True)))
    said = [*levels[:1], *(f"{name[:1].lower()}{name[1:]}" for name in levels[1:])]
    return ", ".join(said) or "Single findings, not judged across documents"


def who_is_asked(subject: str) -> str:
    """Return whom the calls that stand first ask, each once, "" where there is none."""
    first, others = subjects.calls(subject)
    names = store.names("addressees")
    keys = [
        who
        for kind, key in first or others
        for who in (of_recommendation if kind == "recommendation" else of_action)(store.row(kinds()[kind], key))
    ]
    return ", ".join(names[key] for key in dict.fromkeys(keys))


def outdated(app, env, added, changed, removed) -> list[str]:
    """Return the pages of subjects that are others now (``env-get-outdated``)."""
    return outdated_lists(env, TABLE, subject_digest)


class Subject(SphinxDirective):
    """``{subject} bullying`` shows what is known on a subject, what is asked of whom, and what is open."""

    required_arguments = 1

    def run(self):
        key = self.arguments[0]
        if key not in store.rows(TABLE):
            raise self.error(str(UnknownId("subject", key, store.rows(TABLE))))
        domain_of(self.env).rest_on_list(self.env.docname, subject_digest(key), (TABLE, key), TABLES)
        return [*self._lead(key), self._known(key), self._asked(key), *self._unsettled(key), self._more(key)]

    def _lead(self, subject: str) -> list[nodes.Node]:
        """Return the short answer that sums a subject up, and how sure it is; nothing where there is none."""
        key = store.row(TABLE, subject).answer
        if not key:
            return []
        row = store.row("answers", key)
        sure = [sure_of.mark_of(row), nodes.Text(" "), *sure_of.state(row), *sure_of.sureness(self.env, row)]
        full = link("answer", key, "The answer in full")
        return [
            nodes.paragraph("", f"{row.question} ", *sentence(self.env, row.short), classes=["lead"]),
            nodes.paragraph("", "", *sure, nodes.Text(" · "), full, classes=["lead-sure"]),
        ]

    def _known(self, subject: str) -> nodes.section:
        """Return what is known, and which documents are silent."""
        first, others = subjects.known(subject)
        found = listed([known_item(self.env, subject, *one) for one in surest_first(first)], "messages")
        found += folded("More review findings", [known_item(self.env, subject, *one) for one in others])
        quiet = ", ".join(store.names("sources")[source] for source in subjects.silent(subject))
        said = f"Not addressed in: {quiet}." if quiet else "Every document speaks of it."
        found.append(nodes.paragraph("", said, classes=["basis"]))
        return part("What is known", OURS, *found)

    def _asked(self, subject: str) -> nodes.section:
        """Return who is asked to do what."""
        first, others = subjects.calls(subject)
        resting = [key for key in subjects.resting(subject) if ("recommendation", key) not in first]
        found = listed([call_item(subject, *one) for one in first])
        if not first and not others:
            found = [nodes.paragraph("", "No document asks anybody for anything on it by name.")]
        found += folded("More calls on it", [call_item(subject, *one) for one in others])
        found += folded(
            "Calls that rest on what was found here, by our reading",
            [call_item(subject, "recommendation", key) for key in resting],
        )
        return part("Who is asked to do what", THEIRS, *found)

    def _unsettled(self, subject: str) -> list[nodes.Node]:
        """Return what is open and where passages disagree."""
        found: list[nodes.Node] = []
        for kind, more in ((OPEN, "More open questions"), (APART, "More disagreements")):
            first, others = subjects.unsettled(subject, kind)
            found += listed([open_item(*one) for one in first])
            found += folded(more, [open_item(*one) for one in others])
        return [part("What is open, and what disagrees", LEFT, *found)] if found else []

    def _more(self, subject: str) -> nodes.section:
        """Return the questions on a subject, and the ways to all that is on it."""
        row = store.row(TABLE, subject)
        found = folded("Questions people ask", [question_item(key) for key in subjects.on(subject, "answer")])
        words = "Everything on it in the finder"
        ways = nodes.paragraph("", "", FinderReference(words, words, choice=f"subject={subject}"))
        ways += [nodes.Text(" · Read on: "), page_link(row.page, row.heading or "the chapter", row.heading)]
        return nodes.section("", nodes.title("", "More"), *found, ways, ids=["more"], classes=["subject"])


class Subjects(SphinxDirective):
    """``{subjects}`` lists the subjects by name, each a link to its page."""

    def run(self):
        domain_of(self.env).rest_on(self.env.docname, table_digest(TABLE), ("table", TABLE))
        rows = sorted(store.rows(TABLE).values(), key=lambda row: row.name)
        items = [
            nodes.list_item("", nodes.paragraph("", "", page_link(subjects.page_of(row.id), row.name))) for row in rows
        ]
        return [nodes.bullet_list("", *items, classes=["subjects"])]


def setup(app) -> None:
    """Add the directives."""
    app.add_directive("subject", Subject)
    app.add_directive("subjects", Subjects)
    app.connect("env-get-outdated", outdated)
