"""``{subject} bullying``: what is known on a subject, how sure, from where, what is asked of whom, and what is open.

One screen holds the four answers; all else follows. What stands first is chosen in ``subjects.csv``, the rest is found
by the rule of a subject (:mod:`evidence.figures.subjects`). ``{subjects}`` lists the pages of all subjects.
"""

from __future__ import annotations

import hashlib

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective

from evidence.data import format, store
from evidence.data.addressees import TABLES as ADDRESSEES
from evidence.data.review_findings import TABLES as REVIEW_TABLES
from evidence.data.schema import kinds
from evidence.data.store import UnknownId
from evidence.figures import subjects
from evidence.figures.subjects import APART, OPEN, TABLE, Record
from evidence.figures.sureness import dated, in_words, levels, spread
from evidence.site.records import sureness as sure_of
from evidence.site.records.domain import card_digest, domain_of, outdated_lists, table_digest
from evidence.site.records.registers import Disclosure
from evidence.site.records.roles import FinderReference, page_link, sentence
from evidence.site.records.subject_lines import (
    addressees,
    call_item,
    call_items,
    document_item,
    folded,
    known_item,
    link,
    listed,
    open_item,
    question_item,
)
from evidence.site.records.subject_words import words_nodes
from evidence.site.records.sureness import level

TABLES = (TABLE, "themes", *REVIEW_TABLES, *ADDRESSEES, "evidence_gaps", "answers", "indicators", "sources", "glossary")
LONG = 15  # layout: open questions or disagreements: a longer list is grouped by topic
OF_THE_TITLE = "What is known of "  # questions that say no more than the title of the page
LEFT = (
    "Questions that the documents leave open, and passages that disagree. "
    "Some of these change a figure or a conclusion, according to which one follows."
)
CALLED = "The documents’ requests, in our words; whether they were followed is not said here."
SINGLE = "Not rated: figures or single findings, not judged across documents"
GROUPS = {  # of the list with answers, by the folder of the chapter to read on
    "child_protection": "Protection from violence",
    "education": "School",
    "programme": "Poverty, health and safety",
    "synthesis": "Across topics",
}
ALL = "chapters/synthesis/subjects"  # where every subject is listed
SAYS = "what is known, how sure, from where, and who is asked"  # of its page, for the search


def surest_first(found: list[Record]) -> list[Record]:
    """Return what is known with what has a level of confidence first, the rest in its order."""
    rows = {record: store.row(kinds()[record[0]], record[1]) for record in found}
    return sorted(found, key=lambda record: record[0] == "finding" or not level(rows[record]))


def grouped(subject: str, label: str, kind: str, others: list[Record]) -> list[nodes.Node]:
    """Return open questions or disagreements that open under a label; a long list by the topic that each is on too."""
    if len(others) <= LONG:
        return folded(label, [open_item(*one) for one in others])
    inside: list[nodes.Node] = []
    for topic, own in subjects.by_topic(subject, others).items():
        name = store.row(TABLE, topic).name if topic else store.row(TABLE, subject).name
        inside += folded(name, [open_item(*one) for one in own])
    return [Disclosure("", *inside, summary=f"{label}, by topic: {len(others)}")]


def part(name: str, *content: nodes.Node, classes: str = "") -> nodes.section:
    """Return a part of the page under its heading."""
    title = nodes.title("", name)
    return nodes.section("", title, *content, ids=[nodes.make_id(name)], classes=["subject", *classes.split()])


def basis(text: str) -> nodes.paragraph:
    """Return a line that says whose words stand here."""
    return nodes.paragraph("", text, classes=["basis"])


def listed_as(name: str) -> nodes.paragraph:
    """Return the name of a list, above it."""
    return nodes.paragraph("", "", nodes.strong("", name), classes=["listed-as"])


def by_name(subject: str) -> str:
    """Return the name of a subject as it stands inside a sentence."""
    return format.lowered(store.row(TABLE, subject).name)


def shown_on(subject: str) -> list[tuple]:
    """Return everything that the page of a subject shows, for its digest."""
    records = [
        record for lists in (subjects.known(subject), subjects.calls(subject)) for part in lists for record in part
    ]
    for kind in (OPEN, APART):
        records += [record for part in subjects.unsettled(subject, kind) for record in part]
    records += [*subjects.nearby(subject), *(("recommendation", key) for key in subjects.resting(subject))]
    records += [("answer", key) for key in subjects.on(subject, "answer")]
    return [(*record, card_digest(*record)) for record in records]


