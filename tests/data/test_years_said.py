"""A key message that gives a dated figure says of which year it is, in the sentence itself."""

import re

from evidence.data import format, store

FACT = re.compile(r"\{fact\}`([^`<]+)`")
LINK = re.compile(r"\{[\w-]+\}`([^`<]+?) ?<[^>]+>`")
YEAR = re.compile(r"\b(?:19|20)\d\d")
SHARES = ("percent", "children", "per_1000")  # units of what changes from year to year


def dated(statement: str) -> bool:
    """Return whether a sentence gives a figure that its document dates."""
    facts = [store.row("facts", key) for key in FACT.findall(statement)]
    return any(fact.period and fact.unit in SHARES for fact in facts)


def said(statement: str) -> str:
    """Return a sentence as it reads, figures and the words of links included."""
    figures = FACT.sub(lambda found: format.reads(store.row("facts", found[1])), statement)
    return LINK.sub(r"\1", figures)


def test_a_message_with_a_dated_figure_says_a_year():
    messages = [row for row in store.rows("synthesis").values() if dated(row.statement)]
    assert [row.id for row in messages if not YEAR.search(said(row.statement))] == []
    assert len(messages) > 15, "nothing is tested by messages without figures"
