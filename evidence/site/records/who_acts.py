"""``{who-acts}``: what is asked on a component of a system, and of whom, as recommendations and actions say."""

from __future__ import annotations

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from evidence.data import store
from evidence.data.questions import TABLES, calls_on, leads_of
from evidence.site.records.answers import link
from evidence.site.records.domain import card_digest, domain_of, table_digest


def asked(key: str, leads: dict[str, str]) -> nodes.list_item:
    """Return an action with its term and the bodies that lead it, each with where that is stated."""
    term = store.row("actions", key).term
    line = nodes.paragraph("", "", link("action", key), nodes.Text(f". {term.capitalize()} term." if term else "."))
    for position, (body, where) in enumerate(leads.items()):
        line += [nodes.Text("; " if position else " Lead: "), link("body", body), nodes.Text(f" ({where})")]
    line += nodes.Text("." if leads else " No lead is named.")
    return nodes.list_item("", line)


def call(key: str, actions: list[str]) -> nodes.list_item:
    """Return a recommendation with its priority, the outcomes it serves and its actions."""
    priority = store.row("recommendations", key).priority
    outcomes = {outcome for action in actions for outcome in store.items(store.row("actions", action).outcomes)}
    served = [store.row("theory_nodes", outcome).short_name for outcome in sorted(outcomes)]
    detail = f". Priority: {priority}." if priority else "."
    detail += f" Serves: {', '.join(filter(None, served))}."
    leads = leads_of(actions)
    head = nodes.paragraph("", "", link("recommendation", key), nodes.Text(detail))
    return nodes.list_item(
        "", head, nodes.bullet_list("", *(asked(action, leads.get(action, {})) for action in actions))
    )


class WhoActs(SphinxDirective):
    """``{who-acts} governance`` lists the calls that serve a component, each with its actions and who leads them."""

    required_arguments = 1

    def run(self):
        calls = calls_on(self.arguments[0])
        if not calls:
            known = ", ".join(store.labels("theory_nodes", "component"))
            raise self.error(f"no action serves an outcome of {self.arguments[0]!r}; components are {known}")
        domain = domain_of(self.env)
        for table in TABLES:
            domain.rest_on(self.env.docname, table_digest(table), ("table", table))
        for recommendation in calls:
            key = ("recommendation", recommendation)
            domain.rest_on(self.env.docname, card_digest(*key), key)
        items = [call(recommendation, actions) for recommendation, actions in calls.items()]
        return [nodes.bullet_list("", *items, classes=["who-acts"])]


def setup(app) -> None:
    """Add the directive."""
    app.add_directive("who-acts", WhoActs)
