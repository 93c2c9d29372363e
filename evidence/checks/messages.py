"""Key messages against the rules of judgement: what a message must say of its evidence, and what that evidence carries.

A qualitative message is judged by GRADE-CERQual: four components, each a level of concern with a reason, then an
overall confidence. GRADE-CERQual prescribes no arithmetic; which concerns allow at most which confidence is our rule,
kept in ``confidence_rules.csv``. A statistic has a label and a note for its data instead. A statement is the point
itself, so it is short; what else there is to say is its detail.
"""

from __future__ import annotations

import re
from collections import defaultdict

import pandas as pd

from evidence.checks import markdown
from evidence.checks.chapters import named, readable
from evidence.checks.chapters import pages as pages_of_book
from evidence.checks.roles import directive_fault
from evidence.data import store
from evidence.data.rules import Problem, nearest
from evidence.data.schema import ROOT
from evidence.data.store import UnknownId
from evidence.figures.sentences import ROLE, plain, records_in

FILE = "synthesis.csv"
COMPONENTS = ("methods", "coherence", "adequacy", "relevance")
LEVELS = tuple(f"{component}_concerns" for component in COMPONENTS)
REASONS = tuple(f"{component}_reason" for component in COMPONENTS)
DATA = ("data_label", "data_quality")  # what a statistic has instead
JUDGEMENT = (*(name for pair in zip(LEVELS, REASONS) for name in pair), "confidence")
OWN_WORDS = (*REASONS, "departure", "data_quality")  # what is true of one message only
MAX_WORDS = {"statement": 20, "detail": 45, "data_label": 4}  # as they print
LARGE_GAP = 2  # levels below what the concerns allow from which on a reason is due
DIRECTIVE = "key-messages"
RAW_HTML = re.compile(r"<[A-Za-z/!]")


def _wrong(row, column: str, rule: str, value: str | None = None) -> Problem:
    """Return what is wrong with a column of a message; ``row`` is one of :func:`numbered`."""
    return Problem(FILE, row.number, column, value, f"{row.id}: {rule}")


def numbered(messages: pd.DataFrame) -> list:
    """Return the rows of the table of messages, each with the ``number`` of its row in the file."""
    return list(messages.assign(number=range(2, len(messages) + 2)).itertuples(index=False))


def judgement_problems(row) -> list[Problem]:
    """Return what a message lacks of the judgement of its kind, and what belongs to the other kind."""
    qualitative = row.kind == "qualitative"
    wanted, unwanted = (JUDGEMENT, DATA) if qualitative else (DATA, (*JUDGEMENT, "departure"))
    found = [_wrong(row, name, f"is empty; a {row.kind} message needs it") for name in wanted if not getattr(row, name)]
    for name in unwanted:
        if getattr(row, name):
            found.append(_wrong(row, name, f"a {row.kind} message has none; empty the cell", getattr(row, name)))
    return found


def allowed(concerns: list[str], rules: pd.DataFrame, levels: list[str]) -> str:
    """Return the highest confidence that the concerns of four components allow; ``levels`` from high to very low."""
    capped = [rule.confidence for rule in rules.itertuples() if concerns.count(rule.concern) >= rule.at_least]
    return max(capped, key=levels.index, default=levels[0])


def confidence_problems(row, rules: pd.DataFrame) -> list[Problem]:
    """Return whether the confidence of a qualitative message is one that its concerns carry, or says why not."""
    levels = list(store.labels(FILE.removesuffix(".csv"), "confidence"))
    if row.kind != "qualitative" or row.confidence not in levels:
        return []
    most = allowed([getattr(row, name) for name in LEVELS], rules, levels)
    below = levels.index(row.confidence) - levels.index(most)
    if below < 0 and not row.departure:
        rule = f"its concerns allow at most {most}; lower it, or say in departure why it is higher"
        return [_wrong(row, "confidence", rule, row.confidence)]
    if below >= LARGE_GAP and not row.departure:
        rule = f"its concerns allow {most}; raise it, name the concern that is missing, or say in departure why"
        return [_wrong(row, "confidence", rule, row.confidence)]
    if below == 0 and row.departure:
        rule = "the confidence is what its concerns allow; empty the cell"
        return [_wrong(row, "departure", rule, row.departure)]
    return []