def led_by(subject: str) -> tuple[str, ...]:
    """Return what the answers at the top of the page of a subject say, and how sure they are."""
    chosen = store.row(TABLE, subject)
    keys = [key for key in (chosen.answer, chosen.unanswered) if key]
    rows = [store.row("answers", key) for key in keys]
    return tuple(text for row in rows for text in (card_digest("answer", row.id), in_words(row), dated(row)))


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
    """Return how sure what stands first on a subject is, from the highest level to the lowest, for the search."""
    first, _ = subjects.known(subject)
    rows = [store.row(kinds()[kind], key) for kind, key in first if kind != "finding"]
    given = {row.confidence for row in rows if level(row)}
    return spread([one for one in levels() if one in given]) if given else SINGLE


def who_is_asked(subject: str) -> str:
    """Return whom the calls that stand first ask, each once, "" where there is none."""
    first, others = subjects.calls(subject)
    names = store.names("addressees")
    keys = [who for kind, key in first or others for who in addressees(kind, store.row(kinds()[kind], key))]
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
        found = [*self._lead(key), self._known(key), self._asked(key), *self._unsettled(key), self._more(key)]
        found.append(part("Documents", *listed(self._documents(key))))
        words = words_nodes(" ".join(node.astext() for node in found))
        return [*found, part("Words on this page", *words)] if words else found

    def _lead(self, subject: str) -> list[nodes.Node]:
        """Return the short answer that sums a subject up and how sure it is, and what no document answers."""
        chosen = store.row(TABLE, subject)
        found: list[nodes.Node] = []
        if chosen.answer:
            row = store.row("answers", chosen.answer)
            said = nodes.paragraph("", "", *sentence(self.env, row.short), classes=["lead"])
            if not row.question.startswith(OF_THE_TITLE):
                said.insert(0, [nodes.inline("", row.question, classes=["asked-first"]), nodes.Text(" ")])
            sure = sure_of.line(self.env, row)
            full = link("answer", row.id, "In\N{NO-BREAK SPACE}full")
            found = [said, nodes.paragraph("", "", *sure, nodes.Text(" · "), full, classes=["lead-sure"])]
        if chosen.unanswered:
            row = store.row("answers", chosen.unanswered)
            asked = link("answer", row.id, row.question)
            short = sentence(self.env, row.short)
            found.append(nodes.paragraph("", "", asked, nodes.Text(" "), *short, classes=["not-said"]))
        return found

    def _known(self, subject: str) -> nodes.section:
        """Return what is known and stands first."""
        first, _ = subjects.known(subject)
        items = [known_item(self.env, *one) for one in surest_first(first)]
        return part("What is known", *listed(items, "messages"), classes="known")

    def _asked(self, subject: str) -> nodes.section:
        """Return who is asked to do what; where no document asks anything by name, that, and what comes near."""
        first, others = subjects.calls(subject)
        found = listed(call_items(first))
        if not first:
            said = f"No document asks for anything on {by_name(subject)} by name"
            near = subjects.nearby(subject)
            more = "; more requests on its themes stand below." if others else "."
            found = [nodes.paragraph("", f"{said}. Nearby:" if near else said + more)]
            found += listed(call_items(near))
        return part("Who is asked to do what", *found, classes="calls")

    def _unsettled(self, subject: str) -> list[nodes.Node]:
        """Return what is open and where passages disagree."""
        found: list[nodes.Node] = []
        for kind, name in ((OPEN, "open questions"), (APART, "disagreements")):
            first, others = subjects.unsettled(subject, kind)
            found += [listed_as(name.capitalize())] if first else []
            found += listed([open_item(*one) for one in first])
            label = f"More {name}" if first else name.capitalize()  # "more" only below one that stands open
            found += grouped(subject, label, kind, others)
        return [part("Open questions and disagreements", basis(LEFT), *found)] if found else []

    def _more(self, subject: str) -> nodes.section:
        """Return what else is known and asked, the questions on a subject, and the ways to all that is on it."""
        row, (_, known), (called, calls) = store.row(TABLE, subject), subjects.known(subject), subjects.calls(subject)
        shown = [*called, *subjects.nearby(subject)]
        resting = [("recommendation", key) for key in subjects.resting(subject)]
        found = folded("More findings on this topic", [known_item(self.env, *one) for one in known])
        found += folded(
            "More requests on this topic or its themes", [call_item(one) for one in calls if one not in shown]
        )
        near = [call_item(one) for one in resting if one not in shown]
        found += folded("Other requests that follow from these findings, in our reading", near)
        found += folded("Questions people ask", [question_item(key) for key in subjects.on(subject, "answer")])
        words = "Everything on this topic in the finder"
        ways = nodes.paragraph("", "", FinderReference(words, words, choice=f"subject={subject}"))
        ways += [nodes.Text(" · Read on: "), page_link(row.page, row.heading or "the chapter", row.heading)]
        return part("More", basis(CALLED), *found, ways)

    def _documents(self, subject: str) -> list[nodes.list_item]:
        """Return every document, with its title and publisher, and those that are silent marked."""
        quiet = subjects.silent(subject)
        return [document_item(source, source in quiet) for source in store.rows("sources")]


