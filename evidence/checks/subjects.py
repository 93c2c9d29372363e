"""Subjects: what stands first is on the subject by its own rule, and each subject has a page that shows it."""

from __future__ import annotations

from evidence.checks.chapters import named, readable
from evidence.data import store
from evidence.data.rules import Problem
from evidence.figures import subjects
from evidence.figures.subjects import COLUMNS, FOLDER, KNOWN, TABLE

MOST = {"known": 3, "calls": 3, "gap": 2, "discrepancy": 2}  # house: that stand first: what is read in a minute
OPEN_STATES = ("unknown", "unsaid", "lost")  # of answers: what the documents do not say
REVIEW_FINDINGS = "review_findings"
OFF = "is on the subject by none of its themes, groups and words; take it out, or widen the rule"


def wrong(number: int, column: str, value: str | None, rule: str) -> Problem:
    """Return the problem of one cell of the table."""
    return Problem(f"{TABLE}.csv", number, column, value, rule)


def chosen_problems(number: int, row) -> list[Problem]:
    """Return what stands first and is not on the subject, and more of it than is read in a minute."""
    found = []
    for kind, column in COLUMNS.items():
        if others := [key for key in subjects.chosen(row.id, kind) if key not in subjects.on(row.id, kind)]:
            found.append(wrong(number, column, ";".join(others), f"{row.id}: {OFF}"))
    for column in ("answer", "unanswered"):
        if (key := getattr(row, column)) and key not in subjects.on(row.id, "answer"):
            found.append(wrong(number, column, key, f"{row.id}: {OFF}"))
    if row.unanswered and store.row("answers", row.unanswered).state not in OPEN_STATES:
        rule = f"{row.id}: the documents answer it; name a question whose state is {', '.join(OPEN_STATES)}"
        found.append(wrong(number, "unanswered", row.unanswered, rule))
    if row.nearby and any(subjects.chosen(row.id, kind) for kind in subjects.CALLS):
        rule = f"{row.id}: calls on the subject itself stand first; leave those nearby to the list that opens"
        found.append(wrong(number, "nearby", row.nearby, rule))
    parts = {"known": KNOWN, "calls": subjects.CALLS, "gap": ("gap",), "discrepancy": ("discrepancy",)}
    for name, kinds in parts.items():
        count = sum(len(subjects.chosen(row.id, kind)) for kind in kinds)
        if count > MOST[name]:
            rule = f"{row.id}: {count} records stand first; keep at most {MOST[name]} of {', '.join(kinds)}"
            found.append(wrong(number, COLUMNS[kinds[0]], None, rule))
    if not subjects.known(row.id)[0]:
        found.append(wrong(number, REVIEW_FINDINGS, None, f"{row.id}: nothing known stands first; name a record"))
    return found


def rule_problems(number: int, row) -> list[Problem]:
    """Return whether a subject takes in nothing by rule."""
    is_empty = not (row.themes or row.groups or row.words)
    return [wrong(number, "themes", None, f"{row.id}: give it a theme, a group or a word")] if is_empty else []


def page_problems() -> list[Problem]:
    """Return the subjects without a page of their own, and pages of subjects that show another or none."""
    wanted = {f"{FOLDER}/{key}.md": f"{{subject}} {key}\n" for key in store.rows(TABLE)}
    texts = {named(path): path.read_text(encoding="utf-8") for path in readable() if named(path).startswith(FOLDER)}
    found = [
        wrong(number, "id", row.id, f"has no page; write {FOLDER}/{row.id}.md with ```{{subject}} {row.id}")
        for number, row in store.numbered(TABLE)
        if f"{FOLDER}/{row.id}.md" not in texts
    ]
    for page, text in texts.items():
        if page not in wanted:
            found.append(Problem(page, 1, None, None, f"is no subject of {TABLE}.csv; add a row, or take the page out"))
        elif wanted[page] not in text:
            found.append(Problem(page, 1, None, None, f"does not show its subject; add ```{wanted[page].strip()}"))
    return found


def unplaced_problems() -> list[Problem]:
    """Return the review findings that are on no subject: readers who start from subjects would never meet them."""
    placed = {key for subject in store.rows(TABLE) for key in subjects.on(subject, KNOWN[0])}
    rule = "is on no subject; code a theme or group of a row of subjects.csv, or add one"
    return [
        Problem(f"{REVIEW_FINDINGS}.csv", number, "themes", row.themes, f"{row.id}: {rule}")
        for number, row in store.numbered(REVIEW_FINDINGS)
        if row.id not in placed
    ]


def problems() -> list[Problem]:
    """Return every problem of the subjects and of their pages."""
    if TABLE not in store.schema():
        return []
    rows = list(store.numbered(TABLE))
    found = [
        problem for number, row in rows for part in (rule_problems, chosen_problems) for problem in part(number, row)
    ]
    return [*found, *page_problems(), *unplaced_problems()]
