"""Roles and registers in chapters and in sentences kept as data: whether what they name exists."""

from __future__ import annotations

from evidence.checks import markdown
from evidence.checks.chapters import pages
from evidence.data import store
from evidence.data.rules import Problem, nearest
from evidence.data.schema import ROOT, kinds
from evidence.data.store import UnknownId
from evidence.figures import sentences


def fault(kind: str, text: str) -> str | None:
    """Return what is wrong with a role of records (``kind`` and what stands between its ticks), or None."""
    if kind not in kinds():
        return None
    explicit = sentences.EXPLICIT.fullmatch(text)
    try:
        sentences.reads(kind, explicit[2] if explicit else text)
    except UnknownId as error:
        return str(error)
    return None


def chapter_problems() -> list[Problem]:
    """Return the roles of chapters that name no record, and the registers of no kind of record, with their lines."""
    found = []
    for path in pages():
        chapter, file = markdown.read(path.read_text(encoding="utf-8")), str(path.relative_to(ROOT))
        for line, kind, text in chapter.roles:
            if rule := fault(kind, text):
                found.append(Problem(file, line, None, text, rule))
        for line, name, argument in chapter.directives:
            if name == "register" and argument not in kinds():
                rule = f"is no kind of record{nearest(argument, kinds())}"
                found.append(Problem(file, line, None, argument, rule))
    return found


def sentence_problems() -> list[Problem]:
    """Return the roles in sentences kept as data that name no record, with row and column."""
    return [
        Problem(store.schema()[table]["path"], number, column, key, rule)
        for table, column in store.columns_with("sentence")
        for number, row in enumerate(store.rows(table).values(), start=2)
        for kind, key in sentences.records_in(getattr(row, column))
        if (rule := fault(kind, key) if kind in kinds() else f"{kind} is no kind of record{nearest(kind, kinds())}")
    ]


def problems() -> list[Problem]:
    """Return every role and register that names nothing."""
    return [*chapter_problems(), *sentence_problems()]
