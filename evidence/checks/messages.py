"""Key messages against the rules of judgement: what a message must say of its evidence, and what that evidence carries.

How confidence follows from concerns is in :mod:`evidence.checks.judgement`. A statement is the point itself, so it is
short; what else there is to say is its detail.
"""

from __future__ import annotations

from collections import defaultdict

import pandas as pd

from evidence.checks import markdown
from evidence.checks.chapters import page_names, readable
from evidence.checks.judgement import (
    Judged,
    confidence_problems,
    judgement_problems,
    numbered,
    shared_problems,
    wording_problems,
)
from evidence.checks.orders import misplaced
from evidence.checks.roles import directive_fault
from evidence.data import store
from evidence.data.rules import Problem, nearest
from evidence.data.schema import ROOT
from evidence.figures.sentences import records_in
from evidence.figures.sureness import TOOL

MESSAGES = Judged("synthesis", "message", {"statement": 20, "detail": 45, "data_label": 4})
DIRECTIVE = "key-messages"


def support_problems(row) -> list[Problem]:
    """Return whether a message rests on something: a finding, a fact, or a record in its sentences.

    One on a tool rests on how the tool was tried out, which its note says.
    """
    if row.kind == TOOL or row.findings or row.facts or records_in(f"{row.statement} {row.detail}"):
        return []
    return [MESSAGES.wrong(row, "findings", "rests on nothing; name a finding or a fact, or a record in the statement")]


def page_problems(rows: list) -> list[Problem]:
    """Return the messages whose page does not exist or shows no messages, or whose order on it is not 1, 2, 3 ..."""
    pages = defaultdict(list)
    for row in rows:
        pages[row.page].append(row)
    found = [problem for page, here in pages.items() if (problem := _page_fault(page, here[0]))]
    if found:
        return found  # the others' order follows from where these belong
    for page, here in pages.items():
        if wrong := misplaced(here):
            given = ", ".join(str(row.order) for row in sorted(here, key=lambda row: row.order))
            rule = f"number the {len(here)} messages of {page} from 1, each once; they have {given}"
            found.append(MESSAGES.wrong(wrong.row, "order", rule, str(wrong.row.order)))
    return found


def _page_fault(page: str, row) -> Problem | None:
    """Return what is wrong with the page of a message, or None."""
    path = ROOT / f"{page}.md"
    if not path.is_file():
        rule = f"there is no such chapter; give its path from the root, without .md{nearest(page, page_names())}"
        return MESSAGES.wrong(row, "page", rule, page)
    if path not in readable():
        return None
    directives = markdown.of_page(path).directives
    if not any(directive.name == DIRECTIVE for directive in directives) and not any(map(directive_fault, directives)):
        return MESSAGES.wrong(row, "page", f"the chapter shows no messages; put {{{DIRECTIVE}}} in it", page)
    return None


def problems_of(messages: pd.DataFrame, rules: pd.DataFrame) -> list[Problem]:
    """Return every problem of a table of messages under a table of rules of confidence, by row of the file."""
    rows = numbered(messages)
    found = [*shared_problems(rows, MESSAGES), *page_problems(rows)]
    for row in rows:
        found += judgement_problems(row, MESSAGES) + confidence_problems(row, rules, MESSAGES)
        found += support_problems(row) + wording_problems(row, MESSAGES)
    return sorted(found, key=lambda problem: problem.row or 0)


def problems() -> list[Problem]:
    """Return every problem of the key messages (``synthesis.csv``), by row of the file."""
    return problems_of(store.load("synthesis"), store.load("confidence_rules"))
