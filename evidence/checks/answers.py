"""Answers to the questions people ask: short, asked once, resting on records, honest where nothing is known.

``answers.csv`` keeps them. That its numbers are roles and its roles name records is checked for every sentence kept
as data.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable

import pandas as pd

from evidence.checks import heads, markdown
from evidence.checks.chapters import named, page_names, readable
from evidence.checks.judgement import Judged, numbered, wording_problems
from evidence.checks.orders import misplaced
from evidence.data import store
from evidence.data.format import LOST
from evidence.data.rules import Problem, nearest
from evidence.figures.sentences import records_in

ANSWERS = Judged("answers", "answer", {"question": 15, "short": 8, "answer": 45, "how_sure": 15})
QUESTIONS = ("question", "question_ru", "question_kk")
SUPPORT = ("facts", "findings", "discrepancies")
SENTENCE_END = re.compile(r"[.!?](?=\s)")


def form_problems(row) -> list[Problem]:
    """Return the questions that do not ask, two judgements for one, and several sentences at the top of a page."""
    found = [
        ANSWERS.wrong(row, name, "is no question; end it with a question mark", getattr(row, name))
        for name in QUESTIONS
        if not getattr(row, name).endswith("?")
    ]
    if row.message and row.review_finding:
        rule = "name the key message or the review finding whose confidence it shares, not both"
        found.append(ANSWERS.wrong(row, "review_finding", rule, row.review_finding))
    if row.leads and SENTENCE_END.search(row.answer):
        found.append(ANSWERS.wrong(row, "answer", f"opens {row.page}; say it in one sentence"))
    return found


def _lost(row) -> bool:
    """Return whether an answer names a fact that the source has lost."""
    named_facts = [*store.items(row.facts), *(key for kind, key in records_in(row.answer) if kind == "fact")]
    known = store.rows("facts")
    return any(LOST in store.items(known[key].flags) for key in named_facts if key in known)


def support_problems(row) -> list[Problem]:
    """Return what an answer lacks: a record to rest on, and what shows that nobody knows or that it is lost."""
    if not (any(getattr(row, name) for name in SUPPORT) or records_in(row.short + row.answer)):
        rule = "rests on nothing; name a fact, a finding or a discrepancy, or a record in the answer"
        return [ANSWERS.wrong(row, "findings", rule)]
    if row.state == "unknown" and not (row.findings or row.discrepancies):
        rule = "says that nobody knows; name the finding or discrepancy that shows what was looked for"
        return [ANSWERS.wrong(row, "findings", rule)]
    if row.state == "lost" and not _lost(row):
        return [
            ANSWERS.wrong(row, "facts", f"says that the number is lost; name the fact with the flag {LOST}", row.facts)
        ]
    return []


def page_problems(row, headings: dict[str, set[str] | None]) -> list[Problem]:
    """Return whether the page to read on, or its heading, is not there; ``headings`` are those of each page."""
    if row.page not in headings:
        rule = f"there is no such page; give its path from the root, without .md{nearest(row.page, headings)}"
        return [ANSWERS.wrong(row, "page", rule, row.page)]
    known = headings[row.page]
    if row.heading and known is not None and row.heading not in known:
        rule = f"{row.page} has no such heading; give its words, or none{nearest(row.heading, known)}"
        return [ANSWERS.wrong(row, "heading", rule, row.heading)]
    return []


def headings_of_pages() -> dict[str, set[str] | None]:
    """Return the headings below the title of every page by its path without .md; None where they cannot be known."""
    found: dict[str, set[str] | None] = dict.fromkeys(page_names())
    broken = heads.broken_pages()
    for path in (path for path in readable() if named(path) not in broken):
        headings = markdown.of_page(path).headings
        found[named(path).removesuffix(".md")] = {text for _, level, text in headings if level > 1}
    return found


def _groups(rows: Iterable, key: Callable) -> dict:
    found = defaultdict(list)
    for row in rows:
        found[key(row)].append(row)
    return found


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def repeated_problems(rows: list) -> list[Problem]:
    """Return the questions asked in several rows, case and punctuation aside."""
    found = []
    for name in QUESTIONS:
        for first, *others in _groups(rows, lambda row, name=name: _words(getattr(row, name))).values():
            found += [
                ANSWERS.wrong(row, name, f"is asked by {first.id} too; ask once", getattr(row, name)) for row in others
            ]
    return found


def order_problems(rows: list) -> list[Problem]:
    """Return the first answer of each topic at which its order is not 1, 2, 3 ..."""
    found = []
    for topic, here in _groups(rows, lambda row: row.topic).items():
        if wrong := misplaced(here):
            rule = f"number the {len(here)} answers of {topic} from 1, each once; {wrong.place} is not here"
            found.append(ANSWERS.wrong(wrong.row, "order", rule, str(wrong.row.order)))
    return found


def lead_problems(rows: list) -> list[Problem]:
    """Return the answers that open a page which another answer opens already."""
    found = []
    for page, (first, *others) in _groups(filter(lambda row: row.leads, rows), lambda row: row.page).items():
        found += [
            ANSWERS.wrong(row, "leads", f"{page} opens with {first.id}; one answer leads a page") for row in others
        ]
    return found


def problems_of(answers: pd.DataFrame) -> list[Problem]:
    """Return every problem of a table of answers, by row of the file."""
    rows = numbered(answers)
    headings = headings_of_pages()
    found = [*repeated_problems(rows), *order_problems(rows), *lead_problems(rows)]
    for row in rows:
        found += (
            wording_problems(row, ANSWERS) + form_problems(row) + support_problems(row) + page_problems(row, headings)
        )
    return sorted(found, key=lambda problem: problem.row or 0)


def problems() -> list[Problem]:
    """Return every problem of the answers (``answers.csv``), by row of the file."""
    return problems_of(store.load("answers"))