class Subjects(SphinxDirective):
    """``{subjects}`` lists the subjects by name, each a link to its page; ``{subjects} id id`` a few in a row.

    ``:answers:`` gives each its short answer and how sure it is, in groups by the part of the book to read on.
    """

    optional_arguments = 1
    final_argument_whitespace = True
    option_spec = {"answers": directives.flag}

    def run(self):
        domain_of(self.env).rest_on(self.env.docname, table_digest(TABLE), ("table", TABLE))
        if self.arguments:
            return [self._row(self.arguments[0].split())]
        if "answers" in self.options:
            return self._answered()
        rows = sorted(store.rows(TABLE).values(), key=lambda row: row.name)
        items = [
            nodes.list_item("", nodes.paragraph("", "", page_link(subjects.page_of(row.id), row.name))) for row in rows
        ]
        return [nodes.bullet_list("", *items, classes=["subjects"])]

    def _answered(self) -> list[nodes.Node]:
        """Return the subjects with their answers, a section a group."""
        for table in ("answers", "synthesis"):
            domain_of(self.env).rest_on(self.env.docname, table_digest(table), ("table", table))
        found: list[nodes.Node] = []
        for folder, name in GROUPS.items():
            rows = [row for row in store.rows(TABLE).values() if row.page.split("/")[1] == folder]
            items = [self._line(row) for row in sorted(rows, key=lambda row: row.name)]
            found.append(part(name, nodes.bullet_list("", *items, classes=["subjects", "answered"])))
        return found

    def _line(self, subject) -> nodes.list_item:
        """Return a subject with the answer that leads its page, and how sure that is."""
        named = nodes.paragraph("", "", nodes.strong("", "", page_link(subjects.page_of(subject.id), subject.name)))
        if not subject.answer:
            return nodes.list_item("", named)
        row = store.row("answers", subject.answer)
        question = "" if row.question.startswith(OF_THE_TITLE) else f"{row.question} "
        said = nodes.paragraph("", question, *sentence(self.env, row.short), classes=["statement"])
        sure = sure_of.line(self.env, row)
        return nodes.list_item("", named, said, nodes.paragraph("", "", *sure, classes=["brief"]))

    def _row(self, keys: list[str]) -> nodes.paragraph:
        """Return links to a few subjects in a row, and one to all of them."""
        if unknown := [key for key in keys if key not in store.rows(TABLE)]:
            raise self.error(str(UnknownId("subject", unknown[0], store.rows(TABLE))))
        line = nodes.paragraph("", "", nodes.strong("", "Topics"), classes=["topics"])
        for key in keys:
            line += [nodes.Text(" "), page_link(subjects.page_of(key), store.row(TABLE, key).name)]
        everything = page_link(ALL, f"all {len(store.rows(TABLE))}")
        line += [nodes.Text(" "), everything]
        return line


def setup(app) -> None:
    """Add the directives."""
    app.add_directive("subject", Subject)
    app.add_directive("subjects", Subjects)
    app.connect("env-get-outdated", outdated)