def shared_problems(rows: list) -> list[Problem]:
    """Return the reasons and notes that stand word for word in several places, however spaced or punctuated."""
    places = defaultdict(list)
    for row in rows:
        for name in OWN_WORDS:
            words = " ".join(re.findall(r"\w+", getattr(row, name).lower()))
            if words:
                places[words].append((row, name))
    found = []
    for same in places.values():
        for row, name in same if len(same) > 1 else ():
            others = ", ".join(sorted({f"{other.id} ({column})" for other, column in same} - {f"{row.id} ({name})"}))
            rule = f"stands word for word in {others}; say what is true of the passages of this message"
            found.append(_wrong(row, name, rule, getattr(row, name)))
    return found


def support_problems(row) -> list[Problem]:
    """Return whether a message rests on something: a finding, a fact, or a record in its sentences."""
    if row.findings or row.facts or records_in(f"{row.statement} {row.detail}"):
        return []
    return [_wrong(row, "findings", "rests on nothing; name a finding or a fact, or a record in the statement")]


def wording_problems(row) -> list[Problem]:
    """Return what is wrong with the words of a message: raw HTML, more of them than :data:`MAX_WORDS` allows."""
    found = []
    for name, most in MAX_WORDS.items():
        text = getattr(row, name)
        markup = RAW_HTML.search(ROLE.sub("", text))
        if markup:
            found.append(_wrong(row, name, "holds raw HTML; write it with roles", markup[0]))
        try:
            words = len(plain(text).split())
        except UnknownId:  # said of every sentence kept as data
            continue
        if words > most:
            rest = "; what it says beyond the point belongs into detail" if name == "statement" else ""
            found.append(_wrong(row, name, f"has {words} words; say it in at most {most}{rest}"))
    return found


def page_problems(rows: list) -> list[Problem]:
    """Return the messages whose page does not exist or shows no messages, or whose order on it is not 1, 2, 3 ..."""
    pages = defaultdict(list)
    for row in rows:
        pages[row.page].append(row)
    found = [problem for page, here in pages.items() if (problem := _page_fault(page, here[0]))]
    if found:
        return found  # the others' order follows from where these belong
    for page, here in pages.items():
        given = sorted(int(row.order) for row in here)
        if given != list(range(1, len(here) + 1)):
            first = next(
                row
                for position, row in enumerate(sorted(here, key=lambda row: row.order), start=1)
                if row.order != position
            )
            rule = (
                f"number the {len(here)} messages of {page} from 1, each once; they have {', '.join(map(str, given))}"
            )
            found.append(_wrong(first, "order", rule, str(first.order)))
    return found


def _page_fault(page: str, row) -> Problem | None:
    """Return what is wrong with the page of a message, or None."""
    path = ROOT / f"{page}.md"
    if not path.is_file():
        known = {named(path).removesuffix(".md") for path in pages_of_book()}
        rule = f"there is no such chapter; give its path from the root, without .md{nearest(page, known)}"
        return _wrong(row, "page", rule, page)
    if path not in readable():
        return None
    directives = markdown.of_page(path).directives
    if not any(directive.name == DIRECTIVE for directive in directives) and not any(map(directive_fault, directives)):
        return _wrong(row, "page", f"the chapter shows no messages; put {{{DIRECTIVE}}} in it", page)
    return None


def problems_of(messages: pd.DataFrame, rules: pd.DataFrame) -> list[Problem]:
    """Return every problem of a table of messages under a table of rules of confidence, by row of the file."""
    rows = numbered(messages)
    found = [*shared_problems(rows), *page_problems(rows)]
    for row in rows:
        found += judgement_problems(row) + confidence_problems(row, rules)
        found += support_problems(row) + wording_problems(row)
    return sorted(found, key=lambda problem: problem.row or 0)


def problems() -> list[Problem]:
    """Return every problem of the key messages (``synthesis.csv``), by row of the file."""
    return problems_of(store.load("synthesis"), store.load("confidence_rules"))
