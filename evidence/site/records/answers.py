"""``{answers}``: the evaluation questions of a component, from what was found to who is to act."""

from __future__ import annotations

import hashlib
from typing import cast

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective

from evidence.data import format, store
from evidence.data.questions import TABLES, Answer, answer, rests_on_later
from evidence.figures.cards import card
from evidence.figures.sureness import judgement
from evidence.site.records.domain import card_digest, domain_of, outdated_lists
from evidence.site.records.paged import Pager, fits, pager_of
from evidence.site.records.registers import Disclosure, UsedIn
from evidence.site.records.roles import RecordReference, place_node

PORTION = 100  # layout: entries of a list that opens
NOTHING_NEW = "we drew no conclusion of our own on this question; what the evaluation says stands below."
STANCES = {
    "weakness": "Findings on weaknesses",
    "gap": "Findings on gaps in knowledge",
    "strength": "Findings on strengths",
    "description": "Findings that describe",
}


def link(kind: str, key: str) -> RecordReference:
    """Return a link to the card of a record, by what it says."""
    return RecordReference("", card(kind, key).head, kind=kind, key=key, plain=True)


def pairs(parts: dict[str, str]) -> nodes.line_block:
    """Return labels and texts line by line, without the empty ones."""
    lines = [
        nodes.line("", "", nodes.emphasis("", f"{label}: "), nodes.Text(text)) for label, text in parts.items() if text
    ]
    return nodes.line_block("", *lines, classes=["pairs"])


def disclosed(label: str, items: list[list[nodes.Node]]) -> list[Disclosure]:
    """Return a list that opens under its label and length; a long one in portions, each of which fits on a page."""
    found = []
    for start in range(0, len(items), PORTION):
        part = items[start : start + PORTION]
        entries = [nodes.list_item("", nodes.paragraph("", "", *parts)) for parts in part]
        some = f"{start + 1} to {start + len(part)} of " if len(items) > PORTION else ""
        found.append(Disclosure("", nodes.bullet_list("", *entries), summary=f"{label}: {some}{len(items)}"))
    return found


def action_line(key: str, found: Answer) -> list[nodes.Node]:
    """Return an action with its term, who leads it and the outcomes it serves."""
    row, leads = found.actions[key], found.leads.get(key, {})
    line: list[nodes.Node] = [link("action", key)]
    line += [nodes.Text(f" ({row.term} term)" if row.term else "")]
    for position, (body, where) in enumerate(leads.items()):
        line += [nodes.Text(", " if position else " Led by "), link("body", body), nodes.Text(f" ({where})")]
    for position, outcome in enumerate(store.items(row.outcomes)):
        line += [nodes.Text(", " if position else ". Serves: "), link("theory", outcome)]
    return line


def in_short(messages: list[str], source: str) -> list[nodes.Node]:
    """Return key messages that rest on the findings, how sure each is and whether it is later than ``source``."""
    if not messages:
        return [nodes.paragraph("", "", nodes.strong("", "In short: "), nodes.Text(NOTHING_NEW))]
    lines = []
    for key in messages:
        sure = judgement(store.row("synthesis", key))
        later = "; in part from a later document" if rests_on_later(key, source) else ""
        line = nodes.paragraph("", "", link("message", key), nodes.Text(f" ({format.lowered(sure)}{later})"))
        lines.append(nodes.list_item("", line))
    return [nodes.paragraph("", "", nodes.strong("", "In short")), nodes.bullet_list("", *lines)]


def asked_for(found: Answer) -> list[nodes.Node]:
    """Return the recommendations that rest on the findings, each with its actions."""
    content: list[nodes.Node] = []
    if not found.recommendations:
        content.append(nodes.paragraph("", "No recommendation rests on these findings, by our reading."))
    for key in found.recommendations:
        actions = [action_line(action, found) for action, row in found.actions.items() if row.recommendation == key]
        content.append(nodes.paragraph("", "", nodes.Text("Asked for: "), link("recommendation", key)))
        if actions:
            content += disclosed("Actions", actions)
    return content


def placed(pager: Pager, section: nodes.section, box: nodes.container) -> tuple[str, list[nodes.Node]]:
    """Return the page on which the section of a question begins, and the section with its marks and its box.

    A question that fits on a page stands on one. Another goes on over pages, its box cut between its parts.
    """
    if fits(section, box):
        section += box
        found = pager.add(section)
        return pager.page, found
    found, page = pager.add(section), pager.page
    parts = cast("list[nodes.Element]", box.children)  # a box holds no bare text
    box.clear()
    for part in parts:
        box += pager.add(part)
    section += box
    return page, found


def on(asked: str):
    """Return the evaluation questions on a component, as a frame; ``asked`` may name some of them after it."""
    component, *some = asked.split()
    found = store.load("evaluation_questions").query("component == @component")
    return found[found["id"].isin(some)] if some else found


def answers_digest(asked: str) -> str:
    """Return a digest of everything the answers on a component, or on some of its questions, show."""
    shown = []
    for row in on(asked).itertuples():
        found = answer(row.id)
        named = [("finding", key) for keys in found.findings.values() for key in keys]
        named += [("recommendation", key) for key in found.recommendations]
        named += [("action", key) for key in found.actions] + [("message", key) for key in found.messages]
        named += [("body", body) for leads in found.leads.values() for body in leads]
        named += [("theory", key) for action in found.actions.values() for key in store.items(action.outcomes)]
        actions = [(key, action.term, action.recommendation) for key, action in found.actions.items()]
        shown.append(
            (row, card("question", row.id), found._replace(actions={}), actions, [card(*key) for key in named])
        )
    return hashlib.sha256(repr(shown).encode()).hexdigest()


def outdated(app, env, added, changed, removed) -> list[str]:
    """Return pages whose answers are others now (``env-get-outdated``)."""
    return outdated_lists(env, "answers", answers_digest)


class Answers(SphinxDirective):
    """``{answers} governance`` shows every question on a component: asked, found, asked for, by whom.

    ``:only:`` names some of them by their ids. What a page says in short it says once.
    """

    required_arguments = 1
    option_spec = {"only": directives.unchanged}

    def run(self):
        made_of = f"{self.arguments[0]} {self.options.get('only', '')}".strip()
        questions = on(made_of)
        if questions.empty:
            raise self.error(f"no evaluation question is on {made_of!r}")
        domain = domain_of(self.env)
        domain.rest_on_list(self.env.docname, answers_digest(made_of), ("answers", made_of), TABLES)
        sections: list[nodes.Node] = []
        said: set[str] = set()
        pager = pager_of(self.env)
        for row in questions.itertuples():
            item, found = card("question", row.id), answer(row.id)
            anchor = f"question-{row.id}"
            domain.show_uses(self.env.docname, "question", row.id)
            section = nodes.section("", nodes.title("", f"Question {item.head}"), ids=[anchor])
            section += nodes.paragraph("", row.question)
            judged = {"Criterion": row.criterion, "Judged by": row.indicator, "Question from": row.origin}
            messages = [key for key in found.messages if key not in said] or found.messages
            said.update(messages)
            section += in_short(messages, row.source)
            for key in messages:
                domain.rest_on(self.env.docname, card_digest("message", key), ("message", key))
            box = nodes.container("", pairs(judged | {"Limit to what can be evaluated": row.limits}), classes=["card"])
            for stance, label in store.labels("findings", "stance").items():
                statements: list[list[nodes.Node]] = [[link("finding", key)] for key in found.findings.get(stance, [])]
                box += disclosed(STANCES.get(stance, label.capitalize()), statements)
            box += asked_for(found)
            foot = nodes.paragraph("", "", classes=["foot"])
            foot += [place_node(place) for place in item.places]
            foot += UsedIn("", kind="question", key=row.id)
            box += foot
            page, placed_section = placed(pager, section, box)
            sections += placed_section
            domain.note("question", row.id, self.env.docname, anchor, item.head, page)
        return sections


def setup(app) -> None:
    """Add the directive."""
    app.add_directive("answers", Answers)
    app.connect("env-get-outdated", outdated)
